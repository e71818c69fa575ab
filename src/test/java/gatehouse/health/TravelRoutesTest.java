package gatehouse.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.kernel.Role;
import gatehouse.support.ApiClient;
import gatehouse.support.ApiServer;
import gatehouse.support.Given;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
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

/** Travel declarations over HTTP. */
class TravelRoutesTest {
    private static ApiServer api;

    private Given.Compound compound;
    private Given.Household home;
    private ApiClient resident;
    private ApiClient office;
    private UUID child;

    @BeforeAll
    static void start() {
        api = ApiServer.start();
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @BeforeEach
    void aHome() throws SQLException {
        api.clock().set("2026-11-22T09:30:00+08:00");
        compound = api.given().compound("阳光花园");
        home = compound.household("3-2-1402");
        resident = api.resident(home, "王小明");
        child = home.resident("王小小");
        try (var connection = api.database().connect(); var statement = connection.prepareStatement("update resident set born_on = '2026-11-15' where id = ?")) {
            statement.setObject(1, child);
            assertEquals(1, statement.executeUpdate());
        }
        office = api.staff(compound.id(), Role.OFFICE, compound.id());
    }

    private static Map<String, Object> stay(String region, String arrived, String left) {
        return Map.of("regionCode", region, "regionName", "某地", "arrivedOn", arrived, "leftOn", left, "transport", "G102");
    }

    private static Map<String, Object> wish(boolean contact, Object... stays) {
        return Map.of("stays", List.of(stays), "contactWithCase", contact);
    }

    private static ApiClient.Answer declare(ApiClient by, boolean contact, Object... stays) {
        return by.post("/travel-declarations", wish(contact, stays));
    }

    @Test
    void otherProvince_beginsSevenDays_forTheWholeHome() {
        var declared = declare(resident, false, stay("320102", "2026-11-18", "2026-11-21")).expect(201);
        var open = office.get("/observations?state=OPEN").expect(200);
        assertEquals(2, open.body().path("items").size());
        for (var item : open.body().path("items")) {
            boolean own = item.path("residentId").asText().equals(resident.me().at("/resident/id").asText());
            assertEquals(own, item.path("id").asText().equals(declared.text("/observationId")));
            assertEquals(own ? "OTHER_PROVINCE" : "HOUSEHOLD", item.path("cause").asText());
            assertEquals(7, item.path("days").asInt());
            assertEquals("2026-11-22", item.path("startsOn").asText());
        }
    }

    @Test
    void riskRegion_prolongsWhatIsOpen_andTheSameAgainDoesNothingMore() {
        declare(resident, false, stay("320102", "2026-11-18", "2026-11-21")).expect(201);
        office.put("/risk-regions", Map.of("items", List.of(Map.of("regionCode", "320100", "regionName", "南京市", "level", "HIGH", "from", "2026-11-20"))))
                .expect(200);
        var first = declare(resident, false, stay("320102", "2026-11-18", "2026-11-21")).expect(201);
        var second = declare(resident, false, stay("320102", "2026-11-18", "2026-11-21")).expect(201);
        assertEquals(first.text("/observationId"), second.text("/observationId"));
        var open = office.get("/observations?state=OPEN").expect(200).body().path("items");
        assertEquals(2, open.size());
        for (var item : open) {
            assertEquals(14, item.path("days").asInt());
            assertEquals(2, item.path("events").size(), "started and prolonged once: " + item);
        }
    }

    @Test
    void listedRegion_asksForFourteenDays_onItsDaysOnly() {
        office.put("/risk-regions", Map.of("items", List.of(Map.of("regionCode", "370202", "regionName", "市南区", "level", "MEDIUM",
                "from", "2026-11-10", "to", "2026-11-12")))).expect(200);
        for (var outside : List.of(stay("370202", "2026-11-08", "2026-11-09"), stay("370202", "2026-11-13", "2026-11-20"),
                stay("370203", "2026-11-10", "2026-11-12"))) {
            assertTrue(declare(resident, false, outside).expect(201).body().path("observationId").isMissingNode(), outside.toString());
        }
        var id = declare(resident, false, stay("370202", "2026-11-12", "2026-11-20")).expect(201).text("/observationId");
        var own = resident.get("/observations/" + id).expect(200);
        assertEquals("14", own.text("/days"));
        assertEquals("RISK_REGION", own.text("/cause"));
    }

    @Test
    void ownProvince_opensNothing_contactDoes() {
        assertTrue(declare(resident, false, stay("370602", "2026-11-18", "2026-11-21")).expect(201).body().path("observationId").isMissingNode());
        assertTrue(declare(resident, false).expect(201).body().path("observationId").isMissingNode());
        declare(resident, true).expect(201).text("/observationId");
        assertEquals("14", resident.get("/observations").expect(200).text("/items/0/days"));
    }

    @Test
    void impossibleStays_areNamed_andNothingIsKept() {
        var good = stay("320102", "2026-11-18", "2026-11-21");
        declare(resident, false, good, stay("310101", "2026-11-20", "2026-11-22")).expectBadField("/stays/1/arrivedOn");
        declare(resident, false, good, stay("310101", "2026-11-21", "2026-11-23")).expectBadField("/stays/1/leftOn");
        declare(resident, false, good, stay("310101", "2026-11-16", "2026-11-15")).expectBadField("/stays/1/leftOn");
        declare(resident, false, stay("310101", "2026-11-23", "2026-11-24")).expectBadField("/stays/0/arrivedOn");
        declare(resident, false, stay("310101", "2026-11-01", "2026-11-07")).expectBadField("/stays/0/leftOn");
        declare(resident, false, stay("990101", "2026-11-16", "2026-11-17")).expectBadField("/stays/0/regionCode");
        var forTheChild = new HashMap<>(wish(false, stay("320102", "2026-11-14", "2026-11-21")));
        forTheChild.put("residentId", child);
        resident.post("/travel-declarations", forTheChild).expectBadField("/stays/0/arrivedOn");
        assertEquals(0, office.get("/observations").expect(200).body().path("items").size());
    }

    @Test
    void placeWithListedParts_asksWhichItWas_andTakesNone() {
        office.put("/risk-regions", Map.of("items", List.of(Map.of("regionCode", "320102", "regionName", "玄武区", "level", "HIGH", "from", "2026-11-01"))))
                .expect(200);
        var wide = stay("320100", "2026-11-18", "2026-11-21");
        declare(resident, false, wide).expectBadField("/stays/0/regionCode");
        var outside = new HashMap<>(wide);
        outside.put("outsideListed", true);
        var declared = declare(resident, false, outside).expect(201);
        assertTrue(declared.body().at("/stays/0/outsideListed").asBoolean());
        assertEquals("OTHER_PROVINCE", resident.get("/observations/" + declared.text("/observationId")).expect(200).text("/cause"));
    }

    @Test
    void declaration_isForTheOwnHousehold_orByStaff() {
        var forTheChild = new HashMap<>(wish(false, stay("320102", "2026-11-16", "2026-11-21")));
        forTheChild.put("residentId", child);
        api.resident(compound.household("3-2-1403"), "李红").post("/travel-declarations", forTheChild).expectProblem(404, "not-found");
        api.staff(compound.id(), Role.GUARD, compound.gate("东门")).post("/travel-declarations", forTheChild).expectProblem(403, "not-permitted");
        declare(office, false).expectBadField("/residentId");
        office.post("/travel-declarations", forTheChild).expect(201).text("/observationId");
    }

    @Test
    void declarationsAtOnce_openOneEach_andTheSameKeyIsReplayed() throws Exception {
        int many = 4;
        var together = new CyclicBarrier(many);
        var found = new ArrayList<String>();
        try (var threads = Executors.newFixedThreadPool(many)) {
            var tasks = java.util.Collections.nCopies(many, (Callable<String>) () -> {
                together.await();
                return declare(resident, true).expect(201).text("/observationId");
            });
            for (var done : threads.invokeAll(tasks)) {
                found.add(done.get());
            }
        }
        assertEquals(1, found.stream().distinct().count());
        assertEquals(2, office.get("/observations").expect(200).body().path("items").size());
        var keyed = resident.withKey(UUID.randomUUID());
        assertEquals(declare(keyed, true).expect(201).body(), declare(keyed, true).expect(201).body());
    }

    private static Map<String, Object> withTest(Map<String, Object> wish, String takenOn, String result) {
        var more = new HashMap<>(wish);
        more.put("test", Map.of("takenOn", takenOn, "result", result));
        return more;
    }

    private static int lacking(ApiClient staff) {
        return staff.get("/travel-declarations?lackingProof=true").expect(200).body().path("items").size();
    }

    private String dutiesOf(ApiClient reader) {
        var id = resident.me().at("/resident/id").asText();
        for (var item : reader.get("/observations?state=OPEN").expect(200).body().path("items")) {
            if (item.path("residentId").asText().equals(id)) {
                return item.path("due").toString();
            }
        }
        throw new AssertionError("no observation of " + id);
    }

    @Test
    void returningResident_owesANegativeTestOfTheLastSevenDays_untilItIsShown() {
        var journey = wish(false, stay("320102", "2026-11-18", "2026-11-21"));
        var declared = resident.post("/travel-declarations", journey).expect(201);
        assertEquals("MISSING", declared.text("/proof"));
        assertEquals("2026-11-15", declared.text("/proofFrom"));
        assertTrue(dutiesOf(resident).contains("PROOF") && dutiesOf(office).contains("PROOF"));
        assertEquals(1, lacking(office));
        var tests = "/travel-declarations/" + declared.text("/id") + "/tests";
        resident.post(tests, Map.of("takenOn", "2026-11-23", "result", "NEGATIVE")).expectBadField("/takenOn");
        assertEquals("MISSING", resident.post(tests, Map.of("takenOn", "2026-11-14", "result", "NEGATIVE")).expect(201).text("/proof"), "too old");
        assertEquals(1, lacking(office));
        assertEquals("SHOWN", resident.post(tests, Map.of("takenOn", "2026-11-15", "result", "NEGATIVE")).expect(201).text("/proof"));
        assertEquals(0, lacking(office));
        assertFalse(dutiesOf(resident).contains("PROOF"));
    }

    @Test
    void testToldWithTheJourney_orEnteredByStaff_isTheProof_unlessItIsWithdrawn() {
        var journey = wish(false, stay("320102", "2026-11-18", "2026-11-21"));
        resident.post("/travel-declarations", withTest(journey, "2026-11-23", "NEGATIVE")).expectBadField("/test/takenOn");
        assertEquals("SHOWN", resident.post("/travel-declarations", withTest(journey, "2026-11-20", "NEGATIVE")).expect(201).text("/proof"));
        assertEquals("NOT_ASKED", declare(resident, false, stay("370602", "2026-11-18", "2026-11-21")).expect(201).text("/proof"));
        var other = api.resident(compound.household("3-2-1501"), "李红");
        var observation = declare(other, false, stay("320102", "2026-11-18", "2026-11-21")).expect(201).text("/observationId");
        assertEquals(1, lacking(office));
        office.post("/observations/" + observation + "/tests", Map.of("takenOn", "2026-11-22", "result", "NEGATIVE")).expect(201);
        assertEquals(0, lacking(office));
        office.post("/observations/" + observation + "/tests/2/withdraw", Map.of("note", "别人的")).expect(200);
        assertEquals(1, lacking(office), "the filter and what is shown agree");
        assertEquals("MISSING", other.get("/travel-declarations").expect(200).text("/items/0/proof"));
    }

    @Test
    void withoutAnObservationToFollow_theTestIsStillOwed() {
        var lenient = api.given().compound("月桂苑").withPolicy("observationOtherProvince", "0");
        var returning = api.resident(lenient.household("1-1-101"), "赵一");
        var declared = declare(returning, false, stay("320102", "2026-11-18", "2026-11-21")).expect(201);
        assertTrue(declared.body().path("observationId").isMissingNode());
        assertEquals("MISSING", declared.text("/proof"));
        assertEquals(1, lacking(api.staff(lenient.id(), Role.OFFICE, lenient.id())));
    }

    @Test
    void positiveTest_keepsTheHomeIn_alsoWhenToldLater() throws SQLException {
        var declared = declare(resident, false, stay("370602", "2026-11-18", "2026-11-21")).expect(201);
        var after = resident.post("/travel-declarations/" + declared.text("/id") + "/tests", Map.of("takenOn", "2026-11-21", "result", "POSITIVE"))
                .expect(201);
        var own = resident.get("/observations/" + after.text("/observationId")).expect(200);
        assertEquals("POSITIVE_TEST", own.text("/cause"));
        try (var connection = api.database().connect(); var statement = connection.prepareStatement(
                "select count(*) from outbox_message where template = 'OBSERVATION_URGENT' and subject_id = ?::uuid")) {
            statement.setString(1, after.text("/observationId"));
            var rows = statement.executeQuery();
            rows.next();
            assertEquals(2, rows.getInt(1), "the office and the health centre are led to the observation");
        }
        assertEquals("14", own.text("/days"));
        assertEquals(2, office.get("/observations?state=OPEN").expect(200).body().path("items").size());
    }

    @Test
    void positiveTestThatWasTold_isTransferredOrNeverReleased_alsoTakenBeforeTheObservation() {
        var declared = resident.post("/travel-declarations", withTest(wish(false), "2026-11-21", "POSITIVE")).expect(201);
        var observation = "/observations/" + declared.text("/observationId");
        assertTrue(office.get(observation).expect(200).body().path("possible").toString().contains("TRANSFER"));
        api.clock().set("2026-12-06T10:00:00+08:00");
        office = api.staff(compound.id(), Role.OFFICE, compound.id());
        office.post(observation + "/tests", Map.of("takenOn", "2026-12-05", "result", "NEGATIVE")).expect(201);
        office.post(observation + "/release").expectProblem(409, "observation-test-positive");
        office.post(observation + "/tests", Map.of("takenOn", "2026-11-21", "result", "POSITIVE")).expect(201);
        office.post(observation + "/release").expectProblem(409, "observation-test-positive");
        assertEquals("TRANSFERRED", office.post(observation + "/transfer", Map.of("note", "120")).expect(200).text("/state"));
    }

    @Test
    void testOfSomebodyWhoMovedOut_isNotFound() {
        var id = declare(resident, false).expect(201).text("/id");
        office.post("/residents/" + resident.me().at("/resident/id").asText() + "/move-out").expect(204);
        for (var result : List.of("POSITIVE", "NEGATIVE")) {
            office.post("/travel-declarations/" + id + "/tests", Map.of("takenOn", "2026-11-21", "result", result)).expectProblem(404, "not-found");
        }
    }

    @Test
    void declarations_areReadByTheHouseholdAndItsStaffOnly() {
        declare(resident, false, stay("320102", "2026-11-18", "2026-11-21"), stay("370602", "2026-11-21", "2026-11-22")).expect(201);
        declare(resident, true).expect(201);
        var id = resident.me().at("/resident/id").asText();
        var mine = resident.get("/travel-declarations?residentId=" + id).expect(200);
        assertEquals(2, mine.body().path("items").size());
        assertTrue(mine.body().at("/items/0/contactWithCase").asBoolean(), "newest first");
        assertEquals("370602", mine.text("/items/1/stays/1/regionCode"));
        assertTrue(mine.body().at("/items/0/declaredBy").isMissingNode());
        var worker = api.staff(compound.id(), Role.GRID_WORKER, compound.grid("一", "3"));
        assertEquals("王小明", worker.get("/travel-declarations?residentId=" + id).expect(200).text("/items/0/declaredBy"));
        assertEquals(2, api.staff(compound.id(), Role.HEALTH_CENTRE, compound.id()).get("/travel-declarations").expect(200).body().path("items").size());
        var first = office.get("/travel-declarations?limit=1").expect(200);
        assertEquals(1, office.get("/travel-declarations?limit=1&cursor=" + first.text("/next")).expect(200).body().path("items").size());
        var neighbour = api.resident(compound.household("3-2-1403"), "李红");
        assertEquals(0, neighbour.get("/travel-declarations").expect(200).body().path("items").size());
        neighbour.get("/travel-declarations?residentId=" + id).expectProblem(404, "not-found");
        neighbour.post("/travel-declarations/" + mine.text("/items/0/id") + "/tests", Map.of("takenOn", "2026-11-21", "result", "NEGATIVE"))
                .expectProblem(404, "not-found");
        api.staff(compound.id(), Role.GRID_WORKER, compound.grid("二", "4")).get("/travel-declarations?residentId=" + id).expectProblem(404, "not-found");
        api.staff(compound.id(), Role.DISPATCHER, compound.id()).get("/travel-declarations").expectProblem(403, "not-permitted");
    }
}
