package gatehouse.http;

import gatehouse.kernel.Role;
import gatehouse.kernel.Scope;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The person behind a request, as their session says: one account with its home compound and what it was granted. */
public record Caller(UUID accountId, UUID compoundId, UUID sessionId, @Nullable UUID residentId, @Nullable UUID householdId,
                     List<Grant> grants) {

    /** A role and the rows that it reaches. */
    public record Grant(Role role, Scope scope, Set<UUID> gates) {
        public Grant(Role role, Scope scope) {
            this(role, scope, Set.of());
        }
    }

    public Set<Role> roles() {
        var roles = EnumSet.noneOf(Role.class);
        grants.forEach(grant -> roles.add(grant.role()));
        return roles;
    }

    /** The caller as one {@link Side} of themselves. */
    Caller as(@Nullable String side) {
        var kept = Side.of(roles(), side);
        if (kept.size() == roles().size()) {
            return this;
        }
        boolean home = kept.contains(Role.RESIDENT);
        return new Caller(accountId, compoundId, sessionId, home ? residentId : null, home ? householdId : null,
                grants.stream().filter(grant -> kept.contains(grant.role())).toList());
    }

    /** What the caller sees by any of these roles; nothing where they have none of them. */
    public Scope scopeBy(Set<Role> roles) {
        var scope = Scope.NOTHING;
        for (var grant : grants) {
            if (roles.contains(grant.role())) {
                scope = scope.union(grant.scope());
            }
        }
        return scope;
    }

    public boolean is(Role role) {
        return grants.stream().anyMatch(grant -> grant.role() == role);
    }
}
