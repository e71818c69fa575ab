package gatehouse.ticket;

/** Whether the office must agree to the work, during control. */
enum Consent {
    NOT_NEEDED, NEEDED, GIVEN
}
