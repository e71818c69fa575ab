package gatehouse.delivery;

import gatehouse.delivery.Parcel.Slot;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which slots there are, and what a walk to the gate is: pure functions. */
final class PickupPolicy {
    private PickupPolicy() {
    }

    /** The slots of a day, in order, the same at every gate; none on a day that cannot be booked yet. The last one ends by the closing hour. */
    static List<Slot> day(LocalDate date, DeliveryRules rules, OffsetDateTime now) {
        if (date.isAfter(now.toLocalDate().plusDays(rules.bookedAheadDays()))) {
            return List.of();
        }
        var slots = new ArrayList<Slot>();
        var closes = at(date, rules.closesAt(), now);
        for (var start = at(date, rules.opensAt(), now); !start.plus(rules.slotLength()).isAfter(closes); start = start.plus(rules.slotLength())) {
            slots.add(new Slot(start, start.plus(rules.slotLength())));
        }
        return slots;
    }

    /** The slot that begins then; empty where the policy has none. */
    static Optional<Slot> startingAt(OffsetDateTime start, DeliveryRules rules, OffsetDateTime now) {
        return day(start.withOffsetSameInstant(now.getOffset()).toLocalDate(), rules, now).stream()
                .filter(slot -> slot.startsAt().isEqual(start)).findFirst();
    }

    private static OffsetDateTime at(LocalDate date, LocalTime hour, OffsetDateTime now) {
        return date.atTime(hour).atOffset(now.getOffset());
    }

    static boolean isOver(Slot slot, OffsetDateTime now) {
        return !now.isBefore(slot.endsAt());
    }

    /** What the walk of somebody who collects these now is. */
    static PickupWalk walk(@Nullable Slot booked, List<Parcel> parcels, OffsetDateTime now) {
        if (booked != null && !now.isBefore(booked.startsAt()) && now.isBefore(booked.endsAt())) {
            return PickupWalk.IN_SLOT;
        }
        if (parcels.stream().anyMatch(Parcel::perishable)) {
            return PickupWalk.AT_ONCE;
        }
        return booked == null ? PickupWalk.UNBOOKED : now.isBefore(booked.startsAt()) ? PickupWalk.EARLY : PickupWalk.LATE;
    }
}
