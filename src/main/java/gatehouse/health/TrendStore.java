package gatehouse.health;

import gatehouse.kernel.Database;
import gatehouse.kernel.Scope;
import gatehouse.kernel.Statements;
import gatehouse.kernel.Tx;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** The course of a day and of days. A day that is over is counted once; then only its counts are read. */
final class TrendStore {
    private static final int QUARTERS_OF_A_DAY = 96;
    /** The buildings within the scope; $1 to $3 are its compounds, whole compounds and buildings. */
    private static final String SEEN = """
            seen as (
                select b.compound_id, b.id as building_id from building b
                where b.compound_id = any($1) and (b.compound_id = any($2) or b.id = any($3))
            )""";

    private TrendStore() {
    }

    /** A compound with residents to hear of within the scope. */
    record Expected(UUID compoundId, String compound, int residents) {
    }

    /** First reports that came in a quarter of an hour, which is counted from midnight. */
    record Quarter(UUID compoundId, int quarter, int morning, int afternoon) {
    }

    record Temperature(UUID compoundId, LocalDate date, int tenths, int residents) {
    }

    record Day(UUID compoundId, LocalDate date) {
    }

    static List<Expected> expected(Statements database, Scope scope, LocalDate date) {
        return database.sql("with " + SEEN + """
                select c.id, c.name, count(r.id)::int as residents
                from (select distinct compound_id from seen) s join compound c on c.id = s.compound_id
                left join (resident r join seen using (compound_id, building_id)) on r.compound_id = c.id
                    and r.created_at < ($4::date + 1)::timestamp at time zone 'Asia/Shanghai'
                    and (r.moved_out_at is null or r.moved_out_at >= ($4::date + 1)::timestamp at time zone 'Asia/Shanghai')
                group by c.id, c.name order by c.name, c.id""")
                .bind(scope.compounds()).bind(scope.wholeCompounds()).bind(scope.buildings()).bind(date)
                .list(row -> new Expected(row.getUUID("id"), row.getString("name"), row.getInteger("residents")));
    }

    /** By the time of the first report of a round, whatever corrected it; those that came on later days are not of its course. */
    static List<Quarter> quarters(Statements database, Scope scope, LocalDate date) {
        return database.sql("with " + SEEN + """
                , received as (
                    select p.compound_id, p.round, case when p.version = 1 then p.received_at else (
                        select v.received_at from health_report_version v
                        where v.compound_id = p.compound_id and v.resident_id = p.resident_id and v.report_date = p.report_date
                          and v.round = p.round and v.version = 1) end as at
                    from health_report p join seen using (compound_id, building_id)
                    where p.report_date = $4
                )
                select compound_id, floor(extract(epoch from at - $4::date::timestamp at time zone 'Asia/Shanghai') / 900)::int as quarter,
                    count(*) filter (where round = 1)::int as morning, count(*) filter (where round = 2)::int as afternoon
                from received
                where at < ($4::date + 1)::timestamp at time zone 'Asia/Shanghai'
                group by 1, 2 order by 1, 2""")
                .bind(scope.compounds()).bind(scope.wholeCompounds()).bind(scope.buildings()).bind(date)
                .list(row -> new Quarter(row.getUUID("compound_id"), Math.clamp(row.getInteger("quarter"), 0, QUARTERS_OF_A_DAY - 1),
                        row.getInteger("morning"), row.getInteger("afternoon")));
    }

    /** From the counts of days that were counted, and the reports of the others. */
    static List<Temperature> temperatures(Statements database, Scope scope, LocalDate from, LocalDate to) {
        return database.sql("with " + SEEN + """
                , uncounted as (
                    select c.compound_id, d::date as report_date
                    from unnest($1::uuid[]) as c (compound_id) cross join generate_series($4::date::timestamp, $5::date::timestamp, interval '1 day') d
                    except
                    select compound_id, report_date from health_temperature_day
                    where compound_id = any($1) and report_date between $4 and $5
                ), known as (
                    select n.compound_id, n.report_date, n.temperature_tenths as tenths, n.residents
                    from health_temperature_count n join seen using (compound_id, building_id)
                    where n.compound_id = any($1) and n.report_date between $4 and $5
                    union all
                    select u.compound_id, u.report_date, r.tenths, 1
                    from uncounted u cross join lateral (
                        select max(p.temperature_tenths) as tenths
                        from health_report p join seen s on s.compound_id = p.compound_id and s.building_id = p.building_id
                        where p.compound_id = u.compound_id and p.report_date = u.report_date
                        group by p.resident_id
                    ) r
                )
                select compound_id, report_date, tenths, sum(residents)::int as residents from known group by 1, 2, 3 order by 1, 2, 3""")
                .bind(scope.compounds()).bind(scope.wholeCompounds()).bind(scope.buildings()).bind(from).bind(to)
                .list(row -> new Temperature(row.getUUID("compound_id"), row.getLocalDate("report_date"), row.getInteger("tenths"),
                        row.getInteger("residents")));
    }

    static List<Day> uncounted(Database database, LocalDate from, LocalDate to) {
        return database.sql("""
                select c.id as compound_id, d::date as report_date
                from compound c cross join generate_series($1::date::timestamp, $2::date::timestamp, interval '1 day') d
                where c.created_at < (d::date + 1)::timestamp at time zone 'Asia/Shanghai'
                  and not exists (select 1 from health_temperature_day n where n.compound_id = c.id and n.report_date = d::date)
                order by 1, 2""")
                .bind(from).bind(to).list(row -> new Day(row.getUUID("compound_id"), row.getLocalDate("report_date")));
    }

    /** Counts a day that is over. Waits for late reports of it that are being written, and they for it; see {@link #reopen}. */
    static boolean count(Tx tx, Day day, OffsetDateTime now) {
        tx.sql("select pg_advisory_xact_lock(hashtextextended($1::uuid::text || $2::date, 16))").bind(day.compoundId()).bind(day.date()).update();
        boolean first = tx.sql("""
                insert into health_temperature_day (compound_id, report_date, counted_at) values ($1, $2, $3) on conflict do nothing""")
                .bind(day.compoundId()).bind(day.date()).bind(now).update() == 1;
        if (first) {
            tx.sql("""
                    insert into health_temperature_count (compound_id, report_date, building_id, temperature_tenths, residents)
                    select $1, $2, building_id, tenths, count(*)
                    from (
                        select building_id, max(temperature_tenths) as tenths from health_report
                        where compound_id = $1 and report_date = $2 group by building_id, resident_id
                    ) r group by building_id, tenths order by building_id, tenths""")
                    .bind(day.compoundId()).bind(day.date()).update();
        }
        return first;
    }

    /** Reports of these days were written late, in this transaction: what was counted is not true any more. */
    static void reopen(Tx tx, Collection<Day> days) {
        var compounds = days.stream().map(Day::compoundId).toArray(UUID[]::new);
        var dates = days.stream().map(Day::date).toArray(LocalDate[]::new);
        tx.sql("""
                select pg_advisory_xact_lock_shared(hashtextextended(d.compound_id::text || d.report_date, 16))
                from unnest($1::uuid[], $2::date[]) as d (compound_id, report_date)""").bind(compounds).bind(dates).update();
        tx.sql("""
                delete from health_temperature_day n using unnest($1::uuid[], $2::date[]) as d (compound_id, report_date)
                where n.compound_id = d.compound_id and n.report_date = d.report_date""").bind(compounds).bind(dates).update();
    }
}
