package gatehouse.demonstration;

import gatehouse.demonstration.History.Alert;
import gatehouse.demonstration.History.Replaced;
import gatehouse.demonstration.History.Report;
import gatehouse.demonstration.Neighbourhood.Account;
import gatehouse.demonstration.Neighbourhood.Compound;
import gatehouse.demonstration.Neighbourhood.Place;
import gatehouse.demonstration.Neighbourhood.Resident;
import gatehouse.kernel.Database;
import gatehouse.kernel.Ids;
import gatehouse.kernel.Role;
import gatehouse.kernel.Sql;
import gatehouse.kernel.Statements;
import gatehouse.kernel.Tx;
import gatehouse.registry.IdNumber;
import gatehouse.registry.PersonalData;
import gatehouse.registry.PhoneNumber;
import io.vertx.core.buffer.Buffer;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Writes the demonstration, a table at a time. */
final class DemonstrationStore {
    private final PersonalData personalData;

    DemonstrationStore(PersonalData personalData) {
        this.personalData = personalData;
    }

    static boolean hasAccounts(Database database) {
        return database.sql("select exists (select from account where demonstration)").only(row -> row.getBoolean(0));
    }

    /** Held until the transaction ends, so that of several processes that start at once one makes the data. */
    static void lock(Tx tx) {
        tx.sql("select pg_advisory_xact_lock(hashtextextended('demonstration', 0))").list(row -> true);
    }

    static boolean hasCompound(Statements database) {
        return database.sql("select exists (select from compound)").only(row -> row.getBoolean(0));
    }

    void insert(Tx tx, Neighbourhood neighbourhood, String passwordHash) {
        insertDirectory(tx, neighbourhood);
        neighbourhood.compounds().forEach(compound -> insertHouses(tx, compound, neighbourhood.settledAt()));
        var hashes = new HashMap<UUID, PersonalData.Hashes>();
        neighbourhood.compounds().forEach(compound -> hashes.put(compound.id(), personalData.hashes(tx, compound.id())));
        insertResidents(tx, hashes, neighbourhood.residents().toList(), neighbourhood.settledAt());
        insertAccounts(tx, hashes, neighbourhood.compounds().stream().flatMap(Compound::accounts).toList(), passwordHash, neighbourhood.settledAt());
    }

    /** At each guard's gate an ambulance whose papers are missing, and somebody who was let in yesterday, without network, by a pass of another compound. */
    static void insertAtGates(Tx tx, Neighbourhood neighbourhood, OffsetDateTime now) {
        var guards = neighbourhood.compounds().stream().flatMap(compound -> compound.staff().stream()).filter(each -> each.grant().role() == Role.GUARD);
        guards.forEach(guard -> {
            var came = now.minusMinutes(70);
            tx.sql("""
                    insert into emergency_entry (compound_id, id, gate_id, service, entry_date, entered_at, let_in_by, left_at, left_gate_id,
                        left_by_compound_id, left_by)
                    values ($1, $2, $3, 'AMBULANCE', $4, $5, $6, $7, $3, $1, $6)""")
                    .bind(guard.compoundId()).bind(Ids.next()).bind(guard.grant().reachId()).bind(came.toLocalDate()).bind(came).bind(guard.id())
                    .bind(now.minusMinutes(40)).update();
            var seen = now.minusDays(1).withHour(18).withMinute(5).truncatedTo(ChronoUnit.MINUTES);
            tx.sql("""
                    insert into gate_scan (compound_id, nonce, gate_id, direction, scanned_at, scan_date, received_at, offline, temperature_tenths, mask,
                        allowed, reason, moved, conflict, by_compound_id, by_account_id)
                    values ($1, $2, $3, 'IN', $4, $5, $6, true, 364, true, false, 'other-compound', true, 'other-compound', $1, $7)""")
                    .bind(guard.compoundId()).bind(Ids.next()).bind(guard.grant().reachId()).bind(seen).bind(seen.toLocalDate())
                    .bind(seen.plusMinutes(12)).bind(guard.id()).update();
        });
    }

    /** After the last reminder the grid worker was at two doors that nothing else reached; before it nobody knocks. */
    static void insertKnocks(Tx tx, Neighbourhood neighbourhood, OffsetDateTime now) {
        var first = now.with(LocalTime.of(16, 2));
        if (now.isAfter(first.plusMinutes(4))) {
            knock(tx, neighbourhood, "1-2-502", "NOBODY_HOME", first);
            knock(tx, neighbourhood, "3-1-902", "TOLD", first.plusMinutes(4));
        }
    }

    private static void knock(Tx tx, Neighbourhood neighbourhood, String label, String outcome, OffsetDateTime at) {
        neighbourhood.compounds().getFirst().households().stream().filter(each -> each.label().toString().equals(label)).forEach(home -> tx.sql("""
                insert into health_knock (compound_id, id, household_id, business_date, outcome, knocked_at, by_compound_id, by_account_id)
                values ($1, $2, $3, $4, $5, $6, $1, $7)""")
                .bind(home.compoundId()).bind(Ids.next()).bind(home.id()).bind(at.toLocalDate()).bind(outcome).bind(at).bind(home.phonedBy()).update());
    }

    void insert(Tx tx, History history) {
        insertAlerts(tx, history.alerts());
        insertReports(tx, history.reports());
        insertVersions(tx, history.replaced());
        insertCourseOfAlerts(tx);
    }

    private static void insertDirectory(Tx tx, Neighbourhood neighbourhood) {
        tx.sql("insert into subdistrict (id, name) values ($1, $2)")
                .bind(neighbourhood.subdistrict().id()).bind(neighbourhood.subdistrict().name()).update();
        tx.sql("insert into community (id, subdistrict_id, name) select id, $1, name from unnest($2::uuid[], $3::text[]) v (id, name)")
                .bind(neighbourhood.subdistrict().id())
                .bind(column(neighbourhood.communities(), Place::id, UUID[]::new))
                .bind(column(neighbourhood.communities(), Place::name, String[]::new)).update();
        tx.sql("""
                insert into compound (id, community_id, name, created_at)
                select id, community_id, name, $1 from unnest($2::uuid[], $3::uuid[], $4::text[]) v (id, community_id, name)""")
                .bind(neighbourhood.settledAt())
                .bind(column(neighbourhood.compounds(), Compound::id, UUID[]::new))
                .bind(column(neighbourhood.compounds(), each -> each.community().id(), UUID[]::new))
                .bind(column(neighbourhood.compounds(), each -> each.story().compound(), String[]::new)).update();
    }

    private static void insertHouses(Tx tx, Compound compound, OffsetDateTime settledAt) {
        places(tx.sql("insert into grid (compound_id, id, name) select $1, id, name from unnest($2::uuid[], $3::text[]) v (id, name)"),
                compound, compound.grids());
        places(tx.sql("insert into gate (compound_id, id, name) select $1, id, name from unnest($2::uuid[], $3::text[]) v (id, name)"),
                compound, compound.gates());
        var buildings = compound.buildings();
        tx.sql("""
                insert into building (compound_id, id, number, grid_id)
                select $1, id, number, grid_id from unnest($2::uuid[], $3::text[], $4::uuid[]) v (id, number, grid_id)""")
                .bind(compound.id()).bind(column(buildings, Neighbourhood.Building::id, UUID[]::new))
                .bind(column(buildings, Neighbourhood.Building::number, String[]::new))
                .bind(column(buildings, Neighbourhood.Building::gridId, UUID[]::new)).update();
        var units = buildings.stream().flatMap(each -> each.units().stream()).toList();
        tx.sql("""
                insert into unit (compound_id, id, building_id, number)
                select $1, id, building_id, number from unnest($2::uuid[], $3::uuid[], $4::text[]) v (id, building_id, number)""")
                .bind(compound.id()).bind(column(units, Neighbourhood.Unit::id, UUID[]::new))
                .bind(column(units, Neighbourhood.Unit::buildingId, UUID[]::new))
                .bind(column(units, Neighbourhood.Unit::number, String[]::new)).update();
        var households = compound.households();
        tx.sql("""
                insert into household (compound_id, id, building_id, unit_id, room, label, created_at)
                select $1, id, building_id, unit_id, room, label, $2
                from unnest($3::uuid[], $4::uuid[], $5::uuid[], $6::text[], $7::text[]) v (id, building_id, unit_id, room, label)""")
                .bind(compound.id()).bind(settledAt).bind(column(households, Neighbourhood.Household::id, UUID[]::new))
                .bind(column(households, Neighbourhood.Household::buildingId, UUID[]::new))
                .bind(column(households, Neighbourhood.Household::unitId, UUID[]::new))
                .bind(column(households, each -> each.label().room(), String[]::new))
                .bind(column(households, each -> each.label().toString(), String[]::new)).update();
    }

    private static void places(Sql insert, Compound compound, List<Place> places) {
        insert.bind(compound.id()).bind(column(places, Place::id, UUID[]::new)).bind(column(places, Place::name, String[]::new)).update();
    }

    private void insertResidents(Tx tx, Map<UUID, PersonalData.Hashes> hashes, List<Resident> residents, OffsetDateTime settledAt) {
        tx.sql("""
                insert into resident (compound_id, id, household_id, building_id, name, relation, born_on, account_id,
                    phone_sealed, phone_hash, phone_masked, id_number_sealed, id_number_hash, id_number_masked, created_at, updated_at)
                select v.*, $1, $1
                from unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::text[], $7::text[], $8::date[], $9::uuid[],
                    $10::bytea[], $11::bytea[], $12::text[], $13::bytea[], $14::bytea[], $15::text[]) v""")
                .bind(settledAt)
                .bind(column(residents, Resident::compoundId, UUID[]::new)).bind(column(residents, Resident::id, UUID[]::new))
                .bind(column(residents, Resident::householdId, UUID[]::new)).bind(column(residents, Resident::buildingId, UUID[]::new))
                .bind(column(residents, each -> each.person().name(), String[]::new))
                .bind(column(residents, each -> each.person().relation().name(), String[]::new))
                .bind(column(residents, each -> each.person().bornOn(), LocalDate[]::new))
                .bind(column(residents, each -> each.account().map(Account::id).orElse(null), UUID[]::new))
                .bind(column(residents, each -> each.person().phone()
                        .map(phone -> Buffer.buffer(personalData.seal(phone, "resident", each.id()))).orElse(null), Buffer[]::new))
                .bind(column(residents, each -> each.person().phone()
                        .map(phone -> Buffer.buffer(hashes.get(each.compoundId()).of(phone))).orElse(null), Buffer[]::new))
                .bind(column(residents, each -> each.person().phone().map(PhoneNumber::masked).orElse(null), String[]::new))
                .bind(column(residents, each -> each.person().idNumber()
                        .map(number -> Buffer.buffer(personalData.seal(number, "resident", each.id()))).orElse(null), Buffer[]::new))
                .bind(column(residents, each -> each.person().idNumber()
                        .map(number -> Buffer.buffer(hashes.get(each.compoundId()).of(number))).orElse(null), Buffer[]::new))
                .bind(column(residents, each -> each.person().idNumber().map(IdNumber::masked).orElse(null), String[]::new))
                .update();
    }

    private void insertAccounts(Tx tx, Map<UUID, PersonalData.Hashes> hashes, List<Account> accounts, String passwordHash, OffsetDateTime settledAt) {
        var compounds = column(accounts, Account::compoundId, UUID[]::new);
        var ids = column(accounts, Account::id, UUID[]::new);
        tx.sql("""
                insert into account (compound_id, id, name, phone_sealed, phone_hash, phone_masked, password_hash, resident_id,
                    demonstration, created_at)
                select v.*, true, $1
                from unnest($2::uuid[], $3::uuid[], $4::text[], $5::bytea[], $6::bytea[], $7::text[], $8::text[], $9::uuid[]) v""")
                .bind(settledAt).bind(compounds).bind(ids).bind(column(accounts, Account::name, String[]::new))
                .bind(column(accounts, each -> Buffer.buffer(personalData.seal(each.phone(), "account", each.id())), Buffer[]::new))
                .bind(column(accounts, each -> Buffer.buffer(hashes.get(each.compoundId()).of(each.phone())), Buffer[]::new))
                .bind(column(accounts, each -> each.phone().masked(), String[]::new))
                .bind(column(accounts, each -> each.logsIn() ? passwordHash : null, String[]::new))
                .bind(column(accounts, each -> each.residentId().orElse(null), UUID[]::new)).update();
        personalData.hashesAboveCompounds(tx).forEach(by -> tx.sql("""
                insert into account_login (phone_hash, compound_id, account_id, key_id)
                select v.*, $4 from unnest($1::bytea[], $2::uuid[], $3::uuid[]) v""")
                .bind(column(accounts, each -> Buffer.buffer(by.of(each.phone())), Buffer[]::new)).bind(compounds).bind(ids).bind(by.key().id()).update());
        tx.sql("""
                insert into role_grant (compound_id, account_id, role, reach, reach_id, granted_at)
                select v.*, $1 from unnest($2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::uuid[]) v""")
                .bind(settledAt).bind(compounds).bind(ids)
                .bind(column(accounts, each -> each.grant().role().name(), String[]::new))
                .bind(column(accounts, each -> each.grant().reach().name(), String[]::new))
                .bind(column(accounts, each -> each.grant().reachId(), UUID[]::new)).update();
    }

    private static void insertAlerts(Tx tx, List<Alert> alerts) {
        tx.sql("""
                insert into health_alert (compound_id, resident_id, household_id, building_id, id, opened_at, closed_at, state, acknowledge_by,
                    acknowledged_at, version)
                select v.*, case when closed_at is null then 'OPEN' else 'CLOSED' end, opened_at + interval '10 minutes',
                    case when closed_at is not null then opened_at + interval '4 minutes' end, case when closed_at is null then 1 else 3 end
                from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::timestamptz[], $7::timestamptz[])
                    v (compound_id, resident_id, household_id, building_id, id, opened_at, closed_at)""")
                .bind(column(alerts, each -> each.resident().compoundId(), UUID[]::new))
                .bind(column(alerts, each -> each.resident().id(), UUID[]::new))
                .bind(column(alerts, each -> each.resident().householdId(), UUID[]::new))
                .bind(column(alerts, each -> each.resident().buildingId(), UUID[]::new))
                .bind(column(alerts, Alert::id, UUID[]::new)).bind(column(alerts, Alert::openedAt, OffsetDateTime[]::new))
                .bind(column(alerts, each -> each.closedAt().orElse(null), OffsetDateTime[]::new)).update();
    }

    /** The reports that belong to each alert, and the steps that the office took until it closed it. */
    private static void insertCourseOfAlerts(Tx tx) {
        tx.sql("""
                insert into health_alert_report (compound_id, alert_id, report_date, round, version, opened, temperature_tenths, symptoms, note,
                    received_at)
                select p.compound_id, p.alert_id, p.report_date, p.round, p.version, p.received_at = a.opened_at, p.temperature_tenths,
                    p.symptoms, p.note, p.received_at
                from health_report p join health_alert a on a.compound_id = p.compound_id and a.id = p.alert_id""").update();
        tx.sql("""
                insert into health_alert_step (compound_id, alert_id, version, event, from_state, to_state, note, taken_at, by_compound_id,
                    by_account_id, by_role)
                select a.compound_id, a.id, s.version, s.event, s.from_state, s.to_state, s.note,
                    case s.event when 'CLOSE' then a.closed_at else a.acknowledged_at end, g.compound_id, g.account_id, g.role
                from health_alert a
                join compound c on c.id = a.compound_id
                join role_grant g on g.reach_id = c.community_id and g.role = 'OFFICE'
                cross join (values (2, 'ACKNOWLEDGE', 'OPEN', 'ACKNOWLEDGED', null), (3, 'CLOSE', 'ACKNOWLEDGED', 'CLOSED', '复测正常，核酸阴性'))
                    as s (version, event, from_state, to_state, note)
                where a.state = 'CLOSED'""").update();
    }

    private static void insertReports(Tx tx, List<Report> reports) {
        var insert = tx.sql("""
                insert into health_report (compound_id, resident_id, report_date, round, version, temperature_tenths, symptoms, note, status,
                    reported_by, reported_as, received_at, household_id, building_id, alert_id)
                select compound_id, resident_id, report_date, round, version, temperature_tenths, string_to_array(symptoms, ','), note, status,
                    reported_by, reported_as, received_at, household_id, building_id, alert_id
                from unnest($1::uuid[], $2::uuid[], $3::date[], $4::smallint[], $5::integer[], $6::smallint[], $7::text[], $8::text[],
                    $9::text[], $10::uuid[], $11::text[], $12::timestamptz[], $13::uuid[], $14::uuid[], $15::uuid[])
                    v (compound_id, resident_id, report_date, round, version, temperature_tenths, symptoms, note, status, reported_by,
                    reported_as, received_at, household_id, building_id, alert_id)""");
        bind(insert, reports)
                .bind(column(reports, each -> each.resident().householdId(), UUID[]::new))
                .bind(column(reports, each -> each.resident().buildingId(), UUID[]::new))
                .bind(column(reports, each -> each.alertId().orElse(null), UUID[]::new)).update();
    }

    private static void insertVersions(Tx tx, List<Replaced> replaced) {
        var insert = tx.sql("""
                insert into health_report_version (compound_id, resident_id, report_date, round, version, temperature_tenths, symptoms, note,
                    status, reported_by, reported_as, received_at, replaced_at)
                select compound_id, resident_id, report_date, round, version, temperature_tenths, string_to_array(symptoms, ','), note, status,
                    reported_by, reported_as, received_at, replaced_at
                from unnest($1::uuid[], $2::uuid[], $3::date[], $4::smallint[], $5::integer[], $6::smallint[], $7::text[], $8::text[],
                    $9::text[], $10::uuid[], $11::text[], $12::timestamptz[], $13::timestamptz[])
                    v (compound_id, resident_id, report_date, round, version, temperature_tenths, symptoms, note, status, reported_by,
                    reported_as, received_at, replaced_at)""");
        bind(insert, replaced.stream().map(Replaced::report).toList())
                .bind(column(replaced, Replaced::replacedAt, OffsetDateTime[]::new)).update();
    }

    private static Sql bind(Sql insert, List<Report> reports) {
        return insert
                .bind(column(reports, each -> each.resident().compoundId(), UUID[]::new))
                .bind(column(reports, each -> each.resident().id(), UUID[]::new))
                .bind(column(reports, Report::date, LocalDate[]::new)).bind(column(reports, each -> each.round().number(), Short[]::new))
                .bind(column(reports, Report::version, Integer[]::new))
                .bind(column(reports, each -> (short) each.measurement().temperatureTenths(), Short[]::new))
                .bind(column(reports, each -> each.measurement().symptoms().stream().map(Enum::name).collect(Collectors.joining(",")), String[]::new))
                .bind(column(reports, each -> each.measurement().note(), String[]::new))
                .bind(column(reports, each -> each.status().name(), String[]::new)).bind(column(reports, Report::reportedBy, UUID[]::new))
                .bind(column(reports, each -> each.reportedAs().name(), String[]::new))
                .bind(column(reports, Report::receivedAt, OffsetDateTime[]::new));
    }

    private static <T, C> C[] column(List<T> rows, Function<? super T, ? extends @Nullable C> field, IntFunction<C[]> array) {
        Stream<? extends @Nullable C> values = rows.stream().map(field);
        return values.toArray(array);
    }
}
