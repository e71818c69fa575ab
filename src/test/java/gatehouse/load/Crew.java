package gatehouse.load;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** People who do one kind of thing without pause, whatever dies meanwhile, and the book of what they were answered. */
abstract class Crew {
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean stopping;

    /** Each runs until {@link #goesOn} says no and what it sent last was answered. */
    abstract List<? extends Runnable> people();

    abstract int answers();

    /** Compares the book with the database; when everybody is home. */
    abstract Count count(Connection connection) throws SQLException;

    final boolean goesOn() {
        return !stopping;
    }

    final void begin() {
        people().forEach(person -> threads.add(Thread.startVirtualThread(person)));
    }

    void stop() {
        stopping = true;
    }

    final void awaitHome(Duration patience) throws InterruptedException {
        for (var thread : threads) {
            if (!thread.join(patience)) {
                throw new IllegalStateException("somebody still waits for an answer: " + getClass().getSimpleName() + ", " + answers() + " answers");
            }
        }
    }

    /** Sends everybody away, answered or not. */
    final void dismiss() {
        stop();
        try {
            for (var thread : threads) {
                thread.interrupt();
                thread.join();
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
