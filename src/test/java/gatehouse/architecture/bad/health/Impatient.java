package gatehouse.architecture.bad.health;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Date;
import java.util.function.Supplier;

final class Impatient {
    private Impatient() {
    }

    static Instant instant() {
        return Instant.now();
    }

    static LocalDate localDate() {
        return LocalDate.now();
    }

    static OffsetDateTime inAZone() {
        return OffsetDateTime.now(ZoneId.of("Asia/Shanghai"));
    }

    static long millis() {
        return System.currentTimeMillis();
    }

    static Date date() {
        return new Date();
    }

    static Supplier<Instant> reference() {
        return Instant::now;
    }

    static Clock systemClock() {
        return Clock.systemUTC();
    }

    static long measuring() {
        return System.nanoTime();
    }

    static Instant given(Clock clock) {
        return Instant.now(clock);
    }
}
