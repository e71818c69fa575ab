package gatehouse.health;

import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The current report of a resident for a round; {@code version} 1 is the first, each correction counts up. */
record HealthReport(UUID compoundId, RoundKey key, Measurement measurement, ReportStatus status, UUID reportedBy,
                    ReportedAs reportedAs, OffsetDateTime receivedAt, int version, @Nullable UUID alertId) {
}
