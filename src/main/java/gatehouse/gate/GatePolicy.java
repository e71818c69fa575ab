package gatehouse.gate;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Who goes through a gate: pure functions. */
final class GatePolicy {
    private GatePolicy() {
    }

    /**
     * Somebody at a gate.
     *
     * @param temperatureTenths null where it was not measured
     * @param mask              null where nobody looked
     * @param admitted          what the gate has decided by itself, because it had no network or could not wait: they are through already,
     *                          whatever the rules say, or were turned back, and no rule moves them; null where it asks
     */
    record Scan(ShownCode code, UUID gateId, Direction direction, @Nullable Integer temperatureTenths, @Nullable Boolean mask, OffsetDateTime at,
                @Nullable Boolean admitted) {
        private boolean isThrough() {
            return Boolean.TRUE.equals(admitted);
        }

        private boolean isTurnedBack() {
            return Boolean.FALSE.equals(admitted);
        }
    }

    /** What becomes of a pass by a movement. */
    enum Effect {
        NONE, LEAVES, RETURNS,
        /** They left earlier than they were seen coming back: a gate without network told of it late. */
        LEFT_AND_IS_BACK
    }

    /**
     * What is decided.
     *
     * @param conflict why they should not have gone through, where they did
     */
    record Decision(GateReason reason, boolean allowed, boolean moved, Optional<GateReason> conflict, Effect effect, Set<GateWarning> warnings) {
    }

    /** @param facts null where the code names no pass of this compound */
    static Decision decide(Scan scan, @Nullable GateFacts facts, int feverAboveTenths) {
        var reason = GateFacts.first(against(scan, facts, feverAboveTenths));
        boolean allowed = reason == GateReason.OK;
        boolean moved = allowed || scan.isThrough();
        return new Decision(reason, allowed, moved, moved && !allowed ? Optional.of(reason) : Optional.empty(),
                moved && facts != null ? effect(scan, facts) : Effect.NONE, warnings(scan, facts, moved && !allowed));
    }

    /** Everything that speaks against it. */
    private static List<GateReason> against(Scan scan, @Nullable GateFacts facts, int feverAboveTenths) {
        var against = new ArrayList<GateReason>();
        if (scan.code instanceof ShownCode.Forged) {
            against.add(GateReason.FORGED);
            return against;
        }
        if (scan.isTurnedBack()) {
            against.add(GateReason.TURNED_BACK);
        }
        if (scan.code instanceof ShownCode.Stale) {
            against.add(GateReason.EXPIRED_CODE);
        }
        if (isFever(scan, feverAboveTenths)) {
            against.add(GateReason.FEVER);
        }
        if (Boolean.FALSE.equals(scan.mask)) {
            against.add(GateReason.NO_MASK);
        }
        if (facts == null) {
            against.add(GateReason.OTHER_COMPOUND);
            return against;
        }
        switch (scan.direction) {
            case OUT -> againstLeaving(scan, facts, against);
            case IN -> againstReturning(facts, against);
        }
        return against;
    }

    private static void againstLeaving(Scan scan, GateFacts facts, List<GateReason> against) {
        switch (facts.standing()) {
            case CLOSED -> against.add(GateReason.NOT_APPROVED);
            case TAKEN_BACK -> against.add(GateReason.REVOKED);
            // Its last moment to leave is judged by when it was scanned: the news may come late.
            case APPROVED, UNUSED -> againstTheHour(scan, facts, against);
            case OUT, RETURNED -> against.add(GateReason.ALREADY_OUT);
        }
        if (isRevoked(scan.code, facts)) {
            against.add(GateReason.REVOKED);
        }
        against.addAll(facts.suspendedBy());
    }

    private static void againstTheHour(Scan scan, GateFacts facts, List<GateReason> against) {
        if (scan.at.isBefore(facts.validFrom())) {
            against.add(GateReason.NOT_YET);
        }
        if (scan.at.isAfter(facts.leaveBy())) {
            against.add(GateReason.TOO_LATE);
        }
    }

    /** Whoever lives here comes home, whatever their pass or the office says by now; only who has not left cannot return. */
    private static void againstReturning(GateFacts facts, List<GateReason> against) {
        switch (facts.standing()) {
            case CLOSED, TAKEN_BACK, APPROVED, UNUSED, RETURNED -> against.add(GateReason.NOT_OUT);
            case OUT -> { }
        }
    }

    static boolean isFever(Scan scan, int feverAboveTenths) {
        return scan.temperatureTenths != null && scan.temperatureTenths > feverAboveTenths;
    }

    private static boolean isRevoked(ShownCode code, GateFacts facts) {
        return code instanceof ShownCode.Printed(long number, int serial) && serial != facts.cardSerial();
    }

    private static Effect effect(Scan scan, GateFacts facts) {
        return switch (scan.direction) {
            case OUT -> switch (facts.standing()) {
                case APPROVED, UNUSED -> facts.lastIn() != null && facts.lastIn().isAfter(scan.at) ? Effect.LEFT_AND_IS_BACK : Effect.LEAVES;
                case CLOSED, TAKEN_BACK, OUT, RETURNED -> Effect.NONE;
            };
            case IN -> facts.standing() == PassStanding.OUT ? Effect.RETURNS : Effect.NONE;
        };
    }

    private static Set<GateWarning> warnings(Scan scan, @Nullable GateFacts facts, boolean conflict) {
        var warnings = EnumSet.noneOf(GateWarning.class);
        if (scan.temperatureTenths == null) {
            warnings.add(GateWarning.TEMPERATURE_NOT_MEASURED);
        }
        if (scan.mask == null) {
            warnings.add(GateWarning.MASK_NOT_ASKED);
        }
        if (conflict) {
            warnings.add(GateWarning.CONFLICT);
        }
        if (facts != null && scan.direction == Direction.IN) {
            if (facts.standing() == PassStanding.OUT && scan.at.isAfter(facts.validUntil())) {
                warnings.add(GateWarning.OVERDUE);
            }
            if (isRevoked(scan.code, facts)) {
                warnings.add(GateWarning.CARD_REVOKED);
            }
        }
        if (facts != null && scan.direction == Direction.OUT && facts.slotGateId() != null && !facts.slotGateId().equals(scan.gateId)) {
            warnings.add(GateWarning.OTHER_GATE);
        }
        return warnings;
    }
}
