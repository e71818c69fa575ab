package gatehouse.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.kernel.Role;
import gatehouse.support.ApiClient;
import gatehouse.support.ApiServer;
import gatehouse.support.Given;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Visitors and emergency vehicles over HTTP, every answer checked against the contract. */
class VisitRoutesTest {
    private static final String ID_NUMBER = "11010519491231002X";
    private static ApiServer api;

    private Given.Compound compound;
    private Given.Household home;
    private UUID gate;
    private ApiClient resident;
    private ApiClient guard;
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
    void aCompound() {
        api.clock().set("2026-11-22T09:30:00+08:00");
        compound = api.given().compound("阳光花园");
        home = compound.household("3-2-1402");
        gate = compound.gate("东门");
        resident = api.resident(home, "王小明");
        guard = api.staff(compound.id(), Role.GUARD, gate);
        office = api.staff(compound.id(), Role.OFFICE, compound.id());
    }

    private static Map<String, Object> wish(String expectedAt) {
        return Map.of("visitorName", "赵来客", "phone", "13800138000", "idNumber", ID_NUMBER, "plate", "鲁a12345", "regionCode", "370202",
                "expectedAt", expectedAt, "purpose", "探望老人");
    }

    private static Map<String, Object> changed(Map<String, Object> body, String name, Object value) {
        var other = new HashMap<>(body);
        other.put(name, value);
        return other;
    }

    private static long count(String sql) {
        try (var connection = api.database().connect(); var rows = connection.createStatement().executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private Map<String, Object> arrival() {
        return Map.of("gateId", gate, "nameChecked", true, "hostPresent", true, "healthCode", "GREEN", "temperature", 36.4, "mask", true);
    }

    @Test
    void visitor_isInvited_ledIn_andSignedOut() {
        var invited = resident.post("/visits", wish("2026-11-22T10:00:00+08:00")).expect(201);
        var id = invited.text("/id");
        assertEquals("EXPECTED", invited.text("/state"));
        assertEquals("138****8000", invited.text("/phone"));
        assertEquals("1101***********002X", invited.text("/idNumber"));
        assertEquals("鲁A12345", invited.text("/plate"));
        assertTrue(invited.text("/code").matches("V-[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}"), invited.text("/code"));

        var atGate = guard.post("/visits/lookup", Map.of("code", invited.text("/code").toLowerCase())).expect(200);
        assertEquals("3-2-1402", atGate.text("/household"));
        assertFalse(atGate.body().has("idNumber") || atGate.body().has("code"), "a guard needs neither: " + atGate.body());
        var entered = guard.post("/visits/" + id + "/enter", arrival()).expect(200);
        assertEquals("ok", entered.text("/reason"));
        assertEquals("INSIDE", entered.text("/visit/state"));
        assertEquals("already-inside", guard.post("/visits/" + id + "/enter", arrival()).expect(200).text("/reason"));

        assertEquals(id, guard.get("/visits?atGate=true&date=2026-11-22").expect(200).text("/items/0/id"));
        api.clock().set("2026-11-22T18:31:00+08:00");
        guard = api.again(guard);
        assertEquals("true", guard.get("/visits?state=INSIDE").expect(200).text("/items/0/overstayed"));
        assertEquals("LEFT", guard.post("/visits/" + id + "/leave", Map.of("gateId", gate)).expect(200).text("/state"));
        guard.post("/visits/" + id + "/leave", Map.of("gateId", gate)).expectProblem(409, "not-allowed-now");
        assertEquals("LEFT", api.again(resident).get("/visits").expect(200).text("/items/0/state"));
    }

    @Test
    void invitationRepeatedWithItsKey_showsTheSameCode_andNoTableHoldsIt() {
        var key = UUID.randomUUID();
        var first = resident.withKey(key).post("/visits", wish("2026-11-22T10:00:00+08:00")).expect(201);
        var again = resident.withKey(key).post("/visits", wish("2026-11-22T10:00:00+08:00")).expect(201);
        assertEquals("true", again.header("Idempotent-Replay").orElse("false"));
        assertEquals(first.body(), again.body());
        assertEquals(1, count("select count(*) from idempotency_key where key = '" + key + "' and answer is not null"));
        assertEquals(0, count("select count(*) from idempotency_key where answer like '%" + first.text("/code") + "%'"));
        assertEquals(first.text("/id"), guard.post("/visits/lookup", Map.of("code", again.text("/code"))).expect(200).text("/id"));
    }

    @Test
    void visitor_isTurnedBack_forEachReason_andItIsOnRecord() {
        var id = resident.post("/visits", wish("2026-11-22T10:00:00+08:00")).expect(201).text("/id");
        var reasons = List.of(
                Map.entry(changed(arrival(), "temperature", 37.4), "fever"),
                Map.entry(changed(arrival(), "healthCode", "YELLOW"), "health-code"),
                Map.entry(changed(arrival(), "mask", false), "no-mask"),
                Map.entry(changed(arrival(), "hostPresent", false), "host-absent"),
                Map.entry(changed(arrival(), "nameChecked", false), "name-not-checked"));
        for (var each : reasons) {
            var answer = guard.post("/visits/" + id + "/enter", each.getKey()).expect(200);
            assertEquals("false", answer.text("/allowed"));
            assertEquals(each.getValue(), answer.text("/reason"));
            assertEquals("EXPECTED", answer.text("/visit/state"));
        }
        assertEquals(reasons.size(), count("select count(*) from visit_event where event = 'TURN_BACK' and visit_id = '" + id + "'"));
        assertEquals(1, count("select count(*) from outbox_message where template = 'VISITOR_TURNED_BACK' and subject_id = '" + id + "'"));
        assertEquals("ok", guard.post("/visits/" + id + "/enter", changed(arrival(), "temperature", 37.3)).expect(200).text("/reason"));
    }

    @Test
    void visitor_comesTooEarlyOrTooLate_isTurnedBack() {
        var id = resident.post("/visits", wish("2026-11-22T12:31:00+08:00")).expect(201).text("/id");
        assertEquals("not-yet", guard.post("/visits/" + id + "/enter", arrival()).expect(200).text("/reason"));
        api.clock().set("2026-11-22T15:31:01+08:00");
        assertEquals("too-late", api.again(guard).post("/visits/" + id + "/enter", arrival()).expect(200).text("/reason"));
        assertEquals("EXPIRED", api.again(resident).get("/visits?state=EXPIRED").expect(200).text("/items/0/state"));
        assertTrue(api.again(guard).get("/visits?atGate=true").expect(200).body().path("items").isEmpty());
    }

    @Test
    void visitorFromAListedRegion_isNeitherInvitedNorLetIn() {
        var before = resident.post("/visits", wish("2026-11-22T10:00:00+08:00")).expect(201).text("/id");
        office.put("/risk-regions", Map.of("items", List.of(Map.of("regionCode", "370200", "regionName", "青岛市", "level", "HIGH", "from", "2026-11-20")))).expect(200);
        resident.post("/visits", wish("2026-11-22T10:00:00+08:00")).expectProblem(409, "region-listed");
        assertEquals("region-listed", guard.post("/visits/" + before + "/enter", arrival()).expect(200).text("/reason"));
        assertEquals("region-listed", guard.post("/visits/" + before + "/enter", changed(arrival(), "regionCode", "370200")).expect(200).text("/reason"),
                "the very place that is listed");
        assertEquals("ok", guard.post("/visits/" + before + "/enter", changed(arrival(), "regionCode", "330100")).expect(200).text("/reason"));
        resident.post("/visits", changed(wish("2026-11-22T10:00:00+08:00"), "regionCode", "370000")).expectBadField("/regionCode");
        resident.post("/visits", changed(wish("2026-11-22T10:00:00+08:00"), "regionCode", "990000")).expectBadField("/regionCode");
    }

    @Test
    void household_underObservation_receivesNobody_andTheGuardIsToldNothingOfIt() {
        var id = resident.post("/visits", wish("2026-11-22T10:00:00+08:00")).expect(201).text("/id");
        office.post("/observations", Map.of("residentIds", List.of(resident.me().at("/resident/id").asText()), "reason", "返回",
                "startsOn", "2026-11-22", "days", 7)).expect(201);
        resident.post("/visits", wish("2026-11-22T10:00:00+08:00")).expectProblem(409, "visitors-not-admitted");
        assertEquals("not-admitted", guard.post("/visits/" + id + "/enter", arrival()).expect(200).text("/reason"));
    }

    @Test
    void sealedCompound_receivesNobody() {
        compound.withPolicy("controlLevel", "\"SEALED\"");
        resident.post("/visits", wish("2026-11-22T10:00:00+08:00")).expectProblem(409, "visitors-not-admitted");
    }

    @Test
    void sealedBuilding_receivesNobody_alsoWhoWasInvitedBefore() throws SQLException {
        var id = resident.post("/visits", wish("2026-11-22T10:00:00+08:00")).expect(201).text("/id");
        try (var connection = api.database().connect(); var statement = connection.createStatement()) {
            statement.executeUpdate("""
                    insert into control_level (compound_id, place_id, building_id, level, set_at, set_by)
                    values ('%1$s', '%2$s', '%2$s', 'SEALED', now(), '%2$s')""".formatted(compound.id(), home.buildingId()));
        }
        resident.post("/visits", wish("2026-11-22T10:00:00+08:00")).expectProblem(409, "visitors-not-admitted");
        assertEquals("not-admitted", guard.post("/visits/" + id + "/enter", arrival()).expect(200).text("/reason"));
    }

    @Test
    void household_invitesNoMoreThanPolicySays_howeverManyAskAtOnce() {
        compound.withPolicy("visitsADay", "3");
        var statuses = java.util.stream.IntStream.range(0, 8).parallel()
                .mapToObj(i -> resident.post("/visits", wish("2026-11-22T10:00:00+08:00")).status()).toList();
        assertEquals(3, statuses.stream().filter(status -> status == 201).count(), statuses.toString());
        var first = resident.get("/visits").expect(200).text("/items/0/id");
        resident.post("/visits/" + first + "/cancel").expect(200);
        resident.post("/visits", wish("2026-11-22T10:00:00+08:00")).expect(201);
        resident.post("/visits", wish("2026-11-23T10:00:00+08:00")).expect(201);
    }

    @Test
    void invitation_isCheckedFieldByField() {
        var good = wish("2026-11-22T10:00:00+08:00");
        resident.post("/visits", changed(good, "phone", "12345")).expectBadField("/phone");
        resident.post("/visits", changed(good, "idNumber", "110105194912310021")).expectBadField("/idNumber");
        resident.post("/visits", changed(good, "visitorName", "  ")).expectBadField("/visitorName");
        resident.post("/visits", changed(good, "expectedAt", "2026-11-22T09:19:59+08:00")).expectBadField("/expectedAt");
        resident.post("/visits", changed(good, "expectedAt", "2026-12-22T09:19:59+08:00")).expectBadField("/expectedAt");
    }

    @Test
    void guard_actsAtTheirOwnGateOnly() {
        var id = resident.post("/visits", wish("2026-11-22T10:00:00+08:00")).expect(201).text("/id");
        guard.post("/visits/" + id + "/enter", changed(arrival(), "gateId", compound.gate("西门"))).expectBadField("/gateId");
        guard.post("/emergency-entries", Map.of("gateId", UUID.randomUUID(), "service", "FIRE")).expectBadField("/gateId");
    }

    @Test
    void code_isFoundInItsOwnCompoundOnly_andNoTableHoldsIt() {
        var code = resident.post("/visits", wish("2026-11-22T10:00:00+08:00")).expect(201).text("/code");
        var laurel = api.given().compound("月桂苑");
        var other = api.staff(laurel.id(), Role.GUARD, laurel.gate("南门"));
        other.post("/visits/lookup", Map.of("code", code)).expectProblem(404, "not-found");
        guard.post("/visits/lookup", Map.of("code", "V-AAAAA-AAAAA")).expectProblem(404, "not-found");
        guard.post("/visits/lookup", Map.of("code", "你好")).expectProblem(404, "not-found");
        assertEquals(0, count("select count(*) from visit v where v::text ilike '%" + code.replace("-", "").substring(1) + "%' or v::text like '%"
                + ID_NUMBER + "%' or v::text like '%13800138000%'"));
    }

    private Map<String, Object> offline(String at, Object... more) {
        var body = new HashMap<>(arrival());
        body.putAll(Map.of("nonce", UUID.randomUUID(), "enteredAt", at, "admitted", true));
        for (int i = 0; i < more.length; i += 2) {
            body.put((String) more[i], more[i + 1]);
        }
        return body;
    }

    private String conflicts() {
        return office.get("/gate-conflicts?open=true").expect(200).body().path("items").findValuesAsText("reason").toString();
    }

    @Test
    void visitorLetInWithoutNetwork_isKeptOnce_withTheDevicesTime() {
        var id = resident.post("/visits", wish("2026-11-22T10:00:00+08:00")).expect(201).text("/id");
        api.clock().set("2026-11-22T09:50:00+08:00");
        guard = api.again(guard);
        office = api.again(office);
        var told = offline("2026-11-22T09:35:00+08:00");
        var first = guard.post("/visits/" + id + "/enter", told).expect(200);
        assertEquals(List.of("true", "true", "2026-11-22T09:35:00+08:00"), List.of(first.text("/allowed"), first.text("/moved"), first.text("/visit/enteredAt")));
        var again = guard.post("/visits/" + id + "/enter", told).expect(200);
        assertEquals(List.of("ok", "INSIDE"), List.of(again.text("/reason"), again.text("/visit/state")), "the same nonce is the same entry, not a second one");
        var leaving = Map.of("gateId", gate, "nonce", UUID.randomUUID(), "leftAt", "2026-11-22T09:45:00+08:00", "admitted", true);
        assertEquals("2026-11-22T09:45:00+08:00", guard.post("/visits/" + id + "/leave", leaving).expect(200).text("/leftAt"));
        guard.post("/visits/" + id + "/leave", leaving).expect(200);
        assertEquals(2, count("select count(*) from visit_event where offline and conflict is null and visit_id = '" + id + "'"));
        assertEquals("[]", conflicts());
    }

    @Test
    void visitorLetInWithoutNetworkAgainstTheRules_isInside_andTheOfficeIsTold() {
        var id = resident.post("/visits", wish("2026-11-22T10:00:00+08:00")).expect(201).text("/id");
        resident.post("/visits/" + id + "/cancel").expect(200);
        var answer = guard.post("/visits/" + id + "/enter", offline("2026-11-22T09:20:00+08:00")).expect(200);
        assertEquals(List.of("false", "cancelled", "true", "cancelled", "INSIDE"), List.of(answer.text("/allowed"), answer.text("/reason"),
                answer.text("/moved"), answer.text("/conflict"), answer.text("/visit/state")));
        assertEquals("[cancelled]", conflicts());
        assertEquals("赵来客", office.get("/gate-conflicts?open=true").expect(200).text("/items/0/name"));
        assertEquals(1, count("select count(*) from outbox_message where template = 'GATE_CONFLICT' and compound_id = '" + compound.id() + "'"));
        var ledger = new String(office.get("/forms/movement-ledger.csv?date=2026-11-22").expect(200).raw().body(), java.nio.charset.StandardCharsets.UTF_8);
        assertTrue(ledger.contains("离线补传") && ledger.contains("邀请已取消"), ledger);
    }

    @Test
    void visitorSeenLeavingFirst_isNotInside_whenTheirComingBecomesKnown() {
        var id = resident.post("/visits", wish("2026-11-22T10:00:00+08:00")).expect(201).text("/id");
        guard.post("/visits/" + id + "/leave", Map.of("gateId", gate)).expectProblem(409, "not-allowed-now");
        guard.post("/visits/" + id + "/leave", Map.of("gateId", gate, "nonce", UUID.randomUUID(), "leftAt", "2026-11-22T09:29:00+08:00", "admitted", true))
                .expect(200);
        assertEquals("[not-inside]", conflicts());
        var turnedBack = guard.post("/visits/" + id + "/enter", offline("2026-11-22T09:05:00+08:00", "admitted", false)).expect(200);
        assertEquals(List.of("ok", "false", "EXPECTED"), List.of(turnedBack.text("/reason"), turnedBack.text("/moved"), turnedBack.text("/visit/state")),
                "whom the gate turned back is not inside, whatever the rules would have said");
        var late = guard.post("/visits/" + id + "/enter", offline("2026-11-22T09:10:00+08:00")).expect(200);
        assertEquals(List.of("LEFT", "2026-11-22T09:10:00+08:00", "2026-11-22T09:29:00+08:00"),
                List.of(late.text("/visit/state"), late.text("/visit/enteredAt"), late.text("/visit/leftAt")));
    }

    private Map<String, Object> walkIn(Object... more) {
        var body = offline("2026-11-22T09:15:00+08:00", "household", "3-2-1402", "visitorName", "孙过客", "phone", "13800138009");
        body.remove("admitted");
        for (int i = 0; i < more.length; i += 2) {
            body.put((String) more[i], more[i + 1]);
        }
        return body;
    }

    @Test
    void walkIn_becomesAVisitOfTheHousehold_once_andTheOfficeLooksIntoIt() {
        var told = walkIn();
        var answer = guard.post("/visits/walk-ins", told).expect(201);
        assertEquals(List.of("not-invited", "true", "INSIDE", "3-2-1402"),
                List.of(answer.text("/reason"), answer.text("/moved"), answer.text("/visit/state"), answer.text("/visit/household")));
        assertEquals(answer.text("/visit/id"), guard.post("/visits/walk-ins", told).expect(201).text("/visit/id"));
        assertEquals(1, count("select count(*) from visit where compound_id = '" + compound.id() + "'"));
        assertEquals("[not-invited]", conflicts());
        assertEquals("孙过客", resident.get("/visits").expect(200).text("/items/0/visitorName"), "the household sees whom it is said to have led in");
        assertEquals(0, count("select count(*) from visit v where v::text like '%13800138009%'"));
        guard.post("/visits/walk-ins", walkIn("household", "9-9-9999")).expectBadField("/household");
        guard.post("/visits/walk-ins", walkIn("phone", "12")).expectBadField("/phone");
        var laurel = api.given().compound("月桂苑");
        api.staff(laurel.id(), Role.GUARD, laurel.gate("南门")).post("/visits/walk-ins", walkIn()).expectBadField("/gateId");
    }

    @Test
    void walkInWithACode_isTheVisitOfThatCode() {
        var invited = resident.post("/visits", wish("2026-11-22T10:00:00+08:00")).expect(201);
        var answer = guard.post("/visits/walk-ins", walkIn("code", invited.text("/code"))).expect(201);
        assertEquals(List.of(invited.text("/id"), "ok", "INSIDE"), List.of(answer.text("/visit/id"), answer.text("/reason"), answer.text("/visit/state")));
        assertEquals("[]", conflicts());
    }

    @Test
    void whenTheirDaysAreOver_visitorsAreForgotten_againstACertificate() throws SQLException {
        compound.withPolicy("visitorsKept", "14");
        var old = resident.post("/visits", wish("2026-11-22T10:00:00+08:00")).expect(201).text("/id");
        guard.post("/visits/" + old + "/enter", offline("2026-11-22T09:20:00+08:00", "temperature", 37.9)).expect(200);
        office.post("/gate-conflicts/" + office.get("/gate-conflicts?open=true").expect(200).text("/items/0/id") + "/review",
                Map.of("finding", "BREACH", "note", "赵来客发热，已送医")).expect(200);
        var kept = resident.post("/visits", wish("2026-11-23T10:00:00+08:00")).expect(201).text("/id");
        resident.post("/visits/" + kept + "/cancel", Map.of("note", "赵来客不来了")).expect(200);
        String forgotten = "select count(*) from visit where forgotten_at is not null and compound_id = '" + compound.id() + "'";
        try {
            api.clock().set("2026-12-06T03:00:00+08:00");
            eventually("the job of the 6th", () -> count("select count(*) from job_run where job = 'forget-visitors' and business_date = '2026-12-06' and finished_at is not null") == 1);
            assertEquals(0, count(forgotten), "the fourteenth day is still kept");
            api.clock().set("2026-12-07T03:00:00+08:00");
            eventually("forgotten", () -> count(forgotten) == 1);
            office = api.again(office);
            var visits = office.get("/visits").expect(200).body().path("items");
            assertEquals(List.of("true", "", "", ""), List.of("forgotten", "visitorName", "phone", "purpose").stream().map(name -> visits.at("/1/" + name).asText()).toList());
            assertEquals("赵来客", visits.at("/0/visitorName").asText());
            assertFalse(visits.at("/1").has("idNumber") || visits.at("/1").has("plate"), visits.toString());
            assertEquals(0, count("select count(*) from gate_conflict_review where note <> '' and compound_id = '" + compound.id() + "'"));
            office.post("/visits/" + old + "/disclosures", Map.of("field", "PHONE", "reason", "核实身份")).expectProblem(404, "not-found");
            var certificate = office.get("/audit?action=RETENTION_APPLIED").expect(200);
            assertEquals(List.of("1", "2026-11-23"), List.of(certificate.text("/items/0/details/visits"), certificate.text("/items/0/details/visitsBefore")));
            assertEquals("true", office.get("/audit/verification?compoundId=" + compound.id()).expect(200).text("/intact"));
            api.clock().set("2026-12-08T03:00:00+08:00");
            eventually("forgotten too", () -> count(forgotten) == 2);
            assertEquals(0, count("select count(*) from visit_event where reason like '%赵来客%'"));
        } finally {
            api.clock().set("2026-11-22T09:30:00+08:00");
        }
    }

    private static void eventually(String what, java.util.function.BooleanSupplier happened) {
        long end = System.nanoTime() + 30_000_000_000L;
        while (!happened.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, what + " never came");
            java.util.concurrent.locks.LockSupport.parkNanos(100_000_000L);
        }
    }

    @Test
    void guardsList_recognisesACodeByItsTag_andHoldsNoCode() throws Exception {
        var code = resident.post("/visits", wish("2026-11-22T10:00:00+08:00")).expect(201).text("/code");
        var seen = guard.get("/visits?atGate=true").expect(200);
        var hash = java.security.MessageDigest.getInstance("SHA-256").digest(code.replace("-", "").getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        assertEquals(java.util.HexFormat.of().formatHex(hash).substring(0, 5), seen.text("/items/0/codeTag"));
        assertFalse(seen.body().toString().contains(code), seen.body().toString());
        assertFalse(resident.get("/visits").expect(200).body().toString().contains("codeTag"));
    }

    @Test
    void emergencyVehicle_isInWithOneCall_andItsPapersWaitToBeWritten() {
        var id = guard.post("/emergency-entries", Map.of("gateId", gate, "service", "AMBULANCE")).expect(201).text("/id");
        assertEquals("false", office.get("/emergency-entries?open=true").expect(200).text("/items/0/registered"));
        guard.post("/emergency-entries/" + id + "/leave", Map.of("gateId", gate)).expect(200);
        var papers = Map.of("plate", "鲁b120", "organisation", "市急救中心", "people", 3, "purpose", "接病人");
        assertEquals("鲁B120", guard.post("/emergency-entries/" + id + "/papers", papers).expect(200).text("/plate"));
        guard.post("/emergency-entries/" + id + "/papers", papers).expectProblem(409, "not-allowed-now");
        guard.post("/emergency-entries/" + id + "/leave", Map.of("gateId", gate)).expectProblem(409, "not-allowed-now");
        assertTrue(office.get("/emergency-entries?open=true").expect(200).body().path("items").isEmpty());
        assertEquals(1, office.get("/emergency-entries?date=2026-11-22").expect(200).body().path("items").size());
    }
}
