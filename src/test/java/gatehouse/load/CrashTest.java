package gatehouse.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.kernel.BusinessClock;
import gatehouse.load.Town.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Processes die while people report. What they were promised must be there, once. */
@Timeout(300)
class CrashTest {
    private static final Town TOWN = new Town(1, 24, 2);
    private static final int ENOUGH = 150;
    /** What a JVM ends with after a signal and its orderly shutdown. */
    private static final int SIGTERM_EXIT = 128 + 15;
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    @TempDir
    Path folder;
    Product product;
    final Ledger ledger = new Ledger();
    final List<Reporter> reporters = new ArrayList<>();
    final List<Thread> threads = new ArrayList<>();

    @BeforeEach
    void openTheTown() throws Exception {
        product = Product.ofClasses(folder.resolve("data"));
        product.start();
        try (var connection = product.connect()) {
            TOWN.write(connection);
        }
        Logins.open(product, TOWN, IntStream.range(0, TOWN.households()).map(household -> household * TOWN.members()));
    }

    @AfterEach
    void end() throws Exception {
        reporters.forEach(Reporter::stop);
        product.close();
        for (var thread : threads) {
            thread.interrupt();
            thread.join();
        }
    }

    @Test
    void kill_ofProcessOrPostgresOrBothUnderLoad_losesNothingAcknowledgedAndDoublesNothing() throws Exception {
        begin(new Reporter.Patience() {
            @Override
            public boolean goesOn() {
                return true;
            }

            @Override
            public boolean wantsEveryAnswer() {
                return false;
            }
        });
        for (int again = 0; again < 2; again++) {
            awaitMore();
            product.kill();
            product.start();

            awaitMore();
            product.killPostgres();

            awaitMore();
            product.killPostgres();
            product.kill();
            product.start();
        }
        awaitMore();
        reporters.forEach(Reporter::stop);
        for (var thread : threads) {
            assertTrue(thread.join(PATIENCE), "somebody still waits for an answer: " + ledger.counts());
        }
        System.out.println("6 kills: " + ledger.counts());
        assertEquals(List.of(), audit());
    }

    @Test
    void terminate_underLoad_saysUnreadyFirstAnswersWhatWasSentAndLeavesNothingRunning() throws Exception {
        var ready = new AtomicBoolean(true);
        begin(new Reporter.Patience() {
            @Override
            public boolean goesOn() {
                return ready.get();
            }

            @Override
            public boolean wantsEveryAnswer() {
                return true;
            }
        });
        awaitMore();
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

        assertTrue(balancer.join(PATIENCE));
        for (var thread : threads) {
            assertTrue(thread.join(PATIENCE));
        }
        assertEquals(SIGTERM_EXIT, exitCode, "ended by something else than the signal it was sent");
        assertFalse(postmaster.isAlive(), "its PostgreSQL still runs");
        assertFalse(Files.exists(folder.resolve("data/postgres/data/postmaster.pid")), "stopped cleanly, nothing to recover");
        assertEquals(503, lastSaid.get(), "the door closed before anybody was told");
        product.start();
        System.out.println("terminated: " + ledger.counts());
        assertEquals(List.of(), audit());
    }

    /** One person per household reports for both members, so that nobody else writes what they write. */
    private void begin(Reporter.Patience patience) throws IOException {
        for (int household = 0; household < TOWN.households(); household++) {
            int head = household * TOWN.members();
            var members = List.of(Kind.RESIDENT.id(head), Kind.RESIDENT.id(head + 1));
            reporters.add(new Reporter("household-" + household, product, ledger, Logins.token(product, head), members, BusinessClock.system().today(), patience));
        }
        reporters.forEach(reporter -> threads.add(Thread.startVirtualThread(reporter)));
    }

    private void awaitMore() throws InterruptedException {
        int enough = ledger.promises() + ENOUGH;
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (ledger.promises() < enough) {
            assertTrue(System.nanoTime() < deadline, () -> "no more answers come: " + ledger.counts());
            Thread.sleep(5);
        }
    }

    private List<String> audit() throws SQLException {
        try (var connection = product.connect()) {
            return ledger.audit(connection);
        }
    }
}
