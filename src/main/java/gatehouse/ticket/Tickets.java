package gatehouse.ticket;

import gatehouse.audit.AuditLog;
import gatehouse.disclosure.Disclosures;
import gatehouse.gate.TicketVisits;
import gatehouse.http.Endpoint;
import gatehouse.kernel.BusinessClock;
import gatehouse.kernel.Database;
import gatehouse.photo.PhotoActions;
import gatehouse.registry.Policies;
import gatehouse.wording.Wordings;
import java.util.List;
import java.util.stream.Stream;

/** The feature, put together: its routes and its jobs. */
public final class Tickets {
    private final List<Endpoint> endpoints;
    private final TicketJobs jobs;

    public Tickets(Database database, BusinessClock clock, Policies policies, AuditLog audit, Disclosures disclosures, PhotoActions photos,
                   TicketVisits visits, Wordings wordings) {
        var published = PublishedDays.read();
        var calendars = new Calendars(published, clock);
        var ticketClock = new TicketClock(database, clock, policies, calendars);
        var actions = new TicketActions(database, clock, policies, calendars, ticketClock, audit, wordings);
        this.jobs = new TicketJobs(ticketClock, new TicketRetention(database, clock, policies, audit, photos));
        this.endpoints = Stream.of(new TicketRoutes(actions, new ClassificationActions(database, clock, policies, ticketClock, audit, actions)).endpoints(), new FollowRoutes(new FollowActions(database, clock)).endpoints(),
                new MailRoutes(new MailActions(database, clock, audit, disclosures, actions, photos, policies, visits), photos).endpoints(),
                new BoardRoutes(new BoardActions(database, clock, policies, audit, actions), new CalendarActions(database, clock, audit, published), clock)
                        .endpoints())
                .flatMap(List::stream).toList();
    }

    public List<Endpoint> endpoints() {
        return endpoints;
    }

    public TicketJobs jobs() {
        return jobs;
    }
}
