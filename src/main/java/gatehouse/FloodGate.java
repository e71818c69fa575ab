package gatehouse;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.event.KeyValuePair;

/**
 * Lets the same warning through a few times in a while, then only counts it, so that a dead database or a hanging neighbour does not
 * fill the disk. The next one after the while passes again and says in {@code suppressed} how many were held back.
 */
public final class FloodGate extends Filter<ILoggingEvent> {

    private static final int MOST_PER_WINDOW = 5;
    private static final long WINDOW_MILLIS = 10_000;
    private static final int MOST_KINDS = 256;

    private record Kind(String logger, Level level, String message, String error) {
    }

    private static final class Window {
        private long beganMillis;
        private int passed;
        private long heldBack;
    }

    private final Map<Kind, Window> windows = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Kind, Window> eldest) {
            return size() > MOST_KINDS;
        }
    };

    @Override
    public FilterReply decide(ILoggingEvent event) {
        if (!event.getLevel().isGreaterOrEqual(Level.WARN)) {
            return FilterReply.NEUTRAL;
        }
        String error = event.getThrowableProxy() == null ? "" : event.getThrowableProxy().getClassName();
        Kind kind = new Kind(event.getLoggerName(), event.getLevel(), event.getMessage(), error);
        synchronized (windows) {
            Window window = windows.computeIfAbsent(kind, first -> new Window());
            if (event.getTimeStamp() - window.beganMillis >= WINDOW_MILLIS) {
                if (window.heldBack > 0 && event instanceof LoggingEvent own) {
                    own.addKeyValuePair(new KeyValuePair("suppressed", window.heldBack));
                }
                window.beganMillis = event.getTimeStamp();
                window.passed = 0;
                window.heldBack = 0;
            }
            if (window.passed < MOST_PER_WINDOW) {
                window.passed++;
                return FilterReply.NEUTRAL;
            }
            window.heldBack++;
            return FilterReply.DENY;
        }
    }
}
