package gatehouse.ticket;

/** Where a ticket stands. WAITING: for parts or access, its clocks rest. */
enum TicketState {
    SUBMITTED, ACCEPTED, ASSIGNED, ON_SITE, WAITING, DONE, CONFIRMED, REOPENED, CLOSED, CANCELLED, MERGED
}
