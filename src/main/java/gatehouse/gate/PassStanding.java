package gatehouse.gate;

/** Where a pass stands, as far as a gate has to know. {@code CLOSED}: waiting for a decision, rejected or cancelled. */
enum PassStanding {
    CLOSED, APPROVED, UNUSED, OUT, RETURNED
}
