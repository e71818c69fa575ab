package gatehouse.health;

import static org.junit.jupiter.api.Assertions.assertEquals;

import gatehouse.health.RiskListPolicy.Merged;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RiskListPolicyTest {
    private static final RiskRegion CHAOYANG = region("110105", RiskLevel.MEDIUM, "2026-11-01", null);
    private static final RiskRegion WUHAN = region("420100", RiskLevel.HIGH, "2026-11-05", null);

    private static RiskRegion region(String code, RiskLevel level, String from, @Nullable String to) {
        return new RiskRegion(code, "某地", level, LocalDate.parse(from), to == null ? null : LocalDate.parse(to));
    }

    @Test
    void whatIsNew_isAdded_andNothingIsTakenOff() {
        assertEquals(new Merged(List.of(CHAOYANG, WUHAN), 1, 0, 0, List.of()), RiskListPolicy.merge(List.of(CHAOYANG), List.of(WUHAN)));
        assertEquals(new Merged(List.of(CHAOYANG), 0, 0, 0, List.of()), RiskListPolicy.merge(List.of(CHAOYANG), List.of()));
    }

    @Test
    void whatIsSaidAnewOfTheSameListing_replacesIt() {
        var ended = region("110105", RiskLevel.MEDIUM, "2026-11-01", "2026-11-20");
        assertEquals(new Merged(List.of(ended, WUHAN), 0, 1, 1, List.of()), RiskListPolicy.merge(List.of(CHAOYANG, WUHAN), List.of(WUHAN, ended)));
        var listedAgain = region("110105", RiskLevel.HIGH, "2026-11-21", null);
        assertEquals(new Merged(List.of(CHAOYANG, listedAgain), 1, 0, 0, List.of()), RiskListPolicy.merge(List.of(CHAOYANG), List.of(listedAgain)),
                "on another day it is another listing");
        var raised = region("110105", RiskLevel.HIGH, "2026-11-01", null);
        assertEquals(new Merged(List.of(raised), 0, 1, 0, List.of()), RiskListPolicy.merge(List.of(CHAOYANG, raised), List.of(raised)),
                "of two entries of one listing the file's remains");
    }

    @Test
    void sameFileAgain_changesNothing_andItsRepetitionsAreNamed() {
        var file = List.of(CHAOYANG, WUHAN, region("110105", RiskLevel.HIGH, "2026-11-01", null));
        var first = RiskListPolicy.merge(List.of(), file);
        assertEquals(new Merged(List.of(CHAOYANG, WUHAN), 2, 0, 0, List.of(2)), first);
        assertEquals(new Merged(List.of(CHAOYANG, WUHAN), 0, 0, 2, List.of(2)), RiskListPolicy.merge(first.list(), file));
    }
}
