package gatehouse.architecture.bad.health;

import java.time.LocalDate;
import java.util.List;

final class QuietPolicy {
    private QuietPolicy() {
    }

    record Fact(LocalDate date, Kind kind) {
    }

    enum Kind { ONE, OTHER }

    static boolean judge(List<Fact> facts, LocalDate today) {
        return facts.stream().anyMatch(fact -> switch (fact.kind()) {
            case ONE -> fact.date().isBefore(today);
            case OTHER -> false;
        });
    }
}
