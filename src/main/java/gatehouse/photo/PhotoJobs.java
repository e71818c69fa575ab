package gatehouse.photo;

import gatehouse.kernel.BusinessClock;
import gatehouse.kernel.Database;

/** What is done to pictures by the clock. */
public final class PhotoJobs {
    private static final int AT_ONCE = 200;

    private final PhotoStore store = new PhotoStore();
    private final Database database;
    private final BusinessClock clock;

    public PhotoJobs(Database database, BusinessClock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Deletes every picture whose last day is over. */
    public void sweep() {
        var today = clock.today();
        int deleted;
        do {
            deleted = database.transact(tx -> store.deleteNotNeededSince(tx, today, AT_ONCE));
        } while (deleted == AT_ONCE);
    }
}
