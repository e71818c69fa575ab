package gatehouse.ticket;

import gatehouse.kernel.BusinessClock;
import gatehouse.kernel.Statements;
import java.util.HashMap;
import java.util.UUID;

/** The working days of a compound: the State Council's, changed by what its office entered. */
final class Calendars {
    private final PublishedDays published;
    private final BusinessClock clock;

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

    ClockPolicy.Face face(Statements where, UUID compound, TicketRules rules) {
        return new ClockPolicy.Face(rules, of(where, compound), clock.now().getOffset());
    }
}
