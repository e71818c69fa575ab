package gatehouse.health;

import gatehouse.kernel.Role;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One step of an alert, as it is kept for good.
 *
 * @param version the alert's version that it made
 * @param by      nobody where the clock did it
 */
record AlertStep(UUID compoundId, UUID alertId, int version, AlertEvent event, AlertState from, AlertState to, @Nullable String note,
                 OffsetDateTime takenAt, @Nullable Actor by) {

    /** A member of the staff, with the compound that is their account's home and the role by which they acted. */
    record Actor(UUID homeCompoundId, UUID accountId, Role role) {
    }
}
