package gatehouse.health;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The home observation of one person, with the names that a reader wants beside it.
 *
 * @param startsOn its first day
 * @param days     full days
 * @param version  counts up with every event
 */
record Observation(UUID compoundId, String compound, UUID id, UUID residentId, String residentName, UUID householdId, String household,
                   UUID buildingId, String building, @Nullable String phoneMasked, ObservationCause cause, @Nullable String reason,
                   ObservationState state, LocalDate startsOn, int days, OffsetDateTime openedAt, @Nullable OffsetDateTime endedAt, int version) {

    /** The first day on which it can be over. */
    LocalDate endsOn() {
        return startsOn.plusDays(days);
    }
}
