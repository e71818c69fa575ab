package gatehouse.gate;

import gatehouse.audit.AuditAction;
import gatehouse.audit.AuditEntry;
import gatehouse.audit.AuditLog;
import gatehouse.kernel.BusinessClock;
import gatehouse.kernel.Database;
import gatehouse.registry.Policies;
import gatehouse.registry.PolicyName;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.UUID;

/** Forgets who visitors were, when the compound's days are over, against a certificate. */
final class VisitRetention {
    /** As many as are forgotten under one certificate, so that a chain is locked for moments only. */
    static final int AT_ONCE = 2_000;

    private final Database database;
    private final BusinessClock clock;
    private final Policies policies;
    private final AuditLog log;

    VisitRetention(Database database, BusinessClock clock, Policies policies, AuditLog log) {
        this.database = database;
        this.clock = clock;
        this.policies = policies;
        this.log = log;
    }

    /** Answers how many. */
    int apply() {
        var now = clock.now();
        int forgotten = 0;
        for (var compound : VisitStore.compoundsWithVisitors(database)) {
            var before = VisitPolicy.visitorsKeptFrom(now.toLocalDate(), policies.of(compound).amount(PolicyName.VISITORS_KEPT));
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
            int visits = VisitStore.forget(tx, compound, before, now, AT_ONCE);
            if (visits > 0) {
                log.append(tx, AuditEntry.of(compound, now, null, AuditAction.RETENTION_APPLIED, "compound", compound,
                        Map.of("visits", Integer.toString(visits), "visitsBefore", before.toString())));
            }
            return visits;
        });
    }
}
