package gatehouse.http;

import gatehouse.kernel.Problem;
import gatehouse.kernel.ProblemType;
import gatehouse.kernel.Role;
import gatehouse.kernel.Scope;
import io.vertx.core.MultiMap;
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

    /** Whoever has a session, also without any role any more: who they are, and the way out. */
    static Allow anySession() {
        return new Session();
    }

    /** Anybody who is logged in with some role, for what is their own. */
    static Allow loggedIn() {
        return new Roles(EnumSet.allOf(Role.class));
    }

    static Allow only(Role first, Role... others) {
        return new Roles(EnumSet.of(first, others));
    }

    /** The same, and whoever shows something in that header instead of a token: the endpoint itself checks what it is. */
    static Allow onlyOrLink(String header, Role first, Role... others) {
        return new RolesOrLink(EnumSet.of(first, others), header);
    }

    /** The roles that may; all of them for {@link #everyone} and {@link #anySession}. */
    Set<Role> roles();

    default boolean needsToken() {
        return !(this instanceof Everyone);
    }

    /** Whether a request with these headers needs no token. */
    default boolean admitsWithoutToken(MultiMap headers) {
        return switch (this) {
            case Everyone() -> true;
            case Session() -> false;
            case Roles(var roles) -> false;
            case RolesOrLink(var roles, var header) -> headers.contains(header);
        };
    }

    /** Whether somebody logged in with these roles, or with none, may. */
    default boolean admits(Set<Role> held) {
        return switch (this) {
            case Everyone() -> true;
            case Session() -> true;
            case Roles(var roles) -> !Collections.disjoint(held, roles);
            case RolesOrLink(var roles, var header) -> !Collections.disjoint(held, roles);
        };
    }

    /** The caller's scope for this operation; 403 where none of their roles may. */
    default Scope check(Caller caller) {
        if (!admits(caller.roles())) {
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

    record Session() implements Allow {
        @Override
        public Set<Role> roles() {
            return EnumSet.allOf(Role.class);
        }
    }

    record RolesOrLink(Set<Role> roles, String header) implements Allow {
        public RolesOrLink(Set<Role> roles, String header) {
            this.roles = Collections.unmodifiableSet(EnumSet.copyOf(List.copyOf(roles)));
            this.header = header;
        }
    }

    record Roles(Set<Role> roles) implements Allow {
        public Roles(Set<Role> roles) {
            this.roles = Collections.unmodifiableSet(EnumSet.copyOf(List.copyOf(roles)));
        }
    }
}
