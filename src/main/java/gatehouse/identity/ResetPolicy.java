package gatehouse.identity;

import java.time.Duration;
import java.time.OffsetDateTime;

/** How long a code for a lost password is good, and how often it may be typed wrongly: pure functions. */
final class ResetPolicy {
    /** Two people stand beside each other. */
    static final Duration GOOD_FOR = Duration.ofMinutes(15);
    static final int MOST_FAILURES = 5;

    private ResetPolicy() {
    }

    static boolean isGood(OffsetDateTime expiresAt, int failures, OffsetDateTime now) {
        return now.isBefore(expiresAt) && failures < MOST_FAILURES;
    }
}
