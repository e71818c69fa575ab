package gatehouse.identity;

import gatehouse.kernel.BusinessClock;
import gatehouse.kernel.KeyPurpose;
import gatehouse.kernel.KeyRing;
import gatehouse.kernel.Role;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Access tokens of people whose accounts and sessions were written from outside: thousands of logins would take minutes. */
public final class PressedTokens {
    private final KeyRing keys;
    private final AccessTokens tokens;

    public PressedTokens(KeyRing keys) {
        this.keys = keys;
        this.tokens = new AccessTokens(keys, BusinessClock.system());
    }

    /** What they are signed with, in Base64, for another program that is to believe them. */
    public String key() {
        return Base64.getEncoder().encodeToString(keys.derive(keys.currentId(), KeyPurpose.ACCESS_TOKEN));
    }

    /** The token that logging in would have given this resident; good for a quarter of an hour. */
    public String ofResident(UUID compound, UUID household, UUID resident, UUID account, UUID session) {
        var grant = new Profile.NamedGrant(new RoleGrant(Role.RESIDENT, Reach.HOUSEHOLD, household), Optional.empty());
        var profile = new Profile(account, "", new Profile.Ref(compound, ""), 1, false, Optional.of(new Profile.Ref(resident, "")),
                Optional.of(new Profile.Ref(household, "")), List.of(grant));
        return tokens.issue(profile, session, Instant.now());
    }

    /** The token of a guard at one gate. */
    public String ofGuard(UUID compound, UUID gate, UUID account, UUID session) {
        var grant = new Profile.NamedGrant(new RoleGrant(Role.GUARD, Reach.GATE, gate), Optional.empty());
        var profile = new Profile(account, "", new Profile.Ref(compound, ""), 1, false, Optional.empty(), Optional.empty(), List.of(grant));
        return tokens.issue(profile, session, Instant.now());
    }
}
