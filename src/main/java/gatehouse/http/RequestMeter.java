package gatehouse.http;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Times every request by operation and status, counts those under way, and logs the slow and the failed. */
public final class RequestMeter {
    private static final Logger LOG = LoggerFactory.getLogger("gatehouse.access");
    private static final long SLOW_NANOS = Duration.ofSeconds(1).toNanos();

    private record Key(String operationId, int status) {
    }

    private final MeterRegistry registry;
    private final Map<Key, Timer> timers = new ConcurrentHashMap<>();
    private final AtomicInteger underWay;

    public RequestMeter(MeterRegistry registry) {
        this.registry = registry;
        this.underWay = registry.gauge("gatehouse_requests_under_way", new AtomicInteger());
    }

    void watch(Sse streams) {
        registry.gauge("gatehouse_streams_open", streams, Sse::count);
    }

    int underWay() {
        return underWay.get();
    }

    Timing begin(String operationId) {
        underWay.incrementAndGet();
        return new Timing(operationId, System.nanoTime());
    }

    final class Timing {
        private final String operationId;
        private final long startNanos;

        private Timing(String operationId, long startNanos) {
            this.operationId = operationId;
            this.startNanos = startNanos;
        }

        void end(int status) {
            underWay.decrementAndGet();
            long nanos = System.nanoTime() - startNanos;
            timers.computeIfAbsent(new Key(operationId, status), key -> Timer.builder("gatehouse_requests")
                    .tag("operation", operationId).tag("status", String.valueOf(status))
                    .serviceLevelObjectives(Duration.ofMillis(5), Duration.ofMillis(20), Duration.ofMillis(100), Duration.ofMillis(500),
                            Duration.ofSeconds(2))
                    .register(registry)).record(nanos, TimeUnit.NANOSECONDS);
            if (status >= 500 || nanos > SLOW_NANOS) {
                LOG.warn("request: operation={} status={} millis={}", operationId, status, nanos / 1_000_000);
            } else {
                LOG.debug("request: operation={} status={} millis={}", operationId, status, nanos / 1_000_000);
            }
        }
    }
}
