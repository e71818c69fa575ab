package gatehouse.delivery;

import gatehouse.kernel.Ids;
import gatehouse.kernel.KeyRing;
import gatehouse.kernel.Problem;
import gatehouse.kernel.ProblemType;
import gatehouse.kernel.Scope;
import gatehouse.kernel.Tx;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Every change of a parcel's state, with its trail, within the transaction of its cause; the only place that makes one. Whoever calls holds the
 * parcel's pickup first and then the parcel, as {@link #hold} does.
 */
final class Shelf {
    private final KeyRing keys;

    Shelf(KeyRing keys) {
        this.keys = keys;
    }

    /** The parcel and whatever it is collected by, held until the transaction ends; fails with NOT_FOUND outside the scope. */
    Parcel hold(Tx tx, Scope scope, UUID id) {
        var seen = ParcelStore.find(tx, scope, id).orElseThrow(() -> Problem.of(ProblemType.NOT_FOUND));
        if (seen.pickupId() != null) {
            PickupStore.lock(tx, seen.compoundId(), seen.pickupId());
        }
        var held = ParcelStore.lock(tx, scope, id).orElseThrow(() -> Problem.of(ProblemType.NOT_FOUND));
        if (!java.util.Objects.equals(held.pickupId(), seen.pickupId())) {
            throw Problem.of(ProblemType.NOT_ALLOWED_NOW);
        }
        return held;
    }

    /** The household's walk to that gate, opened where there is none; held. */
    Pickup openPickup(Tx tx, Home home, UUID gate, OffsetDateTime now) {
        while (true) {
            var open = PickupStore.lockOpen(tx, home.compoundId(), home.householdId(), gate);
            if (open.isPresent()) {
                return open.get();
            }
            var id = Ids.next();
            // One code in very many is taken by another pickup: then the next id has another.
            PickupStore.insert(tx, home, gate, id, keys.currentId(), PickupCode.of(keys, keys.currentId(), id).orElseThrow().hash(keys), now);
        }
    }

    /** Puts a new parcel on the shelf; {@code home} null while nobody knows whose it is. */
    Parcel put(Tx tx, Parcel parcel, @Nullable Home home, By by, OffsetDateTime now) {
        var pickup = home == null ? null : openPickup(tx, home, parcel.gateId(), now);
        var placed = pickup == null ? parcel : joined(parcel, pickup, now);
        ParcelStore.insert(tx, placed);
        ParcelStore.append(tx, placed, ParcelEvent.REGISTER, null, by, null, now);
        tx.changes(parcel.compoundId());
        return placed;
    }

    /** A parcel that is collected by that walk; booked with it where its slot is still to come. */
    private static Parcel joined(Parcel parcel, Pickup pickup, OffsetDateTime now) {
        var slot = pickup.slot();
        var state = slot != null && now.isBefore(slot.endsAt()) ? ParcelState.BOOKED : ParcelState.AT_GATE;
        return new Parcel(parcel.compoundId(), parcel.id(), parcel.gateId(), parcel.gate(), pickup.householdId(), pickup.buildingId(), pickup.household(),
                pickup.id(), slot, null, state, parcel.carrier(), parcel.trackingTail(), parcel.shelf(), parcel.perishable(), parcel.disinfected(),
                parcel.registeredAt(), parcel.remindedAt(), parcel.returnDueAt(), null, parcel.brought(), parcel.version());
    }

    /** Something that happens to a held parcel; fails with NOT_ALLOWED_NOW where it cannot. A walk with nothing left to collect ends. */
    Parcel happen(Tx tx, Parcel parcel, ParcelEvent event, By by, @Nullable String note, OffsetDateTime now) {
        return happen(tx, parcel, event, parcel.shelf(), by, note, now);
    }

    /** The same, and it lies there afterwards. */
    Parcel happen(Tx tx, Parcel parcel, ParcelEvent event, @Nullable String shelf, By by, @Nullable String note, OffsetDateTime now) {
        var state = allowed(parcel, event);
        var after = new Parcel(parcel.compoundId(), parcel.id(), parcel.gateId(), parcel.gate(), parcel.householdId(), parcel.buildingId(),
                parcel.household(), parcel.pickupId(), parcel.slot(), parcel.written(), state, parcel.carrier(), parcel.trackingTail(), shelf,
                parcel.perishable(), parcel.disinfected(), parcel.registeredAt(), event == ParcelEvent.REMIND ? now : parcel.remindedAt(),
                event == ParcelEvent.RETURN_DUE ? now : parcel.returnDueAt(), state.isWaiting() ? null : now, parcel.brought(),
                parcel.version() + 1);
        return written(tx, parcel, after, event, by, note, now);
    }

    /** Somebody found out whose it is. */
    Parcel sort(Tx tx, Parcel parcel, Home home, By by, OffsetDateTime now) {
        allowed(parcel, ParcelEvent.SORT);
        var known = joined(parcel, openPickup(tx, home, parcel.gateId(), now), now);
        return written(tx, parcel, next(known), ParcelEvent.SORT, by, null, now);
    }

    /** A lost parcel lies on the shelf again. */
    Parcel find(Tx tx, Parcel parcel, Optional<Home> home, By by, @Nullable String note, OffsetDateTime now) {
        allowed(parcel, ParcelEvent.FIND);
        var back = new Parcel(parcel.compoundId(), parcel.id(), parcel.gateId(), parcel.gate(), parcel.householdId(), parcel.buildingId(),
                parcel.household(), null, null, parcel.written(), ParcelState.AT_GATE, parcel.carrier(), parcel.trackingTail(), parcel.shelf(),
                parcel.perishable(), parcel.disinfected(), parcel.registeredAt(), parcel.remindedAt(), parcel.returnDueAt(), null, parcel.brought(), parcel.version());
        var waiting = home.isEmpty() ? back : joined(back, openPickup(tx, home.get(), parcel.gateId(), now), now);
        return written(tx, parcel, next(waiting), ParcelEvent.FIND, by, note, now);
    }

    private static ParcelState allowed(Parcel parcel, ParcelEvent event) {
        return ParcelPolicy.after(parcel, event).orElseThrow(() -> Problem.of(ProblemType.NOT_ALLOWED_NOW));
    }

    private static Parcel next(Parcel parcel) {
        return new Parcel(parcel.compoundId(), parcel.id(), parcel.gateId(), parcel.gate(), parcel.householdId(), parcel.buildingId(), parcel.household(),
                parcel.pickupId(), parcel.slot(), parcel.written(), parcel.state(), parcel.carrier(), parcel.trackingTail(), parcel.shelf(),
                parcel.perishable(), parcel.disinfected(), parcel.registeredAt(), parcel.remindedAt(), parcel.returnDueAt(), parcel.endedAt(),
                parcel.brought(), parcel.version() + 1);
    }

    private static Parcel written(Tx tx, Parcel before, Parcel after, ParcelEvent event, By by, @Nullable String note, OffsetDateTime now) {
        if (!ParcelStore.change(tx, before, after)) {
            throw Problem.of(ProblemType.NOT_ALLOWED_NOW);
        }
        ParcelStore.append(tx, after, event, before.state(), by, note, now);
        if (before.state().isWaiting() && !after.state().isWaiting() && before.pickupId() != null) {
            endWhereEmpty(tx, before.compoundId(), before.pickupId(), now);
        }
        tx.changes(before.compoundId());
        return after;
    }

    private static void endWhereEmpty(Tx tx, UUID compound, UUID pickupId, OffsetDateTime now) {
        if (!ParcelStore.waiting(tx, compound, pickupId).isEmpty()) {
            return;
        }
        var pickup = PickupStore.lock(tx, compound, pickupId).orElseThrow();
        if (PickupStore.close(tx, pickup, PickupState.ENDED, now)) {
            PickupActions.givenBack(pickup, now).ifPresent(slot -> PickupSlotStore.free(tx, compound, slot));
        }
    }
}
