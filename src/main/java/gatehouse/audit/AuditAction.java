package gatehouse.audit;

/** What is entered. The name is kept in the chain for good; entries of actions that later versions add are shown by their name. */
public enum AuditAction {
    VALUE_DISCLOSED,
    ALERT_ACKNOWLEDGED, ALERT_ESCALATED, ALERT_TRANSFERRED, ALERT_CLOSED,
    OBSERVATION_STARTED, OBSERVATION_PROLONGED, OBSERVATION_RELEASED, OBSERVATION_TRANSFERRED, OBSERVATION_TEST_CORRECTED,
    ACCOUNT_CREATED, ROLES_CHANGED, ACCOUNT_DISABLED, ACCOUNT_ENABLED, PASSWORD_RESET, HOUSEHOLD_LEFT,
    POLICY_CHANGED, CONTROL_LEVEL_SET, ROSTER_IMPORTED, RISK_LIST_REPLACED, FORM_EXPORTED,
    /** A certificate: which words were blanked because their time was over. */
    RETENTION_APPLIED
}
