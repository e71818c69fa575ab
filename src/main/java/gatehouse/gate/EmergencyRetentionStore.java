package gatehouse.gate;

import gatehouse.kernel.Tx;
import java.time.OffsetDateTime;
import java.util.UUID;

/** Emergency vehicles whose days are over, whoever still owes their papers. See {@link gatehouse.audit.Retention}. */
public final class EmergencyRetentionStore {
    private EmergencyRetentionStore() {
    }

    public static int vehicles(Tx tx, UUID compound, OffsetDateTime before, int atMost) {
        return tx.sql("""
                delete from emergency_entry where compound_id = $1 and id in (
                    select id from emergency_entry where compound_id = $1 and entry_date < ($2::timestamptz at time zone 'Asia/Shanghai')::date
                    order by entry_date limit $3 for update skip locked)""")
                .bind(compound).bind(before).bind(atMost).update();
    }
}
