package gatehouse.delivery;

/** Where a walk to the gate stands. {@code ENDED}: nothing was left to collect. */
enum PickupState {
    OPEN, COLLECTED, ENDED
}
