package gatehouse.health;

/** What health does by the clock; running anything twice does nothing more. */
public final class HealthJobs {
    private final AlertActions alerts;
    private final DayActions day;
    private final TrendActions trend;

    public HealthJobs(AlertActions alerts, DayActions day, TrendActions trend) {
        this.alerts = alerts;
        this.day = day;
        this.trend = trend;
    }

    /** Counts the temperatures of days that are over; answers how many days. For every night. */
    public int countTemperatures() {
        return trend.countDays();
    }

    /** Escalates alerts that nobody acknowledged in time; answers how many. For every minute. */
    public int escalateOverdueAlerts() {
        return alerts.escalateOverdue();
    }

    /** Reminds, tells what is due in observations, closes rounds and hands out call lists, in each compound at the hours of its policy; answers how many. For every minute. */
    public int keepTheDay() {
        return day.keepTheDay();
    }
}
