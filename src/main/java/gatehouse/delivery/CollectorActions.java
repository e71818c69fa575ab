package gatehouse.delivery;

import gatehouse.http.Caller;
import gatehouse.kernel.Answer;
import gatehouse.kernel.BusinessClock;
import gatehouse.kernel.Database;
import gatehouse.kernel.FieldFault;
import gatehouse.kernel.Ids;
import gatehouse.kernel.KeyRing;
import gatehouse.kernel.Once;
import gatehouse.kernel.Problem;
import gatehouse.kernel.ProblemType;
import gatehouse.kernel.Scope;
import gatehouse.kernel.Tx;
import gatehouse.registry.Policies;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;

/** Whom a household names to collect for it. */
final class CollectorActions {
    private static final int MOST_AT_ONCE = 5;

    private final Database database;
    private final BusinessClock clock;
    private final KeyRing keys;
    private final Policies policies;

    CollectorActions(Database database, BusinessClock clock, KeyRing keys, Policies policies) {
        this.database = database;
        this.clock = clock;
        this.keys = keys;
        this.policies = policies;
    }

    record View(Collector collector, PickupCode code) {
    }

    /** For so many days, today included; fails with a bad field beyond the policy's days, with {@code COLLECTORS_ENOUGH} where there are enough. */
    Answer name(Caller caller, Scope scope, Once<Collector> once, String name, int days) {
        if (caller.householdId() == null) {
            throw Problem.of(ProblemType.NOT_PERMITTED);
        }
        var now = clock.now();
        var compound = caller.compoundId();
        var household = caller.householdId();
        int most = DeliveryRules.of(policies.of(compound)).collectorDays();
        if (days > most) {
            throw Problem.badField("/days", FieldFault.TOO_BIG, most);
        }
        if (name.isBlank()) {
            throw Problem.badField("/name", FieldFault.REQUIRED);
        }
        var until = now.toLocalDate().plusDays(days).atStartOfDay().atOffset(now.getOffset());
        return database.transact(once, tx -> {
            var building = CollectorStore.lockHousehold(tx, scope, household).orElseThrow(() -> Problem.of(ProblemType.NOT_FOUND));
            if (CollectorStore.valid(tx, scope, now).size() >= MOST_AT_ONCE) {
                throw Problem.of(ProblemType.COLLECTORS_ENOUGH, MOST_AT_ONCE);
            }
            return insert(tx, compound, household, building, name.strip(), until, caller.accountId(), now);
        });
    }

    private Collector insert(Tx tx, UUID compound, UUID household, UUID building, String name, OffsetDateTime until, UUID account, OffsetDateTime now) {
        while (true) {
            var collector = new Collector(compound, Ids.next(), household, building, name, until, keys.currentId(), now, null);
            var code = PickupCode.of(keys, keys.currentId(), collector.id()).orElseThrow();
            // One code in very many is taken: then the next id has another.
            if (CollectorStore.insert(tx, collector, code.hash(keys), account)) {
                return collector;
            }
        }
    }

    /** Those who may collect for one's household now. */
    List<View> list(Scope scope) {
        return CollectorStore.valid(database, scope, clock.now()).stream()
                .flatMap(each -> PickupCode.of(keys, each.codeKey(), each.id()).map(code -> new View(each, code)).stream()).toList();
    }

    /** From now on their code collects nothing; fails with NOT_ALLOWED_NOW where it was withdrawn before. */
    void withdraw(Scope scope, UUID id) {
        var now = clock.now();
        database.transact(tx -> {
            var collector = CollectorStore.find(tx, scope, id).orElseThrow(() -> Problem.of(ProblemType.NOT_FOUND));
            if (!CollectorStore.withdraw(tx, collector, now)) {
                throw Problem.of(ProblemType.NOT_ALLOWED_NOW);
            }
            return collector;
        });
    }
}
