package gatehouse.health;

/** What came of being at a household's door. */
enum KnockOutcome {
    /** They know now and report themselves. */
    TOLD,
    /** Whoever knocked has reported for them. */
    REPORTED,
    NOBODY_HOME
}
