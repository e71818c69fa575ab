package gatehouse.door;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What may happen to a purchase, and who may say it: pure functions. */
final class PurchasePolicy {
    private PurchasePolicy() {
    }

    /** The state after a step; empty where it cannot happen now. */
    static Optional<PurchaseState> after(PurchaseState state, PurchaseStep step) {
        return switch (step) {
            case ACCEPT -> when(state == PurchaseState.REQUESTED, PurchaseState.ACCEPTED);
            case GIVE_BACK -> when(state == PurchaseState.ACCEPTED || state == PurchaseState.ASKING, PurchaseState.REQUESTED);
            case ASK_MORE -> when(state == PurchaseState.ACCEPTED, PurchaseState.ASKING);
            case AGREE -> when(state == PurchaseState.ASKING, PurchaseState.ACCEPTED);
            case BUY -> when(state == PurchaseState.ACCEPTED, PurchaseState.BOUGHT);
            case CLOSE -> when(state == PurchaseState.DELIVERED, PurchaseState.CLOSED);
            case CANCEL -> when(state == PurchaseState.REQUESTED || state == PurchaseState.ACCEPTED || state == PurchaseState.ASKING, PurchaseState.CANCELLED);
            case REJECT -> when(state == PurchaseState.REQUESTED || state == PurchaseState.ACCEPTED || state == PurchaseState.ASKING, PurchaseState.REJECTED);
        };
    }

    private static Optional<PurchaseState> when(boolean possible, PurchaseState then) {
        return possible ? Optional.of(then) : Optional.empty();
    }

    /**
     * Who somebody is to a purchase.
     *
     * @param carrier   may accept what nobody has
     * @param reachable whether somebody of the household has an account, so that it answers for itself
     */
    record Side(boolean household, boolean buyer, boolean carrier, boolean staff, boolean reachable) {
        boolean none() {
            return !household && !buyer && !carrier && !staff;
        }
    }

    /** A volunteer reads what is free; what another has accepted is the household's, the buyer's and the staff's. */
    static boolean isReadable(PurchaseState state, Side side) {
        return ownsAPart(side) || side.carrier && state == PurchaseState.REQUESTED;
    }

    /** The receipt as well, which only what was accepted has. */
    static boolean ownsAPart(Side side) {
        return side.household || side.buyer || side.staff;
    }

    static boolean may(PurchaseStep step, Side side) {
        return switch (step) {
            case ACCEPT -> side.carrier || side.staff;
            case GIVE_BACK -> side.buyer || side.staff;
            case ASK_MORE, BUY -> side.buyer;
            // Who asks for more never agrees to it.
            case AGREE -> side.household || side.staff && !side.buyer && !side.reachable;
            case CLOSE -> side.household || side.buyer || side.staff;
            case CANCEL -> side.household || side.staff;
            case REJECT -> side.staff;
        };
    }

    /** While nobody has taken it; afterwards the buyer goes by what they read. */
    static boolean mayReword(PurchaseState state, boolean refused, Side side) {
        return refused && state == PurchaseState.REQUESTED && (side.household || side.staff);
    }

    static List<PurchaseStep> possible(PurchaseState state, Side side) {
        return Stream.of(PurchaseStep.values()).filter(step -> after(state, step).isPresent() && may(step, side)).toList();
    }

    /** Whether it may be bought for that much without asking. */
    static boolean isWithin(int costFen, int allowedFen) {
        return costFen > 0 && costFen <= allowedFen;
    }
}
