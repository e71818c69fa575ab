package gatehouse.ticket;

import gatehouse.audit.AuditLog;
import gatehouse.audit.Retention;
import gatehouse.audit.Retention.Forgotten;
import gatehouse.gate.TicketVisits;
import gatehouse.kernel.BusinessClock;
import gatehouse.kernel.Database;
import gatehouse.kernel.Tx;
import gatehouse.photo.PhotoActions;
import gatehouse.registry.Policies;
import gatehouse.registry.PolicyName;
import gatehouse.wording.WordingKind;
import gatehouse.wording.Wordings;
import java.time.LocalDate;
import java.util.Map;
import java.util.UUID;

/** Forgets what was written in closed tickets and who reported them, when the compound's days are over, against a certificate. */
final class TicketRetention {
    /** Fewer than elsewhere: their words and pictures go with them. */
    private static final int AT_ONCE = 500;

    private final Database database;
    private final BusinessClock clock;
    private final Policies policies;
    private final PhotoActions photos;
    private final Retention retention;

    TicketRetention(Database database, BusinessClock clock, Policies policies, AuditLog log, PhotoActions photos) {
        this.database = database;
        this.clock = clock;
        this.policies = policies;
        this.photos = photos;
        this.retention = new Retention(database, clock, log);
    }

    /** Answers how many tickets. */
    int apply() {
        return retention.apply(TicketRetentionStore.compounds(database),
                compound -> TicketPolicy.keptFrom(clock.today(), policies.of(compound).amount(PolicyName.TICKETS_KEPT)), AT_ONCE, this::forget);
    }

    private Forgotten forget(Tx tx, UUID compound, LocalDate before, int atMost) {
        var tickets = TicketRetentionStore.due(tx, compound, before.atStartOfDay(BusinessClock.ZONE).toOffsetDateTime(), atMost);
        if (tickets.isEmpty()) {
            return new Forgotten(0, Map.of());
        }
        int pictures = photos.forget(tx, compound, TicketRetentionStore.photos(tx, compound, tickets));
        TicketVisits.forgetHomes(tx, compound, tickets);
        Wordings.forget(tx, WordingKind.TICKET_PLACE, compound, tickets);
        int messages = TicketRetentionStore.forget(tx, compound, tickets, clock.now());
        return new Forgotten(tickets.size(), Map.of("tickets", Integer.toString(tickets.size()), "ticketMessages", Integer.toString(messages),
                "ticketPhotos", Integer.toString(pictures), "ticketsClosedBefore", before.toString()));
    }
}
