package gatehouse.delivery;

/** What the gate is to think of somebody who walks there for parcels. None of these is an outing, and none uses the quota. */
enum PickupWalk {
    IN_SLOT,
    /** Without a booking, for what does not keep. */
    AT_ONCE,
    EARLY, LATE, UNBOOKED
}
