package gatehouse.health;

/**
 * What can be due on a day of a home observation: the report of a round whose hour has come, the follow-up by staff, a test, the
 * negative test that returning residents show, the release.
 */
enum ObservationDuty {
    REPORT, FOLLOW_UP, TEST, PROOF, RELEASE
}
