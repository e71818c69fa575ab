package gatehouse.delivery;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What may happen to a parcel, and when it is late: pure functions. */
final class ParcelPolicy {
    private ParcelPolicy() {
    }

    /** The state after an event; empty where it cannot happen. A parcel that nobody knows the owner of is only sorted, moved, sent back or lost. */
    static Optional<ParcelState> after(Parcel parcel, ParcelEvent event) {
        var state = parcel.state();
        boolean waiting = state.isWaiting();
        boolean known = parcel.householdId() != null;
        return switch (event) {
            case REGISTER -> Optional.empty();
            case SORT -> when(waiting && !known, state);
            case MOVE -> when(waiting, state);
            case REMIND, RETURN_DUE -> when(waiting, state);
            case BOOK -> when(waiting && known, ParcelState.BOOKED);
            case UNBOOK, LAPSE -> when(state == ParcelState.BOOKED, ParcelState.AT_GATE);
            case COLLECT -> when(waiting && known, ParcelState.COLLECTED);
            case HAND_OVER -> when((waiting || state == ParcelState.DAMAGED) && known, ParcelState.COLLECTED);
            case PLACE_AT_DOOR -> when(waiting && known, ParcelState.AT_DOOR);
            case RETURN -> when(waiting || state == ParcelState.DAMAGED, ParcelState.RETURNED);
            case LOSE -> when(waiting, ParcelState.LOST);
            case DAMAGE -> when(waiting, ParcelState.DAMAGED);
            case FIND -> when(state == ParcelState.LOST, ParcelState.AT_GATE);
        };
    }

    private static Optional<ParcelState> when(boolean possible, ParcelState then) {
        return possible ? Optional.of(then) : Optional.empty();
    }

    /** What staff may say of it now, in the order of the enum. */
    static List<ParcelAct> possible(Parcel parcel) {
        return Stream.of(ParcelAct.values()).filter(act -> after(parcel, act.event()).isPresent()).toList();
    }

    /** A booked parcel whose slot is over waits like any other, also before the clock has written it down. */
    static ParcelState stateAt(Parcel parcel, OffsetDateTime now) {
        var slot = parcel.slot();
        return parcel.state() == ParcelState.BOOKED && slot != null && !now.isBefore(slot.endsAt()) ? ParcelState.AT_GATE : parcel.state();
    }

    /** From when on it goes back to the courier. */
    static OffsetDateTime dueBackAt(Parcel parcel, DeliveryRules rules) {
        return parcel.registeredAt().plus(rules.returnAfter());
    }

    /** What somebody brings does not go back meanwhile: a walk that takes too long is told to the grid worker. */
    static boolean isReturnDue(Parcel parcel, DeliveryRules rules, OffsetDateTime now) {
        return parcel.state().isWaiting() && !parcel.brought() && !now.isBefore(dueBackAt(parcel, rules));
    }
}
