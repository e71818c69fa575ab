package gatehouse.door;

import gatehouse.kernel.Tx;
import gatehouse.wording.WordingKind;
import gatehouse.wording.Wordings;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;

/** Walks, arrangements and purchases whose days are over; their pictures have days of their own. See {@link gatehouse.audit.Retention}. */
public final class DoorRetentionStore {
    private DoorRetentionStore() {
    }

    /** With their trail; before what they brought. */
    public static int walks(Tx tx, UUID compound, OffsetDateTime before, int atMost) {
        var due = ids(tx, "select id from door_task where compound_id = $1 and ended_at < $2 order by ended_at limit $3 for update skip locked",
                compound, before, atMost);
        delete(tx, "door_task_parcel", "task_id", compound, due);
        delete(tx, "door_task_purchase", "task_id", compound, due);
        delete(tx, "door_task_event", "task_id", compound, due);
        return delete(tx, "door_task", "id", compound, due);
    }

    /** With what was bought; not while a walk still says that it brought it. */
    public static int purchases(Tx tx, UUID compound, OffsetDateTime before, int atMost) {
        var due = ids(tx, """
                select id from purchase p where compound_id = $1 and ended_at < $2 and not exists (
                    select 1 from door_task_purchase t where t.compound_id = p.compound_id and t.purchase_id = p.id)
                order by ended_at limit $3 for update skip locked""", compound, before, atMost);
        delete(tx, "purchase_item", "purchase_id", compound, due);
        delete(tx, "purchase_event", "purchase_id", compound, due);
        Wordings.forget(tx, WordingKind.PURCHASE, compound, List.of(due));
        return delete(tx, "purchase", "id", compound, due);
    }

    /** Why somebody could not walk. */
    public static int arrangements(Tx tx, UUID compound, OffsetDateTime before, int atMost) {
        return delete(tx, "door_arrangement", "id", compound, ids(tx, """
                select id from door_arrangement where compound_id = $1 and until_date < ($2::timestamptz at time zone 'Asia/Shanghai')::date and decided_at < $2
                    and state in ('REFUSED', 'ENDED') order by until_date limit $3 for update skip locked""", compound, before, atMost));
    }

    /** Who was a volunteer. */
    public static int volunteers(Tx tx, UUID compound, OffsetDateTime before, int atMost) {
        var due = ids(tx, """
                select id from door_volunteer where compound_id = $1 and until_date < ($2::timestamptz at time zone 'Asia/Shanghai')::date order by until_date limit $3
                for update skip locked""", compound, before, atMost);
        delete(tx, "door_volunteer_building", "volunteer_id", compound, due);
        return delete(tx, "door_volunteer", "id", compound, due);
    }

    private static UUID[] ids(Tx tx, String sql, UUID compound, OffsetDateTime before, int atMost) {
        List<UUID> found = tx.sql(sql).bind(compound).bind(before).bind(atMost).list(row -> row.getUUID("id"));
        return found.toArray(UUID[]::new);
    }

    private static int delete(Tx tx, String table, String key, UUID compound, UUID[] ids) {
        return tx.sql("delete from %s where compound_id = $1 and %s = any($2)".formatted(table, key)).bind(compound).bind(ids).update();
    }
}
