package gatehouse.ticket;

/** What tickets do by the clock; running anything twice does nothing more. */
public final class TicketJobs {
    private final TicketClock clock;

    TicketJobs(TicketClock clock) {
        this.clock = clock;
    }

    /** Ends pauses, computes deadlines anew, keeps breaches, goes up the chain, closes what nobody confirmed; answers how many. For every minute. */
    public int keepTime() {
        return clock.keepTime();
    }
}
