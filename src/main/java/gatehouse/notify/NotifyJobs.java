package gatehouse.notify;

import gatehouse.kernel.Database;

/** Sweeping up behind the outbox. For a daily job; running twice does nothing more. */
public final class NotifyJobs {
    private final Database database;

    public NotifyJobs(Database database) {
        this.database = database;
    }

    /** Forgets messages that were sent long ago; answers how many. */
    public int sweep() {
        return database.transact(Outbox::sweep);
    }
}
