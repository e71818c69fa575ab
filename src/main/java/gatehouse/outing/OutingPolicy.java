package gatehouse.outing;

import gatehouse.outing.OutingFacts.Outing;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Who may go out, and when: pure functions of facts, rules and now. */
final class OutingPolicy {
    /** Nobody plans further; it only ends a search. */
    private static final int SEARCHED_DAYS = 400;

    private OutingPolicy() {
    }

    /** What becomes of a request. */
    sealed interface Verdict {
        /** A pass at once. */
        record Approved(PassWindow window) implements Verdict {
        }

        /** A pass that waits for staff; {@code window} as it would be if they approved now. */
        record Pending(PassWindow window) implements Verdict {
        }

        /**
         * No pass.
         *
         * @param rule         the first that the household can do something about
         * @param possibleFrom the first moment at which time alone has lifted every rule that stands in the way; empty where time does not
         * @param rounds       the measuring times that are to be reported, where that is the rule
         */
        record Refused(PassRule rule, Optional<OffsetDateTime> possibleFrom, List<LocalTime> rounds) implements Verdict {
        }
    }

    static Verdict judge(OutingFacts facts, OutingRules rules, OffsetDateTime now) {
        var broken = broken(facts, rules, now);
        var first = broken.stream().filter(rule -> rule.binds(facts.kind())).findFirst();
        if (first.isPresent()) {
            return new Verdict.Refused(first.get(), possibleFrom(facts, rules, now), missingRounds(facts, rules, now));
        }
        var window = window(facts.kind(), facts.slot(), rules, now);
        return broken.isEmpty() && isWithinPolicy(facts, rules, now) ? new Verdict.Approved(window) : new Verdict.Pending(window);
    }

    /** Whether staff may approve it now: the rule in the way, if there is one. A place is kept for it since it was asked for. */
    static Optional<PassRule> preventsApproval(OutingFacts facts, OutingRules rules, OffsetDateTime now) {
        return broken(facts, rules, now).stream().filter(rule -> rule.binds(facts.kind())).findFirst();
    }

    /** Every rule that does not hold, also those that do not bind this kind: what staff see as conditions. */
    static Set<PassRule> broken(OutingFacts facts, OutingRules rules, OffsetDateTime now) {
        var broken = EnumSet.noneOf(PassRule.class);
        for (var rule : PassRule.values()) {
            if (isBroken(rule, facts, rules, now)) {
                broken.add(rule);
            }
        }
        return broken;
    }

    /** The rules by which a pass that was given does not let anybody out now; the gate asks this at every scan. */
    static Set<PassRule> suspending(OutingFacts facts, OutingRules rules, OffsetDateTime now) {
        var suspending = broken(facts, rules, now);
        suspending.removeIf(rule -> !rule.suspends() || !rule.binds(facts.kind()));
        return suspending;
    }

    private static boolean isBroken(PassRule rule, OutingFacts facts, OutingRules rules, OffsetDateTime now) {
        var slot = facts.slot();
        return switch (rule) {
            case REPORT_MISSING -> !missingRounds(facts, rules, now).isEmpty();
            case SLOT_PAST -> slot != null && !slot.endsAt().isAfter(now);
            case SLOT_FULL -> slot != null && !slot.held() && slot.taken() >= slot.capacity(rules);
            case NOT_THE_BUYER -> facts.kind() == PassKind.SUPPLIES && rules.fixedBuyerOnly() && facts.buyer() != null
                    && !facts.buyer().equals(facts.residentId());
            case NOT_PERMITTED_AGE -> facts.bornOn() != null && grownUpOn(facts.bornOn(), rules).isAfter(facts.outingDate());
            case QUOTA_USED -> facts.kind() == PassKind.SUPPLIES && !isFree(facts.outingDate(), facts, rules);
            case UNDER_OBSERVATION -> facts.observedUntil() != null;
            case ALERT_OPEN -> facts.alertOpen();
            case LEVEL_SEALED -> rules.sealed() || facts.placeSealed();
        };
    }

    /** The measuring times of today that have passed and are not reported. */
    static List<LocalTime> missingRounds(OutingFacts facts, OutingRules rules, OffsetDateTime now) {
        var missing = new ArrayList<LocalTime>();
        var time = now.toLocalTime();
        if (!facts.morningReported() && !time.isBefore(rules.morningAt())) {
            missing.add(rules.morningAt());
        }
        if (!facts.afternoonReported() && !time.isBefore(rules.afternoonAt())) {
            missing.add(rules.afternoonAt());
        }
        return missing;
    }

    /** A kind that the rule decides, or a certificate that staff have seen lately; with all that the rule must know. */
    private static boolean isWithinPolicy(OutingFacts facts, OutingRules rules, OffsetDateTime now) {
        boolean documentKnown = facts.kind().hasDocument() && facts.documentSeenAt() != null
                && now.isBefore(facts.documentSeenAt().plusDays(rules.documentDays()));
        boolean slotChosen = facts.kind() != PassKind.SUPPLIES || facts.slot() != null;
        return slotChosen && facts.bornOn() != null && (documentKnown || rules.byRule().contains(facts.kind()));
    }

    /** Within a slot one goes out during the slot; without, at any time while the pass is good. */
    static PassWindow window(PassKind kind, OutingFacts.@Nullable Slot slot, OutingRules rules, OffsetDateTime now) {
        var from = slot == null ? now : slot.startsAt();
        var until = from.plus(rules.lasts(kind));
        var leaveBy = slot == null || slot.endsAt().isAfter(until) ? until : slot.endsAt();
        return new PassWindow(from, leaveBy, until);
    }

    /** The household has no other outing too near to that day, and none of more members on it. */
    private static boolean isFree(LocalDate date, OutingFacts facts, OutingRules rules) {
        boolean apart = facts.supplies().stream().map(Outing::date)
                .allMatch(other -> other.equals(date) || Math.abs(other.toEpochDay() - date.toEpochDay()) >= rules.suppliesEveryDays());
        var together = facts.supplies().stream().filter(other -> other.date().equals(date)).toList();
        return apart && together.size() < rules.suppliesMembers()
                && together.stream().noneMatch(other -> other.residentId().equals(facts.residentId()));
    }

    private static LocalDate grownUpOn(LocalDate bornOn, OutingRules rules) {
        return bornOn.plusYears(rules.fromAge());
    }

    /** The latest of the moments at which time lifts each rule that binds; empty where one of them it does not lift. */
    private static Optional<OffsetDateTime> possibleFrom(OutingFacts facts, OutingRules rules, OffsetDateTime now) {
        var lifted = broken(facts, rules, now).stream().filter(rule -> rule.binds(facts.kind()))
                .map(rule -> liftedAt(rule, facts, rules, now)).toList();
        if (lifted.stream().anyMatch(Optional::isEmpty)) {
            return Optional.empty();
        }
        var latest = lifted.stream().flatMap(Optional::stream).max(Comparator.naturalOrder());
        // What is far enough from one outing may be too near to the next.
        return facts.kind() != PassKind.SUPPLIES ? latest
                : latest.flatMap(from -> isFree(from.toLocalDate(), facts, rules) ? Optional.of(from) : firstFree(from, facts, rules));
    }

    private static Optional<OffsetDateTime> liftedAt(PassRule rule, OutingFacts facts, OutingRules rules, OffsetDateTime now) {
        return switch (rule) {
            case SLOT_PAST -> SlotPolicy.next(rules, now).map(slot -> slot.startsAt().isBefore(now) ? now : slot.startsAt());
            case NOT_PERMITTED_AGE -> Stream.ofNullable(facts.bornOn()).map(born -> startOf(grownUpOn(born, rules), now.getOffset())).findFirst();
            case QUOTA_USED -> firstFree(startOf(facts.outingDate(), now.getOffset()), facts, rules);
            case UNDER_OBSERVATION -> Stream.ofNullable(facts.observedUntil()).map(date -> startOf(date, now.getOffset())).findFirst();
            case REPORT_MISSING, SLOT_FULL, NOT_THE_BUYER, ALERT_OPEN, LEVEL_SEALED -> Optional.empty();
        };
    }

    private static Optional<OffsetDateTime> firstFree(OffsetDateTime after, OutingFacts facts, OutingRules rules) {
        var day = after.toLocalDate();
        return day.plusDays(1).datesUntil(day.plusDays(SEARCHED_DAYS)).filter(date -> isFree(date, facts, rules)).findFirst()
                .map(date -> startOf(date, after.getOffset()));
    }

    private static OffsetDateTime startOf(LocalDate date, ZoneOffset offset) {
        return date.atStartOfDay().atOffset(offset);
    }
}
