package gatehouse.outing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.outing.OutingFacts.Outing;
import gatehouse.outing.OutingFacts.Slot;
import gatehouse.outing.OutingPolicy.Verdict;
import gatehouse.registry.PolicyName;
import gatehouse.registry.PolicyValues;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OutingPolicyTest {
    private static final OffsetDateTime NOW = OffsetDateTime.parse("2026-11-22T09:30:00+08:00");
    private static final LocalDate TODAY = NOW.toLocalDate();
    private static final UUID SOMEBODY = new UUID(1, 1);
    private static final UUID SOMEBODY_ELSE = new UUID(1, 2);
    private static final OutingRules RULES = rules(Map.of());
    private static final Slot AT_TEN = slot(TODAY, 10, 0, 5);

    private static OutingRules rules(Map<PolicyName, Integer> changed) {
        return OutingRules.of(new PolicyValues(new UUID(0, 0), 1, changed));
    }

    private static Slot slot(LocalDate date, int hour, int minute, int taken) {
        var start = date.atTime(hour, minute).atOffset(NOW.getOffset());
        return new Slot(start, start.plusMinutes(30), null, taken, false);
    }

    /** An adult who has reported and wants to go shopping at ten; everything that a test says is otherwise. */
    private static final class Story {
        private PassKind kind = PassKind.SUPPLIES;
        private LocalDate date = TODAY;
        private Slot slot = AT_TEN;
        private LocalDate bornOn = LocalDate.of(1980, 3, 14);
        private boolean morning = true;
        private boolean alertOpen;
        private LocalDate observedUntil;
        private boolean sealed;
        private UUID buyer;
        private final List<Outing> supplies = new ArrayList<>();
        private OffsetDateTime documentSeenAt;

        OutingFacts facts() {
            return new OutingFacts(kind, SOMEBODY, date, slot, bornOn, morning, false, alertOpen, observedUntil, sealed, buyer, supplies, documentSeenAt);
        }

        Verdict judged() {
            return OutingPolicy.judge(facts(), RULES, NOW);
        }

        PassRule refusedBy() {
            return assertInstanceOf(Verdict.Refused.class, judged()).rule();
        }
    }

    private static Story story(PassKind kind) {
        var story = new Story();
        story.kind = kind;
        return story;
    }

    @Test
    void supplies_withinPolicy_areApprovedAtOnce_forTheSlotAndThreeHours() {
        var approved = assertInstanceOf(Verdict.Approved.class, story(PassKind.SUPPLIES).judged());
        assertEquals(new PassWindow(AT_TEN.startsAt(), AT_TEN.endsAt(), AT_TEN.startsAt().plusHours(3)), approved.window());
    }

    @Test
    void supplies_withoutASlot_orOfUnknownAge_waitForStaff() {
        var anytime = story(PassKind.SUPPLIES);
        anytime.slot = null;
        assertInstanceOf(Verdict.Pending.class, anytime.judged());
        var ageless = story(PassKind.SUPPLIES);
        ageless.bornOn = null;
        assertInstanceOf(Verdict.Pending.class, ageless.judged());
    }

    @ParameterizedTest
    @EnumSource(value = PassKind.class, names = {"WORK", "ESSENTIAL_WORKER", "VEHICLE"})
    void kindWithACertificate_waitsForStaff_untilTheyHaveSeenItLately(PassKind kind) {
        var story = story(kind);
        assertInstanceOf(Verdict.Pending.class, story.judged());
        story.documentSeenAt = NOW.minusDays(14).plusSeconds(1);
        assertInstanceOf(Verdict.Approved.class, story.judged());
        story.documentSeenAt = NOW.minusDays(14);
        assertInstanceOf(Verdict.Pending.class, story.judged());
    }

    @Test
    void whoDecidesAKind_isPolicy() {
        var byStaff = rules(Map.of(PolicyName.SUPPLIES_PASS_DECIDED_BY, 1));
        assertInstanceOf(Verdict.Pending.class, OutingPolicy.judge(story(PassKind.SUPPLIES).facts(), byStaff, NOW));
        var byRule = rules(Map.of(PolicyName.MEDICAL_PASS_DECIDED_BY, 0));
        assertInstanceOf(Verdict.Approved.class, OutingPolicy.judge(story(PassKind.MEDICAL).facts(), byRule, NOW));
        var observed = story(PassKind.MEDICAL);
        observed.observedUntil = TODAY.plusDays(3);
        assertInstanceOf(Verdict.Pending.class, OutingPolicy.judge(observed.facts(), byRule, NOW), "through the office, whatever the policy");
    }

    @Test
    void round_countsOnceItsMeasuringTimeHasPassed() {
        var story = story(PassKind.SUPPLIES);
        story.morning = false;
        assertEquals(List.of(LocalTime.of(9, 0)), assertInstanceOf(Verdict.Refused.class, story.judged()).rounds());
        var early = TODAY.atTime(8, 59, 59).atOffset(NOW.getOffset());
        assertInstanceOf(Verdict.Approved.class, OutingPolicy.judge(story.facts(), RULES, early));
        var atFour = TODAY.atTime(16, 0).atOffset(NOW.getOffset());
        assertEquals(List.of(LocalTime.of(9, 0), LocalTime.of(15, 0)), OutingPolicy.missingRounds(story.facts(), RULES, atFour));
    }

    @Test
    void refusal_namesFirstWhatTheHouseholdCanDoSomethingAbout() {
        var story = story(PassKind.SUPPLIES);
        story.sealed = true;
        assertEquals(PassRule.LEVEL_SEALED, story.refusedBy());
        story.alertOpen = true;
        assertEquals(PassRule.ALERT_OPEN, story.refusedBy());
        story.observedUntil = TODAY.plusDays(5);
        assertEquals(PassRule.UNDER_OBSERVATION, story.refusedBy());
        story.supplies.add(new Outing(TODAY.minusDays(1), SOMEBODY_ELSE));
        assertEquals(PassRule.QUOTA_USED, story.refusedBy());
        story.bornOn = LocalDate.of(2015, 1, 1);
        assertEquals(PassRule.NOT_PERMITTED_AGE, story.refusedBy());
        story.slot = slot(TODAY, 10, 0, RULES.slotCapacity());
        assertEquals(PassRule.SLOT_FULL, story.refusedBy());
        story.slot = slot(TODAY, 9, 0, 0);
        assertEquals(PassRule.SLOT_PAST, story.refusedBy());
        story.morning = false;
        assertEquals(PassRule.REPORT_MISSING, story.refusedBy());
        assertEquals(Optional.empty(), assertInstanceOf(Verdict.Refused.class, story.judged()).possibleFrom(), "time alone does not lift an alert");
    }

    @Test
    void slot_isOpenUntilItsLastPlace_andUntilItsEnd() {
        var story = story(PassKind.SUPPLIES);
        story.slot = slot(TODAY, 10, 0, RULES.slotCapacity() - 1);
        assertInstanceOf(Verdict.Approved.class, story.judged());
        story.slot = new Slot(NOW.minusMinutes(29), NOW.plusNanos(1_000), null, 0, false);
        assertInstanceOf(Verdict.Approved.class, story.judged());
        story.slot = new Slot(NOW.minusMinutes(30), NOW, null, 0, false);
        var past = assertInstanceOf(Verdict.Refused.class, story.judged());
        assertEquals(new Verdict.Refused(PassRule.SLOT_PAST, Optional.of(NOW), List.of()), past, "the one from half past nine is just beginning");
        story.slot = new Slot(AT_TEN.startsAt(), AT_TEN.endsAt(), 0, 0, false);
        assertEquals(PassRule.SLOT_FULL, story.refusedBy(), "closed by the calendar");
    }

    @Test
    void buyer_goesAlone_onlyWherePolicySaysSo() {
        var story = story(PassKind.SUPPLIES);
        story.buyer = SOMEBODY_ELSE;
        assertInstanceOf(Verdict.Approved.class, story.judged());
        var only = rules(Map.of(PolicyName.FIXED_BUYER_ONLY, 1));
        assertEquals(PassRule.NOT_THE_BUYER, assertInstanceOf(Verdict.Refused.class, OutingPolicy.judge(story.facts(), only, NOW)).rule());
        story.buyer = SOMEBODY;
        assertInstanceOf(Verdict.Approved.class, OutingPolicy.judge(story.facts(), only, NOW));
    }

    @Test
    void quota_isOneOutingInTwoDays_forAsManyMembersAsPolicySays() {
        var story = story(PassKind.SUPPLIES);
        story.supplies.add(new Outing(TODAY.minusDays(2), SOMEBODY));
        assertInstanceOf(Verdict.Approved.class, story.judged());
        story.supplies.add(new Outing(TODAY.plusDays(1), SOMEBODY_ELSE));
        var used = assertInstanceOf(Verdict.Refused.class, story.judged());
        assertEquals(Optional.of(TODAY.plusDays(3).atStartOfDay().atOffset(NOW.getOffset())), used.possibleFrom());
        story.supplies.clear();
        story.supplies.add(new Outing(TODAY, SOMEBODY_ELSE));
        assertEquals(PassRule.QUOTA_USED, story.refusedBy());
        var two = rules(Map.of(PolicyName.SUPPLIES_PASS_MEMBERS, 2));
        assertInstanceOf(Verdict.Approved.class, OutingPolicy.judge(story.facts(), two, NOW));
        story.supplies.add(new Outing(TODAY, new UUID(1, 3)));
        assertInstanceOf(Verdict.Refused.class, OutingPolicy.judge(story.facts(), two, NOW));
        story.kind = PassKind.WORK;
        assertInstanceOf(Verdict.Pending.class, story.judged(), "work has no quota");
    }

    @Test
    void birthday_opensTheGateOnItsDay_alsoInALeapYear() {
        var story = story(PassKind.SUPPLIES);
        story.bornOn = TODAY.minusYears(16);
        assertInstanceOf(Verdict.Approved.class, story.judged());
        story.bornOn = TODAY.minusYears(16).plusDays(1);
        assertEquals(Optional.of(TODAY.plusDays(1).atStartOfDay().atOffset(NOW.getOffset())),
                assertInstanceOf(Verdict.Refused.class, story.judged()).possibleFrom());
    }

    @Test
    void passThatWasGiven_isSuspended_byWhatBeganSince_andAMedicalOneIsNot() {
        var story = story(PassKind.WORK);
        assertEquals(Set.of(), OutingPolicy.suspending(story.facts(), RULES, NOW));
        story.alertOpen = true;
        story.sealed = true;
        story.slot = slot(TODAY, 8, 0, 99);
        assertEquals(EnumSet.of(PassRule.ALERT_OPEN, PassRule.LEVEL_SEALED), OutingPolicy.suspending(story.facts(), RULES, NOW));
        story.kind = PassKind.MEDICAL;
        assertEquals(Set.of(), OutingPolicy.suspending(story.facts(), RULES, NOW));
    }

    // --- of any story

    private static OutingFacts anyFacts(RandomGenerator random) {
        var story = new Story();
        story.kind = PassKind.values()[random.nextInt(PassKind.values().length)];
        story.date = TODAY.plusDays(random.nextInt(3));
        story.slot = random.nextInt(4) == 0 ? null : slot(story.date, 6 + random.nextInt(15), 30 * random.nextInt(2), random.nextInt(60));
        story.bornOn = random.nextInt(10) == 0 ? null : TODAY.minusDays(random.nextInt(80 * 365));
        story.morning = random.nextInt(4) != 0;
        story.alertOpen = random.nextInt(6) == 0;
        story.observedUntil = random.nextInt(6) == 0 ? TODAY.plusDays(random.nextInt(20)) : null;
        story.sealed = random.nextInt(8) == 0;
        story.buyer = random.nextInt(3) == 0 ? random.nextBoolean() ? SOMEBODY : SOMEBODY_ELSE : null;
        for (int i = random.nextInt(4); i > 0; i--) {
            story.supplies.add(new Outing(TODAY.plusDays(random.nextInt(-14, 15)), random.nextBoolean() ? SOMEBODY : SOMEBODY_ELSE));
        }
        story.documentSeenAt = random.nextBoolean() ? null : NOW.minusDays(random.nextInt(30));
        return story.facts();
    }

    private static OutingRules anyRules(RandomGenerator random) {
        return rules(Map.of(PolicyName.SUPPLIES_PASS_EVERY, random.nextInt(1, 8), PolicyName.SUPPLIES_PASS_MEMBERS, random.nextInt(1, 3),
                PolicyName.FIXED_BUYER_ONLY, random.nextInt(2), PolicyName.SUPPLIES_PASS_DECIDED_BY, random.nextInt(2),
                PolicyName.MEDICAL_PASS_DECIDED_BY, random.nextInt(2), PolicyName.PASS_FROM_AGE, random.nextInt(1, 22)));
    }

    private static final int STORIES = 50_000;

    @Test
    void child_isNeverAllowed_andNobodyOfUnknownAgeByRule() {
        var random = new SplittableRandom(20261122);
        int children = 0;
        for (int i = 0; i < STORIES; i++) {
            var facts = anyFacts(random);
            var rules = anyRules(random);
            var verdict = OutingPolicy.judge(facts, rules, NOW);
            if (facts.bornOn() == null || facts.bornOn().plusYears(rules.fromAge()).isAfter(facts.outingDate())) {
                assertFalse(verdict instanceof Verdict.Approved, facts.toString());
                assertTrue(facts.bornOn() == null || facts.kind() == PassKind.MEDICAL || verdict instanceof Verdict.Refused, facts.toString());
                children++;
            }
        }
        assertTrue(children > STORIES / 20);
    }

    @Test
    void medical_isNeverRefused_butForItsSlot() {
        var random = new SplittableRandom(7);
        for (int i = 0; i < STORIES; i++) {
            var facts = anyFacts(random);
            if (facts.kind() == PassKind.MEDICAL && OutingPolicy.judge(facts, anyRules(random), NOW) instanceof Verdict.Refused refused) {
                assertTrue(EnumSet.of(PassRule.SLOT_FULL, PassRule.SLOT_PAST).contains(refused.rule()), facts.toString());
            }
        }
    }

    @Test
    void possibleFrom_isAllowedThen_andOnNoDayBefore() {
        var random = new SplittableRandom(11);
        int dated = 0;
        for (int i = 0; i < STORIES; i++) {
            var facts = anyFacts(random);
            var rules = anyRules(random);
            if (OutingPolicy.judge(facts, rules, NOW) instanceof Verdict.Refused(var rule, var from, var rounds) && from.isPresent()
                    && rule != PassRule.SLOT_PAST) {
                dated++;
                assertFalse(OutingPolicy.judge(on(facts, from.get().toLocalDate()), rules, from.get()) instanceof Verdict.Refused,
                        () -> from + " of " + facts);
                for (var day = facts.outingDate(); day.isBefore(from.get().toLocalDate()); day = day.plusDays(1)) {
                    var before = on(facts, day);
                    assertInstanceOf(Verdict.Refused.class, OutingPolicy.judge(before, rules, startOf(day)), () -> before.toString());
                }
            }
        }
        assertTrue(dated > STORIES / 50, "only " + dated);
    }

    /** The same wish for that day, when it has come: an observation is over by its date. */
    private static OutingFacts on(OutingFacts facts, LocalDate day) {
        var over = facts.observedUntil() != null && !day.isBefore(facts.observedUntil());
        var slot = facts.slot() == null ? null : slot(day, 12, 0, 0);
        return new OutingFacts(facts.kind(), facts.residentId(), day, slot, facts.bornOn(), true, true, facts.alertOpen(),
                over ? null : facts.observedUntil(), facts.placeSealed(), facts.buyer(), facts.supplies(), facts.documentSeenAt());
    }

    private static OffsetDateTime startOf(LocalDate day) {
        return day.atStartOfDay().atOffset(NOW.getOffset());
    }

    @Test
    void household_neverHasTwoSuppliesOutingsWithinTheQuota_whateverItAsks() {
        var random = new SplittableRandom(5);
        for (int i = 0; i < 2_000; i++) {
            var rules = anyRules(random);
            var given = new ArrayList<Outing>();
            for (int asked = 0; asked < 30; asked++) {
                var story = new Story();
                story.date = TODAY.plusDays(random.nextInt(30));
                story.slot = slot(story.date, 10, 0, 0);
                story.supplies.addAll(given);
                if (!(OutingPolicy.judge(story.facts(), rules, NOW) instanceof Verdict.Refused)) {
                    given.add(new Outing(story.date, SOMEBODY));
                } else if (random.nextInt(5) == 0 && !given.isEmpty()) {
                    given.remove(random.nextInt(given.size()));
                }
            }
            var days = given.stream().map(outing -> outing.date().toEpochDay()).sorted().toList();
            for (int day = 1; day < days.size(); day++) {
                assertTrue(days.get(day) - days.get(day - 1) >= rules.suppliesEveryDays(), given.toString());
            }
        }
    }

    @Test
    void slots_ofADay_fillTheGatesHours_andNoDayBeyondTheBooking() {
        var slots = SlotPolicy.day(TODAY, RULES, NOW);
        assertEquals(30, slots.size());
        assertEquals(LocalTime.of(6, 0), slots.getFirst().startsAt().toLocalTime());
        assertEquals(LocalTime.of(21, 0), slots.getLast().endsAt().toLocalTime());
        assertEquals(List.of(), SlotPolicy.day(TODAY.plusDays(3), RULES, NOW));
        var odd = rules(Map.of(PolicyName.OUTING_SLOT_LENGTH, 45, PolicyName.GATE_OPENS_AT, 23 * 60, PolicyName.GATE_CLOSES_AT, 23 * 60 + 59));
        assertEquals(List.of(Duration.ofMinutes(45)), SlotPolicy.day(TODAY, odd, NOW).stream()
                .map(slot -> Duration.between(slot.startsAt(), slot.endsAt())).toList(), "a rest is no slot");
    }
}
