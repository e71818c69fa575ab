package gatehouse.delivery;

import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Somebody whom a household names to collect its parcels, with a code of their own, until a day or until it is withdrawn. */
record Collector(UUID compoundId, UUID id, UUID householdId, UUID buildingId, String name, OffsetDateTime validUntil, String codeKey,
                 OffsetDateTime namedAt, @Nullable OffsetDateTime withdrawnAt) {
}
