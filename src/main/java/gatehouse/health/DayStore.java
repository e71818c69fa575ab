package gatehouse.health;

import gatehouse.health.DayPolicy.Day;
import gatehouse.health.DayPolicy.DayRound;
import gatehouse.health.DayPolicy.Due;
import gatehouse.kernel.BusinessClock;
import gatehouse.kernel.Page;
import gatehouse.kernel.Scope;
import gatehouse.kernel.Statements;
import gatehouse.kernel.Tx;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;

/** What the clock did for a compound's day, and whom it concerns. */
final class DayStore {
    private DayStore() {
    }

    record Compound(UUID id, OffsetDateTime createdAt) {
    }

    record Done(UUID compoundId, Day day) {
    }

    /** A household with members who have no report yet. */
    record Waiting(UUID householdId, boolean morningMissing, boolean afternoonMissing) {
    }

    /** How many residents of a grid are on the call list; the buildings without a grid are one of their own. */
    record Calls(Optional<UUID> gridId, UUID buildingId, int residents) {
    }

    /** Whom a compound's call list holds: those without a report of {@code earliest} or later. */
    record Window(UUID compoundId, DayRound until, DayRound earliest) {
        /** Who came later has not missed that round. */
        OffsetDateTime cameBefore() {
            return earliest.date().plusDays(1).atStartOfDay(BusinessClock.ZONE).toOffsetDateTime();
        }
    }

    static List<Compound> compounds(Statements database) {
        return database.sql("select id, created_at from compound order by id")
                .list(row -> new Compound(row.getUUID("id"), row.getOffsetDateTime("created_at")));
    }

    static List<Done> done(Statements database, LocalDate since) {
        return database.sql("select compound_id, business_date, mark from health_day_mark where business_date >= $1").bind(since)
                .list(row -> new Done(row.getUUID("compound_id"),
                        new Day(row.getLocalDate("business_date"), DayMark.valueOf(row.getString("mark")))));
    }

    /** False where somebody else has done it; waits for who is about to. */
    static boolean mark(Tx tx, UUID compoundId, Due due, OffsetDateTime now) {
        return tx.sql("""
                insert into health_day_mark (compound_id, business_date, mark, due_at, done_at) values ($1, $2, $3, $4, $5)
                on conflict do nothing""")
                .bind(compoundId).bind(due.day().date()).bind(due.day().mark().name()).bind(due.at()).bind(now).update() == 1;
    }

    /** The households where somebody has not reported one of these rounds and somebody can read a message. */
    static List<Waiting> waiting(Tx tx, UUID compoundId, LocalDate date, List<Round> rounds) {
        return tx.sql("""
                select r.household_id, $3 and bool_or(m.resident_id is null) as morning_missing,
                    $4 and bool_or(a.resident_id is null) as afternoon_missing
                from resident r
                left join health_report m on m.compound_id = r.compound_id and m.resident_id = r.id and m.report_date = $2 and m.round = 1
                left join health_report a on a.compound_id = r.compound_id and a.resident_id = r.id and a.report_date = $2 and a.round = 2
                where r.compound_id = $1 and r.moved_out_at is null
                group by r.household_id
                having bool_or(r.account_id is not null)
                   and ($3 and bool_or(m.resident_id is null) or $4 and bool_or(a.resident_id is null))
                order by r.household_id""")
                .bind(compoundId).bind(date).bind(rounds.contains(Round.MORNING)).bind(rounds.contains(Round.AFTERNOON))
                .list(row -> new Waiting(row.getUUID("household_id"), row.getBoolean("morning_missing"), row.getBoolean("afternoon_missing")));
    }

    /** Keeps how many were expected at the cut-off and how many had reported in time, the same however late it is counted. */
    static void countRounds(Tx tx, UUID compoundId, LocalDate date, OffsetDateTime cutOff, OffsetDateTime now) {
        tx.sql("""
                with expected as (
                    select id from resident
                    where compound_id = $1 and created_at < $3 and (moved_out_at is null or moved_out_at >= $3)
                )
                insert into health_round_count (compound_id, report_date, round, expected, reported, counted_at)
                select $1, $2, n.round, (select count(*) from expected),
                    (select count(*) from health_report p join expected e on e.id = p.resident_id
                     where p.compound_id = $1 and p.report_date = $2 and p.round = n.round and p.status = 'ON_TIME'), $4
                from (values (1::smallint), (2::smallint)) as n (round)
                on conflict do nothing""")
                .bind(compoundId).bind(date).bind(cutOff).bind(now).update();
    }

    private static final String NOTHING_REPORTED = """
             not exists (select 1 from health_report p where p.compound_id = r.compound_id and p.resident_id = r.id
                         and (p.report_date, p.round) >= (w.earliest_date, w.earliest_round))
            """;

    static List<Calls> calls(Tx tx, Window window) {
        return tx.sql("""
                select b.grid_id, (array_agg(b.id order by b.id))[1] as building_id, count(*)::int as residents
                from (values ($2::date, $3::smallint)) as w (earliest_date, earliest_round)
                join resident r on r.compound_id = $1 and r.moved_out_at is null and r.created_at < $4
                join building b on b.compound_id = r.compound_id and b.id = r.building_id
                where""" + NOTHING_REPORTED + """
                group by b.grid_id order by b.grid_id""")
                .bind(window.compoundId).bind(window.earliest.date()).bind(window.earliest.round().number()).bind(window.cameBefore())
                .list(row -> new Calls(Optional.ofNullable(row.getUUID("grid_id")), row.getUUID("building_id"), row.getInteger("residents")));
    }

    /** The call lists of these compounds, by household label. */
    static List<HealthStore.Missing> callList(Statements database, Scope scope, List<Window> windows, Page.Request page) {
        return database.sql("""
                select m.*, l.report_date, l.round from (
                    select r.compound_id, r.id, r.name, r.phone_masked, r.created_at, h.label, b.number as building,
                        (h.label || '|' || r.id) collate "C" as place
                    from unnest($5::uuid[], $6::date[], $7::smallint[], $8::timestamptz[])
                             as w (compound_id, earliest_date, earliest_round, came_before)
                    join household h on h.compound_id = w.compound_id
                    join resident r on r.compound_id = h.compound_id and r.household_id = h.id and r.moved_out_at is null
                        and r.created_at < w.came_before
                    join building b on b.compound_id = h.compound_id and b.id = h.building_id
                    where""" + Scope.SEES_HOUSEHOLD + "and" + NOTHING_REPORTED + """
                      and ($9::text is null or (h.label || '|' || r.id) collate "C" > $9)
                    order by place
                    limit $10
                ) m
                left join lateral (
                    select p.report_date, p.round from health_report p
                    where p.compound_id = m.compound_id and p.resident_id = m.id
                    order by p.report_date desc, p.round desc limit 1
                ) l on true
                order by m.place""")
                .within(scope).bind(column(windows, Window::compoundId, UUID[]::new))
                .bind(column(windows, window -> window.earliest.date(), LocalDate[]::new))
                .bind(column(windows, window -> window.earliest.round().number(), Short[]::new))
                .bind(column(windows, Window::cameBefore, OffsetDateTime[]::new))
                .bind(page.after()).bind(page.rows())
                .list(HealthStore::missing);
    }

    private static <T, C> C[] column(List<T> rows, Function<T, C> field, IntFunction<C[]> array) {
        return rows.stream().map(field).toArray(array);
    }
}
