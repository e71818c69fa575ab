package gatehouse.outing;

import java.util.Locale;

/**
 * Every rule that can stand in the way of a pass, in the order in which a refusal names them: first what the household can do
 * something about now, then what only time lifts, last what is in others' hands.
 */
enum PassRule {
    /** A round whose measuring time has passed today is not reported: report it. */
    REPORT_MISSING,
    /** The slot is over: take another. */
    SLOT_PAST,
    /** The slot is full: take another, or wait for a place. */
    SLOT_FULL,
    /** The household has named somebody else who goes shopping: let them go. */
    NOT_THE_BUYER,
    /** A child: somebody else must go. */
    NOT_PERMITTED_AGE,
    /** The household was out for supplies within the days of its quota. */
    QUOTA_USED,
    UNDER_OBSERVATION,
    ALERT_OPEN,
    /** The compound, the building or the unit is sealed. */
    LEVEL_SEALED;

    /** As the API names it, for instance {@code quota-used}. */
    String slug() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** A medical outing is always possible, through the office; only where there is no place in a slot it needs another. */
    boolean binds(PassKind kind) {
        return switch (this) {
            case SLOT_PAST, SLOT_FULL -> true;
            case NOT_THE_BUYER, QUOTA_USED -> kind == PassKind.SUPPLIES;
            case REPORT_MISSING, NOT_PERMITTED_AGE, UNDER_OBSERVATION, ALERT_OPEN, LEVEL_SEALED -> kind != PassKind.MEDICAL;
        };
    }

    /** Whether it can begin to hold after a pass was given, so that the gate asks again. */
    boolean suspends() {
        return switch (this) {
            case REPORT_MISSING, UNDER_OBSERVATION, ALERT_OPEN, LEVEL_SEALED -> true;
            case SLOT_PAST, SLOT_FULL, NOT_THE_BUYER, NOT_PERMITTED_AGE, QUOTA_USED -> false;
        };
    }
}
