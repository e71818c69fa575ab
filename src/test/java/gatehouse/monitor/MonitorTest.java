package gatehouse.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import gatehouse.kernel.Role;
import gatehouse.support.ApiClient;
import gatehouse.support.ApiServer;
import gatehouse.support.Given;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A compound whose people do this and that, counted here by hand and there by the product. */
class MonitorTest {
    /** What is known of a resident here, independently of the product. */
    private record Person(UUID id, String building, boolean morning, boolean fever, boolean observed) {
    }

    private static ApiServer api;
    private static Given.Compound garden;
    private static Given.Compound quiet;
    private static ApiClient office;
    private static final List<Person> PEOPLE = new ArrayList<>();
    private static final Map<String, List<String>> GRIDS = Map.of("东", List.of("1", "2"), "西", List.of("3"));

    @BeforeAll
    static void live() {
        api = ApiServer.start();
        garden = api.given().compound("阳光花园");
        quiet = api.given().compound("月桂苑");
        var random = new Random(5);
        for (var building : List.of("1", "2", "3", "10")) {
            for (int i = 0; i < 12; i++) {
                var id = garden.household(building + "-1-" + (100 + i)).resident("居民");
                PEOPLE.add(new Person(id, building, random.nextInt(3) > 0, random.nextInt(6) == 0, random.nextInt(5) == 0));
            }
        }
        GRIDS.forEach((name, buildings) -> garden.grid(name, buildings.toArray(String[]::new)));
        office = api.staff(garden.id(), Role.OFFICE, garden.id());
        var reports = PEOPLE.stream().filter(Person::morning).map(person -> Map.of("residentId", person.id, "round", "MORNING",
                "temperature", person.fever ? 38.1 : 36.4, "symptoms", List.of())).toList();
        office.post("/health-reports/batch", Map.of("reports", reports)).expect(200);
        PEOPLE.stream().filter(Person::observed).forEach(person -> office.post("/observations",
                Map.of("residentIds", List.of(person.id), "reason", "外地返回", "startsOn", "2026-11-20", "days", 14)).expect(201));
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    private static Map<String, Integer> counted(Predicate<Person> where) {
        var here = PEOPLE.stream().filter(where).toList();
        var figures = new LinkedHashMap<String, Integer>();
        figures.put("expected", here.size());
        figures.put("reported", (int) here.stream().filter(Person::morning).count());
        figures.put("missing", (int) here.stream().filter(person -> !person.morning).count());
        figures.put("fevers", (int) here.stream().filter(person -> person.morning && person.fever).count());
        figures.put("alerts", figures.get("fevers"));
        figures.put("unacknowledged", figures.get("fevers"));
        figures.put("observations", (int) here.stream().filter(Person::observed).count());
        return figures;
    }

    private static Map<String, Integer> told(JsonNode place) {
        var figures = new LinkedHashMap<String, Integer>();
        for (var name : List.of("expected", "reported", "missing")) {
            figures.put(name, place.at("/rounds/MORNING/" + name).asInt());
        }
        for (var name : List.of("fevers", "alerts", "unacknowledged", "observations")) {
            figures.put(name, place.path(name).asInt(-1));
        }
        return figures;
    }

    @Test
    void figures_ofCompoundGridsAndBuildings_areWhatAnIndependentCountSays() {
        var compound = office.get("/monitor").expect(200).body().at("/compounds/0");
        assertTrue(counted(person -> true).get("fevers") > 2 && counted(person -> true).get("observations") > 5);
        assertEquals(counted(person -> true), told(compound));
        assertEquals(List.of("东", "西"), compound.path("grids").findValuesAsText("name"));
        for (var grid : compound.path("grids")) {
            var buildings = GRIDS.get(grid.path("name").asText());
            assertEquals(counted(person -> buildings.contains(person.building)), told(grid));
        }
        assertEquals(List.of("1", "2", "3", "10"), compound.path("buildings").findValuesAsText("building"));
        for (var building : compound.path("buildings")) {
            assertEquals(counted(person -> person.building.equals(building.path("building").asText())), told(building));
            assertEquals(building.path("building").asText().equals("10"), building.path("gridId").isMissingNode());
        }
    }

    @Test
    void gridWorker_readsOwnBuildings() {
        var worker = api.staff(garden.id(), Role.GRID_WORKER, garden.grid("二网格", "2"));
        var compound = worker.get("/monitor").expect(200).body().at("/compounds/0");
        garden.grid("东二", "1", "2");
        assertEquals(counted(person -> person.building.equals("2")), told(compound));
        assertEquals(List.of("2"), compound.path("buildings").findValuesAsText("building"));
    }

    @Test
    void observations_areTheNumberOfTheCompoundOnly_forWhoMayNotKnowWhoTheyAre() {
        var subdistrict = api.staff(garden.id(), Role.SUBDISTRICT, api.given().subdistrictId());
        var quietOffice = api.staff(quiet.id(), Role.OFFICE, quiet.id());
        for (int i = 0; i < 4; i++) {
            quietOffice.post("/observations", Map.of("residentIds", List.of(quiet.household("1-1-10" + i).resident("居民")), "reason", "外地返回",
                    "startsOn", "2026-11-20", "days", 14)).expect(201);
        }
        assertEquals(4, quietOffice.get("/monitor").expect(200).body().at("/compounds/0/observations").asInt());
        for (var answer : List.of(subdistrict.get("/monitor").expect(200).body(), subdistrict.get("/monitor/stream").expect(200).body())) {
            int compounds = 0;
            for (var compound : answer.path("compounds")) {
                boolean large = compound.path("id").asText().equals(garden.id().toString());
                if (!large && !compound.path("id").asText().equals(quiet.id().toString())) {
                    continue;
                }
                compounds++;
                assertEquals(large ? counted(person -> true).get("observations") : 4, compound.path("observations").asInt(-1));
                compound.path("buildings").forEach(building -> assertFalse(building.has("observations")));
                compound.path("grids").forEach(grid -> assertFalse(grid.has("observations")));
            }
            assertEquals(2, compounds);
        }
    }

    @Test
    void whoLeftTheRegister_isNeitherExpectedNorReported() {
        var compound = api.given().compound("丁香园");
        var ours = api.staff(compound.id(), Role.OFFICE, compound.id());
        var leaving = compound.household("1-1-101").resident("居民");
        compound.household("1-1-102").resident("居民");
        ours.post("/health-reports", Map.of("residentId", leaving, "temperature", 36.5, "symptoms", List.of())).expect(201);
        ours.post("/residents/" + leaving + "/move-out").expect(204);
        var morning = ours.get("/monitor").expect(200).body().at("/compounds/0/rounds/MORNING");
        assertEquals(List.of(1, 0, 1), List.of(morning.path("expected").asInt(), morning.path("reported").asInt(), morning.path("missing").asInt()));
    }

    /** In the year 1 Shanghai's clocks went by the sun, with seconds in their offset, which no date-time has. */
    @Test
    void dayOfAnotherAge_isRefused() {
        office.get("/monitor?date=0001-01-01").expectBadField("?date");
        office.get("/monitor/completion?date=1999-12-31").expectBadField("?date");
        office.get("/monitor?date=2000-01-01").expect(200);
        office.get("/monitor?date=9999-12-31").expectBadField("?date");
        office.get("/monitor?date=2199-12-31").expect(200);
        office.get("/monitor/completion?date=2199-12-31").expect(200);
    }

    @Test
    void dayBefore_hasItsOwnFigures() {
        var compound = office.get("/monitor?date=2026-11-19").expect(200).body().at("/compounds/0");
        assertEquals(0, compound.at("/rounds/MORNING/reported").asInt());
        assertEquals(PEOPLE.size(), compound.at("/rounds/MORNING/expected").asInt());
        assertEquals(0, compound.path("observations").asInt(-1), "they began the day after");
    }

    @Test
    void pastDay_hasTheAlertsOfItsEnd_notThoseOpenNow() {
        var compound = api.given().compound("丁香园");
        var ours = api.staff(compound.id(), Role.OFFICE, compound.id());
        var first = compound.household("1-1-101").resident("居民");
        var second = compound.household("1-1-102").resident("居民");
        try {
            ours.post("/health-reports", Map.of("residentId", first, "round", "MORNING", "temperature", 38.2, "symptoms", List.of())).expect(201);
            var waited = alert(ours);
            api.clock().move(Duration.ofDays(1));
            var next = api.again(ours);
            next.post("/alerts/" + waited + "/acknowledge", Map.of("note", "已电话联系")).expect(200);
            next.post("/alerts/" + waited + "/close", Map.of("note", "已退烧")).expect(200);
            next.post("/health-reports", Map.of("residentId", second, "round", "MORNING", "temperature", 38.4, "symptoms", List.of())).expect(201);
            next.post("/alerts/" + alert(next) + "/acknowledge", Map.of("note", "已电话联系")).expect(200);
            assertEquals(List.of(1, 1), alertsOf(next, "?date=2026-11-22"), "the first, which nobody had taken on at midnight");
            assertEquals(List.of(1, 0), alertsOf(next, ""), "the second, which somebody has");
            assertEquals(List.of(0, 0), alertsOf(next, "?date=2026-11-21"), "neither was there");
        } finally {
            api.clock().set("2026-11-22T09:30:00+08:00");
        }
    }

    private static String alert(ApiClient office) {
        for (var each : office.get("/alerts").expect(200).body().path("items")) {
            if (!each.path("state").asText().equals("CLOSED")) {
                return each.path("id").asText();
            }
        }
        throw new AssertionError("no alert");
    }

    private static List<Integer> alertsOf(ApiClient office, String query) {
        var building = office.get("/monitor" + query).expect(200).body().at("/compounds/0/buildings/0");
        return List.of(building.path("alerts").asInt(-1), building.path("unacknowledged").asInt(-1));
    }

    @Test
    void requestsThatWait_areCountedByBuilding_withTheOldest_andNotAnyMoreOnceTheyArePast() {
        var compound = api.given().compound("桂花园");
        var ours = api.staff(compound.id(), Role.OFFICE, compound.id());
        var first = compound.household("1-1-101").resident("居民");
        var second = compound.household("2-1-101").resident("居民");
        var oldest = ours.post("/outing-passes", Map.of("residentId", first, "kind", "MEDICAL")).expect(201).text("/requestedAt");
        ours.post("/outing-passes", Map.of("residentId", first, "kind", "MEDICAL")).expect(201);
        ours.post("/outing-passes", Map.of("residentId", second, "kind", "MEDICAL")).expect(201);
        var today = ours.get("/monitor").expect(200).body().at("/compounds/0");
        assertEquals(List.of(3, 2, 1), List.of(today.path("pendingPasses").asInt(), today.at("/buildings/0/pendingPasses").asInt(),
                today.at("/buildings/1/pendingPasses").asInt()));
        assertEquals(oldest, today.path("pendingPassesSince").asText());
        assertEquals(0, ours.get("/monitor?date=2026-11-21").expect(200).body().at("/compounds/0/pendingPasses").asInt(-1), "asked after that day");
        try {
            api.clock().move(Duration.ofDays(1));
            var tomorrow = api.again(ours).get("/monitor").expect(200).body().at("/compounds/0");
            assertEquals(0, tomorrow.path("pendingPasses").asInt(-1), "nobody can go out by them any more");
        } finally {
            api.clock().move(Duration.ofDays(-1));
        }
    }
}
