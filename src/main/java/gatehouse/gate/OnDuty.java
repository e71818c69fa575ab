package gatehouse.gate;

import gatehouse.http.Caller;
import gatehouse.kernel.FieldFault;
import gatehouse.kernel.Problem;
import gatehouse.kernel.Role;
import java.util.UUID;

/** At which gates somebody is on duty. */
final class OnDuty {
    private OnDuty() {
    }

    /** Fails with a bad {@code /gateId} where it is not a gate of this guard. */
    static void demand(Caller caller, UUID gateId) {
        if (!at(caller, gateId)) {
            throw Problem.badField("/gateId", FieldFault.NOT_YOUR_GATE);
        }
    }

    static boolean at(Caller caller, UUID gateId) {
        return caller.grants().stream().anyMatch(grant -> grant.role() == Role.GUARD && grant.gates().contains(gateId));
    }
}
