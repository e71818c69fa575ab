package gatehouse.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BusinessClockTest {
    private static BusinessClock at(String instant) {
        return new BusinessClock(() -> Instant.parse(instant));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-21T15:59:59.999Z, 2026-11-21",
        "2026-11-21T16:00:00Z, 2026-11-22",
        "2026-12-31T16:00:00Z, 2027-01-01",
        "2028-02-28T16:00:00Z, 2028-02-29",
        "2026-02-28T16:00:00Z, 2026-03-01"})
    void today_turnsAtMidnightInChina(String instant, LocalDate expected) {
        assertEquals(expected, at(instant).today());
    }

    @Test
    void now_carriesChinasOffset() {
        assertEquals(OffsetDateTime.parse("2026-11-22T08:59:59.999+08:00"), at("2026-11-22T00:59:59.999Z").now());
    }

    @Test
    void now_isCutToTheMicrosecondsThatTheDatabaseKeeps_neverRoundedUp() {
        assertEquals(OffsetDateTime.parse("2026-11-22T08:59:59.999999+08:00"), at("2026-11-22T00:59:59.999999999Z").now());
    }

    @Test
    void startingAt_anInstant_runsOnFromThere() throws InterruptedException {
        var start = Instant.parse("2030-01-01T00:00:00Z");
        var clock = BusinessClock.startingAt(start);
        var first = clock.now().toInstant();
        Thread.sleep(20);
        var later = clock.now().toInstant();
        assertTrue(Duration.between(start, first).abs().toSeconds() < 5);
        assertTrue(Duration.between(first, later).toMillis() >= 15);
    }
}
