package gatehouse.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.kernel.Role;
import gatehouse.support.ApiClient;
import gatehouse.support.ApiServer;
import gatehouse.support.Given;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Alerts over HTTP, every answer checked against the contract. */
class AlertRoutesTest {
    private static ApiServer api;

    private Given.Compound compound;
    private ApiClient resident;
    private ApiClient office;

    @BeforeAll
    static void start() {
        api = ApiServer.start();
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @BeforeEach
    void aFever() {
        compound = api.given().compound("阳光花园");
        resident = api.resident(compound.household("3-2-1402"), "王小明");
        office = api.staff(compound.id(), Role.OFFICE, compound.id());
        resident.post("/health-reports", Map.of("temperature", 38.2, "symptoms", List.of("FEVER"), "note", "早上开始")).expect(201);
    }

    @Test
    void alert_isWorkedToItsEnd() {
        var alert = office.get("/alerts?state=OPEN").expect(200);
        var id = alert.text("/items/0/id");
        assertEquals("王小明", alert.text("/items/0/residentName"));
        assertEquals("3-2-1402", alert.text("/items/0/household"));
        assertEquals("2026-11-22T09:40:00+08:00", alert.text("/items/0/acknowledgeBy"));
        assertEquals("38.2", alert.text("/items/0/reports/0/temperature"));
        office.post("/alerts/" + id + "/transfer", Map.of()).expectProblem(409, "not-allowed-now");
        assertEquals("ACKNOWLEDGED", office.post("/alerts/" + id + "/acknowledge", Map.of()).expect(200).text("/state"));
        office.post("/alerts/" + id + "/acknowledge", Map.of("note", "again")).expectProblem(409, "not-allowed-now");
        assertEquals("ESCALATED", office.post("/alerts/" + id + "/escalate", Map.of("note", "38.2")).expect(200).text("/state"));
        assertEquals("TRANSFERRED", office.post("/alerts/" + id + "/transfer", Map.of("note", "120")).expect(200).text("/state"));
        office.post("/alerts/" + id + "/close", Map.of()).expectBadField("/note");
        office.post("/alerts/" + id + "/close", Map.of("note", " ")).expectBadField("/note");
        var closed = office.post("/alerts/" + id + "/close", Map.of("note", "阴性")).expect(200);
        assertEquals(4, closed.body().path("steps").size());
        assertEquals("OFFICE", closed.text("/steps/3/by/role"));
        assertEquals(0, office.get("/alerts?unclosed=true").expect(200).body().path("items").size());
        assertEquals(1, office.get("/alerts?state=CLOSED&building=3").expect(200).body().path("items").size());
        assertEquals(closed.body(), office.get("/alerts/" + id).expect(200).body());
    }

    @Test
    void step_againWithTheSameKey_isReplayed() {
        var id = office.get("/alerts").expect(200).text("/items/0/id");
        var keyed = office.withKey(UUID.randomUUID());
        keyed.post("/alerts/" + id + "/acknowledge", Map.of("note", "a")).expect(200);
        assertEquals("true", keyed.post("/alerts/" + id + "/acknowledge", Map.of("note", "a")).expect(200).header("Idempotent-Replay").orElse(""));
        keyed.post("/alerts/" + id + "/acknowledge", Map.of("note", "b")).expectProblem(422, "key-reused");
    }

    @Test
    void subdistrict_readsNoNameRoomPhoneOrNote_anywhere() {
        var subdistrict = api.staff(compound.id(), Role.SUBDISTRICT, api.given().subdistrictId());
        var id = office.get("/alerts").expect(200).text("/items/0/id");
        subdistrict.get("/alerts/" + id).expectProblem(404, "not-found");
        subdistrict.post("/alerts/" + id + "/acknowledge", Map.of()).expectProblem(404, "not-found");
        office.post("/alerts/" + id + "/escalate", Map.of("note", "王小明在 3-2-1402")).expect(200);
        var seen = subdistrict.get("/alerts?unclosed=true&limit=200").expect(200);
        var mine = subdistrict.get("/alerts/" + id).expect(200);
        for (var body : List.of(seen.body().toString(), mine.body().toString())) {
            for (var secret : List.of("王小明", "1402", "早上开始", "phone")) {
                assertFalse(body.contains(secret), secret + " in " + body);
            }
        }
        assertEquals("38.2", mine.text("/reports/0/temperature"));
        subdistrict.post("/alerts/" + id + "/close", Map.of("note", "x")).expectProblem(403, "not-permitted");
    }

    @Test
    void householdReadsWhatHappensNow_andNobodyElsesAlert() {
        var mine = resident.get("/me/alerts").expect(200);
        assertEquals(1, mine.body().path("items").size());
        assertTrue(mine.body().at("/items/0/passesSuspended").asBoolean());
        var neighbour = api.resident(compound.household("3-2-1403"), "李红");
        assertEquals(0, neighbour.get("/me/alerts").expect(200).body().path("items").size());
        neighbour.get("/alerts").expectProblem(403, "not-permitted");
        office.get("/me/alerts").expectProblem(403, "not-permitted");
    }

    @Test
    void daysRounds_tellTheRulesOfTheCompound_thatPagesSpeakOf() {
        var strict = api.given().compound("月桂苑").withPolicy("feverAbove", "36.9");
        assertEquals("{\"feverAbove\":36.9,\"temperatureMin\":34.0,\"temperatureMax\":43.0,\"acknowledgeMinutes\":10,\"travelDays\":14}",
                api.resident(strict.household("1-1-101"), "赵一").get("/health-rounds/today").expect(200).body().path("rules").toString());
    }

    @Test
    void healthCentreReadsTheReportsAndJourneys_ofWhoCameIntoItsCareOnly() {
        var centre = api.staff(compound.id(), Role.HEALTH_CENTRE, compound.id());
        var who = resident.me().at("/resident/id").asText();
        var report = resident.get("/health-reports").expect(200).text("/items/0/id");
        resident.post("/travel-declarations", Map.of("stays", List.of(), "contactWithCase", false)).expect(201);
        assertEquals(0, centre.get("/health-reports").expect(200).body().path("items").size());
        assertEquals(0, centre.get("/travel-declarations").expect(200).body().path("items").size());
        centre.get("/health-reports/" + report + "/versions").expectProblem(404, "not-found");
        centre.get("/travel-declarations?residentId=" + who).expectProblem(404, "not-found");
        var alert = "/alerts/" + office.get("/alerts").expect(200).text("/items/0/id");
        office.post(alert + "/acknowledge", Map.of()).expect(200);
        office.post(alert + "/escalate", Map.of()).expect(200);
        assertEquals(1, centre.get("/health-reports?residentId=" + who).expect(200).body().path("items").size());
        assertEquals(1, centre.get("/travel-declarations?residentId=" + who).expect(200).body().path("items").size());
        assertEquals(1, centre.get("/health-reports/" + report + "/versions").expect(200).body().path("items").size());
        var observed = compound.household("3-2-1501").resident("李红");
        office.post("/health-reports", Map.of("residentId", observed, "temperature", 36.5, "symptoms", List.of())).expect(201);
        assertEquals(0, centre.get("/health-reports?residentId=" + observed).expect(200).body().path("items").size());
        office.post("/observations", Map.of("residentIds", List.of(observed), "reason", "返回", "startsOn", "2026-11-22", "days", 7)).expect(201);
        assertEquals(1, centre.get("/health-reports?residentId=" + observed).expect(200).body().path("items").size());
    }

    @Test
    void badQuestions_areNamed() {
        office.get("/alerts?state=SLEEPING").expectBadField("?state");
        office.get("/alerts?cursor=nonsense").expectBadField("?cursor");
        office.get("/alerts/none").expectProblem(404, "not-found");
        office.post("/alerts/" + UUID.randomUUID() + "/close", Map.of("note", "x", "resident", "y")).expectBadField("/resident");
    }
}
