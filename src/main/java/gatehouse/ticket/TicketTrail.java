package gatehouse.ticket;

import gatehouse.audit.AuditAction;
import gatehouse.audit.AuditEntry;
import gatehouse.audit.AuditEntry.Actor;
import gatehouse.http.Caller;
import gatehouse.kernel.Role;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What this feature enters in the audit: what the office does with tickets, and who sorted one anew, by their ids; nobody's name, no note. */
final class TicketTrail {
    private TicketTrail() {
    }

    /** Of the office's steps; those of others stand in the ticket's own trail. */
    static Optional<AuditEntry> entry(Ticket ticket, TicketEvent event, TicketActor actor, Caller caller, OffsetDateTime now) {
        return actor == TicketActor.OFFICE ? Optional.of(of(ticket, AuditAction.TICKET_STEP, Map.of("number", ticket.number(), "event", event.name()), caller, now))
                : Optional.empty();
    }

    static AuditEntry of(Ticket ticket, AuditAction action, Map<String, String> details, Caller caller, OffsetDateTime now) {
        return AuditEntry.of(ticket.compoundId(), now, Actor.of(caller, ticket.compoundId(), List.of(Role.OFFICE, Role.DISPATCHER)), action, "ticket", ticket.id(), details);
    }
}
