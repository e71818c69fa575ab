package gatehouse.health;

import gatehouse.registry.PolicyName;
import gatehouse.registry.PolicyValues;
import java.time.LocalTime;

/**
 * The policy values of a compound that its day follows.
 *
 * @param observationAt       when those under observation and their staff are told what is due
 * @param lastReminderAt      when those still missing are reminded
 * @param cutOffAt            both rounds must be in by then
 * @param missedRoundsForCall so many missed rounds in a row put a resident on the call list
 */
record DayRules(LocalTime observationAt, LocalTime morningAt, LocalTime afternoonAt, LocalTime lastReminderAt, LocalTime cutOffAt, int missedRoundsForCall) {

    static DayRules of(PolicyValues values) {
        return new DayRules(values.time(PolicyName.OBSERVATION_REMINDER_AT), values.time(PolicyName.MORNING_ROUND_AT), values.time(PolicyName.AFTERNOON_ROUND_AT),
                values.time(PolicyName.LAST_REMINDER_AT), values.time(PolicyName.REPORT_CUT_OFF_AT),
                values.amount(PolicyName.MISSED_ROUNDS_FOR_CALL));
    }
}
