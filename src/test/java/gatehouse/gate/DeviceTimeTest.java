package gatehouse.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceTimeTest {
    private static final OffsetDateTime NOW = OffsetDateTime.parse("2026-11-22T09:30:00+08:00");
    private static final Duration TOLERATED = Duration.ofMinutes(2);
    private static final int TIMES = 2_000;
    private final Random random = new Random();

    private static DeviceTime of(@Nullable OffsetDateTime told, @Nullable OffsetDateTime sentAt) {
        return DeviceTime.of(new ToldTime(told, sentAt), NOW);
    }

    private Duration upTo(Duration most) {
        return Duration.ofMillis(random.nextLong(most.toMillis() + 1));
    }

    @Test
    void whatTellsNoTime_happensNow() {
        assertEquals(new DeviceTime(NOW, NOW, false, false), DeviceTime.of(ToldTime.NOTHING, NOW));
        assertEquals(new DeviceTime(NOW, NOW, false, false), of(null, NOW.minusHours(1)));
    }

    @Test
    void rightClock_isBelievedAsItIs_alsoWithoutItsTimeOfSending() {
        var told = NOW.minusMinutes(14);
        assertEquals(new DeviceTime(told, NOW, true, false), of(told, null));
        assertEquals(new DeviceTime(told, NOW, true, false), of(told, NOW));
        assertEquals(new DeviceTime(told.plusSeconds(3), NOW, true, false), of(told, NOW.minusSeconds(3)), "it was on its way for so long");
        assertEquals(new DeviceTime(NOW, NOW, false, false), of(NOW.plusSeconds(30), null), "nothing has not happened yet");
    }

    /** Codes are good for less than a minute: what is too little to tell anybody of is put right as well. */
    @ParameterizedTest
    @ValueSource(ints = {-110, -90, -45, 45, 90, 110})
    void clockThatIsALittleWrong_isPutRightWithoutAWord(int aheadSeconds) {
        var happened = NOW.minusMinutes(14);
        assertEquals(new DeviceTime(happened, NOW, true, false), of(happened.plusSeconds(aheadSeconds), NOW.plusSeconds(aheadSeconds)));
        assertEquals(new DeviceTime(NOW, NOW, false, false), of(NOW.plusSeconds(aheadSeconds), NOW.plusSeconds(aheadSeconds)));
    }

    /** However wrong its clock, and however long it had no network. */
    @Test
    void clockThatIsWrong_isPutRightByTheTimeOfSending() {
        for (int time = 0; time < TIMES; time++) {
            var behind = random.nextBoolean() ? upTo(Duration.ofDays(400)) : upTo(Duration.ofHours(2)).negated();
            var onItsWay = upTo(Duration.ofSeconds(30));
            var sent = NOW.minus(onItsWay);
            var happened = sent.minus(upTo(Duration.ofDays(2)));
            var device = of(happened.minus(behind), sent.minus(behind));
            boolean wrong = behind.plus(onItsWay).abs().compareTo(TOLERATED) > 0;
            assertEquals(wrong, device.clockWrong());
            var error = Duration.between(happened, device.at());
            assertTrue(error.abs().compareTo(onItsWay) <= 0, () -> "behind by %s, wrong by %s".formatted(behind, error));
            assertEquals(device.at().isBefore(NOW.minusMinutes(1)), device.offline());
        }
    }

    /** It says how long ago something happened, which any clock may say, and can make nothing later than it was received. */
    @Test
    void liar_gainsNoTimeThatCouldNotBeToldByARightClock() {
        for (int time = 0; time < TIMES; time++) {
            var told = NOW.minus(upTo(Duration.ofDays(3))).plus(upTo(Duration.ofDays(3)));
            var sentAt = NOW.minus(upTo(Duration.ofDays(3))).plus(upTo(Duration.ofDays(3)));
            var device = of(told, sentAt);
            assertFalse(device.at().isAfter(NOW));
            assertEquals(device.at(), of(device.at(), null).at());
            assertEquals(device.at(), of(device.at(), NOW).at());
        }
    }

    @Test
    void futureThatNoClockExplains_isNow() {
        assertEquals(new DeviceTime(NOW, NOW, false, true), of(NOW.plusHours(1), null));
        assertEquals(new DeviceTime(NOW, NOW, false, true), of(NOW.plusHours(1), NOW));
        assertEquals(new DeviceTime(NOW, NOW, false, true), of(NOW.minusMinutes(50), NOW.minusHours(1)));
    }

    @Test
    void whatWouldHaveWaitedForYears_standsAsItIsTold() {
        var told = OffsetDateTime.parse("1902-01-01T00:00:00Z");
        assertEquals(told.toInstant(), of(told, OffsetDateTime.parse("2199-01-01T00:00:00Z")).at().toInstant());
        var emptyBattery = OffsetDateTime.parse("1970-01-01T00:10:00Z");
        assertEquals(new DeviceTime(NOW.minusMinutes(9), NOW, true, true), of(emptyBattery.minusMinutes(9), emptyBattery));
    }

    @Test
    void sameThingToldAgain_isKnownAgain_alsoWhereItWasPutRight() {
        var behind = of(NOW.minusMinutes(90), NOW.minusHours(1));
        assertTrue(behind.isAgain(NOW.minusMinutes(30).plusSeconds(2)));
        assertFalse(behind.isAgain(NOW.minusMinutes(33)));
        assertTrue(of(NOW.minusMinutes(30), NOW).isAgain(NOW.minusMinutes(30)));
        assertTrue(of(NOW.minusMinutes(30), NOW).isAgain(NOW.minusMinutes(30).plusSeconds(2)), "two requests are not on their way for equally long");
        assertFalse(of(NOW.minusMinutes(30), NOW).isAgain(NOW.minusMinutes(29)));
    }
}
