package gatehouse.health;

/** Where an alert is on its way to its end; all but {@link #CLOSED} suspend the resident's passes. */
public enum AlertState {
    OPEN, ACKNOWLEDGED, ESCALATED, TRANSFERRED, CLOSED
}
