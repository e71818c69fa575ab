package gatehouse.monitor;

import gatehouse.kernel.Statements;
import java.time.LocalDate;

/** A feature's share of the live picture. Each feature brings its own; none knows of the others. */
@FunctionalInterface
public interface FigureSource {
    /**
     * Adds to {@code tally} this feature's figures of that day within that sight. It reads the day's rows, never the years': it is
     * asked up to twice a second while somebody looks. Whoever changes one of its figures says so by {@link gatehouse.kernel.Tx#changes}.
     */
    void count(Statements database, Sight sight, LocalDate date, Tally tally);
}
