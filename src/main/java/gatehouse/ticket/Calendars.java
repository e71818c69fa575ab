package gatehouse.ticket;

import gatehouse.kernel.BusinessClock;
import gatehouse.kernel.Statements;
import java.time.LocalDate;
import java.time.Period;
import java.util.HashMap;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The working days of a compound: the State Council's, changed by what its office entered. */
final class Calendars {
    private static final Logger LOG = LoggerFactory.getLogger(Calendars.class);
    /** About as far as deadlines of working days reach. */
    private static final Period REACH = Period.ofDays(14);

    private final PublishedDays published;
    private final BusinessClock clock;
    private final Set<Integer> warned = ConcurrentHashMap.newKeySet();

    Calendars(PublishedDays published, BusinessClock clock) {
        this.published = published;
        this.clock = clock;
    }

    WorkingCalendar of(Statements where, UUID compound) {
        var own = CalendarStore.entries(where, compound);
        if (own.isEmpty()) {
            return new WorkingCalendar(CalendarStore.version(where, compound), published.days(), published.years());
        }
        var days = new HashMap<>(published.days());
        own.forEach(each -> days.put(each.day(), each.worked()));
        return new WorkingCalendar(CalendarStore.version(where, compound), days, published.years());
    }

    /** Says once a year and process that working days are guessed from weekends, where nobody has told the holidays of a year that deadlines reach. */
    void warnOnce(LocalDate today) {
        int year = today.plus(REACH).getYear();
        if (!published.years().contains(year) && warned.add(year)) {
            LOG.warn("the holidays of {} are not listed: only weekends are free, and what offices entered; see src/main/resources/calendar", year);
        }
    }

    ClockPolicy.Face face(Statements where, UUID compound, TicketRules rules) {
        return new ClockPolicy.Face(rules, of(where, compound), clock.now().getOffset());
    }
}
