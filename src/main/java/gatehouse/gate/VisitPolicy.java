package gatehouse.gate;

import java.time.Duration;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Optional;

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

    /** The first day whose visitors are still known. */
    static LocalDate visitorsKeptFrom(LocalDate today, int days) {
        return today.minusDays(days);
    }

    /** What becomes of a visit by somebody going through. */
    enum Effect {
        NONE, ENTERS, LEAVES,
        /** They were seen leaving after that already: a gate without network told of it late. */
        ENTERED_AND_LEFT
    }

    /**
     * What is decided about somebody at the gate.
     *
     * @param reason   why not, or {@code OK}
     * @param conflict why they should not have gone through, where they did
     */
    record Passage(VisitReason reason, boolean moved, Optional<VisitReason> conflict, Effect effect) {
        static Passage of(VisitReason reason, boolean passedAlready, Effect effect) {
            boolean moved = reason == VisitReason.OK || passedAlready;
            return new Passage(reason, moved, moved && reason != VisitReason.OK ? Optional.of(reason) : Optional.empty(), moved ? effect : Effect.NONE);
        }
    }

    /**
     * Somebody who comes, judged by when they came.
     *
     * @param reason        what {@link #enter} says
     * @param passedAlready they are through, whatever the rules say: the gate had no network
     * @param seenLeaving   a gate has written down since that they left
     */
    static Passage come(Visit visit, VisitReason reason, boolean passedAlready, boolean seenLeaving) {
        return Passage.of(reason, passedAlready, switch (visit.state()) {
            case EXPECTED, EXPIRED, CANCELLED -> seenLeaving ? Effect.ENTERED_AND_LEFT : Effect.ENTERS;
            case INSIDE, LEFT -> Effect.NONE;
        });
    }

    /** Somebody whom a gate without network has turned back: they are not in, whatever the rules say. */
    static Passage turnedBack(VisitReason reason) {
        return new Passage(reason, false, Optional.empty(), Effect.NONE);
    }

    /** Somebody who goes; whom no gate saw coming is a conflict where they are through. */
    static Passage go(Visit visit, boolean passedAlready) {
        boolean inside = visit.state() == VisitState.INSIDE;
        return Passage.of(inside ? VisitReason.OK : VisitReason.NOT_INSIDE, passedAlready, inside ? Effect.LEAVES : Effect.NONE);
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
