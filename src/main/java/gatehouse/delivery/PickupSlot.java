package gatehouse.delivery;

import gatehouse.http.Identifiers;
import gatehouse.kernel.BusinessClock;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.Optional;
import java.util.UUID;

/** Which slot: its gate and its start. Its text is the slot's id in the API. */
record PickupSlot(UUID gateId, OffsetDateTime startsAt) implements Comparable<PickupSlot> {
    private static final DateTimeFormatter START = DateTimeFormatter.ofPattern("uuuuMMdd-HHmm");
    private static final int START_LENGTH = 13;
    private static final Comparator<PickupSlot> ORDER = Comparator.comparing(PickupSlot::gateId).thenComparing(slot -> slot.startsAt.toInstant());

    PickupSlot {
        startsAt = startsAt.atZoneSameInstant(BusinessClock.ZONE).toOffsetDateTime();
    }

    /** {@code 20261122-0930-} and the gate's id. */
    String id() {
        return START.format(startsAt) + '-' + gateId;
    }

    LocalDate date() {
        return startsAt.toLocalDate();
    }

    static Optional<PickupSlot> parse(String id) {
        if (id.length() <= START_LENGTH || id.charAt(START_LENGTH) != '-') {
            return Optional.empty();
        }
        try {
            var start = LocalDateTime.parse(id.substring(0, START_LENGTH), START).atZone(BusinessClock.ZONE).toOffsetDateTime();
            return Identifiers.parse(id.substring(START_LENGTH + 1)).map(gate -> new PickupSlot(gate, start));
        } catch (DateTimeException foreign) {
            return Optional.empty();
        }
    }

    @Override
    public int compareTo(PickupSlot other) {
        return ORDER.compare(this, other);
    }
}
