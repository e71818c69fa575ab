package gatehouse.delivery;

import gatehouse.http.Caller;
import gatehouse.identity.CodeGuesses;
import gatehouse.identity.CodeGuesses.Typist;
import gatehouse.kernel.Answer;
import gatehouse.kernel.BusinessClock;
import gatehouse.kernel.Database;
import gatehouse.kernel.KeyRing;
import gatehouse.kernel.Once;
import gatehouse.kernel.Problem;
import gatehouse.kernel.ProblemType;
import gatehouse.kernel.Scope;
import gatehouse.kernel.Tx;
import gatehouse.notify.Message;
import gatehouse.notify.MessageTemplate;
import gatehouse.notify.Outbox;
import gatehouse.notify.Recipient;
import gatehouse.registry.Policies;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The verbs of collecting: book a slot, show a code, hand over. */
final class PickupActions {
    private final Database database;
    private final BusinessClock clock;
    private final KeyRing keys;
    private final Policies policies;
    private final Shelf shelf;
    private final CodeGuesses guesses;

    PickupActions(Database database, BusinessClock clock, KeyRing keys, Policies policies, Shelf shelf, CodeGuesses guesses) {
        this.database = database;
        this.clock = clock;
        this.keys = keys;
        this.policies = policies;
        this.shelf = shelf;
        this.guesses = guesses;
    }

    /** A slot with the places of it that are taken. */
    record SlotView(PickupSlotStore.Gate gate, PickupSlot slot, OffsetDateTime endsAt, int capacity, int taken) {
    }

    /**
     * What a code stands for at a gate.
     *
     * @param collector the name of whom the household sends, where it is none of itself
     */
    record Shown(Pickup pickup, List<Parcel> parcels, @Nullable String collector, PickupWalk walk) {
    }

    /** What the gate finds by a code. */
    private sealed interface Found {
        record Own(Pickup pickup) implements Found {
        }

        record Named(Collector collector) implements Found {
        }
    }

    /** The slots of a day at one gate or at all of the compound's; fails with NOT_FOUND for a gate outside the scope. */
    List<SlotView> slots(Scope scope, @Nullable UUID gateId, @Nullable LocalDate date) {
        var now = clock.now();
        var day = date == null ? now.toLocalDate() : date;
        var gates = PickupSlotStore.gates(database, scope, gateId);
        if (gates.isEmpty() && gateId != null) {
            throw Problem.of(ProblemType.NOT_FOUND);
        }
        var taken = new HashMap<PickupSlot, Integer>();
        PickupSlotStore.taken(database, gates.stream().map(PickupSlotStore.Gate::compoundId).distinct().toList(), day)
                .forEach(each -> taken.put(each.slot(), each.taken()));
        return gates.stream().flatMap(gate -> {
            var rules = rules(gate.compoundId());
            return PickupPolicy.day(day, rules, now).stream().map(time -> {
                var slot = new PickupSlot(gate.id(), time.startsAt());
                return new SlotView(gate, slot, time.endsAt(), rules.slotCapacity(), taken.getOrDefault(slot, 0));
            });
        }).toList();
    }

    /** The place that somebody else may have instead; none of a slot that is over. */
    static Optional<PickupSlot> givenBack(Pickup pickup, OffsetDateTime now) {
        return Optional.ofNullable(pickup.slot()).filter(slot -> !PickupPolicy.isOver(slot, now))
                .map(slot -> new PickupSlot(pickup.gateId(), slot.startsAt()));
    }

    /** Gives the booking up, of everything that it was for; fails with NOT_ALLOWED_NOW where there is none. */
    Parcel unbook(Caller caller, Scope scope, UUID parcelId) {
        var now = clock.now();
        var by = By.account(caller.compoundId(), caller.accountId());
        return database.transact(tx -> {
            var parcel = held(tx, scope, parcelId);
            var pickup = PickupStore.lock(tx, parcel.compoundId(), parcel.pickupId()).orElseThrow();
            if (pickup.slot() == null) {
                throw Problem.of(ProblemType.NOT_ALLOWED_NOW);
            }
            release(tx, pickup, ParcelEvent.UNBOOK, by, now);
            return ParcelStore.find(tx, scope, parcelId).orElseThrow();
        });
    }

    /** Takes the slot from a held pickup. */
    private void release(Tx tx, Pickup pickup, ParcelEvent event, By by, OffsetDateTime now) {
        ParcelStore.lockWaiting(tx, pickup.compoundId(), pickup.id()).stream().filter(each -> each.state() == ParcelState.BOOKED)
                .forEach(each -> shelf.happen(tx, each, event, by, null, now));
        PickupStore.setSlot(tx, pickup, null);
        givenBack(pickup, now).ifPresent(slot -> PickupSlotStore.free(tx, pickup.compoundId(), slot));
    }

    private Parcel held(Tx tx, Scope scope, UUID parcelId) {
        var parcel = shelf.hold(tx, scope, parcelId);
        if (!parcel.state().isWaiting() || parcel.pickupId() == null) {
            throw Problem.of(ProblemType.NOT_ALLOWED_NOW);
        }
        return parcel;
    }

    /** The code by which everything is collected that waits for the household at the parcel's gate. */
    PickupCode code(Scope scope, UUID parcelId) {
        var parcel = ParcelStore.find(database, scope, parcelId).orElseThrow(() -> Problem.of(ProblemType.NOT_FOUND));
        if (!parcel.state().isWaiting() || parcel.pickupId() == null) {
            throw Problem.of(ProblemType.NOT_ALLOWED_NOW);
        }
        return PickupStore.codeKey(database, parcel.compoundId(), parcel.pickupId()).flatMap(key -> PickupCode.of(keys, key, parcel.pickupId()))
                .orElseThrow(() -> Problem.of(ProblemType.NOT_ALLOWED_NOW));
    }

    /** What a code stands for, while the guard fetches the parcels; fails as {@link #collect} does. */
    Shown look(Caller caller, Scope scope, UUID gate, String written, String clientAddress) {
        var now = clock.now();
        var found = find(caller, scope, gate, written, clientAddress);
        return database.transact(tx -> shown(tx, found, gate, now));
    }

    /**
     * Hands over everything that waits for the household at the gate. Fails with {@code PICKUP_CODE_WRONG}, {@code PICKUP_CODE_USED},
     * {@code PICKUP_OTHER_GATE} or {@code NOTHING_TO_COLLECT}; with {@code TOO_MANY_ATTEMPTS} where too many wrong codes were typed.
     */
    Answer collect(Caller caller, Scope scope, Once<Shown> once, UUID gate, String written, String clientAddress) {
        var now = clock.now();
        var by = By.account(caller.compoundId(), caller.accountId());
        var found = find(caller, scope, gate, written, clientAddress);
        return database.transact(once, tx -> {
            var shown = shown(tx, found, gate, now);
            var pickup = shown.pickup;
            PickupStore.collected(tx, pickup, found instanceof Found.Named(var collector) ? collector.id() : null, now);
            givenBack(pickup, now).filter(slot -> now.isBefore(slot.startsAt())).ifPresent(slot -> PickupSlotStore.free(tx, pickup.compoundId(), slot));
            var handed = shown.parcels.stream().map(each -> shelf.happen(tx, each, ParcelEvent.COLLECT, by, shown.collector, now)).toList();
            tellHousehold(tx, pickup, handed.size(), now);
            return new Shown(pickup, handed, shown.collector, shown.walk);
        });
    }

    private static void tellHousehold(Tx tx, Pickup pickup, int parcels, OffsetDateTime now) {
        if (AddressStore.known(tx, pickup.compoundId(), pickup.householdId()).filter(Home::reachable).isPresent()) {
            Outbox.put(tx, now, Message.of(pickup.compoundId(), "parcel-collected/" + pickup.id(), MessageTemplate.PARCEL_COLLECTED,
                    new Recipient.Household(pickup.householdId()), parcels).about(pickup.id()));
        }
    }

    private Found find(Caller caller, Scope scope, UUID gate, String written, String clientAddress) {
        return guesses.find(new Typist(caller.accountId(), gate, clientAddress), tx -> PickupCode.read(written).flatMap(code -> {
            var hash = code.hash(keys);
            return PickupStore.ofCode(tx, scope, hash).<Found>map(Found.Own::new)
                    .or(() -> CollectorStore.ofCode(tx, scope, hash).map(Found.Named::new));
        })).orElseThrow(() -> Problem.of(ProblemType.PICKUP_CODE_WRONG));
    }

    /** The walk and its parcels, held until the transaction ends. */
    private static Shown shown(Tx tx, Found found, UUID gate, OffsetDateTime now) {
        var pickup = switch (found) {
            case Found.Own(var own) -> PickupStore.lock(tx, own.compoundId(), own.id()).orElseThrow();
            case Found.Named(var named) -> {
                if (!CollectorStore.isStillValid(tx, named, now)) {
                    throw Problem.of(ProblemType.PICKUP_CODE_USED);
                }
                yield PickupStore.lockOpen(tx, named.compoundId(), named.householdId(), gate)
                        .orElseThrow(() -> Problem.of(ProblemType.NOTHING_TO_COLLECT));
            }
        };
        if (pickup.state() != PickupState.OPEN) {
            throw Problem.of(ProblemType.PICKUP_CODE_USED);
        }
        if (!pickup.gateId().equals(gate)) {
            throw Problem.of(ProblemType.PICKUP_OTHER_GATE, pickup.gate());
        }
        var parcels = ParcelStore.lockWaiting(tx, pickup.compoundId(), pickup.id());
        return new Shown(pickup, parcels, found instanceof Found.Named(var named) ? named.name() : null, PickupPolicy.walk(pickup.slot(), parcels, now));
    }

    // --- by the clock

    /** Writes down which booked slots passed without anybody coming; answers how many. What is read says so before. */
    int lapse(int atOnce) {
        var now = clock.now();
        var due = PickupStore.lapsed(database, now, atOnce);
        due.forEach(each -> database.transact(tx -> {
            PickupStore.lock(tx, each.compoundId(), each.id())
                    .filter(pickup -> pickup.state() == PickupState.OPEN && pickup.slot() != null && PickupPolicy.isOver(pickup.slot(), now))
                    .ifPresent(pickup -> release(tx, pickup, ParcelEvent.LAPSE, By.CLOCK, now));
            return each;
        }));
        return due.size();
    }

    private DeliveryRules rules(UUID compound) {
        return DeliveryRules.of(policies.of(compound));
    }
}
