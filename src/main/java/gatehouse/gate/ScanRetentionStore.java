package gatehouse.gate;

import gatehouse.kernel.Tx;
import java.time.OffsetDateTime;
import java.util.UUID;

/** Scans whose days are over, and what was noted of them. See {@link gatehouse.audit.Retention}. */
public final class ScanRetentionStore {
    private ScanRetentionStore() {
    }

    /** Of a review the finding stays, without its words. */
    public static int scans(Tx tx, UUID compound, OffsetDateTime before, int atMost) {
        return tx.sql("""
                with due as (
                    select compound_id, nonce from gate_scan where compound_id = $1 and scan_date < ($2::timestamptz at time zone 'Asia/Shanghai')::date
                    order by scan_date, scanned_at limit $3 for update skip locked
                ), noted as (
                    update gate_conflict_review r set note = '' from due d where r.compound_id = d.compound_id and r.conflict_id = d.nonce
                )
                delete from gate_scan s using due d where s.compound_id = d.compound_id and s.nonce = d.nonce""")
                .bind(compound).bind(before).bind(atMost).update();
    }
}
