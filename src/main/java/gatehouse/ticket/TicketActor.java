package gatehouse.ticket;

/** As what somebody acts on a ticket: its reporter or another resident, its assignee or another repairman, or by a role; or the clock. */
enum TicketActor {
    REPORTER, RESIDENT, ASSIGNEE, REPAIRMAN, DISPATCHER, OFFICE, SUBDISTRICT, GUARD, GRID_WORKER, HEALTH_CENTRE, ADMIN, CLOCK
}
