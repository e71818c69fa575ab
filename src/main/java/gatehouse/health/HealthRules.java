package gatehouse.health;

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
 */
record HealthRules(int feverAboveTenths, LocalTime morningAt, LocalTime afternoonAt, LocalTime afternoonOpensAt,
                   LocalTime cutOffAt, int correctionDays) {

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
