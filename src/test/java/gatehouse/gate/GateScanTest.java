package gatehouse.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import gatehouse.forms.Table;
import gatehouse.kernel.Role;
import gatehouse.outing.PressedCodes;
import gatehouse.support.ApiClient;
import gatehouse.support.ApiServer;
import gatehouse.support.Given;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Passes at gates over HTTP, on two instances, every answer checked against the contract. */
class GateScanTest {
    private static final AtomicInteger ROOMS = new AtomicInteger(100);
    private static ApiServer api;
    private static ApiClient otherInstance;

    private Given.Compound compound;
    private UUID east;
    private UUID west;
    private ApiClient guard;
    private ApiClient guardWest;
    private ApiClient office;

    @BeforeAll
    static void start() {
        api = ApiServer.start();
        otherInstance = api.another();
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @BeforeEach
    void aCompoundWithTwoGates() {
        api.clock().set("2026-11-22T09:30:00+08:00");
        compound = api.given().compound("阳光花园");
        east = compound.gate("东门");
        west = compound.gate("西门");
        guard = api.staff(compound.id(), Role.GUARD, east);
        guardWest = api.staff(compound.id(), Role.GUARD, west).at(otherInstance);
        office = api.staff(compound.id(), Role.OFFICE, compound.id());
    }

    /** Somebody with a pass that is approved. */
    private record Holder(ApiClient resident, String passId, String residentId, String household) {
        String code() {
            return resident.get("/outing-passes/" + passId + "/code").expect(200).text("/code");
        }

        String state() {
            return resident.get("/outing-passes/" + passId).expect(200).text("/state");
        }
    }

    private Holder holder() {
        var label = "3-2-" + ROOMS.incrementAndGet();
        var resident = api.resident(compound.household(label), "王小明");
        resident.post("/health-reports", Map.of("temperature", 36.5, "symptoms", List.of())).expect(201);
        var pass = resident.post("/outing-passes", Map.of("kind", "SUPPLIES")).expect(201);
        office.post("/outing-passes/" + pass.text("/id") + "/approve", Map.of()).expect(200);
        return new Holder(resident, pass.text("/id"), resident.me().at("/resident/id").asText(), label);
    }

    private static Map<String, Object> scan(String code, UUID gate, String direction) {
        return Map.of("code", code, "gateId", gate, "direction", direction, "temperature", 36.4, "mask", true, "nonce", UUID.randomUUID());
    }

    private static Map<String, Object> with(Map<String, Object> scan, String name, Object value) {
        var other = new HashMap<>(scan);
        other.put(name, value);
        return other;
    }

    /** With its seconds, also where there are none. */
    private static String written(OffsetDateTime time) {
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time);
    }

    private static ApiClient.Answer refused(ApiClient.Answer answer, String reason) {
        assertEquals(reason, answer.expect(200).text("/reason"));
        assertEquals("false", answer.text("/allowed"));
        return answer;
    }

    private static ApiClient.Answer allowed(ApiClient.Answer answer) {
        assertEquals("ok", answer.expect(200).text("/reason"));
        assertEquals("true", answer.text("/allowed"));
        return answer;
    }

    private static long count(String sql) {
        try (var connection = api.database().connect(); var rows = connection.createStatement().executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    @Test
    void holder_goesOut_andComesBack() {
        var holder = holder();
        var out = allowed(guard.post("/gate-scans", scan(holder.code(), east, "OUT")));
        assertEquals(holder.passId, out.text("/passId"));
        assertEquals("PINK", out.text("/colour"));
        assertEquals(holder.household, out.text("/household"));
        assertEquals("[]", out.body().path("warnings").toString());
        assertEquals("OUT", holder.state());
        assertEquals(holder.passId, office.get("/outside").expect(200).text("/items/0/passId"));
        assertEquals("王小明", office.get("/outside").expect(200).text("/items/0/residentName"));
        assertEquals("王小明", holder.resident.get("/outside").expect(200).text("/items/0/residentName"));

        api.clock().move(Duration.ofMinutes(10));
        allowed(guardWest.post("/gate-scans", scan(holder.code(), west, "IN")));
        assertEquals("RETURNED", holder.state());
        assertTrue(office.get("/outside").expect(200).body().path("items").isEmpty());
        var movements = office.get("/movements?date=2026-11-22").expect(200);
        assertEquals(List.of("IN", "OUT"), movements.body().path("items").findValuesAsText("direction"));
        assertEquals(1, office.get("/movements?date=2026-11-22&gateId=" + west).expect(200).body().path("items").size());
        assertEquals("[\"REQUEST\",\"APPROVE\",\"LEAVE\",\"RETURN\"]", events(holder.resident.get("/outing-passes/" + holder.passId).expect(200).body()));
    }

    private static String events(JsonNode pass) {
        return pass.findValuesAsText("event").stream().map(each -> '"' + each + '"').toList().toString().replace(" ", "");
    }

    @Test
    void holderWhomNoGateSawReturn_isWrittenDownAsBack_byStaffWithAReason() {
        var holder = holder();
        var back = "/outing-passes/" + holder.passId + "/return";
        office.post(back, Map.of("reason", "电话核实")).expectProblem(409, "not-allowed-now");
        allowed(guard.post("/gate-scans", scan(holder.code(), east, "OUT")));
        office.post(back, Map.of("reason", " ")).expectBadField("/reason");
        holder.resident.post(back, Map.of("reason", "我到家了")).expectProblem(403, "not-permitted");
        assertTrue(holder.resident.get("/outing-passes/" + holder.passId).expect(200).body().path("possible").isEmpty());
        assertEquals("RETURN", office.get("/outing-passes/" + holder.passId).expect(200).text("/possible/0"));
        assertEquals("RETURNED", office.post(back, Map.of("reason", "电话核实已在家")).expect(200).text("/state"));
        assertTrue(office.get("/outside").expect(200).body().path("items").isEmpty(), "though the last that a gate saw was that they left");
        var detail = office.get("/outing-passes/" + holder.passId).expect(200);
        int last = detail.body().path("events").size() - 1;
        assertEquals(List.of("RETURN", "电话核实已在家"), List.of(detail.text("/events/" + last + "/event"), detail.text("/events/" + last + "/reason")));
        assertEquals(holder.passId, office.get("/audit?action=PASS_RETURNED").expect(200).text("/items/0/details/pass"));
        office.post(back, Map.of("reason", "电话核实")).expectProblem(409, "not-allowed-now");
    }

    @Test
    void scan_isRefusedForEachReason_andIsOnRecord() {
        var holder = holder();
        var code = holder.code();
        refused(guard.post("/gate-scans", scan("X" + code.substring(1), east, "OUT")), "forged");
        refused(guard.post("/gate-scans", scan(code, east, "IN")), "not-out");
        refused(guard.post("/gate-scans", with(scan(code, east, "OUT"), "temperature", 37.5)), "fever");
        var other = holder();
        refused(guard.post("/gate-scans", with(scan(other.code(), east, "OUT"), "mask", false)), "no-mask");
        refused(guard.post("/gate-scans", scan(code, east, "OUT")), "alert-open");
        api.clock().move(Duration.ofSeconds(61));
        refused(guard.post("/gate-scans", scan(code, east, "OUT")), "expired-code");
        office.post("/observations", Map.of("residentIds", List.of(other.residentId), "reason", "返回", "startsOn", "2026-11-22", "days", 7)).expect(201);
        refused(guard.post("/gate-scans", scan(other.code(), east, "OUT")), "under-observation");
        var third = holder();
        var thirdCode = third.code();
        allowed(guard.post("/gate-scans", scan(thirdCode, east, "OUT")));
        refused(guard.post("/gate-scans", scan(thirdCode, east, "OUT")), "already-out");
        var fourth = holder();
        var fourthCode = fourth.code();
        fourth.resident.post("/outing-passes/" + fourth.passId + "/cancel", Map.of()).expect(200);
        refused(guard.post("/gate-scans", scan(fourthCode, east, "OUT")), "revoked");
        var asked = holder().resident.post("/outing-passes", Map.of("kind", "MEDICAL")).expect(201).text("/id");
        var unanswered = new PressedCodes(api.keys()).shown(count("select code_number from outing_pass where id = '" + asked + "'"), api.clock().business().now());
        refused(guard.post("/gate-scans", scan(unanswered, east, "OUT")), "not-approved");
        var abroad = api.given().compound("月桂苑");
        var gateAbroad = abroad.gate("南门");
        refused(api.staff(abroad.id(), Role.GUARD, gateAbroad).post("/gate-scans", scan(holder().code(), gateAbroad, "OUT")), "other-compound");

        var seen = guard.get("/gate-scans?limit=200&gateId=" + east).expect(200).body();
        assertEquals(11, seen.path("items").size());
        assertFalse(seen.toString().contains("王小明"), "a guard reads no names");
        assertFalse(seen.toString().contains("alert-open") || seen.toString().contains("under-observation"), "nor what the health centre knows: " + seen);
        assertEquals(2, seen.findValuesAsText("reason").stream().filter("suspended"::equals).count());
        assertTrue(office.get("/gate-scans?limit=200").expect(200).body().findValuesAsText("reason").containsAll(List.of("alert-open", "under-observation")));
        assertEquals(10, count("select count(*) from gate_scan where not allowed and compound_id = '" + compound.id() + "'"));
        assertEquals(1, guard.get("/movements").expect(200).body().path("items").size());
    }

    @Test
    void pass_beforeAndAfterItsHour_letsNobodyOut() {
        var holder = holder();
        var slot = holder.resident.get("/outing-slots?gateId=" + east + "&date=2026-11-22").expect(200).text("/items/10/id");
        holder.resident.post("/outing-passes/" + holder.passId + "/cancel", Map.of()).expect(200);
        var pass = holder.resident.post("/outing-passes", Map.of("kind", "SUPPLIES", "slotId", slot)).expect(201);
        office.post("/outing-passes/" + pass.text("/id") + "/approve", Map.of()).expect(200);
        var booked = new Holder(holder.resident, pass.text("/id"), holder.residentId, holder.household);
        refused(guard.post("/gate-scans", scan(booked.code(), east, "OUT")), "not-yet");
        var code = booked.code();
        api.clock().set(pass.text("/validFrom"));
        guardWest = api.again(guardWest).at(otherInstance);
        assertEquals("[\"other-gate\"]", allowed(guardWest.post("/gate-scans",
                scan(api.again(booked.resident).get("/outing-passes/" + booked.passId + "/code").text("/code"), west, "OUT"))).body().path("warnings").toString());
        office = api.again(office);
        var late = holder();
        var lateCode = late.code();
        api.clock().set("2026-11-22T23:30:00+08:00");
        refused(api.again(guard).post("/gate-scans", with(scan(lateCode, east, "OUT"), "scannedAt", "2026-11-22T23:29:30+08:00")), "expired-code");
        assertFalse(code.isEmpty());
    }

    @Test
    void card_isGoodWithoutAPhone_untilItIsRevoked() {
        var holder = holder();
        var card = office.get("/outing-passes/" + holder.passId + "/card").expect(200);
        assertTrue(new String(card.raw().body(), java.nio.charset.StandardCharsets.UTF_8).contains("<"), "it is a page");
        long number = count("select code_number from outing_pass where id = '" + holder.passId + "'");
        var printed = new PressedCodes(api.keys()).printed(number, 1);
        office.post("/outing-passes/" + holder.passId + "/card/revoke", Map.of()).expect(200);
        refused(guard.post("/gate-scans", scan(printed, east, "OUT")), "revoked");
        api.clock().move(Duration.ofMinutes(5));
        allowed(guard.post("/gate-scans", scan(new PressedCodes(api.keys()).printed(number, 2), east, "OUT")));
        var home = allowed(guard.post("/gate-scans", scan(printed, east, "IN")));
        assertEquals("[\"card-revoked\"]", home.body().path("warnings").toString());
    }

    @Test
    void digitsThatAreTyped_areAsGoodAsTheCode_forTheirMoment() {
        var holder = holder();
        holder();
        var typed = holder.resident.get("/outing-passes/" + holder.passId + "/code").expect(200).text("/typed");
        api.clock().move(Duration.ofSeconds(20));
        assertEquals(holder.passId, allowed(guard.post("/gate-scans", scan(typed, east, "OUT"))).text("/passId"));
        api.clock().move(Duration.ofSeconds(90));
        refused(guard.post("/gate-scans", scan(typed, east, "IN")), "forged");
    }

    @Test
    void sameNonce_isOneScan_alsoFiftyTimesAtOnceOnTwoInstances() throws Exception {
        var holder = holder();
        var same = scan(holder.code(), east, "OUT");
        var answers = together(50, i -> (i % 2 == 0 ? guard : guard.at(otherInstance)).post("/gate-scans", same));
        assertEquals(50, answers.stream().filter(each -> each.text("/allowed").equals("true") && each.text("/passId").equals(holder.passId)).count());
        assertEquals(1, count("select count(*) from gate_scan where nonce = '" + same.get("nonce") + "'"));
        assertEquals(1, guard.get("/movements").expect(200).body().path("items").size());
    }

    @Test
    void passAtTwoGatesAtTheSameInstant_goesOutOnce() throws Exception {
        for (int round = 0; round < 10; round++) {
            var holder = holder();
            var code = holder.code();
            var answers = together(16, i -> i % 2 == 0 ? guard.post("/gate-scans", scan(code, east, "OUT")) : guardWest.post("/gate-scans", scan(code, west, "OUT")));
            var reasons = answers.stream().map(each -> each.expect(200).text("/reason")).toList();
            assertEquals(1, reasons.stream().filter("ok"::equals).count(), reasons.toString());
            assertEquals(15, reasons.stream().filter("already-out"::equals).count(), reasons.toString());
            assertEquals(1, count("select count(*) from outing_pass_event where event = 'LEAVE' and pass_id = '" + holder.passId + "'"));
        }
    }

    private interface Call {
        ApiClient.Answer make(int i);
    }

    private static List<ApiClient.Answer> together(int callers, Call call) throws Exception {
        var barrier = new CyclicBarrier(callers);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var tasks = new ArrayList<Callable<ApiClient.Answer>>();
            for (int i = 0; i < callers; i++) {
                int mine = i;
                tasks.add(() -> {
                    barrier.await();
                    return call.make(mine);
                });
            }
            var answers = new ArrayList<ApiClient.Answer>();
            for (var each : threads.invokeAll(tasks)) {
                answers.add(each.get());
            }
            return answers;
        }
    }

    @Test
    void feverAtTheGate_opensAnAlert_beforeTheGuardIsAnswered() {
        var holder = holder();
        refused(guard.post("/gate-scans", with(scan(holder.code(), east, "OUT"), "temperature", 38.2)), "fever");
        var alert = office.get("/alerts?state=OPEN").expect(200);
        assertEquals(holder.residentId, alert.text("/items/0/residentId"), alert.body().toString());
        guard.get("/alerts").expect(403);
    }

    @Test
    void scansOfAGateWithoutNetwork_areJudgedByTheirTime_markedWhereTheyConflict_andTakenOnce() {
        var first = holder();
        var second = holder();
        var codes = List.of(first.code(), second.code());
        allowed(guardWest.post("/gate-scans", scan(codes.getFirst(), west, "OUT")));
        api.clock().set("2026-11-22T09:44:00+08:00");
        var scans = List.of(
                offline(codes.get(0), "OUT", "2026-11-22T09:30:10+08:00", true),
                offline(codes.get(1), "OUT", "2026-11-22T09:30:20+08:00", true),
                offline("A".repeat(135), "OUT", "2026-11-22T09:30:25+08:00", false),
                Map.<String, Object>of("code", "x"));
        for (int time = 0; time < 2; time++) {
            var results = guard.post("/gate-scans/batch", Map.of("scans", scans)).expect(200).body().path("results");
            assertEquals(List.of("200", "200", "200", "400"), results.findValuesAsText("status").stream().limit(4).toList(), results.toString());
            assertEquals("already-out", results.at("/0/scan/conflict").asText());
            assertTrue(results.at("/0/scan/moved").asBoolean());
            assertTrue(results.at("/1/scan/allowed").asBoolean());
            assertFalse(results.at("/2/scan/moved").asBoolean());
        }
        assertEquals(3, office.get("/movements").expect(200).body().path("items").size());
        assertEquals(2, guard.get("/movements").expect(200).body().path("items").size());
        assertEquals(1, office.get("/movements?conflict=true").expect(200).body().path("items").size());
        assertEquals("OUT", second.state());
        assertEquals(1, count("select count(*) from outbox_message where template = 'GATE_CONFLICT' and compound_id = '" + compound.id() + "'"));
    }

    @Test
    void samePassAtTwoGatesThatWereBothWithoutNetwork_isTwoMovements_oneOfThemAConflict_whateverCameFirst() {
        var holder = holder();
        var code = holder.code();
        api.clock().set("2026-11-22T09:44:00+08:00");
        var atWest = with(with(scan(code, west, "OUT"), "scannedAt", "2026-11-22T09:30:20+08:00"), "admitted", true);
        guardWest.post("/gate-scans/batch", Map.of("scans", List.of(atWest))).expect(200);
        guard.post("/gate-scans/batch", Map.of("scans", List.of(offline(code, "OUT", "2026-11-22T09:30:10+08:00", true)))).expect(200);
        assertEquals(2, office.get("/movements").expect(200).body().path("items").size());
        assertEquals("already-out", office.get("/movements?conflict=true").expect(200).text("/items/0/conflict"));
        assertEquals(1, count("select count(*) from outing_pass_event where event = 'LEAVE' and pass_id = '" + holder.passId + "'"));
    }

    @Test
    void scanThatAGateWithoutNetworkTurnedBack_movesNobody_thoughNothingSpeaksAgainstIt() {
        var holder = holder();
        var code = holder.code();
        api.clock().set("2026-11-22T09:44:00+08:00");
        var turnedBack = with(offline(code, "OUT", "2026-11-22T09:30:10+08:00", false), "admitted", false);
        for (int time = 0; time < 2; time++) {
            var result = guard.post("/gate-scans/batch", Map.of("scans", List.of(turnedBack))).expect(200);
            assertEquals("turned-back", result.text("/results/0/scan/reason"));
            assertFalse(result.body().at("/results/0/scan/allowed").asBoolean());
            assertFalse(result.body().at("/results/0/scan/moved").asBoolean());
        }
        assertEquals("APPROVED", holder.state());
        assertTrue(office.get("/movements").expect(200).body().path("items").isEmpty());
        assertTrue(guard.post("/gate-scans", scan(holder.code(), east, "OUT")).expect(200).body().at("/allowed").asBoolean());
    }

    @Test
    void scanThatWasRefused_whoseAnswerWasLost_andWhomTheGateLetThroughByItself_isKeptAsOneMovementMore() {
        var holder = holder();
        var asked = with(with(scan(holder.code(), east, "OUT"), "mask", false), "scannedAt", "2026-11-22T09:30:00+08:00");
        refused(guard.post("/gate-scans", asked), "no-mask");
        api.clock().set("2026-11-22T09:44:00+08:00");
        for (int time = 0; time < 3; time++) {
            var result = guard.post("/gate-scans/batch", Map.of("scans", List.of(with(asked, "admitted", true)))).expect(200);
            assertEquals(List.of("true", "no-mask"), List.of(result.text("/results/0/scan/moved"), result.text("/results/0/scan/conflict")));
        }
        assertEquals("OUT", holder.state());
        assertEquals(1, office.get("/movements").expect(200).body().path("items").size());
        refused(guard.post("/gate-scans", asked), "no-mask");
    }

    /** Its time is told by the code, which had not been made an hour ago, or by the time of sending where there is none in it. */
    @Test
    void scanByADeviceWhoseClockIsWrong_isJudgedByTheServersTime() {
        var warned = "[\"clock-wrong\"]";
        var told = "2026-11-22T08:30:00+08:00";
        var holder = holder();
        assertEquals(warned, allowed(guard.post("/gate-scans", with(scan(holder.code(), east, "OUT"), "scannedAt", told))).body().path("warnings").toString());
        var typed = holder.resident.get("/outing-passes/" + holder.passId + "/code").expect(200).text("/typed");
        var home = allowed(guard.post("/gate-scans", with(scan(typed, east, "IN"), "scannedAt", told)));
        assertEquals(api.clock().business().now(), OffsetDateTime.parse(home.text("/scannedAt")));

        var onPaper = holder();
        api.clock().set("2026-11-22T09:40:00+08:00");
        var printed = new PressedCodes(api.keys()).printed(count("select code_number from outing_pass where id = '" + onPaper.passId + "'"), 1);
        var out = with(scan(printed, east, "OUT"), "scannedAt", "2026-11-22T10:39:59+08:00");
        assertEquals("2026-11-22T09:39:59+08:00", allowed(guard.with("Gatehouse-Sent-At", "2026-11-22T02:40:00Z").post("/gate-scans", out)).text("/scannedAt"));
        assertEquals(0, count("select count(*) from gate_scan where offline and compound_id = '" + compound.id() + "'"));
        guard.with("Gatehouse-Sent-At", "an hour ago").post("/gate-scans", out).expectProblem(400, "bad-input");
    }

    @ParameterizedTest
    @CsvSource({"2026-11-22T08:30:10+08:00, 2026-11-22T08:44:00+08:00, 2026-11-22T08:44:42+08:00",
        "2026-11-22T10:30:10+08:00, 2026-11-22T10:44:00+08:00, 2026-11-22T10:44:42+08:00"})
    void scanWithoutNetworkByADeviceAnHourWrong_isJudgedByTheTimeAtWhichItWas_andTakenOnce(String told, String sent, String sentAgain) {
        var holder = holder();
        var scan = offline(holder.code(), "OUT", told, true);
        api.clock().set("2026-11-22T09:44:00+08:00");
        for (var sentAt : List.of(sent, sentAgain)) {
            var result = guard.with("Gatehouse-Sent-At", sentAt).post("/gate-scans/batch", Map.of("scans", List.of(scan))).expect(200);
            assertEquals(List.of("true", "2026-11-22T09:30:10+08:00"), List.of(result.text("/results/0/scan/allowed"), result.text("/results/0/scan/scannedAt")));
            api.clock().set("2026-11-22T09:44:40+08:00");
        }
        assertEquals(1, office.get("/movements").expect(200).body().path("items").size());
        assertEquals("OUT", holder.state());
    }

    @Test
    void pictureOfACode_isMadeFreshByNoClock() {
        var holder = holder();
        var code = holder.code();
        api.clock().set("2026-11-22T09:44:00+08:00");
        var slow = guard.with("Gatehouse-Sent-At", "2026-11-22T09:30:20+08:00");
        refused(slow.post("/gate-scans", with(scan(code, east, "OUT"), "scannedAt", "2026-11-22T09:30:20+08:00")), "expired-code");
        refused(slow.post("/gate-scans", scan(code, east, "OUT")), "expired-code");
        refused(guard.post("/gate-scans", with(scan(code, east, "OUT"), "scannedAt", "2026-11-22T09:00:00+08:00")), "expired-code");
        refused(guard.with("Gatehouse-Sent-At", "2026-11-22T10:44:00+08:00").post("/gate-scans", with(scan(code, east, "OUT"), "scannedAt",
                "2026-11-22T10:43:59+08:00")), "expired-code");
    }

    /** Too little to tell the guard of, too much for a code that is good for half a minute: with the time of sending, and without it by the code. */
    @ParameterizedTest
    @ValueSource(ints = {-110, -90, -45, 45, 90, 110})
    void deviceThatIsALittleWrong_refusesNoGoodCode_andTakesNoPicture(int aheadSeconds) {
        var itsClock = OffsetDateTime.parse("2026-11-22T09:30:00+08:00").plusSeconds(aheadSeconds);
        var wrong = guard.with("Gatehouse-Sent-At", written(itsClock));
        var first = holder();
        allowed(wrong.post("/gate-scans", with(scan(first.code(), east, "OUT"), "scannedAt", written(itsClock))));
        allowed(guard.post("/gate-scans", with(scan(first.code(), east, "IN"), "scannedAt", written(itsClock))));
        var second = holder();
        var picture = second.code();
        api.clock().move(Duration.ofSeconds(110));
        itsClock = itsClock.plusSeconds(110);
        refused(guard.with("Gatehouse-Sent-At", written(itsClock)).post("/gate-scans", with(scan(picture, east, "OUT"), "scannedAt", written(itsClock))),
                "expired-code");
    }

    /** Full ones, as a gate's phone sends them after a long cut. */
    @Test
    void fiveHundredScans_areOneBatch() {
        var codes = new PressedCodes(api.keys());
        var at = api.clock().business().now();
        var scans = IntStream.range(0, 500).mapToObj(i -> with(with(scan(codes.shown(i, at), east, "OUT"), "scannedAt", written(at)), "admitted", true)).toList();
        var results = guard.post("/gate-scans/batch", Map.of("scans", scans)).expect(200).body().path("results");
        assertEquals(500, results.findValuesAsText("moved").stream().filter("true"::equals).count());
        assertEquals(500, count("select count(*) from gate_scan where compound_id = '" + compound.id() + "'"));
    }

    @Test
    void scansOfAnotherGateWithoutNetwork_areTakenFromTheNextGuard_ofTheirCompoundOnly() {
        var holder = holder();
        var past = offline(holder.code(), "OUT", "2026-11-22T09:30:00+08:00", true);
        var asking = with(past, "nonce", UUID.randomUUID());
        asking.remove("admitted");
        var abroad = with(with(past, "nonce", UUID.randomUUID()), "gateId", api.given().compound("月桂苑").gate("南门"));
        var results = guardWest.post("/gate-scans/batch", Map.of("scans", List.of(past, asking, abroad))).expect(200).body().path("results");
        assertEquals(List.of("200", "400", "400"), List.of(results.at("/0/status").asText(), results.at("/1/status").asText(), results.at("/2/status").asText()));
        assertEquals(east.toString(), results.at("/0/scan/gateId").asText());
        assertEquals("/gateId", results.at("/2/problem/errors/0/pointer").asText());
        assertEquals("OUT", holder.state());
        guardWest.post("/gate-scans", with(past, "nonce", UUID.randomUUID())).expectBadField("/gateId");
    }

    private Map<String, Object> offline(String code, String direction, String at, boolean admitted) {
        var scan = with(scan(code, east, direction), "scannedAt", at);
        return admitted ? with(scan, "admitted", true) : scan;
    }

    @Test
    void holderWhoLeftByAGateWithoutNetwork_andCameBackByTheOther_isNotThoughtToBeOut() {
        var holder = holder();
        var codeOut = holder.code();
        api.clock().set("2026-11-22T09:40:00+08:00");
        var codeIn = holder.code();
        refused(guardWest.post("/gate-scans", scan(codeIn, west, "IN")), "not-out");
        var let = guardWest.post("/gate-scans", with(scan(codeIn, west, "IN"), "admitted", true)).expect(200);
        assertEquals("not-out", let.text("/conflict"));
        assertEquals("APPROVED", holder.state());
        api.clock().set("2026-11-22T09:44:00+08:00");
        guard.post("/gate-scans/batch", Map.of("scans", List.of(offline(codeOut, "OUT", "2026-11-22T09:30:10+08:00", true)))).expect(200);
        assertEquals("RETURNED", holder.state());
        assertTrue(office.get("/outside").expect(200).body().path("items").isEmpty());
    }

    @Test
    void passThatExpiredBeforeTheNewsCame_isOutSinceItWasScanned() {
        var holder = holder();
        var code = holder.code();
        count("with late as (update outing_pass set state = 'EXPIRED', version = version + 1 where id = '" + holder.passId + "' returning 1) select count(*) from late");
        api.clock().set("2026-11-22T09:44:00+08:00");
        var results = guard.post("/gate-scans/batch", Map.of("scans", List.of(offline(code, "OUT", "2026-11-22T09:30:10+08:00", true)))).expect(200);
        assertEquals("true", results.text("/results/0/scan/allowed"));
        assertEquals("OUT", holder.state());
    }

    @Test
    void holderWhoIsLate_isChased_firstTheHousehold_thenTheGridWorker_eachOnce() {
        var holder = holder();
        allowed(guard.post("/gate-scans", scan(holder.code(), east, "OUT")));
        var messages = "select count(*) from outbox_message where compound_id = '" + compound.id() + "' and template = '%s'";
        api.clock().set("2026-11-22T12:30:01+08:00");
        eventually("OUTING_OVERDUE", () -> count(messages.formatted("OUTING_OVERDUE")) == 1);
        assertEquals(0, count(messages.formatted("OUTING_OVERDUE_GRID")));
        assertEquals("true", api.again(office).get("/outside").expect(200).text("/items/0/overdue"));
        api.clock().set("2026-11-22T13:00:02+08:00");
        eventually("OUTING_OVERDUE_GRID", () -> count(messages.formatted("OUTING_OVERDUE_GRID")) == 1);
        assertEquals(1, count(messages.formatted("OUTING_OVERDUE")));
        api.clock().set("2026-11-22T13:10:00+08:00");
        var back = allowed(api.again(guard).post("/gate-scans", scan(api.again(holder.resident).get("/outing-passes/" + holder.passId + "/code")
                .expect(200).text("/code"), east, "IN")));
        assertEquals("[\"overdue\"]", back.body().path("warnings").toString());
    }

    /** The line comes back after the hour, and whatever became of the pass meanwhile. */
    @Test
    void digitsTypedWithoutNetwork_areFoundWhenTheLineIsBack_alsoTheDayAfter() {
        var holder = holder();
        var cancelled = holder();
        var typed = List.of(holder, cancelled).stream().map(each -> each.resident.get("/outing-passes/" + each.passId + "/code").expect(200).text("/typed")).toList();
        cancelled.resident.post("/outing-passes/" + cancelled.passId + "/cancel", Map.of()).expect(200);
        count("with late as (update outing_pass set state = 'EXPIRED', version = version + 1 where id = '" + holder.passId + "' returning 1) select count(*) from late");
        api.clock().set("2026-11-25T09:00:00+08:00");
        guard = api.again(guard);
        var scans = typed.stream().map(digits -> offline(digits, "OUT", "2026-11-22T09:30:10+08:00", true)).toList();
        var results = guard.post("/gate-scans/batch", Map.of("scans", scans)).expect(200);
        assertEquals(List.of("ok", "revoked"), List.of(results.text("/results/0/scan/reason"), results.text("/results/1/scan/reason")));
        assertEquals(holder.passId, results.text("/results/0/scan/passId"));
        assertEquals(cancelled.passId, results.text("/results/1/scan/passId"));
    }

    @Test
    void whatAGateTellsOfAfterMidnight_isInTheBooksOfItsDay_andALeavingOnThatOfItsOwn() {
        var holder = holder();
        var code = holder.code();
        api.clock().set("2026-11-22T23:50:00+08:00");
        guard = api.again(guard);
        var engine = guard.post("/emergency-entries", Map.of("gateId", east, "service", "AMBULANCE")).expect(201).text("/id");
        api.clock().set("2026-11-23T00:20:00+08:00");
        guard = api.again(guard);
        guard.post("/gate-scans/batch", Map.of("scans", List.of(offline(code, "OUT", "2026-11-22T09:30:10+08:00", true)))).expect(200);
        guard.post("/emergency-entries/" + engine + "/leave", Map.of("gateId", east)).expect(200);
        office = api.again(office);
        for (var form : List.of("gate-register", "movement-ledger")) {
            var yesterday = Table.csv(office.get("/forms/" + form + ".csv?date=2026-11-22"));
            assertEquals(List.of("出", "进"), IntStream.range(0, yesterday.lines().size()).mapToObj(yesterday::line).map(line -> line.get("方向")).toList(), form);
            var today = Table.csv(office.get("/forms/" + form + ".csv?date=2026-11-23"));
            assertEquals(List.of("出"), IntStream.range(0, today.lines().size()).mapToObj(today::line).map(line -> line.get("方向")).toList(), form);
        }
    }

    @Test
    void movements_ofAHomeAndOfACompound_comePageByPage_whateverTheirDay() {
        var holder = holder();
        var neighbour = holder();
        allowed(guard.post("/gate-scans", scan(holder.code(), east, "OUT")));
        allowed(guard.post("/gate-scans", scan(neighbour.code(), east, "OUT")));
        api.clock().set("2026-11-23T00:10:00+08:00");
        var after = api.again(guard);
        allowed(after.post("/gate-scans", scan(new Holder(api.again(holder.resident), holder.passId, "", "").code(), east, "IN")));
        for (var reader : List.of(api.again(holder.resident), api.again(office), after)) {
            int all = reader == after || reader.me().path("roles").toString().contains("OFFICE") ? 3 : 2;
            var first = reader.get("/movements?limit=1").expect(200);
            assertEquals("IN", first.text("/items/0/direction"));
            var rest = reader.get("/movements?limit=2&cursor=" + java.net.URLEncoder.encode(first.text("/next"), java.nio.charset.StandardCharsets.UTF_8))
                    .expect(200).body().path("items");
            assertEquals(all - 1, rest.size());
            assertTrue(rest.findValuesAsText("direction").stream().allMatch("OUT"::equals));
            assertEquals(all - 1, reader.get("/movements?date=2026-11-22").expect(200).body().path("items").size());
        }
    }

    private static void eventually(String what, java.util.function.BooleanSupplier happened) {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!happened.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, what + " never came");
            try {
                Thread.sleep(100);
            } catch (InterruptedException stopped) {
                throw new IllegalStateException(stopped);
            }
        }
    }

    @Test
    void kit_holdsWhatAGateNeeds_andNobodysName() {
        var holder = holder();
        var kit = guard.get("/gate-kit").expect(200);
        assertEquals(1, kit.body().path("passes").size());
        assertEquals("APPROVED", kit.text("/passes/0/standing"));
        assertEquals("false", kit.text("/passes/0/suspended"));
        assertFalse(kit.body().toString().contains("王小明") || kit.body().toString().contains(holder.household), kit.body().toString());
        var etag = kit.header("ETag").orElseThrow();
        guard.with("If-None-Match", etag).get("/gate-kit").expect(304);
        refused(guard.post("/gate-scans", with(scan(holder.code(), east, "OUT"), "temperature", 38.2)), "fever");
        assertEquals("true", guard.with("If-None-Match", etag).get("/gate-kit").expect(200).text("/passes/0/suspended"));
        holder.resident.post("/outing-passes/" + holder.passId + "/cancel", Map.of()).expect(200);
        assertEquals(1, guard.get("/gate-kit").expect(200).body().path("revoked").size());
    }

    @Test
    void kit_holdsPassesOfTheDaysToCome_andThoseOfYesterdayThatAreStillGood() {
        var holder = holder();
        holder.resident.post("/outing-passes/" + holder.passId + "/cancel", Map.of()).expect(200);
        var slot = holder.resident.get("/outing-slots?gateId=" + east + "&date=2026-11-24").expect(200).text("/items/4/id");
        var later = holder.resident.post("/outing-passes", Map.of("kind", "SUPPLIES", "slotId", slot)).expect(201);
        office.post("/outing-passes/" + later.text("/id") + "/approve", Map.of()).expect(200);
        var worker = holder();
        api.clock().set("2026-11-22T21:00:00+08:00");
        office = api.again(office);
        var resident = api.again(worker.resident);
        resident.post("/health-reports", Map.of("temperature", 36.5, "symptoms", List.of()));
        var work = resident.post("/outing-passes", Map.of("kind", "WORK", "purpose", "夜班")).expect(201);
        office.post("/outing-passes/" + work.text("/id") + "/approve", Map.of());
        api.clock().set("2026-11-23T06:00:00+08:00");
        var kit = api.again(guard).get("/gate-kit").expect(200).body();
        assertEquals(List.of(later.text("/validFrom")), IntStream.range(0, kit.path("passes").size()).mapToObj(i -> kit.path("passes").get(i))
                .filter(pass -> !pass.path("suspended").asBoolean()).map(pass -> pass.path("validFrom").asText())
                .filter(from -> from.startsWith("2026-11-24")).toList(), "what it owes today says nothing of a later day: " + kit);
        assertEquals(1, IntStream.range(0, kit.path("passes").size()).filter(i -> kit.at("/passes/" + i + "/validUntil").asText().startsWith("2026-11-23T11")).count(), kit.toString());
    }

    @Test
    void whoIsOut_standsInTheLivePicture_andEverybodyInTheRegister() {
        var holder = holder();
        allowed(guard.post("/gate-scans", scan(holder.code(), east, "OUT")));
        refused(guard.post("/gate-scans", with(scan(holder().code(), east, "OUT"), "mask", false)), "no-mask");
        guard.post("/emergency-entries", Map.of("gateId", east, "service", "FIRE")).expect(201);
        var monitor = office.get("/monitor?date=2026-11-22").expect(200);
        assertEquals("1", monitor.text("/compounds/0/outside"));
        assertEquals("0", monitor.text("/compounds/0/overdue"));
        assertEquals("0", monitor.text("/compounds/0/slots"));
        var register = new String(office.get("/forms/gate-register.csv?date=2026-11-22").expect(200).raw().body(), java.nio.charset.StandardCharsets.UTF_8);
        for (var words : List.of("门岗", "王小明", "放行", "未放行", "消防车", "36.4")) {
            assertTrue(register.contains(words), words + " in " + register);
        }
        assertEquals(4, register.lines().filter(line -> line.contains("阳光花园")).count() + 1, register);
        guard.get("/forms/gate-register.csv").expect(403);
    }

    @Test
    void movementLedger_hasWhoWentThrough_withConflicts_andNobodyWhoWasRefused() {
        var holder = holder();
        allowed(guard.post("/gate-scans", scan(holder.code(), east, "OUT")));
        var held = holder();
        var heldCode = held.code();
        refused(guard.post("/gate-scans", with(scan(heldCode, east, "OUT"), "mask", false)), "no-mask");
        held.resident.post("/outing-passes/" + held.passId + "/cancel", Map.of()).expect(200);
        guardWest.post("/gate-scans/batch", Map.of("scans", List.of(with(offline(heldCode, "OUT", "2026-11-22T09:30:10+08:00", true), "gateId", west))))
                .expect(200);
        api.clock().move(Duration.ofMinutes(10));
        allowed(guardWest.post("/gate-scans", with(scan(holder.code(), west, "IN"), "temperature", 36.8)));
        var engine = guard.post("/emergency-entries", Map.of("gateId", east, "service", "FIRE")).expect(201).text("/id");
        guardWest.post("/emergency-entries/" + engine + "/leave", Map.of("gateId", west)).expect(200);

        var ledger = Table.csv(office.get("/forms/movement-ledger.csv?date=2026-11-22"));
        assertEquals(5, ledger.lines().size(), ledger.lines().toString());
        var moved = IntStream.range(0, 5).mapToObj(ledger::line).toList();
        var back = moved.stream().filter(line -> line.get("方向").equals("进") && line.get("类别").equals("采购")).findFirst().orElseThrow();
        assertEquals(List.of("2026-11-22 09:40", "西门", holder.household, "王小明", "粉色证", "36.8", "是", "联网", ""), Stream.of("时间", "门岗", "房号（去向）",
                "姓名（单位）", "证件颜色", "体温", "口罩", "登记方式", "待核对原因").map(back::get).toList());
        assertFalse(back.get("值班门岗人员").isEmpty());
        var marked = moved.stream().filter(line -> line.get("房号（去向）").equals(held.household)).toList();
        assertEquals(List.of("离线补传"), marked.stream().map(line -> line.get("登记方式")).toList(), "the refusal is no movement");
        assertEquals("已撤销", marked.getFirst().get("待核对原因"));
        var engines = moved.stream().filter(line -> line.get("类别").equals("消防车")).toList();
        assertEquals(Map.of("进", "东门", "出", "西门"), engines.stream().collect(Collectors.toMap(line -> line.get("方向"), line -> line.get("门岗"))));
        assertTrue(engines.stream().noneMatch(line -> line.get("值班门岗人员").isEmpty()), "whoever let it in, and whoever signed it out: " + engines);
        guard.get("/forms/movement-ledger.csv").expect(403);
    }

    @Test
    void guard_scansAtTheirOwnGateOnly() {
        guard.post("/gate-scans", scan("A".repeat(135), west, "OUT")).expectBadField("/gateId");
        var holder = holder();
        allowed(guardWest.post("/gate-scans", scan(holder.code(), west, "OUT")));
        for (var list : List.of("/gate-scans", "/movements")) {
            assertEquals(1, guardWest.get(list).expect(200).body().path("items").size());
            assertEquals(0, guard.get(list + "?gateId=" + west).expect(200).body().path("items").size(), "what another gate scans is not theirs to read");
            assertEquals(0, guard.get(list).expect(200).body().path("items").size());
        }
        assertEquals(holder.passId, guard.get("/outside").expect(200).text("/items/0/passId"), "who is out may come home by any gate");
        guard.post("/gate-scans", with(scan("A".repeat(135), east, "OUT"), "temperature", 36.45)).expectBadField("/temperature");
        guard.post("/gate-scans", with(scan("A".repeat(135), east, "OUT"), "nonce", "no uuid")).expectBadField("/nonce");
    }
}
