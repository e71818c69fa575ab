package gatehouse.jobs;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * Something done by the clock.
 *
 * @param name     its name for good: it is the key of its runs
 * @param reach    once for all, or once for each compound
 * @param lookBack how long after its hour it is still worth doing; an hour missed by more is skipped
 * @param body     runs on a virtual thread and may wait for the database. It may be run again after a crash, so it either finds what
 *                 it did already or ends its one transaction with {@link JobRun#finish}
 */
public record Job(String name, Reach reach, When when, Duration lookBack, Consumer<JobRun> body) {
    /** Long enough for a restart and for a second attempt, short enough that nobody hears of 9:00 at noon. */
    private static final Duration SKIPPED_AFTER = Duration.ofMinutes(15);
    private static final Duration LONGEST_LOOK_BACK = Duration.ofDays(7);

    public enum Reach { ONCE_FOR_ALL, EACH_COMPOUND }

    public Job {
        if (!name.matches("[a-z0-9]+(-[a-z0-9]+)*")) {
            throw new IllegalArgumentException("a job is named like sweep-keys, not " + name);
        }
        if (lookBack.isNegative() || lookBack.compareTo(LONGEST_LOOK_BACK) > 0) {
            throw new IllegalArgumentException("a job looks back at most " + LONGEST_LOOK_BACK);
        }
    }

    /** Done once for all compounds together; a missed hour is skipped. */
    public static Job onceForAll(String name, When when, Consumer<JobRun> body) {
        return new Job(name, Reach.ONCE_FOR_ALL, when, SKIPPED_AFTER, body);
    }

    /** Done for each compound by itself; a missed hour is skipped. */
    public static Job forEachCompound(String name, When when, Consumer<JobRun> body) {
        return new Job(name, Reach.EACH_COMPOUND, when, SKIPPED_AFTER, body);
    }

    /** The same job, made up for up to so long after its hour. */
    public Job caughtUpWithin(Duration late) {
        return new Job(name, reach, when, late, body);
    }
}
