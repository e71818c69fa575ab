package gatehouse.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.kernel.BusinessClock;
import gatehouse.load.Town.Kind;
import gatehouse.support.ShortLivedJvm;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The machine of the primary dies while people report, and later the operator has its successor and its standby change places. Each time the
 * other takes over; what was acknowledged is there, once.
 */
@Timeout(240)
@Order(1)
class FailoverTest {
    private static final Town TOWN = new Town(1, 16, 2);
    private static final int ENOUGH = 100;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Reporter.Patience STUBBORN = new Reporter.Patience() {
        @Override
        public boolean goesOn() {
            return true;
        }

        @Override
        public boolean wantsEveryAnswer() {
            return false;
        }
    };

    @TempDir
    Path folder;
    private final Ledger ledger = new Ledger();
    private final List<Thread> threads = new ArrayList<>();
    private final List<Reporter> reporters = new ArrayList<>();

    @Test
    void thePrimarysMachineDying_andAPlannedChangeOfPlaces_underLoad_loseNothingAcknowledged_andTheProductFollowsByItself() throws Exception {
        try (var cluster = Cluster.start(); var product = Product.ofClassesOn(cluster.url().text(), folder.resolve("data"))) {
            product.setJavaOptions(String.join(" ", ShortLivedJvm.OPTIONS));
            product.start();
            try (var connection = product.connect()) {
                TOWN.write(connection);
            }
            Logins.open(product, TOWN, IntStream.range(0, TOWN.households()).map(household -> household * TOWN.members()));
            begin(product);
            awaitMore(ENOUGH);
            var first = cluster.primary();
            var second = cluster.standby();
            assertTrue(cluster.connectionsTo(first) > 1);
            assertTrue(leaves(cluster, second), "somebody reads what may be old, though it is the first in the list");

            long killed = System.nanoTime();
            cluster.killMachine(first);
            // what the dying one still answered is read from the sockets in this moment
            Thread.sleep(100);
            awaitMore(1);
            var rto = Duration.ofNanos(System.nanoTime() - killed);
            assertEquals(second, cluster.primary());
            awaitMore(ENOUGH);

            cluster.startMember(first);
            cluster.awaitStandby(first);
            awaitMore(ENOUGH);
            assertTrue(cluster.connectionsTo(second) > 1);
            assertTrue(leaves(cluster, first), "somebody went back to the one that was the primary once");

            long asked = System.nanoTime();
            cluster.changePlaces(second, first);
            var changed = Duration.ofNanos(System.nanoTime() - asked);
            awaitMore(1);
            var written = Duration.ofNanos(System.nanoTime() - asked);
            cluster.awaitStandby(second);
            awaitMore(ENOUGH);
            assertTrue(cluster.connectionsTo(first) > 1);
            assertTrue(leaves(cluster, second), "somebody reads what may be old from the one that gave its place away");

            reporters.forEach(Reporter::stop);
            for (var thread : threads) {
                assertTrue(thread.join(PATIENCE), "somebody still waits for an answer: " + ledger.counts());
            }
            System.out.printf("primary's machine killed, ttl %d s: first report acknowledged again after %.1f s; planned change of places: done after %.1f s, first report after %.1f s; %s%n",
                    Cluster.TTL, rto.toMillis() / 1_000.0, changed.toMillis() / 1_000.0, written.toMillis() / 1_000.0, ledger.counts());
            try (var connection = product.connect()) {
                assertEquals(List.of(), ledger.count(connection).faults());
            }
        } finally {
            reporters.forEach(Reporter::stop);
            threads.forEach(Thread::interrupt);
        }
    }

    private void begin(Product product) throws Exception {
        for (int household = 0; household < TOWN.households(); household++) {
            int head = household * TOWN.members();
            var token = Logins.token(product, head);
            reporters.add(new Reporter("household-" + household, product, ledger, () -> token,
                    List.of(Kind.RESIDENT.id(head), Kind.RESIDENT.id(head + 1)), BusinessClock.system().today(), STUBBORN));
        }
        reporters.forEach(reporter -> threads.add(Thread.startVirtualThread(reporter)));
    }

    /** Whoever asks a server whether it is the primary is there for a moment. */
    private static boolean leaves(Cluster cluster, String standby) throws Exception {
        for (int tried = 0; tried < 50; tried++) {
            if (cluster.connectionsTo(standby) == 0) {
                return true;
            }
            Thread.sleep(20);
        }
        return false;
    }

    private void awaitMore(int more) throws InterruptedException {
        int enough = ledger.promises() + more;
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (ledger.promises() < enough) {
            assertTrue(System.nanoTime() < deadline, () -> "no more answers come: " + ledger.counts());
            Thread.sleep(5);
        }
    }
}
