package gatehouse.ticket;

import gatehouse.audit.AuditAction;
import gatehouse.audit.AuditLog;
import gatehouse.http.Caller;
import gatehouse.kernel.BusinessClock;
import gatehouse.kernel.Database;
import gatehouse.kernel.FieldFault;
import gatehouse.kernel.Problem;
import gatehouse.kernel.ProblemType;
import gatehouse.kernel.Tx;
import gatehouse.registry.Policies;
import gatehouse.ticket.TicketActions.View;
import gatehouse.ticket.TicketStore.Author;
import gatehouse.ticket.TicketStore.Words;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/** What was reported turns out to be something else, or more urgent, or less. */
final class ClassificationActions {
    private final Database database;
    private final BusinessClock clock;
    private final Policies policies;
    private final TicketClock ticketClock;
    private final AuditLog audit;
    private final TicketActions tickets;

    ClassificationActions(Database database, BusinessClock clock, Policies policies, TicketClock ticketClock, AuditLog audit, TicketActions tickets) {
        this.database = database;
        this.clock = clock;
        this.policies = policies;
        this.ticketClock = ticketClock;
        this.audit = audit;
        this.tickets = tickets;
    }

    /** What it is instead, within its kind: its number says the kind. */
    record Wish(String category, Urgency urgency, String reason) {
    }

    /**
     * Sorts an open ticket anew. Its deadlines are those of the new level from when it was reported (or reopened); a promise missed until now
     * stays missed. The same again changes nothing. {@code NOT_PERMITTED} for whoever has no desk there, {@code NOT_ALLOWED_NOW} where nothing is
     * owed any more, {@code WORK_SUSPENDED} for construction during control.
     */
    View classify(Caller caller, UUID id, Wish wish) {
        var now = clock.now();
        if (wish.reason.isBlank()) {
            throw Problem.badField("/reason", FieldFault.REQUIRED);
        }
        return database.transact(tx -> {
            var ticket = TicketStore.lock(tx, TicketSight.of(caller), id).orElseThrow(() -> Problem.of(ProblemType.NOT_FOUND));
            var actors = TicketReading.actors(caller, ticket);
            if (!actors.contains(TicketActor.DISPATCHER) && !actors.contains(TicketActor.OFFICE)) {
                throw Problem.of(ProblemType.NOT_PERMITTED);
            }
            if (!TicketPolicy.isOpen(ticket.state())) {
                throw Problem.of(ProblemType.NOT_ALLOWED_NOW);
            }
            var category = category(ticket, wish);
            if (category == ticket.category() && wish.urgency == ticket.urgency()) {
                return tickets.view(tx, caller, ticket);
            }
            return tickets.view(tx, caller, change(tx, caller, ticket, category, wish, now));
        });
    }

    private static TicketCategory category(Ticket ticket, Wish wish) {
        var kind = ticket.category().kind();
        return Stream.of(TicketCategory.values()).filter(each -> each.name().equals(wish.category) && each.kind() == kind).findFirst()
                .orElseThrow(() -> Problem.badField("/category", FieldFault.NOT_LISTED, String.join(", ",
                        Stream.of(TicketCategory.values()).filter(each -> each.kind() == kind).map(Enum::name).toList())));
    }

    private Ticket change(Tx tx, Caller caller, Ticket ticket, TicketCategory category, Wish wish, OffsetDateTime now) {
        var rules = TicketRules.of(policies.of(ticket.compoundId()));
        if (category != ticket.category() && TicketPolicy.isSuspended(category, TicketPolicy.isControlled(ticket, rules))) {
            throw Problem.of(ProblemType.WORK_SUSPENDED);
        }
        TicketClock.markLate(tx, ticket, now);
        TicketStore.classify(tx, ticket, category, wish.urgency, TicketPolicy.consent(ticket, category, wish.urgency, rules));
        var due = ticketClock.redue(tx, ticket);
        var after = present(tx, ticket);
        if (TicketPolicy.late(after, now).isEmpty()) {
            TicketClockStore.calm(tx, after);
        } else {
            TicketClock.markLate(tx, after, now);
        }
        TicketStore.append(tx, ticket, TrailEvent.CLASSIFY, after.state(), now,
                new Author(TicketReading.staffActor(caller, ticket), caller.compoundId(), caller.accountId()),
                new Words(wish.reason.strip(), false, null, due.done(), null, null));
        TicketNews.classified(tx, ticket, after, now);
        tx.changes(ticket.compoundId());
        audit.append(tx, TicketTrail.of(ticket, AuditAction.TICKET_STEP, Map.of("number", ticket.number(), "event", TrailEvent.CLASSIFY.name(),
                "from", ticket.category() + " " + ticket.urgency(), "to", category + " " + wish.urgency), caller, now));
        return present(tx, ticket);
    }

    private static Ticket present(Tx tx, Ticket ticket) {
        return TicketStore.lock(tx, TicketSight.whole(ticket.compoundId()), ticket.id()).orElseThrow();
    }
}
