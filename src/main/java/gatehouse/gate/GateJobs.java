package gatehouse.gate;

/** What the gate does by the clock; running anything twice does nothing more. */
public final class GateJobs {
    private final LedgerActions ledger;

    GateJobs(LedgerActions ledger) {
        this.ledger = ledger;
    }

    /** Tells households and grid workers who is not back in time; answers how many messages. For every minute. */
    public int chaseOverdue() {
        return ledger.chaseOverdue();
    }
}
