package gatehouse.identity;

import gatehouse.kernel.Tx;
import gatehouse.registry.ResidentRetentionStore;
import java.time.OffsetDateTime;
import java.util.UUID;

/** Accounts of residents who moved out and have no role any more. See {@link gatehouse.audit.Retention}. */
public final class AccountRetentionStore {
    private AccountRetentionStore() {
    }

    /** Nobody logs in by them again, and they name nobody; they stay for what they did. */
    public static int movedOut(Tx tx, UUID compound, OffsetDateTime before, int atMost) {
        var due = tx.sql("""
                select a.id from account a join resident r on r.compound_id = a.compound_id and r.id = a.resident_id
                where a.compound_id = $1 and a.forgotten_at is null and r.moved_out_at < $2
                    and not exists (select from role_grant g where g.compound_id = a.compound_id and g.account_id = a.id)
                limit $3 for update of a skip locked""")
                .bind(compound).bind(before).bind(atMost).list(row -> row.getUUID(0)).toArray(UUID[]::new);
        if (due.length == 0) {
            return 0;
        }
        for (var table : new String[] {"account_login", "wechat_login", "known_source", "password_reset"}) {
            tx.sql("delete from " + table + " where compound_id = $1 and account_id = any($2)").bind(compound).bind(due).update();
        }
        tx.sql("update session set ended_at = now(), end_reason = 'ACCOUNT_CHANGED' where compound_id = $1 and account_id = any($2) and ended_at is null")
                .bind(compound).bind(due).update();
        return tx.sql("""
                update account set name = $3, phone_sealed = null, phone_hash = null, phone_masked = null, password_hash = null,
                    version = version + 1, forgotten_at = now()
                where compound_id = $1 and id = any($2)""").bind(compound).bind(due).bind(ResidentRetentionStore.NOBODY).update();
    }
}
