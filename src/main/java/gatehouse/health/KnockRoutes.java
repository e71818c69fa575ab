package gatehouse.health;

import static gatehouse.kernel.Role.GRID_WORKER;
import static gatehouse.kernel.Role.OFFICE;

import gatehouse.audit.AuditAction;
import gatehouse.audit.AuditEntry;
import gatehouse.audit.AuditEntry.Actor;
import gatehouse.audit.AuditLog;
import gatehouse.health.KnockStore.Door;
import gatehouse.health.KnockStore.Silent;
import gatehouse.http.Allow;
import gatehouse.http.Endpoint;
import gatehouse.http.Reply;
import gatehouse.http.Request;
import gatehouse.kernel.BusinessClock;
import gatehouse.kernel.Database;
import gatehouse.kernel.Page;
import gatehouse.kernel.Problem;
import gatehouse.kernel.ProblemType;
import gatehouse.kernel.Role;
import gatehouse.registry.Policies;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The last rung of the reminder ladder: the grid worker's doors of today. */
public final class KnockRoutes {
    private static final List<Role> WHO_KNOCK = List.of(GRID_WORKER, OFFICE);

    private final Database database;
    private final BusinessClock clock;
    private final Policies policies;
    private final AuditLog audit;

    public KnockRoutes(Database database, BusinessClock clock, Policies policies, AuditLog audit) {
        this.database = database;
        this.clock = clock;
        this.policies = policies;
        this.audit = audit;
    }

    public List<Endpoint> endpoints() {
        return List.of(
                Endpoint.of("listKnockList", Allow.only(GRID_WORKER, OFFICE), this::list),
                Endpoint.of("recordKnock", Allow.only(GRID_WORKER, OFFICE), this::record));
    }

    /** Why somebody has to go there. */
    enum Why { NO_ACCOUNT, NOT_REACHED }

    record SilentBody(UUID residentId, String name, @Nullable String phone, List<Round> rounds) {
        static SilentBody of(Silent silent) {
            return new SilentBody(silent.residentId(), silent.name(), silent.phoneMasked(), silent.rounds());
        }
    }

    record DoorBody(UUID householdId, String household, String building, Why why, List<SilentBody> residents, @Nullable Knock lastKnock) {
        static DoorBody of(Door door) {
            return new DoorBody(door.householdId(), door.label(), door.building(), door.hasAccount() ? Why.NOT_REACHED : Why.NO_ACCOUNT,
                    door.silent().stream().map(SilentBody::of).toList(), door.knock().orElse(null));
        }
    }

    private Reply list(Request request) {
        var now = clock.now();
        var windows = Stream.of(request.scope().compounds())
                .collect(Collectors.toMap(Function.identity(), compound -> KnockPolicy.window(DayRules.of(policies.of(compound)), now)));
        var doors = KnockStore.doors(database, request.scope(), windows, now.toLocalDate(), request.page());
        return Reply.ok(Request.withCursor(Page.cut(doors, request.page(), door -> door.label() + "|" + door.householdId()).map(DoorBody::of)));
    }

    record RecordKnock(KnockOutcome outcome) {
    }

    private Reply record(Request request) {
        var outcome = request.body(RecordKnock.class).outcome();
        var household = request.pathId("id");
        var now = clock.now();
        return Reply.of(database.transact(request.once((Knock knock) -> Reply.answer(201, knock)), tx -> {
            var compound = KnockStore.compoundOf(tx, request.scope(), household).orElseThrow(() -> Problem.of(ProblemType.NOT_FOUND));
            KnockStore.add(tx, compound, household, outcome, request.caller(), now);
            tx.changes(compound);
            audit.append(tx, entry(request, compound, household, outcome, now));
            return new Knock(outcome, now, KnockStore.nameOf(tx, request.caller()));
        }));
    }

    private static AuditEntry entry(Request request, UUID compound, UUID household, KnockOutcome outcome, OffsetDateTime now) {
        return AuditEntry.of(compound, now, Actor.of(request.caller(), compound, WHO_KNOCK), AuditAction.HOUSEHOLD_KNOCKED, "household", household,
                Map.of("outcome", outcome.name()));
    }
}
