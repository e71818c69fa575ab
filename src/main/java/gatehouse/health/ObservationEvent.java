package gatehouse.health;

/** What happens during a home observation. */
enum ObservationEvent {
    START, PROLONG, FOLLOW_UP, TEST, RELEASE, TRANSFER
}
