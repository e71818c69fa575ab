package gatehouse.identity;

import gatehouse.kernel.Role;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** An account as it is now: what its tokens say and what {@code GET /me} shows. */
record Profile(UUID id, String name, Ref compound, int version, boolean disabled, Optional<Ref> resident, Optional<Ref> household,
               List<NamedGrant> grants) {

    /** A thing by its id and the name people call it; of a household, its label. */
    record Ref(UUID id, String name) {
    }

    record NamedGrant(RoleGrant grant, Optional<String> reachName) {
    }

    Set<Role> roles() {
        var roles = EnumSet.noneOf(Role.class);
        grants.forEach(each -> roles.add(each.grant().role()));
        return roles;
    }

    List<RoleGrant> plainGrants() {
        return grants.stream().map(NamedGrant::grant).toList();
    }

    List<Ref> gates() {
        return grants.stream().filter(each -> each.grant().reach() == Reach.GATE)
                .map(each -> new Ref(each.grant().reachId(), each.reachName().orElse(""))).toList();
    }
}
