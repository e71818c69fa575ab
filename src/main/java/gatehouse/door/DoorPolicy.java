package gatehouse.door;

import java.time.Duration;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What may happen to a walk to a door, in which order walks are made, and when one is late: pure functions. */
final class DoorPolicy {
    private DoorPolicy() {
    }

    /** The state after an event; empty where it cannot happen now. */
    static Optional<DoorState> after(DoorState state, DoorEvent event) {
        return switch (event) {
            case OPEN -> Optional.empty();
            case TAKE -> when(state == DoorState.OPEN, DoorState.TAKEN);
            case PLACE -> when(state == DoorState.TAKEN, DoorState.PLACED);
            case SHOW -> when(state == DoorState.PLACED, DoorState.SHOWN);
            case RING -> when(state == DoorState.SHOWN, DoorState.RUNG);
            case LEAVE -> when(state == DoorState.RUNG, DoorState.DONE);
            case GIVE_BACK -> when(state == DoorState.TAKEN || state == DoorState.PLACED, DoorState.OPEN);
            case CANCEL -> when(state == DoorState.OPEN || state == DoorState.TAKEN || state == DoorState.PLACED, DoorState.CANCELLED);
        };
    }

    private static Optional<DoorState> when(boolean possible, DoorState then) {
        return possible ? Optional.of(then) : Optional.empty();
    }

    /** What somebody may say of it now; only who took it goes on with it, staff may also take it out of their hands. */
    static List<DoorStep> possible(DoorState state, boolean taker, boolean staff) {
        return Stream.of(DoorStep.values()).filter(step -> after(state, step.event()).isPresent() && may(step, taker, staff)).toList();
    }

    static boolean may(DoorStep step, boolean taker, boolean staff) {
        return switch (step) {
            case TAKE -> true;
            case PLACE, RING, LEAVE -> taker;
            case GIVE_BACK -> taker || staff;
            case CANCEL -> staff;
        };
    }

    static boolean isOverdue(DoorState state, OffsetDateTime openedAt, Duration within, OffsetDateTime now) {
        return state.isOnItsWay() && !now.isBefore(openedAt.plus(within));
    }

    /** Whether a walk that lies at its door ends now, though nobody said that they left: after as long as all of it may take. */
    static boolean endsByItself(DoorState state, OffsetDateTime shownAt, Duration within, OffsetDateTime now) {
        return state.isUnfinished() && !state.isOnItsWay() && !now.isBefore(shownAt.plus(within));
    }

    /** True where what was written down for later is told with a time that can be: not to come, and not of another day's walk. */
    static boolean isPlausible(OffsetDateTime saidAt, OffsetDateTime openedAt, OffsetDateTime now) {
        return !saidAt.isAfter(now.plusMinutes(5)) && !saidAt.isBefore(openedAt.minusMinutes(5));
    }

    /** The floor of a room as they are numbered: 1402 is on the 14th, 101 on the first; 0 where the number does not tell. */
    static int floor(String room) {
        return room.length() > 2 && room.length() <= 4 && room.chars().allMatch(each -> each >= '0' && each <= '9')
                ? Integer.parseInt(room.substring(0, room.length() - 2)) : 0;
    }

    /** Whether a volunteer named for these days is one on that day. */
    static boolean serves(LocalDate from, LocalDate until, LocalDate today) {
        return !today.isBefore(from) && !today.isAfter(until);
    }
}
