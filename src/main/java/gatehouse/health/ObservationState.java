package gatehouse.health;

/** Where a home observation stands; it ends by a person's act only. */
enum ObservationState {
    OPEN, RELEASED, TRANSFERRED
}
