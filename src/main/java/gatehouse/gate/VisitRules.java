package gatehouse.gate;

import gatehouse.registry.PolicyName;
import gatehouse.registry.PolicyValues;
import java.time.Duration;

/**
 * The policy values of a compound that visits follow.
 *
 * @param admitted       the control level lets visitors in
 * @param aDay           how many a household invites for one day
 * @param window         how much earlier or later than expected they may come
 * @param lasts          after so long inside they are marked
 */
record VisitRules(boolean admitted, int aDay, int aheadDays, Duration window, Duration lasts, int feverAboveTenths) {
    static VisitRules of(PolicyValues values) {
        return new VisitRules(values.controlLevel().ordinal() <= values.amount(PolicyName.VISITORS_UP_TO_LEVEL),
                values.amount(PolicyName.VISITS_A_DAY), values.amount(PolicyName.VISIT_BOOKED_AHEAD), values.duration(PolicyName.VISIT_WINDOW),
                values.duration(PolicyName.VISIT_LASTS), values.amount(PolicyName.FEVER_ABOVE));
    }
}
