package gatehouse.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.kernel.Role;
import gatehouse.support.ApiClient;
import gatehouse.support.ApiServer;
import gatehouse.support.Given;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Home observation over HTTP, every answer checked against the contract. */
class ObservationRoutesTest {
    private static ApiServer api;

    private Given.Compound compound;
    private Given.Household home;
    private ApiClient resident;
    private ApiClient office;
    private UUID residentId;

    @BeforeAll
    static void start() {
        api = ApiServer.start();
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @BeforeEach
    void anOffice() {
        api.clock().set("2026-11-22T09:30:00+08:00");
        compound = api.given().compound("阳光花园");
        home = compound.household("3-2-1402");
        resident = api.resident(home, "王小明");
        residentId = UUID.fromString(resident.me().at("/resident/id").asText());
        office = api.staff(compound.id(), Role.OFFICE, compound.id());
    }

    private ApiClient.Answer begin(ApiClient by, Object residentIds, int days) {
        return by.post("/observations", Map.of("residentIds", residentIds, "reason", "返回", "startsOn", "2026-11-22", "days", days));
    }

    /** Time goes on, and sessions end. */
    private void on(String date) {
        api.clock().set(date + "T10:00:00+08:00");
        office = api.staff(compound.id(), Role.OFFICE, compound.id());
        resident = api.again(resident);
    }

    private static ApiClient.Answer test(ApiClient by, String id, String takenOn, String result) {
        return by.post("/observations/" + id + "/tests", Map.of("takenOn", takenOn, "result", result));
    }

    @Test
    void observation_goesFromStartToRelease() {
        var id = begin(office, List.of(residentId), 7).expect(201).text("/items/0/id");
        begin(office, List.of(residentId), 7).expectProblem(409, "already-observed");
        on("2026-11-26");
        var mine = resident.get("/observations?state=OPEN").expect(200);
        assertEquals("5", mine.text("/items/0/day"));
        assertEquals("7", mine.text("/items/0/days"));
        assertEquals("2026-11-28", mine.text("/items/0/testDueOn"));
        assertEquals("[\"REPORT\",\"FOLLOW_UP\"]", mine.body().at("/items/0/due").toString());
        assertEquals("[\"MORNING\"]", mine.body().at("/items/0/roundsDue").toString());
        resident.post("/health-reports", Map.of("temperature", 36.5, "symptoms", List.of())).expect(201);
        assertEquals("[\"FOLLOW_UP\"]", resident.get("/observations/" + id).expect(200).body().path("due").toString());
        assertEquals("[]", mine.body().at("/items/0/possible").toString());
        var visited = office.post("/observations/" + id + "/follow-ups", Map.of("note", "电话，无不适")).expect(201);
        assertEquals("[]", visited.body().path("due").toString());
        var early = office.post("/observations/" + id + "/release", Map.of()).expectProblem(409, "observation-not-over");
        assertEquals("2026-11-29T00:00:00+08:00", early.text("/possibleFrom"));
        on("2026-11-29");
        office.post("/observations/" + id + "/release").expectProblem(409, "observation-not-tested");
        test(office, id, "2026-11-30", "NEGATIVE").expectBadField("/takenOn");
        test(office, id, "2026-11-07", "NEGATIVE").expectBadField("/takenOn");
        test(office, id, "2026-11-28", "NEGATIVE").expect(201);
        assertEquals("RELEASED", office.post("/observations/" + id + "/release").expect(200).text("/state"));
        office.post("/observations/" + id + "/release").expectProblem(409, "not-allowed-now");
        office.post("/observations/" + id + "/follow-ups", Map.of()).expectProblem(409, "not-allowed-now");
        assertEquals(0, office.get("/observations?state=OPEN").expect(200).body().path("items").size());
        var over = resident.get("/observations?state=RELEASED").expect(200);
        assertEquals(4, over.body().at("/items/0/events").size());
        assertFalse(over.body().toString().contains("电话"), "notes are for staff");
    }

    @Test
    void positiveTest_isNeverReleased_andReachesOfficeAndHealthCentre() {
        var id = begin(office, List.of(residentId), 1).expect(201).text("/items/0/id");
        office.post("/observations/" + id + "/transfer").expectProblem(409, "not-allowed-now");
        on("2026-11-23");
        test(office, id, "2026-11-22", "POSITIVE").expect(201);
        test(office, id, "2026-11-23", "NEGATIVE").expect(201);
        office.post("/observations/" + id + "/release").expectProblem(409, "observation-test-positive");
        assertEquals("TRANSFERRED", office.post("/observations/" + id + "/transfer", Map.of("note", "120")).expect(200).text("/state"));
    }

    @Test
    void wholeHome_isListedWithThePerson() {
        home.resident("王大明");
        compound.household("3-2-1403").resident("李红");
        var made = office.post("/observations", Map.of("residentIds", List.of(residentId), "withHousehold", true, "reason", "密接", "startsOn", "2026-11-20",
                "days", 14)).expect(201);
        assertEquals(2, made.body().path("items").size());
        assertEquals("[\"STAFF\",\"HOUSEHOLD\"]".length(), causes(made).length());
        assertTrue(causes(made).contains("HOUSEHOLD") && causes(made).contains("STAFF"), causes(made));
    }

    private static String causes(ApiClient.Answer answer) {
        var causes = new ArrayList<String>();
        answer.body().path("items").forEach(item -> causes.add('"' + item.path("cause").asText() + '"'));
        return "[" + String.join(",", causes) + "]";
    }

    @Test
    void badStarts_areNamed() {
        var good = Map.<String, Object>of("residentIds", List.of(residentId), "reason", "返回", "startsOn", "2026-11-22", "days", 14);
        for (var bad : Map.<String, Object>of("startsOn", "2026-11-23", "days", 61, "residentIds", List.of(), "reason", " ").entrySet()) {
            var wish = new java.util.HashMap<>(good);
            wish.put(bad.getKey(), bad.getValue());
            office.post("/observations", wish).expectBadField("/" + bad.getKey());
        }
        begin(office, List.of(residentId, UUID.randomUUID()), 14).expectProblem(404, "not-found");
        assertEquals(0, office.get("/observations").expect(200).body().path("items").size());
    }

    @Test
    void rolesAndPlaces_keepToTheirOwn() {
        var id = begin(office, List.of(residentId), 7).expect(201).text("/items/0/id");
        var mine = api.staff(compound.id(), Role.GRID_WORKER, compound.grid("一", "3"));
        var others = api.staff(compound.id(), Role.GRID_WORKER, compound.grid("二", "4"));
        var centre = api.staff(compound.id(), Role.HEALTH_CENTRE, compound.id());
        var neighbour = api.resident(compound.household("3-2-1403"), "李红");
        var elsewhere = api.given().compound("月桂苑");
        var otherOffice = api.staff(elsewhere.id(), Role.OFFICE, elsewhere.id());
        assertEquals(1, mine.get("/observations").expect(200).body().path("items").size());
        assertEquals(1, centre.get("/observations").expect(200).body().path("items").size());
        for (var nobody : List.of(others, neighbour, otherOffice)) {
            assertEquals(0, nobody.get("/observations").expect(200).body().path("items").size());
        }
        mine.post("/observations/" + id + "/follow-ups", Map.of("note", "好")).expect(201);
        others.post("/observations/" + id + "/follow-ups", Map.of()).expectProblem(404, "not-found");
        otherOffice.post("/observations/" + id + "/release").expectProblem(404, "not-found");
        begin(otherOffice, List.of(residentId), 7).expectProblem(404, "not-found");
        for (var forbidden : List.of(mine, centre, resident)) {
            forbidden.post("/observations/" + id + "/release").expectProblem(403, "not-permitted");
            test(forbidden, id, "2026-11-22", "NEGATIVE").expectProblem(403, "not-permitted");
        }
        for (var role : List.of(Role.GUARD, Role.DISPATCHER, Role.REPAIRMAN)) {
            var reach = role == Role.GUARD ? compound.gate("东门") : compound.id();
            api.staff(compound.id(), role, reach).get("/observations").expectProblem(403, "not-permitted");
        }
    }

    @Test
    void twoStartsAtOnce_openOne_andTwoReleasesAtOnce_endItOnce() throws Exception {
        var statuses = atOnce(() -> begin(office, List.of(residentId), 1).status());
        assertEquals(List.of(201, 409, 409, 409), statuses);
        assertEquals(1, office.get("/observations").expect(200).body().path("items").size());
        on("2026-11-23");
        var id = office.get("/observations").expect(200).text("/items/0/id");
        test(office, id, "2026-11-23", "NEGATIVE").expect(201);
        assertEquals(List.of(200, 409, 409, 409), atOnce(() -> office.post("/observations/" + id + "/release", Map.of()).status()));
        assertEquals(3, office.get("/observations").expect(200).body().at("/items/0/events").size(), "start, test, one release");
    }

    private static List<Integer> atOnce(Callable<Integer> call) throws Exception {
        int many = 4;
        var together = new CyclicBarrier(many);
        try (var threads = Executors.newFixedThreadPool(many)) {
            var tasks = java.util.Collections.nCopies(many, (Callable<Integer>) () -> {
                together.await();
                return call.call();
            });
            var statuses = new ArrayList<Integer>();
            for (var done : threads.invokeAll(tasks)) {
                statuses.add(done.get());
            }
            return statuses.stream().sorted().toList();
        }
    }

    @Test
    void start_againWithTheSameKey_isReplayed() {
        var keyed = office.withKey(UUID.randomUUID());
        var first = begin(keyed, List.of(residentId), 14).expect(201);
        var again = begin(keyed, List.of(residentId), 14).expect(201);
        assertEquals(first.body(), again.body());
        assertEquals("true", again.header("Idempotent-Replay").orElse(""));
        begin(keyed, List.of(residentId), 13).expectProblem(422, "key-reused");
    }

    @Test
    void wronglyEnteredTest_isWithdrawnWithItsReason_andCountsForNothing() {
        var id = begin(office, List.of(residentId), 1).expect(201).text("/items/0/id");
        on("2026-11-23");
        test(office, id, "2026-11-22", "POSITIVE").expect(201);
        var withdraw = "/observations/" + id + "/tests/2/withdraw";
        office.post(withdraw, Map.of("note", "  ")).expectBadField("/note");
        office.post(withdraw, Map.of()).expectBadField("/note");
        office.post("/observations/" + id + "/tests/1/withdraw", Map.of("note", "不是检测")).expectProblem(404, "not-found");
        office.post("/observations/" + id + "/tests/9/withdraw", Map.of("note", "没有")).expectProblem(404, "not-found");
        resident.post(withdraw, Map.of("note", "不是我")).expectProblem(403, "not-permitted");
        test(office, id, "2026-11-22", "NEGATIVE").expect(201);
        office.post("/observations/" + id + "/release").expectProblem(409, "observation-test-positive");
        var after = office.post(withdraw, Map.of("note", "登记成了别人的结果")).expect(200);
        assertEquals("[\"FOLLOW_UP\",\"TEST\",\"WITHDRAW_TEST\",\"RELEASE\"]", after.body().path("possible").toString());
        office.post(withdraw, Map.of("note", "再来一次")).expectProblem(409, "not-allowed-now");
        var events = office.get("/observations/" + id).expect(200).body().path("events");
        assertEquals("POSITIVE", events.at("/1/result").asText(), "nothing is overwritten");
        assertTrue(events.at("/1/withdrawn").asBoolean());
        assertFalse(events.at("/2/withdrawn").asBoolean());
        assertEquals("登记成了别人的结果", events.at("/3/note").asText());
        assertEquals(2, events.at("/3/of").asInt());
        office.post("/observations/" + id + "/release").expect(200);
        office.post("/observations/" + id + "/tests/3/withdraw", Map.of("note", "已结束")).expectProblem(409, "not-allowed-now");
    }

    @Test
    void withdrawnLastTest_isDueAgain() {
        var id = begin(office, List.of(residentId), 1).expect(201).text("/items/0/id");
        var tested = test(office, id, "2026-11-22", "NEGATIVE").expect(201);
        assertTrue(tested.body().path("testDueOn").isMissingNode());
        assertEquals("2026-11-22", office.post("/observations/" + id + "/tests/2/withdraw", Map.of("note", "采样失败")).expect(200).text("/testDueOn"));
        on("2026-11-23");
        office.post("/observations/" + id + "/release").expectProblem(409, "observation-not-tested");
    }
}
