package gatehouse.health;

/** What happens during a home observation. A withdrawn test was entered wrongly: it stays on record and counts for nothing. */
enum ObservationEvent {
    START, PROLONG, FOLLOW_UP, TEST, WITHDRAW_TEST, RELEASE, TRANSFER
}
