package gatehouse.gate;

import gatehouse.audit.AuditLog;
import gatehouse.audit.Retention;
import gatehouse.audit.Retention.Forgotten;
import gatehouse.kernel.BusinessClock;
import gatehouse.kernel.Database;
import gatehouse.kernel.Tx;
import gatehouse.registry.Policies;
import gatehouse.registry.PolicyName;
import java.time.LocalDate;
import java.util.Map;
import java.util.UUID;

/** Forgets who visitors were, when the compound's days are over, against a certificate. */
final class VisitRetention {
    private static final int AT_ONCE = 2_000;

    private final Database database;
    private final BusinessClock clock;
    private final Policies policies;
    private final Retention retention;

    VisitRetention(Database database, BusinessClock clock, Policies policies, AuditLog log) {
        this.database = database;
        this.clock = clock;
        this.policies = policies;
        this.retention = new Retention(database, clock, log);
    }

    /** Answers how many. */
    int apply() {
        return retention.apply(VisitStore.compoundsWithVisitors(database),
                compound -> VisitPolicy.visitorsKeptFrom(clock.today(), policies.of(compound).amount(PolicyName.VISITORS_KEPT)), AT_ONCE, this::forget);
    }

    private Forgotten forget(Tx tx, UUID compound, LocalDate before, int atMost) {
        int visits = VisitStore.forget(tx, compound, before, clock.now(), atMost);
        return new Forgotten(visits, Map.of("visits", Integer.toString(visits), "visitsBefore", before.toString()));
    }
}
