package gatehouse.outing;

/** Who decided a pass, or decides it while it is pending. */
enum DecidedBy {
    RULE, STAFF
}
