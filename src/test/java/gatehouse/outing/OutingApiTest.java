package gatehouse.outing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.kernel.Role;
import gatehouse.support.ApiClient;
import gatehouse.support.ApiServer;
import gatehouse.support.Given;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OutingApiTest {
    private static final LocalDate ADULT = LocalDate.of(1980, 3, 14);
    private ApiServer api;
    private Given.Compound garden;
    private UUID gate;
    private ApiClient resident;
    private ApiClient office;
    private Given.Household home;

    @BeforeEach
    void start() {
        api = ApiServer.start();
        garden = api.given().compound("阳光花园");
        gate = garden.gate("东门");
        home = garden.household("3-2-501");
        resident = api.resident(home, "王小明", ADULT);
        office = api.staff(garden.id(), Role.OFFICE, garden.id());
    }

    @AfterEach
    void stop() {
        api.close();
    }

    private static String slot(UUID gate, String time) {
        return "20261122-" + time + "-" + gate;
    }

    private ApiClient.Answer report(ApiClient person, double temperature) {
        return person.post("/health-reports", Map.of("round", "MORNING", "temperature", temperature, "symptoms", List.of())).expect(201);
    }

    private ApiClient.Answer supplies(ApiClient person, String slotId) {
        return person.post("/outing-passes", Map.of("kind", "SUPPLIES", "slotId", slotId));
    }

    @Test
    void supplies_areRefusedUntilReported_thenApprovedAtOnce_thenTheQuotaIsUsed() {
        supplies(resident, slot(gate, "1000")).expectProblem(409, "report-missing");
        report(resident, 36.5);
        var pass = supplies(resident, slot(gate, "1000")).expect(201);
        assertEquals("APPROVED", pass.text("/state"));
        assertEquals("RULE", pass.text("/decidedBy"));
        assertEquals("2026-11-22T10:00:00+08:00", pass.text("/validFrom"));
        assertEquals("2026-11-22T13:00:00+08:00", pass.text("/validUntil"));
        assertEquals("东门", pass.text("/gate/name"));
        assertEquals(1, taken("1000"));
        assertEquals("2026-11-24T00:00:00+08:00", supplies(resident, slot(gate, "1100")).expectProblem(409, "quota-used").text("/possibleFrom"));
        var mother = api.resident(home, "李红", ADULT);
        report(mother, 36.4);
        supplies(mother, slot(gate, "1100")).expectProblem(409, "quota-used");

        resident.post("/outing-passes/" + pass.text("/id") + "/cancel").expect(200);
        assertEquals(0, taken("1000"), "the place is free again");
        supplies(mother, slot(gate, "1100")).expect(201);
        var history = resident.get("/outing-passes/" + pass.text("/id")).expect(200).body().path("events");
        assertEquals(List.of("REQUEST", "CANCEL"), history.findValuesAsText("event"));
        assertFalse(history.toString().contains("\"by\""), "residents do not read who of the staff it was");
    }

    private int taken(String time) {
        for (var slot : resident.get("/outing-slots?date=2026-11-22&gateId=" + gate).expect(200).body().path("items")) {
            if (slot.path("id").asText().equals(slot(gate, time))) {
                return slot.path("taken").asInt();
            }
        }
        throw new AssertionError("no slot at " + time);
    }

    @Test
    void slots_thatAreOver_orOfNoGate_orOfNoTime_areNot() {
        report(resident, 36.5);
        supplies(resident, slot(gate, "0900")).expectProblem(409, "slot-past");
        supplies(resident, slot(UUID.randomUUID(), "1000")).expectProblem(404, "not-found");
        supplies(resident, slot(gate, "1010")).expectProblem(404, "not-found");
        supplies(resident, "20261130-1000-" + gate).expectProblem(404, "not-found");
        supplies(resident, "nonsense").expectProblem(404, "not-found");
        var elsewhere = new Given(api.database()).compound("月桂苑");
        supplies(resident, slot(elsewhere.gate("北门"), "1000")).expectProblem(404, "not-found");
        resident.get("/outing-slots?gateId=" + elsewhere.gate("西门")).expectProblem(404, "not-found");
    }

    @Test
    void closedDay_hasNoPlaces_untilItIsOpenedAgain() {
        report(resident, 36.5);
        var day = "/gates/" + gate + "/outing-days/2026-11-22";
        office.put(day, Map.of("capacity", 0, "reason", "消杀")).expect(200);
        supplies(resident, slot(gate, "1000")).expectProblem(409, "slot-full");
        office.put(day, Map.of()).expect(200);
        supplies(resident, slot(gate, "1000")).expect(201);
    }

    @Test
    void closingADay_cancelsWhatWasBooked_tellsTheHouseholdOnce_andCostsNoQuota() throws SQLException {
        report(resident, 36.5);
        var pass = supplies(resident, slot(gate, "1000")).expect(201).text("/id");
        var other = api.resident(garden.household("3-2-502"), "李四", ADULT);
        report(other, 36.5);
        var elsewhere = supplies(other, slot(garden.gate("西门"), "1000")).expect(201).text("/id");
        var day = "/gates/" + gate + "/outing-days/2026-11-22";
        office.put(day, Map.of("capacity", 0)).expectBadField("/reason");
        assertEquals("APPROVED", resident.get("/outing-passes/" + pass).expect(200).text("/state"));

        office.put(day, Map.of("capacity", 0, "reason", "消杀")).expect(200);
        office.put(day, Map.of("capacity", 0, "reason", "消杀")).expect(200);
        var cancelled = resident.get("/outing-passes/" + pass).expect(200);
        assertEquals("CANCELLED", cancelled.text("/state"));
        assertEquals("消杀", cancelled.text("/reason"));
        assertEquals(0, taken("1000"));
        assertEquals("APPROVED", other.get("/outing-passes/" + elsewhere).expect(200).text("/state"), "the other gate is open");
        try (var connection = api.database().connect(); var rows = connection.createStatement().executeQuery(
                "select array_to_string(arguments_chinese, ',') from outbox_message where template = 'PASS_GATE_CLOSED'")) {
            assertTrue(rows.next());
            assertEquals("2026-11-22,东门", rows.getString(1));
            assertFalse(rows.next(), "told once");
        }
        supplies(resident, slot(gate, "1100")).expectProblem(409, "slot-full");
        office.put(day, Map.of("capacity", 5)).expect(200);
        supplies(resident, slot(gate, "1000")).expect(201);
    }

    @Test
    void medical_isPossibleUnderObservation_throughTheOffice() {
        office.post("/observations", Map.of("residentIds", List.of(resident.me().at("/resident/id").asText()), "reason", "外地返回",
                "startsOn", "2026-11-20", "days", 14)).expect(201);
        report(resident, 36.5);
        assertEquals("2026-12-04T00:00:00+08:00",
                supplies(resident, slot(gate, "1000")).expectProblem(409, "under-observation").text("/possibleFrom"));
        var pass = resident.post("/outing-passes", Map.of("kind", "MEDICAL", "purpose", "透析")).expect(201);
        assertEquals("PENDING", pass.text("/state"));
        var waiting = office.get("/outing-passes?state=PENDING").expect(200);
        assertEquals("under-observation", waiting.text("/items/0/conditions/0"));
        assertEquals(46, waiting.body().at("/items/0/age").asInt());
        assertTrue(resident.get("/outing-passes").expect(200).body().at("/items/0/conditions").isMissingNode());
        later("2026-11-22T10:30:00+08:00");
        var approved = office.post("/outing-passes/" + pass.text("/id") + "/approve").expect(200);
        assertEquals("2026-11-22T10:30:00+08:00", approved.text("/validFrom"), "good from the decision, not from the question");
        office.post("/outing-passes/" + pass.text("/id") + "/approve").expectProblem(409, "not-allowed-now");
        assertTrue(approved.body().path("suspendedBy").isMissingNode());
    }

    @Test
    void approval_asksTheRulesAgain_andARejectionGivesItsReason() {
        report(resident, 36.5);
        var work = resident.post("/outing-passes", Map.of("kind", "WORK", "document", "证 17")).expect(201);
        assertEquals("PENDING", work.text("/state"));
        var alert = resident.post("/health-reports", Map.of("round", "MORNING", "temperature", 38.2, "symptoms", List.of())).expect(200).text("/alertId");
        office.post("/outing-passes/" + work.text("/id") + "/approve").expectProblem(409, "alert-open");
        office.post("/alerts/" + alert + "/acknowledge", Map.of()).expect(200);
        office.post("/alerts/" + alert + "/close", Map.of("note", "阴性")).expect(200);
        office.post("/outing-passes/" + work.text("/id") + "/approve").expect(200);
        var again = resident.post("/outing-passes", Map.of("kind", "WORK", "document", "证 17")).expect(201);
        assertEquals("APPROVED", again.text("/state"), "the certificate is known");
        var other = resident.post("/outing-passes", Map.of("kind", "WORK", "document", "证 18")).expect(201);
        office.post("/outing-passes/" + other.text("/id") + "/reject", Map.of("reason", "证明过期")).expect(200);
        assertEquals("证明过期", resident.get("/outing-passes/" + other.text("/id")).expect(200).text("/reason"));
    }

    @Test
    void alertAfterApproval_suspendsThePass() {
        report(resident, 36.5);
        var pass = supplies(resident, slot(gate, "1000")).expect(201).text("/id");
        resident.post("/health-reports", Map.of("round", "MORNING", "temperature", 38.2, "symptoms", List.of())).expect(200);
        var seen = resident.get("/outing-passes/" + pass).expect(200);
        assertEquals("APPROVED", seen.text("/state"));
        assertEquals("alert-open", seen.text("/suspendedBy/0"));
    }

    @Test
    void passThatWasNotUsed_isExpired_beforeTheClockWritesItDown() {
        report(resident, 36.5);
        var pass = supplies(resident, slot(gate, "1000")).expect(201).text("/id");
        later("2026-11-22T10:30:00+08:00");
        assertEquals("APPROVED", resident.get("/outing-passes/" + pass).text("/state"));
        api.clock().move(Duration.ofMillis(1));
        assertEquals("EXPIRED", resident.get("/outing-passes/" + pass).text("/state"));
        assertEquals(pass, resident.get("/outing-passes?state=EXPIRED").expect(200).text("/items/0/id"));
        assertTrue(resident.get("/outing-passes?state=APPROVED").expect(200).body().path("items").isEmpty());
        resident.post("/outing-passes/" + pass + "/cancel").expectProblem(409, "not-allowed-now");
        supplies(resident, slot(gate, "1100")).expect(201);
    }

    /** The clock moves on, and everybody logs in again. */
    private void later(String time) {
        api.clock().set(time);
        resident = api.again(resident);
        office = api.again(office);
    }

    @Test
    void sealedUnit_letsOutOnlyToTheDoctor() throws Exception {
        report(resident, 36.5);
        try (var connection = api.database().connect(); var statement = connection.createStatement()) {
            statement.executeUpdate("""
                    insert into control_level (compound_id, place_id, building_id, unit_id, level, set_at, set_by)
                    select compound_id, unit_id, building_id, unit_id, 'SEALED', now(), id from household""");
        }
        supplies(resident, slot(gate, "1000")).expectProblem(409, "level-sealed");
        resident.post("/outing-passes", Map.of("kind", "MEDICAL")).expect(201);
    }

    @Test
    void childOfTheFamily_getsNone_andAnAdultAsksForAnother() {
        var child = home.resident("王小小", LocalDate.of(2016, 6, 1));
        var grandmother = home.resident("赵桂兰", LocalDate.of(1950, 1, 2));
        for (var member : List.of(child, grandmother)) {
            resident.post("/health-reports", Map.of("residentId", member, "round", "MORNING", "temperature", 36.5, "symptoms", List.of())).expect(201);
        }
        var wish = new HashMap<String, Object>(Map.of("residentId", child, "kind", "SUPPLIES", "slotId", slot(gate, "1000")));
        resident.post("/outing-passes", wish).expectProblem(409, "not-permitted-age");
        wish.put("residentId", grandmother);
        assertEquals("赵桂兰", resident.post("/outing-passes", wish).expect(201).text("/residentName"));
        wish.put("residentId", garden.household("1-1-101").resident("别家"));
        resident.post("/outing-passes", wish).expectProblem(404, "not-found");
        resident.post("/outing-passes", Map.of("kind", "VEHICLE")).expectBadField("/vehiclePlate");
        resident.post("/outing-passes", Map.of("kind", "PARTY")).expectBadField("/kind");
    }

    @Test
    void buyer_isAMemberOfTheHousehold_orNobody() {
        var mother = home.resident("李红", ADULT);
        assertTrue(resident.get("/household/buyer").expect(200).body().isEmpty());
        assertEquals(mother.toString(), resident.put("/household/buyer", Map.of("residentId", mother)).expect(200).text("/residentId"));
        resident.put("/household/buyer", Map.of("residentId", garden.household("1-1-101").resident("别家"))).expectProblem(404, "not-found");
        assertEquals(mother.toString(), resident.get("/household/buyer").expect(200).text("/residentId"));
        assertTrue(resident.put("/household/buyer", Map.of()).expect(200).body().isEmpty());
    }
}
