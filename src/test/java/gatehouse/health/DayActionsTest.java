package gatehouse.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.kernel.Await;
import gatehouse.kernel.Database;
import gatehouse.kernel.Ids;
import gatehouse.kernel.Notifications;
import gatehouse.kernel.Page;
import gatehouse.kernel.Scope;
import gatehouse.registry.Policies;
import gatehouse.support.Given;
import gatehouse.support.TestClock;
import gatehouse.support.TestDatabase;
import io.vertx.core.Vertx;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DayActionsTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 22);
    private final TestDatabase rows = TestDatabase.fresh();
    private final Given given = new Given(rows);
    private final TestClock clock = new TestClock("2026-11-22T08:55:00+08:00");
    private final Vertx vertx = Vertx.vertx();
    private final Database database = new Database(vertx, rows.postgresUrl().connectOptions(), 8);
    private final Notifications notifications = new Notifications(vertx, rows.postgresUrl().connectOptions().getFirst());
    private final DayActions here = new DayActions(database, clock.business(), new Policies(database, database, clock.business(), notifications));
    /** A second instance of the product on the same database. */
    private final DayActions elsewhere = new DayActions(database, clock.business(), new Policies(database, database, clock.business(), notifications));

    private Connection own;

    @AfterEach
    void stop() throws SQLException {
        if (own != null) {
            own.close();
        }
        notifications.close();
        database.close();
        Await.on(vertx.close());
        rows.close();
    }

    /** What the test knows about a resident by itself. */
    private static final class Person {
        final UUID id;
        final Given.Household home;
        final Set<String> reported = new HashSet<>();

        Person(UUID id, Given.Household home) {
            this.id = id;
            this.home = home;
        }

        boolean has(LocalDate date, Round round) {
            return reported.contains(date + "/" + round);
        }
    }

    /** It was there long ago; what was due before today is none of the story's business, nor are observations. */
    private Given.Compound compound(String name) throws SQLException {
        var compound = given.compound(name);
        for (int days = 1; days <= 10; days++) {
            for (var mark : DayMark.values()) {
                run("insert into health_day_mark values (?, ?, ?, now(), now())", compound.id(), TODAY.minusDays(days), mark.name());
            }
        }
        for (int days = 0; days <= 1; days++) {
            run("insert into health_day_mark values (?, ?, 'OBSERVATION_REMINDER', now(), now())", compound.id(), TODAY.plusDays(days));
        }
        return compound;
    }

    @Test
    void dayOfTwoCompounds_600Residents_byTheMinute_onTwoInstances() throws Exception {
        var people = new ArrayList<Person>();
        var inGrid = new HashSet<UUID>();
        var compounds = List.of(compound("阳光花园"), compound("月桂苑"));
        for (var compound : compounds) {
            compound.grid("东片", "1", "2");
            inGrid.add(compound.building("1"));
            inGrid.add(compound.building("2"));
            for (int place = 0; place < 60; place++) {
                people.addAll(family(compound.household("%d-1-%d".formatted(place % 3 + 1, 101 + place)), 5, place % 7 != 0));
            }
        }
        yesterday(people, 5);
        minute("08:59:59.999", 0);
        assertEquals(Map.of(), messages());
        // some reported early: their household is not reminded
        for (int i = 0; i < people.size(); i += 4) {
            report(people.get(i), TODAY, Round.MORNING, "08:30:00");
        }
        minute("09:00:00", 2);
        assertEquals(householdsMissing(people, Round.MORNING), messages().get("ROUND_REMINDER"));
        minute("09:01:00", 0);
        for (int i = 0; i < people.size(); i++) {
            if (i % 9 != 0) {
                report(people.get(i), TODAY, Round.MORNING, "09:20:00");
            }
            if (i % 5 == 0) {
                report(people.get(i), TODAY, Round.AFTERNOON, "14:30:00");
            }
        }
        int atNine = messages().get("ROUND_REMINDER");
        minute("15:00:00", 2);
        assertEquals(atNine + householdsMissing(people, Round.AFTERNOON), messages().get("ROUND_REMINDER"));
        for (int i = 0; i < people.size(); i++) {
            if (i % 6 != 0) {
                report(people.get(i), TODAY, Round.AFTERNOON, "15:10:00");
            }
        }
        minute("15:45:00", 2);
        assertEquals(householdsMissing(people, Round.MORNING, Round.AFTERNOON), messages().get("ROUND_MISSING"));
        minute("15:54:59", 0);
        minute("15:55:00", 2);
        assertEquals(people.stream().filter(person -> !person.has(TODAY, Round.MORNING) || !person.has(TODAY, Round.AFTERNOON))
                .map(person -> person.home.compoundId() + (inGrid.contains(person.home.buildingId()) ? "/grid" : "/office")).distinct().count(),
                (long) messages().get("KNOCK_LIST"), "each grid's worker once, and the office for the building without a grid");
        for (int i = 0; i < people.size(); i += 12) {
            report(people.get(i), TODAY, Round.AFTERNOON, "15:59:59.999");
        }
        var onTime = people.stream().filter(person -> person.has(TODAY, Round.AFTERNOON)).count();
        minute("16:00:00", 0);
        for (int i = 0; i < people.size(); i += 24) {
            report(people.get(i + 6), TODAY, Round.AFTERNOON, "16:00:00");
        }
        minute("16:01:00", 4);
        assertEquals(onTime, count("select sum(reported)::int from health_round_count where round = 2"));
        assertEquals(people.stream().filter(person -> person.has(TODAY, Round.MORNING)).count(),
                count("select sum(reported)::int from health_round_count where round = 1"));
        assertEquals(people.size() * 2, count("select sum(expected)::int from health_round_count"));
        var toCall = people.stream().filter(person -> !person.has(TODAY, Round.MORNING) && !person.has(TODAY, Round.AFTERNOON)).toList();
        assertTrue(toCall.size() > 3, "somebody is to be called");
        var expectedCalls = new TreeMap<String, Integer>();
        toCall.forEach(person -> expectedCalls.merge(person.home.compoundId() + (inGrid.contains(person.home.buildingId()) ? "/grid" : "/office"), 1, Integer::sum));
        assertEquals(expectedCalls, calls());
        assertEquals(toCall.stream().map(person -> person.id).collect(java.util.stream.Collectors.toSet()),
                calledOf(Scope.ofCompounds(compounds.stream().map(Given.Compound::id).toList())));
        for (var time : List.of("16:02:00", "17:05:00", "23:59:59")) {
            minute(time, 0);
        }
    }

    @Test
    void missedHours_areCaughtUpAsFarAsTheyMakeSense() throws Exception {
        var people = family(compound("停电").household("1-1-101"), 3, true);
        at("2026-11-22T23:00:00");
        assertEquals(2, here.keepTheDay());
        assertEquals(Map.of("CALL_LIST", 1), messages(), "no reminder at 23:00, but the cut-off and the call list");
        assertEquals(people.size(), count("select expected from health_round_count where round = 1"));
        assertEquals(0, elsewhere.keepTheDay());
    }

    @Test
    void reminder_missedByARestart_isSentLater_andTheNextOneAtItsHour() throws Exception {
        family(compound("重启").household("1-1-101"), 2, true);
        at("2026-11-22T11:20:00");
        assertEquals(1, here.keepTheDay());
        at("2026-11-22T15:00:00");
        assertEquals(1, elsewhere.keepTheDay());
        assertEquals(Map.of("ROUND_REMINDER", 2), messages());
    }

    @Test
    void cutOff_countedLate_countsWhatWasInTime() throws Exception {
        var people = family(compound("迟到").household("1-1-101"), 4, true);
        report(people.get(0), TODAY, Round.MORNING, "09:00:00");
        report(people.get(1), TODAY, Round.MORNING, "16:30:00");
        run("update resident set moved_out_at = ? where id = ?", OffsetDateTime.parse("2026-11-22T12:00:00+08:00"), people.get(2).id);
        run("update resident set created_at = ? where id = ?", OffsetDateTime.parse("2026-11-22T18:00:00+08:00"), people.get(3).id);
        at("2026-11-23T08:00:00");
        assertEquals(2, here.keepTheDay());
        assertEquals(2, count("select expected from health_round_count where round = 1"), "one had left, one was not there yet");
        assertEquals(1, count("select reported from health_round_count where round = 1"));
    }

    @Test
    void faultInOneCompound_stopsNoOther_andIsTriedAgain() throws Exception {
        var broken = compound("坏");
        family(broken.household("1-1-101"), 1, true);
        family(compound("好").household("1-1-101"), 1, true);
        run("alter table outbox_message add constraint broken check (compound_id <> '" + broken.id() + "')");
        at("2026-11-22T09:00:00");
        assertThrows(RuntimeException.class, here::keepTheDay);
        assertEquals(1, count("select count(*) from outbox_message"));
        run("alter table outbox_message drop constraint broken");
        assertEquals(1, elsewhere.keepTheDay(), "its mark had gone with its effect");
        assertEquals(2, count("select count(*) from outbox_message"));
    }

    @Test
    void emptyCompound_countsZero() throws Exception {
        compound("空");
        at("2026-11-22T16:01:00");
        here.keepTheDay();
        assertEquals(2, count("select count(*) from health_round_count where expected = 0 and reported = 0"));
        assertEquals(Map.of(), messages());
    }

    @Test
    void policyOfTheCompound_movesItsHours() throws Exception {
        var early = given.compound("早").withPolicy("morningRoundAt", "\"08:30\"");
        for (int days = 1; days <= 10; days++) {
            run("insert into health_day_mark select ?, ?, m, now(), now() from unnest(array['CUT_OFF', 'CALL_LIST']) as m", early.id(), TODAY.minusDays(days));
        }
        run("insert into health_day_mark values (?, ?, 'OBSERVATION_REMINDER', now(), now())", early.id(), TODAY);
        family(early.household("1-1-101"), 1, true);
        family(compound("常").household("1-1-101"), 1, true);
        at("2026-11-22T08:30:00");
        assertEquals(1, here.keepTheDay());
        assertEquals(1, count("select count(*) from outbox_message where compound_id = '" + early.id() + "' and arguments_chinese[1] = '8:30'"));
    }

    @Test
    void callList_needsTwoMissedInARow_andWhoReportsDropsOff() throws Exception {
        var compound = compound("电话");
        var home = compound.household("1-1-101");
        var people = family(home, 4, true);
        for (var person : people) {
            report(person, TODAY.minusDays(1), Round.AFTERNOON, "15:00:00");
        }
        report(people.get(1), TODAY, Round.MORNING, "09:00:00");
        report(people.get(2), TODAY, Round.AFTERNOON, "15:00:00");
        var office = Scope.ofCompounds(List.of(compound.id()));
        at("2026-11-22T15:59:59.999");
        assertEquals(Set.of(), calledOf(office));
        at("2026-11-22T16:00:00");
        assertEquals(Set.of(people.get(0).id, people.get(3).id), calledOf(office));
        assertEquals(List.of(2, 2), here.callList(office, new Page.Request(50, null)).items().stream().map(DayActions.Call::missedRounds).toList());
        report(people.get(0), TODAY, Round.MORNING, "16:20:00");
        assertEquals(Set.of(people.get(3).id), calledOf(office));
        at("2026-11-23T10:00:00");
        report(people.get(3), TODAY.plusDays(1), Round.MORNING, "09:00:00");
        assertEquals(Set.of(), calledOf(office));
        assertEquals(Set.of(), calledOf(Scope.ofBuildings(compound.id(), List.of(Ids.next()))));
    }

    /** Two instances look at the clock at the same time, several times; together they must do so many things. */
    private void minute(String time, int expected) throws Exception {
        at("2026-11-22T" + time);
        var barrier = new CyclicBarrier(6);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var futures = IntStream.range(0, 6).mapToObj(i -> threads.submit(() -> {
                barrier.await();
                return (i % 2 == 0 ? here : elsewhere).keepTheDay();
            })).toList();
            int done = 0;
            for (var future : futures) {
                done += future.get();
            }
            assertEquals(expected, done, time);
        }
    }

    private void at(String time) {
        clock.set(time + "+08:00");
    }

    private List<Person> family(Given.Household home, int members, boolean withPhone) throws SQLException {
        var people = new ArrayList<Person>();
        for (int i = 0; i < members; i++) {
            people.add(new Person(Ids.next(), home));
            run("""
                    insert into resident (compound_id, id, household_id, building_id, name, relation, created_at, updated_at)
                    values (?, ?, ?, ?, ?, 'OTHER', '2026-01-01', '2026-01-01')""", home.compoundId(), people.getLast().id, home.id(),
                    home.buildingId(), "家人" + i);
        }
        if (withPhone) {
            run("update resident set account_id = ? where id = ?", Ids.next(), people.getFirst().id);
        } else {
            people.getFirst().reported.add("no account");
        }
        return people;
    }

    /** Everybody reported yesterday but every {@code nth}. */
    private void yesterday(List<Person> people, int nth) throws SQLException {
        for (int i = 0; i < people.size(); i++) {
            if (i % nth != 0) {
                report(people.get(i), TODAY.minusDays(1), Round.AFTERNOON, "15:00:00");
            }
        }
    }

    private void report(Person person, LocalDate date, Round round, String received) throws SQLException {
        if (person.reported.add(date + "/" + round)) {
            run("""
                    insert into health_report (compound_id, resident_id, report_date, round, household_id, building_id, temperature_tenths, symptoms,
                        status, reported_by, reported_as, received_at, version)
                    values (?, ?, ?, ?, ?, ?, 365, '{}', ?, ?, 'SELF', ?, 1)""", person.home.compoundId(), person.id, date, (int) round.number(),
                    person.home.id(), person.home.buildingId(), received.compareTo("16:00") < 0 ? "ON_TIME" : "LATE", person.id,
                    OffsetDateTime.parse(date + "T" + received + "+08:00"));
        }
    }

    private static int householdsMissing(List<Person> people, Round... rounds) {
        var byHome = new HashMap<UUID, List<Person>>();
        people.forEach(person -> byHome.computeIfAbsent(person.home.id(), id -> new ArrayList<>()).add(person));
        return (int) byHome.values().stream()
                .filter(family -> family.stream().noneMatch(person -> person.reported.contains("no account")))
                .filter(family -> family.stream().anyMatch(person -> List.of(rounds).stream().anyMatch(round -> !person.has(TODAY, round)))).count();
    }

    private Set<UUID> calledOf(Scope scope) {
        var ids = new HashSet<UUID>();
        String after = null;
        do {
            var page = here.callList(scope, new Page.Request(7, after));
            page.items().forEach(each -> assertTrue(ids.add(each.resident().residentId()), "twice"));
            after = page.next();
        } while (after != null);
        return ids;
    }

    private Map<String, Integer> messages() throws SQLException {
        var counts = new TreeMap<String, Integer>();
        try (var connection = rows.connect(); var statement = connection.createStatement();
             var found = statement.executeQuery("select template, count(*) from outbox_message group by 1")) {
            while (found.next()) {
                counts.put(found.getString(1), found.getInt(2));
            }
        }
        return counts;
    }

    private Map<String, Integer> calls() throws SQLException {
        var counts = new TreeMap<String, Integer>();
        try (var connection = rows.connect(); var statement = connection.createStatement(); var found = statement.executeQuery("""
                select compound_id || case recipient_role when 'OFFICE' then '/office' else '/grid' end, arguments_chinese[1]::int
                from outbox_message where template = 'CALL_LIST'""")) {
            while (found.next()) {
                counts.put(found.getString(1), found.getInt(2));
            }
        }
        return counts;
    }

    private int count(String sql) throws SQLException {
        try (var connection = rows.connect(); var statement = connection.createStatement(); var found = statement.executeQuery(sql)) {
            found.next();
            return found.getInt(1);
        }
    }

    private void run(String sql, Object... values) throws SQLException {
        if (own == null) {
            own = rows.connect();
        }
        try (var statement = own.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            statement.executeUpdate();
        }
    }
}
