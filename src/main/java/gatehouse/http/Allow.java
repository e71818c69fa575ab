package gatehouse.http;

import gatehouse.kernel.Problem;
import gatehouse.kernel.ProblemType;
import gatehouse.kernel.Role;
import gatehouse.kernel.Scope;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Who may call an operation at all. Stands beside the route and has no default. */
public sealed interface Allow {

    /** Without a token: logging in, activation. */
    static Allow everyone() {
        return new Everyone();
    }

    /** Anybody who is logged in, for what is their own. */
    static Allow loggedIn() {
        return new Roles(EnumSet.allOf(Role.class));
    }

    static Allow only(Role first, Role... others) {
        return new Roles(EnumSet.of(first, others));
    }

    /** The roles that may; all of them for {@link #everyone}. */
    Set<Role> roles();

    default boolean needsToken() {
        return this instanceof Roles;
    }

    /** The caller's scope for this operation; 403 where none of their roles may. */
    default Scope check(Caller caller) {
        if (Collections.disjoint(caller.roles(), roles())) {
            throw Problem.of(ProblemType.NOT_PERMITTED);
        }
        return caller.scopeBy(roles());
    }

    record Everyone() implements Allow {
        @Override
        public Set<Role> roles() {
            return EnumSet.allOf(Role.class);
        }
    }

    record Roles(Set<Role> roles) implements Allow {
        public Roles(Set<Role> roles) {
            this.roles = Collections.unmodifiableSet(EnumSet.copyOf(List.copyOf(roles)));
        }
    }
}
