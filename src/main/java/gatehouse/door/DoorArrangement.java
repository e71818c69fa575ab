package gatehouse.door;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Somebody of a household cannot walk to the gate: asked for by the household or set by staff, until a day. */
record DoorArrangement(UUID compoundId, UUID id, UUID householdId, UUID buildingId, String household, DoorArrangementState state, @Nullable String note,
                       LocalDate until, OffsetDateTime askedAt, @Nullable OffsetDateTime decidedAt, @Nullable String answer) {
}
