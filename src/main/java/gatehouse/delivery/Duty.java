package gatehouse.delivery;

import gatehouse.http.Caller;
import gatehouse.http.Identifiers;
import gatehouse.kernel.FieldFault;
import gatehouse.kernel.Problem;
import gatehouse.kernel.Role;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** At which gates a guard works. */
final class Duty {
    private Duty() {
    }

    static Set<UUID> gatesOf(Caller caller) {
        var gates = new TreeSet<UUID>();
        caller.grants().stream().filter(grant -> grant.role() == Role.GUARD).forEach(grant -> gates.addAll(grant.gates()));
        return gates;
    }

    /** The gate that is named, which must be the guard's own; the only one of a guard who has one. */
    static UUID gate(Caller caller, @Nullable String written) {
        var own = gatesOf(caller);
        if (written == null) {
            if (own.size() != 1) {
                throw Problem.badField("/gateId", FieldFault.REQUIRED);
            }
            return own.iterator().next();
        }
        return Identifiers.parse(written).filter(own::contains).orElseThrow(() -> Problem.badField("/gateId", FieldFault.NOT_YOUR_GATE));
    }
}
