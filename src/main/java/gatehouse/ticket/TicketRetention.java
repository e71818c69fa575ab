package gatehouse.ticket;

import gatehouse.audit.AuditAction;
import gatehouse.audit.AuditEntry;
import gatehouse.audit.AuditLog;
import gatehouse.gate.TicketVisits;
import gatehouse.kernel.BusinessClock;
import gatehouse.kernel.Database;
import gatehouse.photo.PhotoActions;
import gatehouse.registry.Policies;
import gatehouse.registry.PolicyName;
import gatehouse.wording.WordingKind;
import gatehouse.wording.Wordings;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.UUID;

/** Forgets what was written in closed tickets and who reported them, when the compound's days are over, against a certificate. */
final class TicketRetention {
    /** As many as are forgotten under one certificate, so that a chain is locked for moments only. */
    static final int AT_ONCE = 500;

    private final Database database;
    private final BusinessClock clock;
    private final Policies policies;
    private final AuditLog log;
    private final PhotoActions photos;

    TicketRetention(Database database, BusinessClock clock, Policies policies, AuditLog log, PhotoActions photos) {
        this.database = database;
        this.clock = clock;
        this.policies = policies;
        this.log = log;
        this.photos = photos;
    }

    /** Answers how many tickets. */
    int apply() {
        var now = clock.now();
        int forgotten = 0;
        for (var compound : TicketRetentionStore.compounds(database)) {
            var before = TicketPolicy.keptFrom(now.toLocalDate(), policies.of(compound).amount(PolicyName.TICKETS_KEPT));
            int more;
            do {
                more = forget(compound, before, now);
                forgotten += more;
            } while (more == AT_ONCE);
        }
        return forgotten;
    }

    private int forget(UUID compound, LocalDate before, OffsetDateTime now) {
        return database.transact(tx -> {
            var tickets = TicketRetentionStore.due(tx, compound, before.atStartOfDay(BusinessClock.ZONE).toOffsetDateTime(), AT_ONCE);
            if (!tickets.isEmpty()) {
                int pictures = photos.forget(tx, compound, TicketRetentionStore.photos(tx, compound, tickets));
                TicketVisits.forgetHomes(tx, compound, tickets);
                Wordings.forget(tx, WordingKind.TICKET_PLACE, compound, tickets);
                int messages = TicketRetentionStore.forget(tx, compound, tickets, now);
                log.append(tx, AuditEntry.of(compound, now, null, AuditAction.RETENTION_APPLIED, "compound", compound,
                        Map.of("tickets", Integer.toString(tickets.size()), "ticketMessages", Integer.toString(messages),
                                "ticketPhotos", Integer.toString(pictures), "ticketsClosedBefore", before.toString())));
            }
            return tickets.size();
        });
    }
}
