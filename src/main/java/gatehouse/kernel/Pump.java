package gatehouse.kernel;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * The rhythm of what empties a table: turn after turn while there is more, then a pause that {@link #wake} ends early. A turn that fails comes
 * again after a pause; whoever reports it hears whether the turn before failed as well, and when it works again.
 */
public final class Pump implements AutoCloseable {
    private final Duration idlePause;
    private final BooleanSupplier turn;
    private final Report report;
    private final Duration patience;
    private final Semaphore work = new Semaphore(0);
    private final Thread thread;
    private volatile boolean closing;
    private boolean failing;

    /** Who hears how it goes. */
    public interface Report {
        /** A turn failed; {@code again}: as the one before it did. */
        void failed(RuntimeException fault, boolean again);

        /** A turn went well after one or more that did not. */
        default void recovered() {
        }
    }

    /**
     * Not started yet.
     *
     * @param turn     does some of what there is, straight down; true where there is more
     * @param patience how long {@link #close} waits for the turn in hand
     */
    public Pump(String name, Duration idlePause, Duration patience, BooleanSupplier turn, Report report) {
        this.idlePause = idlePause;
        this.patience = patience;
        this.turn = turn;
        this.report = report;
        this.thread = Thread.ofVirtual().name(name).unstarted(this::run);
    }

    public void start() {
        thread.start();
    }

    /** There is something to do. */
    public void wake() {
        work.release();
    }

    /** Whether the turn in hand should be the last. */
    public boolean isClosing() {
        return closing;
    }

    private void run() {
        while (!closing) {
            boolean more = false;
            try {
                more = turn.getAsBoolean();
                if (failing) {
                    failing = false;
                    report.recovered();
                }
            } catch (RuntimeException fault) {
                report.failed(fault, failing);
                failing = true;
            }
            if (!more && !rested()) {
                return;
            }
        }
    }

    private boolean rested() {
        try {
            work.tryAcquire(idlePause.toMillis(), TimeUnit.MILLISECONDS);
            work.drainPermits();
            return true;
        } catch (InterruptedException stopped) {
            return false;
        }
    }

    /** Finishes the turn in hand and stops. */
    @Override
    public void close() {
        closing = true;
        wake();
        try {
            if (thread.getState() != Thread.State.NEW) {
                thread.join(patience);
            }
        } catch (InterruptedException impatient) {
            Thread.currentThread().interrupt();
        }
    }
}
