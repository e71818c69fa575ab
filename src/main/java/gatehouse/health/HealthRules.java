package gatehouse.health;

import gatehouse.registry.PolicyName;
import gatehouse.registry.PolicyValues;
import java.time.LocalTime;

/**
 * The policy values of a compound that health reports follow.
 *
 * @param feverAboveTenths   above this (tenths of °C) a temperature is a fever; 373 by the district's control plan
 * @param morningAt          measuring time of the morning round
 * @param afternoonAt        measuring time of the afternoon round
 * @param afternoonOpensAt   from when the afternoon's report is taken
 * @param cutOffAt           both rounds must be in by then; later reports are taken and marked late
 * @param correctionDays     how many days back a report may be made or corrected
 * @param plausibleMinTenths below this (tenths of °C) nobody's temperature is believed
 * @param plausibleMaxTenths nor above this
 * @param travelDays         for how many days back travel is declared
 */
record HealthRules(int feverAboveTenths, LocalTime morningAt, LocalTime afternoonAt, LocalTime afternoonOpensAt,
                   LocalTime cutOffAt, int correctionDays, int acknowledgeWithinMinutes, int plausibleMinTenths, int plausibleMaxTenths, int travelDays) {

    static HealthRules of(PolicyValues values) {
        return new HealthRules(values.amount(PolicyName.FEVER_ABOVE), values.time(PolicyName.MORNING_ROUND_AT),
                values.time(PolicyName.AFTERNOON_ROUND_AT), values.time(PolicyName.AFTERNOON_REPORT_OPENS_AT),
                values.time(PolicyName.REPORT_CUT_OFF_AT), values.amount(PolicyName.REPORT_CORRECTION_DAYS),
                values.amount(PolicyName.ALERT_ACKNOWLEDGE_WITHIN), values.amount(PolicyName.PLAUSIBLE_TEMPERATURE_MIN),
                values.amount(PolicyName.PLAUSIBLE_TEMPERATURE_MAX), values.amount(PolicyName.TRAVEL_LOOKBACK));
    }

    /** For what a guard read off a thermometer: somebody was let in or turned back by it, so it is on record whatever it says. */
    HealthRules believingAll() {
        return new HealthRules(feverAboveTenths, morningAt, afternoonAt, afternoonOpensAt, cutOffAt, correctionDays, acknowledgeWithinMinutes, 0,
                Integer.MAX_VALUE, travelDays);
    }

    /** The morning's report is taken from midnight: people who leave early measure early. */
    LocalTime opensAt(Round round) {
        return switch (round) {
            case MORNING -> LocalTime.MIDNIGHT;
            case AFTERNOON -> afternoonOpensAt;
        };
    }

    LocalTime measuredAt(Round round) {
        return switch (round) {
            case MORNING -> morningAt;
            case AFTERNOON -> afternoonAt;
        };
    }
}
