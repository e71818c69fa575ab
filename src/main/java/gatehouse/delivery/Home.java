package gatehouse.delivery;

import java.util.UUID;

/**
 * A household that parcels come to.
 *
 * @param reachable somebody in it has an account, and so can be told
 */
public record Home(UUID compoundId, UUID householdId, UUID buildingId, String building, String label, boolean reachable) {
}
