package gatehouse.health;

import gatehouse.audit.AuditAction;
import gatehouse.audit.AuditEntry;
import gatehouse.audit.AuditEntry.Actor;
import gatehouse.http.Caller;
import gatehouse.kernel.Role;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What this feature enters in the audit, and in which words: ids, states and numbers, no names, no notes, no results. */
final class HealthTrail {
    private static final List<Role> WHO_OBSERVE = List.of(Role.OFFICE, Role.HEALTH_CENTRE, Role.GRID_WORKER, Role.RESIDENT);

    private HealthTrail() {
    }

    static AuditEntry step(UUID compound, UUID resident, UUID alert, AlertEvent event, AlertStep.Actor by, OffsetDateTime now) {
        var action = switch (event) {
            case ACKNOWLEDGE -> AuditAction.ALERT_ACKNOWLEDGED;
            case ESCALATE -> AuditAction.ALERT_ESCALATED;
            case TRANSFER -> AuditAction.ALERT_TRANSFERRED;
            case CLOSE -> AuditAction.ALERT_CLOSED;
        };
        return AuditEntry.of(compound, now, new Actor(by.homeCompoundId(), by.accountId(), by.role()), action, "resident", resident,
                Map.of("alert", alert.toString()));
    }

    static AuditEntry escalatedByTheClock(UUID compound, UUID resident, UUID alert, OffsetDateTime now) {
        return AuditEntry.of(compound, now, null, AuditAction.ALERT_ESCALATED, "resident", resident, Map.of("alert", alert.toString()));
    }

    /** Of observations that begin, or that last longer than before. */
    static List<AuditEntry> observed(AuditAction action, List<Observation> observations, Caller caller, OffsetDateTime now) {
        return observations.stream().map(each -> observed(action, each, caller, now)).toList();
    }

    /** Of what is entered in an observation; daily follow-ups and first results are not: the observation keeps them itself. */
    static Optional<AuditEntry> entered(ObservationEvent event, Observation observation, Caller caller, OffsetDateTime now) {
        return actionOf(event).map(action -> observed(action, observation, caller, now));
    }

    private static Optional<AuditAction> actionOf(ObservationEvent event) {
        return Optional.ofNullable(switch (event) {
            case START -> AuditAction.OBSERVATION_STARTED;
            case PROLONG -> AuditAction.OBSERVATION_PROLONGED;
            case RELEASE -> AuditAction.OBSERVATION_RELEASED;
            case TRANSFER -> AuditAction.OBSERVATION_TRANSFERRED;
            case WITHDRAW_TEST -> AuditAction.OBSERVATION_TEST_CORRECTED;
            case FOLLOW_UP, TEST -> null;
        });
    }

    private static AuditEntry observed(AuditAction action, Observation observation, Caller caller, OffsetDateTime now) {
        return AuditEntry.of(observation.compoundId(), now, Actor.of(caller, observation.compoundId(), WHO_OBSERVE), action, "resident",
                observation.residentId(), Map.of("observation", observation.id().toString(), "days", Integer.toString(observation.days())));
    }

    static AuditEntry riskListReplaced(UUID compound, int before, int takenOff, int added, Caller caller, OffsetDateTime now) {
        return AuditEntry.of(compound, now, Actor.of(caller, compound, List.of(Role.OFFICE)), AuditAction.RISK_LIST_REPLACED, "risk_list", compound,
                Map.of("before", Integer.toString(before), "takenOff", Integer.toString(takenOff), "added", Integer.toString(added)));
    }
}
