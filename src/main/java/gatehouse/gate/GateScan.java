package gatehouse.gate;

import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A scan as it is stored.
 *
 * @param nonce    made by the device before it asked
 * @param passId   null where the code names no pass of this compound; then so are resident, household and building
 * @param reason   why not, or {@code OK}
 * @param conflict why they should not have gone through, where they did
 */
record GateScan(UUID compoundId, UUID nonce, UUID gateId, Direction direction, OffsetDateTime scannedAt, OffsetDateTime receivedAt, boolean offline,
                @Nullable UUID passId, @Nullable UUID residentId, @Nullable UUID householdId, @Nullable UUID buildingId,
                @Nullable Integer temperatureTenths, @Nullable Boolean mask, boolean allowed, GateReason reason, boolean moved,
                @Nullable GateReason conflict, UUID byCompoundId, UUID byAccountId) {
}
