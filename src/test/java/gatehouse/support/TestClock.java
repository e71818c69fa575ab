package gatehouse.support;

import gatehouse.kernel.BusinessClock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that stands still until it is moved. */
public final class TestClock implements InstantSource {
    private final AtomicReference<Instant> now;

    /** {@code start}: with offset, for instance {@code 2026-11-22T09:30:00+08:00}. */
    public TestClock(String start) {
        this.now = new AtomicReference<>(OffsetDateTime.parse(start).toInstant());
    }

    @Override
    public Instant instant() {
        return now.get();
    }

    public BusinessClock business() {
        return new BusinessClock(this);
    }

    public void move(Duration by) {
        now.updateAndGet(time -> time.plus(by));
    }

    public void set(String to) {
        now.set(OffsetDateTime.parse(to).toInstant());
    }
}
