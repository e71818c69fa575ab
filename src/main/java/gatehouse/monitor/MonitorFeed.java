package gatehouse.monitor;

import gatehouse.http.Json;
import gatehouse.http.Sse;
import gatehouse.kernel.BusinessClock;
import gatehouse.kernel.Changes;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The live picture for all who look on. Those who see the same share one picture, so that it is counted once however many they are:
 * at once after a change, at most twice a second, and now and then anyway, so that nothing that nobody told of stays unseen.
 */
final class MonitorFeed implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MonitorFeed.class);
    private static final Duration REST = Duration.ofMillis(500);
    private static final Duration BEAT = Duration.ofSeconds(1);
    private static final Duration LOOK_ANYWAY = Duration.ofSeconds(15);

    private final MonitorPicture picture;
    private final BusinessClock clock;
    private final Executor virtualThreads;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Sight, Showing> showings = new HashMap<>();
    private boolean closed;

    MonitorFeed(MonitorPicture picture, BusinessClock clock, Changes changes, Executor virtualThreads) {
        this.picture = picture;
        this.clock = clock;
        this.virtualThreads = virtualThreads;
        changes.on(this::changed);
    }

    /** Today's picture of that sight, from now on. */
    Sse.Source of(Sight sight) {
        return listener -> follow(sight, listener);
    }

    private Runnable follow(Sight sight, Consumer<String> listener) {
        lock.lock();
        try {
            if (closed) {
                return () -> { };
            }
            var showing = showings.computeIfAbsent(sight, Showing::new);
            showing.join(listener);
            return () -> leave(showing, listener);
        } finally {
            lock.unlock();
        }
    }

    private void leave(Showing showing, Consumer<String> listener) {
        lock.lock();
        try {
            showing.listeners.remove(listener);
            showing.woken.signal();
        } finally {
            lock.unlock();
        }
    }

    private void changed(Predicate<UUID> compounds) {
        lock.lock();
        try {
            showings.values().stream().filter(showing -> showing.compounds.stream().anyMatch(compounds)).forEach(Showing::touch);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            showings.values().forEach(showing -> {
                showing.listeners.clear();
                showing.woken.signal();
            });
        } finally {
            lock.unlock();
        }
    }

    /** One picture and who looks at it; a virtual thread keeps it for as long as there is anybody. Its state is behind the feed's lock. */
    private final class Showing {
        private final Sight sight;
        private final Set<UUID> compounds;
        private final Condition woken = lock.newCondition();
        private final List<Consumer<String>> listeners = new ArrayList<>();
        private @Nullable String shown;
        private boolean touched = true;
        private boolean kept;
        private @Nullable LocalDate dateShown;
        private long shownAt;
        private boolean failing;

        Showing(Sight sight) {
            this.sight = sight;
            this.compounds = Set.of(sight.scope().compounds());
        }

        private void join(Consumer<String> listener) {
            if (listeners.isEmpty()) {
                // Kept for nobody, it may be old already.
                shown = null;
            }
            listeners.add(listener);
            if (shown != null) {
                listener.accept(shown);
            }
            touch();
            if (!kept) {
                kept = true;
                try {
                    virtualThreads.execute(this::keep);
                } catch (RejectedExecutionException stopping) {
                    kept = false;
                }
            }
        }

        private void touch() {
            touched = true;
            woken.signal();
        }

        private void keep() {
            try {
                while (waitForReason()) {
                    show();
                    Thread.sleep(REST);
                }
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
            }
        }

        /** False once nobody looks any more. */
        private boolean waitForReason() throws InterruptedException {
            lock.lock();
            try {
                while (!listeners.isEmpty() && !touched && !isOld()) {
                    woken.await(BEAT.toMillis(), TimeUnit.MILLISECONDS);
                }
                touched = false;
                if (listeners.isEmpty()) {
                    showings.remove(sight, this);
                    kept = false;
                }
                return kept;
            } finally {
                lock.unlock();
            }
        }

        private boolean isOld() {
            return System.nanoTime() - shownAt > LOOK_ANYWAY.toNanos() || !clock.today().equals(dateShown);
        }

        private void show() {
            var date = clock.today();
            try {
                var next = Json.writeText(picture.of(sight, date));
                failing = false;
                tell(next);
            } catch (RuntimeException unavailable) {
                if (!failing) {
                    failing = true;
                    LOG.warn("the live picture cannot be counted; it is tried again until it can", unavailable);
                }
            }
            dateShown = date;
            shownAt = failing ? System.nanoTime() - LOOK_ANYWAY.toNanos() + BEAT.toNanos() : System.nanoTime();
        }

        private void tell(String next) {
            lock.lock();
            try {
                if (!next.equals(shown)) {
                    shown = next;
                    listeners.forEach(listener -> listener.accept(next));
                }
            } finally {
                lock.unlock();
            }
        }
    }
}
