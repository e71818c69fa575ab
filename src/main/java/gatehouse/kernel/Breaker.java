package gatehouse.kernel;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Stops calls that would only wait: after some failures in a row it is open for a while, then lets one through, and is closed by its
 * success. In the memory of one instance, because each finds out by itself soon enough.
 */
public final class Breaker {
    public static final int FAILURES = 5;
    public static final Duration FIRST_PAUSE = Duration.ofSeconds(10);
    static final Duration LONGEST_PAUSE = Duration.ofMinutes(2);

    private final ReentrantLock lock = new ReentrantLock();
    private int failures;
    private Duration pause = FIRST_PAUSE;
    private OffsetDateTime closedUntil = OffsetDateTime.MIN;

    /** How long to wait, where the call must not be made. Whoever is let through after a pause is the only one for another. */
    public Optional<Duration> refuses(OffsetDateTime now) {
        lock.lock();
        try {
            if (failures < FAILURES) {
                return Optional.empty();
            }
            if (now.isBefore(closedUntil)) {
                return Optional.of(Duration.between(now, closedUntil));
            }
            closedUntil = now.plus(pause);
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    /** True where it was open until now. */
    public boolean succeeded() {
        lock.lock();
        try {
            boolean wasOpen = failures >= FAILURES;
            failures = 0;
            pause = FIRST_PAUSE;
            return wasOpen;
        } finally {
            lock.unlock();
        }
    }

    /** True where it opens by this failure. */
    public boolean failed(OffsetDateTime now) {
        lock.lock();
        try {
            failures++;
            if (failures > FAILURES) {
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
            }
            closedUntil = now.plus(pause);
            return failures == FAILURES;
        } finally {
            lock.unlock();
        }
    }
}
