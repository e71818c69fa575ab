package gatehouse.gate;

import gatehouse.gate.GatePolicy.Decision;
import gatehouse.gate.GatePolicy.Scan;
import gatehouse.outing.PassConditions;
import gatehouse.outing.PassConditions.Reported;
import gatehouse.registry.PolicyValues;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the policy will decide of a scan where its pass is as passes at gates mostly are: asked before the pass is read, so that one
 * statement can read it, compare, and keep the decision. Nothing is decided here or there: the policy is asked of a pass that is
 * supposed, and the statement only compares what it finds with what was supposed.
 */
final class Foresight {
    private static final UUID ANY = new UUID(0, 0);

    private Foresight() {
    }

    /**
     * A decision, and of what passes it holds.
     *
     * @param states one of them is the pass's
     * @param traits one of them are the pass's; empty where they do not matter
     */
    record Foreseen(Decision decision, List<String> states, List<Traits> traits) {
        /** Warnings are no part of what is kept, and rest on more than was supposed. */
        boolean isBorneOutBy(Decision actual) {
            return actual.reason() == decision.reason() && actual.allowed() == decision.allowed() && actual.moved() == decision.moved()
                    && actual.conflict().equals(decision.conflict()) && actual.effect() == decision.effect();
        }
    }

    /**
     * What there is to a pass besides its state, by the moment of its scan.
     *
     * @param cardIsGood     or it was shown on a screen
     * @param cameInLater    its holder was seen coming in after that moment
     */
    record Traits(boolean isTooEarly, boolean isTooLate, boolean cardIsGood, boolean cameInLater, Reported reported, boolean alertOpen,
                  boolean observed, boolean placeSealed) {
        /** A holder in the pass's hour against whom nothing is known. */
        static Traits fine(Reported reported) {
            return new Traits(false, false, true, false, reported, false, false, false);
        }
    }

    /** Empty where even a pass that is as it should be would not let them through: then what is against it must be read first. */
    static Optional<Foreseen> of(Scan scan, PolicyValues values, int feverAboveTenths) {
        return switch (scan.direction()) {
            case OUT -> through(scan, PassStanding.APPROVED, feverAboveTenths)
                    .map(decision -> new Foreseen(decision, List.of("APPROVED"),
                            PassConditions.sufficientReports(values, scan.at()).stream().map(Traits::fine).toList()))
                    .filter(foreseen -> !foreseen.traits.isEmpty());
            // Whoever lives here comes home: of a pass that is out nothing else matters.
            case IN -> through(scan, PassStanding.OUT, feverAboveTenths)
                    .map(decision -> new Foreseen(decision, List.of("OUT", "OVERDUE"), List.of()));
        };
    }

    private static Optional<Decision> through(Scan scan, PassStanding standing, int feverAboveTenths) {
        var decision = GatePolicy.decide(scan, supposed(scan, standing), feverAboveTenths);
        return decision.allowed() ? Optional.of(decision) : Optional.empty();
    }

    private static GateFacts supposed(Scan scan, PassStanding standing) {
        OffsetDateTime itsHour = scan.at();
        var card = cardSerial(scan.code());
        return new GateFacts(ANY, ANY, ANY, ANY, "", "", standing, itsHour, itsHour, itsHour, card == null ? 0 : card, 0, Set.of(), null, null);
    }

    /** Which printing of its card was shown; null where it was a screen. */
    static @Nullable Integer cardSerial(ShownCode code) {
        return code instanceof ShownCode.Printed(long number, int serial) ? serial : null;
    }
}
