package gatehouse.gate;

import java.time.Duration;
import java.time.OffsetDateTime;

/** Who may be invited and who is let in: pure functions. */
final class VisitPolicy {
    /** Somebody at the gate already is invited for now; until it is typed, now has passed. */
    private static final Duration TYPING = Duration.ofMinutes(10);

    private VisitPolicy() {
    }

    /**
     * What an invitation is judged by.
     *
     * @param thatDay how many the household has invited for that day already
     * @param closed  nobody may meet this household: somebody stays at home, or their place is sealed
     */
    record InviteFacts(OffsetDateTime expectedAt, int thatDay, boolean closed, boolean regionListed, boolean regionTooWide) {
    }

    /** What becomes of an invitation. */
    sealed interface Invited {
        record Accepted() implements Invited {
        }

        record InPast() implements Invited {
        }

        record TooFarAhead(OffsetDateTime last) implements Invited {
        }

        record NotAdmitted() implements Invited {
        }

        record RegionListed() implements Invited {
        }

        record RegionTooWide() implements Invited {
        }

        record UsedUp(int aDay) implements Invited {
        }
    }

    static Invited invite(InviteFacts facts, VisitRules rules, OffsetDateTime now) {
        var last = now.plusDays(rules.aheadDays());
        if (facts.expectedAt.isBefore(now.minus(TYPING))) {
            return new Invited.InPast();
        }
        if (facts.expectedAt.isAfter(last)) {
            return new Invited.TooFarAhead(last);
        }
        if (!rules.admitted() || facts.closed) {
            return new Invited.NotAdmitted();
        }
        if (facts.regionListed) {
            return new Invited.RegionListed();
        }
        if (facts.regionTooWide) {
            return new Invited.RegionTooWide();
        }
        return facts.thatDay < rules.aDay() ? new Invited.Accepted() : new Invited.UsedUp(rules.aDay());
    }

    static OffsetDateTime validFrom(OffsetDateTime expectedAt, VisitRules rules) {
        return expectedAt.minus(rules.window());
    }

    static OffsetDateTime validUntil(OffsetDateTime expectedAt, VisitRules rules) {
        return expectedAt.plus(rules.window());
    }

    static VisitState stateAt(Visit visit, VisitRules rules, OffsetDateTime now) {
        return visit.state() == VisitState.EXPECTED && now.isAfter(validUntil(visit.expectedAt(), rules)) ? VisitState.EXPIRED : visit.state();
    }

    /** Whether somebody is still inside who should have left. */
    static boolean hasOverstayed(Visit visit, VisitRules rules, OffsetDateTime now) {
        return visit.state() == VisitState.INSIDE && visit.enteredAt() != null && now.isAfter(visit.enteredAt().plus(rules.lasts()));
    }

    /** What the guard sees and asks: name against a paper, the host beside them, health code, temperature in tenths, mask. */
    record Check(boolean nameChecked, boolean hostPresent, HealthCode healthCode, int temperatureTenths, boolean mask) {
    }

    /** What is known of the household and the visitor's region now; {@code closed}: nobody may meet this household. */
    record Standing(boolean closed, boolean regionListed) {
    }

    static VisitReason enter(Visit visit, Check check, Standing standing, VisitRules rules, OffsetDateTime now) {
        return switch (stateAt(visit, rules, now)) {
            case CANCELLED -> VisitReason.CANCELLED;
            case INSIDE -> VisitReason.ALREADY_INSIDE;
            case LEFT -> VisitReason.ALREADY_LEFT;
            case EXPIRED -> VisitReason.TOO_LATE;
            case EXPECTED -> enterExpected(visit, check, standing, rules, now);
        };
    }

    private static VisitReason enterExpected(Visit visit, Check check, Standing standing, VisitRules rules, OffsetDateTime now) {
        if (now.isBefore(validFrom(visit.expectedAt(), rules))) {
            return VisitReason.NOT_YET;
        }
        if (!rules.admitted() || standing.closed) {
            return VisitReason.NOT_ADMITTED;
        }
        if (standing.regionListed) {
            return VisitReason.REGION_LISTED;
        }
        if (check.temperatureTenths > rules.feverAboveTenths()) {
            return VisitReason.FEVER;
        }
        if (check.healthCode != HealthCode.GREEN) {
            return VisitReason.HEALTH_CODE;
        }
        if (!check.mask) {
            return VisitReason.NO_MASK;
        }
        if (!check.hostPresent) {
            return VisitReason.HOST_ABSENT;
        }
        return check.nameChecked ? VisitReason.OK : VisitReason.NAME_NOT_CHECKED;
    }
}
