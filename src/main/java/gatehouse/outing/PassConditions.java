package gatehouse.outing;

import gatehouse.registry.PolicyValues;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * What decides at a gate whether a pass that was given still lets somebody out; for the gate, which reads it with everything else that it
 * needs.
 *
 * @param kind        that of the pass, by its word in the API
 * @param placeSealed the building or the unit is sealed
 */
public record PassConditions(String kind, boolean morningReported, boolean afternoonReported, boolean alertOpen, boolean observed,
                             boolean placeSealed) {
    private static final UUID NOBODY = new UUID(0, 0);

    /** The slugs of the rules by which it lets nobody out at that moment, by the compound's values. */
    public Set<String> suspendedBy(PolicyValues values, OffsetDateTime now) {
        return suspending(OutingRules.of(values), now).stream().map(PassRule::slug).collect(Collectors.toUnmodifiableSet());
    }

    private Set<PassRule> suspending(OutingRules rules, OffsetDateTime now) {
        var today = now.toLocalDate();
        // Until when an observation lasts is the office's business; a gate only asks whether there is one.
        LocalDate observedUntil = observed ? today.plusDays(1) : null;
        var facts = new OutingFacts(PassKind.valueOf(kind), NOBODY, today, null, null, morningReported, afternoonReported, alertOpen, observedUntil,
                placeSealed, null, List.of(), null);
        return OutingPolicy.suspending(facts, rules, now);
    }

    /** Which rounds of a day somebody has reported. */
    public record Reported(boolean morning, boolean afternoon) {
        private static final List<Reported> ALL = List.of(new Reported(false, false), new Reported(true, false), new Reported(false, true),
                new Reported(true, true));
    }

    /** Where nothing else is known against somebody: those reports with which a pass of whatever kind lets them out at that moment. */
    public static List<Reported> sufficientReports(PolicyValues values, OffsetDateTime now) {
        var rules = OutingRules.of(values);
        return Reported.ALL.stream().filter(reported -> Arrays.stream(PassKind.values())
                .map(kind -> new PassConditions(kind.name(), reported.morning, reported.afternoon, false, false, false))
                .allMatch(conditions -> conditions.suspending(rules, now).isEmpty())).toList();
    }
}
