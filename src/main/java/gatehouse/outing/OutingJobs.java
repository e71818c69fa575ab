package gatehouse.outing;

/** What outings do by the clock; running anything twice does nothing more. */
public final class OutingJobs {
    private final OutingActions actions;
    private final WaitActions lines;

    OutingJobs(OutingActions actions, WaitActions lines) {
        this.actions = actions;
        this.lines = lines;
    }

    /** Writes down which passes were not used and who is overdue; answers how many. For every minute. */
    public int markLate() {
        return actions.markLate();
    }

    /** Gives on offered places that nobody took in time, cancels what is left of closed days; answers how many. For every minute. */
    public int keepLines() {
        return actions.cancelClosed() + lines.keepLines();
    }

    /** Forgets requests that no policy's preview looks back to; answers how many. Once a day. */
    public int sweepRequests() {
        return actions.sweepRequests();
    }
}
