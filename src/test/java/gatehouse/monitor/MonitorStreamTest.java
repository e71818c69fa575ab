package gatehouse.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import gatehouse.kernel.Role;
import gatehouse.support.ApiClient;
import gatehouse.support.ApiServer;
import gatehouse.support.EventStream;
import gatehouse.support.Given;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Two instances on one database, and people who look on at both. */
@Order(1)
class MonitorStreamTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration QUIET = Duration.ofSeconds(2);
    private static final Duration LONG = Duration.ofSeconds(10);

    private static ApiServer api;
    private static ApiClient other;
    private static Given.Compound garden;
    private static ApiClient office;
    private static Given.Household home;

    @BeforeAll
    static void start() {
        api = ApiServer.start();
        other = api.another();
        garden = api.given().compound("阳光花园");
        home = garden.household("3-2-501");
        garden.grid("一", "3");
        office = api.staff(garden.id(), Role.OFFICE, garden.id());
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    private static void report(UUID resident, double temperature) {
        office.post("/health-reports", Map.of("residentId", resident, "round", "MORNING", "temperature", temperature, "symptoms", List.of()))
                .expect(201);
    }

    private static int at(JsonNode body, String pointer) {
        return body.at("/compounds/0" + pointer).asInt(-1);
    }

    private static int reported(JsonNode body) {
        return at(body, "/rounds/MORNING/reported");
    }

    private static int secondsLate(EventStream.Event event, long beganNanos) {
        return (int) ((event.atNanos() - beganNanos) / SECOND.toNanos());
    }

    @Test
    void firstEvent_isWhatTheMonitorSays() {
        try (var stream = office.stream("/monitor/stream")) {
            assertEquals(200, stream.status());
            assertEquals(office.get("/monitor").expect(200).body(), stream.next(LONG).data());
        }
    }

    @Test
    void change_isSeenWithinASecond_onItsInstanceAndOnTheOther() {
        var resident = home.resident("王小明");
        try (var here = office.stream("/monitor/stream"); var there = office.at(other).stream("/monitor/stream")) {
            int before = reported(here.next(LONG).data());
            there.next(LONG);
            here.expectSilence(QUIET);
            long began = System.nanoTime();
            report(resident, 36.5);
            assertEquals(0, secondsLate(here.until(LONG, body -> reported(body) == before + 1), began));
            assertEquals(0, secondsLate(there.until(LONG, body -> reported(body) == before + 1), began));
        }
    }

    @Test
    void alertAndObservation_moveTheirFigures() {
        var resident = home.resident("赵六");
        try (var stream = office.stream("/monitor/stream")) {
            var first = stream.next(LONG).data();
            report(resident, 38.2);
            var open = stream.until(LONG, body -> at(body, "/unacknowledged") == at(first, "/unacknowledged") + 1).data();
            assertTrue(open.at("/compounds/0/unacknowledgedSince").asText().startsWith("2026-11-22T"), open::toString);
            var alert = office.get("/alerts?state=OPEN").expect(200).text("/items/0/id");
            office.post("/alerts/" + alert + "/acknowledge", Map.of()).expect(200);
            var taken = stream.until(LONG, body -> at(body, "/unacknowledged") == at(first, "/unacknowledged")).data();
            assertEquals(at(first, "/alerts") + 1, at(taken, "/alerts"));
            office.post("/observations", Map.of("residentIds", List.of(resident), "reason", "外地返回", "startsOn", "2026-11-22", "days", 14)).expect(201);
            stream.until(LONG, body -> at(body, "/observations") == at(first, "/observations") + 1);
        }
    }

    @Test
    void requestThatWaits_isSeenWithinASecondOnBothInstances_untilItIsDecided() {
        var resident = home.resident("钱二");
        try (var here = office.stream("/monitor/stream"); var there = office.at(other).stream("/monitor/stream")) {
            var first = here.next(LONG).data();
            int before = at(first, "/pendingPasses");
            there.next(LONG);
            here.expectSilence(QUIET);
            long began = System.nanoTime();
            var asked = office.post("/outing-passes", Map.of("residentId", resident, "kind", "MEDICAL")).expect(201);
            assertEquals("PENDING", asked.text("/state"));
            for (var stream : List.of(here, there)) {
                var event = stream.until(LONG, body -> at(body, "/pendingPasses") == before + 1);
                assertEquals(0, secondsLate(event, began));
                assertEquals(asked.text("/requestedAt"), event.data().at("/compounds/0/pendingPassesSince").asText());
            }
            began = System.nanoTime();
            office.post("/outing-passes/" + asked.text("/id") + "/approve").expect(200);
            for (var stream : List.of(here, there)) {
                var event = stream.until(LONG, body -> at(body, "/pendingPasses") == before);
                assertEquals(0, secondsLate(event, began));
                assertTrue(event.data().at("/compounds/0/pendingPassesSince").isMissingNode());
            }
        }
    }

    @Test
    void manyChanges_areFewEvents() {
        var residents = new ArrayList<UUID>();
        for (int i = 0; i < 40; i++) {
            residents.add(home.resident("居民"));
        }
        try (var stream = office.stream("/monitor/stream")) {
            int before = reported(stream.next(LONG).data());
            long began = System.nanoTime();
            residents.forEach(resident -> report(resident, 36.5));
            long took = System.nanoTime() - began;
            int events = 0;
            for (int seen = before; seen < before + residents.size(); events++) {
                seen = reported(stream.next(LONG).data());
            }
            assertTrue(events <= 2 + 2 * (took / SECOND.toNanos() + 1), events + " events in " + took / 1_000_000 + " ms");
        }
    }

    @Test
    void foreignChange_isNotSent_andAGridWorkerSeesOwnBuildingsOnly() {
        var elsewhere = api.given().compound("月桂苑");
        var stranger = elsewhere.household("1-1-101").resident("李四");
        var strangersOffice = api.staff(elsewhere.id(), Role.OFFICE, elsewhere.id());
        garden.household("9-1-101");
        var worker = api.staff(garden.id(), Role.GRID_WORKER, garden.grid("九", "9"));
        try (var own = office.stream("/monitor/stream"); var grid = worker.stream("/monitor/stream")) {
            own.next(LONG);
            var seen = grid.next(LONG).data();
            assertEquals(List.of("9"), seen.findValuesAsText("building"));
            assertEquals(1, seen.at("/compounds").size());
            strangersOffice.post("/health-reports", Map.of("residentId", stranger, "round", "MORNING", "temperature", 36.5, "symptoms", List.of())).expect(201);
            own.expectSilence(QUIET);
            report(home.resident("孙七"), 36.5);
            own.next(LONG);
            grid.expectSilence(QUIET);
        }
    }

    @Test
    void logout_endsTheStreamWithinASecond_onBothInstances() {
        var somebody = api.staff(garden.id(), Role.OFFICE, garden.id());
        try (var here = somebody.stream("/monitor/stream"); var there = somebody.at(other).stream("/monitor/stream"); var another = office.stream("/monitor/stream")) {
            here.next(LONG);
            there.next(LONG);
            another.next(LONG);
            somebody.post("/auth/logout").expect(204);
            assertEnds(here);
            assertEnds(there);
            assertFalse(another.ended(Duration.ZERO));
        }
        somebody.get("/monitor/stream").expectProblem(401, "session-ended");
    }

    private static void assertEnds(EventStream stream) {
        var end = stream.next(SECOND.plusMillis(200));
        assertEquals("end", end.name());
        assertEquals("urn:gatehouse:problem:session-ended", end.data().path("type").asText());
        assertTrue(stream.ended(SECOND));
    }

    @Test
    void roleThatIsTakenAway_endsTheStream() {
        var admin = api.staff(garden.id(), Role.ADMIN, garden.id());
        var somebody = api.staff(garden.id(), Role.OFFICE, garden.id());
        try (var stream = somebody.stream("/monitor/stream")) {
            stream.next(LONG);
            admin.put("/accounts/" + somebody.id() + "/roles", Map.of("grants", List.of(Map.of("role", "GUARD", "reach", "GATE", "reachId", garden.gate("东门"))))).expect(200);
            assertEquals("end", stream.next(LONG).name());
            assertTrue(stream.ended(SECOND));
        }
    }

    @Test
    void areaThatChanges_endsTheStream_soThatTheNextIsOfTheNewOne() {
        garden.household("21-1-101");
        garden.household("22-1-101");
        var grid = UUID.fromString(office.post("/grids", Map.of("compoundId", garden.id(), "name", "廿", "buildings", List.of(garden.building("21"))))
                .expect(201).text("/id"));
        var worker = api.staff(garden.id(), Role.GRID_WORKER, grid);
        try (var stream = worker.stream("/monitor/stream")) {
            assertEquals(List.of("21"), stream.next(LONG).data().findValuesAsText("building"));
            office.put("/grids/" + grid, Map.of("name", "廿一", "buildings", List.of(garden.building("22")))).expect(200);
            assertTrue(stream.ended(LONG));
        }
        assertEquals(List.of("22"), worker.get("/monitor/stream").expect(200).body().findValuesAsText("building"));
    }

    @Test
    void lostListener_meansFreshFigures() throws SQLException {
        var resident = home.resident("周八");
        try (var stream = office.stream("/monitor/stream")) {
            int before = reported(stream.next(LONG).data());
            try (var connection = api.database().connect(); var statement = connection.createStatement()) {
                statement.execute("select pg_terminate_backend(pid) from pg_stat_activity where query ilike 'listen%' and datname = current_database()");
            }
            report(resident, 36.5);
            stream.until(Duration.ofSeconds(5), body -> reported(body) == before + 1);
        }
    }

    @Test
    void changeThatNobodyTold_isFoundAnyway() throws SQLException {
        try (var stream = office.stream("/monitor/stream")) {
            int before = at(stream.next(LONG).data(), "/rounds/MORNING/expected");
            home.resident("吴九");
            stream.until(Duration.ofSeconds(20), body -> at(body, "/rounds/MORNING/expected") == before + 1);
        }
    }

    @Test
    void newDay_isShownWhenItBegins() {
        try (var day = ApiServer.start()) {
            var compound = day.given().compound("阳光花园");
            compound.household("1-1-101").resident("王一");
            var watcher = day.staff(compound.id(), Role.OFFICE, compound.id());
            day.clock().set("2026-11-22T23:59:59+08:00");
            try (var stream = day.again(watcher).stream("/monitor/stream")) {
                assertEquals("2026-11-22", stream.next(LONG).data().path("date").asText());
                day.clock().move(Duration.ofSeconds(2));
                stream.until(Duration.ofSeconds(3), body -> body.path("date").asText().equals("2026-11-23"));
            }
        }
    }

    @Test
    void stoppingTheServer_endsStreams_andIsNotHeldUp() {
        var stopping = ApiServer.start();
        var compound = stopping.given().compound("阳光花园");
        try (var stream = stopping.staff(compound.id(), Role.OFFICE, compound.id()).stream("/monitor/stream")) {
            stream.next(LONG);
            long began = System.nanoTime();
            stopping.close();
            assertTrue(stream.ended(SECOND));
            assertTrue(System.nanoTime() - began < Duration.ofSeconds(5).toNanos());
        }
    }
}
