package gatehouse.registry;

import gatehouse.kernel.Tx;
import java.time.OffsetDateTime;
import java.util.UUID;

/** Residents who moved out so long ago that nobody need know who they were. See {@link gatehouse.audit.Retention}. */
public final class ResidentRetentionStore {
    private ResidentRetentionStore() {
    }

    /** What a name becomes: no word of any language, and still something to be seen in a list. */
    public static final String NOBODY = "—";

    /** The row stays for what hangs on it. */
    public static int movedOut(Tx tx, UUID compound, OffsetDateTime before, int atMost) {
        return tx.sql("""
                update resident set name = $4, born_on = null, phone_sealed = null, phone_hash = null, phone_masked = null,
                    id_number_sealed = null, id_number_hash = null, id_number_masked = null, account_id = null, forgotten_at = now()
                where compound_id = $1 and id in (
                    select id from resident where compound_id = $1 and moved_out_at < $2 and forgotten_at is null limit $3 for update skip locked)""")
                .bind(compound).bind(before).bind(atMost).bind(NOBODY).update();
    }
}
