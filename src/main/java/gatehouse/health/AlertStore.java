package gatehouse.health;

import gatehouse.health.AlertIntake.Alerting;
import gatehouse.kernel.Page;
import gatehouse.kernel.Role;
import gatehouse.kernel.Scope;
import gatehouse.kernel.Statements;
import gatehouse.kernel.TimePlace;
import gatehouse.kernel.Tx;
import io.vertx.sqlclient.Row;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The tables of alerts. */
final class AlertStore {
    private static final String ALERTS = """
            select a.compound_id, c.name as compound, a.id, a.resident_id, r.name as resident_name, a.household_id, h.label as household,
                a.building_id, b.number as building, r.phone_masked, a.state, a.opened_at, a.acknowledge_by, a.acknowledged_at,
                a.escalated_at, a.transferred_at, a.closed_at, a.version
            from health_alert a
            join household h on h.compound_id = a.compound_id and h.id = a.household_id
            join building b on b.compound_id = a.compound_id and b.id = a.building_id
            join resident r on r.compound_id = a.compound_id and r.id = a.resident_id
            join compound c on c.id = a.compound_id
            where""" + Scope.SEES_RESIDENT;
    /** {@link AlertPolicy#sees} over the parameters $5–$8 that an {@link Audience} binds. */
    private static final String SEES_ALERT = """
              and (a.compound_id = any($5) or (a.compound_id = any($6) and a.escalated_at is not null)
                or ((a.compound_id = any($7) or a.building_id = any($8)) and a.state <> 'CLOSED'))
            """;

    private AlertStore() {
    }

    /** What a reader sees: all of it, by {@code office} every alert, {@code beyond} those that were handed on, {@code grid} those not closed. */
    record Audience(Scope whole, Scope office, Scope beyond, Scope grid) {
    }

    /** What a list is asked for; {@code unclosed} leaves closed ones out. */
    record Filter(@Nullable AlertState state, boolean unclosed, @Nullable String building) {
    }

    /** An alert in a few words. */
    record Key(UUID compoundId, UUID id, UUID residentId) {
    }

    /** A report that opened the alert or joined it. */
    record JoinedReport(UUID alertId, RoundKey key, int version, boolean opened, Measurement measurement, OffsetDateTime receivedAt) {
    }

    /** A step with the name of who took it. */
    record NamedStep(AlertStep step, @Nullable String byName) {
    }

    /** Opens alerts; answers the number that went in, fewer where somebody else opened one for the same person meanwhile. */
    static int open(Tx tx, List<Alerting> opening, List<OffsetDateTime> acknowledgeBy) {
        return tx.sql("""
                insert into health_alert (compound_id, id, resident_id, household_id, building_id, state, opened_at, acknowledge_by)
                select compound_id, id, resident_id, household_id, building_id, 'OPEN', opened_at, acknowledge_by
                from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::timestamptz[], $7::timestamptz[])
                    as a (compound_id, id, resident_id, household_id, building_id, opened_at, acknowledge_by)
                order by compound_id, resident_id
                on conflict do nothing""")
                .bind(column(opening, each -> each.report().compoundId(), UUID[]::new)).bind(column(opening, Alerting::alertId, UUID[]::new))
                .bind(column(opening, each -> each.subject().residentId(), UUID[]::new))
                .bind(column(opening, each -> each.subject().householdId(), UUID[]::new))
                .bind(column(opening, each -> each.subject().buildingId(), UUID[]::new))
                .bind(column(opening, each -> each.report().receivedAt(), OffsetDateTime[]::new))
                .bind(acknowledgeBy.toArray(OffsetDateTime[]::new))
                .update();
    }

    /** An alert that reports joined, and whether the health centre and the subdistrict know of it. */
    record Joined(UUID id, boolean handedOn) {
    }

    /** Lets reports join alerts that are not closed; waits for steps that are being taken. One that is missing was closed meanwhile. */
    static List<Joined> join(Tx tx, List<Alerting> joining) {
        return tx.sql("""
                with locked as (
                    select compound_id, id from health_alert
                    where (compound_id, id) in (select * from unnest($1::uuid[], $2::uuid[])) and state <> 'CLOSED'
                    order by compound_id, id for no key update
                )
                update health_alert a set version = version + 1 from locked l
                where a.compound_id = l.compound_id and a.id = l.id and a.state <> 'CLOSED'
                returning a.id, a.escalated_at is not null as handed_on""")
                .bind(column(joining, each -> each.report().compoundId(), UUID[]::new)).bind(column(joining, Alerting::alertId, UUID[]::new))
                .list(row -> new Joined(row.getUUID("id"), row.getBoolean("handed_on")));
    }

    /** Keeps what was measured. */
    static void keepReports(Tx tx, List<Alerting> reports) {
        tx.sql("""
                insert into health_alert_report (compound_id, alert_id, report_date, round, version, opened, temperature_tenths, symptoms,
                    note, received_at)
                select compound_id, alert_id, report_date, round, version, opened, temperature_tenths, string_to_array(symptoms, ','),
                    note, received_at
                from unnest($1::uuid[], $2::uuid[], $3::date[], $4::smallint[], $5::integer[], $6::boolean[], $7::smallint[], $8::text[],
                    $9::text[], $10::timestamptz[]) as p (compound_id, alert_id, report_date, round, version, opened, temperature_tenths,
                    symptoms, note, received_at)
                order by 1, 2, 3, 4, 5""")
                .bind(column(reports, each -> each.report().compoundId(), UUID[]::new)).bind(column(reports, Alerting::alertId, UUID[]::new))
                .bind(column(reports, each -> each.report().key().date(), LocalDate[]::new))
                .bind(column(reports, each -> each.report().key().round().number(), Short[]::new))
                .bind(column(reports, each -> each.report().version(), Integer[]::new))
                .bind(column(reports, Alerting::opens, Boolean[]::new))
                .bind(column(reports, each -> (short) each.report().measurement().temperatureTenths(), Short[]::new))
                .bind(column(reports, each -> String.join(",", each.report().measurement().symptoms().stream().map(Enum::name).toList()),
                        String[]::new))
                .bind(column(reports, each -> each.report().measurement().note(), String[]::new))
                .bind(column(reports, each -> each.report().receivedAt(), OffsetDateTime[]::new))
                .update();
    }

    /** Locked until the transaction ends, so that of two steps at once the second sees the first. */
    static Optional<Alert> lock(Tx tx, Scope scope, UUID id) {
        return tx.sql(ALERTS + " and a.id = $5 for no key update of a").within(scope).bind(id).first(AlertStore::alert);
    }

    static Optional<Alert> find(Statements database, Scope scope, UUID id) {
        return database.sql(ALERTS + " and a.id = $5").within(scope).bind(id).first(AlertStore::alert);
    }

    /** Moves a locked alert on; false where it no longer stands as it did. */
    static boolean move(Tx tx, Alert before, Alert after) {
        return tx.sql("""
                update health_alert set state = $5, acknowledged_at = $6, escalated_at = $7, transferred_at = $8, closed_at = $9, version = $10
                where compound_id = $1 and id = $2 and state = $3 and version = $4""")
                .bind(before.compoundId()).bind(before.id()).bind(before.state().name()).bind(before.version())
                .bind(after.state().name()).bind(after.acknowledgedAt()).bind(after.escalatedAt()).bind(after.transferredAt())
                .bind(after.closedAt()).bind(after.version())
                .update() == 1;
    }

    static void addStep(Tx tx, AlertStep step) {
        var by = step.by();
        tx.sql("""
                insert into health_alert_step (compound_id, alert_id, version, event, from_state, to_state, note, taken_at, by_compound_id,
                    by_account_id, by_role)
                values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)""")
                .bind(step.compoundId()).bind(step.alertId()).bind(step.version()).bind(step.event().name()).bind(step.from().name())
                .bind(step.to().name()).bind(step.note()).bind(step.takenAt()).bind(by == null ? null : by.homeCompoundId())
                .bind(by == null ? null : by.accountId()).bind(by == null ? null : by.role().name())
                .update();
    }

    /** Escalates, with its step, what was not acknowledged in time, oldest first; leaves alone what somebody is working on this moment. */
    static List<Key> escalateOverdue(Tx tx, OffsetDateTime now, int most) {
        return tx.sql("""
                with due as (
                    select compound_id, id from health_alert where state = 'OPEN' and acknowledge_by <= $1
                    order by acknowledge_by, id limit $2 for no key update skip locked
                ), moved as (
                    update health_alert a set state = 'ESCALATED', escalated_at = $1, version = a.version + 1
                    from due where a.compound_id = due.compound_id and a.id = due.id
                    returning a.compound_id, a.id, a.resident_id, a.version
                ), kept as (
                    insert into health_alert_step (compound_id, alert_id, version, event, from_state, to_state, taken_at)
                    select compound_id, id, version, 'ESCALATE', 'OPEN', 'ESCALATED', $1 from moved
                )
                select compound_id, id, resident_id from moved""")
                .bind(now).bind(most).list(row -> new Key(row.getUUID("compound_id"), row.getUUID("id"), row.getUUID("resident_id")));
    }

    /** Newest first. */
    static List<Alert> list(Statements database, Audience audience, Filter filter, Page.Request page, @Nullable TimePlace after) {
        return database.sql(ALERTS + SEES_ALERT + """
                  and ($9::text is null or a.state = $9) and (not $10 or a.state <> 'CLOSED') and ($11::text is null or b.number = $11)
                  and ($12::timestamptz is null or (a.opened_at, a.id) < ($12, $13::uuid))
                order by a.opened_at desc, a.id desc
                limit $14""")
                .within(audience.whole).bind(audience.office.wholeCompounds()).bind(audience.beyond.wholeCompounds())
                .bind(audience.grid.wholeCompounds()).bind(audience.grid.buildings())
                .bind(filter.state == null ? null : filter.state.name()).bind(filter.unclosed).bind(filter.building)
                .bind(after == null ? null : after.at()).bind(after == null ? null : after.id()).bind(page.rows())
                .list(AlertStore::alert);
    }

    /** A household's alerts that are not closed or were closed after {@code closedSince}, newest first. */
    static List<Alert> ofHousehold(Statements database, Scope household, OffsetDateTime closedSince) {
        return database.sql(ALERTS + " and (a.state <> 'CLOSED' or a.closed_at > $5) order by a.opened_at desc, a.id desc limit 50")
                .within(household).bind(closedSince).list(AlertStore::alert);
    }

    /** The reports of these alerts, by the time they came. */
    static List<JoinedReport> reports(Statements database, List<Alert> alerts) {
        return database.sql("""
                select p.*, a.resident_id from health_alert_report p
                join health_alert a on a.compound_id = p.compound_id and a.id = p.alert_id
                where p.compound_id = any($1) and p.alert_id = any($2)
                order by p.received_at, p.report_date, p.round, p.version""")
                .bind(column(alerts, Alert::compoundId, UUID[]::new)).bind(column(alerts, Alert::id, UUID[]::new))
                .list(row -> new JoinedReport(row.getUUID("alert_id"),
                        new RoundKey(row.getUUID("resident_id"), row.getLocalDate("report_date"), Round.numbered(row.getInteger("round"))),
                        row.getInteger("version"), row.getBoolean("opened"),
                        new Measurement(row.getInteger("temperature_tenths"),
                                Stream.of(row.getArrayOfStrings("symptoms")).map(Symptom::valueOf).toList(), row.getString("note")),
                        row.getOffsetDateTime("received_at")));
    }

    /** The steps of these alerts, in the order they were taken. */
    static List<NamedStep> steps(Statements database, List<Alert> alerts) {
        return database.sql("""
                select s.*, a.name as by_name from health_alert_step s
                left join account a on a.compound_id = s.by_compound_id and a.id = s.by_account_id
                where s.compound_id = any($1) and s.alert_id = any($2)
                order by s.alert_id, s.version""")
                .bind(column(alerts, Alert::compoundId, UUID[]::new)).bind(column(alerts, Alert::id, UUID[]::new))
                .list(row -> new NamedStep(new AlertStep(row.getUUID("compound_id"), row.getUUID("alert_id"), row.getInteger("version"),
                        AlertEvent.valueOf(row.getString("event")), AlertState.valueOf(row.getString("from_state")),
                        AlertState.valueOf(row.getString("to_state")), row.getString("note"), row.getOffsetDateTime("taken_at"), actor(row)),
                        row.getString("by_name")));
    }

    private static AlertStep.@Nullable Actor actor(Row row) {
        return row.getUUID("by_account_id") == null ? null
                : new AlertStep.Actor(row.getUUID("by_compound_id"), row.getUUID("by_account_id"), Role.valueOf(row.getString("by_role")));
    }

    private static Alert alert(Row row) {
        return new Alert(row.getUUID("compound_id"), row.getString("compound"), row.getUUID("id"), row.getUUID("resident_id"),
                row.getString("resident_name"), row.getUUID("household_id"), row.getString("household"), row.getUUID("building_id"),
                row.getString("building"), row.getString("phone_masked"), AlertState.valueOf(row.getString("state")),
                row.getOffsetDateTime("opened_at"), row.getOffsetDateTime("acknowledge_by"), row.getOffsetDateTime("acknowledged_at"),
                row.getOffsetDateTime("escalated_at"), row.getOffsetDateTime("transferred_at"), row.getOffsetDateTime("closed_at"),
                row.getInteger("version"));
    }

    private static <T, C> C[] column(List<T> rows, Function<T, @Nullable C> field, IntFunction<C[]> array) {
        return rows.stream().map(field).toArray(array);
    }
}
