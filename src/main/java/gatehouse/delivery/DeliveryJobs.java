package gatehouse.delivery;

/** What deliveries do by the clock; running anything twice does nothing more. */
public final class DeliveryJobs {
    private static final int AT_ONCE = 1_000;

    private final PickupActions pickups;
    private final ParcelClock clock;

    DeliveryJobs(PickupActions pickups, ParcelClock clock) {
        this.pickups = pickups;
        this.clock = clock;
    }

    /** Writes down which booked slots passed, reminds, and marks what goes back to the courier; answers how many. For every minute. */
    public int keepShelves() {
        return pickups.lapse(AT_ONCE) + clock.chase();
    }

    /** Forgets what the policy keeps no longer; answers how many parcels. Once a day. */
    public int forget() {
        return clock.forget();
    }
}
