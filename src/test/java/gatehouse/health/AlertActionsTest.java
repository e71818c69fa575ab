package gatehouse.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.health.AlertActions.View;
import gatehouse.health.AlertActions.Wish;
import gatehouse.health.AlertStore.Filter;
import gatehouse.health.HealthActions.Command;
import gatehouse.http.Caller;
import gatehouse.http.Reply;
import gatehouse.kernel.Answer;
import gatehouse.kernel.Await;
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
import gatehouse.support.TestClock;
import gatehouse.support.TestDatabase;
import gatehouse.support.TestKeys;
import io.vertx.core.Vertx;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AlertActionsTest {
    private static final TestDatabase ROWS = TestDatabase.fresh();
    private static final Given GIVEN = new Given(ROWS);
    private static final TestClock CLOCK = new TestClock("2026-11-22T09:30:00+08:00");
    private static final Set<Role> STAFF = Set.of(Role.OFFICE, Role.GRID_WORKER, Role.HEALTH_CENTRE, Role.SUBDISTRICT);
    private static Vertx vertx;
    private static Database database;
    private static Notifications notifications;
    private static HealthActions reports;
    private static AlertActions alerts;
    /** A second instance of the product on the same database. */
    private static AlertActions elsewhere;

    private Given.Compound compound;
    private Given.Household home;
    private UUID resident;
    private Caller office;
    private Caller centre;
    private Caller subdistrict;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        database = new Database(vertx, ROWS.postgresUrl().connectOptions(), 8);
        notifications = new Notifications(vertx, ROWS.postgresUrl().connectOptions().getFirst());
        var clock = CLOCK.business();
        reports = new HealthActions(database, clock, Executors.newVirtualThreadPerTaskExecutor(), new Policies(database, database, clock, notifications));
        alerts = new AlertActions(database, clock, TestKeys.audit());
        elsewhere = new AlertActions(database, clock, TestKeys.audit());
    }

    @AfterAll
    static void stop() {
        notifications.close();
        database.close();
        Await.on(vertx.close());
    }

    @BeforeEach
    void aHome() {
        CLOCK.set("2026-11-22T09:30:00+08:00");
        compound = GIVEN.compound("阳光花园");
        home = compound.household("3-2-1402");
        resident = home.resident("王小明");
        office = staff(Role.OFFICE);
        centre = staff(Role.HEALTH_CENTRE);
        subdistrict = staff(Role.SUBDISTRICT);
    }

    @Test
    void fever_opensAnAlert_withItsReportAndItsDeadline() {
        fever(382);
        var view = only(office);
        assertEquals(AlertState.OPEN, view.alert().state());
        assertEquals(CLOCK.business().now().plusMinutes(10).toInstant(), view.alert().acknowledgeBy().toInstant());
        assertEquals(List.of(382), view.reports().stream().map(each -> each.measurement().temperatureTenths()).toList());
        assertTrue(view.reports().getFirst().opened());
        assertEquals("3-2-1402", view.alert().household());
        assertEquals(List.of(AlertEvent.ACKNOWLEDGE, AlertEvent.ESCALATE), view.possible());
    }

    @Test
    void furtherSymptoms_joinTheOpenAlert_andTheOfficeHearsOnceForEachRound() throws SQLException {
        fever(382);
        submit(Round.MORNING, 365, Symptom.DYSPNOEA);
        submit(Round.MORNING, 391);
        submit(Round.MORNING, 366);
        var view = only(office);
        assertEquals(List.of(382, 365, 391), view.reports().stream().map(each -> each.measurement().temperatureTenths()).toList());
        assertEquals(AlertState.OPEN, view.alert().state(), "a later normal reading closes nothing");
        assertEquals(1, messages("ALERT_OPENED"));
        assertEquals(1, messages("ALERT_JOINED"));
        CLOCK.set("2026-11-22T15:00:00+08:00");
        submit(Round.AFTERNOON, 385);
        assertEquals(2, messages("ALERT_JOINED"));
    }

    @Test
    void fullWay_acknowledgeEscalateTransferClose_leavesItsSteps() throws SQLException {
        var id = fever(382);
        step(office, id, AlertEvent.ACKNOWLEDGE, null);
        assertEquals(List.of(), seen(centre), "before the escalation the office is alone with it");
        assertEquals(List.of(), seen(subdistrict));
        CLOCK.move(Duration.ofMinutes(3));
        step(office, id, AlertEvent.ESCALATE, " 38.2 °C，气促 ");
        assertEquals(1, seen(centre).size());
        step(centre, id, AlertEvent.TRANSFER, "120 已派车");
        var done = step(centre, id, AlertEvent.CLOSE, "核酸阴性");
        assertEquals(AlertState.CLOSED, done.alert().state());
        assertEquals(List.of(AlertState.ACKNOWLEDGED, AlertState.ESCALATED, AlertState.TRANSFERRED, AlertState.CLOSED),
                done.steps().stream().map(each -> each.step().to()).toList());
        assertEquals(List.of(Role.OFFICE, Role.OFFICE, Role.HEALTH_CENTRE, Role.HEALTH_CENTRE),
                done.steps().stream().map(each -> each.step().by().role()).toList());
        assertEquals("38.2 °C，气促", done.steps().get(1).step().note());
        assertEquals(2, messages("ALERT_ESCALATED"), "the health centre and the subdistrict, once each");
        assertEquals(0, messages("ALERT_OVERDUE"));
    }

    @Test
    void subdistrict_seesNumbersButNoName() {
        var id = fever(382);
        step(office, id, AlertEvent.ESCALATE, "note");
        assertTrue(only(centre).named());
        assertEquals(false, only(subdistrict).named());
        assertEquals(List.of(AlertEvent.TRANSFER, AlertEvent.CLOSE), only(centre).possible());
        assertEquals(List.of(), only(subdistrict).possible());
    }

    @Test
    void gridWorker_seesWhatIsNotClosedInTheirBuildings_andActsOnNothing() {
        var id = fever(382);
        var neighbour = compound.household("4-1-101");
        submit(neighbour, neighbour.resident("邻居"), Round.MORNING, 390);
        var worker = caller(new Caller.Grant(Role.GRID_WORKER, Scope.ofBuildings(compound.id(), List.of(home.buildingId()))));
        assertEquals(List.of(id), seen(worker).stream().map(each -> each.alert().id()).toList());
        assertProblem(ProblemType.NOT_PERMITTED, () -> step(worker, id, AlertEvent.ACKNOWLEDGE, null));
        step(office, id, AlertEvent.ACKNOWLEDGE, null);
        step(office, id, AlertEvent.CLOSE, "误报");
        assertEquals(List.of(), seen(worker));
        assertProblem(ProblemType.NOT_FOUND, () -> alerts.find(worker, worker.scopeBy(STAFF), id));
    }

    @Test
    void anotherCompound_isNotFound() {
        var id = fever(382);
        var foreign = caller(new Caller.Grant(Role.OFFICE, Scope.ofCompounds(List.of(GIVEN.compound("月桂苑").id()))));
        assertProblem(ProblemType.NOT_FOUND, () -> step(foreign, id, AlertEvent.ACKNOWLEDGE, null));
        assertProblem(ProblemType.NOT_FOUND, () -> alerts.find(foreign, foreign.scopeBy(STAFF), id));
        assertProblem(ProblemType.NOT_FOUND, () -> step(centre, id, AlertEvent.TRANSFER, null));
    }

    @Test
    void closing_needsItsResult_andWhatWasSeen() {
        var id = fever(382);
        step(office, id, AlertEvent.ACKNOWLEDGE, null);
        int seen = only(office).alert().version();
        assertProblem(ProblemType.BAD_INPUT, () -> step(office, id, AlertEvent.CLOSE, "  "));
        submit(Round.MORNING, 395);
        assertProblem(ProblemType.NOT_ALLOWED_NOW, () -> answer(alerts, office, new Wish(id, AlertEvent.CLOSE, "误报", seen), Optional.empty()));
        answer(alerts, office, new Wish(id, AlertEvent.CLOSE, "误报", seen + 1), Optional.empty());
        assertEquals(AlertState.CLOSED, only(office).alert().state());
    }

    @Test
    void acknowledgedByManyAtOnce_onTwoInstances_isOneStep() {
        var id = fever(382);
        var outcomes = together(IntStream.range(0, 20).<Callable<Object>>mapToObj(i -> () -> {
            try {
                return answer(i % 2 == 0 ? alerts : elsewhere, office, new Wish(id, AlertEvent.ACKNOWLEDGE, null, null), Optional.empty());
            } catch (Problem problem) {
                return problem.type();
            }
        }));
        assertEquals(19, outcomes.stream().filter(ProblemType.NOT_ALLOWED_NOW::equals).count(), outcomes.toString());
        assertEquals(1, only(office).steps().size());
    }

    @Test
    void sameKey_again_isAnsweredWithTheStepTakenFirst() {
        var id = fever(382);
        var key = Optional.of(new IdempotencyKey(office.compoundId(), office.accountId(), UUID.randomUUID(), new byte[] {1}));
        var wish = new Wish(id, AlertEvent.ACKNOWLEDGE, null, null);
        var first = answer(alerts, office, wish, key);
        var second = answer(elsewhere, office, wish, key);
        assertEquals(false, first.replayed());
        assertTrue(second.replayed());
        assertEquals(first.json(), second.json());
        assertEquals(1, only(office).steps().size());
    }

    @Test
    void feverDuringSteps_joinsOrOpensAnew_andIsNeverLost() throws SQLException {
        for (int story = 0; story < 12; story++) {
            var member = home.resident("家人" + story);
            submit(home, member, Round.MORNING, 380);
            var id = alertsOf(member).getFirst();
            step(office, id, AlertEvent.ESCALATE, null);
            together(Stream.<Callable<Object>>of(
                    () -> step(centre, id, AlertEvent.TRANSFER, null),
                    () -> submit(home, member, Round.MORNING, 391),
                    () -> {
                        submit(home, member, Round.MORNING, 392);
                        return step(office, id, AlertEvent.CLOSE, "结束");
                    }));
            submit(home, member, Round.MORNING, 393);
            var ids = alertsOf(member);
            assertEquals(2, ids.size(), "closed, then opened anew");
            assertEquals(4, count("select count(*) from health_alert_report p join health_alert a on a.id = p.alert_id where a.resident_id = '"
                    + member + "'"), "every fever is in an alert");
            assertEquals(0, count("""
                    select count(*) from health_alert_report p join health_alert a on a.id = p.alert_id
                    join health_alert_step s on s.alert_id = a.id and s.to_state = 'CLOSED'
                    where s.version < (select count(*) + (select count(*) from health_alert_step x where x.alert_id = a.id)
                                       from health_alert_report y where y.alert_id = a.id)"""), "nothing joined what was closed");
        }
    }

    @Test
    void notAcknowledgedInTime_isEscalatedByTheClock_onceOnTwoInstances() throws SQLException {
        var id = fever(382);
        CLOCK.set("2026-11-22T09:39:59.999999+08:00");
        alerts.escalateOverdue();
        assertEquals(AlertState.OPEN, only(office).alert().state());
        CLOCK.set("2026-11-22T09:40:00+08:00");
        together(IntStream.range(0, 8).<Callable<Object>>mapToObj(i -> () -> (i % 2 == 0 ? alerts : elsewhere).escalateOverdue()));
        var view = only(centre);
        assertEquals(AlertState.ESCALATED, view.alert().state());
        assertEquals(1, view.steps().size());
        assertEquals(null, view.steps().getFirst().step().by());
        assertTrue(view.overdue());
        assertEquals(2, messages("ALERT_ESCALATED"));
        assertEquals(1, messages("ALERT_OVERDUE"));
        var taken = step(centre, id, AlertEvent.ACKNOWLEDGE, null);
        assertEquals(AlertState.ESCALATED, taken.alert().state());
        assertEquals(false, taken.overdue());
        assertProblem(ProblemType.NOT_ALLOWED_NOW, () -> step(office, id, AlertEvent.ACKNOWLEDGE, null));
    }

    @Test
    void acknowledgedTooLate_isEscalatedFirst_evenWhereNoJobRan() throws SQLException {
        var id = fever(382);
        CLOCK.set("2026-11-22T09:55:00+08:00");
        var view = step(office, id, AlertEvent.ACKNOWLEDGE, null);
        assertEquals(AlertState.ESCALATED, view.alert().state());
        assertEquals(List.of(AlertEvent.ESCALATE, AlertEvent.ACKNOWLEDGE), view.steps().stream().map(each -> each.step().event()).toList());
        assertEquals(2, messages("ALERT_ESCALATED"));
        assertEquals(0, escalatedOf(compound.id()));
    }

    private int escalatedOf(UUID compoundId) throws SQLException {
        int before = count("select count(*) from health_alert_step where compound_id = '" + compoundId + "'");
        alerts.escalateOverdue();
        return count("select count(*) from health_alert_step where compound_id = '" + compoundId + "'") - before;
    }

    @Test
    void manyOverdue_areEscalatedInBatches() {
        for (int i = 0; i < 230; i++) {
            submit(home, home.resident("家人" + i), Round.MORNING, 380);
        }
        CLOCK.set("2026-11-22T10:00:00+08:00");
        assertTrue(alerts.escalateOverdue() >= 230);
        assertEquals(0, alerts.list(office, new Filter(AlertState.OPEN, false, null), new Page.Request(200, null)).items().size());
    }

    @Test
    void policyOfTheCompound_movesTheDeadline_ofNewAlertsOnly() {
        var strict = GIVEN.compound("严格").withPolicy("alertAcknowledgeWithin", "5");
        var there = strict.household("1-1-101");
        submit(there, there.resident("郑"), Round.MORNING, 380);
        var view = only(caller(new Caller.Grant(Role.OFFICE, Scope.ofCompounds(List.of(strict.id())))));
        assertEquals(Duration.ofMinutes(5), Duration.between(view.alert().openedAt(), view.alert().acknowledgeBy()));
    }

    @Test
    void list_inPages_isStableUnderInserts() {
        for (int i = 0; i < 7; i++) {
            submit(home, home.resident("家人" + i), Round.MORNING, 380);
            CLOCK.move(Duration.ofSeconds(i % 2));
        }
        var seen = new ArrayList<UUID>();
        String after = null;
        do {
            var page = alerts.list(office, new Filter(null, true, null), new Page.Request(3, after));
            page.items().forEach(each -> seen.add(each.alert().id()));
            after = page.next();
            submit(home, home.resident("新"), Round.MORNING, 381);
        } while (after != null);
        assertEquals(7, Set.copyOf(seen).size());
        assertEquals(7, seen.size());
        assertProblem(ProblemType.BAD_INPUT, () -> alerts.list(office, new Filter(null, false, null), new Page.Request(3, "gestern|heute")));
    }

    @Test
    void passes_areSuspendedUntilSomebodyClosesTheAlert() {
        var healthy = home.resident("李红");
        var id = fever(382);
        assertEquals(Set.of(resident), suspended(List.of(resident, healthy)));
        submit(Round.MORNING, 365);
        step(office, id, AlertEvent.ACKNOWLEDGE, null);
        assertEquals(Set.of(resident), suspended(List.of(resident, healthy)));
        step(office, id, AlertEvent.CLOSE, "误报");
        assertEquals(Set.of(), suspended(List.of(resident, healthy)));
        assertEquals(Set.of(), suspended(List.of()));
    }

    /** As the outing feature asks. */
    private Set<UUID> suspended(List<UUID> residents) {
        var people = residents.stream().map(each -> new HealthStanding.Person(compound.id(), each, LocalDate.parse("2026-11-08"))).toList();
        return HealthStanding.of(database, people, LocalDate.parse("2026-11-22")).entrySet().stream().filter(each -> each.getValue().alertOpen())
                .map(Map.Entry::getKey).collect(Collectors.toSet());
    }

    @Test
    void household_seesItsOwnAlerts_untilADayAfterTheEnd() {
        var id = fever(382);
        var other = compound.household("3-2-1403");
        submit(other, other.resident("邻居"), Round.MORNING, 390);
        var member = new Caller(Ids.next(), compound.id(), Ids.next(), resident, home.id(),
                List.of(new Caller.Grant(Role.RESIDENT, Scope.ofHousehold(compound.id(), home.id()))));
        assertEquals(List.of(id), alerts.ofHousehold(member).stream().map(Alert::id).toList());
        step(office, id, AlertEvent.ACKNOWLEDGE, null);
        step(office, id, AlertEvent.CLOSE, "误报");
        CLOCK.move(Duration.ofHours(23));
        assertEquals(List.of(AlertState.CLOSED), alerts.ofHousehold(member).stream().map(Alert::state).toList());
        CLOCK.move(Duration.ofHours(1));
        assertEquals(List.of(), alerts.ofHousehold(member));
    }

    private UUID fever(int tenths) {
        submit(Round.MORNING, tenths);
        return only(office).alert().id();
    }

    private void submit(Round round, int tenths, Symptom... symptoms) {
        submit(home, resident, round, tenths, symptoms);
    }

    private static Answer submit(Given.Household home, UUID resident, Round round, int tenths, Symptom... symptoms) {
        var scope = Scope.ofHousehold(home.compoundId(), home.id());
        var caller = new Caller(Ids.next(), home.compoundId(), Ids.next(), resident, home.id(), List.of(new Caller.Grant(Role.RESIDENT, scope)));
        return Await.on(reports.submit(caller, scope, new Command(resident, null, round, new Measurement(tenths, List.of(symptoms), null)),
                new Once<>(Optional.empty(), done -> Reply.answer(201, Map.of("id", done.report().key().id())))));
    }

    private Caller staff(Role role) {
        return caller(new Caller.Grant(role, Scope.ofCompounds(List.of(compound.id()))));
    }

    private Caller caller(Caller.Grant grant) {
        return new Caller(Ids.next(), compound.id(), Ids.next(), null, null, List.of(grant));
    }

    private static List<View> seen(Caller who) {
        return alerts.list(who, new Filter(null, false, null), new Page.Request(50, null)).items();
    }

    private static View only(Caller who) {
        var all = seen(who);
        assertEquals(1, all.size());
        return all.getFirst();
    }

    private static View step(Caller who, UUID id, AlertEvent event, String note) {
        answer(alerts, who, new Wish(id, event, note, null), Optional.empty());
        return alerts.find(who, who.scopeBy(STAFF), id);
    }

    private static Answer answer(AlertActions where, Caller who, Wish wish, Optional<IdempotencyKey> key) {
        return where.step(who, who.scopeBy(STAFF), wish, new Once<>(key, view -> Reply.answer(200, Map.of("state", view.alert().state()))));
    }

    private static void assertProblem(ProblemType type, Runnable act) {
        assertEquals(type, assertThrows(Problem.class, act::run).type());
    }

    /** All at once; what they answered or threw. */
    private static List<Object> together(Stream<Callable<Object>> acts) {
        var list = acts.toList();
        var barrier = new CyclicBarrier(list.size());
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var futures = list.stream().map(act -> threads.submit(() -> {
                barrier.await();
                try {
                    return act.call();
                } catch (Problem problem) {
                    return problem.type();
                }
            })).toList();
            var outcomes = new ArrayList<Object>();
            for (var future : futures) {
                outcomes.add(future.get());
            }
            return outcomes;
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        }
    }

    private int messages(String template) throws SQLException {
        return count("select count(*) from outbox_message where compound_id = '" + compound.id() + "' and template = '" + template + "'");
    }

    private List<UUID> alertsOf(UUID member) throws SQLException {
        try (var connection = ROWS.connect(); var statement = connection.prepareStatement("select id from health_alert where resident_id = ?")) {
            statement.setObject(1, member);
            try (var rows = statement.executeQuery()) {
                var ids = new ArrayList<UUID>();
                while (rows.next()) {
                    ids.add(rows.getObject(1, UUID.class));
                }
                return ids;
            }
        }
    }

    private static int count(String sql) throws SQLException {
        try (var connection = ROWS.connect(); var statement = connection.createStatement(); var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
