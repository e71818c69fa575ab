package gatehouse.notify;

import gatehouse.kernel.Tx;
import java.time.OffsetDateTime;
import java.util.UUID;

/** Messages whose days are over: of inboxes, and those that could not be delivered. See {@link gatehouse.audit.Retention}. */
public final class InboxRetentionStore {
    private InboxRetentionStore() {
    }

    public static int messages(Tx tx, UUID compound, OffsetDateTime before, int atMost) {
        return tx.sql("""
                delete from notification where compound_id = $1 and (account_id, id) in (
                    select account_id, id from notification where compound_id = $1 and created_at < $2 limit $3 for update skip locked)""")
                .bind(compound).bind(before).bind(atMost).update();
    }

    /** What the office neither sent again nor gave up. */
    public static int parked(Tx tx, UUID compound, OffsetDateTime before, int atMost) {
        return tx.sql("""
                delete from outbox_message where compound_id = $1 and id in (
                    select id from outbox_message where compound_id = $1 and state = 'PARKED' and settled_at < $2 limit $3 for update skip locked)""")
                .bind(compound).bind(before).bind(atMost).update();
    }
}
