package gatehouse.ticket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.registry.PolicyName;
import gatehouse.registry.PolicyValues;
import gatehouse.ticket.TicketPolicy.Facts;
import gatehouse.ticket.TicketPolicy.Hold;
import gatehouse.ticket.TicketPolicy.Move;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TicketPolicyTest {
    private static final OffsetDateTime NOW = OffsetDateTime.parse("2026-11-22T09:30:00+08:00");
    private static final TicketRules RULES = rules(Map.of());

    private static TicketRules rules(Map<PolicyName, Integer> changed) {
        return TicketRules.of(new PolicyValues(new UUID(0, 1), 0, changed));
    }

    private static Facts facts(TicketState state) {
        return new Facts(state, true, Hold.NOTHING, false, NOW.minusHours(1));
    }

    private static Facts held(TicketState state, Hold hold) {
        return new Facts(state, true, hold, false, null);
    }

    /** The table says what the domain says; every cell of it is asked, and there is no cell that it does not have. */
    @Test
    void everyEvent_inEveryState_byEverybody_isAsTheTableSays() throws IOException {
        var wrong = new ArrayList<String>();
        var cells = new HashSet<List<Object>>();
        try (var reader = new BufferedReader(new InputStreamReader(Objects.requireNonNull(
                TicketPolicyTest.class.getResourceAsStream("/ticket-matrix.txt")), StandardCharsets.UTF_8))) {
            var lines = reader.lines().filter(line -> !line.startsWith("#")).map(line -> line.strip().split("\\s+")).toList();
            var actors = lines.getFirst();
            for (var line : lines.subList(1, lines.size())) {
                var event = TicketEvent.valueOf(line[0]);
                var state = TicketState.valueOf(line[1]);
                for (int column = 2; column < actors.length; column++) {
                    var actor = TicketActor.valueOf(actors[column]);
                    var asked = new Facts(state, true, event == TicketEvent.CONSENT ? Hold.CONSENT : Hold.NOTHING, false, NOW.minusHours(1));
                    var said = switch (TicketPolicy.judge(event, actor, asked, RULES, NOW)) {
                        case Move.To(var to) -> to.name();
                        case Move.NotNow notNow -> "-";
                        case Move.Never never -> "!";
                        case Move.ConsentMissing missing -> "consent";
                        case Move.Suspended suspended -> "suspended";
                        case Move.TooLate late -> "late";
                    };
                    if (!said.equals(line[column])) {
                        wrong.add("%s in %s by %s: %s, not %s".formatted(event, state, actor, said, line[column]));
                    }
                    cells.add(List.of(event, state, actor));
                }
            }
        }
        assertEquals(List.of(), wrong);
        assertEquals(TicketEvent.values().length * TicketState.values().length * TicketActor.values().length, cells.size());
    }

    @Test
    void resume_ofWhatNobodyHas_leadsBackToThePool() {
        assertEquals(new Move.To(TicketState.ACCEPTED), TicketPolicy.judge(TicketEvent.RESUME, TicketActor.DISPATCHER,
                new Facts(TicketState.WAITING, false, Hold.NOTHING, false, null), RULES, NOW));
    }

    @Test
    void arrivingAndFinishing_withoutTheConsentThatIsNeeded_areRefused_andConsentIsGivenOnce() {
        for (var state : List.of(TicketState.ACCEPTED, TicketState.ASSIGNED, TicketState.REOPENED)) {
            for (var event : List.of(TicketEvent.ARRIVE, TicketEvent.FINISH)) {
                assertInstanceOf(Move.ConsentMissing.class, TicketPolicy.judge(event, TicketActor.DISPATCHER, held(state, Hold.CONSENT), RULES, NOW));
                assertInstanceOf(Move.Suspended.class, TicketPolicy.judge(event, TicketActor.DISPATCHER, held(state, Hold.SUSPENSION), RULES, NOW));
            }
        }
        assertInstanceOf(Move.NotNow.class, TicketPolicy.judge(TicketEvent.CONSENT, TicketActor.OFFICE, facts(TicketState.ASSIGNED), RULES, NOW));
        assertInstanceOf(Move.NotNow.class, TicketPolicy.judge(TicketEvent.CONSENT, TicketActor.OFFICE, held(TicketState.ASSIGNED, Hold.SUSPENSION), RULES, NOW));
    }

    @Test
    void whoIsThereAlready_finishes_whateverWasDecidedMeanwhile() {
        for (var hold : Hold.values()) {
            assertEquals(new Move.To(TicketState.DONE), TicketPolicy.judge(TicketEvent.FINISH, TicketActor.ASSIGNEE, held(TicketState.ON_SITE, hold), RULES, NOW));
        }
    }

    @Test
    void reopening_isPossibleToTheLastMomentOfItsDays() {
        var lastMoment = new Facts(TicketState.CLOSED, true, Hold.NOTHING, true, NOW.minusDays(7));
        assertInstanceOf(Move.To.class, TicketPolicy.judge(TicketEvent.REOPEN, TicketActor.REPORTER, lastMoment, RULES, NOW));
        assertInstanceOf(Move.TooLate.class, TicketPolicy.judge(TicketEvent.REOPEN, TicketActor.REPORTER, lastMoment, RULES, NOW.plusNanos(1000)));
    }

    @Test
    void rating_isGivenOnce() {
        var rated = new Facts(TicketState.CLOSED, true, Hold.NOTHING, true, NOW);
        assertInstanceOf(Move.NotNow.class, TicketPolicy.judge(TicketEvent.RATE, TicketActor.REPORTER, rated, RULES, NOW));
    }

    @Test
    void finished_closesByItself_afterTheDaysOfThePolicy_andNothingElseDoes() {
        for (var state : TicketState.values()) {
            boolean finished = state == TicketState.DONE || state == TicketState.CONFIRMED;
            assertEquals(finished, TicketPolicy.timesOut(state, NOW.minusDays(3), RULES, NOW));
            assertFalse(TicketPolicy.timesOut(state, NOW.minusDays(3).plusSeconds(1), RULES, NOW));
        }
    }

    @Test
    void consent_isNeededOfUrgentUtilities_andConstructionWaits_onlyDuringControl() {
        assertTrue(RULES.controlled());
        assertFalse(rules(Map.of(PolicyName.THE_CONTROL_LEVEL, 0)).controlled());
        assertEquals(Consent.NEEDED, TicketPolicy.consentFor(TicketCategory.WATER_TAP, Urgency.URGENT, true));
        assertEquals(Consent.NEEDED, TicketPolicy.consentFor(TicketCategory.GAS_LEAK, Urgency.NORMAL, true));
        assertEquals(Consent.NEEDED, TicketPolicy.consentFor(TicketCategory.LIGHTING, Urgency.URGENT, true));
        assertEquals(Consent.NOT_NEEDED, TicketPolicy.consentFor(TicketCategory.LIGHTING, Urgency.NORMAL, true));
        assertEquals(Consent.NOT_NEEDED, TicketPolicy.consentFor(TicketCategory.LIFT, Urgency.URGENT, true));
        assertEquals(Consent.NOT_NEEDED, TicketPolicy.consentFor(TicketCategory.GAS_LEAK, Urgency.EMERGENCY, false));
        assertTrue(TicketPolicy.isSuspended(TicketCategory.DECORATION, true));
        assertFalse(TicketPolicy.isSuspended(TicketCategory.DECORATION, false));
    }

    @Test
    void categories_areTwentyAndMore_eachOfAKindThatItsLevelFits() {
        assertTrue(TicketCategory.values().length >= 20);
        for (var category : TicketCategory.values()) {
            assertEquals(category.kind() == TicketKind.REPAIR, category.levelFor(Urgency.EMERGENCY) == ServiceLevel.EMERGENCY, category.name());
        }
    }
}
