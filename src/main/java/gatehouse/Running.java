package gatehouse;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What was started, so that all of it is stopped, last first, whatever one of them does. */
final class Running {

    private static final Logger LOG = LoggerFactory.getLogger(Running.class);

    private record Part(String name, Runnable stop) {
    }

    private final Deque<Part> parts = new ArrayDeque<>();

    synchronized <T> T add(String name, T part, Consumer<? super T> stop) {
        parts.push(new Part(name, () -> stop.accept(part)));
        return part;
    }

    synchronized void stopAll() {
        while (!parts.isEmpty()) {
            Part part = parts.pop();
            try {
                part.stop().run();
            } catch (RuntimeException failed) {
                LOG.error("{} did not stop cleanly", part.name(), failed);
            }
        }
    }
}
