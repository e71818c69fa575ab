package gatehouse.gate;

/** Where a visit stands. {@code EXPIRED} is never stored: it is what an expected visit is after its time. */
enum VisitState {
    EXPECTED, INSIDE, LEFT, CANCELLED, EXPIRED
}
