package gatehouse.delivery;

import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A parcel as it is stored.
 *
 * @param household its label; null with its id while nobody knows whose it is
 * @param pickupId  the walk by which it is or was collected
 * @param slot      that walk's booked slot
 * @param written   what a courier wrote on it, while nobody knows whose it is
 * @param endedAt   when it left the shelf for good
 * @param brought   whether a walk to its household's door is open that takes it along, when it was read; why is written nowhere
 * @param version   counts up with every event
 */
public record Parcel(UUID compoundId, UUID id, UUID gateId, String gate, @Nullable UUID householdId, @Nullable UUID buildingId, @Nullable String household,
              @Nullable UUID pickupId, @Nullable Slot slot, @Nullable String written, ParcelState state, String carrier, String trackingTail,
              @Nullable String shelf, boolean perishable, boolean disinfected, OffsetDateTime registeredAt, @Nullable OffsetDateTime remindedAt,
              @Nullable OffsetDateTime returnDueAt, @Nullable OffsetDateTime endedAt, boolean brought, int version) {

    Parcel called(UUID otherId) {
        return new Parcel(compoundId, otherId, gateId, gate, householdId, buildingId, household, pickupId, slot, written, state, carrier, trackingTail,
                shelf, perishable, disinfected, registeredAt, remindedAt, returnDueAt, endedAt, brought, version);
    }

    Parcel at(String gateName) {
        return new Parcel(compoundId, id, gateId, gateName, householdId, buildingId, household, pickupId, slot, written, state, carrier, trackingTail,
                shelf, perishable, disinfected, registeredAt, remindedAt, returnDueAt, endedAt, brought, version);
    }

    public record Slot(OffsetDateTime startsAt, OffsetDateTime endsAt) {
    }
}
