package gatehouse.health;

/** Whether a report was in before the day's cut-off. */
public enum ReportStatus {
    ON_TIME, LATE
}
