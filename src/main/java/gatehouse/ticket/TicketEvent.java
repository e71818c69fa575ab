package gatehouse.ticket;

/** What somebody does with a ticket. */
enum TicketEvent {
    ACCEPT, ASSIGN, ARRIVE, PAUSE, RESUME, FINISH, CONFIRM, REOPEN, RATE, FOLLOW_UP, CANCEL, MERGE, CONSENT
}
