package gatehouse.door;

/** How far a walk to a door is. */
enum DoorState {
    OPEN, TAKEN, PLACED,
    /** Photographed where it lies: from then on the household is told and the parcels are at its door. */
    SHOWN, RUNG, DONE, CANCELLED;

    boolean isUnfinished() {
        return switch (this) {
            case OPEN, TAKEN, PLACED, SHOWN, RUNG -> true;
            case DONE, CANCELLED -> false;
        };
    }

    /** Nothing of it lies at the door yet. */
    boolean isOnItsWay() {
        return switch (this) {
            case OPEN, TAKEN, PLACED -> true;
            case SHOWN, RUNG, DONE, CANCELLED -> false;
        };
    }
}
