package gatehouse.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class AwaitTest {
    @Test
    void on_aFailedFuture_throwsItsCauseItself() {
        var problem = Problem.of(ProblemType.NOT_FOUND);
        assertSame(problem, assertThrows(Problem.class, () -> Await.on(Future.failedFuture(problem))));
        var wrapped = assertThrows(IllegalStateException.class, () -> Await.on(Future.failedFuture(new IOException("disk"))));
        assertInstanceOf(IOException.class, wrapped.getCause());
    }

    @Test
    void on_anEventLoop_isRefused_becauseItWouldStopEverybody() throws Exception {
        var vertx = Vertx.vertx();
        try {
            var outcome = new CompletableFuture<Throwable>();
            vertx.runOnContext(nothing -> outcome.complete(
                    assertThrows(IllegalStateException.class, () -> Await.on(Promise.promise().future()))));
            assertEquals("an event loop must not wait", outcome.get(5, TimeUnit.SECONDS).getMessage());
        } finally {
            Await.on(vertx.close());
        }
    }

    @Test
    void on_anInterruptedThread_isUnavailable_andKeepsTheInterruption() {
        Thread.currentThread().interrupt();
        var problem = assertThrows(Problem.class, () -> Await.on(Promise.promise().future()));
        assertEquals(ProblemType.UNAVAILABLE, problem.type());
        assertTrue(Thread.interrupted());
    }
}
