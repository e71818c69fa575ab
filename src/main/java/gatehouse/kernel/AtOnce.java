package gatehouse.kernel;

import java.util.Collection;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** Does something to many, some of them at the same time, each straight down on a virtual thread of its own. */
public final class AtOnce implements AutoCloseable {
    private final ExecutorService lines;

    /** {@code most}: so many at the same time. */
    public AtOnce(String name, int most) {
        this.lines = Executors.newFixedThreadPool(most, Thread.ofVirtual().name(name, 0).factory());
    }

    /** Returns when it was done to all of them; fails as the first of them that failed, when the others are through. */
    public <T> void each(Collection<T> all, Consumer<T> work) {
        var works = all.stream().map(one -> (Callable<Void>) () -> {
            work.accept(one);
            return null;
        }).toList();
        try {
            for (Future<Void> done : lines.invokeAll(works)) {
                done.get();
            }
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(failed.getCause());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends what is still under way. */
    @Override
    public void close() {
        lines.shutdownNow();
    }
}
