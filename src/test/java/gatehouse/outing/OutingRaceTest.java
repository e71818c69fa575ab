package gatehouse.outing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.http.Caller;
import gatehouse.http.Reply;
import gatehouse.kernel.Answer;
import gatehouse.kernel.Await;
import gatehouse.kernel.BusinessClock;
import gatehouse.kernel.Database;
import gatehouse.kernel.IdempotencyKey;
import gatehouse.kernel.Ids;
import gatehouse.kernel.Notifications;
import gatehouse.kernel.Once;
import gatehouse.kernel.Problem;
import gatehouse.kernel.ProblemType;
import gatehouse.kernel.Role;
import gatehouse.kernel.Scope;
import gatehouse.outing.OutingIntake.Wish;
import gatehouse.registry.Policies;
import gatehouse.support.Given;
import gatehouse.support.TestDatabase;
import gatehouse.support.TestKeys;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two instances of the product on one database, at eight in the morning, when nothing has to be reported yet. */
class OutingRaceTest {
    private static final int CAPACITY = 200;
    private static final int HOUSEHOLDS = 10_000;
    private static final TestDatabase ROWS = TestDatabase.fresh();
    private static final Given GIVEN = new Given(ROWS);
    private static Vertx vertx;
    private static final List<Database> DATABASES = new ArrayList<>();
    private static Notifications notifications;
    private static final List<OutingIntake> INSTANCES = new ArrayList<>();
    private static OutingActions days;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        notifications = new Notifications(vertx, ROWS.postgresUrl().connectOptions().getFirst());
        var clock = new BusinessClock(() -> Instant.parse("2026-11-22T00:00:00Z"));
        var threads = Executors.newVirtualThreadPerTaskExecutor();
        for (int i = 0; i < 2; i++) {
            var database = new Database(vertx, ROWS.postgresUrl().connectOptions(), 8);
            DATABASES.add(database);
            INSTANCES.add(new OutingIntake(database, clock, threads, new Policies(database, database, clock, notifications)));
        }
        var policies = new Policies(DATABASES.getFirst(), DATABASES.getFirst(), clock, notifications);
        days = new OutingActions(DATABASES.getFirst(), clock, policies, new WaitActions(DATABASES.getFirst(), clock, policies), TestKeys.audit());
    }

    @AfterAll
    static void stop() {
        notifications.close();
        DATABASES.forEach(Database::close);
        Await.on(vertx.close());
    }

    private record Person(UUID household, UUID resident) {
    }

    /** As many households as are wanted, each with one adult. */
    private static List<Person> people(Given.Compound compound) throws SQLException {
        var first = compound.household("1-1-101");
        try (var connection = ROWS.connect(); var statement = connection.createStatement()) {
            statement.executeUpdate("""
                    with homes as (
                        insert into household (compound_id, id, building_id, unit_id, room, label, created_at)
                        select h.compound_id, gen_random_uuid(), h.building_id, h.unit_id, 'r' || n, '1-1-r' || n, h.created_at
                        from household h, generate_series(1, %d) n where h.id = '%s'
                        returning compound_id, id, building_id, created_at)
                    insert into resident (compound_id, id, household_id, building_id, name, relation, born_on, created_at, updated_at)
                    select compound_id, gen_random_uuid(), id, building_id, '某人', 'HEAD', date '1980-01-01', created_at, created_at from homes"""
                    .formatted(HOUSEHOLDS, first.id()));
            var people = new ArrayList<Person>();
            try (var rows = statement.executeQuery("select household_id, id from resident where compound_id = '" + compound.id() + "'")) {
                while (rows.next()) {
                    people.add(new Person(rows.getObject(1, UUID.class), rows.getObject(2, UUID.class)));
                }
            }
            return people;
        }
    }

    private static Future<Answer> ask(int instance, UUID compound, Person person, PassKind kind, SlotKey slot, Optional<IdempotencyKey> key) {
        var scope = Scope.ofHousehold(compound, person.household);
        var caller = new Caller(person.resident, compound, Ids.next(), person.resident, person.household, List.of(new Caller.Grant(Role.RESIDENT, scope)));
        return INSTANCES.get(instance % 2).request(caller, scope, new Wish(null, kind, slot, null, null, null),
                new Once<>(key, named -> Reply.answer(201, Map.of("id", named.pass().id()))));
    }

    /** How often each was answered: {@code 201}, or the problem's type. */
    private static Map<String, Integer> counts(List<Future<Answer>> answers) {
        var counts = new HashMap<String, Integer>();
        for (var answer : answers) {
            String told;
            try {
                told = String.valueOf(Await.on(answer).status());
            } catch (Problem refused) {
                told = refused.type().slug();
            }
            counts.merge(told, 1, Integer::sum);
        }
        return counts;
    }

    private static long number(String sql, UUID compound) throws SQLException {
        try (var connection = ROWS.connect(); var statement = connection.prepareStatement(sql)) {
            statement.setObject(1, compound);
            try (var rows = statement.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }

    private static SlotKey slot(UUID gate, String time) {
        return new SlotKey(gate, OffsetDateTime.parse("2026-11-22T" + time + ":00+08:00"));
    }

    @Test
    void lastPlaces_askedForByThousandsOnTwoInstances_areSoldExactlyOnce() throws SQLException {
        var compound = GIVEN.compound("抢票").withPolicy("outingSlotCapacity", String.valueOf(CAPACITY));
        var slot = slot(compound.gate("东门"), "10:00");
        var answers = new ArrayList<Future<Answer>>();
        int turn = 0;
        for (var person : people(compound)) {
            answers.add(ask(turn++, compound.id(), person, PassKind.SUPPLIES, slot, Optional.empty()));
        }
        assertEquals(Map.of("201", CAPACITY, ProblemType.SLOT_FULL.slug(), HOUSEHOLDS - CAPACITY), counts(answers));
        assertEquals(CAPACITY, number("select taken from outing_slot where compound_id = ?", compound.id()));
        assertEquals(CAPACITY, number("select count(*) from outing_pass where compound_id = ? and state = 'APPROVED'", compound.id()));
        assertEquals(HOUSEHOLDS, number("select count(*) from outing_request where compound_id = ?", compound.id()), "each with its facts");
    }

    @Test
    void household_askingForEverySlotAtOnce_onTwoInstances_getsOneOuting() throws SQLException {
        var compound = GIVEN.compound("一户");
        var gate = compound.gate("东门");
        var home = compound.household("1-1-101");
        var members = List.of(home.resident("甲", LocalDate.of(1980, 1, 1)), home.resident("乙", LocalDate.of(1981, 1, 1)));
        var answers = new ArrayList<Future<Answer>>();
        for (int i = 0; i < 200; i++) {
            answers.add(ask(i, compound.id(), new Person(home.id(), members.get(i / 2 % 2)), PassKind.SUPPLIES,
                    slot(gate, "%02d:%s".formatted(9 + i % 10, i % 3 == 0 ? "00" : "30")), Optional.empty()));
        }
        assertEquals(Map.of("201", 1, ProblemType.QUOTA_USED.slug(), 199), counts(answers));
        assertEquals(1, number("select sum(taken) from outing_slot where compound_id = ?", compound.id()));
    }

    /** Somebody who books for the household in a transaction of their own and does not wait for anybody. */
    private static void bookUnseen(Connection connection, Given.Household home, UUID resident, LocalDate date) throws SQLException {
        try (var statement = connection.createStatement()) {
            var pass = Ids.next();
            statement.executeUpdate("""
                    insert into outing_pass (compound_id, id, household_id, building_id, resident_id, kind, state, outing_date, valid_from, leave_by,
                        valid_until, colour, requested_at, decided_by, decided_at, code_number, version)
                    select compound_id, '%1$s', household_id, building_id, id, 'SUPPLIES', 'RETURNED', '%3$s', timestamptz '%3$s 10:00+08',
                        timestamptz '%3$s 11:00+08', timestamptz '%3$s 13:00+08', 'PINK', now(), 'RULE', now(), %4$d, 1
                    from resident where id = '%2$s'""".formatted(pass, resident, date, pass.getLeastSignificantBits()));
            statement.executeUpdate("""
                    insert into outing_quota_day (compound_id, household_id, quota_date, place, pass_id)
                    select compound_id, household_id, outing_date + n, 1, id from outing_pass, generate_series(0, 1) n where id = '%s'""".formatted(pass));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-11-21", "2026-11-22", "2026-11-23"})
    void quota_isHeldByItsKey_alsoAgainstWhoDoesNotHoldTheHousehold(LocalDate date) throws Exception {
        var compound = GIVEN.compound("配额");
        var gate = compound.gate("东门");
        var home = compound.household("1-1-101");
        var resident = home.resident("甲", LocalDate.of(1980, 1, 1));
        try (var connection = ROWS.connect()) {
            connection.setAutoCommit(false);
            bookUnseen(connection, home, resident, date);
            var asked = ask(0, compound.id(), new Person(home.id(), resident), PassKind.SUPPLIES, slot(gate, "10:00"), Optional.empty());
            while (number("select count(*) from pg_locks where not granted and ?::uuid is not null", compound.id()) == 0) {
                assertFalse(asked.isComplete(), "it waits for nobody");
                Thread.sleep(5);
            }
            connection.commit();
            assertEquals(Map.of(ProblemType.QUOTA_USED.slug(), 1), counts(List.of(asked)));
        }
        assertEquals(1, number("select count(*) from outing_pass where compound_id = ?", compound.id()));
        assertEquals(0, number("select coalesce(sum(taken), 0) from outing_slot where compound_id = ?", compound.id()));
    }

    @Test
    void quotaThatIsFreeAgain_isNotHeldByWhatWas() throws Exception {
        var compound = GIVEN.compound("两人").withPolicy("suppliesPassMembers", "2");
        var gate = compound.gate("东门");
        var home = compound.household("1-1-101");
        var members = new ArrayList<Person>();
        for (int i = 0; i < 3; i++) {
            members.add(new Person(home.id(), home.resident("居民", LocalDate.of(1980, 1, 1))));
        }
        for (var expected : List.of("201", "201", ProblemType.QUOTA_USED.slug())) {
            int turn = (int) number("select count(*) from outing_request where compound_id = ?", compound.id());
            assertEquals(Map.of(expected, 1), counts(List.of(ask(turn, compound.id(), members.get(turn), PassKind.SUPPLIES, slot(gate, "10:00"), Optional.empty()))));
        }
        try (var connection = ROWS.connect(); var statement = connection.createStatement()) {
            statement.executeUpdate("update outing_pass set state = 'CANCELLED' where compound_id = '%s' and resident_id = '%s'"
                    .formatted(compound.id(), members.getFirst().resident));
        }
        assertEquals(Map.of("201", 1), counts(List.of(ask(0, compound.id(), members.get(2), PassKind.SUPPLIES, slot(gate, "11:00"), Optional.empty()))));
        assertEquals(2, number("select count(distinct pass_id) from outing_quota_day where compound_id = ?", compound.id()));
        assertEquals(2, number("select count(distinct place) from outing_quota_day where compound_id = ?", compound.id()));
    }

    @Test
    void sameKeyFiftyTimesAtOnce_onTwoInstances_isOnePass() throws SQLException {
        var compound = GIVEN.compound("钥匙");
        var slot = slot(compound.gate("东门"), "10:00");
        var home = compound.household("1-1-101");
        var person = new Person(home.id(), home.resident("甲", LocalDate.of(1980, 1, 1)));
        var key = Optional.of(new IdempotencyKey(compound.id(), person.resident, UUID.randomUUID(), new byte[] {1}));
        var answers = new ArrayList<Future<Answer>>();
        for (int i = 0; i < 50; i++) {
            answers.add(ask(i, compound.id(), person, PassKind.SUPPLIES, slot, key));
        }
        assertEquals(Map.of("201", 50), counts(answers));
        assertEquals(1, answers.stream().map(answer -> Await.on(answer).json()).distinct().count());
        assertEquals(49, answers.stream().filter(answer -> Await.on(answer).replayed()).count());
        assertEquals(1, number("select count(*) from outing_pass where compound_id = ?", compound.id()));
        assertTrue(number("select taken from outing_slot where compound_id = ?", compound.id()) == 1);
    }

    @Test
    void dayThatIsClosedWhileHundredsBookIt_hasNoPassThatIsGood_andEachHouseholdIsTold() throws Exception {
        var compound = GIVEN.compound("关门").withPolicy("outingSlotCapacity", String.valueOf(CAPACITY));
        var gate = compound.gate("东门");
        var office = new Caller(Ids.next(), compound.id(), Ids.next(), null, null, List.of(new Caller.Grant(Role.OFFICE, Scope.ofCompounds(List.of(compound.id())))));
        var answers = new ArrayList<Future<Answer>>();
        int turn = 0;
        for (var person : people(compound).subList(0, 2_000)) {
            var slot = slot(gate, "%02d:00".formatted(10 + turn % 5));
            answers.add(ask(turn++, compound.id(), person, PassKind.SUPPLIES, slot, Optional.empty()));
            if (turn == 1_000) {
                Await.on(answers.get(100).transform(done -> Future.succeededFuture()));
                days.setDay(office, Scope.ofCompounds(List.of(compound.id())), gate, LocalDate.of(2026, 11, 22), 0, "消杀");
            }
        }
        int booked = counts(answers).getOrDefault("201", 0);
        assertTrue(booked > 0, "some were faster");
        assertEquals(0, number("select count(*) from outing_pass where compound_id = ? and state <> 'CANCELLED'", compound.id()));
        assertEquals(0, number("select sum(taken) from outing_slot where compound_id = ?", compound.id()));
        assertEquals(booked, number("select count(*) from outing_pass where compound_id = ? and decision_reason = '消杀'", compound.id()));
        assertEquals(booked, number("select count(*) from outbox_message where template = 'PASS_GATE_CLOSED' and compound_id = ?", compound.id()));
        assertEquals(0, days.cancelClosed(), "nothing was left for the clock");
    }
}
