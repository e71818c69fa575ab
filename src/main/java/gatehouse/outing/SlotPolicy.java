package gatehouse.outing;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which slots there are: pure functions of the policy. Every gate of a compound has the same. */
final class SlotPolicy {
    private SlotPolicy() {
    }

    /** A slot's times; the end is the next one's start. */
    record SlotTime(OffsetDateTime startsAt, OffsetDateTime endsAt) {
    }

    /** The slots of a day, in order; none on a day that cannot be booked yet. The last one ends by the gate's hour. */
    static List<SlotTime> day(LocalDate date, OutingRules rules, OffsetDateTime now) {
        if (date.isAfter(now.toLocalDate().plusDays(rules.bookedAheadDays()))) {
            return List.of();
        }
        var slots = new ArrayList<SlotTime>();
        var offset = now.getOffset();
        var closes = at(date, rules.gateClosesAt().toSecondOfDay(), offset);
        for (var start = at(date, rules.gateOpensAt().toSecondOfDay(), offset); !start.plus(rules.slotLength()).isAfter(closes);
                start = start.plus(rules.slotLength())) {
            slots.add(new SlotTime(start, start.plus(rules.slotLength())));
        }
        return slots;
    }

    /** The slot that begins then; empty where the policy has none. */
    static Optional<SlotTime> startingAt(OffsetDateTime start, OutingRules rules, OffsetDateTime now) {
        return day(start.withOffsetSameInstant(now.getOffset()).toLocalDate(), rules, now).stream()
                .filter(slot -> slot.startsAt().isEqual(start)).findFirst();
    }

    /** The first slot that is not over, today or on the days that can be booked. */
    static Optional<SlotTime> next(OutingRules rules, OffsetDateTime now) {
        var today = now.toLocalDate();
        return today.datesUntil(today.plusDays(rules.bookedAheadDays() + 1L)).flatMap(date -> day(date, rules, now).stream())
                .filter(slot -> slot.endsAt().isAfter(now)).findFirst();
    }

    private static OffsetDateTime at(LocalDate date, int secondOfDay, ZoneOffset offset) {
        return date.atStartOfDay().plusSeconds(secondOfDay).atOffset(offset);
    }
}
