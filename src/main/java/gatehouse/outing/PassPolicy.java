package gatehouse.outing;

import gatehouse.kernel.Role;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a pass is at a moment and what may happen to it: pure functions. */
final class PassPolicy {
    private PassPolicy() {
    }

    /** The state as it is now: the clock's jobs only write down what this says already. */
    static PassState stateAt(PassState stored, PassWindow window, OffsetDateTime now) {
        return switch (stored) {
            case PENDING, APPROVED -> now.isAfter(window.leaveBy()) ? PassState.EXPIRED : stored;
            case OUT -> now.isAfter(window.validUntil()) ? PassState.OVERDUE : stored;
            case REJECTED, CANCELLED, RETURNED, OVERDUE, EXPIRED -> stored;
        };
    }

    /** Where an event leads from a state; empty where it is not possible there. */
    static Optional<PassState> after(PassState state, PassEvent event) {
        return switch (event) {
            case REQUEST, EXPIRE, MISS -> Optional.empty();
            case APPROVE -> only(state, PassState.PENDING, PassState.APPROVED);
            case REJECT -> only(state, PassState.PENDING, PassState.REJECTED);
            case CANCEL -> state == PassState.APPROVED ? Optional.of(PassState.CANCELLED) : only(state, PassState.PENDING, PassState.CANCELLED);
            case LEAVE -> only(state, PassState.APPROVED, PassState.OUT);
            case RETURN -> state == PassState.OVERDUE ? Optional.of(PassState.RETURNED) : only(state, PassState.OUT, PassState.RETURNED);
            case REVOKE_CARD -> isLive(state) ? Optional.of(state) : Optional.empty();
        };
    }

    private static Optional<PassState> only(PassState state, PassState from, PassState to) {
        return state == from ? Optional.of(to) : Optional.empty();
    }

    /** Whether the gate has still to do with it, so that its code is shown. */
    static boolean isLive(PassState state) {
        return switch (state) {
            case APPROVED, OUT, OVERDUE -> true;
            case PENDING, REJECTED, CANCELLED, RETURNED, EXPIRED -> false;
        };
    }

    /** What these people may do with a pass in that state, in the order in which pages show it. */
    static List<PassEvent> possible(Set<Role> roles, PassState state) {
        var possible = new ArrayList<PassEvent>();
        if (roles.contains(Role.OFFICE)) {
            possible.addAll(List.of(PassEvent.APPROVE, PassEvent.REJECT));
        }
        if (roles.contains(Role.RESIDENT) || roles.contains(Role.GRID_WORKER) || roles.contains(Role.OFFICE)) {
            possible.add(PassEvent.CANCEL);
        }
        if (roles.contains(Role.GRID_WORKER) || roles.contains(Role.OFFICE)) {
            possible.add(PassEvent.RETURN);
        }
        possible.removeIf(event -> after(state, event).isEmpty());
        return possible;
    }
}
