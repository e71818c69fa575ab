package gatehouse.gate;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a pass when it is shown at a gate.
 *
 * @param version     of the pass, which a change of its state must find unchanged
 * @param suspendedBy the rules by which it lets nobody out now
 * @param lastIn      when its holder was last seen coming in; null where never
 * @param slotGateId  the gate of its slot; null where it has none
 */
record GateFacts(UUID passId, UUID residentId, UUID householdId, UUID buildingId, String household, String colour, PassStanding standing,
                 OffsetDateTime validFrom, OffsetDateTime leaveBy, OffsetDateTime validUntil, int cardSerial, int version,
                 Set<GateReason> suspendedBy, @Nullable OffsetDateTime lastIn, @Nullable UUID slotGateId) {
    GateFacts {
        suspendedBy = Set.copyOf(suspendedBy);
    }

    /** The first of these reasons that holds, in their order. */
    static GateReason first(List<GateReason> reasons) {
        return reasons.stream().min(GateReason::compareTo).orElse(GateReason.OK);
    }
}
