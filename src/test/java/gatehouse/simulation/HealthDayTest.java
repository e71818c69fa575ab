package gatehouse.simulation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import gatehouse.forms.Table;
import gatehouse.simulation.DayLedger.Reading;
import gatehouse.simulation.DayLedger.Stage;
import gatehouse.simulation.DayLedger.Turn;
import gatehouse.simulation.DayScript.Act;
import gatehouse.simulation.Street.Estate;
import gatehouse.simulation.Street.Grid;
import gatehouse.support.ApiClient;
import gatehouse.support.ApiServer;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** From 8:55 to 17:05 in two compounds with 600 residents, on two instances. */
@Order(1)
class HealthDayTest {
    private static final String DATE = "2026-11-23";
    private static final long SEED = 20261123;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final LocalTime BEGIN = LocalTime.of(8, 55);
    private static final LocalTime END = LocalTime.of(17, 5);
    private static final LocalTime SETTLED = LocalTime.of(16, 1);
    private static final LocalTime RETURNED = LocalTime.of(10, 20);
    private static final LocalTime SUMMARY = LocalTime.of(17, 0);
    private static final Duration AT_ONCE = Duration.ofSeconds(1);
    private static final Map<LocalTime, List<String>> HOURS_OF_THE_CLOCK = Map.of(LocalTime.of(9, 0), List.of("MORNING_REMINDER"),
            LocalTime.of(15, 0), List.of("AFTERNOON_REMINDER"), LocalTime.of(15, 45), List.of("LAST_REMINDER"),
            SETTLED, List.of("CUT_OFF", "CALL_LIST"));
    private static final int PHONES_AT_ONCE = 8;

    private static ApiServer api;
    private static ApiClient otherInstance;
    private static Street street;
    private static DayLedger ledger;

    private final Random staffsChance = new Random(SEED);
    private final AtomicInteger turnOfInstance = new AtomicInteger();
    private final Map<UUID, String> alertOf = new ConcurrentHashMap<>();
    /** What staff will do about whom, and when. */
    private final TreeMap<LocalTime, List<Step>> steps = new TreeMap<>();
    private final List<List<UUID>> reminded = new ArrayList<>();
    private final Map<UUID, Map<Turn, DayLedger.Figures>> atCutOff = new LinkedHashMap<>();
    private final Set<UUID> calledFor = new HashSet<>();
    /** What the summary of five o'clock has to say of each compound, and who was missing then. */
    private final Map<UUID, Map<String, String>> atSummary = new LinkedHashMap<>();
    private final Map<UUID, Integer> missingAtSummary = new LinkedHashMap<>();

    private record Step(Estate estate, UUID who, String verb, Stage to) {
    }

    @BeforeAll
    static void moveIn() {
        api = ApiServer.start();
        api.clock().set(DATE + "T08:50:00+08:00");
        otherInstance = api.another();
        street = new Street(api);
        ledger = new DayLedger(street);
        assertEquals(600, street.residents());
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @Test
    void everyHour_bothInstancesCountWhatTheLedgerCounts_andEachMessageOfTheDayComesOnce() throws Exception {
        var script = new DayScript(street, SEED).acts();
        for (var minute = BEGIN; !minute.isAfter(END); minute = minute.plusMinutes(1)) {
            api.clock().set(DATE + "T" + minute + ":00+08:00");
            ledger.clockIs(minute);
            awaitWhatTheClockDoes(minute);
            steps.getOrDefault(minute, List.of()).forEach(this::take);
            if (minute.equals(RETURNED)) {
                beginObservations();
            }
            doAtOnce(script.getOrDefault(minute, List.of()), minute);
            if (minute.getMinute() == 0 || minute.equals(BEGIN) || minute.equals(SETTLED) || minute.equals(END)) {
                compareFigures(minute);
            }
            if (minute.equals(SETTLED)) {
                comparePeople();
            }
        }
        compareInboxes();
        compareCutOff();
        compareForms();
        compareStreams();
        assertTrue(ledger.escalatedByTheClock(street.estates.getFirst().id()) > 0, "nothing escalated: the day was too quiet to show it");
    }

    /** Reminders, cut-off and call list by their marks; escalations by the alerts' states. */
    private void awaitWhatTheClockDoes(LocalTime minute) throws Exception {
        var marks = HOURS_OF_THE_CLOCK.getOrDefault(minute, List.of());
        for (var mark : marks) {
            await(mark + " at " + minute, () -> count("select count(*) from health_day_mark where business_date = '" + DATE + "' and mark = '" + mark + "'")
                    == street.estates.size());
        }
        if (marks.contains("MORNING_REMINDER")) {
            reminded.add(ledger.homesToRemind(Turn.MORNING));
        } else if (marks.contains("AFTERNOON_REMINDER")) {
            reminded.add(ledger.homesToRemind(Turn.AFTERNOON));
        } else if (marks.contains("LAST_REMINDER")) {
            // yesterday's call list, which was made up in the morning, is not to be taken for today's
            await("an empty outbox", HealthDayTest::isOutboxEmpty);
            reminded.add(ledger.homesToRemind(Turn.values()));
        } else if (marks.contains("CUT_OFF")) {
            street.estates.forEach(estate -> calledFor.addAll(ledger.toCall(estate.id(), any -> true)));
        }
        if (minute.equals(SUMMARY)) {
            await("frozen forms", () -> formState("daily-summary").equals("FROZEN"));
            street.estates.forEach(this::noteSummary);
        }
        if (minute.equals(DayLedger.CUT_OFF)) {
            street.estates.forEach(estate -> Stream.of(Turn.values()).forEach(turn -> atCutOff.computeIfAbsent(estate.id(), id -> new LinkedHashMap<>())
                    .put(turn, ledger.figures(estate.id(), turn, any -> true))));
        }
        for (var estate : street.estates) {
            await("escalations at " + minute, () -> count("select count(*) from health_alert where compound_id = '" + estate.id()
                    + "' and state = 'ESCALATED'") == ledger.inStage(estate.id(), Stage.ESCALATED));
        }
    }

    private ApiClient now(ApiClient person) {
        var here = api.again(person);
        return turnOfInstance.incrementAndGet() % 2 == 0 ? here : here.at(otherInstance);
    }

    private void take(Step step) {
        if (!step.to.equals(Stage.ACKNOWLEDGED) && ledger.stageOf(step.who) == Stage.CLOSED) {
            return;
        }
        var by = ledger.stageOf(step.who) == Stage.OPEN ? step.estate.office() : step.estate.healthCentre();
        now(step.verb.equals("transfer") ? step.estate.office() : by).post("/alerts/" + alertOf.get(step.who) + "/" + step.verb,
                step.verb.equals("acknowledge") ? Map.of() : Map.of("note", "已处理")).expect(200);
        ledger.step(step.who, step.to);
    }

    private void doAtOnce(List<Act> acts, LocalTime minute) throws Exception {
        var phones = new Semaphore(PHONES_AT_ONCE);
        try (var people = Executors.newVirtualThreadPerTaskExecutor()) {
            var done = acts.stream().map(act -> people.submit(() -> {
                phones.acquire();
                try {
                    switch (act) {
                        case Act.Report report -> send(report, minute);
                        case Act.Correct correct -> correct(correct, minute);
                    }
                } finally {
                    phones.release();
                }
                return null;
            })).toList();
            for (var each : done) {
                each.get();
            }
        }
        for (var act : acts) {
            if (act instanceof Act.Report report) {
                report.readings().forEach((who, reading) -> planSteps(report.estate(), who, reading, minute));
            }
        }
    }

    private void send(Act.Report act, LocalTime minute) {
        var sender = act.home().phone().orElseGet(() -> workerOf(act.estate(), act.home().building()));
        var key = UUID.randomUUID();
        var reports = act.readings().entrySet().stream().map(each -> Map.of("residentId", each.getKey(), "date", DATE, "round", act.turn(),
                "temperature", BigDecimal.valueOf(each.getValue().tenths(), 1),
                "symptoms", each.getValue().symptom() ? List.of("DRY_COUGH") : List.of())).toList();
        var answer = now(sender).withKey(key).post("/health-reports/batch", Map.of("reports", reports)).expect(200);
        int place = 0;
        for (var each : act.readings().entrySet()) {
            var result = answer.body().path("results").get(place++);
            assertEquals(201, result.path("status").asInt(), result.toString());
            assertEquals(minute.isBefore(DayLedger.CUT_OFF) ? "ON_TIME" : "LATE", result.at("/report/status").asText());
            assertEquals(each.getValue().isAlarming(), result.path("report").hasNonNull("alertId"), result.toString());
            ledger.report(each.getKey(), act.turn(), each.getValue(), minute);
            if (each.getValue().isAlarming()) {
                alertOf.put(each.getKey(), result.at("/report/alertId").asText());
            }
        }
        if (act.again()) {
            var repeated = now(sender).withKey(key).post("/health-reports/batch", Map.of("reports", reports)).expect(200);
            assertEquals("true", repeated.header("Idempotent-Replay").orElse("false"));
            assertEquals(answer.body(), repeated.body());
        }
    }

    private void correct(Act.Correct act, LocalTime minute) {
        now(act.home().phone().orElseThrow()).post("/health-reports", Map.of("residentId", act.who(), "date", DATE, "round", act.turn(),
                "temperature", BigDecimal.valueOf(act.reading().tenths(), 1), "symptoms", List.of())).expect(200);
        ledger.report(act.who(), act.turn(), act.reading(), minute);
    }

    private static ApiClient workerOf(Estate estate, String building) {
        return estate.grids().stream().filter(grid -> grid.buildings().contains(building)).findFirst().orElseThrow().worker();
    }

    /** The office takes most on in four minutes; the rest goes up by the clock, and the health centre takes it on. */
    private void planSteps(Estate estate, UUID who, Reading reading, LocalTime minute) {
        if (!reading.isAlarming() || ledger.stageOf(who) != Stage.OPEN || steps.values().stream().flatMap(List::stream)
                .anyMatch(step -> step.who.equals(who) && step.to == Stage.ACKNOWLEDGED)) {
            return;
        }
        boolean inTime = staffsChance.nextInt(5) < 3;
        if (inTime) {
            plan(minute.plusMinutes(4), new Step(estate, who, "acknowledge", Stage.ACKNOWLEDGED));
        }
        plan(minute.plusMinutes(20), new Step(estate, who, "transfer", Stage.TRANSFERRED));
        plan(minute.plusMinutes(75), new Step(estate, who, "close", Stage.CLOSED));
    }

    private void plan(LocalTime at, Step step) {
        steps.computeIfAbsent(at, minute -> new ArrayList<>()).add(step);
    }

    private void compareFigures(LocalTime minute) {
        for (var estate : street.estates) {
            for (var instance : List.of(api.again(estate.office()), api.again(estate.office()).at(otherInstance), api.again(street.subdistrict))) {
                compare(minute + "", estate, compoundOf(instance.get("/monitor?date=" + DATE), estate.id()), any -> true);
            }
            for (var grid : estate.grids()) {
                compare(minute + " " + grid.buildings(), estate, compoundOf(now(grid.worker()).get("/monitor?date=" + DATE), estate.id()),
                        grid.buildings()::contains);
            }
        }
    }

    private static JsonNode compoundOf(ApiClient.Answer monitor, UUID compound) {
        for (var each : monitor.expect(200).body().path("compounds")) {
            if (each.path("id").asText().equals(compound.toString())) {
                return each;
            }
        }
        throw new AssertionError("no compound " + compound + " in " + monitor.body());
    }

    private static void compare(String when, Estate estate, JsonNode told, Predicate<String> building) {
        for (var turn : Turn.values()) {
            var figures = told.at("/rounds/" + turn);
            assertEquals(ledger.figures(estate.id(), turn, building), new DayLedger.Figures(figures.path("expected").asInt(),
                    figures.path("reported").asInt(), figures.path("late").asInt(), figures.path("missing").asInt()), when + " " + turn);
        }
        assertEquals(ledger.fevers(estate.id(), building), told.path("fevers").asInt(), when);
        assertEquals(ledger.openAlarms(estate.id(), building), told.path("alerts").asInt(), when);
        for (var each : told.path("buildings")) {
            var number = each.path("building").asText();
            assertTrue(building.test(number), when + " shows building " + number);
            assertEquals(ledger.figures(estate.id(), Turn.MORNING, number::equals).reported(), each.at("/rounds/MORNING/reported").asInt(), when + " " + number);
            assertEquals(ledger.openAlarms(estate.id(), number::equals), each.path("alerts").asInt(), when + " " + number);
        }
    }

    private void comparePeople() {
        for (var estate : street.estates) {
            for (var turn : Turn.values()) {
                assertEquals(sorted(ledger.missing(estate.id(), turn, any -> true)),
                        sorted(idsOf(estate.office(), "/health-rounds/" + DATE + "/" + turn + "/missing?limit=200")));
            }
            for (Grid grid : estate.grids()) {
                assertEquals(sorted(ledger.toCall(estate.id(), grid.buildings()::contains)), sorted(idsOf(grid.worker(), "/health-rounds/call-list?limit=200")));
            }
        }
    }

    private List<UUID> idsOf(ApiClient person, String path) {
        var ids = new ArrayList<UUID>();
        var page = now(person).get(path).expect(200).body();
        page.path("items").forEach(item -> ids.add(UUID.fromString(item.path("residentId").asText())));
        while (page.hasNonNull("next")) {
            page = now(person).get(path + "&cursor=" + page.path("next").asText()).expect(200).body();
            page.path("items").forEach(item -> ids.add(UUID.fromString(item.path("residentId").asText())));
        }
        return ids;
    }

    private static List<UUID> sorted(List<UUID> ids) {
        return ids.stream().sorted(Comparator.comparing(UUID::toString)).toList();
    }

    private void compareInboxes() throws Exception {
        await("an empty outbox", HealthDayTest::isOutboxEmpty);
        for (var estate : street.estates) {
            for (var home : estate.homes()) {
                if (home.phone().isPresent()) {
                    var inbox = inboxOf(home.phone().get());
                    assertEquals(Stream.of(reminded.get(0), reminded.get(1)).filter(homes -> homes.contains(home.id())).count(),
                            inbox.getOrDefault("ROUND_REMINDER", 0L), home.label());
                    assertEquals(reminded.get(2).contains(home.id()) ? 1 : 0, inbox.getOrDefault("ROUND_MISSING", 0L), home.label());
                }
            }
            var office = inboxOf(estate.office());
            assertEquals(ledger.alarmsOpened(estate.id()), office.getOrDefault("ALERT_OPENED", 0L));
            assertEquals(ledger.escalatedByTheClock(estate.id()), office.getOrDefault("ALERT_OVERDUE", 0L));
            assertEquals(ledger.handedOn(estate.id()), inboxOf(estate.healthCentre()).getOrDefault("ALERT_ESCALATED", 0L));
            for (var grid : estate.grids()) {
                boolean anybody = calledFor.stream().anyMatch(who -> livesIn(estate, grid, who));
                assertEquals(anybody ? 1 : 0, inboxOf(grid.worker(), DayLedger.CUT_OFF).getOrDefault("CALL_LIST", 0L));
            }
        }
    }

    private static boolean livesIn(Estate estate, Grid grid, UUID who) {
        return estate.homes().stream().anyMatch(home -> grid.buildings().contains(home.building()) && home.members().contains(who));
    }

    private Map<String, Long> inboxOf(ApiClient person) {
        return inboxOf(person, BEGIN);
    }

    /** How many messages of each kind came since that hour. */
    private Map<String, Long> inboxOf(ApiClient person, LocalTime since) {
        var kinds = new LinkedHashMap<String, Long>();
        var body = now(person).get("/notifications?limit=200").expect(200).body();
        assertTrue(body.path("next").isNull(), "more than a page of messages");
        for (var item : body.path("items")) {
            if (!OffsetDateTime.parse(item.path("createdAt").asText()).toLocalTime().isBefore(since)) {
                kinds.merge(item.path("kind").asText(), 1L, Long::sum);
            }
        }
        return kinds;
    }

    private void compareCutOff() throws SQLException {
        for (var estate : street.estates) {
            for (var turn : Turn.values()) {
                var figures = atCutOff.get(estate.id()).get(turn);
                assertEquals(1, count("select count(*) from health_round_count where compound_id = '%s' and report_date = '%s' and round = %d and expected = %d and reported = %d"
                        .formatted(estate.id(), DATE, turn.ordinal() + 1, figures.expected(), figures.reported())), estate.id() + " " + turn + " " + figures);
            }
        }
    }

    private static boolean isOutboxEmpty() throws SQLException {
        return count("select count(*) from outbox_message where state = 'WAITING'") == 0;
    }

    /** Three people of the first compound have come back from elsewhere. */
    private void beginObservations() {
        var estate = street.estates.getFirst();
        var returned = estate.homes().stream().filter(home -> home.members().size() == 1).limit(3).map(home -> home.members().getFirst()).toList();
        now(estate.office()).post("/observations", Map.of("residentIds", returned, "reason", "外地返回", "startsOn", DATE, "days", 7)).expect(201);
        returned.forEach(who -> ledger.observe(who));
    }

    private String formState(String form) {
        for (var each : now(street.subdistrict).get("/forms?date=" + DATE).expect(200).body().path("items")) {
            if (each.path("name").asText().equals(form)) {
                return each.path("state").asText();
            }
        }
        throw new AssertionError("no form " + form);
    }

    private void noteSummary(Estate estate) {
        var morning = ledger.figures(estate.id(), Turn.MORNING, any -> true);
        var afternoon = ledger.figures(estate.id(), Turn.AFTERNOON, any -> true);
        int fevers = ledger.fevers(estate.id(), any -> true);
        int alarms = ledger.openAlarms(estate.id(), any -> true);
        int observed = ledger.observed(estate.id());
        var line = new LinkedHashMap<String, String>();
        line.put("应报人数", String.valueOf(morning.expected()));
        line.put("上午已报", String.valueOf(morning.reported() - morning.late()));
        line.put("上午迟报", String.valueOf(morning.late()));
        line.put("上午未报", String.valueOf(morning.missing()));
        line.put("下午已报", String.valueOf(afternoon.reported() - afternoon.late()));
        line.put("下午迟报", String.valueOf(afternoon.late()));
        line.put("下午未报", String.valueOf(afternoon.missing()));
        line.put("发热人数", String.valueOf(fevers));
        line.put("未结预警", String.valueOf(alarms));
        line.put("居家观察人数", String.valueOf(observed));
        line.put("今日新增观察", String.valueOf(observed));
        line.put("零报告", fevers + alarms + observed == 0 ? "是" : "否");
        atSummary.put(estate.id(), line);
        missingAtSummary.put(estate.id(), ledger.missingAny(estate.id()));
    }

    /** The sheets, read by another program than wrote them, at five past five: they say what was so at five, on both instances the same bytes. */
    private void compareForms() {
        for (var file : List.of("daily-summary.csv", "daily-summary.xlsx")) {
            var here = api.again(street.subdistrict).get("/forms/" + file + "?date=" + DATE);
            assertArrayEquals(here.raw().body(), api.again(street.subdistrict).at(otherInstance).get("/forms/" + file + "?date=" + DATE).raw().body(), file);
            var table = file.endsWith("csv") ? Table.csv(here) : Table.xlsx(here);
            for (var estate : street.estates) {
                var line = IntStream.range(0, table.lines().size()).mapToObj(table::line)
                        .filter(each -> each.get("小区").endsWith(estate.id().toString())).findFirst().orElseThrow();
                atSummary.get(estate.id()).forEach((heading, value) -> assertEquals(value, line.get(heading), file + " " + heading));
            }
        }
        for (var estate : street.estates) {
            var missing = Table.xlsx(now(estate.office()).get("/forms/missing-list.xlsx?date=" + DATE));
            assertEquals(missingAtSummary.get(estate.id()), missing.lines().size());
            var fevers = Table.csv(now(estate.healthCentre()).get("/forms/fever-ledger.csv?date=" + DATE));
            assertEquals(ledger.alarmsOpened(estate.id()), fevers.lines().size());
            var observed = Table.csv(now(estate.office()).get("/forms/observation-ledger.csv?date=" + DATE));
            assertEquals(ledger.observed(estate.id()), observed.lines().size());
        }
    }

    /** Whoever looks on at either instance sees one more report at once. */
    private void compareStreams() {
        var estate = street.estates.getFirst();
        var office = api.again(estate.office());
        var late = ledger.missing(estate.id(), Turn.AFTERNOON, any -> true).getFirst();
        int before = ledger.figures(estate.id(), Turn.AFTERNOON, any -> true).reported();
        try (var here = office.stream("/monitor/stream"); var there = office.at(otherInstance).stream("/monitor/stream")) {
            assertEquals(before, reportedIn(here.next(PATIENCE).data()));
            assertEquals(before, reportedIn(there.next(PATIENCE).data()));
            office.post("/health-reports", Map.of("residentId", late, "date", DATE, "round", "AFTERNOON", "temperature", 36.6, "symptoms", List.of())).expect(201);
            long told = System.nanoTime();
            for (var stream : List.of(here, there)) {
                var seen = stream.until(PATIENCE, body -> reportedIn(body) == before + 1);
                assertTrue(seen.atNanos() - told < AT_ONCE.toNanos(), "it took " + Duration.ofNanos(seen.atNanos() - told));
            }
        }
    }

    private static int reportedIn(JsonNode monitor) {
        return monitor.at("/compounds/0/rounds/AFTERNOON/reported").asInt();
    }

    private interface Check {
        boolean holds() throws SQLException;
    }

    private static void await(String what, Check check) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!check.holds()) {
            assertTrue(System.nanoTime() < end, "it did not come about: " + what);
            Thread.sleep(50);
        }
    }

    private static long count(String sql) throws SQLException {
        try (var connection = api.database().connect(); var statement = connection.createStatement(); var row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }
}
