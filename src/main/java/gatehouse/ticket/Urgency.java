package gatehouse.ticket;

/** As whoever reports sees it. */
enum Urgency {
    NORMAL, URGENT, EMERGENCY
}
