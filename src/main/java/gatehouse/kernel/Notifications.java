package gatehouse.kernel;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * PostgreSQL's LISTEN/NOTIFY, for dropping read-mostly caches on every instance. It listens to whichever server is the primary. Without
 * a line nobody knows what is missed, so every subscriber is told {@link #EVERYTHING} when it is back, and again and again until then:
 * what is kept is never older than a second, also where the line is dead and nobody hangs up.
 */
public final class Notifications implements AutoCloseable {
    /** The payload that means: whatever you keep may be old, drop it all. */
    public static final String EVERYTHING = "*";

    private static final Logger LOG = LoggerFactory.getLogger(Notifications.class);
    private static final long BEAT_MILLIS = 400;
    /** An answer that takes longer is a doubt: what is kept is dropped this often until it comes. */
    private static final long DOUBT_MILLIS = 250;
    private static final long BEAT_PATIENCE_MILLIS = 1_500;
    private static final int QUICK_ATTEMPTS = 10;
    private static final long QUICK_MILLIS = 100;
    private static final long SLOW_MILLIS = 500;

    private final Vertx vertx;
    private final Primary primary;
    private final Map<String, List<Consumer<String>>> listeners = new ConcurrentHashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable PgConnection line;
    private boolean closed;

    /** Of a cluster's servers, or of the only one. */
    public Notifications(Vertx vertx, List<PgConnectOptions> servers) {
        this.vertx = vertx;
        this.primary = new Primary(vertx, servers);
    }

    public Notifications(Vertx vertx, PgConnectOptions server) {
        this(vertx, List.of(server));
    }

    /** Opens the line; completes when it listens. */
    public void connect() {
        Await.on(open().recover(refused -> Future.failedFuture(DatabaseFault.translate(refused))));
    }

    /** Calls {@code listener} with each payload of {@code channel}; on an event loop, so it must only drop and return. */
    public void on(String channel, Consumer<String> listener) {
        var isNew = new boolean[1];
        listeners.computeIfAbsent(channel, name -> {
            isNew[0] = true;
            return new CopyOnWriteArrayList<>();
        }).add(listener);
        if (isNew[0]) {
            current(opened -> listen(opened, List.of(channel)).onFailure(lost -> drop(opened)));
        }
    }

    private Future<Void> open() {
        return primary.connect().compose(opened -> begin(opened).onFailure(lost -> opened.close()));
    }

    private Future<Void> begin(PgConnection opened) {
        opened.notificationHandler(notification -> tell(notification.getChannel(), notification.getPayload()));
        if (!keep(opened)) {
            return opened.close();
        }
        return listen(opened, listeners.keySet()).timeout(BEAT_PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
                .onSuccess(listening -> {
                    opened.closeHandler(gone -> drop(opened));
                    vertx.setTimer(BEAT_MILLIS, rested -> beat(opened));
                })
                .onFailure(lost -> forget(opened));
    }

    /** What may have been said on these channels until now was missed. */
    private Future<Void> listen(PgConnection opened, Collection<String> channels) {
        var names = List.copyOf(channels);
        return opened.query(listening(names)).execute().<Void>mapEmpty().onSuccess(heard -> names.forEach(name -> tell(name, EVERYTHING)));
    }

    private static String listening(Collection<String> channels) {
        return channels.isEmpty() ? "select 1"
                : channels.stream().map(name -> "LISTEN \"" + name.replace("\"", "\"\"") + "\"").collect(Collectors.joining("; "));
    }

    /** A line on which nobody speaks looks like one that is dead, so it is asked; to listen again changes nothing. */
    private void beat(PgConnection opened) {
        current(kept -> {
            if (kept == opened) {
                long doubting = vertx.setPeriodic(DOUBT_MILLIS, doubt -> tellAll());
                opened.query(listening(listeners.keySet())).execute().timeout(BEAT_PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
                        .onComplete(known -> vertx.cancelTimer(doubting))
                        .onSuccess(alive -> vertx.setTimer(BEAT_MILLIS, rested -> beat(opened)))
                        .onFailure(dead -> drop(opened));
            }
        });
    }

    private void current(Consumer<PgConnection> act) {
        PgConnection kept;
        lock.lock();
        try {
            kept = line;
        } finally {
            lock.unlock();
        }
        if (kept != null) {
            act.accept(kept);
        }
    }

    /** False where nobody wants it: there is another already, or none is wanted any more. */
    private boolean keep(PgConnection opened) {
        lock.lock();
        try {
            if (closed || line != null) {
                return false;
            }
            line = opened;
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Whether it was the line, and another is wanted. */
    private boolean forget(PgConnection opened) {
        lock.lock();
        try {
            if (line != opened) {
                return false;
            }
            line = null;
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    private void drop(PgConnection opened) {
        if (forget(opened)) {
            LOG.warn("the line for notifications is lost; another is opened");
            opened.close();
            again(0);
        }
    }

    private void again(int attempt) {
        open().onSuccess(listening -> LOG.info("notifications are heard again")).onFailure(refused -> {
            if (!isClosed()) {
                tellAll();
                vertx.setTimer(attempt < QUICK_ATTEMPTS ? QUICK_MILLIS : SLOW_MILLIS, rested -> again(attempt + 1));
            }
        });
    }

    private boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    private void tellAll() {
        listeners.keySet().forEach(channel -> tell(channel, EVERYTHING));
    }

    private void tell(String channel, String payload) {
        for (var one : listeners.getOrDefault(channel, List.of())) {
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
        PgConnection kept;
        lock.lock();
        try {
            closed = true;
            kept = line;
            line = null;
        } finally {
            lock.unlock();
        }
        if (kept != null) {
            Await.on(kept.close());
        }
    }
}
