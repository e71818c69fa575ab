package gatehouse.kernel;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.pubsub.PgSubscriber;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * PostgreSQL's LISTEN/NOTIFY, for dropping read-mostly caches on every instance. After a lost listener nobody knows what was
 * missed, so every subscriber is told {@link #EVERYTHING} as soon as the line is back.
 */
public final class Notifications implements AutoCloseable {
    /** The payload that means: whatever you keep may be old, drop it all. */
    public static final String EVERYTHING = "*";

    private static final Logger LOG = LoggerFactory.getLogger(Notifications.class);

    private final PgSubscriber subscriber;
    private final Map<String, List<Consumer<String>>> listeners = new ConcurrentHashMap<>();

    public Notifications(Vertx vertx, PgConnectOptions server) {
        this.subscriber = PgSubscriber.subscriber(vertx, new PgConnectOptions(server));
        subscriber.reconnectPolicy(attempt -> attempt < 5 ? 100L : 1_000L);
    }

    /** Opens the line; completes when it listens. */
    public void connect() {
        Await.on(subscriber.connect());
    }

    /** Calls {@code listener} with each payload of {@code channel}; on an event loop, so it must only drop and return. */
    public void on(String channel, Consumer<String> listener) {
        listeners.computeIfAbsent(channel, name -> {
            var each = new CopyOnWriteArrayList<Consumer<String>>();
            var line = subscriber.channel(name);
            line.subscribeHandler(nothing -> tell(each, EVERYTHING));
            line.handler(payload -> tell(each, payload));
            return each;
        }).add(listener);
    }

    private static void tell(List<Consumer<String>> each, String payload) {
        for (var one : each) {
            try {
                one.accept(payload);
            } catch (RuntimeException careless) {
                // The other listeners' caches must be dropped all the same.
                LOG.error("a listener for notifications threw", careless);
            }
        }
    }

    /** Tells every instance, when and only when {@code tx} commits. */
    public static void send(Tx tx, String channel, String payload) {
        tx.sql("select pg_notify($1, $2)").bind(channel).bind(payload).update();
    }

    /** Tells every instance now, in one commit. */
    static Future<Void> send(Database database, String channel, List<String> payloads) {
        return database.sql("select pg_notify($1, payload) from unnest($2::text[]) payload")
                .bind(channel).bind(payloads.toArray(String[]::new)).execute().mapEmpty();
    }

    @Override
    public void close() {
        Await.on(subscriber.close());
    }
}
