package gatehouse.health;

import gatehouse.http.Caller;
import gatehouse.kernel.BusinessClock;
import gatehouse.kernel.Database;
import gatehouse.kernel.Page;
import gatehouse.kernel.Role;
import gatehouse.kernel.Scope;
import gatehouse.kernel.Sql;
import gatehouse.kernel.Statements;
import gatehouse.kernel.Tx;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The tables of health reports. */
final class HealthStore {
    private HealthStore() {
    }

    /** A resident with what a wish for them must be judged by. */
    record Subject(UUID compoundId, UUID residentId, UUID householdId, UUID buildingId, @Nullable HealthReport current,
                   @Nullable UUID openAlertId) {
    }

    /** A report with the names that a reader wants beside it. */
    record NamedReport(HealthReport report, String residentName, String household) {
    }

    record Version(HealthReport report, String reportedByName, @Nullable OffsetDateTime replacedAt) {
    }

    record Member(UUID residentId, String name) {
    }

    /** A resident without a report for a round, and the last report before it. */
    record Missing(UUID compoundId, UUID residentId, String name, String household, String building, @Nullable String phoneMasked, LocalDate firstDay,
                   @Nullable RoundKey lastReport, String place) {
    }

    /**
     * The subjects of a list of wishes, in its order; empty where there is no such resident. One statement for the whole list. It
     * locks nothing: what somebody else changes meanwhile shows when it is written.
     */
    static List<Optional<Subject>> subjects(Tx tx, List<UUID> compounds, List<RoundKey> keys) {
        var found = tx.sql("""
                select w.place, r.compound_id, r.id as resident_id, r.household_id, r.building_id, a.id as open_alert_id,
                       p.report_date, p.round, p.temperature_tenths, p.symptoms, p.note, p.status, p.reported_by, p.reported_as,
                       p.received_at, p.version, p.alert_id
                from unnest($1::uuid[], $2::uuid[], $3::date[], $4::smallint[]) with ordinality
                         as w (compound_id, resident_id, report_date, round, place)
                join resident r on r.compound_id = w.compound_id and r.id = w.resident_id and r.moved_out_at is null
                left join health_alert a on a.compound_id = r.compound_id and a.resident_id = r.id and a.state <> 'CLOSED'
                left join health_report p on p.compound_id = w.compound_id and p.resident_id = w.resident_id
                         and p.report_date = w.report_date and p.round = w.round""")
                .bind(compounds.toArray(UUID[]::new)).bind(column(keys, RoundKey::residentId, UUID[]::new))
                .bind(column(keys, RoundKey::date, LocalDate[]::new)).bind(column(keys, key -> key.round().number(), Short[]::new))
                .list(row -> new PlacedSubject(row.getLong("place").intValue() - 1, subject(row)));
        var subjects = new ArrayList<Optional<Subject>>();
        keys.forEach(key -> subjects.add(Optional.empty()));
        found.forEach(each -> subjects.set(each.place, Optional.of(each.subject)));
        return subjects;
    }

    private record PlacedSubject(int place, Subject subject) {
    }

    private static Subject subject(Row row) {
        return new Subject(row.getUUID("compound_id"), row.getUUID("resident_id"), row.getUUID("household_id"),
                row.getUUID("building_id"), row.getLocalDate("report_date") == null ? null : report(row), row.getUUID("open_alert_id"));
    }

    /** Makes those wait for each other who collided over these residents once already. */
    static void takeTurns(Tx tx, List<UUID> compounds, List<UUID> residents) {
        tx.sql("""
                select 1 from resident
                where (compound_id, id) in (select * from unnest($1::uuid[], $2::uuid[]))
                order by compound_id, id for no key update""")
                .bind(compounds.toArray(UUID[]::new)).bind(residents.toArray(UUID[]::new)).exists();
    }

    /** Inserts first reports; answers the number that went in, fewer where somebody else made one meanwhile. */
    static int insertReports(Tx tx, List<Subject> subjects, List<HealthReport> reports) {
        if (reports.isEmpty()) {
            return 0;
        }
        var sql = tx.sql("""
                insert into health_report (compound_id, resident_id, report_date, round, household_id, building_id, temperature_tenths,
                    symptoms, note, status, reported_by, reported_as, received_at, version, alert_id)
                select compound_id, resident_id, report_date, round, household_id, building_id, temperature_tenths,
                    string_to_array(symptoms, ','), note, status, reported_by, reported_as, received_at, 1, alert_id
                from unnest($1::uuid[], $2::uuid[], $3::date[], $4::smallint[], $5::smallint[], $6::text[], $7::text[], $8::text[],
                    $9::uuid[], $10::text[], $11::timestamptz[], $12::uuid[], $13::uuid[], $14::uuid[])
                    as r (compound_id, resident_id, report_date, round, temperature_tenths, symptoms, note, status, reported_by,
                    reported_as, received_at, alert_id, household_id, building_id)
                order by 1, 2, 3, 4
                on conflict do nothing""");
        return bindReports(sql, reports)
                .bind(column(subjects, Subject::householdId, UUID[]::new)).bind(column(subjects, Subject::buildingId, UUID[]::new))
                .update();
    }

    /**
     * Keeps what is current as a version and puts the corrections in its place, each only where nobody corrected it meanwhile;
     * answers the number that were corrected.
     */
    static int correctReports(Tx tx, List<HealthReport> reports) {
        if (reports.isEmpty()) {
            return 0;
        }
        var sql = tx.sql("""
                with correction as (
                    select * from unnest($1::uuid[], $2::uuid[], $3::date[], $4::smallint[], $5::smallint[], $6::text[], $7::text[],
                        $8::text[], $9::uuid[], $10::text[], $11::timestamptz[], $12::uuid[], $13::integer[])
                        as c (compound_id, resident_id, report_date, round, temperature_tenths, symptoms, note, status, reported_by,
                        reported_as, received_at, alert_id, version)
                ), locked as (
                    select p.* from health_report p join correction c using (compound_id, resident_id, report_date, round)
                    where p.version = c.version - 1
                    order by compound_id, resident_id, report_date, round
                    for update of p
                ), kept as (
                    insert into health_report_version (compound_id, resident_id, report_date, round, version, temperature_tenths,
                        symptoms, note, status, reported_by, reported_as, received_at, replaced_at)
                    select l.compound_id, l.resident_id, l.report_date, l.round, l.version, l.temperature_tenths, l.symptoms, l.note,
                        l.status, l.reported_by, l.reported_as, l.received_at, c.received_at
                    from locked l join correction c using (compound_id, resident_id, report_date, round)
                )
                update health_report p
                set temperature_tenths = c.temperature_tenths, symptoms = string_to_array(c.symptoms, ','), note = c.note,
                    status = c.status, reported_by = c.reported_by, reported_as = c.reported_as, received_at = c.received_at,
                    version = c.version, alert_id = c.alert_id
                from locked l join correction c using (compound_id, resident_id, report_date, round)
                where p.compound_id = l.compound_id and p.resident_id = l.resident_id and p.report_date = l.report_date
                  and p.round = l.round""");
        return bindReports(sql, reports).bind(column(reports, HealthReport::version, Integer[]::new)).update();
    }

    private static Sql bindReports(Sql sql, List<HealthReport> reports) {
        return sql.bind(column(reports, HealthReport::compoundId, UUID[]::new))
                .bind(column(reports, report -> report.key().residentId(), UUID[]::new))
                .bind(column(reports, report -> report.key().date(), LocalDate[]::new))
                .bind(column(reports, report -> report.key().round().number(), Short[]::new))
                .bind(column(reports, report -> (short) report.measurement().temperatureTenths(), Short[]::new))
                .bind(column(reports, report -> report.measurement().symptoms().stream().map(Enum::name).collect(Collectors.joining(",")),
                        String[]::new))
                .bind(column(reports, report -> report.measurement().note(), String[]::new))
                .bind(column(reports, report -> report.status().name(), String[]::new))
                .bind(column(reports, HealthReport::reportedBy, UUID[]::new))
                .bind(column(reports, report -> report.reportedAs().name(), String[]::new))
                .bind(column(reports, HealthReport::receivedAt, OffsetDateTime[]::new))
                .bind(column(reports, HealthReport::alertId, UUID[]::new));
    }

    /** The compound of a resident within the scope; for the event loop. */
    static Future<Optional<UUID>> compoundOf(Database database, Scope scope, UUID residentId) {
        return database.sql("""
                select r.compound_id from resident r
                join household h on h.compound_id = r.compound_id and h.id = r.household_id
                where r.id = $5 and r.compound_id = any($1) and r.moved_out_at is null and""" + Scope.SEES_HOUSEHOLD)
                .within(scope).bind(residentId).execute()
                .map(rows -> rows.size() == 0 ? Optional.empty() : Optional.of(rows.iterator().next().getUUID("compound_id")));
    }

    private static final String REPORT_COLUMNS = """
            p.compound_id, p.resident_id, p.report_date, p.round, p.temperature_tenths, p.symptoms, p.note, p.status, p.reported_by,
            p.reported_as, p.received_at, p.version, p.alert_id""";

    /**
     * Whose health somebody reads: everybody's within their scope; and where they are a health centre, of those in the compounds it serves only of
     * who came into its care.
     */
    record Sight(Scope scope, UUID[] served) {
        static Sight of(Caller caller) {
            return new Sight(caller.scopeBy(Set.of(Role.RESIDENT, Role.GRID_WORKER, Role.OFFICE)), caller.scopeBy(Set.of(Role.HEALTH_CENTRE)).wholeCompounds());
        }

        /** Binds the scope as {@link Sql#within} does, with the compounds that are served among its compounds. */
        Scope bound() {
            var compounds = scope.union(Scope.ofCompounds(List.of(served))).compounds();
            return new Scope(compounds, scope.wholeCompounds(), scope.buildings(), scope.households());
        }
    }

    /** SQL over {@code household h}, {@code resident r}, the parameters of {@link Sight#bound} and the served compounds as the one given. */
    static String sees(String served) {
        return " (" + Scope.SEES_RESIDENT + """
                or (h.compound_id = any(%1$s) and r.id in (
                    select resident_id from health_alert where compound_id = any(%1$s) and escalated_at is not null
                    union all select resident_id from observation where compound_id = any(%1$s))))
                """.formatted(served);
    }

    /** Which reports: of a resident or, where that is null, of everybody in reach; {@code after}: where the page before ended. */
    record Window(@Nullable UUID residentId, LocalDate from, LocalDate to, @Nullable RoundKey after, int rows) {
    }

    /** A window on the reports of one household. */
    record HouseholdWindow(UUID compoundId, UUID householdId, Window window) {
    }

    /** Reports within the scope, newest day first; for the event loop. */
    static Future<List<NamedReport>> reports(Database database, Sight sight, Window window) {
        var after = window.after();
        return database.sql("select r.name, h.label, " + REPORT_COLUMNS + """
                 from health_report p
                join resident r on r.compound_id = p.compound_id and r.id = p.resident_id
                join household h on h.compound_id = r.compound_id and h.id = r.household_id
                where p.compound_id = any($1) and""" + sees("$12") + """
                  and p.report_date between $6 and $7 and ($5::uuid is null or p.resident_id = $5)
                  and ($8::date is null or (p.report_date, p.round, p.resident_id) < ($8, $9::smallint, $10::uuid))
                order by p.report_date desc, p.round desc, p.resident_id desc
                limit $11""")
                .within(sight.bound()).bind(window.residentId()).bind(window.from()).bind(window.to())
                .bind(after == null ? null : after.date()).bind(after == null ? null : after.round().number())
                .bind(after == null ? null : after.residentId()).bind(window.rows()).bind(sight.served())
                .execute().map(rows -> {
                    var reports = new ArrayList<NamedReport>(rows.size());
                    rows.forEach(row -> reports.add(namedReport(row)));
                    return reports;
                });
    }

    /** The same of single households, which ask most by far: many windows in one statement, answered in their order. */
    static List<List<NamedReport>> reportsOfHouseholds(Statements database, List<HouseholdWindow> windows) {
        var found = new ArrayList<List<NamedReport>>(windows.size());
        windows.forEach(each -> found.add(new ArrayList<>()));
        database.sql("""
                select w.place, p.*
                from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::date[], $5::date[], $6::date[], $7::smallint[], $8::uuid[], $9::integer[])
                         with ordinality
                         as w (compound_id, household_id, resident_id, since, until, after_date, after_round, after_resident, rows, place)
                cross join lateral (
                    select r.name, h.label,""" + REPORT_COLUMNS + """
                     from household h
                    join resident r on r.compound_id = h.compound_id and r.household_id = h.id and r.moved_out_at is null
                    join health_report p on p.compound_id = r.compound_id and p.resident_id = r.id
                    where h.compound_id = w.compound_id and h.id = w.household_id
                      and p.report_date between w.since and w.until and (w.resident_id is null or p.resident_id = w.resident_id)
                      and (w.after_date is null
                           or (p.report_date, p.round, p.resident_id) < (w.after_date, w.after_round, w.after_resident))
                    order by p.report_date desc, p.round desc, p.resident_id desc
                    limit w.rows
                ) p
                order by w.place, p.report_date desc, p.round desc, p.resident_id desc""")
                .bind(column(windows, HouseholdWindow::compoundId, UUID[]::new)).bind(column(windows, HouseholdWindow::householdId, UUID[]::new))
                .bind(column(windows, each -> each.window.residentId, UUID[]::new))
                .bind(column(windows, each -> each.window.from, LocalDate[]::new)).bind(column(windows, each -> each.window.to, LocalDate[]::new))
                .bind(column(windows, each -> each.window.after == null ? null : each.window.after.date(), LocalDate[]::new))
                .bind(column(windows, each -> each.window.after == null ? null : each.window.after.round().number(), Short[]::new))
                .bind(column(windows, each -> each.window.after == null ? null : each.window.after.residentId(), UUID[]::new))
                .bind(column(windows, each -> each.window.rows, Integer[]::new))
                .list(row -> found.get(row.getLong("place").intValue() - 1).add(namedReport(row)));
        return found;
    }

    private static NamedReport namedReport(Row row) {
        return new NamedReport(report(row), row.getString("name"), row.getString("label"));
    }

    /** The current version and those that were replaced, newest first; empty where the report is outside the scope. */
    static List<Version> versions(Statements database, Sight sight, RoundKey key) {
        return database.sql("""
                select v.*, coalesce(a.name, '') as reported_by_name from (
                    select p.compound_id, p.resident_id, p.report_date, p.round, p.temperature_tenths, p.symptoms, p.note, p.status,
                        p.reported_by, p.reported_as, p.received_at, p.version, p.alert_id, null::timestamptz as replaced_at
                    from health_report p
                    where p.compound_id = any($1) and p.resident_id = $5 and p.report_date = $6 and p.round = $7
                    union all
                    select p.compound_id, p.resident_id, p.report_date, p.round, p.temperature_tenths, p.symptoms, p.note, p.status,
                        p.reported_by, p.reported_as, p.received_at, p.version, null, p.replaced_at
                    from health_report_version p
                    where p.compound_id = any($1) and p.resident_id = $5 and p.report_date = $6 and p.round = $7
                ) v
                join resident r on r.compound_id = v.compound_id and r.id = v.resident_id
                join household h on h.compound_id = r.compound_id and h.id = r.household_id
                left join account a on a.compound_id = v.compound_id and a.id = v.reported_by
                where""" + sees("$8") + """
                order by v.version desc""")
                .within(sight.bound()).bind(key.residentId()).bind(key.date()).bind(key.round().number()).bind(sight.served())
                .list(row -> new Version(report(row), row.getString("reported_by_name"), row.getOffsetDateTime("replaced_at")));
    }

    static List<Member> members(Statements database, UUID compoundId, UUID householdId) {
        return database.sql("""
                select id, name from resident where compound_id = $1 and household_id = $2 and moved_out_at is null
                order by born_on nulls last, id""")
                .bind(compoundId).bind(householdId)
                .list(row -> new Member(row.getUUID("id"), row.getString("name")));
    }

    /** The reports of a household since {@code from}, oldest first. */
    static List<HealthReport> householdReports(Statements database, UUID compoundId, UUID householdId, LocalDate from) {
        return database.sql("select " + REPORT_COLUMNS + """
                 from resident r join health_report p on p.compound_id = r.compound_id and p.resident_id = r.id
                where r.compound_id = $1 and r.household_id = $2 and r.moved_out_at is null and p.report_date >= $3
                order by p.report_date, p.round""")
                .bind(compoundId).bind(householdId).bind(from).list(HealthStore::report);
    }

    /** Who has no report for the round, by household label; reads the day's rows and one earlier report per person shown. */
    static List<Missing> missing(Statements database, Scope scope, LocalDate date, Round round, @Nullable String building, Page.Request page) {
        return database.sql("""
                select m.*, b.number as building, l.report_date, l.round from (
                    select r.compound_id, r.id, r.name, r.phone_masked, r.created_at, h.label, h.building_id,
                        (h.label || '|' || r.id) collate "C" as place
                    from household h
                    join resident r on r.compound_id = h.compound_id and r.household_id = h.id
                    join building b on b.compound_id = h.compound_id and b.id = h.building_id
                    where""" + Scope.SEES_HOUSEHOLD + """
                      and ($5::text is null or b.number = $5)
                      and r.created_at < ($6::date + 1)::timestamp at time zone 'Asia/Shanghai'
                      and (r.moved_out_at is null or r.moved_out_at >= ($6::date + 1)::timestamp at time zone 'Asia/Shanghai')
                      and not exists (select 1 from health_report p where p.compound_id = r.compound_id and p.resident_id = r.id
                                      and p.report_date = $6 and p.round = $7)
                      and ($8::text is null or (h.label || '|' || r.id) collate "C" > $8)
                    order by place
                    limit $9
                ) m
                join building b on b.compound_id = m.compound_id and b.id = m.building_id
                left join lateral (
                    select p.report_date, p.round from health_report p
                    where p.compound_id = m.compound_id and p.resident_id = m.id and (p.report_date, p.round) < ($6, $7)
                    order by p.report_date desc, p.round desc limit 1
                ) l on true
                order by m.place""")
                .within(scope).bind(building).bind(date).bind(round.number()).bind(page.after()).bind(page.rows())
                .list(HealthStore::missing);
    }

    static Missing missing(Row row) {
        return new Missing(row.getUUID("compound_id"), row.getUUID("id"), row.getString("name"), row.getString("label"), row.getString("building"),
                row.getString("phone_masked"), row.getOffsetDateTime("created_at").atZoneSameInstant(BusinessClock.ZONE).toLocalDate(),
                row.getLocalDate("report_date") == null ? null
                        : new RoundKey(row.getUUID("id"), row.getLocalDate("report_date"), Round.numbered(row.getInteger("round"))),
                row.getString("place"));
    }

    private static HealthReport report(Row row) {
        return new HealthReport(row.getUUID("compound_id"), key(row),
                new Measurement(row.getInteger("temperature_tenths"),
                        Stream.of(row.getArrayOfStrings("symptoms")).map(Symptom::valueOf).toList(), row.getString("note")),
                ReportStatus.valueOf(row.getString("status")), row.getUUID("reported_by"), ReportedAs.valueOf(row.getString("reported_as")),
                row.getOffsetDateTime("received_at"), row.getInteger("version"), row.getUUID("alert_id"));
    }

    private static RoundKey key(Row row) {
        return new RoundKey(row.getUUID("resident_id"), row.getLocalDate("report_date"), Round.numbered(row.getInteger("round")));
    }

    private static <T, C> C[] column(List<T> rows, Function<T, @Nullable C> field, IntFunction<C[]> array) {
        return rows.stream().map(field).toArray(array);
    }
}
