package gatehouse.identity;

import gatehouse.registry.PhoneNumber;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An account to be opened.
 *
 * @param compoundId    its home; every household, gate and grid that it reaches lies there
 * @param passwordHash  as {@link Accounts#hashPassword} makes it; none where it only ever logs in through WeChat
 * @param residentId    whose it is, where it is a resident's
 * @param demonstration true only for the accounts of the demonstration compounds
 */
public record NewAccount(UUID compoundId, String name, PhoneNumber phone, @Nullable String passwordHash, Optional<UUID> residentId,
                         List<RoleGrant> grants, boolean demonstration) {
    @Override
    public String toString() {
        return "NewAccount[compound=" + compoundId + ", grants=" + grants + "]";
    }
}
