package gatehouse.load;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** One fault and what came of it: a line of the table. {@code recovered}: the longest time until work went on, zero where nothing stopped. */
record Outcome(String fault, String done, Count count, Duration recovered) {
    static Outcome of(String fault, String done, Count count) {
        return new Outcome(fault, done, count, Duration.ZERO);
    }

    /** Of something that has nothing to count but whether it held. */
    static Outcome of(String fault, String done, List<String> faults) {
        return of(fault, done, new Count("", 0, 0, 0, 0, faults));
    }

    boolean holds() {
        return count.faults().isEmpty() && count.lost() == 0 && count.doubled() == 0;
    }

    static String heading() {
        return "| %-42s | %-84s | %12s | %4s | %7s | %9s | %s |%n|%s|".formatted("fault", "what was done", "acknowledged", "lost", "doubled", "recovery", "verdict",
                "---|---|---:|---:|---:|---:|---").formatted();
    }

    @Override
    public String toString() {
        return "| %-42s | %-84s | %,12d | %4d | %7d | %9s | %s |".formatted(fault, done, count.acknowledged(), count.lost(), count.doubled(),
                recovered.isZero() ? "" : String.format(Locale.ROOT, "%.1f s", recovered.toMillis() / 1e3), holds() ? "holds" : "FAILS");
    }
}
