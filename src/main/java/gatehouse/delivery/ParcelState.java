package gatehouse.delivery;

/** Where a parcel is. */
public enum ParcelState {
    AT_GATE, BOOKED, COLLECTED, AT_DOOR, RETURNED, LOST, DAMAGED;

    /** On the shelf, to be collected. */
    public boolean isWaiting() {
        return switch (this) {
            case AT_GATE, BOOKED -> true;
            case COLLECTED, AT_DOOR, RETURNED, LOST, DAMAGED -> false;
        };
    }
}
