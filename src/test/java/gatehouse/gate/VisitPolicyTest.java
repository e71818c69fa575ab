package gatehouse.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import gatehouse.gate.VisitPolicy.Effect;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who is through by a gate without network, and what becomes of their visit. */
class VisitPolicyTest {
    private static final OffsetDateTime NINE = OffsetDateTime.parse("2026-11-22T09:00:00+08:00");

    private static Visit visit(VisitState state) {
        @Nullable OffsetDateTime entered = state == VisitState.INSIDE || state == VisitState.LEFT ? NINE : null;
        return new Visit(new UUID(1, 1), new UUID(1, 2), new UUID(1, 3), new UUID(1, 4), "3-2-1402", "k", "赵来客", "138****8000", null, null, null, "探望",
                NINE, state, NINE, entered, state == VisitState.LEFT ? NINE.plusHours(1) : null);
    }

    @Test
    void whoMayComeIn_entersWithoutConflict() {
        var passage = VisitPolicy.come(visit(VisitState.EXPECTED), VisitReason.OK, false, false);
        assertEquals(new VisitPolicy.Passage(VisitReason.OK, true, Optional.empty(), Effect.ENTERS), passage);
    }

    @Test
    void whoIsTurnedBack_changesNothing() {
        var passage = VisitPolicy.come(visit(VisitState.EXPECTED), VisitReason.FEVER, false, false);
        assertEquals(new VisitPolicy.Passage(VisitReason.FEVER, false, Optional.empty(), Effect.NONE), passage);
    }

    @ParameterizedTest
    @EnumSource(value = VisitState.class, names = {"EXPECTED", "EXPIRED", "CANCELLED"})
    void whoIsInAlreadyAgainstTheRules_isInside_withAConflict(VisitState state) {
        var passage = VisitPolicy.come(visit(state), VisitReason.CANCELLED, true, false);
        assertEquals(new VisitPolicy.Passage(VisitReason.CANCELLED, true, Optional.of(VisitReason.CANCELLED), Effect.ENTERS), passage);
    }

    @ParameterizedTest
    @EnumSource(value = VisitState.class, names = {"INSIDE", "LEFT"})
    void whoCameTwice_isAConflict_andTheVisitStaysAsItWas(VisitState state) {
        var passage = VisitPolicy.come(visit(state), VisitReason.ALREADY_INSIDE, true, false);
        assertEquals(Optional.of(VisitReason.ALREADY_INSIDE), passage.conflict());
        assertEquals(Effect.NONE, passage.effect());
    }

    @Test
    void whoWasSeenLeavingBeforeTheirComingBecameKnown_isNotInside() {
        assertEquals(Effect.ENTERED_AND_LEFT, VisitPolicy.come(visit(VisitState.EXPECTED), VisitReason.OK, true, true).effect());
    }

    @Test
    void whoLeaves_hasComeBefore_orIsAConflict() {
        assertEquals(Effect.LEAVES, VisitPolicy.go(visit(VisitState.INSIDE), false).effect());
        assertFalse(VisitPolicy.go(visit(VisitState.EXPECTED), false).moved());
        assertEquals(new VisitPolicy.Passage(VisitReason.NOT_INSIDE, true, Optional.of(VisitReason.NOT_INSIDE), Effect.NONE),
                VisitPolicy.go(visit(VisitState.EXPECTED), true));
    }
}
