package gatehouse.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.gate.GateActions.Scanned;
import gatehouse.gate.GateActions.Wish;
import gatehouse.gate.GatePolicy.Decision;
import gatehouse.gate.GatePolicy.Effect;
import gatehouse.gate.GatePolicy.Scan;
import gatehouse.gate.GateStore.Asked;
import gatehouse.health.HealthActions;
import gatehouse.http.Caller;
import gatehouse.kernel.Await;
import gatehouse.kernel.Database;
import gatehouse.kernel.Ids;
import gatehouse.kernel.Notifications;
import gatehouse.kernel.Role;
import gatehouse.kernel.Scope;
import gatehouse.outing.PassCodes;
import gatehouse.outing.PressedCodes;
import gatehouse.registry.Policies;
import gatehouse.registry.PolicyName;
import gatehouse.support.Given;
import gatehouse.support.RoundTrips;
import gatehouse.support.TestClock;
import gatehouse.support.TestDatabase;
import gatehouse.support.TestKeys;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Lists of scans on one connection, each list the whole of what a guard's event loop brought in one turn; and who is faster than they. */
@Timeout(60)
class ScanListTest {
    private static final String MORNING = "2026-11-22T10:00:00+08:00";
    private static final int PEOPLE = 240;
    private static final TestDatabase ROWS = TestDatabase.fresh();
    private static final Given GIVEN = new Given(ROWS);
    private static final TestClock CLOCK = new TestClock(MORNING);
    private static final PressedCodes CODES = new PressedCodes(TestKeys.ring());
    private static Vertx vertx;
    private static RoundTrips line;
    private static Database database;
    private static Notifications notifications;
    private static Policies policies;
    private static GateActions actions;

    private UUID compound;
    private UUID gate;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        line = new RoundTrips(ROWS.postgresUrl());
        database = new Database(vertx, line.url().connectOptions(), 1);
        notifications = new Notifications(vertx, ROWS.postgresUrl().connectOptions().getFirst());
        policies = new Policies(database, database, CLOCK.business(), notifications);
        var threads = Executors.newVirtualThreadPerTaskExecutor();
        actions = new GateActions(database, CLOCK.business(), threads, policies, new PassCodes(TestKeys.ring()),
                new HealthActions(database, CLOCK.business(), threads, policies));
    }

    @AfterAll
    static void stop() {
        notifications.close();
        database.close();
        line.close();
        Await.on(vertx.close());
    }

    /** Everybody has reported in the morning and holds one pass, which bears the number of its place, from 1. */
    @BeforeEach
    void aCompoundWithPasses() throws SQLException {
        CLOCK.set(MORNING);
        var garden = GIVEN.compound("阳光花园");
        compound = garden.id();
        gate = garden.gate("东门");
        var home = garden.household("1-1-101");
        run("""
                insert into resident (compound_id, id, household_id, building_id, name, relation, created_at, updated_at)
                select compound_id, gen_random_uuid(), id, building_id, '某人', 'OTHER', created_at, created_at
                from household, generate_series(1, %d) where id = '%s'""".formatted(PEOPLE, home.id()));
        run("""
                insert into health_report (compound_id, resident_id, report_date, round, household_id, building_id, temperature_tenths, symptoms,
                    status, reported_by, reported_as, received_at, version)
                select compound_id, id, date '2026-11-22', 1, household_id, building_id, 365, '{}', 'ON_TIME', id, 'SELF', '%s', 1
                from resident where compound_id = '%s'""".formatted(MORNING, compound));
        run("""
                insert into outing_pass (compound_id, id, household_id, building_id, resident_id, kind, state, outing_date, valid_from, leave_by,
                    valid_until, colour, requested_at, decided_by, decided_at, code_number, version)
                select compound_id, gen_random_uuid(), household_id, building_id, id, 'WORK', 'APPROVED', date '2026-11-22',
                    timestamptz '%1$s' - interval '1 hour', timestamptz '%1$s' + interval '8 hours', timestamptz '%1$s' + interval '9 hours', 'PINK',
                    '%1$s', 'STAFF', '%1$s', row_number() over (order by id), 1
                from resident where compound_id = '%2$s'""".formatted(MORNING, compound));
    }

    private static void run(String sql) throws SQLException {
        try (var connection = ROWS.connect(); var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private String text(String sql) throws SQLException {
        try (var connection = ROWS.connect(); var rows = connection.createStatement().executeQuery(sql.replace("$compound", "'" + compound + "'"))) {
            rows.next();
            return rows.getString(1);
        }
    }

    private Caller guard() {
        return new Caller(compound, compound, Ids.next(), null, null, List.of(new Caller.Grant(Role.GUARD, Scope.NOTHING, Set.of(gate))));
    }

    private static OffsetDateTime now() {
        return CLOCK.business().now();
    }

    private Wish wish(long number, Direction direction) {
        return wish(number, direction, UUID.randomUUID());
    }

    private Wish wish(long number, Direction direction, UUID nonce) {
        return new Wish(nonce, gate, direction, CODES.shown(number, now()), 365, true, ToldTime.NOTHING, null);
    }

    private static Wish without(Wish wish, @Nullable Boolean mask, @Nullable Boolean admitted) {
        return new Wish(wish.nonce(), wish.gateId(), wish.direction(), wish.code(), wish.temperatureTenths(), mask, wish.scannedAt(), admitted);
    }

    /** Asked in one turn of one event loop, and so one list. */
    private CompletableFuture<List<Scanned>> ask(List<Wish> wishes) {
        var all = new CompletableFuture<List<Scanned>>();
        vertx.runOnContext(turn -> {
            var pending = wishes.stream().map(wish -> actions.scan(guard(), wish)).toList();
            Future.join(pending).onComplete(done -> {
                if (done.failed()) {
                    all.completeExceptionally(done.cause());
                } else {
                    all.complete(pending.stream().map(Future::result).toList());
                }
            });
        });
        return all;
    }

    private List<String> reasons(List<Wish> wishes) {
        return ask(wishes).join().stream().map(each -> each.scan().reason().slug()).toList();
    }

    private List<Wish> everybody(long from, long to, Direction direction) {
        return LongStream.rangeClosed(from, to).mapToObj(number -> wish(number, direction)).toList();
    }

    private int tripsOf(List<Wish> wishes, String reason) {
        int before = line.count();
        assertEquals(Set.of(reason), Set.copyOf(reasons(wishes)));
        return line.count() - before;
    }

    @Test
    void listOfScans_isOneRoundTrip() throws SQLException {
        tripsOf(everybody(1, 1, Direction.OUT), "ok");
        assertEquals(1, tripsOf(everybody(2, 100, Direction.OUT), "ok"));
        assertEquals(1, tripsOf(everybody(1, 100, Direction.IN), "ok"));
        assertEquals("200 scans, 200 events, 100 returned", text("""
                select (select count(*) from gate_scan where compound_id = $compound and allowed and moved) || ' scans, '
                    || (select count(*) from outing_pass_event where compound_id = $compound) || ' events, '
                    || (select count(*) from outing_pass where compound_id = $compound and state = 'RETURNED' and version = 3) || ' returned'"""));
    }

    @Test
    void listsOfOne_areNotPlannedAnewEachTime() {
        for (int number = 1; number <= 12; number++) {
            tripsOf(everybody(number, number, Direction.OUT), "ok");
        }
        assertTrue(database.sql("select generic_plans from pg_prepared_statements where statement like 'with w as%' order by prepare_time desc limit 1")
                .only(row -> row.getLong(0)) >= 6, "PostgreSQL plans each short list anew");
    }

    @Test
    void listThatIsRefused_isReadInTheSameTrip_andKeptInThreeMore() {
        tripsOf(everybody(1, 2, Direction.IN), "not-out");
        assertEquals(4, tripsOf(everybody(3, 100, Direction.IN), "not-out"));
    }

    @Test
    void nonceThatIsRepeated_isAnsweredInOneTrip_asItWasAnsweredFirst() {
        var first = everybody(1, 50, Direction.OUT);
        tripsOf(first, "ok");
        assertEquals(1, tripsOf(first, "ok"));
    }

    /** Writes and holds on to what it wrote until a scan waits for it. */
    private interface Rival {
        void write(Statement statement) throws SQLException;
    }

    private List<String> reasonsAgainst(Rival rival, Rival whileTheyWait, List<Wish> wishes) throws Exception {
        try (Connection connection = ROWS.connect(); var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            rival.write(statement);
            var answers = ask(wishes);
            while (!answers.isDone() && text("select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'").equals("0")) {
                Thread.onSpinWait();
            }
            whileTheyWait.write(statement);
            connection.commit();
            return answers.get().stream().map(each -> each.scan().reason().slug()).toList();
        }
    }

    private Rival pass(long number, String assignments) {
        return statement -> statement.execute("update outing_pass set %s where compound_id = '%s' and code_number = %d".formatted(assignments, compound, number));
    }

    @Test
    void moreWhoAreLateThanAreToldAtOnce_areAllTold_eachOnce_andThenTheirGridWorkers() throws SQLException {
        run("update outing_pass set state = 'OUT' where compound_id = '%s'".formatted(compound));
        run("""
                insert into outing_pass
                select (jsonb_populate_record(null::outing_pass, to_jsonb(p) || jsonb_build_object('id', gen_random_uuid(), 'code_number', -n * 1000 - p.code_number))).*
                from outing_pass p, generate_series(1, 2) n where compound_id = '%s'""".formatted(compound));
        var ledger = new LedgerActions(database, CLOCK.business(), policies);
        var told = "select count(*) from outbox_message where compound_id = $compound and template = '%s'";
        CLOCK.set("2026-11-22T19:00:01+08:00");
        ledger.chaseOverdue();
        assertEquals(String.valueOf(3 * PEOPLE), text(told.formatted("OUTING_OVERDUE")));
        assertEquals("0", text(told.formatted("OUTING_OVERDUE_GRID")));
        assertEquals(0, ledger.chaseOverdue());
        CLOCK.set("2026-11-22T19:30:01+08:00");
        ledger.chaseOverdue();
        assertEquals(String.valueOf(3 * PEOPLE), text(told.formatted("OUTING_OVERDUE_GRID")));
        assertEquals(0, ledger.chaseOverdue());
    }

    private static final Rival NOTHING_MORE = statement -> { };

    @Test
    void passCancelledBetweenReadingAndKeeping_letsNobodyOut_andTheOthersOfTheList() throws Exception {
        assertEquals(List.of("ok", "revoked", "ok"), reasonsAgainst(pass(2, "state = 'CANCELLED', version = version + 1"), NOTHING_MORE,
                everybody(1, 3, Direction.OUT)));
        assertEquals("0", text("select count(*) from outing_pass_event e join outing_pass p using (compound_id) "
                + "where compound_id = $compound and p.id = e.pass_id and p.code_number = 2"));
    }

    @Test
    void passLetOutByAnotherGateBetweenReadingAndKeeping_goesOutOnce() throws Exception {
        assertEquals(List.of("already-out"), reasonsAgainst(pass(1, "state = 'OUT', version = version + 1"), NOTHING_MORE,
                everybody(1, 1, Direction.OUT)));
        assertEquals("1", text("select count(*) from gate_scan where compound_id = $compound"));
    }

    @Test
    void nonceTakenBetweenReadingAndKeeping_isThatScan_andMovesNothing() throws Exception {
        var nonce = UUID.randomUUID();
        Rival elsewhere = statement -> statement.execute("""
                insert into gate_scan (compound_id, nonce, gate_id, direction, scanned_at, scan_date, received_at, offline, mask, allowed, reason, moved,
                    by_compound_id, by_account_id)
                values ('%1$s', '%2$s', '%3$s', 'OUT', '%4$s', '2026-11-22', '%4$s', false, false, false, 'no-mask', false, '%1$s', '%1$s')"""
                .formatted(compound, nonce, gate, MORNING));
        assertEquals(List.of("no-mask", "ok"), reasonsAgainst(elsewhere, NOTHING_MORE, List.of(wish(1, Direction.OUT, nonce), wish(2, Direction.OUT))));
        assertEquals("APPROVED 1", text("select state || ' ' || version from outing_pass where compound_id = $compound and code_number = 1"));
        assertEquals("1", text("select count(*) from outing_pass_event where compound_id = $compound"));
    }

    @Test
    void alertOpenedWhileAScanWaits_comesTooLateForIt_andInTimeForTheNext() throws Exception {
        Rival alert = statement -> statement.execute("""
                insert into health_alert (compound_id, id, resident_id, household_id, building_id, state, opened_at, acknowledge_by)
                select compound_id, gen_random_uuid(), resident_id, household_id, building_id, 'OPEN', '%1$s', '%1$s' from outing_pass
                where compound_id = '%2$s' and code_number in (1, 2)""".formatted(MORNING, compound));
        assertEquals(List.of("ok"), reasonsAgainst(pass(1, "purpose = 'lock'"), alert, everybody(1, 1, Direction.OUT)));
        assertEquals(List.of("alert-open", "ok"), reasons(List.of(wish(2, Direction.OUT), wish(1, Direction.IN))));
    }

    @Test
    void samePassTwiceInAListOfAGateWithoutNetwork_isTwoMovements_oneOfThemAConflict() throws SQLException {
        var both = List.of(without(wish(1, Direction.OUT), true, true), without(wish(1, Direction.OUT), true, true), without(wish(2, Direction.OUT), false, true));
        assertEquals(List.of("ok", "already-out", "no-mask"), reasons(both));
        assertEquals("3 moved, 2 conflicts, 1 told", text("""
                select count(*) filter (where moved) || ' moved, ' || count(conflict) || ' conflicts, '
                    || (select count(*) from outbox_message where compound_id = $compound) || ' told' from gate_scan where compound_id = $compound"""));
        assertEquals("2", text("select count(*) from outing_pass_event where compound_id = $compound and event = 'LEAVE'"));
    }

    /** A scan as it was invented, with what the policy says of its pass as it is read alone. */
    private record Invented(Wish wish, Asked asked, Scan scan) {
    }

    /** Passes in every state and hour, of people with and without reports, alerts, observations, in a sealed house or not, some of whom came in. */
    private void makeLifeDifficult() throws SQLException {
        var now = "timestamptz '" + now() + "'";
        run("""
                select setseed(0.26);
                update outing_pass set kind = (array['SUPPLIES', 'WORK', 'MEDICAL', 'ESSENTIAL_WORKER', 'VEHICLE'])[1 + floor(random() * 5)],
                    state = (array['APPROVED', 'APPROVED', 'APPROVED', 'OUT', 'OVERDUE', 'RETURNED', 'PENDING', 'REJECTED', 'CANCELLED', 'EXPIRED'])
                        [1 + floor(random() * 10)],
                    valid_from = %2$s + interval '1 hour' * (floor(random() * 4) - 2), leave_by = %2$s + interval '2 hours',
                    valid_until = %2$s + interval '3 hours', card_serial = 1 + floor(random() * 2), version = 1 + floor(random() * 9)
                where compound_id = '%1$s'""".formatted(compound, now));
        run("update outing_pass set decided_at = null where compound_id = '%s' and state = 'EXPIRED' and random() < 0.5".formatted(compound));
        run("update outing_pass set leave_by = greatest(valid_from, %2$s - interval '5 minutes') where compound_id = '%1$s' and random() < 0.15"
                .formatted(compound, now));
        run("update outing_pass set leave_by = greatest(valid_from, %2$s) where compound_id = '%1$s' and random() < 0.1".formatted(compound, now));
        run("delete from health_report where compound_id = '%s' and random() < 0.15".formatted(compound));
        run("""
                insert into health_report (compound_id, resident_id, report_date, round, household_id, building_id, temperature_tenths, symptoms,
                    status, reported_by, reported_as, received_at, version)
                select compound_id, id, date '2026-11-22', 2, household_id, building_id, 365, '{}', 'ON_TIME', id, 'SELF', %2$s, 1
                from resident where compound_id = '%1$s' and random() < 0.6""".formatted(compound, now));
        run("""
                insert into health_alert (compound_id, id, resident_id, household_id, building_id, state, opened_at, acknowledge_by)
                select compound_id, gen_random_uuid(), id, household_id, building_id, 'OPEN', %2$s, %2$s
                from resident where compound_id = '%1$s' and random() < 0.1""".formatted(compound, now));
        run("""
                insert into observation (compound_id, id, resident_id, household_id, building_id, cause, state, starts_on, days, opened_at)
                select compound_id, gen_random_uuid(), id, household_id, building_id, 'STAFF', 'OPEN', date '2026-11-22', 14, %2$s
                from resident where compound_id = '%1$s' and random() < 0.1""".formatted(compound, now));
        run("""
                insert into gate_scan (compound_id, nonce, gate_id, direction, scanned_at, scan_date, received_at, offline, pass_id, resident_id,
                    household_id, building_id, allowed, reason, moved, conflict, by_compound_id, by_account_id)
                select compound_id, gen_random_uuid(), '%2$s', 'IN', at, date '2026-11-22', %3$s, true, id, resident_id, household_id, building_id, false,
                    'not-out', true, 'not-out', compound_id, compound_id
                from outing_pass, unnest(array[%3$s - interval '20 minutes', %3$s - interval '1 minute']) at
                where compound_id = '%1$s' and random() < 0.1""".formatted(compound, gate, now));
    }

    private Invented invented(long number, Random random) {
        var at = random.nextInt(4) == 0 ? now().minusMinutes(random.nextInt(10)) : now();
        boolean card = random.nextInt(4) == 0;
        int serial = 1 + random.nextInt(2);
        var temperature = random.nextInt(8) == 0 ? Integer.valueOf(380) : random.nextInt(8) == 0 ? null : Integer.valueOf(366);
        var mask = random.nextInt(10) == 0 ? Boolean.FALSE : random.nextInt(8) == 0 ? null : Boolean.TRUE;
        var direction = random.nextInt(3) == 0 ? Direction.IN : Direction.OUT;
        var admitted = random.nextInt(4) == 0 ? Boolean.TRUE : random.nextInt(16) == 0 ? Boolean.FALSE : null;
        var wish = new Wish(UUID.randomUUID(), gate, direction, card ? CODES.printed(number, serial) : CODES.shown(number, at), temperature, mask, new ToldTime(at, null), admitted);
        var code = card ? new ShownCode.Printed(number, serial) : new ShownCode.Fresh(number);
        return new Invented(wish, new Asked(compound, wish.nonce(), number, at.toLocalDate()), new Scan(code, gate, direction, temperature, mask, at, admitted));
    }

    /** By the rules alone, as each pass is read by itself before anything is scanned. */
    private List<Decision> judged(List<Invented> list) {
        var values = policies.of(compound);
        return GateStore.find(database, list.stream().map(Invented::asked).toList()).stream()
                .sorted(Comparator.comparingInt(GateStore.Found::place))
                .map(found -> GatePolicy.decide(list.get(found.place()).scan, GateActions.facts(found.pass(),
                        found.pass().conditions().suspendedBy(values, list.get(found.place()).scan.at())), values.amount(PolicyName.FEVER_ABOVE)))
                .toList();
    }

    private List<String> passes() throws SQLException {
        var passes = new ArrayList<String>();
        try (var connection = ROWS.connect(); var rows = connection.createStatement().executeQuery(
                "select state || ' ' || version from outing_pass where compound_id = '" + compound + "' order by code_number")) {
            while (rows.next()) {
                passes.add(rows.getString(1));
            }
        }
        return passes;
    }

    private static String after(String pass, Effect effect) {
        var parts = pass.split(" ");
        var next = Integer.parseInt(parts[1]) + 1;
        return switch (effect) {
            case NONE -> pass;
            case LEAVES -> "OUT " + next;
            case RETURNS, LEFT_AND_IS_BACK -> "RETURNED " + next;
        };
    }

    @Test
    void whateverThePassesAreLike_eachIsDecidedAsThePolicyDecidesOfWhatIsReadAlone() throws SQLException {
        var random = new Random(26);
        for (var time : List.of("08:00", "10:00", "16:00")) {
            aCompoundWithPasses();
            CLOCK.set("2026-11-22T" + time + ":00+08:00");
            makeLifeDifficult();
            var list = LongStream.rangeClosed(1, PEOPLE).mapToObj(number -> invented(number, random)).toList();
            var expected = judged(list);
            var before = passes();
            var answers = ask(list.stream().map(Invented::wish).toList()).join();
            var passes = passes();
            for (int i = 0; i < PEOPLE; i++) {
                var kept = answers.get(i).scan();
                var policy = expected.get(i);
                var what = list.get(i).scan + " of " + before.get(i);
                assertEquals(policy.reason(), kept.reason(), what);
                assertEquals(List.of(policy.allowed(), policy.moved()), List.of(kept.allowed(), kept.moved()), what);
                assertEquals(policy.conflict().orElse(null), kept.conflict(), what);
                assertEquals(policy.warnings(), answers.get(i).warnings(), what);
                assertEquals(after(before.get(i), policy.effect()), passes.get(i), what);
            }
            long moved = IntStream.range(0, PEOPLE).filter(i -> expected.get(i).effect() != Effect.NONE).count();
            assertEquals(String.valueOf(moved), text("select count(*) from outing_pass_event where compound_id = $compound"));
            var nonces = list.stream().map(each -> each.wish.nonce().toString()).collect(Collectors.joining("','", "'", "'"));
            assertEquals(String.valueOf(PEOPLE), text("select count(*) from gate_scan where compound_id = $compound and nonce in (" + nonces + ")"));
            long through = expected.stream().filter(Decision::allowed).count();
            long atOnce = Long.parseLong(text("""
                    select count(*) from gate_scan where compound_id = $compound and xmin::text = (
                        select xmin::text from gate_scan where compound_id = $compound and reason = 'ok' group by xmin::text order by count(*) desc limit 1)"""));
            assertTrue(through > PEOPLE / 20 && atOnce > through / 2, () -> through + " went through, " + atOnce + " of them at once, at " + time);
        }
    }
}
