package gatehouse.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.health.HealthActions.Command;
import gatehouse.health.HealthActions.Submitted;
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
import gatehouse.kernel.Page;
import gatehouse.kernel.Problem;
import gatehouse.kernel.ProblemType;
import gatehouse.kernel.Role;
import gatehouse.kernel.Scope;
import gatehouse.registry.Policies;
import gatehouse.support.Given;
import gatehouse.support.TestDatabase;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class HealthActionsTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 22);
    private static final TestDatabase ROWS = TestDatabase.fresh();
    private static final Given GIVEN = new Given(ROWS);
    private static Vertx vertx;
    private static Database database;
    private static Notifications notifications;
    private static HealthActions actions;
    /** A second instance of the product on the same database. */
    private static HealthActions elsewhere;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        database = new Database(vertx, ROWS.postgresUrl().connectOptions(), 8);
        notifications = new Notifications(vertx, ROWS.postgresUrl().connectOptions().getFirst());
        var clock = new BusinessClock(() -> Instant.parse("2026-11-22T01:30:00Z"));
        var threads = Executors.newVirtualThreadPerTaskExecutor();
        actions = new HealthActions(database, clock, threads, new Policies(database, database, clock, notifications));
        elsewhere = new HealthActions(database, clock, threads, new Policies(database, database, clock, notifications));
    }

    @AfterAll
    static void stop() {
        notifications.close();
        database.close();
        Await.on(vertx.close());
    }

    @Test
    void report_thenCorrection_keepsWhatItReplaced() {
        var home = GIVEN.compound("阳光花园").household("3-2-501");
        var resident = home.resident("王小明");
        var caller = resident(home, resident);
        var first = Await.on(submit(actions, caller, command(resident, 365), none()));
        var second = Await.on(submit(actions, caller, command(resident, 366), none()));
        assertEquals(201, first.status());
        assertEquals(200, second.status());
        var versions = actions.versions(resident(home, Ids.next()), id(resident));
        assertEquals(List.of(2, 1), versions.stream().map(each -> each.report().version()).toList());
        assertEquals(List.of(366, 365), versions.stream().map(each -> each.report().measurement().temperatureTenths()).toList());
        assertNotNull(versions.getLast().replacedAt());
    }

    @Test
    void sameKeyFiftyTimesAtOnce_onTwoInstances_isOneReport() {
        var home = GIVEN.compound("钥匙").household("1-1-101");
        var resident = home.resident("李红");
        var caller = resident(home, resident);
        var key = Optional.of(new IdempotencyKey(home.compoundId(), caller.accountId(), UUID.randomUUID(), new byte[] {1}));
        var answers = all(IntStream.range(0, 50).mapToObj(i -> submit(i % 2 == 0 ? actions : elsewhere, caller, command(resident, 365), key)));
        assertEquals(Set.of(201), new HashSet<>(answers.stream().map(Answer::status).toList()));
        assertEquals(49, answers.stream().filter(Answer::replayed).count());
        assertEquals(1, new HashSet<>(answers.stream().map(Answer::json).toList()).size());
        assertEquals(1, actions.versions(resident(home, Ids.next()), id(resident)).size());
    }

    @Test
    void sameKeyWithAnotherBody_isRefused_andNothingChanges() {
        var home = GIVEN.compound("换内容").household("1-1-101");
        var resident = home.resident("李红");
        var caller = resident(home, resident);
        var key = UUID.randomUUID();
        Await.on(submit(actions, caller, command(resident, 365),
                Optional.of(new IdempotencyKey(home.compoundId(), caller.accountId(), key, new byte[] {1}))));
        var other = submit(actions, caller, command(resident, 366),
                Optional.of(new IdempotencyKey(home.compoundId(), caller.accountId(), key, new byte[] {2})));
        assertEquals(ProblemType.KEY_REUSED, assertThrows(Problem.class, () -> Await.on(other)).type());
        assertEquals(1, actions.versions(resident(home, Ids.next()), id(resident)).size());
    }

    @Test
    void sameKey_whereTheReportWouldBeRefusedByNow_isAnsweredAsAtFirst() {
        var home = GIVEN.compound("迟到的重复").household("1-1-101");
        var resident = home.resident("李红");
        var caller = resident(home, resident);
        var key = UUID.randomUUID();
        var command = new Command(resident, TODAY.minusDays(3), Round.MORNING, new Measurement(365, List.of(), null));
        var kept = Optional.of(new IdempotencyKey(home.compoundId(), caller.accountId(), key, new byte[] {1}));
        var first = Await.on(submit(actions, caller, command, kept));
        var tomorrow = new BusinessClock(() -> Instant.parse("2026-11-23T01:30:00Z"));
        var later = new HealthActions(database, tomorrow, Executors.newVirtualThreadPerTaskExecutor(), new Policies(database, database, tomorrow, notifications));
        var refused = assertThrows(Problem.class, () -> Await.on(submit(later, caller, command, none())));
        assertEquals(ProblemType.REPORT_TOO_OLD, refused.type());
        var again = Await.on(submit(later, caller, command, kept));
        assertTrue(again.replayed());
        assertEquals(first.json(), again.json());
        var other = Optional.of(new IdempotencyKey(home.compoundId(), caller.accountId(), key, new byte[] {2}));
        assertEquals(ProblemType.KEY_REUSED, assertThrows(Problem.class, () -> Await.on(submit(later, caller, command, other))).type());
    }

    @Test
    void list_ofManyHouseholdsAtOnce_givesEachItsOwnPage() {
        var compound = GIVEN.compound("翻页");
        var asked = new ArrayList<Future<Page<HealthStore.NamedReport>>>();
        var homes = IntStream.range(0, 20).mapToObj(i -> compound.household("1-1-" + (101 + i))).toList();
        for (int i = 0; i < homes.size(); i++) {
            var resident = homes.get(i).resident("居民" + i);
            for (int day = 0; day <= i % 4; day++) {
                Await.on(submit(actions, resident(homes.get(i), resident),
                        new Command(resident, TODAY.minusDays(day), Round.MORNING, new Measurement(360 + i, List.of(), null)), none()));
            }
        }
        homes.forEach(home -> asked.add(actions.list(resident(home, Ids.next()), scope(home), null, null, null, new Page.Request(2, null))));
        for (int i = 0; i < homes.size(); i++) {
            int tenths = 360 + i;
            var page = Await.on(asked.get(i));
            assertEquals(Math.min(2, i % 4 + 1), page.items().size());
            assertEquals(i % 4 + 1 > 2, page.next() != null);
            assertTrue(page.items().stream().allMatch(each -> each.report().measurement().temperatureTenths() == tenths));
            assertEquals(TODAY, page.items().getFirst().report().key().date());
        }
    }

    @Test
    void correctionsAtOnce_onTwoInstances_allCountAndNoneIsLost() {
        var home = GIVEN.compound("更正").household("1-1-101");
        var resident = home.resident("赵强");
        var caller = resident(home, resident);
        Await.on(submit(actions, caller, command(resident, 360), none()));
        var answers = all(IntStream.range(1, 41).mapToObj(i -> submit(i % 2 == 0 ? actions : elsewhere, caller, command(resident, 340 + i), none())));
        assertTrue(answers.stream().allMatch(answer -> answer.status() == 200));
        var versions = actions.versions(resident(home, Ids.next()), id(resident));
        var seen = new HashSet<>(versions.stream().map(each -> each.report().measurement().temperatureTenths()).toList());
        assertEquals(IntStream.rangeClosed(1, versions.size()).boxed().toList().reversed(),
                versions.stream().map(each -> each.report().version()).toList());
        for (int i = 1; i < 41; i++) {
            assertTrue(seen.contains(340 + i), "lost the correction to " + (340 + i));
        }
    }

    @Test
    void firstReportsAtOnce_onTwoInstances_areOneReportAndCorrections() {
        var home = GIVEN.compound("同时").household("1-1-101");
        var caller = resident(home, home.resident("户主"));
        for (int story = 0; story < 20; story++) {
            var resident = home.resident("家人" + story);
            var answers = all(IntStream.range(0, 8).mapToObj(i -> submit(i % 2 == 0 ? actions : elsewhere, caller, command(resident, 360 + i), none())));
            assertEquals(1, answers.stream().filter(answer -> answer.status() == 201).count());
            assertEquals(8, actions.versions(resident(home, Ids.next()), id(resident)).size());
        }
    }

    @Test
    void feversAtOnce_onTwoInstances_openOneAlert() throws Exception {
        var home = GIVEN.compound("发热").household("1-1-101");
        var resident = home.resident("孙丽");
        var caller = resident(home, resident);
        all(IntStream.range(0, 20).mapToObj(i -> submit(i % 2 == 0 ? actions : elsewhere, caller,
                new Command(resident, TODAY.minusDays(i % 3), Round.MORNING, new Measurement(380 + i, List.of(), null)), none())));
        try (var connection = ROWS.connect(); var statement = connection.prepareStatement("""
                select count(*), count(*) filter (where a.id = (select distinct alert_id from health_report p
                    where p.resident_id = a.resident_id)) from health_alert a where a.resident_id = ?""")) {
            statement.setObject(1, resident);
            try (var rows = statement.executeQuery()) {
                rows.next();
                assertEquals(1, rows.getInt(1));
                assertEquals(1, rows.getInt(2), "every report points to the one alert");
            }
        }
    }

    @Test
    void poisonedMember_neverTakesOthersDown() {
        var home = GIVEN.compound("毒").household("1-1-101");
        var head = home.resident("户主");
        var caller = resident(home, head);
        var futures = new ArrayList<Future<Answer>>();
        var residents = IntStream.range(0, 30).mapToObj(i -> home.resident("邻居" + i)).toList();
        for (int i = 0; i < residents.size(); i++) {
            // 0x00 cannot be stored; the contract refuses it, so this is what a bug would let through.
            var note = i == 17 ? "bad\u0000" : "ok";
            futures.add(submit(actions, caller, new Command(residents.get(i), TODAY, Round.MORNING, new Measurement(365, List.of(), note)), none()));
        }
        int failed = 0;
        for (int i = 0; i < futures.size(); i++) {
            try {
                assertEquals(201, Await.on(futures.get(i)).status());
                assertEquals(1, actions.versions(resident(home, Ids.next()), id(residents.get(i))).size());
            } catch (RuntimeException poisoned) {
                assertEquals(17, i);
                failed++;
            }
        }
        assertEquals(1, failed);
    }

    @Test
    void refusedMember_doesNotSpoilTheList() {
        var home = GIVEN.compound("未来").household("1-1-101");
        var resident = home.resident("周涛");
        var caller = resident(home, resident);
        var refused = submit(actions, caller, new Command(resident, TODAY.plusDays(1), Round.MORNING, new Measurement(365, List.of(), null)), none());
        var taken = submit(actions, caller, command(resident, 365), none());
        assertEquals(ProblemType.BAD_INPUT, assertThrows(Problem.class, () -> Await.on(refused)).type());
        assertEquals(201, Await.on(taken).status());
    }

    @Test
    void residentOfAnotherHousehold_isNotFound() {
        var compound = GIVEN.compound("隔壁");
        var home = compound.household("1-1-101");
        var neighbour = compound.household("1-1-102").resident("邻居");
        var caller = resident(home, home.resident("我"));
        var answer = submit(actions, caller, command(neighbour, 365), none());
        assertEquals(ProblemType.NOT_FOUND, assertThrows(Problem.class, () -> Await.on(answer)).type());
    }

    @Test
    void missingList_namesWhoIsMissing_andCountsTheirRounds() {
        var compound = GIVEN.compound("缺报");
        var home = compound.household("2-1-301");
        var reports = home.resident("已报");
        var once = home.resident("缺一轮");
        var other = compound.household("3-1-301").resident("别楼");
        var caller = resident(home, reports);
        Await.on(submit(actions, caller, command(reports, 365), none()));
        Await.on(submit(actions, caller, new Command(once, TODAY.minusDays(1), Round.AFTERNOON, new Measurement(365, List.of(), null)), none()));
        var office = Scope.ofCompounds(List.of(compound.id()));
        var all = actions.missing(office, TODAY, Round.MORNING, null, new Page.Request(50, null)).items();
        assertEquals(List.of("缺一轮", "别楼"), all.stream().map(HealthStore.Missing::name).toList());
        assertEquals(1, missed(all.getFirst()));
        assertTrue(missed(all.getLast()) > 600, "since the first day");
        assertEquals(List.of("缺一轮"), actions.missing(office, TODAY, Round.MORNING, "2", new Page.Request(50, null)).items().stream()
                .map(HealthStore.Missing::name).toList());
        var grid = Scope.ofBuildings(compound.id(), List.of(compound.building("3")));
        assertEquals(List.of(other), actions.missing(grid, TODAY, Round.MORNING, null, new Page.Request(50, null)).items().stream()
                .map(HealthStore.Missing::residentId).toList());
    }

    @Test
    void missingList_inPages_showsEverybodyOnce() {
        var compound = GIVEN.compound("分页");
        for (int room = 101; room <= 112; room++) {
            var home = compound.household("1-1-" + room);
            home.resident("甲");
            home.resident("乙");
        }
        var office = Scope.ofCompounds(List.of(compound.id()));
        var seen = new ArrayList<UUID>();
        String after = null;
        do {
            var page = actions.missing(office, TODAY, Round.MORNING, null, new Page.Request(5, after));
            page.items().forEach(each -> seen.add(each.residentId()));
            after = page.next();
        } while (after != null);
        assertEquals(24, seen.size());
        assertEquals(24, new HashSet<>(seen).size());
    }

    @Test
    void history_inPages_isStableUnderInserts() {
        var home = GIVEN.compound("历史").household("1-1-101");
        var resident = home.resident("吴");
        var caller = resident(home, resident);
        for (int day = 0; day < 4; day++) {
            for (var round : Round.values()) {
                if (day > 0 || round == Round.MORNING) {
                    Await.on(submit(actions, caller, new Command(resident, TODAY.minusDays(Math.min(day, 3)), round, new Measurement(360 + day, List.of(), null)), none()));
                }
            }
        }
        var first = Await.on(actions.list(resident(home, Ids.next()), scope(home), resident, null, null, new Page.Request(3, null)));
        var newcomer = home.resident("新");
        Await.on(submit(actions, caller, command(newcomer, 365), none()));
        var second = Await.on(actions.list(resident(home, Ids.next()), scope(home), resident, null, null, new Page.Request(50, first.next())));
        var ids = new HashSet<String>();
        first.items().forEach(each -> assertTrue(ids.add(each.report().key().id())));
        second.items().forEach(each -> assertTrue(ids.add(each.report().key().id())));
        assertEquals(7, ids.size());
        assertFalse(first.items().getFirst().report().key().date().isBefore(second.items().getLast().report().key().date()));
    }

    @Test
    void policyOfTheCompound_movesTheFeverLine() throws Exception {
        var compound = GIVEN.compound("严格").withPolicy("feverAbove", "36.9");
        var home = compound.household("1-1-101");
        var resident = home.resident("郑");
        var answer = Await.on(submit(actions, resident(home, resident), command(resident, 370), none()));
        assertTrue(answer.json().contains("alertId"), answer.json());
    }

    @Test
    void policyOfTheCompound_saysWhatIsBelieved_butAGuardsReadingIsKept() throws Exception {
        var compound = GIVEN.compound("严格").withPolicy("plausibleTemperatureMax", "42.0");
        var home = compound.household("1-1-101");
        var resident = home.resident("郑");
        for (int tenths : List.of(339, 421)) {
            var refused = assertThrows(Problem.class, () -> Await.on(submit(actions, resident(home, resident), command(resident, tenths), none())));
            assertEquals("/temperature", refused.errors().getFirst().pointer());
        }
        Await.on(submit(actions, resident(home, resident), command(resident, 420), none()));
        Await.on(actions.measuredAtGate(resident(home, resident), scope(home), resident, 421, OffsetDateTime.parse("2026-11-22T09:30:00+08:00")));
        assertEquals(421, Await.on(actions.list(resident(home, Ids.next()), scope(home), resident, null, null, new Page.Request(3, null))).items().getFirst().report().measurement().temperatureTenths());
    }

    private static int missed(HealthStore.Missing missing) {
        return HealthPolicy.missedRounds(new RoundKey(missing.residentId(), TODAY, Round.MORNING), missing.lastReport(), missing.firstDay());
    }

    private static Caller resident(Given.Household home, UUID resident) {
        return new Caller(Ids.next(), home.compoundId(), Ids.next(), resident, home.id(),
                List.of(new Caller.Grant(Role.RESIDENT, scope(home))));
    }

    private static Scope scope(Given.Household home) {
        return Scope.ofHousehold(home.compoundId(), home.id());
    }

    private static Command command(UUID resident, int tenths) {
        return new Command(resident, null, null, new Measurement(tenths, List.of(), null));
    }

    private static Optional<IdempotencyKey> none() {
        return Optional.empty();
    }

    private static String id(UUID resident) {
        return new RoundKey(resident, TODAY, Round.MORNING).id();
    }

    private static Future<Answer> submit(HealthActions where, Caller caller, Command command, Optional<IdempotencyKey> key) {
        return where.submit(caller, caller.scopeBy(Set.of(Role.RESIDENT)), command,
                new Once<>(key, (Submitted done) -> Reply.answer(done.first() ? 201 : 200, body(done))));
    }

    private static Map<String, Object> body(Submitted done) {
        var alertId = done.report().alertId();
        return alertId == null ? Map.of("id", done.report().key().id()) : Map.of("id", done.report().key().id(), "alertId", alertId);
    }

    private static List<Answer> all(java.util.stream.Stream<Future<Answer>> futures) {
        var started = futures.toList();
        return started.stream().map(Await::on).toList();
    }
}
