package gatehouse.ticket;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;

/** In which order somebody goes from one ticket to the next: pure. */
final class RoutePolicy {
    /** Numbers of buildings by their size, others by their letters after them. */
    private static final Comparator<String> BUILDINGS = Comparator.<String>comparingInt(number -> number.isEmpty() ? Integer.MAX_VALUE : number.length())
            .thenComparing(Comparator.naturalOrder());

    private RoutePolicy() {
    }

    /** Where they are first, then emergencies, then house by house; what was arranged for another day is not of today. */
    static List<Ticket> ofToday(List<Ticket> tickets, LocalDate today) {
        return tickets.stream().filter(ticket -> ticket.contactAt() == null || !ticket.contactAt().toLocalDate().isAfter(today))
                .sorted(Comparator.<Ticket, Boolean>comparing(ticket -> ticket.state() != TicketState.ON_SITE)
                        .thenComparing(ticket -> ticket.level() != ServiceLevel.EMERGENCY)
                        .thenComparing(ticket -> ticket.place().building() == null ? "" : ticket.place().building(), BUILDINGS)
                        .thenComparing(RoutePolicy::door, BUILDINGS)
                        .thenComparing(ticket -> ticket.clocks().doneDueAt()).thenComparing(Ticket::id)).toList();
    }

    private static String door(Ticket ticket) {
        var household = ticket.reporter().anonymous() ? null : ticket.reporter().household();
        return ticket.place().area() == PlaceArea.PUBLIC || household == null ? "" : household;
    }
}
