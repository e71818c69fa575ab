package gatehouse.door;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An account that may carry things to doors, from a day to a day.
 *
 * @param buildings their numbers; empty: the whole compound
 */
record DoorVolunteer(UUID compoundId, UUID id, UUID accountId, String name, List<String> buildings, LocalDate from, LocalDate until,
                     OffsetDateTime namedAt, @Nullable OffsetDateTime endedAt) {
}
