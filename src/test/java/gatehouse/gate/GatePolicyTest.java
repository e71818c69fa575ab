package gatehouse.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.gate.GatePolicy.Decision;
import gatehouse.gate.GatePolicy.Effect;
import gatehouse.gate.GatePolicy.Scan;
import java.time.OffsetDateTime;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GatePolicyTest {
    private static final OffsetDateTime NOON = OffsetDateTime.parse("2026-11-22T12:00:00+08:00");
    private static final UUID GATE = UUID.randomUUID();
    private static final int LINE = 373;

    private static GateFacts pass(PassStanding standing, Set<GateReason> suspendedBy, @Nullable OffsetDateTime lastIn) {
        return new GateFacts(UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID(), "3-2-1402", "PINK", standing,
                NOON.minusHours(1), NOON.plusHours(1), NOON.plusHours(2), 2, 5, suspendedBy, lastIn, null);
    }

    private static GateFacts pass(PassStanding standing) {
        return pass(standing, Set.of(), null);
    }

    private static Decision decide(Scan scan, @Nullable GateFacts facts) {
        return GatePolicy.decide(scan, facts, LINE);
    }

    private static Scan scan(ShownCode code, Direction direction, @Nullable Integer tenths, @Nullable Boolean mask, OffsetDateTime at, boolean passedAlready) {
        return new Scan(code, GATE, direction, tenths, mask, at, passedAlready ? true : null);
    }

    private static Scan out(OffsetDateTime at) {
        return scan(new ShownCode.Fresh(7), Direction.OUT, 365, true, at, false);
    }

    private static Scan in(OffsetDateTime at) {
        return scan(new ShownCode.Fresh(7), Direction.IN, 365, true, at, false);
    }

    @Test
    void pass_withinItsHour_letsOut_atItsVeryEnds() {
        assertEquals(GateReason.OK, decide(out(NOON), pass(PassStanding.APPROVED)).reason());
        assertEquals(GateReason.OK, decide(out(NOON.minusHours(1)), pass(PassStanding.APPROVED)).reason());
        assertEquals(GateReason.OK, decide(out(NOON.plusHours(1)), pass(PassStanding.APPROVED)).reason());
        assertEquals(GateReason.NOT_YET, decide(out(NOON.minusHours(1).minusNanos(1_000)), pass(PassStanding.APPROVED)).reason());
        assertEquals(GateReason.TOO_LATE, decide(out(NOON.plusHours(1).plusNanos(1_000)), pass(PassStanding.APPROVED)).reason());
    }

    @Test
    void temperatureOnTheLine_isNoFever_aTenthAboveIs() {
        assertEquals(GateReason.OK, decide(scan(new ShownCode.Fresh(7), Direction.OUT, 373, true, NOON, false), pass(PassStanding.APPROVED)).reason());
        assertEquals(GateReason.FEVER, decide(scan(new ShownCode.Fresh(7), Direction.OUT, 374, true, NOON, false), pass(PassStanding.APPROVED)).reason());
        assertEquals(GateReason.FEVER, decide(scan(new ShownCode.Fresh(7), Direction.IN, 374, true, NOON, false), pass(PassStanding.OUT)).reason());
    }

    @Test
    void reasons_areNamedInTheOrderOfTheApi() {
        var everything = EnumSet.of(GateReason.ALERT_OPEN, GateReason.UNDER_OBSERVATION, GateReason.REPORT_MISSING);
        var facts = pass(PassStanding.CLOSED, everything, null);
        var bad = scan(new ShownCode.Stale(7), Direction.OUT, 390, false, NOON, false);
        assertEquals(GateReason.EXPIRED_CODE, decide(bad, facts).reason());
        var fresh = scan(new ShownCode.Printed(7, 1), Direction.OUT, 390, false, NOON, false);
        assertEquals(GateReason.NOT_APPROVED, decide(fresh, facts).reason());
        assertEquals(GateReason.REVOKED, decide(fresh, pass(PassStanding.TAKEN_BACK, everything, null)).reason());
        assertEquals(GateReason.NOT_OUT, decide(in(NOON), pass(PassStanding.TAKEN_BACK)).reason());
        assertEquals(GateReason.REVOKED, decide(fresh, pass(PassStanding.APPROVED, everything, null)).reason());
        assertEquals(GateReason.REVOKED, decide(out(NOON), pass(PassStanding.TAKEN_BACK, everything, null)).reason());
        assertEquals(GateReason.NOT_OUT, decide(in(NOON), pass(PassStanding.TAKEN_BACK)).reason());
        var good = scan(new ShownCode.Printed(7, 2), Direction.OUT, 390, false, NOON, false);
        assertEquals(GateReason.FEVER, decide(good, pass(PassStanding.APPROVED, everything, null)).reason());
        assertEquals(GateReason.NO_MASK, decide(scan(new ShownCode.Fresh(7), Direction.OUT, 365, false, NOON, false),
                pass(PassStanding.APPROVED, everything, null)).reason());
        assertEquals(GateReason.ALERT_OPEN, decide(out(NOON), pass(PassStanding.APPROVED, everything, null)).reason());
        assertEquals(GateReason.OTHER_COMPOUND, decide(out(NOON), null).reason());
        assertEquals(GateReason.FORGED, decide(scan(new ShownCode.Forged(), Direction.OUT, 390, false, NOON, false), null).reason());
    }

    @Test
    void pass_goesOutOnce_andNobodyReturnsWhoHasNotLeft() {
        assertEquals(GateReason.ALREADY_OUT, decide(out(NOON), pass(PassStanding.OUT)).reason());
        assertEquals(GateReason.ALREADY_OUT, decide(out(NOON), pass(PassStanding.RETURNED)).reason());
        assertEquals(GateReason.NOT_OUT, decide(in(NOON), pass(PassStanding.APPROVED)).reason());
        assertEquals(GateReason.NOT_OUT, decide(in(NOON), pass(PassStanding.RETURNED)).reason());
        assertEquals(Effect.LEAVES, decide(out(NOON), pass(PassStanding.APPROVED)).effect());
        assertEquals(Effect.RETURNS, decide(in(NOON), pass(PassStanding.OUT)).effect());
    }

    @Test
    void whoeverLivesHere_comesHome_whateverTheOfficeKnows_andHoweverLate() {
        var back = decide(in(NOON.plusHours(5)), pass(PassStanding.OUT, Set.of(GateReason.ALERT_OPEN, GateReason.LEVEL_SEALED), null));
        assertTrue(back.allowed());
        assertEquals(Set.of(GateWarning.OVERDUE), back.warnings());
    }

    @Test
    void whoPassedAlready_isAMovement_withWhatSpokeAgainstIt() {
        var through = decide(scan(new ShownCode.Fresh(7), Direction.OUT, 365, true, NOON, true), pass(PassStanding.OUT));
        assertFalse(through.allowed());
        assertTrue(through.moved());
        assertEquals(Optional.of(GateReason.ALREADY_OUT), through.conflict());
        assertEquals(Effect.NONE, through.effect());
        var closed = decide(scan(new ShownCode.Fresh(7), Direction.OUT, 365, true, NOON, true), pass(PassStanding.CLOSED));
        assertEquals(Effect.NONE, closed.effect());
        assertEquals(Effect.NONE, decide(scan(new ShownCode.Fresh(7), Direction.OUT, 365, true, NOON, true), pass(PassStanding.TAKEN_BACK)).effect());
        var suspended = decide(scan(new ShownCode.Fresh(7), Direction.OUT, 365, true, NOON, true), pass(PassStanding.APPROVED, Set.of(GateReason.ALERT_OPEN), null));
        assertEquals(Effect.LEAVES, suspended.effect(), "they are out, whatever the rules say");
        assertEquals(Optional.of(GateReason.ALERT_OPEN), suspended.conflict());
    }

    @Test
    void newsOfALeavingThatComesAfterTheReturn_leavesNobodyOutside() {
        assertEquals(Effect.LEFT_AND_IS_BACK, decide(out(NOON), pass(PassStanding.UNUSED, Set.of(), NOON.plusMinutes(20))).effect());
        assertEquals(Effect.LEAVES, decide(out(NOON), pass(PassStanding.UNUSED, Set.of(), NOON.minusMinutes(20))).effect());
    }
}
