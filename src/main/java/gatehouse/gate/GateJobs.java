package gatehouse.gate;

/** What the gate does by the clock; running anything twice does nothing more. */
public final class GateJobs {
    private final LedgerActions ledger;
    private final VisitRetention retention;

    GateJobs(LedgerActions ledger, VisitRetention retention) {
        this.ledger = ledger;
        this.retention = retention;
    }

    /** Tells households and grid workers who is not back in time; answers how many messages. For every minute. */
    public int chaseOverdue() {
        return ledger.chaseOverdue();
    }

    /** Forgets who visitors were when the compound's days are over; answers how many. For every night. */
    public int forgetVisitors() {
        return retention.apply();
    }
}
