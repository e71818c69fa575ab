package gatehouse.identity;

import java.security.MessageDigest;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Optional;

/** What a refresh token that is not the session's present one is worth. */
final class SessionPolicy {
    /** A session that is not used for so long is over. */
    static final Duration LIFETIME = Duration.ofDays(30);
    /** The token before the present one still counts for so long: its reply may have been lost. */
    static final Duration GRACE = Duration.ofSeconds(60);

    /** A session as far as its tokens go. */
    record Tokens(byte[] presentHash, Optional<byte[]> previousHash, OffsetDateTime rotatedAt, OffsetDateTime expiresAt, boolean ended) {
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

    /** {@code presented}: the hash of the token that came. Any wrong secret of a living session counts as an old one of it. */
    static Worth judge(Tokens session, byte[] presented, OffsetDateTime now) {
        if (session.ended || !now.isBefore(session.expiresAt)) {
            return Worth.OVER;
        }
        if (MessageDigest.isEqual(session.presentHash, presented)) {
            return Worth.PRESENT;
        }
        boolean previous = session.previousHash.map(hash -> MessageDigest.isEqual(hash, presented)).orElse(false);
        return previous && !now.isAfter(session.rotatedAt.plus(GRACE)) ? Worth.LOST_REPLY : Worth.REUSED;
    }
}
