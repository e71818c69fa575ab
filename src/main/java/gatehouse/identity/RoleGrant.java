package gatehouse.identity;

import gatehouse.kernel.Role;
import java.util.UUID;

/** One role of an account and the place where it holds. */
public record RoleGrant(Role role, Reach reach, UUID reachId) {
}
