package gatehouse.delivery;

import gatehouse.kernel.Scope;
import gatehouse.kernel.Statements;
import gatehouse.kernel.Tx;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;

/** Which parcels' time has come. */
final class ParcelClockStore {
    private ParcelClockStore() {
    }

    static Scope whole(UUID compound) {
        return Scope.ofCompounds(List.of(compound));
    }

    static List<UUID> compounds(Statements where) {
        return where.sql("select id from compound order by id").list(row -> row.getUUID("id"));
    }

    /** Not what somebody brings. */
    static List<UUID> toRemind(Statements where, UUID compound, OffsetDateTime registeredBefore, int most) {
        return where.sql("""
                select p.id from parcel p where p.compound_id = $1 and p.state in ('AT_GATE', 'BOOKED') and p.reminded_at is null and p.registered_at <= $2
                and not""" + " " + ParcelStore.BROUGHT + "order by p.registered_at, p.id limit $3")
                .bind(compound).bind(registeredBefore).bind(most).list(row -> row.getUUID("id"));
    }

    /** Not what somebody brings. */
    static List<UUID> toReturn(Statements where, UUID compound, OffsetDateTime registeredBefore, int most) {
        return where.sql("""
                select p.id from parcel p where p.compound_id = $1 and p.state in ('AT_GATE', 'BOOKED') and p.return_due_at is null and p.registered_at <= $2
                and not""" + " " + ParcelStore.BROUGHT + "order by p.registered_at, p.id limit $3")
                .bind(compound).bind(registeredBefore).bind(most).list(row -> row.getUUID("id"));
    }

    /** Deletes what ended before, with its trail and whatever belonged to it alone; answers how many parcels. */
    static int forget(Tx tx, UUID compound, OffsetDateTime before) {
        tx.sql("""
                delete from door_task_parcel t using parcel p
                where t.compound_id = $1 and p.compound_id = t.compound_id and p.id = t.parcel_id and p.ended_at < $2""")
                .bind(compound).bind(before).update();
        tx.sql("""
                delete from parcel_photo f using parcel p
                where f.compound_id = $1 and p.compound_id = f.compound_id and p.id = f.parcel_id and p.ended_at < $2""")
                .bind(compound).bind(before).update();
        tx.sql("""
                delete from parcel_event e using parcel p
                where e.compound_id = $1 and p.compound_id = e.compound_id and p.id = e.parcel_id and p.ended_at < $2""")
                .bind(compound).bind(before).update();
        int parcels = tx.sql("delete from parcel where compound_id = $1 and ended_at < $2").bind(compound).bind(before).update();
        tx.sql("""
                delete from pickup u where u.compound_id = $1 and u.closed_at < $2
                  and not exists (select 1 from parcel p where p.compound_id = u.compound_id and p.pickup_id = u.id)""")
                .bind(compound).bind(before).update();
        tx.sql("""
                delete from pickup_slot s where s.compound_id = $1 and s.ends_at < $2 and not exists
                  (select 1 from pickup u where u.compound_id = s.compound_id and u.gate_id = s.gate_id and u.slot_starts_at = s.starts_at)""")
                .bind(compound).bind(before).update();
        tx.sql("""
                delete from pickup_collector c where c.compound_id = $1 and c.valid_until < $2
                  and not exists (select 1 from pickup u where u.compound_id = c.compound_id and u.collector_id = c.id)""")
                .bind(compound).bind(before).update();
        tx.sql("""
                delete from courier_link l where l.compound_id = $1 and l.expires_at < $2
                  and not exists (select 1 from parcel_event e where e.compound_id = l.compound_id and e.by_link_id = l.id)""")
                .bind(compound).bind(before).update();
        return parcels;
    }
}
