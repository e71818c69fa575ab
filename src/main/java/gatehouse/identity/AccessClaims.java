package gatehouse.identity;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What an access token says, once it is verified. */
record AccessClaims(UUID accountId, UUID sessionId, UUID compoundId, int version, @Nullable UUID residentId, @Nullable UUID householdId,
                    List<RoleGrant> grants, Instant expiresAt) {
}
