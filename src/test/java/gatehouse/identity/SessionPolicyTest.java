package gatehouse.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;

import gatehouse.identity.SessionPolicy.Course;
import gatehouse.identity.SessionPolicy.Shown;
import gatehouse.identity.SessionPolicy.Worth;
import java.time.OffsetDateTime;
import org.junit.jupiter.api.Test;

class SessionPolicyTest {
    private static final OffsetDateTime NOON = OffsetDateTime.parse("2026-11-22T12:00:00+08:00");
    private static final Course GOING = new Course(NOON, NOON.plusDays(30), false);
    private static final Course ENDED = new Course(NOON, NOON.plusDays(30), true);

    @Test
    void judge_presentToken_isPresentUntilTheSessionExpiresOrEnds() {
        assertEquals(Worth.PRESENT, SessionPolicy.judge(GOING, Shown.PRESENT, NOON.plusDays(30).minusNanos(1_000)));
        assertEquals(Worth.OVER, SessionPolicy.judge(GOING, Shown.PRESENT, NOON.plusDays(30)));
        assertEquals(Worth.OVER, SessionPolicy.judge(ENDED, Shown.PRESENT, NOON));
    }

    @Test
    void judge_previousToken_isALostReplyForAMinuteAndReuseAfterwards() {
        assertEquals(Worth.LOST_REPLY, SessionPolicy.judge(GOING, Shown.PREVIOUS, NOON.plusSeconds(60)));
        assertEquals(Worth.REUSED, SessionPolicy.judge(GOING, Shown.PREVIOUS, NOON.plusSeconds(60).plusNanos(1_000)));
        assertEquals(Worth.OVER, SessionPolicy.judge(ENDED, Shown.PREVIOUS, NOON));
    }

    @Test
    void judge_olderToken_isReuseAtOnce() {
        assertEquals(Worth.REUSED, SessionPolicy.judge(GOING, Shown.OLDER, NOON));
    }
}
