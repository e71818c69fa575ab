package gatehouse.identity;

import java.time.Duration;
import java.time.OffsetDateTime;

/** How long a browser waits for a phone. */
final class PortalLoginPolicy {
    /** From the picture to the session. */
    static final Duration LIFETIME = Duration.ofMinutes(2);
    /** Left to the browser to fetch what was confirmed. */
    static final Duration TO_FETCH = Duration.ofSeconds(10);
    /** Two digits, and as many of them to choose from. */
    static final int LEAST_NUMBER = 10;
    static final int NUMBERS = 90;
    static final int CHOICES = 3;

    private PortalLoginPolicy() {
    }

    static PortalLoginState stateAt(PortalLoginState kept, OffsetDateTime expiresAt, OffsetDateTime now) {
        return switch (kept) {
            case WAITING, SCANNED, CONFIRMED, EXPIRED -> now.isBefore(expiresAt) ? kept : PortalLoginState.EXPIRED;
            case REFUSED, USED -> kept;
        };
    }

    /** Whether a phone may still scan, confirm or refuse. */
    static boolean isOpen(OffsetDateTime expiresAt, OffsetDateTime now) {
        return now.isBefore(expiresAt.minus(TO_FETCH));
    }
}
