package gatehouse;

import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What was started, so that all of it is stopped, last first, whatever one of them does. */
final class Running {

    private static final Logger LOG = LoggerFactory.getLogger(Running.class);

    private record Part(String name, Runnable stop) {
    }

    private final Deque<Part> parts = new ConcurrentLinkedDeque<>();

    <T> T add(String name, T part, Consumer<? super T> stop) {
        parts.push(new Part(name, () -> stop.accept(part)));
        return part;
    }

    /** Starts something beside the rest. Stopping waits for it, so that what it adds is stopped too. */
    <T> CompletableFuture<T> begin(String name, Supplier<T> start) {
        CompletableFuture<T> begun = CompletableFuture.supplyAsync(start, Thread::startVirtualThread);
        return add(name, begun, it -> it.handle((result, failure) -> result).join());
    }

    /** Waits for what {@link #begin} began and throws as it threw. */
    static <T> T result(CompletableFuture<T> begun) {
        try {
            return begun.join();
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(failed.getCause());
        }
    }

    void stopAll() {
        for (Part part = parts.poll(); part != null; part = parts.poll()) {
            try {
                part.stop().run();
            } catch (RuntimeException failed) {
                LOG.error("{} did not stop cleanly", part.name(), failed);
            }
        }
    }
}
