package gatehouse.health;

/** Who reported for a resident: themself, somebody of the household, or staff by phone. */
public enum ReportedAs {
    SELF, HOUSEHOLD_MEMBER, STAFF
}
