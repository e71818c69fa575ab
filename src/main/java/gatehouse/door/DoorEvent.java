package gatehouse.door;

/** What can happen to a walk to a door. */
enum DoorEvent {
    /** By the clock: something waits for a household that it is brought to. */
    OPEN,
    TAKE, PLACE, SHOW, RING,
    /** Gone from the door: the walk is done. By the clock where nobody says so. */
    LEAVE,
    /** Whoever took it cannot do it; anybody may take it anew. */
    GIVE_BACK,
    /** By the clock or by staff: nothing is left to bring. */
    CANCEL
}
