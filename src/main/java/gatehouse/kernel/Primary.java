package gatehouse.kernel;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.SqlConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Which of a cluster's servers takes writes now. Reads go there too: a standby may be behind, and whoever was told that their report is
 * kept must find it. Nothing is remembered, because after a failover what was remembered is wrong.
 */
final class Primary {
    /** As long as a server that answers at all may take to say what it is. */
    private static final long ANSWER_SECONDS = 3;
    private static final int CONNECT_MILLIS = 3_000;
    /** A server that vanished with its machine never says goodbye: what was sent and not taken for so long ends the connection. */
    private static final int UNTAKEN_MILLIS = 10_000;
    private static final String IS_STANDBY = "select pg_is_in_recovery()";
    /** A server that is no primary is left by the connection's own end; there is nobody else who could close one that the pool opens. */
    private static final String LEAVE_A_STANDBY = "select pg_terminate_backend(pg_backend_pid()) where pg_is_in_recovery()";
    private static final String LEAVE = "select pg_terminate_backend(pg_backend_pid())";

    private final Vertx vertx;
    private final List<PgConnectOptions> servers;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Future<PgConnectOptions> asked;

    Primary(Vertx vertx, List<PgConnectOptions> servers) {
        this.vertx = vertx;
        this.servers = List.copyOf(servers);
    }

    /** Fails where none of them says that it is the primary. Whoever asks while others do gets the same answer. */
    Future<PgConnectOptions> find() {
        if (servers.size() == 1) {
            return Future.succeededFuture(servers.getFirst());
        }
        lock.lock();
        try {
            if (asked == null || asked.isComplete()) {
                asked = askAll();
            }
            return asked;
        } finally {
            lock.unlock();
        }
    }

    /** All at once, so that one whose machine is gone holds up nobody. */
    private Future<PgConnectOptions> askAll() {
        var answers = servers.stream().map(this::ask).toList();
        return Future.any(answers).transform(done -> answers.stream().filter(Future::succeeded).findFirst()
                .orElseGet(() -> Future.failedFuture(new IOException("none of the servers is a primary", done.cause()))));
    }

    /** A connection of the caller's own to the primary. */
    Future<PgConnection> connect() {
        return find().compose(this::connect);
    }

    private Future<PgConnection> connect(PgConnectOptions server) {
        // a line's faults are told by its statements and its closing; by itself it would print each to the terminal
        var connection = PgConnection.connect(vertx, server).onSuccess(opened -> opened.exceptionHandler(fault -> { }));
        return connection.timeout(ANSWER_SECONDS, TimeUnit.SECONDS).onFailure(late -> connection.onSuccess(PgConnection::close));
    }

    private Future<PgConnectOptions> ask(PgConnectOptions server) {
        return connect(server).compose(connection -> connection.query(IS_STANDBY).execute()
                .timeout(ANSWER_SECONDS, TimeUnit.SECONDS)
                .compose(rows -> rows.iterator().next().getBoolean(0)
                        ? Future.<PgConnectOptions>failedFuture(new IOException("a standby")) : Future.succeededFuture(server))
                .eventually(connection::close));
    }

    /** For a pool's new connection: it is handed on where it reached a primary, and else ends as if it had never come about. */
    static void admit(SqlConnection connection) {
        connection.query(LEAVE_A_STANDBY).execute()
                .onSuccess(stays -> connection.close())
                .onFailure(unclear -> connection.query(LEAVE).execute());
    }

    /** How connections to servers are watched that may vanish without a word, or take everything and say nothing for {@code silence}. */
    static NetClientOptions watched(Duration silence) {
        return new NetClientOptions().setConnectTimeout(CONNECT_MILLIS).setTcpKeepAlive(true).setTcpUserTimeout(UNTAKEN_MILLIS)
                .setIdleTimeout(Math.toIntExact(silence.toMillis())).setIdleTimeoutUnit(TimeUnit.MILLISECONDS);
    }
}
