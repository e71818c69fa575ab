package gatehouse.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.kernel.Role;
import gatehouse.support.ApiClient;
import gatehouse.support.ApiServer;
import gatehouse.support.Given;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the office looks into at the gates, over HTTP. */
class GateReviewTest {
    private static ApiServer api;

    private Given.Compound compound;
    private UUID east;
    private UUID west;
    private ApiClient guard;
    private ApiClient guardWest;
    private ApiClient office;
    private ApiClient resident;

    @BeforeAll
    static void start() {
        api = ApiServer.start();
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
        guardWest = api.staff(compound.id(), Role.GUARD, west);
        office = api.staff(compound.id(), Role.OFFICE, compound.id());
        resident = api.resident(compound.household("3-2-1402"), "王小明");
    }

    private static Map<String, Object> with(Map<String, Object> body, Object... more) {
        var other = new HashMap<>(body);
        for (int i = 0; i < more.length; i += 2) {
            other.put((String) more[i], more[i + 1]);
        }
        return other;
    }

    /** The same pass goes out by two gates that have no network; the nonce of the second. */
    private UUID outByTwoGates() {
        resident.post("/health-reports", Map.of("temperature", 36.5, "symptoms", List.of())).expect(201);
        var pass = resident.post("/outing-passes", Map.of("kind", "SUPPLIES")).expect(201).text("/id");
        office.post("/outing-passes/" + pass + "/approve", Map.of()).expect(200);
        var code = resident.get("/outing-passes/" + pass + "/code").expect(200).text("/code");
        var scan = Map.<String, Object>of("code", code, "direction", "OUT", "temperature", 36.4, "mask", true, "admitted", true);
        var second = UUID.randomUUID();
        api.clock().set("2026-11-22T09:30:20+08:00");
        guard.post("/gate-scans/batch", Map.of("scans", List.of(with(scan, "gateId", east, "nonce", UUID.randomUUID(), "scannedAt",
                "2026-11-22T09:30:05+08:00")))).expect(200);
        guardWest.post("/gate-scans/batch", Map.of("scans", List.of(with(scan, "gateId", west, "nonce", second, "scannedAt",
                "2026-11-22T09:30:15+08:00")))).expect(200);
        return second;
    }

    @Test
    void passOutByTwoGates_waitsForTheOffice_untilItSaysWhatBecameClear() {
        var conflict = outByTwoGates();
        var tasks = office.get("/gate-tasks").expect(200);
        assertEquals("1", tasks.text("/conflicts/count"));
        assertEquals("2026-11-22T09:30:15+08:00", tasks.text("/conflicts/oldestAt"));
        var open = office.get("/gate-conflicts?open=true").expect(200);
        assertEquals(1, open.body().path("items").size());
        assertEquals(List.of(conflict.toString(), "PASS", "already-out", "西门", "3-2-1402", "王小明", "SUPPLIES", "东门", "OUT"),
                List.of("id", "kind", "reason", "gate", "household", "name", "passKind", "before/gate", "before/direction").stream()
                        .map(name -> open.text("/items/0/" + name)).toList());

        var path = "/gate-conflicts/" + conflict + "/review";
        office.post(path, Map.of("finding", "EXPLAINED", "note", "  ")).expectBadField("/note");
        var reviewed = office.post(path, Map.of("finding", "EXPLAINED", "note", "两门同时断网，住户确认只出门一次")).expect(200);
        assertEquals("EXPLAINED", reviewed.text("/review/finding"));
        assertEquals("2026-11-22T09:30:20+08:00", reviewed.text("/review/at"));
        assertFalse(reviewed.text("/review/by").isEmpty(), "who looked into it");
        office.post(path, Map.of("finding", "BREACH", "note", "再写一次")).expectProblem(409, "not-allowed-now");
        assertEquals("0", office.get("/gate-tasks").expect(200).text("/conflicts/count"));
        assertTrue(office.get("/gate-conflicts?open=true").expect(200).body().path("items").isEmpty());
        assertEquals("两门同时断网，住户确认只出门一次", office.get("/gate-conflicts").expect(200).text("/items/0/review/note"));
        var audit = office.get("/audit?action=GATE_CONFLICT_REVIEWED").expect(200);
        assertEquals(1, audit.body().path("items").size());
        assertFalse(audit.body().toString().contains("断网"), "what was written is not in the chain: " + audit.body());
    }

    @Test
    void conflict_isForItsOwnOfficeOnly() {
        var conflict = outByTwoGates();
        var laurel = api.given().compound("月桂苑");
        var other = api.staff(laurel.id(), Role.OFFICE, laurel.id());
        other.post("/gate-conflicts/" + conflict + "/review", Map.of("finding", "EXPLAINED", "note", "不是我们的")).expectProblem(404, "not-found");
        assertTrue(other.get("/gate-conflicts?open=true").expect(200).body().path("items").isEmpty());
        assertEquals("0", other.get("/gate-tasks").expect(200).text("/conflicts/count"));
        guard.get("/gate-conflicts").expect(403);
        resident.get("/gate-conflicts").expect(403);
    }

    @Test
    void conflictsAreReadPageByPage() {
        for (int i = 0; i < 3; i++) {
            guard.post("/gate-scans", Map.of("code", "A".repeat(135), "gateId", east, "direction", "OUT", "nonce", UUID.randomUUID(), "admitted", true))
                    .expect(200);
            api.clock().move(Duration.ofSeconds(1));
        }
        var first = office.get("/gate-conflicts?open=true&limit=2").expect(200);
        var second = office.get("/gate-conflicts?open=true&limit=2&cursor=" + first.text("/next").replace("|", "%7C")).expect(200);
        assertEquals(List.of(2, 1), List.of(first.body().path("items").size(), second.body().path("items").size()));
        office.get("/gate-conflicts?cursor=x").expectBadField("?cursor");
    }

    @Test
    void whoWasWrittenDownWrongly_isNotOutsideByIt() {
        resident.post("/health-reports", Map.of("temperature", 36.5, "symptoms", List.of())).expect(201);
        var pass = resident.post("/outing-passes", Map.of("kind", "SUPPLIES")).expect(201).text("/id");
        office.post("/outing-passes/" + pass + "/approve", Map.of()).expect(200);
        var code = resident.get("/outing-passes/" + pass + "/code").expect(200).text("/code");
        resident.post("/outing-passes/" + pass + "/cancel", Map.of()).expect(200);
        var nonce = UUID.randomUUID();
        guard.post("/gate-scans", Map.of("code", code, "gateId", east, "direction", "OUT", "nonce", nonce, "admitted", true)).expect(200);
        assertEquals(pass, office.get("/outside").expect(200).text("/items/0/passId"));
        office.post("/gate-conflicts/" + nonce + "/review", Map.of("finding", "MISTAKEN", "note", "门岗误按")).expect(200);
        assertTrue(office.get("/outside").expect(200).body().path("items").isEmpty());
    }

    @Test
    void emergencyVehicleWithoutNetwork_isKeptOnce_withTheDevicesTime_andItsPapersWaitForTheOffice() {
        var nonce = UUID.randomUUID();
        var admission = Map.<String, Object>of("gateId", east, "service", "AMBULANCE", "nonce", nonce, "enteredAt", "2026-11-22T09:10:00+08:00");
        var id = guard.post("/emergency-entries", admission).expect(201).text("/id");
        var again = guard.post("/emergency-entries", admission).expect(201);
        assertEquals(List.of(id, "true", "2026-11-22T09:10:00+08:00"), List.of(again.text("/id"), again.text("/offline"), again.text("/enteredAt")));
        var leaving = Map.<String, Object>of("gateId", west, "leftAt", "2026-11-22T09:25:00+08:00");
        guardWest.post("/emergency-entries/" + id + "/leave", leaving).expect(200);
        assertEquals("2026-11-22T09:25:00+08:00", guardWest.post("/emergency-entries/" + id + "/leave", leaving).expect(200).text("/leftAt"));
        guardWest.post("/emergency-entries/" + id + "/leave", with(leaving, "leftAt", "2026-11-22T09:26:00+08:00")).expectProblem(409, "not-allowed-now");

        var tasks = office.get("/gate-tasks").expect(200);
        assertEquals(List.of("1", "2026-11-22T09:10:00+08:00"), List.of(tasks.text("/missingPapers/count"), tasks.text("/missingPapers/oldestAt")));
        assertEquals(id, office.get("/emergency-entries?unregistered=true").expect(200).text("/items/0/id"));
        office.post("/emergency-entries/" + id + "/papers", Map.of("organisation", "市急救中心", "people", 3, "purpose", "接病人")).expect(200);
        assertEquals("0", office.get("/gate-tasks").expect(200).text("/missingPapers/count"));
        assertTrue(office.get("/emergency-entries?unregistered=true").expect(200).body().path("items").isEmpty());
    }
}
