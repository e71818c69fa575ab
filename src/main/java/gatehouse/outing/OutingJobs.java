package gatehouse.outing;

/** What outings do by the clock; running anything twice does nothing more. */
public final class OutingJobs {
    private final OutingActions actions;

    OutingJobs(OutingActions actions) {
        this.actions = actions;
    }

    /** Writes down which passes were not used and who is overdue; answers how many. For every minute. */
    public int markLate() {
        return actions.markLate();
    }

    /** Forgets requests that no policy's preview looks back to; answers how many. Once a day. */
    public int sweepRequests() {
        return actions.sweepRequests();
    }
}
