package gatehouse.health;

import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An alert, with the names that a reader wants beside it.
 *
 * @param household     the household's label
 * @param building      the building's number
 * @param acknowledgeBy the deadline as it stood when the alert was opened
 * @param escalatedAt   since when the health centre and the subdistrict know of it
 * @param version       counts up with every step and every report that joins
 */
record Alert(UUID compoundId, String compound, UUID id, UUID residentId, String residentName, UUID householdId, String household,
             UUID buildingId, String building, @Nullable String phoneMasked, AlertState state, OffsetDateTime openedAt,
             OffsetDateTime acknowledgeBy, @Nullable OffsetDateTime acknowledgedAt, @Nullable OffsetDateTime escalatedAt,
             @Nullable OffsetDateTime transferredAt, @Nullable OffsetDateTime closedAt, int version) {

    AlertPolicy.Standing standing() {
        return new AlertPolicy.Standing(state, acknowledgedAt != null, escalatedAt != null);
    }
}
