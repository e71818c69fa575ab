package gatehouse.outing;

/** Where somebody stands in the line for a full slot: {@code OFFERED} while a freed place is kept for them. */
enum WaitState {
    WAITING, OFFERED, TAKEN, LAPSED, LEFT
}
