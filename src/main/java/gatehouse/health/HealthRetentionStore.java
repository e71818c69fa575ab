package gatehouse.health;

import gatehouse.kernel.Tx;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;

/** Health records whose days are over; what is counted of them stays. See {@link gatehouse.audit.Retention}. */
public final class HealthRetentionStore {
    private HealthRetentionStore() {
    }

    /** With what corrections replaced. */
    public static int reports(Tx tx, UUID compound, OffsetDateTime before, int atMost) {
        return tx.sql("""
                with due as (
                    select compound_id, resident_id, report_date, round from health_report where compound_id = $1 and report_date < ($2::timestamptz at time zone 'Asia/Shanghai')::date
                    order by report_date limit $3 for update skip locked
                ), versions as (
                    delete from health_report_version v using due d where v.compound_id = d.compound_id and v.resident_id = d.resident_id
                        and v.report_date = d.report_date and v.round = d.round
                )
                delete from health_report r using due d where r.compound_id = d.compound_id and r.resident_id = d.resident_id
                    and r.report_date = d.report_date and r.round = d.round""").bind(compound).bind(before).bind(atMost).update();
    }

    /** With their steps and what was measured. */
    public static int alerts(Tx tx, UUID compound, OffsetDateTime before, int atMost) {
        var due = ids(tx, "select id from health_alert where compound_id = $1 and closed_at < $2 order by closed_at limit $3 for update skip locked",
                compound, before, atMost);
        tx.sql("update health_report set alert_id = null where compound_id = $1 and alert_id = any($2)").bind(compound).bind(due).update();
        delete(tx, "health_alert_report", "alert_id", compound, due);
        delete(tx, "health_alert_step", "alert_id", compound, due);
        return delete(tx, "health_alert", "id", compound, due);
    }

    /** With follow-ups and tests. */
    public static int observations(Tx tx, UUID compound, OffsetDateTime before, int atMost) {
        var due = ids(tx, "select id from observation where compound_id = $1 and ended_at < $2 and state <> 'OPEN' order by ended_at limit $3 for update skip locked",
                compound, before, atMost);
        tx.sql("update travel_declaration set observation_id = null where compound_id = $1 and observation_id = any($2)").bind(compound).bind(due).update();
        delete(tx, "observation_event", "observation_id", compound, due);
        return delete(tx, "observation", "id", compound, due);
    }

    /** Who was at which door. */
    public static int knocks(Tx tx, UUID compound, OffsetDateTime before, int atMost) {
        return delete(tx, "health_knock", "id", compound, ids(tx,
                "select id from health_knock where compound_id = $1 and knocked_at < $2 order by knocked_at limit $3 for update skip locked", compound, before, atMost));
    }

    /** With the places and the tests that were shown; not while an observation stands on them. */
    public static int journeys(Tx tx, UUID compound, OffsetDateTime before, int atMost) {
        var due = ids(tx, """
                select id from travel_declaration d where compound_id = $1 and declared_at < $2 and not exists (
                    select 1 from observation o where o.compound_id = d.compound_id and o.id = d.observation_id and o.state = 'OPEN')
                order by declared_at limit $3 for update skip locked""", compound, before, atMost);
        delete(tx, "travel_test", "declaration_id", compound, due);
        delete(tx, "travel_stay", "declaration_id", compound, due);
        return delete(tx, "travel_declaration", "id", compound, due);
    }

    private static UUID[] ids(Tx tx, String sql, UUID compound, OffsetDateTime before, int atMost) {
        List<UUID> found = tx.sql(sql).bind(compound).bind(before).bind(atMost).list(row -> row.getUUID("id"));
        return found.toArray(UUID[]::new);
    }

    private static int delete(Tx tx, String table, String key, UUID compound, UUID[] ids) {
        return tx.sql("delete from %s where compound_id = $1 and %s = any($2)".formatted(table, key)).bind(compound).bind(ids).update();
    }
}
