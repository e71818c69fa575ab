package gatehouse.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;

import gatehouse.identity.SessionPolicy.Tokens;
import gatehouse.identity.SessionPolicy.Worth;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SessionPolicyTest {
    private static final OffsetDateTime NOON = OffsetDateTime.parse("2026-11-22T12:00:00+08:00");
    private static final byte[] PRESENT = {1};
    private static final byte[] PREVIOUS = {2};
    private static final byte[] OLDER = {3};

    private static Tokens session(boolean ended) {
        return new Tokens(PRESENT, Optional.of(PREVIOUS), NOON, NOON.plusDays(30), ended);
    }

    @Test
    void judge_presentToken_isPresentUntilTheSessionExpires() {
        assertEquals(Worth.PRESENT, SessionPolicy.judge(session(false), PRESENT, NOON.plusDays(30).minusNanos(1_000)));
        assertEquals(Worth.OVER, SessionPolicy.judge(session(false), PRESENT, NOON.plusDays(30)));
        assertEquals(Worth.OVER, SessionPolicy.judge(session(true), PRESENT, NOON));
    }

    @Test
    void judge_previousToken_isALostReplyForAMinuteAndReuseAfterwards() {
        assertEquals(Worth.LOST_REPLY, SessionPolicy.judge(session(false), PREVIOUS, NOON.plusSeconds(60)));
        assertEquals(Worth.REUSED, SessionPolicy.judge(session(false), PREVIOUS, NOON.plusSeconds(60).plusNanos(1_000)));
    }

    @Test
    void judge_olderToken_isReuseAtOnce() {
        assertEquals(Worth.REUSED, SessionPolicy.judge(session(false), OLDER, NOON));
    }

    @Test
    void judge_firstTokenBeforeAnyRotation_hasNoPrevious() {
        var fresh = new Tokens(PRESENT, Optional.empty(), NOON, NOON.plusDays(30), false);
        assertEquals(Worth.REUSED, SessionPolicy.judge(fresh, PREVIOUS, NOON));
    }
}
