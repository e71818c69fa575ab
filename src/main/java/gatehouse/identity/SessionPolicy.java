package gatehouse.identity;

import java.time.Duration;
import java.time.OffsetDateTime;

/** What a refresh token that is not the session's present one is worth. */
final class SessionPolicy {
    /** A session that is not used for so long is over. */
    static final Duration LIFETIME = Duration.ofDays(30);
    /** The token before the present one still counts for so long: its reply may have been lost. */
    static final Duration GRACE = Duration.ofSeconds(60);

    /** Which of a session's tokens somebody shows; one that is neither is an older one, for nobody else knows the session. */
    enum Shown { PRESENT, PREVIOUS, OLDER }

    /** How long a session has been going and goes on. */
    record Course(OffsetDateTime rotatedAt, OffsetDateTime expiresAt, boolean ended) {
    }

    enum Worth {
        /** It is the present one: rotate. */
        PRESENT,
        /** It was the present one a moment ago: give its successor again. */
        LOST_REPLY,
        /** Somebody uses a token that was used up: end the session. */
        REUSED,
        /** The session is over. */
        OVER
    }

    private SessionPolicy() {
    }

    static boolean isLive(Course session, OffsetDateTime now) {
        return !session.ended && now.isBefore(session.expiresAt);
    }

    static Worth judge(Course session, Shown shown, OffsetDateTime now) {
        if (!isLive(session, now)) {
            return Worth.OVER;
        }
        return switch (shown) {
            case PRESENT -> Worth.PRESENT;
            case PREVIOUS -> now.isAfter(session.rotatedAt.plus(GRACE)) ? Worth.REUSED : Worth.LOST_REPLY;
            case OLDER -> Worth.REUSED;
        };
    }
}
