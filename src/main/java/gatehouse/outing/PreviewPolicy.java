package gatehouse.outing;

import gatehouse.outing.OutingPolicy.Verdict;
import java.time.OffsetDateTime;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What other rules would have meant for requests that were made: pure functions. */
final class PreviewPolicy {
    private PreviewPolicy() {
    }

    /** A request with the facts that it was judged by. */
    record Recorded(OutingFacts facts, OffsetDateTime at) {
    }

    /** How many requests came to what. */
    record Outcomes(int byRule, int byStaff, int refused) {
    }

    /** How often a rule refused, and would have. */
    record RuleCount(PassRule rule, int present, int imagined) {
    }

    /** @param rules only those that refused anything */
    record Preview(int requests, Outcomes present, Outcomes imagined, int newlyRefused, int newlyAllowed, List<RuleCount> rules) {
    }

    /** Judges every request by both; each with its own facts, so that none is a consequence of another's new verdict. */
    static Preview compare(List<Recorded> requests, OutingRules present, OutingRules imagined) {
        var before = new Count();
        var after = new Count();
        int newlyRefused = 0;
        int newlyAllowed = 0;
        for (var request : requests) {
            boolean allowedBefore = before.add(OutingPolicy.judge(request.facts, present, request.at));
            boolean allowedAfter = after.add(OutingPolicy.judge(request.facts, imagined, request.at));
            newlyRefused += allowedBefore && !allowedAfter ? 1 : 0;
            newlyAllowed += !allowedBefore && allowedAfter ? 1 : 0;
        }
        var rules = List.of(PassRule.values()).stream()
                .map(rule -> new RuleCount(rule, before.rules.getOrDefault(rule, 0), after.rules.getOrDefault(rule, 0)))
                .filter(count -> count.present + count.imagined > 0).toList();
        return new Preview(requests.size(), before.outcomes(), after.outcomes(), newlyRefused, newlyAllowed, rules);
    }

    private static final class Count {
        private int byRule;
        private int byStaff;
        private int refused;
        private final Map<PassRule, Integer> rules = new EnumMap<>(PassRule.class);

        /** Whether there is a pass, or may be. */
        boolean add(Verdict verdict) {
            switch (verdict) {
                case Verdict.Approved approved -> byRule++;
                case Verdict.Pending pending -> byStaff++;
                case Verdict.Refused no -> {
                    refused++;
                    rules.merge(no.rule(), 1, Integer::sum);
                }
            }
            return !(verdict instanceof Verdict.Refused);
        }

        Outcomes outcomes() {
            return new Outcomes(byRule, byStaff, refused);
        }
    }
}
