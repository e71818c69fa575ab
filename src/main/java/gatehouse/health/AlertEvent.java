package gatehouse.health;

/** What can be done with an alert. */
enum AlertEvent {
    ACKNOWLEDGE, ESCALATE, TRANSFER, CLOSE
}
