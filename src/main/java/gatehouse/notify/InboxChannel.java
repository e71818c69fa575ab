package gatehouse.notify;

import gatehouse.kernel.Database;
import java.util.List;

/** Delivers into the portal's inbox. */
final class InboxChannel implements Channel {
    private final Database database;

    InboxChannel(Database database) {
        this.database = database;
    }

    @Override
    public void deliver(List<Delivery> deliveries) {
        database.transact(tx -> NotifyStore.addToInboxes(tx, deliveries));
    }
}
