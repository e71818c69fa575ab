package gatehouse.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
        declare(resident, false, stay("990101", "2026-11-16", "2026-11-17")).expectBadField("/stays/0/regionCode");
        var forTheChild = new HashMap<>(wish(false, stay("320102", "2026-11-14", "2026-11-21")));
        forTheChild.put("residentId", child);
        resident.post("/travel-declarations", forTheChild).expectBadField("/stays/0/arrivedOn");
        assertEquals(0, office.get("/observations").expect(200).body().path("items").size());
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
}
