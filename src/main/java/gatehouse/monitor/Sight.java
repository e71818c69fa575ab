package gatehouse.monitor;

import gatehouse.http.Caller;
import gatehouse.kernel.Role;
import gatehouse.kernel.Scope;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/** What somebody sees of the live picture: the rows that each of their roles reaches. Equal for all who see the same. */
public record Sight(Map<Role, Scope> scopes) {

    static Sight of(Caller caller, Set<Role> roles) {
        var scopes = new EnumMap<Role, Scope>(Role.class);
        caller.grants().stream().filter(grant -> roles.contains(grant.role()))
                .forEach(grant -> scopes.merge(grant.role(), Scope.NOTHING.union(grant.scope()), Scope::union));
        return new Sight(Map.copyOf(scopes));
    }

    /** What is seen by any role. */
    public Scope scope() {
        return scopes.values().stream().reduce(Scope.NOTHING, Scope::union);
    }

    /** What is seen by these roles; nothing where there are none of them. */
    public Scope scopeBy(Set<Role> roles) {
        return scopes.entrySet().stream().filter(each -> roles.contains(each.getKey())).map(Map.Entry::getValue)
                .reduce(Scope.NOTHING, Scope::union);
    }
}
