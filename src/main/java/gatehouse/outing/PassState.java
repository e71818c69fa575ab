package gatehouse.outing;

/** Where a pass stands. {@code OUT}, {@code RETURNED} and {@code OVERDUE} are made by the gate and the clock. */
enum PassState {
    PENDING, APPROVED, REJECTED, CANCELLED, OUT, RETURNED, OVERDUE, EXPIRED
}
