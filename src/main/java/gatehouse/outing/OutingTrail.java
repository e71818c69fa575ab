package gatehouse.outing;

import gatehouse.audit.AuditAction;
import gatehouse.audit.AuditEntry;
import gatehouse.audit.AuditEntry.Actor;
import gatehouse.http.Caller;
import gatehouse.kernel.Role;
import gatehouse.outing.SlotStore.GateDay;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What this feature enters in the audit: ids, dates and numbers; kinds, purposes and reasons stay with the pass. */
final class OutingTrail {
    private static final List<Role> WHO_DECIDE = List.of(Role.OFFICE, Role.GRID_WORKER);

    private OutingTrail() {
    }

    /** Of what staff do with a household's pass; what the household itself does stands in the pass's own history alone. */
    static Optional<AuditEntry> acted(PassEvent event, OutingPass pass, Caller caller, OffsetDateTime now) {
        return pass.householdId().equals(caller.householdId()) ? Optional.empty() : actionOf(event)
                .map(action -> AuditEntry.of(pass.compoundId(), now, Actor.of(caller, pass.compoundId(), WHO_DECIDE), action, "resident",
                        pass.residentId(), Map.of("pass", pass.id().toString())));
    }

    private static Optional<AuditAction> actionOf(PassEvent event) {
        return Optional.ofNullable(switch (event) {
            case APPROVE -> AuditAction.PASS_APPROVED;
            case REJECT -> AuditAction.PASS_REJECTED;
            case CANCEL -> AuditAction.PASS_CANCELLED;
            case RETURN -> AuditAction.PASS_RETURNED;
            case REVOKE_CARD -> AuditAction.PASS_CARD_REVOKED;
            case REQUEST, EXPIRE, LEAVE, MISS -> null;
        });
    }

    /** How many places the day had in each slot and has; {@code POLICY} where as many as the policy says. */
    static AuditEntry gateDaySet(GateDay before, GateDay after, Caller caller, OffsetDateTime now) {
        return AuditEntry.of(after.compoundId(), now, Actor.of(caller, after.compoundId(), WHO_DECIDE), AuditAction.GATE_DAY_SET, "gate",
                after.gateId(), Map.of("date", after.date().toString(), "gate", after.gate(),
                        "places", written(before.capacity()) + " → " + written(after.capacity())));
    }

    private static String written(@Nullable Integer capacity) {
        return capacity == null ? "POLICY" : capacity.toString();
    }
}
