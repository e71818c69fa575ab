package gatehouse.outing;

import gatehouse.kernel.Tx;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;

/** Passes whose days are over. See {@link gatehouse.audit.Retention}; scans at gates name passes and go first. */
public final class OutingRetentionStore {
    private OutingRetentionStore() {
    }

    /** With their trail. */
    public static int passes(Tx tx, UUID compound, OffsetDateTime before, int atMost) {
        var due = ids(tx, """
                select id from outing_pass p where compound_id = $1 and outing_date < ($2::timestamptz at time zone 'Asia/Shanghai')::date and valid_until < $2
                    and state not in ('PENDING', 'APPROVED', 'OUT', 'OVERDUE')
                    and not exists (select 1 from gate_scan s where s.compound_id = p.compound_id and s.pass_id = p.id)
                order by outing_date limit $3 for update skip locked""", compound, before, atMost);
        delete(tx, "outing_quota_day", "pass_id", compound, due);
        delete(tx, "outing_pass_event", "pass_id", compound, due);
        return delete(tx, "outing_pass", "id", compound, due);
    }

    /** Those who waited for a slot. */
    public static int waiting(Tx tx, UUID compound, OffsetDateTime before, int atMost) {
        return delete(tx, "outing_wait", "id", compound, ids(tx, """
                select id from outing_wait where compound_id = $1 and slot_starts_at < $2 and ended_at < $2 order by slot_starts_at limit $3
                for update skip locked""", compound, before, atMost));
    }

    private static UUID[] ids(Tx tx, String sql, UUID compound, OffsetDateTime before, int atMost) {
        List<UUID> found = tx.sql(sql).bind(compound).bind(before).bind(atMost).list(row -> row.getUUID("id"));
        return found.toArray(UUID[]::new);
    }

    private static int delete(Tx tx, String table, String key, UUID compound, UUID[] ids) {
        return tx.sql("delete from %s where compound_id = $1 and %s = any($2)".formatted(table, key)).bind(compound).bind(ids).update();
    }
}
