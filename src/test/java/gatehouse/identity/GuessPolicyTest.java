package gatehouse.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.identity.GuessPolicy.Counter;
import gatehouse.identity.GuessPolicy.Subject;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GuessPolicyTest {
    private static final OffsetDateTime NOON = OffsetDateTime.parse("2026-11-22T12:00:00+08:00");
    private static final Counter NEVER = new Counter(0, NOON, NOON);

    private static Counter failures(Subject subject, int times) {
        var counter = NEVER;
        for (int i = 0; i < times; i++) {
            counter = GuessPolicy.afterFailure(subject, counter, NOON);
        }
        return counter;
    }

    @Test
    void delay_upToFourFailures_isNone() {
        assertEquals(Optional.empty(), GuessPolicy.delay(Subject.PHONE, NEVER, false, NOON));
        assertEquals(Optional.empty(), GuessPolicy.delay(Subject.PHONE, failures(Subject.PHONE, 4), false, NOON));
    }

    @Test
    void delay_fromTheFifthFailure_doublesToAQuarterOfAnHourAndNoFurther() {
        assertEquals(Optional.of(Duration.ofSeconds(10)), GuessPolicy.delay(Subject.PHONE, failures(Subject.PHONE, 5), false, NOON));
        assertEquals(Optional.of(Duration.ofSeconds(20)), GuessPolicy.delay(Subject.PHONE, failures(Subject.PHONE, 6), false, NOON));
        assertEquals(Optional.of(Duration.ofSeconds(640)), GuessPolicy.delay(Subject.PHONE, failures(Subject.PHONE, 11), false, NOON));
        assertEquals(Optional.of(Duration.ofMinutes(15)), GuessPolicy.delay(Subject.PHONE, failures(Subject.PHONE, 12), false, NOON));
        assertEquals(Optional.of(Duration.ofMinutes(15)), GuessPolicy.delay(Subject.PHONE, failures(Subject.PHONE, 10_000), false, NOON));
    }

    @Test
    void delay_runsFromTheLastFailureAndEndsToTheMoment() {
        var counter = failures(Subject.PHONE, 5);
        assertEquals(Optional.of(Duration.ofMillis(1)), GuessPolicy.delay(Subject.PHONE, counter, false, NOON.plusSeconds(10).minusNanos(1_000_000)));
        assertEquals(Optional.empty(), GuessPolicy.delay(Subject.PHONE, counter, false, NOON.plusSeconds(10)));
    }

    @Test
    void afterFailure_anHourLater_countsFromOne() {
        assertEquals(1, GuessPolicy.afterFailure(Subject.PHONE, failures(Subject.PHONE, 9), NOON.plusHours(1)).failures());
        assertEquals(10, GuessPolicy.afterFailure(Subject.PHONE, failures(Subject.PHONE, 9), NOON.plusMinutes(59)).failures());
    }

    @Test
    void delay_ofAnAddress_takesHundredsAndEndsWithItsWindow() {
        assertEquals(Optional.empty(), GuessPolicy.delay(Subject.SOURCE, failures(Subject.SOURCE, 299), false, NOON));
        var counter = failures(Subject.SOURCE, 300);
        assertEquals(Optional.of(Duration.ofMinutes(5)), GuessPolicy.delay(Subject.SOURCE, counter, false, NOON.plusMinutes(10)));
        assertEquals(Optional.empty(), GuessPolicy.delay(Subject.SOURCE, counter, false, NOON.plusMinutes(15)));
        assertEquals(1, GuessPolicy.afterFailure(Subject.SOURCE, counter, NOON.plusMinutes(15)).failures());
    }

    @Test
    void delay_ofAnAddress_letsTheBlamelessThroughInATrickle() {
        var counter = failures(Subject.SOURCE, 5_000);
        assertEquals(Optional.of(Duration.ofSeconds(2)), GuessPolicy.delay(Subject.SOURCE, counter, true, NOON));
        assertEquals(Optional.empty(), GuessPolicy.delay(Subject.SOURCE, counter, true, NOON.plusSeconds(2)));
        assertEquals(Optional.of(Duration.ofSeconds(10)), GuessPolicy.delay(Subject.PHONE, failures(Subject.PHONE, 5), true, NOON));
    }

    @Test
    void delay_whateverWasCounted_isNeverLongerThanAQuarterOfAnHour() {
        for (var subject : Subject.values()) {
            for (int failures = 0; failures < 400; failures++) {
                var delay = GuessPolicy.delay(subject, failures(subject, failures), false, NOON);
                assertTrue(delay.isEmpty() || delay.get().compareTo(GuessPolicy.LONGEST_DELAY) <= 0, subject + " " + failures);
            }
        }
    }
}
