package gatehouse.health;

import gatehouse.kernel.Role;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Who may do what with an alert, and when: pure functions. */
final class AlertPolicy {
    private AlertPolicy() {
    }

    /** How an alert stands. {@code handedOn}: the health centre and the subdistrict know of it. */
    record Standing(AlertState state, boolean acknowledged, boolean handedOn) {
    }

    /** What becomes of somebody's wish to take a step. */
    sealed interface Decision {
        /** It is taken, by that role; {@code handsOn} where the health centre and the subdistrict learn of the alert by it. */
        record Taken(AlertState to, Role by, boolean handsOn) implements Decision {
        }

        /** The state does not allow it, or no longer. */
        record NotNow() implements Decision {
        }

        /** Others do this. */
        record NotYours() implements Decision {
        }

        /** The alert is not theirs to see. */
        record NotSeen() implements Decision {
        }
    }

    /** Whether holders of the role, where it reaches the resident, see such an alert; a resident sees their household's on their own page. */
    static boolean sees(Role role, Standing standing) {
        return switch (role) {
            case OFFICE -> true;
            case HEALTH_CENTRE, SUBDISTRICT -> standing.handedOn;
            case GRID_WORKER -> standing.state != AlertState.CLOSED;
            case RESIDENT, GUARD, DISPATCHER, REPAIRMAN, ADMIN -> false;
        };
    }

    /** Whether the role reads who it is about and where they live; the subdistrict does only through a disclosure. */
    static boolean readsNames(Role role) {
        return switch (role) {
            case OFFICE, HEALTH_CENTRE, GRID_WORKER -> true;
            case SUBDISTRICT, RESIDENT, GUARD, DISPATCHER, REPAIRMAN, ADMIN -> false;
        };
    }

    static boolean may(Role role, AlertEvent event) {
        return switch (role) {
            case OFFICE -> true;
            case HEALTH_CENTRE -> switch (event) {
                case ACKNOWLEDGE, TRANSFER, CLOSE -> true;
                case ESCALATE -> false;
            };
            // an escalated alert must reach a person; what follows is done by those who know who is ill
            case SUBDISTRICT -> event == AlertEvent.ACKNOWLEDGE;
            case RESIDENT, GUARD, GRID_WORKER, DISPATCHER, REPAIRMAN, ADMIN -> false;
        };
    }

    /** Judges a step that somebody with these roles over the resident wants to take. */
    static Decision decide(AlertEvent event, Set<Role> roles, Standing standing) {
        var seeing = roles.isEmpty() ? EnumSet.noneOf(Role.class) : EnumSet.copyOf(roles);
        seeing.removeIf(role -> !sees(role, standing));
        if (seeing.isEmpty()) {
            return new Decision.NotSeen();
        }
        var by = seeing.stream().filter(role -> may(role, event)).findFirst();
        if (by.isEmpty()) {
            return new Decision.NotYours();
        }
        return next(event, standing).<Decision>map(to -> new Decision.Taken(to, by.get(), !standing.handedOn && isBeyondTheOffice(to)))
                .orElseGet(Decision.NotNow::new);
    }

    private static boolean isBeyondTheOffice(AlertState state) {
        return state == AlertState.ESCALATED || state == AlertState.TRANSFERRED;
    }

    private static Optional<AlertState> next(AlertEvent event, Standing standing) {
        return Optional.ofNullable(switch (event) {
            case ACKNOWLEDGE -> switch (standing.state) {
                case OPEN -> AlertState.ACKNOWLEDGED;
                // escalated by the clock: somebody must still take it on
                case ESCALATED -> standing.acknowledged ? null : AlertState.ESCALATED;
                case ACKNOWLEDGED, TRANSFERRED, CLOSED -> null;
            };
            case ESCALATE -> switch (standing.state) {
                case OPEN, ACKNOWLEDGED -> AlertState.ESCALATED;
                case ESCALATED, TRANSFERRED, CLOSED -> null;
            };
            // an ambulance does not wait for the escalation
            case TRANSFER -> switch (standing.state) {
                case ACKNOWLEDGED, ESCALATED -> AlertState.TRANSFERRED;
                case OPEN, TRANSFERRED, CLOSED -> null;
            };
            case CLOSE -> switch (standing.state) {
                case ACKNOWLEDGED, ESCALATED, TRANSFERRED -> AlertState.CLOSED;
                case OPEN, CLOSED -> null;
            };
        });
    }

    /** What somebody with these roles may do now, in the order of the way to the end. */
    static List<AlertEvent> possible(Set<Role> roles, Standing standing) {
        return Arrays.stream(AlertEvent.values()).filter(event -> decide(event, roles, standing) instanceof Decision.Taken).toList();
    }

    static OffsetDateTime acknowledgeBy(OffsetDateTime openedAt, int withinMinutes) {
        return openedAt.plusMinutes(withinMinutes);
    }

    /** Whether its time to be acknowledged has passed, at that very moment or later. */
    static boolean isOverdue(Standing standing, OffsetDateTime acknowledgeBy, OffsetDateTime now) {
        return standing.state != AlertState.CLOSED && !standing.acknowledged && !now.isBefore(acknowledgeBy);
    }

    /** Whether the clock escalates it, whoever comes first: the job, or somebody who acknowledges too late. */
    static boolean isEscalatedByTheClock(Standing standing, OffsetDateTime acknowledgeBy, OffsetDateTime now) {
        return standing.state == AlertState.OPEN && isOverdue(standing, acknowledgeBy, now);
    }
}
