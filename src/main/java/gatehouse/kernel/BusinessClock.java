package gatehouse.kernel;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;

/** The only place where the product reads the time. Business dates and hours are those of Asia/Shanghai. */
public final class BusinessClock {
    /** All of China keeps one civil time; see decision 0005. */
    public static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    private final InstantSource source;

    public BusinessClock(InstantSource source) {
        this.source = source;
    }

    public static BusinessClock system() {
        return new BusinessClock(InstantSource.system());
    }

    /** A clock that shows {@code start} now and runs on from there; for the demonstration and for tests only. */
    public static BusinessClock startingAt(Instant start) {
        var ahead = Duration.between(Instant.now(), start);
        return new BusinessClock(() -> Instant.now().plus(ahead));
    }

    /** Now, cut to the microseconds that PostgreSQL keeps, with China's offset. */
    public OffsetDateTime now() {
        return source.instant().truncatedTo(ChronoUnit.MICROS).atZone(ZONE).toOffsetDateTime();
    }

    public LocalDate today() {
        return now().toLocalDate();
    }
}
