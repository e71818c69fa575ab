package gatehouse.door;

import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One walk to one door. It does not hold why, and nothing in it differs by why.
 *
 * @param floor   of the room, 0 where its number does not tell
 * @param takenBy the name of whoever carries
 * @param version counts up with every event
 */
record DoorTask(UUID compoundId, UUID id, UUID householdId, UUID buildingId, String household, String building, String unit, String room, int floor,
                DoorState state, OffsetDateTime openedAt, @Nullable OffsetDateTime takenAt, @Nullable UUID takerCompoundId, @Nullable UUID takerId,
                @Nullable String takenBy, @Nullable OffsetDateTime placedAt, @Nullable OffsetDateTime shownAt, @Nullable UUID photoId,
                @Nullable OffsetDateTime rungAt, @Nullable OffsetDateTime endedAt, int version) {
}
