package gatehouse.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.kernel.Role;
import gatehouse.support.ApiClient;
import gatehouse.support.ApiServer;
import gatehouse.support.Given;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who moves takes their account along, over real HTTP. */
class MovingApiTest {
    private static ApiServer api;

    private Given.Compound garden;
    private Given.Household old;
    private ApiClient office;
    private ApiClient resident;
    private String residentId;

    @BeforeAll
    static void start() {
        api = ApiServer.start();
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @BeforeEach
    void aResident() {
        garden = api.given().compound("阳光花园");
        old = garden.household("3-2-1402");
        office = api.staff(garden.id(), Role.OFFICE, garden.id());
        resident = api.resident(old, "王小明");
        residentId = resident.me().at("/resident/id").asText();
    }

    private ApiClient loggedInAgain() {
        return api.visitor().logIn(api.phoneOf(resident.id()), gatehouse.identity.TestAccounts.PASSWORD);
    }

    @Test
    void residentWhoMovesOut_losesTheHouseholdAtOnce_andIsEntered() {
        var neighbour = old.resident("李红").toString();
        resident.get("/health-reports?residentId=" + neighbour).expect(200);
        office.post("/residents/" + residentId + "/move-out").expect(204);
        resident.get("/health-reports?residentId=" + neighbour).expect(401);
        var later = loggedInAgain();
        assertEquals(0, later.get("/me").expect(200).body().path("roles").size());
        assertEquals(List.of("getMe", "logOut"), strings(later.get("/me").expect(200).body().path("permissions")));
        assertTrue(later.me().path("household").isMissingNode());
        later.get("/health-reports?residentId=" + neighbour).expectProblem(403, "not-permitted");
        office.post("/residents/" + residentId + "/move-out").expect(204);
        var entries = office.get("/audit?action=HOUSEHOLD_LEFT").expect(200);
        assertEquals(1, entries.body().path("items").size());
        assertEquals(List.of(residentId, resident.id().toString(), old.id().toString()), List.of(entries.text("/items/0/subject/id"),
                entries.text("/items/0/details/account"), entries.text("/items/0/details/household")));
        var left = office.get("/households/" + old.id()).expect(200).body().path("members");
        assertEquals(List.of("李红"), left.findValuesAsText("name"));
        later.post("/auth/logout").expect(204);
        later.get("/me").expect(401);
    }

    private static List<String> strings(com.fasterxml.jackson.databind.JsonNode array) {
        var found = new java.util.ArrayList<String>();
        array.forEach(each -> found.add(each.asText()));
        return found;
    }

    @Test
    void residentWhoMovesToAnotherCompound_opensAnAccountThereWithTheSamePhone() {
        var laurel = api.given().compound("月桂苑");
        var next = laurel.household("1-1-101");
        var welcoming = api.staff(laurel.id(), Role.OFFICE, laurel.id());
        var phone = api.phoneOf(resident.id());
        var here = Map.of("inviteCode", invitation(welcoming, next), "name", "王小明", "phone", phone, "password", "another horse");
        api.visitor().post("/auth/activate", here).expectProblem(409, "phone-taken");
        office.post("/residents/" + residentId + "/move-out").expect(204);
        var made = api.visitor().post("/auth/activate", here).expect(201);
        assertEquals("1-1-101", made.text("/me/household/label"));
        assertEquals(made.text("/me/id"), api.visitor().logIn(phone, "another horse").me().path("id").asText());
        api.visitor().post("/auth/login", Map.of("phone", phone, "password", gatehouse.identity.TestAccounts.PASSWORD)).expect(401);

        var nobodys = office.get("/accounts?q=" + java.net.URLEncoder.encode("王小明", StandardCharsets.UTF_8)).expect(200);
        assertEquals("", nobodys.text("/items/0/phone"));
        office.put("/accounts/" + resident.id() + "/roles", Map.of("grants", List.of(Map.of("role", "DISPATCHER", "reach", "COMPOUND",
                "reachId", garden.id())))).expectProblem(409, "not-allowed-now");
        office.post("/accounts/" + resident.id() + "/reset").expectProblem(409, "not-allowed-now");
    }

    @Test
    void residentWhoComesBack_opensAnAccountAnew() {
        office.post("/residents/" + residentId + "/move-out").expect(204);
        var made = api.visitor().post("/auth/activate", Map.of("inviteCode", invitation(office, old), "name", "王小明",
                "phone", api.phoneOf(resident.id()), "password", "another horse")).expect(201);
        assertEquals("3-2-1402", made.text("/me/household/label"));
    }

    @Test
    void residentWhoWorksHereToo_actsAsTheSideThatTheirPageNames() {
        var asResident = strings(resident.get("/me").expect(200).body().path("permissions"));
        office.put("/accounts/" + resident.id() + "/roles", Map.of("grants", List.of(
                Map.of("role", "RESIDENT", "reach", "HOUSEHOLD", "reachId", old.id()),
                Map.of("role", "DISPATCHER", "reach", "COMPOUND", "reachId", garden.id())))).expect(200);
        var both = loggedInAgain();
        assertEquals(asResident, strings(both.with("Gatehouse-Side", "RESIDENT").get("/me").expect(200).body().path("permissions")));
        assertEquals(2, both.with("Gatehouse-Side", "RESIDENT").get("/me").expect(200).body().path("roles").size());
        both.with("Gatehouse-Side", "RESIDENT").get("/me/disclosures").expect(200);
        both.get("/me/disclosures").expect(200);
        both.with("Gatehouse-Side", "STAFF").get("/me/disclosures").expectProblem(403, "not-permitted");
    }

    private static String invitation(ApiClient office, Given.Household household) {
        return office.post("/households/" + household.id() + "/invite").expect(201).text("/inviteCode");
    }

    @Test
    void residentWhoMovesOut_leavesNoPassBehind_andOthersGetTheirPlace() {
        garden.withPolicy("outingSlotCapacity", "1");
        var adult = LocalDate.of(1980, 3, 14);
        var leaving = api.resident(old, "王大明", adult);
        var leavingId = leaving.me().at("/resident/id").asText();
        var slot = "20261122-1000-" + garden.gate("东门");
        var ten = passOf(leaving, slot).expect(201).text("/id");
        var work = leaving.post("/outing-passes", Map.of("kind", "WORK", "document", "工作证 0001")).expect(201);
        assertEquals("PENDING", work.text("/state"));
        resident.put("/household/buyer", Map.of("residentId", leavingId)).expect(200);
        var neighbour = api.resident(garden.household("3-2-1403"), "李红", adult);
        passOf(neighbour, slot).expectProblem(409, "slot-full");
        neighbour.post("/outing-slots/" + slot + "/waiting").expect(201);
        office.post("/residents/" + leavingId + "/move-out").expect(204);
        for (var pass : List.of(ten, work.text("/id"))) {
            var left = office.get("/outing-passes/" + pass).expect(200);
            assertEquals("CANCELLED", left.text("/state"));
            assertEquals("CANCEL", left.text("/events/1/event"));
            assertTrue(left.body().at("/events/1/by").isTextual(), "who moved them out: " + left.body());
        }
        assertEquals("OFFERED", neighbour.get("/outing-waiting").expect(200).text("/items/0/state"));
        assertTrue(resident.get("/household/buyer").expect(200).body().path("residentId").isMissingNode(), "somebody else may go shopping");
    }

    private static ApiClient.Answer passOf(ApiClient person, String slot) {
        person.post("/health-reports", Map.of("round", "MORNING", "temperature", 36.5, "symptoms", List.of()));
        return person.post("/outing-passes", Map.of("kind", "SUPPLIES", "slotId", slot));
    }

    @Test
    void residentUnderCare_staysInTheRegister() {
        resident.post("/health-reports", Map.of("temperature", 38.4, "symptoms", List.of())).expect(201);
        office.post("/residents/" + residentId + "/move-out").expectProblem(409, "not-allowed-now");
        resident.get("/me").expect(200);
    }

    @Test
    void strangers_moveNobodyOut() {
        var other = api.given().compound("月桂苑");
        api.staff(other.id(), Role.OFFICE, other.id()).post("/residents/" + residentId + "/move-out").expectProblem(404, "not-found");
        resident.post("/residents/" + residentId + "/move-out").expectProblem(403, "not-permitted");
        api.staff(garden.id(), Role.ADMIN, garden.id()).post("/residents/" + residentId + "/move-out").expectProblem(403, "not-permitted");
    }

    @Test
    void rosterThatPutsSomebodyElsewhere_takesTheirAccountAlong() throws SQLException {
        var digits = "37020219800601123";
        var id = digits + IdNumber.checkCharacter(digits);
        importRoster("3,2,1402,王小明," + id);
        var registered = office.get("/households/" + old.id()).expect(200).body().path("members");
        var second = registered.findValuesAsText("id").stream().filter(each -> !each.equals(residentId)).findFirst().orElse(residentId);
        bind(second);
        resident = loggedInAgain();
        assertEquals("3-2-1402", resident.me().at("/household/label").asText());

        importRoster("5,1,101,王小明," + id);
        resident.get("/household/members").expect(401);
        var moved = loggedInAgain();
        assertEquals("5-1-101", moved.get("/me").expect(200).text("/household/label"));
        assertEquals(List.of("王小明"), moved.get("/household/members").expect(200).body().findValuesAsText("name"));
        moved.post("/health-reports", Map.of("residentId", old.resident("李红"), "temperature", 36.5, "symptoms", List.of()))
                .expectProblem(404, "not-found");
        assertEquals(1, office.get("/audit?action=HOUSEHOLD_LEFT").expect(200).body().path("items").size());
        assertTrue(office.get("/audit/verification").expect(200).body().path("intact").asBoolean());
    }

    @Test
    void whoMovesIn_readsNothingOfTheHealthOfThoseWhoLivedThereBefore() {
        var report = resident.post("/health-reports", Map.of("temperature", 38.4, "symptoms", List.of())).expect(201).text("/id");
        var alert = office.get("/alerts").expect(200).text("/items/0/id");
        var declared = resident.post("/travel-declarations", Map.of("stays", List.of(), "contactWithCase", true)).expect(201);
        var observation = declared.text("/observationId");
        office.post("/alerts/" + alert + "/acknowledge", Map.of()).expect(200);
        office.post("/alerts/" + alert + "/close", Map.of("note", "送医")).expect(200);
        office.post("/observations/" + observation + "/tests", Map.of("takenOn", declared.text("/declaredAt").substring(0, 10), "result", "POSITIVE")).expect(201);
        office.post("/observations/" + observation + "/transfer").expect(200);
        resident.post("/outing-passes", Map.of("kind", "MEDICAL", "purpose", "透析")).expect(201);
        office.post("/residents/" + residentId + "/move-out").expect(204);
        var next = api.resident(old, "李红");
        for (var list : List.of("/outing-passes", "/health-reports", "/travel-declarations", "/observations", "/me/alerts")) {
            assertEquals(0, next.get(list).expect(200).body().path("items").size(), list);
        }
        assertEquals(0, next.get("/health-reports?residentId=" + residentId).expect(200).body().path("items").size());
        next.get("/travel-declarations?residentId=" + residentId).expectProblem(404, "not-found");
        next.get("/health-reports/" + report + "/versions").expectProblem(404, "not-found");
        next.get("/observations/" + observation).expectProblem(404, "not-found");
        assertEquals(1, office.get("/health-reports?residentId=" + residentId).expect(200).body().path("items").size());
        office.get("/observations/" + observation).expect(200);
    }

    @Test
    void whoMovesIn_seesNothingThatTheHomeHadBefore() {
        var gate = garden.gate("东门");
        var guard = api.staff(garden.id(), Role.GUARD, gate);
        var ticket = resident.post("/tickets", Map.of("kind", "REPAIR", "category", "WATER_TAP", "place", Map.of("area", "HOME", "text", "厨房"),
                "description", "滴水", "urgency", "NORMAL")).expect(201).text("/id");
        var visit = resident.post("/visits", Map.of("visitorName", "吴来客", "phone", "13800138000", "expectedAt", api.clock().business().now().plusSeconds(3_601).toString(),
                "purpose", "探亲")).expect(201).text("/id");
        var parcel = guard.post("/parcels", Map.of("building", "3", "unit", "2", "room", "1402", "carrier", "顺丰", "trackingTail", "8812",
                "perishable", false, "disinfected", true)).expect(201).text("/id");
        var brother = api.resident(old, "王小亮");
        for (var each : List.of("/tickets/" + ticket, "/parcels/" + parcel)) {
            brother.get(each).expect(200);
        }
        api.clock().move(java.time.Duration.ofMinutes(1));
        office.post("/residents/" + residentId + "/move-out").expect(204);
        office.post("/residents/" + brother.me().at("/resident/id").asText() + "/move-out").expect(204);
        var next = api.resident(old, "李红");
        for (var list : List.of("/tickets", "/visits", "/parcels", "/movements", "/outside", "/household/collectors")) {
            assertEquals(0, next.get(list).expect(200).body().path("items").size(), list);
        }
        next.get("/tickets/" + ticket).expectProblem(404, "not-found");
        next.get("/parcels/" + parcel).expectProblem(404, "not-found");
        next.post("/visits/" + visit + "/cancel").expectProblem(404, "not-found");
        office.get("/tickets/" + ticket).expect(200);
        guard.get("/parcels/" + parcel).expect(200);
        var own = next.post("/tickets", Map.of("kind", "REPAIR", "category", "WATER_TAP", "place", Map.of("area", "HOME", "text", "卫生间"),
                "description", "漏水", "urgency", "NORMAL")).expect(201).text("/id");
        assertEquals(own, next.get("/tickets").expect(200).text("/items/0/id"));
    }

    @Test
    void whatIsOpenAboutSomebodysHealth_movesWithThem() {
        var digits = "37020219800601123";
        var id = digits + IdNumber.checkCharacter(digits);
        importRoster("3,2,1402,张三," + id);
        var moving = office.get("/households/" + old.id()).expect(200).body().path("members");
        var who = moving.findValuesAsText("id").stream().filter(each -> !each.equals(residentId)).findFirst().orElseThrow();
        var day = resident.post("/health-reports", Map.of("residentId", who, "temperature", 38.4, "symptoms", List.of())).expect(201).text("/date");
        var observation = office.post("/observations", Map.of("residentIds", List.of(who), "reason", "返回",
                "startsOn", day, "days", 7)).expect(201).text("/items/0/id");
        importRoster("5,1,101,张三," + id);
        assertEquals("5-1-101", office.get("/alerts").expect(200).text("/items/0/household"));
        assertEquals("5", office.get("/observations/" + observation).expect(200).text("/building"));
        assertEquals("5-1-101", office.get("/observations/" + observation).expect(200).text("/household"));
        resident.get("/observations/" + observation).expectProblem(404, "not-found");
        assertEquals(0, resident.get("/me/alerts").expect(200).body().path("items").size());
    }

    private void importRoster(String line) {
        office.send("POST", "/imports/roster", "text/csv", ("楼栋,单元,房号,姓名,身份证号\n" + line + "\n").getBytes(StandardCharsets.UTF_8)).expect(200);
    }

    /** The account belongs to the resident that the roster knows by number. */
    private void bind(String registered) throws SQLException {
        try (var connection = api.database().connect(); var statement = connection.createStatement()) {
            statement.execute("update account set resident_id = '" + registered + "' where id = '" + resident.id() + "'");
        }
    }
}
