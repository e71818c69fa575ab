package gatehouse.identity;

import gatehouse.kernel.Role;
import java.util.Set;
import java.util.UUID;

/** What is given to single accounts for some days beside their roles, for instance to volunteers; kept by the feature that gives it. */
@FunctionalInterface
public interface Appointments {
    /** The operations that these roles reach in general, but that this account may not call because it was not appointed to them. */
    Set<String> withheld(UUID compoundId, UUID accountId, Set<Role> roles);
}
