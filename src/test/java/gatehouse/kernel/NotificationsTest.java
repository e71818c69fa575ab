package gatehouse.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.support.TcpProxy;
import gatehouse.support.TestDatabase;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class NotificationsTest {
    private static final TestDatabase POSTGRES = TestDatabase.fresh();
    private static final Vertx VERTX = Vertx.vertx();
    private static final Database DATABASE = new Database(VERTX, POSTGRES.postgresUrl().connectOptions(), 4);
    private static final int SOON_MILLIS = 5_000;
    private static final int A_WHILE_MILLIS = 150;

    private final Notifications notifications = new Notifications(VERTX, POSTGRES.postgresUrl().connectOptions().getFirst());
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

    @BeforeEach
    void listen() throws InterruptedException {
        notifications.on("policy", heard::add);
        notifications.connect();
        // the line's own greeting: what was kept before it stood may be old
        assertEquals(Notifications.EVERYTHING, heard.poll(SOON_MILLIS, TimeUnit.MILLISECONDS));
    }

    @AfterEach
    void hangUp() {
        notifications.close();
    }

    @AfterAll
    static void stop() {
        DATABASE.close();
        Await.on(VERTX.close());
    }

    private static int send(Tx tx, String channel, String payload) {
        Notifications.send(tx, channel, payload);
        return 0;
    }

    private static void killListeners() {
        DATABASE.sql("""
                select pg_terminate_backend(pid) from pg_stat_activity
                where datname = current_database() and query like 'LISTEN%' and pid <> pg_backend_pid()""").list(row -> row);
    }

    @Test
    void send_isHeardOnlyOnceItsTransactionCommitted() throws InterruptedException {
        DATABASE.transact(tx -> {
            send(tx, "policy", "compound-1");
            assertNull(pollBriefly());
            return 0;
        });
        assertEquals("compound-1", heard.poll(SOON_MILLIS, TimeUnit.MILLISECONDS));
    }

    @Test
    void send_inATransactionThatRollsBack_isNeverHeard() throws InterruptedException {
        assertThrows(Problem.class, () -> DATABASE.transact(tx -> {
            send(tx, "policy", "compound-1");
            throw Problem.of(ProblemType.NOT_ALLOWED_NOW);
        }));
        assertNull(pollBriefly());
    }

    @Test
    void send_onAnotherChannel_isNotHeardHere() throws InterruptedException {
        DATABASE.transact(tx -> send(tx, "gates", "compound-1"));
        assertNull(pollBriefly());
    }

    @Test
    void afterALostListener_everySubscriberHearsEverything_andThenWhatFollows() throws InterruptedException {
        var other = new LinkedBlockingQueue<String>();
        notifications.on("policy", other::add);
        killListeners();
        assertEquals(Notifications.EVERYTHING, heard.poll(SOON_MILLIS, TimeUnit.MILLISECONDS));
        assertEquals(Notifications.EVERYTHING, other.poll(SOON_MILLIS, TimeUnit.MILLISECONDS));
        DATABASE.transact(tx -> send(tx, "policy", "compound-2"));
        assertTrue(hears("compound-2", heard));
        assertTrue(hears("compound-2", other));
    }

    @Test
    void aLineThatFallsSilent_isNotBelieved_andAnotherServerIsListenedTo() throws InterruptedException {
        var direct = POSTGRES.postgresUrl().connectOptions().getFirst();
        try (var one = new TcpProxy(direct.getHost(), direct.getPort()); var other = new TcpProxy(direct.getHost(), direct.getPort());
             var cluster = new Notifications(VERTX, Stream.of(one, other)
                     .map(proxy -> new PgConnectOptions(direct).setHost("127.0.0.1").setPort(proxy.port())).toList())) {
            var told = new LinkedBlockingQueue<String>();
            cluster.on("cluster", told::add);
            other.cut();
            cluster.connect();
            assertEquals(Notifications.EVERYTHING, told.poll(SOON_MILLIS, TimeUnit.MILLISECONDS));
            one.freeze();
            DATABASE.transact(tx -> send(tx, "cluster", "missed"));
            // twice before there is anybody else to listen to: what was read in between is not believed either
            assertEquals(Notifications.EVERYTHING, told.poll(SOON_MILLIS, TimeUnit.MILLISECONDS));
            assertEquals(Notifications.EVERYTHING, told.poll(SOON_MILLIS, TimeUnit.MILLISECONDS));
            other.mend();
            String payload;
            do {
                DATABASE.transact(tx -> send(tx, "cluster", "heard"));
                payload = told.poll(A_WHILE_MILLIS, TimeUnit.MILLISECONDS);
            } while (!"heard".equals(payload));
        }
    }

    @Test
    void aListenerThatThrows_takesNobodyElsesNewsAway() throws InterruptedException {
        notifications.on("gates", payload -> {
            throw new IllegalStateException("a careless listener, on purpose");
        });
        var careful = new LinkedBlockingQueue<String>();
        notifications.on("gates", careful::add);
        String payload;
        do {
            // LISTEN may still be on its way, so it is said again until it is heard
            DATABASE.transact(tx -> send(tx, "gates", "east"));
            payload = careful.poll(A_WHILE_MILLIS, TimeUnit.MILLISECONDS);
        } while (!"east".equals(payload));
        careful.clear();
        killListeners();
        assertTrue(hears(Notifications.EVERYTHING, careful));
        assertEquals(Notifications.EVERYTHING, heard.poll(SOON_MILLIS, TimeUnit.MILLISECONDS));
    }

    @Test
    void close_hearsNothingMore_andDoesNotComeBack() throws InterruptedException {
        notifications.close();
        heard.clear();
        DATABASE.transact(tx -> send(tx, "policy", "compound-3"));
        assertNull(pollBriefly());
        assertTrue(heard.isEmpty());
    }

    private static boolean hears(String wanted, BlockingQueue<String> queue) throws InterruptedException {
        String payload;
        do {
            payload = queue.poll(SOON_MILLIS, TimeUnit.MILLISECONDS);
        } while (payload != null && !payload.equals(wanted));
        return payload != null;
    }

    private String pollBriefly() {
        try {
            return heard.poll(A_WHILE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }
}
