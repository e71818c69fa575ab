package gatehouse.kernel;

import io.vertx.core.Future;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for a Future on a virtual thread, so that code can be written straight down. */
public final class Await {
    /** No statement and no pool of this product may take longer; what does is answered as unavailable. */
    private static final long LIMIT_SECONDS = 30;

    private Await() {
    }

    public static <T> T on(Future<T> future) {
        if (!Thread.currentThread().isVirtual() && io.vertx.core.Context.isOnEventLoopThread()) {
            throw new IllegalStateException("an event loop must not wait");
        }
        try {
            return future.toCompletionStage().toCompletableFuture().get(LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(failed.getCause());
        } catch (TimeoutException late) {
            throw Problem.of(ProblemType.UNAVAILABLE).with("retryAfter", 5);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw Problem.of(ProblemType.UNAVAILABLE).with("retryAfter", 5);
        }
    }
}
