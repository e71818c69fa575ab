package gatehouse.kernel;

/** The kinds of people. What each may see is in the domain's words; where it may act is its {@link Scope}. */
public enum Role {
    RESIDENT, GUARD, GRID_WORKER, DISPATCHER, REPAIRMAN, OFFICE, HEALTH_CENTRE, SUBDISTRICT, ADMIN
}
