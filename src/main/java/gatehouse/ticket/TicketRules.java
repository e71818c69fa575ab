package gatehouse.ticket;

import gatehouse.registry.ControlLevel;
import gatehouse.registry.PolicyName;
import gatehouse.registry.PolicyValues;
import java.time.Duration;
import java.time.LocalTime;
import java.util.EnumMap;
import java.util.Map;

/**
 * The policy values of a compound that tickets follow.
 *
 * @param version        of the policy that they were read from
 * @param controlled     the compound is not at its normal level; see {@link Ticket.Place} for buildings and units
 * @param restsAtNight   clocks that do not always run rest from {@code nightBegins} to {@code nightEnds}
 * @param onSiteWithin   only of levels that promise somebody on site
 */
record TicketRules(int version, boolean controlled, boolean restsAtNight, LocalTime nightBegins, LocalTime nightEnds, Map<ServiceLevel, Term> onSiteWithin,
                   Map<ServiceLevel, Term> doneWithin, Duration escalatesAfter, Duration confirmWithin, Duration reopenWithin) {

    /** How long something may take, and which time counts. */
    sealed interface Term {
        Counting counting();

        /** So much counted time. */
        record Minutes(int minutes, Counting counting) implements Term {
        }

        /** Until the end of the service hours of the last of so many counted days after the first, which is not one of them; 0 is the first day itself. */
        record Days(int days, Counting counting) implements Term {
        }
    }

    /** Which time counts for a clock. */
    enum Counting {
        ALWAYS, SERVICE_HOURS, WORKING_DAYS
    }

    static TicketRules of(PolicyValues values) {
        return new TicketRules(values.version(), values.controlLevel() != ControlLevel.NORMAL, values.yes(PolicyName.CLOCKS_REST_AT_NIGHT),
                values.time(PolicyName.NIGHT_BEGINS_AT), values.time(PolicyName.NIGHT_ENDS_AT), onSiteTerms(values), doneTerms(values),
                values.duration(PolicyName.TICKET_ESCALATES_AFTER), values.duration(PolicyName.TICKET_CONFIRM_WITHIN),
                values.duration(PolicyName.TICKET_REOPEN_WITHIN));
    }

    private static Map<ServiceLevel, Term> onSiteTerms(PolicyValues values) {
        return Map.of(
                ServiceLevel.EMERGENCY, new Term.Minutes(values.amount(PolicyName.EMERGENCY_ON_SITE_WITHIN), Counting.ALWAYS),
                ServiceLevel.NEIGHBOUR_COMPLAINT, new Term.Minutes(values.amount(PolicyName.NEIGHBOUR_COMPLAINT_ON_SITE_WITHIN), Counting.ALWAYS));
    }

    private static Map<ServiceLevel, Term> doneTerms(PolicyValues values) {
        var terms = new EnumMap<ServiceLevel, Term>(ServiceLevel.class);
        for (var level : ServiceLevel.values()) {
            terms.put(level, switch (level) {
                case EMERGENCY -> hours(values, PolicyName.EMERGENCY_DONE_WITHIN, Counting.ALWAYS);
                case SMALL_REPAIR -> days(values, PolicyName.SMALL_REPAIR_DONE_WITHIN, Counting.SERVICE_HOURS);
                case PUBLIC_LIGHTING -> days(values, PolicyName.PUBLIC_LIGHTING_DONE_WITHIN, Counting.SERVICE_HOURS);
                case PUBLIC_DOORS -> days(values, PolicyName.PUBLIC_DOORS_DONE_WITHIN, Counting.WORKING_DAYS);
                case PUBLIC_PARTS -> days(values, PolicyName.PUBLIC_PARTS_DONE_WITHIN, Counting.WORKING_DAYS);
                case OTHER_REPAIR -> days(values, PolicyName.OTHER_REPAIR_DONE_WITHIN, Counting.WORKING_DAYS);
                case NEIGHBOUR_COMPLAINT, OTHER_COMPLAINT -> hours(values, PolicyName.OTHER_COMPLAINT_DONE_WITHIN, Counting.SERVICE_HOURS);
                case ENQUIRY -> new Term.Minutes(values.amount(PolicyName.ENQUIRY_ANSWERED_WITHIN), Counting.SERVICE_HOURS);
                case OTHER_DEPARTMENT -> days(values, PolicyName.OTHER_DEPARTMENT_ANSWERED_WITHIN, Counting.WORKING_DAYS);
                case SUGGESTION -> days(values, PolicyName.SUGGESTION_ANSWERED_WITHIN, Counting.WORKING_DAYS);
            });
        }
        return terms;
    }

    private static Term hours(PolicyValues values, PolicyName name, Counting counting) {
        return new Term.Minutes(Math.toIntExact(values.duration(name).toMinutes()), counting);
    }

    private static Term days(PolicyValues values, PolicyName name, Counting counting) {
        return new Term.Days(values.amount(name), counting);
    }
}
