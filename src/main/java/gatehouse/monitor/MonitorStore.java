package gatehouse.monitor;

import gatehouse.kernel.Scope;
import gatehouse.kernel.Statements;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.ToIntFunction;

/** Counts of one day. */
final class MonitorStore {
    private MonitorStore() {
    }

    record RoundFigure(int expected, int reported, int late) {
        int missing() {
            return Math.max(0, expected - reported);
        }

        RoundFigure plus(RoundFigure other) {
            return new RoundFigure(expected + other.expected, reported + other.reported, late + other.late);
        }
    }

    record BuildingFigures(UUID compoundId, String compound, String building, RoundFigure morning, RoundFigure afternoon, int fevers,
                           int alerts) {
    }

    /** Per building within the scope: residents of that day, their reports, fevers (each compound has its own line), open alerts. */
    static List<BuildingFigures> figures(Statements database, Scope scope, LocalDate date, ToIntFunction<UUID> feverAboveTenths) {
        return database.sql("""
                with seen as (
                    select b.compound_id, b.id as building_id, b.number
                    from building b
                    where b.compound_id = any($1) and (b.compound_id = any($2) or b.id = any($3))
                ), expected as (
                    select r.compound_id, r.building_id, count(*)::int as residents
                    from resident r join seen s using (compound_id, building_id)
                    where r.created_at < ($5::date + 1)::timestamp at time zone 'Asia/Shanghai'
                      and (r.moved_out_at is null or r.moved_out_at >= ($5::date + 1)::timestamp at time zone 'Asia/Shanghai')
                    group by 1, 2
                ), reported as (
                    select p.compound_id, p.building_id,
                        count(*) filter (where p.round = 1)::int as morning, count(*) filter (where p.round = 2)::int as afternoon,
                        count(*) filter (where p.round = 1 and p.status = 'LATE')::int as morning_late,
                        count(*) filter (where p.round = 2 and p.status = 'LATE')::int as afternoon_late,
                        count(distinct p.resident_id) filter (where p.temperature_tenths > f.above)::int as fevers
                    from health_report p join seen s using (compound_id, building_id)
                    join unnest($6::uuid[], $7::int[]) as f (compound_id, above) using (compound_id)
                    where p.report_date = $5
                    group by 1, 2
                ), alerts as (
                    select a.compound_id, a.building_id, count(*)::int as open
                    from health_alert a join seen s using (compound_id, building_id)
                    where a.state <> 'CLOSED'
                    group by 1, 2
                )
                select s.compound_id, c.name as compound, s.number, coalesce(e.residents, 0) as residents,
                    coalesce(p.morning, 0) as morning, coalesce(p.morning_late, 0) as morning_late,
                    coalesce(p.afternoon, 0) as afternoon, coalesce(p.afternoon_late, 0) as afternoon_late,
                    coalesce(p.fevers, 0) as fevers, coalesce(a.open, 0) as alerts
                from seen s
                join compound c on c.id = s.compound_id
                left join expected e using (compound_id, building_id)
                left join reported p using (compound_id, building_id)
                left join alerts a using (compound_id, building_id)
                order by c.name, c.id, length(s.number), s.number""")
                .within(scope).bind(date).bind(scope.compounds())
                .bind(Arrays.stream(scope.compounds()).map(feverAboveTenths::applyAsInt).toArray(Integer[]::new))
                .list(row -> new BuildingFigures(row.getUUID("compound_id"), row.getString("compound"), row.getString("number"),
                        new RoundFigure(row.getInteger("residents"), row.getInteger("morning"), row.getInteger("morning_late")),
                        new RoundFigure(row.getInteger("residents"), row.getInteger("afternoon"), row.getInteger("afternoon_late")),
                        row.getInteger("fevers"), row.getInteger("alerts")));
    }
}
