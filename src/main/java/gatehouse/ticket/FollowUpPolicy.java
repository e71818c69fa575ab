package gatehouse.ticket;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Which closed tickets are followed up: pure. Of each of two piles, serious complaints and all else, the share of the policy rounded up, by the
 * order of a hash of their ids, so that nobody picks whom to ask and everybody finds the same.
 */
final class FollowUpPolicy {
    private static final int WHOLE = 100;

    private FollowUpPolicy() {
    }

    /** A closed ticket; {@code done}: it was followed up. */
    record Closed(UUID id, boolean serious, boolean done) {
    }

    /** @param share in percent */
    static Set<UUID> sample(List<Closed> closed, int share, int seriousShare) {
        var sample = new LinkedHashSet<UUID>();
        sample.addAll(sampleOf(closed.stream().filter(Closed::serious).toList(), seriousShare));
        sample.addAll(sampleOf(closed.stream().filter(each -> !each.serious).toList(), share));
        return sample;
    }

    /** How many of a pile. */
    static int wanted(int pile, int share) {
        return (pile * share + WHOLE - 1) / WHOLE;
    }

    private static List<UUID> sampleOf(List<Closed> pile, int share) {
        var sorted = new ArrayList<>(pile);
        // What was followed up counts, also where later tickets would have come before it.
        sorted.sort(Comparator.comparing(Closed::done).reversed().thenComparing(each -> hash(each.id)).thenComparing(Closed::id));
        return sorted.stream().limit(wanted(pile.size(), share)).map(Closed::id).toList();
    }

    /** Far from the order of time that ids have. */
    private static long hash(UUID id) {
        long mixed = id.getMostSignificantBits() * 0x9E3779B97F4A7C15L ^ id.getLeastSignificantBits();
        mixed = (mixed ^ mixed >>> 30) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
        return mixed ^ mixed >>> 31;
    }
}
