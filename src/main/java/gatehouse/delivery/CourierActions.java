package gatehouse.delivery;

import gatehouse.audit.AuditAction;
import gatehouse.audit.AuditEntry;
import gatehouse.audit.AuditLog;
import gatehouse.delivery.ParcelActions.Waybill;
import gatehouse.delivery.ParcelAddress.Meaning;
import gatehouse.http.Caller;
import gatehouse.identity.CourierScenes;
import gatehouse.kernel.Answer;
import gatehouse.kernel.BusinessClock;
import gatehouse.kernel.Database;
import gatehouse.kernel.Ids;
import gatehouse.kernel.KeyRing;
import gatehouse.kernel.Once;
import gatehouse.kernel.Problem;
import gatehouse.kernel.ProblemType;
import gatehouse.kernel.Role;
import gatehouse.kernel.Scope;
import gatehouse.kernel.Tx;
import gatehouse.registry.Policies;
import java.net.URI;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Links for couriers, and the parcels that come by them. */
final class CourierActions {
    private static final List<Role> MAKERS = List.of(Role.OFFICE, Role.GUARD);
    private static final long AN_HOUR_SECONDS = 3_600;
    /** Far longer than the statements take by which a clear address differs from an unclear one, and not long to a courier. */
    static final Duration ALWAYS_TAKES = Duration.ofMillis(250);

    private final Database database;
    private final BusinessClock clock;
    private final KeyRing keys;
    private final Policies policies;
    private final ParcelActions parcels;
    private final AuditLog audit;
    private final Supplier<URI> publicUrl;

    /** {@code publicUrl}: where people reach the portal, without a trailing slash; known once the door is open. */
    CourierActions(Database database, BusinessClock clock, KeyRing keys, Policies policies, ParcelActions parcels, AuditLog audit, Supplier<URI> publicUrl) {
        this.database = database;
        this.clock = clock;
        this.keys = keys;
        this.policies = policies;
        this.parcels = parcels;
        this.audit = audit;
        this.publicUrl = publicUrl;
    }

    /** Fails with a bad field where the hours are more than the policy's; {@code hours} null: as many. */
    Answer make(Caller caller, Scope scope, Once<CourierLink> once, Supplier<UUID> gateOf, String label, @Nullable Integer hours) {
        var now = clock.now();
        return database.transact(once, tx -> {
            var gate = gateOf.get();
            var at = PickupSlotStore.gates(tx, scope, gate).stream().findFirst().orElseThrow(() -> Problem.of(ProblemType.NOT_FOUND));
            var longest = rules(at.compoundId()).linkLasts();
            var lasts = hours == null ? longest : Duration.ofHours(hours);
            var link = new CourierLink(at.compoundId(), Ids.next(), gate, at.name(), label, keys.currentId(), now,
                    now.plus(lasts.compareTo(longest) > 0 ? longest : lasts), null, 0, null);
            CourierStore.insert(tx, link, caller.compoundId(), caller.accountId());
            enter(tx, caller, link, AuditAction.COURIER_LINK_MADE, now);
            return link;
        });
    }

    /** Those that are good now: a guard's of their own gates, the office's of its compounds. */
    List<CourierLink> list(Caller caller, Scope scope) {
        var gates = ParcelActions.isOnlyGuard(caller) ? Duty.gatesOf(caller).toArray(UUID[]::new) : null;
        return CourierStore.good(database, scope, gates, clock.now());
    }

    /** From now on nothing is registered by it; fails with NOT_ALLOWED_NOW where it was revoked before. */
    void revoke(Caller caller, Scope scope, UUID id) {
        var now = clock.now();
        database.transact(tx -> {
            var link = CourierStore.find(tx, scope, id).filter(found -> !ParcelActions.isOnlyGuard(caller) || Duty.gatesOf(caller).contains(found.gateId()))
                    .orElseThrow(() -> Problem.of(ProblemType.NOT_FOUND));
            if (!CourierStore.revoke(tx, link, now)) {
                throw Problem.of(ProblemType.NOT_ALLOWED_NOW);
            }
            enter(tx, caller, link, AuditAction.COURIER_LINK_REVOKED, now);
            return link;
        });
    }

    private void enter(Tx tx, Caller caller, CourierLink link, AuditAction action, OffsetDateTime now) {
        audit.append(tx, List.of(AuditEntry.of(link.compoundId(), now, AuditEntry.Actor.of(caller, link.compoundId(), MAKERS), action, "courier_link",
                link.id(), Map.of("gate", link.gateId().toString(), "until", link.expiresAt().toString()))));
    }

    /** Where the link leads; the token stands behind the # and so in no log. Nothing where its key has left the ring. */
    String url(CourierLink link) {
        return publicUrl.get() + "/courier/#" + CourierToken.of(keys, link.tokenKey(), link.compoundId(), link.id()).map(CourierToken::text).orElse("");
    }

    /** What the mini program is told that scanned it; nothing where the link is good no more. */
    Optional<CourierScenes.Link> scene(UUID compound, UUID id) {
        return CourierStore.find(database, compound, id).filter(link -> link.isGood(clock.now()))
                .flatMap(link -> CourierToken.of(keys, link.tokenKey(), link.compoundId(), link.id())
                        .map(token -> new CourierScenes.Link(token.text(), link.gate(), link.label(), link.expiresAt())));
    }

    /** One that is good now, of the caller's gates or compounds. */
    CourierLink own(Caller caller, Scope scope, UUID id) {
        var link = CourierStore.find(database, scope, id).filter(found -> !ParcelActions.isOnlyGuard(caller) || Duty.gatesOf(caller).contains(found.gateId()))
                .orElseThrow(() -> Problem.of(ProblemType.NOT_FOUND));
        if (!link.isGood(clock.now())) {
            throw Problem.of(ProblemType.NOT_ALLOWED_NOW);
        }
        return link;
    }

    /** The link of a token; fails with {@code GATE_LINK_NOT_GOOD} whatever is wrong with it. */
    CourierLink demand(String token) {
        return CourierToken.read(token).flatMap(read -> CourierStore.find(database, read.compoundId(), read.linkId())
                        .filter(link -> read.isProved(keys, link.tokenKey()) && link.isGood(clock.now())))
                .orElseThrow(() -> Problem.of(ProblemType.GATE_LINK_NOT_GOOD));
    }

    /**
     * By a courier. The answer is the same whoever lives there, or nobody, and takes the same time: what is not of exactly one household is left for the
     * guard to sort. Blocks a virtual thread. Fails
     * with {@code TOO_MANY_ATTEMPTS} beyond the link's share of an hour.
     */
    Answer register(CourierLink link, Once<Parcel> once, Waybill waybill) {
        long began = System.nanoTime();
        var now = clock.now();
        int anHour = rules(link.compoundId()).linkAnHour();
        var answer = database.transact(once, tx -> {
            if (!CourierStore.count(tx, link, anHour, now)) {
                throw Problem.of(ProblemType.TOO_MANY_ATTEMPTS).with("retryAfter", AN_HOUR_SECONDS);
            }
            var unknown = ParcelActions.parcel(tx, link.compoundId(), link.gateId(), waybill, null, written(waybill.address()), now);
            var home = Addresses.meaning(tx, link.compoundId(), waybill.address()) instanceof Meaning.Found(var found) ? found : null;
            if (home == null) {
                parcels.arrive(tx, unknown, null, By.link(link.id()), now);
            } else {
                var known = ParcelActions.parcel(tx, link.compoundId(), link.gateId(), waybill, home, null, now).called(unknown.id());
                parcels.arrive(tx, known, home, By.link(link.id()), now);
            }
            return unknown.at(link.gate());
        });
        waitUntil(began + ALWAYS_TAKES.toNanos());
        return answer;
    }

    private static void waitUntil(long nanos) {
        try {
            TimeUnit.NANOSECONDS.sleep(nanos - System.nanoTime());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static String written(ParcelAddress address) {
        return switch (address) {
            case ParcelAddress.Door(var building, var unit, var room) -> building + "-" + unit + "-" + room;
            case ParcelAddress.PhoneTail(var digits) -> "*" + digits;
            case ParcelAddress.Known(var household) -> throw new IllegalArgumentException("a courier knows no household");
        };
    }

    private DeliveryRules rules(UUID compound) {
        return DeliveryRules.of(policies.of(compound));
    }
}
