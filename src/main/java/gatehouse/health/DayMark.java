package gatehouse.health;

/** What is done for a compound's day by the clock, in this order. */
enum DayMark {
    OBSERVATION_REMINDER, MORNING_REMINDER, AFTERNOON_REMINDER, LAST_REMINDER, KNOCK_LIST, CUT_OFF, CALL_LIST
}
