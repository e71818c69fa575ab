package gatehouse.delivery;

import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A link by which couriers register parcels at one gate without an account.
 *
 * @param label      what the gate calls it
 * @param registered how many parcels came by it
 */
record CourierLink(UUID compoundId, UUID id, UUID gateId, String gate, String label, String tokenKey, OffsetDateTime madeAt, OffsetDateTime expiresAt,
                   @Nullable OffsetDateTime revokedAt, int registered, @Nullable OffsetDateTime lastUsedAt) {
    boolean isGood(OffsetDateTime now) {
        return revokedAt == null && now.isBefore(expiresAt);
    }
}
