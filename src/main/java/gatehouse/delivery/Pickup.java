package gatehouse.delivery;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One walk of a household to a gate.
 *
 * @param codeKey the key that its code is computed by
 * @param slot    the booked one, which may be over
 */
record Pickup(UUID compoundId, UUID id, UUID householdId, UUID buildingId, String household, UUID gateId, String gate, PickupState state, String codeKey,
              Parcel.@Nullable Slot slot) {
}
