package gatehouse.registry;

import com.github.benmanes.caffeine.cache.AsyncLoadingCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import gatehouse.audit.AuditLog;
import gatehouse.http.Caller;
import gatehouse.kernel.Await;
import gatehouse.kernel.BusinessClock;
import gatehouse.kernel.Database;
import gatehouse.kernel.FieldFault;
import gatehouse.kernel.Notifications;
import gatehouse.kernel.Page;
import gatehouse.kernel.Problem;
import gatehouse.kernel.ProblemType;
import gatehouse.kernel.Scope;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The policy values in force, for every feature. Kept in memory, dropped on every instance when the office changes them, wholly
 * when that line was broken, and by age.
 */
public final class Policies {

    private static final String CHANNEL = "policy";

    private final Database database;
    private final BusinessClock clock;
    /** Joins those who miss the same compound at once; what is being read at this moment is dropped with the rest. */
    private final AsyncLoadingCache<UUID, PolicyValues> cache;

    /** {@code reads}: with connections that no transaction ever holds; the values are asked for in the middle of transactions of {@code database}. */
    public Policies(Database database, Database reads, BusinessClock clock, Notifications notifications) {
        this.database = database;
        this.clock = clock;
        this.cache = Caffeine.newBuilder().maximumSize(10_000).expireAfterWrite(Duration.ofMinutes(1))
                .buildAsync((compound, executor) -> PolicyStore.inForce(reads, compound).toCompletionStage().toCompletableFuture());
        notifications.on(CHANNEL, this::drop);
    }

    private void drop(String payload) {
        if (payload.equals(Notifications.EVERYTHING)) {
            cache.synchronous().invalidateAll();
        } else {
            cache.synchronous().invalidate(UUID.fromString(payload));
        }
    }

    /** From memory, or else from the database, so not for an event loop. */
    public PolicyValues of(UUID compound) {
        var read = cache.get(compound);
        return read.isDone() && !read.isCompletedExceptionally() ? read.join() : Await.on(Future.fromCompletionStage(read));
    }

    /** Of any compound, all read from the database by one statement now: for jobs. */
    public Function<UUID, PolicyValues> all() {
        var changed = PolicyStore.readChanged(database).stream().collect(Collectors.toMap(PolicyValues::compoundId, Function.identity()));
        return compound -> changed.getOrDefault(compound, new PolicyValues(compound, 0, Map.of()));
    }

    /** A compound by name with its values. */
    record Policy(UUID compoundId, String compoundName, PolicyValues values) {}

    /** From the database, because the reader may want to change it. */
    Policy read(Scope scope, UUID compound) {
        String name = PolicyStore.compoundName(database, scope, compound).orElseThrow(() -> Problem.of(ProblemType.NOT_FOUND));
        return new Policy(compound, name, PolicyStore.read(database, compound));
    }

    /**
     * Changes the values that are named; the others stay. Nothing is written where nothing becomes different.
     *
     * @param version the one that was read; another since then is {@link ProblemType#STALE_VERSION}
     */
    Policy change(AuditLog audit, Caller caller, Scope scope, UUID compound, int version, Map<String, Object> asked) {
        Policy present = read(scope, compound);
        if (!scope.seesWholeCompound(compound)) {
            throw Problem.of(ProblemType.NOT_FOUND);
        }
        if (present.values().version() != version) {
            throw Problem.of(ProblemType.STALE_VERSION);
        }
        return switch (PolicyRules.decide(present.values(), asked)) {
            case PolicyRules.Decision.Refused(var faults) -> throw PolicyProblems.of(faults);
            case PolicyRules.Decision.Accepted(var changes) when changes.isEmpty() -> present;
            case PolicyRules.Decision.Accepted(var changes) -> {
                PolicyValues next = next(present.values(), changes);
                store(audit, present.values(), next, changes, caller);
                yield new Policy(compound, present.compoundName(), next);
            }
        };
    }

    /** Values in force, and as they would be after a change that is only thought of. */
    public record Imagined(PolicyValues present, PolicyValues next) {}

    /** What {@link #change} would make of it; refused as that would be, and nothing is written. */
    public Imagined imagine(Scope scope, UUID compound, Map<String, Object> asked) {
        Policy present = read(scope, compound);
        if (!scope.seesWholeCompound(compound)) {
            throw Problem.of(ProblemType.NOT_FOUND);
        }
        return switch (PolicyRules.decide(present.values(), asked)) {
            case PolicyRules.Decision.Refused(var faults) -> throw PolicyProblems.of(faults);
            case PolicyRules.Decision.Accepted(var changes) -> new Imagined(present.values(), next(present.values(), changes));
        };
    }

    private static PolicyValues next(PolicyValues present, Map<PolicyName, Integer> changes) {
        var changed = new EnumMap<PolicyName, Integer>(PolicyName.class);
        changed.putAll(present.changed());
        changed.putAll(changes);
        changed.entrySet().removeIf(entry -> entry.getValue() == entry.getKey().standard());
        return new PolicyValues(present.compoundId(), present.version() + 1, changed);
    }

    private void store(AuditLog audit, PolicyValues present, PolicyValues next, Map<PolicyName, Integer> changes, Caller caller) {
        var history = new ArrayList<PolicyStore.Change>();
        changes.forEach((name, after) -> history.add(new PolicyStore.Change(name, present.amount(name), after)));
        var now = clock.now();
        database.transact(tx -> {
            if (!PolicyStore.replace(tx, next, now, caller.accountId())) {
                throw Problem.of(ProblemType.STALE_VERSION);
            }
            PolicyStore.keepHistory(tx, next, history, now, caller.accountId());
            Notifications.send(tx, CHANNEL, next.compoundId().toString());
            audit.append(tx, RegistryTrail.policyChanged(next.compoundId(), history, caller, now));
            tx.changes(next.compoundId());
            return next;
        });
        drop(next.compoundId().toString());
    }

    Page<PolicyStore.Entry> history(Scope scope, UUID compound, Page.Request page) {
        read(scope, compound);
        int before = page.after() == null ? Integer.MAX_VALUE : versionIn(page.after());
        List<PolicyStore.Entry> rows = PolicyStore.history(database, scope, compound, before, page.rows());
        return Page.cut(rows, page, entry -> Integer.toString(entry.version()));
    }

    private static int versionIn(String cursor) {
        if (!cursor.matches("[0-9]{1,9}")) {
            throw Problem.badField("?cursor", FieldFault.WRONG_FORMAT, "cursor");
        }
        return Integer.parseInt(cursor);
    }
}
