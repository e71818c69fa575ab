package gatehouse.outing;

import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A household's place in the line for a full slot; {@code offeredUntil} where a freed place is kept for it. */
record Waiting(UUID compoundId, UUID id, SlotKey slot, OffsetDateTime slotEndsAt, UUID residentId, UUID householdId, UUID buildingId,
               WaitState state, OffsetDateTime askedAt, @Nullable OffsetDateTime offeredUntil) {

    /** The state as it is now: the clock's job only writes down what this says already. */
    WaitState stateAt(OffsetDateTime now) {
        return switch (state) {
            case WAITING -> slotEndsAt.isAfter(now) ? state : WaitState.LAPSED;
            case OFFERED -> offeredUntil != null && !offeredUntil.isBefore(now) ? state : WaitState.LAPSED;
            case TAKEN, LAPSED, LEFT -> state;
        };
    }
}
