package gatehouse.ticket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.ticket.FollowUpPolicy.Closed;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FollowUpPolicyTest {
    private static List<Closed> closed(int count, int serious, long seed) {
        var random = new Random(seed);
        return IntStream.range(0, count).mapToObj(i -> new Closed(new UUID(random.nextLong(), random.nextLong()), i < serious, false)).toList();
    }

    @Test
    void sample_holdsTheShareAtLeast_andEverySeriousComplaint() {
        for (int count = 0; count < 60; count++) {
            var month = closed(count, Math.min(count, 7), count);
            var sample = FollowUpPolicy.sample(month, 50, 100);
            assertTrue(month.stream().filter(Closed::serious).allMatch(each -> sample.contains(each.id())));
            long others = month.stream().filter(each -> !each.serious() && sample.contains(each.id())).count();
            assertEquals((Math.max(0, count - 7) + 1) / 2, others);
        }
        assertEquals(0, FollowUpPolicy.sample(closed(10, 0, 1), 0, 100).size());
        assertEquals(10, FollowUpPolicy.sample(closed(10, 0, 1), 100, 0).size());
    }

    @Test
    void sample_isTheSameForEverybody_andNotTheOldestOnes() {
        var month = new ArrayList<>(IntStream.range(0, 100).mapToObj(i -> new Closed(new UUID(0x0190_0000_0000_7000L + ((long) i << 16), 42), false, false)).toList());
        var sample = FollowUpPolicy.sample(month, 50, 100);
        var oldest = month.subList(0, 50).stream().map(Closed::id).toList();
        Collections.shuffle(month, new Random(3));
        assertEquals(sample, FollowUpPolicy.sample(month, 50, 100));
        assertNotEquals(50, oldest.stream().filter(sample::contains).count());
        long early = oldest.stream().filter(sample::contains).count();
        assertTrue(early > 12 && early < 38, "about half of each half: " + early);
    }

    @Test
    void whoWasAsked_counts_howeverManyCloseLater() {
        var month = new ArrayList<>(closed(10, 0, 5));
        var first = FollowUpPolicy.sample(month, 50, 100);
        var asked = new ArrayList<>(month.stream().map(each -> new Closed(each.id(), false, first.contains(each.id()))).toList());
        asked.addAll(closed(10, 0, 6));
        var later = FollowUpPolicy.sample(asked, 50, 100);
        assertTrue(later.containsAll(first));
        assertEquals(10, later.size());
    }
}
