package gatehouse.door;

/** What volunteers and staff say of a walk; the picture comes by an operation of its own. */
enum DoorStep {
    TAKE(DoorEvent.TAKE), PLACE(DoorEvent.PLACE), RING(DoorEvent.RING), LEAVE(DoorEvent.LEAVE), GIVE_BACK(DoorEvent.GIVE_BACK), CANCEL(DoorEvent.CANCEL);

    private final DoorEvent event;

    DoorStep(DoorEvent event) {
        this.event = event;
    }

    DoorEvent event() {
        return event;
    }
}
