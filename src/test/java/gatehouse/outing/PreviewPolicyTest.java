package gatehouse.outing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.http.Json;
import gatehouse.kernel.Role;
import gatehouse.outing.OutingFacts.Outing;
import gatehouse.outing.OutingFacts.Slot;
import gatehouse.outing.PreviewPolicy.Outcomes;
import gatehouse.outing.PreviewPolicy.Preview;
import gatehouse.outing.PreviewPolicy.Recorded;
import gatehouse.outing.PreviewPolicy.RuleCount;
import gatehouse.registry.PolicyName;
import gatehouse.registry.PolicyValues;
import gatehouse.support.ApiServer;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PreviewPolicyTest {
    private static final OffsetDateTime NOW = OffsetDateTime.parse("2026-11-22T09:30:00+08:00");
    private static final LocalDate TODAY = NOW.toLocalDate();

    private static OutingRules rules(Map<PolicyName, Integer> changed) {
        return OutingRules.of(new PolicyValues(new UUID(0, 0), 1, changed));
    }

    private static Recorded supplies(int lastOutingDaysAgo, int taken) {
        var slot = new Slot(NOW, NOW.plusMinutes(30), null, taken, false);
        return new Recorded(new OutingFacts(PassKind.SUPPLIES, new UUID(1, 1), TODAY, slot, LocalDate.of(1980, 1, 1), true, false, false, null,
                false, null, List.of(new Outing(TODAY.minusDays(lastOutingDaysAgo), new UUID(1, 1))), null), NOW);
    }

    @Test
    void otherRules_areTriedOnEachRequestByItsOwnFacts() {
        var requests = List.of(supplies(1, 0), supplies(2, 0), supplies(5, 0), supplies(9, 30));
        assertEquals(new Preview(4, new Outcomes(2, 0, 2), new Outcomes(1, 0, 3), 1, 0,
                        List.of(new RuleCount(PassRule.SLOT_FULL, 1, 1), new RuleCount(PassRule.QUOTA_USED, 1, 2))),
                PreviewPolicy.compare(requests, rules(Map.of()), rules(Map.of(PolicyName.SUPPLIES_PASS_EVERY, 4))));
        var wider = PreviewPolicy.compare(requests, rules(Map.of()), rules(Map.of(PolicyName.OUTING_SLOT_CAPACITY, 31, PolicyName.SUPPLIES_PASS_EVERY, 1)));
        assertEquals(new Outcomes(4, 0, 0), wider.imagined());
        assertEquals(2, wider.newlyAllowed());
        var byStaff = PreviewPolicy.compare(requests, rules(Map.of()), rules(Map.of(PolicyName.SUPPLIES_PASS_DECIDED_BY, 1)));
        assertEquals(new Outcomes(0, 2, 2), byStaff.imagined());
        assertEquals(0, byStaff.newlyRefused(), "who has to wait is not refused");
    }

    @Test
    void facts_areReadAsTheyWereKept() {
        var facts = supplies(3, 7).facts();
        assertEquals(facts, Json.readOwn(Json.writeText(facts), OutingFacts.class));
    }

    @Test
    void office_seesWhatAChangeWouldHaveMeant_beforeItIsMade() {
        try (var api = ApiServer.start()) {
            var garden = api.given().compound("阳光花园");
            var gate = garden.gate("东门");
            var office = api.staff(garden.id(), Role.OFFICE, garden.id());
            var resident = api.resident(garden.household("1-1-101"), "某人", LocalDate.of(1990, 1, 1));
            var wish = Map.of("kind", "SUPPLIES", "slotId", "20261122-1000-" + gate);
            resident.post("/outing-passes", wish).expectProblem(409, "report-missing");
            resident.post("/health-reports", Map.of("round", "MORNING", "temperature", 36.5, "symptoms", List.of())).expect(201);
            resident.post("/outing-passes", wish).expect(201);
            var preview = office.post("/policy/preview", Map.of("values", Map.of("morningRoundAt", "10:00"))).expect(200).body();
            assertEquals(2, preview.path("requests").asInt());
            assertEquals(1, preview.at("/present/byRule").asInt());
            assertEquals(2, preview.at("/imagined/byRule").asInt(), "at ten nobody would have had to report yet");
            assertEquals("report-missing", preview.at("/rules/0/rule").asText());
            office.post("/policy/preview", Map.of("values", Map.of("passFromAge", 99))).expectBadField("/values/passFromAge");
            assertTrue(office.get("/policy/history").expect(200).body().path("items").isEmpty(), "nothing was changed");

            var building = office.get("/control-levels").expect(200);
            assertEquals("1", building.text("/items/1/unit"));
            office.put("/control-levels/" + building.text("/items/1/id"), Map.of("level", "SEALED", "reason", "排查")).expect(200);
            var pass = resident.get("/outing-passes").expect(200);
            assertEquals("level-sealed", pass.text("/items/0/suspendedBy/0"));
            assertEquals("INHERITED → SEALED", office.get("/audit?action=CONTROL_LEVEL_SET").expect(200).text("/items/0/details/level"));
            office.put("/control-levels/" + building.text("/items/1/id"), Map.of()).expect(200);
            assertTrue(resident.get("/outing-passes").expect(200).body().at("/items/0/suspendedBy").isMissingNode());
            office.put("/control-levels/" + UUID.randomUUID(), Map.of()).expectProblem(404, "not-found");
        }
    }
}
