package gatehouse.gate;

/** Where a pass stands, as far as a gate has to know. {@code CLOSED}: never approved; {@code TAKEN_BACK}: approved, and cancelled since. */
enum PassStanding {
    CLOSED, TAKEN_BACK, APPROVED, UNUSED, OUT, RETURNED
}
