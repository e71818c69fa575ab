package gatehouse.ticket;

/** Why the clock did something, where nobody wrote a note. */
enum TrailReason {
    BY_RULE, POLICY_CHANGED, CALENDAR_CHANGED, NOT_CONFIRMED_IN_TIME, NOT_RATED_IN_TIME, PAUSE_OVER, LATE_ON_SITE, LATE_DONE, NOBODY_IN_CHARGE, CHAIN_ENDS, MERGED_HERE
}
