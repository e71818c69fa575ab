package gatehouse.health;

import gatehouse.kernel.Scope;
import gatehouse.kernel.Statements;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.ToIntFunction;

/** Counts of one day, by building. */
final class HealthFigureStore {
    private HealthFigureStore() {
    }

    record BuildingFigures(UUID buildingId, int residents, int morning, int morningLate, int afternoon, int afternoonLate, int fevers,
                           int alerts, int unacknowledged, Optional<OffsetDateTime> unacknowledgedSince) {
    }

    /** How many people of a building are under observation. */
    record Observed(UUID compoundId, UUID buildingId, int people) {
    }

    /**
     * Per building within the scope: residents of that day, their reports (of who left, none), fevers (each compound has its own line), and alerts that are open now,
     * or were at the end of a day that is {@code past}.
     */
    static List<BuildingFigures> ofBuildings(Statements database, Scope scope, LocalDate date, boolean past, ToIntFunction<UUID> feverAboveTenths) {
        return database.sql("""
                with seen as (
                    select b.compound_id, b.id as building_id
                    from building b
                    where b.compound_id = any($1) and (b.compound_id = any($2) or b.id = any($3))
                ), expected as (
                    select r.compound_id, r.building_id, count(*)::int as residents
                    from resident r join seen s using (compound_id, building_id)
                    where r.created_at < ($4::date + 1)::timestamp at time zone 'Asia/Shanghai'
                      and (r.moved_out_at is null or r.moved_out_at >= ($4::date + 1)::timestamp at time zone 'Asia/Shanghai')
                    group by 1, 2
                ), reported as (
                    select p.compound_id, p.building_id,
                        count(*) filter (where e.id is not null and p.round = 1)::int as morning,
                        count(*) filter (where e.id is not null and p.round = 2)::int as afternoon,
                        count(*) filter (where e.id is not null and p.round = 1 and p.status = 'LATE')::int as morning_late,
                        count(*) filter (where e.id is not null and p.round = 2 and p.status = 'LATE')::int as afternoon_late,
                        count(distinct p.resident_id) filter (where p.temperature_tenths > f.above)::int as fevers
                    from health_report p join seen s using (compound_id, building_id)
                    join unnest($1::uuid[], $5::int[]) as f (compound_id, above) using (compound_id)
                    left join resident e on e.compound_id = p.compound_id and e.id = p.resident_id and e.building_id = p.building_id
                        and (e.moved_out_at is null or e.moved_out_at >= ($4::date + 1)::timestamp at time zone 'Asia/Shanghai')
                    where p.report_date = $4
                    group by 1, 2
                ), ends as (
                    select ($4::date + 1)::timestamp at time zone 'Asia/Shanghai' as day_ends
                ), standing as (
                    select a.compound_id, a.building_id, a.opened_at, a.state = 'OPEN' as waits
                    from health_alert a where not $6 and a.compound_id = any($1) and a.state <> 'CLOSED'
                    union all
                    select a.compound_id, a.building_id, a.opened_at,
                        coalesce(least(a.acknowledged_at, a.escalated_at, a.transferred_at, a.closed_at) >= day_ends, true) as waits
                    from health_alert a, ends
                    where $6 and a.compound_id = any($1) and a.opened_at < day_ends and (a.closed_at is null or a.closed_at >= day_ends)
                ), alerts as (
                    select a.compound_id, a.building_id, count(*)::int as open, count(*) filter (where a.waits)::int as unacknowledged,
                        min(a.opened_at) filter (where a.waits) as since
                    from standing a join seen s using (compound_id, building_id)
                    group by 1, 2
                )
                select s.building_id, coalesce(e.residents, 0) as residents,
                    coalesce(p.morning, 0) as morning, coalesce(p.morning_late, 0) as morning_late,
                    coalesce(p.afternoon, 0) as afternoon, coalesce(p.afternoon_late, 0) as afternoon_late,
                    coalesce(p.fevers, 0) as fevers, coalesce(a.open, 0) as alerts, coalesce(a.unacknowledged, 0) as unacknowledged, a.since
                from seen s
                left join expected e using (compound_id, building_id)
                left join reported p using (compound_id, building_id)
                left join alerts a using (compound_id, building_id)""")
                .bind(scope.compounds()).bind(scope.wholeCompounds()).bind(scope.buildings()).bind(date)
                .bind(Arrays.stream(scope.compounds()).map(feverAboveTenths::applyAsInt).toArray(Integer[]::new)).bind(past)
                .list(row -> new BuildingFigures(row.getUUID("building_id"), row.getInteger("residents"), row.getInteger("morning"),
                        row.getInteger("morning_late"), row.getInteger("afternoon"), row.getInteger("afternoon_late"), row.getInteger("fevers"),
                        row.getInteger("alerts"), row.getInteger("unacknowledged"), Optional.ofNullable(row.getOffsetDateTime("since"))));
    }

    /** Per building within the scope, those with nobody too: people whose observation had begun by the end of that day and was not over then. */
    static List<Observed> observed(Statements database, Scope scope, LocalDate date) {
        return database.sql("""
                with observed as (
                    select compound_id, building_id from observation
                    where compound_id = any($1) and state = 'OPEN' and starts_on <= $4
                    union all
                    select compound_id, building_id from observation
                    where compound_id = any($1) and state <> 'OPEN' and starts_on <= $4
                      and ended_at >= ($4::date + 1)::timestamp at time zone 'Asia/Shanghai'
                )
                select b.compound_id, b.id, count(o.building_id)::int as people
                from building b
                left join observed o on o.compound_id = b.compound_id and o.building_id = b.id
                where b.compound_id = any($1) and (b.compound_id = any($2) or b.id = any($3))
                group by 1, 2""")
                .bind(scope.compounds()).bind(scope.wholeCompounds()).bind(scope.buildings()).bind(date)
                .list(row -> new Observed(row.getUUID("compound_id"), row.getUUID("id"), row.getInteger("people")));
    }
}
