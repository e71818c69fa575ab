package gatehouse.load;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** SIGTERM under load: unready is said first, what was sent is answered, nothing stays behind; a balancer would have sent nobody any more. */
final class Farewell {
    /** What a JVM ends with after a signal and its orderly shutdown. */
    private static final int SIGTERM_EXIT = 128 + 15;
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final int ENOUGH = 150;

    private Farewell() {
    }

    /** Stops the product under the reports of households from that number on, starts it again, and counts. */
    static Count of(Product product, Town town, int from) throws InterruptedException, SQLException {
        var faults = new ArrayList<String>();
        var ready = new AtomicBoolean(true);
        var reports = Crowd.reporters(product, product, town, from, new Reporter.Patience() {
            @Override
            public boolean goesOn() {
                return ready.get();
            }

            @Override
            public boolean wantsEveryAnswer() {
                return true;
            }
        });
        try {
            reports.begin();
            while (reports.answers() < ENOUGH) {
                Thread.sleep(2);
            }
            var postmaster = product.postmaster();
            var lastSaid = new AtomicInteger();
            var balancer = Thread.startVirtualThread(() -> {
                int status = product.readiness();
                while (status == 200) {
                    status = product.readiness();
                }
                lastSaid.set(status);
                ready.set(false);
            });
            int exitCode = product.terminate();
            balancer.join(PATIENCE);
            reports.awaitHome(PATIENCE);
            if (exitCode != SIGTERM_EXIT) {
                faults.add("ended with " + exitCode + ", by something else than the signal it was sent");
            }
            if (postmaster.isAlive() || product.hasPostmasterFile()) {
                faults.add("its PostgreSQL still runs, or was not stopped cleanly");
            }
            if (lastSaid.get() != 503) {
                faults.add("the door closed before anybody was told: " + lastSaid);
            }
        } finally {
            reports.dismiss();
        }
        product.start();
        try (var connection = product.connect()) {
            return reports.count(connection).with(faults);
        }
    }
}
