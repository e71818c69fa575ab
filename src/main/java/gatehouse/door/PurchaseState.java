package gatehouse.door;

/** How far a purchase for a household is. */
enum PurchaseState {
    REQUESTED, ACCEPTED,
    /** It costs more than was agreed: the household is asked. */
    ASKING, BOUGHT, DELIVERED, CLOSED, CANCELLED, REJECTED;

    boolean isUnfinished() {
        return switch (this) {
            case REQUESTED, ACCEPTED, ASKING, BOUGHT, DELIVERED -> true;
            case CLOSED, CANCELLED, REJECTED -> false;
        };
    }
}
