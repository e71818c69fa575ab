package gatehouse.demonstration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.kernel.Await;
import gatehouse.kernel.BusinessClock;
import gatehouse.kernel.Database;
import gatehouse.kernel.KeyRing;
import gatehouse.registry.IdNumber;
import gatehouse.registry.PersonalData;
import gatehouse.registry.PhoneNumber;
import gatehouse.support.TestDatabase;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DemonstrationTest {
    private static final String HALF_PAST_NINE = "2026-11-22T09:30:00+08:00";
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 22);
    private static final String TICKETS = "TS COMPLAINT DONE 4|TS COMPLAINT SUBMITTED 1|WX REPAIR ACCEPTED 2|WX REPAIR ACCEPTED 2|WX REPAIR CLOSED 6|WX REPAIR WAITING 4|ZX ENQUIRY CLOSED 5";
    private static final String HASH = "$argon2id$v=19$stands-for-the-hash";
    private static final Vertx VERTX = Vertx.vertx();
    private static final PersonalData PERSONAL_DATA = new PersonalData(new KeyRing(masters()));

    /** Made at half past nine; tests only read it. */
    private static Database made;

    private static LinkedHashMap<String, byte[]> masters() {
        var master = new byte[32];
        Arrays.fill(master, (byte) 7);
        return new LinkedHashMap<>(Map.of("k", master));
    }

    @BeforeAll
    static void make() {
        made = database(TestDatabase.fresh());
        assertTrue(demonstration(made, HALF_PAST_NINE).makeWhereEmpty());
    }

    @Test
    void tickets_areOneOfEachSort_withTheirTrails() {
        assertEquals(TICKETS, String.join("|", texts("""
                select substr(t.number, 1, 2) || ' ' || t.kind || ' ' || t.state || ' '
                    || (select count(*) from ticket_event e where e.compound_id = t.compound_id and e.ticket_id = t.id)
                from ticket t order by 1""")));
        assertEquals(0, count("select count(*) from ticket where anonymous and building_id is not null"));
    }

    @AfterAll
    static void stop() {
        made.close();
        Await.on(VERTX.close());
    }

    private static Database database(TestDatabase database) {
        return new Database(VERTX, database.postgresUrl().connectOptions(), 4);
    }

    private static Demonstration demonstration(Database database, String now) {
        var instant = OffsetDateTime.parse(now).toInstant();
        return new Demonstration(database, new BusinessClock(InstantSource.fixed(instant)), PERSONAL_DATA, password -> {
            assertEquals("gatehouse-demo", password);
            return HASH;
        });
    }

    private static int count(Database database, String sql) {
        return database.sql(sql).only(row -> row.getLong(0).intValue());
    }

    private static int count(String sql) {
        return count(made, sql);
    }

    private static List<String> texts(String sql) {
        return made.sql(sql).list(row -> row.getString(0));
    }

    @Test
    void make_builtBothCompounds_inDifferentCommunitiesOfOneSubdistrict() {
        assertEquals(List.of("阳光花园|阳光社区|6 buildings|240 households|东门,西门", "月桂苑|月桂社区|2 buildings|40 households|南门"), texts("""
                select c.name || '|' || m.name || '|' || (select count(*) from building b where b.compound_id = c.id) || ' buildings|'
                    || (select count(*) from household h where h.compound_id = c.id) || ' households|'
                    || (select string_agg(g.name, ',' order by g.name) from gate g where g.compound_id = c.id)
                from compound c join community m on m.id = c.community_id order by c.name desc"""));
        assertEquals(1, count("select count(*) from subdistrict"));
        assertEquals(List.of("第一网格 1,2,3", "第二网格 4,5,6"), texts("""
                select g.name || ' ' || string_agg(b.number, ',' order by b.number)
                from grid g join building b on b.compound_id = g.compound_id and b.grid_id = g.id
                join compound c on c.id = g.compound_id where c.name = '阳光花园' group by g.name order by g.name"""));
    }

    @Test
    void office_hasSomethingToLookIntoAtTheGates() {
        assertEquals(1, count("select count(*) from emergency_entry where registered_at is null and left_at > entered_at"));
        assertEquals(1, count("select count(*) from gate_scan where conflict is not null and scanned_at < timestamptz '2026-11-22 00:00+08'"));
    }

    @Test
    void make_movedAboutSixHundredPeopleIn() {
        int people = count("select count(*) from resident r join compound c on c.id = r.compound_id where c.name = '阳光花园'");
        assertTrue(people >= 570 && people <= 630, people + " residents");
        assertEquals(0, count("select count(*) from household h where not exists (select from resident r where r.household_id = h.id)"));
        assertEquals(0, count("select count(*) from (select from resident group by name having count(*) > 1) n"));
        int surnames = count("select count(distinct left(name, 1)) from resident");
        assertTrue(surnames > 60, surnames + " surnames");
        assertEquals(0, count("select count(*) from resident where born_on > '2026-11-22' or born_on < '1915-01-01'"));
    }

    @Test
    void labels_sayBuildingUnitAndRoom() {
        assertEquals(0, count("""
                select count(*) from household h join building b on b.id = h.building_id join unit u on u.id = h.unit_id
                where h.label <> b.number || '-' || u.number || '-' || h.room or u.building_id <> b.id"""));
        assertEquals(0, count("select count(*) from resident r join household h on h.id = r.household_id where h.building_id <> r.building_id"));
    }

    @Test
    void household_3_2_1402_hasTwoAdultsWithAccountsAndAnElderAndAChildWithoutPhones() {
        assertEquals(List.of("HEAD 41 phone account", "SPOUSE 39 phone account", "PARENT 71 - -", "CHILD 9 - -"), texts("""
                select r.relation || ' ' || (2025 - extract(year from r.born_on)) || case when r.phone_hash is null then ' -' else ' phone' end
                    || case when r.account_id is null then ' -' else ' account' end
                from resident r join household h on h.id = r.household_id join compound c on c.id = h.compound_id
                where h.label = '3-2-1402' and c.name = '阳光花园'
                order by array_position(array['HEAD','SPOUSE','PARENT','CHILD'], r.relation)"""));
    }

    private record Login(String phone, String role, String reach, String place, String home, boolean hasPassword, boolean marked) {
    }

    private static Map<String, Login> logins() {
        var byHash = Arrays.stream(DemonstrationLogin.values()).map(DemonstrationLogin::phone)
                .collect(Collectors.toMap(phone -> Buffer.buffer(PERSONAL_DATA.hashes(PhoneNumber.parse(phone).toOptional().orElseThrow()).getFirst()),
                        Function.identity()));
        return made.sql("""
                select l.phone_hash, a.password_hash, a.demonstration, a.phone_hash = l.phone_hash as same, g.role, g.reach, c.name as home,
                    coalesce(h.label, gate.name, grid.name, gc.name, gm.name, gs.name) as place
                from account_login l join account a on a.compound_id = l.compound_id and a.id = l.account_id
                join role_grant g on g.compound_id = a.compound_id and g.account_id = a.id join compound c on c.id = a.compound_id
                left join household h on h.id = g.reach_id left join gate on gate.id = g.reach_id left join grid on grid.id = g.reach_id
                left join compound gc on gc.id = g.reach_id left join community gm on gm.id = g.reach_id
                left join subdistrict gs on gs.id = g.reach_id""")
                .list(row -> new Login(byHash.getOrDefault(row.getBuffer("phone_hash"), "another"), row.getString("role"), row.getString("reach"),
                        row.getString("place"), row.getString("home"), HASH.equals(row.getString("password_hash")) && row.getBoolean("same"),
                        row.getBoolean("demonstration")))
                .stream().filter(login -> !login.phone.equals("another"))
                .collect(Collectors.toMap(Login::phone, Function.identity(), (one, other) -> one, TreeMap::new));
    }

    @Test
    void logins_areThoseOfTheGuide_eachWithItsRoleAndPlace() {
        assertEquals(List.of(
                new Login("13900000001", "RESIDENT", "HOUSEHOLD", "3-2-1402", "阳光花园", true, true),
                new Login("13900000002", "RESIDENT", "HOUSEHOLD", "3-2-1402", "阳光花园", true, true),
                new Login("13900000003", "RESIDENT", "HOUSEHOLD", "1-1-101", "阳光花园", true, true),
                new Login("13900000101", "GUARD", "GATE", "东门", "阳光花园", true, true),
                new Login("13900000102", "GRID_WORKER", "GRID", "第一网格", "阳光花园", true, true),
                new Login("13900000103", "DISPATCHER", "COMPOUND", "阳光花园", "阳光花园", true, true),
                new Login("13900000104", "REPAIRMAN", "COMPOUND", "阳光花园", "阳光花园", true, true),
                new Login("13900000105", "OFFICE", "COMMUNITY", "阳光社区", "阳光花园", true, true),
                new Login("13900000106", "HEALTH_CENTRE", "COMMUNITY", "阳光社区", "阳光花园", true, true),
                new Login("13900000107", "SUBDISTRICT", "SUBDISTRICT", "青桐街道", "阳光花园", true, true),
                new Login("13900000109", "ADMIN", "EVERYTHING", "阳光花园", "阳光花园", true, true),
                new Login("13900000201", "RESIDENT", "HOUSEHOLD", "2-1-301", "月桂苑", true, true),
                new Login("13900000205", "OFFICE", "COMMUNITY", "月桂社区", "月桂苑", true, true)), List.copyOf(logins().values()));
    }

    @Test
    void accounts_areAllMarked_andNobodyElseHasThePassword() {
        assertEquals(0, count("select count(*) from account where not demonstration"));
        assertEquals(DemonstrationLogin.values().length, count("select count(*) from account where password_hash is not null"));
        assertEquals(count("select count(*) from account"), count("select count(*) from account_login"));
        assertEquals(0, count("""
                select count(*) from resident r full join account a on a.compound_id = r.compound_id and a.id = r.account_id
                where (r.account_id is not null or a.resident_id is not null) and a.resident_id is distinct from r.id"""));
        assertTrue(demonstration(made, HALF_PAST_NINE).isPresent());
    }

    @Test
    void phonesAndIdNumbers_areInventedValidAndKeptSealed() {
        record Sealed(UUID id, LocalDate bornOn, Buffer phone, Buffer phoneHash, String phoneMasked, Buffer number, Buffer numberHash,
                      String numberMasked) {
        }
        var sealed = made.sql("""
                select id, born_on, phone_sealed, phone_hash, phone_masked, id_number_sealed, id_number_hash, id_number_masked from resident""")
                .list(row -> new Sealed(row.getUUID(0), row.getLocalDate(1), row.getBuffer(2), row.getBuffer(3), row.getString(4),
                        row.getBuffer(5), row.getBuffer(6), row.getString(7)));
        int phones = 0;
        int numbers = 0;
        for (var each : sealed) {
            if (each.phone != null) {
                var phone = PhoneNumber.parse(PERSONAL_DATA.openPhone(each.phone.getBytes(), "resident", each.id)).toOptional().orElseThrow();
                assertTrue(phone.reveal().startsWith("139000"), phone.reveal());
                assertEquals(Buffer.buffer(PERSONAL_DATA.hashes(phone).getFirst()), each.phoneHash);
                assertEquals(phone.masked(), each.phoneMasked);
                phones++;
            }
            if (each.number != null) {
                var text = PERSONAL_DATA.openIdNumber(each.number.getBytes(), "resident", each.id);
                var number = IdNumber.parse(text, TODAY).toOptional().orElseThrow(() -> new AssertionError(text));
                assertEquals(each.bornOn, number.bornOn());
                assertTrue(text.startsWith("370200"), text);
                assertEquals(Buffer.buffer(PERSONAL_DATA.hashes(number).getFirst()), each.numberHash);
                assertEquals(number.masked(), each.numberMasked);
                numbers++;
            }
        }
        assertTrue(phones > 450 && phones < sealed.size(), phones + " phones");
        assertTrue(numbers > 600 && numbers < sealed.size(), numbers + " ID numbers");
    }

    @Test
    void accountPhones_openInTheirOwnRow() {
        var opened = made.sql("select id, phone_sealed from account")
                .list(row -> PERSONAL_DATA.openPhone(row.getBuffer(1).getBytes(), "account", row.getUUID(0)));
        assertTrue(opened.containsAll(Arrays.stream(DemonstrationLogin.values()).map(DemonstrationLogin::phone).toList()));
    }

    private record Rate(LocalDate date, int round, String compound, double reported, double late) {
    }

    private static List<Rate> rates(String groupedBy) {
        return made.sql("""
                select d.report_date, d.round, e.name, e.residents, count(p.resident_id), count(*) filter (where p.status = 'LATE')
                from (select distinct report_date, round from health_report) d
                cross join (select %1$s as name, count(*) as residents from resident r join building b on b.id = r.building_id
                    join compound c on c.id = r.compound_id group by 1) e
                left join (select p.*, %1$s as name from health_report p join building b on b.id = p.building_id
                    join compound c on c.id = p.compound_id) p using (report_date, round, name)
                group by 1, 2, 3, 4 order by 1, 2, 3""".formatted(groupedBy))
                .list(row -> new Rate(row.getLocalDate(0), row.getInteger(1), row.getString(2),
                        row.getLong(4) / (double) row.getLong(3), row.getLong(5) / (double) Math.max(1, row.getLong(4))));
    }

    @Test
    void history_coversSevenDaysAndThisMorning_mostOnTimeSomeLateSomeMissing() {
        var rates = rates("c.name").stream().filter(rate -> rate.compound.equals("阳光花园")).toList();
        assertEquals(15, rates.size());
        for (var rate : rates.subList(0, 14)) {
            assertTrue(rate.reported > 0.86 && rate.reported < 0.985, rate.toString());
            assertTrue(rate.late > 0.004 && rate.late < 0.09, rate.toString());
        }
        var thisMorning = rates.getLast();
        assertEquals(TODAY, thisMorning.date);
        assertTrue(thisMorning.reported > 0.3 && thisMorning.reported < 0.8, thisMorning.toString());
    }

    @Test
    void history_missesMoreInSomeBuildings() {
        var byBuilding = rates("c.name || b.number").stream().filter(rate -> rate.date.isBefore(TODAY))
                .collect(Collectors.groupingBy(Rate::compound, Collectors.averagingDouble(Rate::reported)));
        assertEquals(8, byBuilding.size());
        assertTrue(byBuilding.get("阳光花园5") < byBuilding.get("阳光花园3") - 0.03, byBuilding.toString());
    }

    @Test
    void history_isConsistentWithTheRulesOfReporting() {
        assertEquals(0, count("""
                select count(*) from health_report p
                left join health_report_version v on v.resident_id = p.resident_id and v.report_date = p.report_date and v.round = p.round and v.version = 1
                where (p.status = 'LATE') <> (coalesce(v.received_at, p.received_at) >= (p.report_date + time '16:00') at time zone 'Asia/Shanghai')"""),
                "status");
        assertEquals(0, count("""
                select count(*) from health_report where received_at < (report_date + case round when 1 then time '09:00' else time '15:00' end)
                    at time zone 'Asia/Shanghai' or received_at > (report_date + time '24:00') at time zone 'Asia/Shanghai'"""), "time");
        assertEquals(0, count("""
                select count(*) from health_report p where not exists (
                    select from account a where a.compound_id = p.compound_id and a.id = p.reported_by)"""), "reporter");
        assertEquals(0, count("""
                select count(*) from health_report p join resident r on r.compound_id = p.compound_id and r.id = p.resident_id
                join account a on a.compound_id = p.compound_id and a.id = p.reported_by left join resident by on by.id = a.resident_id
                where p.reported_as <> case when by.id = r.id then 'SELF' when by.household_id = r.household_id then 'HOUSEHOLD_MEMBER'
                    when a.resident_id is null then 'STAFF' else 'nobody' end"""), "reported as");
        assertEquals(0, count("select count(*) from health_report where 'OTHER' = any(symptoms) and note is null"), "words for OTHER");
        assertEquals(Set.of("SELF", "HOUSEHOLD_MEMBER", "STAFF"), Set.copyOf(texts("select distinct reported_as from health_report")));
    }

    @Test
    void temperatures_areThoseOfHealthyPeople_exceptWhereAnAlertWasOpened() {
        assertEquals(0, count("""
                select count(*) from health_report where temperature_tenths not between 361 and 369 and alert_id is null"""));
        assertEquals(0, count("""
                select count(*) from health_report where (temperature_tenths > 373 or symptoms <> '{}' and symptoms <> '{OTHER}') <> (alert_id is not null)"""));
        int differences = count("""
                select count(*) from (select avg(temperature_tenths) as usual from health_report group by resident_id) p where usual < 364 or usual > 366""");
        assertTrue(differences > 100, differences + " people with an own usual temperature");
        int jumping = count("""
                select count(*) from (select stddev(temperature_tenths) as moves from health_report where alert_id is null group by resident_id) p where moves > 2""");
        assertTrue(jumping < 20, jumping + " people whose temperature jumps");
    }

    @Test
    void alerts_oneIsOpenSinceThisMorning_othersWereClosedDaysAgo() {
        assertEquals(List.of("阳光花园 2-1-402 OPEN 2026-11-22 -", "阳光花园 5-1-802 CLOSED 2026-11-17 2026-11-19", "月桂苑 1-2-301 CLOSED 2026-11-19 2026-11-20"),
                texts("""
                        select c.name || ' ' || h.label || ' ' || a.state || ' ' || a.opened_at::date || ' ' || coalesce(a.closed_at::date::text, '-')
                        from health_alert a join household h on h.id = a.household_id join compound c on c.id = a.compound_id
                        order by c.name collate "C" desc, h.label"""));
        assertEquals(0, count("""
                select count(*) from health_alert a where opened_at is distinct from (
                    select min(received_at) from health_report p where p.alert_id = a.id)"""));
        assertEquals(2, count("select count(distinct resident_id) from health_report where temperature_tenths > 373"));
        assertEquals(1, count("""
                select count(*) from outbox_message m join health_alert a on a.compound_id = m.compound_id and a.id = m.subject_id
                where a.state = 'OPEN' and m.dedupe_key = 'alert-opened/' || a.id and m.created_at = a.opened_at"""), "the office was told");
        assertEquals(4, count("select count(*) from health_alert_step s join health_alert a on a.id = s.alert_id where a.state = 'CLOSED'"),
                "each closed one was taken on and closed by somebody");
    }

    @Test
    void corrections_keepTheirEarlierVersions() {
        int versions = count("select count(*) from health_report_version");
        assertTrue(versions >= 8 && versions < 60, versions + " replaced versions");
        assertEquals(0, count("""
                select count(*) from health_report p where version <> 1 + (select count(*) from health_report_version v
                    where v.resident_id = p.resident_id and v.report_date = p.report_date and v.round = p.round)"""));
        assertEquals(0, count("""
                select count(*) from health_report_version v where replaced_at <= received_at or replaced_at <> (
                    select min(received_at) from (select received_at, version, resident_id, report_date, round from health_report
                        union all select received_at, version, resident_id, report_date, round from health_report_version) n
                    where n.resident_id = v.resident_id and n.report_date = v.report_date and n.round = v.round and n.version = v.version + 1)"""));
        assertTrue(count("select count(*) from health_report where version = 3") > 0);
        assertEquals(1, count("""
                select count(*) from health_report_version v join resident r on r.id = v.resident_id join household h on h.id = r.household_id
                where h.label = '3-2-1402' and r.relation = 'CHILD' and v.report_date = '2026-11-21' and v.round = 1"""));
        assertTrue(count("select count(*) from health_report where note is not null") > 50);
    }

    @Test
    void callList_holdsAFewWhoMissedYesterdayAndToday() {
        assertEquals(List.of("1-2-502", "3-1-902", "4-2-1101", "5-1-302", "5-2-601"), texts("""
                select distinct h.label from household h join compound c on c.id = h.compound_id join resident r on r.household_id = h.id
                where c.name = '阳光花园' and not exists (select from health_report p where p.household_id = h.id and p.report_date >= '2026-11-21')
                    and exists (select from health_report p where p.household_id = h.id) order by 1"""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-11-22T09:30:00+08:00", "2026-11-22T23:50:00+08:00", "2026-11-22T15:40:00+08:00"})
    void today_leavesHousehold_3_2_1402_andManyOthersToReport(String now) {
        var database = freshlyMade(now);
        assertEquals(0, count(database, """
                select count(*) from health_report p join household h on h.id = p.household_id
                where p.report_date = '2026-11-22' and h.label in ('3-2-1402')"""));
        assertEquals(4 * 14, count(database, """
                select count(*) from health_report p join household h on h.id = p.household_id join compound c on c.id = p.compound_id
                where h.label = '3-2-1402' and c.name = '阳光花园'""") , "the days before are complete");
        int open = count(database, """
                select count(*) from resident r where not exists (
                    select from health_report p where p.resident_id = r.id and p.report_date = '2026-11-22' and p.round = 1)""");
        assertTrue(open > 120, open + " open");
        database.close();
    }

    private static Database freshlyMade(String now) {
        var database = database(TestDatabase.fresh());
        assertTrue(demonstration(database, now).makeWhereEmpty());
        int future = database.sql("""
                select (select count(*) from health_report where received_at > $1) + (select count(*) from health_alert where opened_at > $1 or closed_at > $1)
                    + (select count(*) from health_report_version where replaced_at > $1) + (select count(*) from resident where created_at > $1)
                    + (select count(*) from account where created_at > $1)""")
                .bind(OffsetDateTime.parse(now)).only(row -> row.getLong(0).intValue());
        assertEquals(0, future, "rows in the future");
        return database;
    }

    @Test
    void make_beforeNine_hasNothingOfToday() {
        var database = freshlyMade("2026-11-22T08:59:00+08:00");
        assertEquals(14, count(database, "select count(*) from (select distinct report_date, round from health_report) d"));
        assertEquals(0, count(database, "select count(*) from health_report where report_date >= '2026-11-22'"));
        assertEquals(0, count(database, "select count(*) from health_alert where state <> 'CLOSED'"));
        assertEquals(0, count(database, "select count(*) from health_knock"), "nobody knocks before the last reminder");
        assertEquals(2, count(database, "select count(*) from health_alert"));
        database.close();
    }

    @Test
    void make_inTheAfternoon_hasSomeOfBothRoundsOfToday() {
        var database = freshlyMade("2026-11-22T17:30:00+08:00");
        var reported = database.sql("select count(*) filter (where round = 1), count(*) filter (where round = 2) from health_report where report_date = $1")
                .bind(TODAY).only(row -> List.of(row.getLong(0), row.getLong(1)));
        assertEquals(2, count(database, "select count(*) from health_knock"), "after the last reminder somebody was at two doors");
        int residents = count(database, "select count(*) from resident");
        reported.forEach(count -> assertTrue(count > residents * 0.55 && count < residents * 0.85, count + " of " + residents));
        database.close();
    }

    /** Everything that is neither an id, sealed, nor hashed. */
    private static List<String> story(Database database) {
        return database.sql("""
                select h.label || r.name || r.relation || r.born_on || coalesce(r.phone_masked, '') || coalesce(r.id_number_masked, '') || coalesce((
                    select string_agg(p.report_date || ' ' || p.round || ' ' || p.temperature_tenths || p.status || p.reported_as || p.received_at
                        || coalesce(p.note, ''), ';' order by p.report_date, p.round)
                    from health_report p where p.resident_id = r.id and p.report_date < '2026-11-22'), '')
                from resident r join household h on h.id = r.household_id order by h.compound_id, h.label, r.name""")
                .list(row -> row.getString(0)).stream().sorted().toList();
    }

    @Test
    void make_isTheSameEveryTime_andTheHourChangesNothingOfTheDaysBefore() {
        var other = freshlyMade("2026-11-22T20:10:00+08:00");
        assertEquals(story(made), story(other));
        other.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2020-02-29T09:30:00+08:00", "2027-01-01T00:00:01+08:00", "2024-03-01T12:00:00+08:00"})
    void make_onOddDays_stillWorks(String now) {
        freshlyMade(now).close();
    }

    @Test
    void make_aSecondTime_changesNothing() {
        var tables = List.of("compound", "household", "resident", "account", "account_login", "role_grant", "health_report", "health_alert");
        var before = tables.stream().map(table -> count("select count(*) from " + table)).toList();
        assertFalse(demonstration(made, "2026-11-25T10:00:00+08:00").makeWhereEmpty());
        assertEquals(before, tables.stream().map(table -> count("select count(*) from " + table)).toList());
    }

    @Test
    void make_whereThereIsACompound_addsNobody() {
        var database = database(TestDatabase.fresh());
        database.transact(tx -> tx.sql("""
                with s as (insert into subdistrict values (gen_random_uuid(), '某街道') returning id),
                    m as (insert into community select gen_random_uuid(), id, '某社区' from s returning id)
                insert into compound select gen_random_uuid(), id, '某小区', now() from m""").update());
        assertFalse(demonstration(database, HALF_PAST_NINE).makeWhereEmpty());
        assertEquals(0, count(database, "select count(*) from account"));
        assertFalse(demonstration(database, HALF_PAST_NINE).isPresent());
        database.close();
    }

    @Test
    void make_twoProcessesAtOnce_makeItOnce() {
        var postgres = TestDatabase.fresh();
        var made = new AtomicInteger();
        var processes = List.of(database(postgres), database(postgres), database(postgres));
        CompletableFuture.allOf(processes.stream().map(process -> CompletableFuture.runAsync(() -> {
            if (demonstration(process, HALF_PAST_NINE).makeWhereEmpty()) {
                made.incrementAndGet();
            }
        }, Thread::startVirtualThread)).toArray(CompletableFuture[]::new)).join();
        assertEquals(1, made.get());
        assertEquals(2, count(processes.getFirst(), "select count(*) from compound"));
        processes.forEach(Database::close);
    }
}
