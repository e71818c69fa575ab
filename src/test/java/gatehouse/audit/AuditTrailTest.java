package gatehouse.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import gatehouse.kernel.Role;
import gatehouse.support.ApiClient;
import gatehouse.support.ApiServer;
import gatehouse.support.Given;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is entered of everybody's acts, over real HTTP. */
class AuditTrailTest {
    private static ApiServer api;

    private Given.Compound compound;
    private ApiClient office;
    private ApiClient administrator;

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
        office = api.staff(compound.id(), Role.OFFICE, compound.id());
        administrator = api.staff(compound.id(), Role.ADMIN, compound.id());
    }

    private static String feverOf(ApiClient resident) {
        return resident.post("/health-reports", Map.of("temperature", 38.2, "symptoms", List.of())).expect(201).text("/alertId");
    }

    @Test
    void eachStepOfAnAlert_isEntered_withIdsOnly() {
        var resident = api.resident(compound.household("3-2-1402"), "王小明");
        var alert = feverOf(resident);
        assertEquals(List.of(), actions(office, ""));
        for (var step : List.of("acknowledge", "escalate", "transfer", "close")) {
            office.post("/alerts/" + alert + "/" + step, Map.of("note", "电话联系到本人")).expect(200);
        }
        assertEquals(List.of("ALERT_CLOSED", "ALERT_TRANSFERRED", "ALERT_ESCALATED", "ALERT_ACKNOWLEDGED"), actions(office, ""));
        var entry = office.get("/audit?action=ALERT_CLOSED").expect(200);
        assertEquals(List.of("resident", resident.me().at("/resident/id").asText(), "OFFICE", office.id().toString(), alert),
                List.of(entry.text("/items/0/subject/kind"), entry.text("/items/0/subject/id"), entry.text("/items/0/by/role"),
                        entry.text("/items/0/by/id"), entry.text("/items/0/details/alert")));
        assertFalse(entry.body().toString().contains("电话联系到本人"));
        intact();
    }

    @Test
    void alertThatNobodyAcknowledges_isEnteredAsEscalatedByTheClock_thenTheStep() {
        var alert = feverOf(api.resident(compound.household("3-2-1402"), "王小明"));
        api.clock().move(Duration.ofMinutes(11));
        office.post("/alerts/" + alert + "/acknowledge", Map.of()).expect(200);
        var entries = api.again(office).get("/audit").expect(200).body().path("items");
        assertEquals(List.of("ALERT_ACKNOWLEDGED", "ALERT_ESCALATED"), texts(entries, "action"));
        assertTrue(entries.path(1).path("by").isMissingNode());
    }

    @Test
    void observation_isEnteredWhenItStartsAndEnds() {
        var resident = compound.household("3-2-1402").resident("王小明");
        var started = office.post("/observations", Map.of("residentIds", List.of(resident), "reason", "密切接触者", "startsOn", "2026-11-08", "days", 14))
                .expect(201);
        var path = "/observations/" + started.text("/items/0/id");
        office.post(path + "/tests", Map.of("takenOn", "2026-11-22", "result", "NEGATIVE")).expect(201);
        office.post(path + "/tests", Map.of("takenOn", "2026-11-21", "result", "NEGATIVE")).expect(201);
        office.post(path + "/tests/3/withdraw", Map.of("note", "录错了人")).expect(200);
        office.post(path + "/follow-ups", Map.of("note", "一切正常")).expect(201);
        office.post(path + "/release", Map.of()).expect(200);
        assertEquals(List.of("OBSERVATION_RELEASED", "OBSERVATION_TEST_CORRECTED", "OBSERVATION_STARTED"), actions(office, ""));
        assertFalse(office.get("/audit").body().toString().contains("密切接触者"));
        intact();
    }

    @Test
    void journey_thatOpensObservations_isEnteredForEachOfTheHome() {
        var home = compound.household("3-2-1402");
        var resident = api.resident(home, "王小明");
        home.resident("李红");
        resident.post("/travel-declarations", Map.of("stays", List.of(Map.of("regionCode", "440300", "regionName", "广东省深圳市", "arrivedOn", "2026-11-18",
                "leftOn", "2026-11-20", "transport", "TRAIN")), "contactWithCase", false)).expect(201);
        assertEquals(List.of("OBSERVATION_STARTED", "OBSERVATION_STARTED"), actions(office, ""));
        assertEquals("RESIDENT", office.get("/audit").text("/items/0/by/role"));
    }

    @Test
    void administrator_readsNothingOfAnybodysHealth() {
        var resident = api.resident(compound.household("3-2-1402"), "王小明");
        office.post("/alerts/" + feverOf(resident) + "/acknowledge", Map.of()).expect(200);
        office.post("/observations", Map.of("residentIds", List.of(resident.me().at("/resident/id").asText()), "reason", "密切接触者",
                "startsOn", "2026-11-22", "days", 14)).expect(201);
        assertEquals(2, actions(office, "").size());
        assertFalse(administrator.get("/audit?limit=200").expect(200).body().toString().contains(compound.id().toString()));
        assertEquals(List.of(), actions(administrator, "?action=OBSERVATION_STARTED"));
        assertEquals(List.of(), actions(administrator, "?by=" + office.id()));
        assertEquals(List.of(), actions(administrator, "?subject=" + resident.me().at("/resident/id").asText()));
    }

    @Test
    void accountsAndRoles_areEntered_withPlacesInsteadOfNames() {
        var gate = compound.gate("东门");
        var phone = ApiServer.phone();
        var account = office.post("/accounts", Map.of("name", "赵刚", "phone", phone, "password", "correct horse 9",
                "grants", List.of(Map.of("role", "GUARD", "reach", "GATE", "reachId", gate)))).expect(201).text("/id");
        var dispatcher = List.of(Map.of("role", "DISPATCHER", "reach", "COMPOUND", "reachId", compound.id()));
        office.put("/accounts/" + account + "/roles", Map.of("grants", dispatcher)).expect(200);
        office.put("/accounts/" + account + "/roles", Map.of("grants", dispatcher)).expect(200);
        administrator.post("/accounts/" + account + "/disable").expect(200);
        administrator.post("/accounts/" + account + "/disable").expect(200);
        assertEquals(List.of("ACCOUNT_DISABLED", "ROLES_CHANGED", "ACCOUNT_CREATED"), actions(office, "?subject=" + account));
        var changed = office.get("/audit?action=ROLES_CHANGED").expect(200);
        assertEquals("DISPATCHER COMPOUND " + compound.id(), changed.text("/items/0/details/given"));
        assertEquals("GUARD GATE " + gate, changed.text("/items/0/details/taken"));
        assertEquals("赵刚", changed.text("/items/0/subject/name"));
        assertEquals(List.of("ACCOUNT_DISABLED"), actions(office, "?by=" + administrator.id()));
        assertFalse(changed.body().toString().contains(phone));
        intact();
    }

    @Test
    void policy_roster_andRiskList_areEnteredWithWhatChanged() {
        var policy = office.get("/policy").expect(200);
        office.with("If-Match", policy.header("ETag").orElseThrow()).put("/policy", Map.of("values", Map.of("feverAbove", 37.5))).expect(200);
        assertEquals("37.3 → 37.5", office.get("/audit?action=POLICY_CHANGED").expect(200).text("/items/0/details/feverAbove"));

        var file = "楼栋,单元,房号,姓名\n3,2,1402,王小明\n3,2,1403,\n".getBytes(StandardCharsets.UTF_8);
        office.send("POST", "/imports/roster?dryRun=true", "text/csv", file).expect(200);
        assertEquals(List.of(), actions(office, "?action=ROSTER_IMPORTED"));
        office.send("POST", "/imports/roster", "text/csv", file).expect(200);
        var imported = office.get("/audit?action=ROSTER_IMPORTED").expect(200);
        assertEquals(List.of("2", "1", "0", "1", 64), List.of(imported.text("/items/0/details/lines"), imported.text("/items/0/details/created"),
                imported.text("/items/0/details/updated"), imported.text("/items/0/details/rejected"), imported.text("/items/0/details/sha256").length()));

        var list = Map.of("items", List.of(Map.of("regionCode", "440300", "regionName", "深圳", "level", "HIGH", "from", "2026-11-01")));
        office.put("/risk-regions", list).expect(200);
        office.put("/risk-regions", list).expect(200);
        var replaced = office.get("/audit?action=RISK_LIST_REPLACED").expect(200);
        assertEquals(List.of(1, "0", "0", "1"), List.of(replaced.body().path("items").size(), replaced.text("/items/0/details/before"),
                replaced.text("/items/0/details/takenOff"), replaced.text("/items/0/details/added")));
        assertEquals(List.of("RISK_LIST_REPLACED", "ROSTER_IMPORTED", "POLICY_CHANGED"), actions(office, ""));
        intact();
    }

    @Test
    void staffsDecisionsOnPasses_areEntered_andTheFamilysOwnCancellingIsNot() {
        var resident = api.resident(compound.household("3-2-1402"), "王小明");
        var passes = new ArrayList<String>();
        for (int i = 0; i < 4; i++) {
            passes.add(resident.post("/outing-passes", Map.of("kind", "MEDICAL", "purpose", "透析")).expect(201).text("/id"));
        }
        var key = UUID.randomUUID();
        office.withKey(key).post("/outing-passes/" + passes.get(0) + "/approve", Map.of()).expect(200);
        office.withKey(key).post("/outing-passes/" + passes.get(0) + "/approve", Map.of()).expect(200);
        office.post("/outing-passes/" + passes.get(0) + "/card/revoke").expect(200);
        office.post("/outing-passes/" + passes.get(1) + "/reject", Map.of("reason", "请改天")).expect(200);
        office.post("/outing-passes/" + passes.get(1) + "/reject", Map.of("reason", "请改天")).expectProblem(409, "not-allowed-now");
        office.post("/outing-passes/" + passes.get(2) + "/cancel", Map.of()).expect(200);
        resident.post("/outing-passes/" + passes.get(3) + "/cancel", Map.of()).expect(200);
        assertEquals(List.of("PASS_CANCELLED", "PASS_REJECTED", "PASS_CARD_REVOKED", "PASS_APPROVED"), actions(office, ""));
        var rejected = office.get("/audit?action=PASS_REJECTED").expect(200);
        assertEquals(List.of("resident", resident.me().at("/resident/id").asText(), "OFFICE", office.id().toString(), passes.get(1)),
                List.of(rejected.text("/items/0/subject/kind"), rejected.text("/items/0/subject/id"), rejected.text("/items/0/by/role"),
                        rejected.text("/items/0/by/id"), rejected.text("/items/0/details/pass")));
        var all = office.get("/audit").body().toString();
        assertFalse(all.contains("请改天") || all.contains("透析") || all.contains("MEDICAL"), all);
        intact();
    }

    @Test
    void changesOfAGatesDay_areEntered_withWhatTheyChanged() {
        var gate = compound.gate("东门");
        var day = "/gates/" + gate + "/outing-days/2026-11-23";
        office.put(day, Map.of("capacity", 0)).expectBadField("/reason");
        office.put(day, Map.of("capacity", 0, "reason", "消杀")).expect(200);
        office.put(day, Map.of("capacity", 0, "reason", "消杀")).expect(200);
        office.put(day, Map.of("capacity", 40)).expect(200);
        office.put(day, Map.of()).expect(200);
        var items = office.get("/audit").expect(200).body().path("items");
        assertEquals(List.of("40 → POLICY", "0 → 40", "POLICY → 0"), items.findValuesAsText("places"));
        assertEquals(List.of("GATE_DAY_SET", "gate", gate.toString(), "2026-11-23", "东门"), List.of(items.at("/0/action").asText(),
                items.at("/0/subject/kind").asText(), items.at("/0/subject/id").asText(), items.at("/0/details/date").asText(),
                items.at("/0/details/gate").asText()));
        intact();
    }

    @Test
    void reports_areNotEntered() {
        var resident = api.resident(compound.household("3-2-1402"), "王小明");
        resident.post("/health-reports", Map.of("temperature", 36.5, "symptoms", List.of())).expect(201);
        assertEquals(List.of(), actions(office, ""));
    }

    @Test
    void everyAction_hasItsWordsInBothLanguages() throws Exception {
        for (var file : List.of("words.zh.js", "words.en.js")) {
            try (var words = getClass().getResourceAsStream("/portal/staff/audit/" + file)) {
                var text = new String(words.readAllBytes(), StandardCharsets.UTF_8);
                for (var action : AuditAction.values()) {
                    assertTrue(text.contains("'audit.action." + action + "'"), file + " " + action);
                }
                for (var fault : AuditFault.values()) {
                    assertTrue(text.contains("'audit.fault." + fault + "'"), file + " " + fault);
                }
            }
        }
    }

    private void intact() {
        assertTrue(office.get("/audit/verification").expect(200).body().path("intact").asBoolean());
    }

    private static List<String> actions(ApiClient reader, String query) {
        return texts(reader.get("/audit" + query).expect(200).body().path("items"), "action");
    }

    private static List<String> texts(JsonNode items, String field) {
        return StreamSupport.stream(items.spliterator(), false).map(each -> each.path(field).asText()).toList();
    }
}
