package gatehouse.http;

import gatehouse.kernel.Role;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * As what somebody acts who both lives and works in a compound: a page for residents must not list what its reader sees at work. Named in
 * the header {@link #HEADER}; it only ever narrows, and means nothing for whoever is one of both.
 */
public enum Side {
    RESIDENT, STAFF;

    public static final String HEADER = "Gatehouse-Side";

    /** The roles of that side; all where none is named, or nothing would be left. */
    public static Set<Role> of(Set<Role> held, @Nullable String named) {
        var work = EnumSet.noneOf(Role.class);
        work.addAll(held);
        if (!work.remove(Role.RESIDENT) || work.isEmpty()) {
            return held;
        }
        return RESIDENT.name().equals(named) ? Set.of(Role.RESIDENT) : STAFF.name().equals(named) ? work : held;
    }
}
