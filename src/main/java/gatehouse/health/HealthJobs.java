package gatehouse.health;

/** What health does by the clock; running anything twice does nothing more. */
public final class HealthJobs {
    private final AlertActions alerts;

    public HealthJobs(AlertActions alerts) {
        this.alerts = alerts;
    }

    /** Escalates alerts that nobody acknowledged in time; answers how many. For every minute. */
    public int escalateOverdueAlerts() {
        return alerts.escalateOverdue();
    }
}
