package gatehouse.health;

/** What can be due on a day of a home observation, beside the two daily reports. */
enum ObservationDuty {
    FOLLOW_UP, TEST, RELEASE
}
