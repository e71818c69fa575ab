package gatehouse.identity;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Many at the same moment. */
final class Together {
    private Together() {
    }

    /** What each returned or threw, in order. */
    static List<Object> run(int times, Callable<?> work) throws InterruptedException {
        var start = new CountDownLatch(1);
        var outcomes = new ArrayList<Object>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = new ArrayList<Future<?>>();
            for (int i = 0; i < times; i++) {
                running.add(threads.submit(() -> {
                    start.await();
                    return work.call();
                }));
            }
            start.countDown();
            for (var each : running) {
                try {
                    outcomes.add(each.get());
                } catch (ExecutionException failed) {
                    outcomes.add(failed.getCause());
                }
            }
        }
        return outcomes;
    }
}
