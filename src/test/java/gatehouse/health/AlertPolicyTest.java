package gatehouse.health;

import static gatehouse.health.AlertEvent.ACKNOWLEDGE;
import static gatehouse.health.AlertEvent.CLOSE;
import static gatehouse.health.AlertEvent.ESCALATE;
import static gatehouse.health.AlertEvent.TRANSFER;
import static gatehouse.health.AlertState.ACKNOWLEDGED;
import static gatehouse.health.AlertState.CLOSED;
import static gatehouse.health.AlertState.ESCALATED;
import static gatehouse.health.AlertState.OPEN;
import static gatehouse.health.AlertState.TRANSFERRED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.health.AlertPolicy.Decision;
import gatehouse.health.AlertPolicy.Standing;
import gatehouse.kernel.Role;
import java.time.OffsetDateTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlertPolicyTest {
    /** Every standing there can be. */
    private static final Standing FRESH = new Standing(OPEN, false, false);
    private static final Standing TAKEN_ON = new Standing(ACKNOWLEDGED, true, false);
    private static final Standing ESCALATED_BY_CLOCK = new Standing(ESCALATED, false, true);
    private static final Standing ESCALATED_BY_PERSON = new Standing(ESCALATED, true, true);
    private static final Standing ON_THE_WAY = new Standing(TRANSFERRED, true, true);
    private static final Standing ENDED_IN_THE_OFFICE = new Standing(CLOSED, true, false);
    private static final Standing ENDED_BEYOND = new Standing(CLOSED, true, true);
    private static final List<Standing> ALL = List.of(FRESH, TAKEN_ON, ESCALATED_BY_CLOCK, ESCALATED_BY_PERSON, ON_THE_WAY, ENDED_IN_THE_OFFICE,
            ENDED_BEYOND);

    /** The whole truth about steps: what leads where, for somebody who may do everything. */
    private static final Map<Standing, Map<AlertEvent, AlertState>> STEPS = Map.of(
            FRESH, Map.of(ACKNOWLEDGE, ACKNOWLEDGED, ESCALATE, ESCALATED),
            TAKEN_ON, Map.of(ESCALATE, ESCALATED, TRANSFER, TRANSFERRED, CLOSE, CLOSED),
            ESCALATED_BY_CLOCK, Map.of(ACKNOWLEDGE, ESCALATED, TRANSFER, TRANSFERRED, CLOSE, CLOSED),
            ESCALATED_BY_PERSON, Map.of(TRANSFER, TRANSFERRED, CLOSE, CLOSED),
            ON_THE_WAY, Map.of(CLOSE, CLOSED),
            ENDED_IN_THE_OFFICE, Map.of(),
            ENDED_BEYOND, Map.of());
    private static final Map<Role, Set<AlertEvent>> MAY = Map.of(
            Role.OFFICE, EnumSet.allOf(AlertEvent.class),
            Role.HEALTH_CENTRE, EnumSet.of(ACKNOWLEDGE, TRANSFER, CLOSE),
            Role.SUBDISTRICT, EnumSet.of(ACKNOWLEDGE));
    private static final Map<Role, Set<Standing>> SEE = Map.of(
            Role.OFFICE, Set.copyOf(ALL),
            Role.HEALTH_CENTRE, Set.of(ESCALATED_BY_CLOCK, ESCALATED_BY_PERSON, ON_THE_WAY, ENDED_BEYOND),
            Role.SUBDISTRICT, Set.of(ESCALATED_BY_CLOCK, ESCALATED_BY_PERSON, ON_THE_WAY, ENDED_BEYOND),
            Role.GRID_WORKER, Set.of(FRESH, TAKEN_ON, ESCALATED_BY_CLOCK, ESCALATED_BY_PERSON, ON_THE_WAY));

    @Test
    void everyEvent_inEveryStanding_byEveryRole() {
        for (var event : AlertEvent.values()) {
            for (var standing : ALL) {
                for (var role : Role.values()) {
                    var decision = AlertPolicy.decide(event, Set.of(role), standing);
                    var told = event + " by " + role + " of " + standing + " -> " + decision;
                    var to = STEPS.get(standing).get(event);
                    if (!SEE.getOrDefault(role, Set.of()).contains(standing)) {
                        assertEquals(new Decision.NotSeen(), decision, told);
                    } else if (!MAY.getOrDefault(role, Set.of()).contains(event)) {
                        assertEquals(new Decision.NotYours(), decision, told);
                    } else if (to == null) {
                        assertEquals(new Decision.NotNow(), decision, told);
                    } else {
                        boolean handsOn = !standing.handedOn() && (to == ESCALATED || to == TRANSFERRED);
                        assertEquals(new Decision.Taken(to, role, handsOn), decision, told);
                    }
                }
            }
        }
    }

    @Test
    void everyWay_fromTheReport_comesToItsEnd() {
        for (var standing : ALL) {
            if (standing.state() != CLOSED) {
                assertFalse(AlertPolicy.possible(Set.of(Role.OFFICE), standing).isEmpty(), "nothing can be done with " + standing);
            }
        }
        assertEquals(List.of(ACKNOWLEDGE, ESCALATE), AlertPolicy.possible(Set.of(Role.OFFICE), FRESH));
        assertEquals(List.of(ACKNOWLEDGE, TRANSFER, CLOSE), AlertPolicy.possible(Set.of(Role.HEALTH_CENTRE), ESCALATED_BY_CLOCK));
        assertEquals(List.of(), AlertPolicy.possible(Set.of(Role.GRID_WORKER), FRESH));
    }

    @Test
    void somebodyWithTwoRoles_actsByTheOneThatMay() {
        assertEquals(new Decision.Taken(ACKNOWLEDGED, Role.OFFICE, false),
                AlertPolicy.decide(ACKNOWLEDGE, EnumSet.of(Role.GRID_WORKER, Role.OFFICE), FRESH));
        assertEquals(new Decision.NotYours(), AlertPolicy.decide(ACKNOWLEDGE, EnumSet.of(Role.GRID_WORKER, Role.HEALTH_CENTRE), FRESH));
        assertEquals(new Decision.NotSeen(), AlertPolicy.decide(ACKNOWLEDGE, Set.of(), FRESH));
    }

    @Test
    void names_areReadByWhoWorksWithThePerson_notByTheSubdistrict() {
        for (var role : Role.values()) {
            assertEquals(Set.of(Role.OFFICE, Role.HEALTH_CENTRE, Role.GRID_WORKER).contains(role), AlertPolicy.readsNames(role), role.name());
        }
    }

    @ParameterizedTest
    @CsvSource({"09:09:59.999999, false", "09:10:00, true", "09:10:00.000001, true", "23:59:59, true"})
    void deadline_passesAtItsVeryMoment(String time, boolean passed) {
        var by = AlertPolicy.acknowledgeBy(at("09:00"), 10);
        assertEquals(at("09:10"), by);
        assertEquals(passed, AlertPolicy.isOverdue(FRESH, by, at(time)));
        assertEquals(passed, AlertPolicy.isEscalatedByTheClock(FRESH, by, at(time)));
    }

    @Test
    void acknowledgedOrClosed_isNeverOverdue() {
        var by = at("09:10");
        for (var standing : ALL) {
            assertEquals(!standing.acknowledged(), AlertPolicy.isOverdue(standing, by, at("10:00")), standing.toString());
            assertEquals(standing.state() == OPEN, AlertPolicy.isEscalatedByTheClock(standing, by, at("10:00")), standing.toString());
        }
        assertTrue(AlertPolicy.isOverdue(ESCALATED_BY_CLOCK, by, at("10:00")), "escalated, but still nobody has taken it on");
    }

    private static OffsetDateTime at(String time) {
        return OffsetDateTime.parse("2026-11-22T" + time + (time.length() == 5 ? ":00" : "") + "+08:00");
    }
}
