package gatehouse.ticket;

/** What tickets do by the clock; running anything twice does nothing more. */
public final class TicketJobs {
    private final TicketClock clock;
    private final TicketRetention retention;

    TicketJobs(TicketClock clock, TicketRetention retention) {
        this.clock = clock;
        this.retention = retention;
    }

    /** Ends pauses, computes deadlines anew, keeps breaches, goes up the chain, closes what nobody confirmed; answers how many. For every minute. */
    public int keepTime() {
        return clock.keepTime();
    }

    /** Forgets what closed tickets said and who reported them when the compound's days are over; answers how many. For every night. */
    public int forget() {
        return retention.apply();
    }
}
