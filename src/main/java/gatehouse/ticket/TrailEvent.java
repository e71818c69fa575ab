package gatehouse.ticket;

/** What stands in a ticket's trail: whatever people do with it, and what the clock and the rules do. */
enum TrailEvent {
    SUBMIT, ACCEPT, ASSIGN, ARRIVE, PAUSE, RESUME, FINISH, CONFIRM, REOPEN, RATE, FOLLOW_UP, CANCEL, MERGE, CONSENT,
    CLOSE, BREACH, ESCALATE, DEADLINE, JOIN, NOTE, PHOTO, WORKER, DISCLOSE, POLICE, CLASSIFY;

    static TrailEvent of(TicketEvent event) {
        return valueOf(event.name());
    }
}
