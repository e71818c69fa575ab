package gatehouse.kernel;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.SqlConnectOptions;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Transaction;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one database: transactions straight down on virtual threads, single reads on the event loop. */
public final class Database implements Statements, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Database.class);
    private static final int ATTEMPTS = 4;
    private static final Duration ANSWER_PAUSE = Duration.ofSeconds(1);
    /** For a connection, and for the answer of a probe. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /** Shorter than anybody here waits for an answer, so that a connection never goes back to the pool with a statement running. */
    private static final String STATEMENT_MILLIS = "20000";
    /** The class of what a server says to those whom it does not let in. */
    private static final String NOT_LET_IN = "28";
    private static final String IDLE_IN_TRANSACTION_MILLIS = "60000";
    /** Longer than any statement may run, shorter than anybody waits for one: from a server that says nothing for so long nothing is to be expected. */
    private static final Duration SILENCE = Duration.ofSeconds(25);

    private final Pool pool;
    private final Duration patience;
    private volatile Consumer<Set<UUID>> watch = changed -> { };

    /**
     * A pool on whichever of these servers is the primary when a connection is opened; bounded in size and in who may wait for it. No
     * connection is ever one to a standby, so that nobody reads less than what was acknowledged before. A connection on which nothing was
     * said for 25 seconds is given up: a server that hangs closes none.
     */
    public Database(Vertx vertx, List<PgConnectOptions> servers, int poolSize) {
        this(vertx, servers, poolSize, SILENCE, PATIENCE);
    }

    /** {@code patience}: for how long a transaction waits for a connection. */
    Database(Vertx vertx, List<PgConnectOptions> servers, int poolSize, Duration silence, Duration patience) {
        this.patience = patience;
        // The client's own filter leaves out long texts; but those that do the work of a whole list are long, and dear to plan.
        servers.forEach(each -> each.setCachePreparedStatements(true).setPreparedStatementCacheMaxSize(512).setPreparedStatementCacheSqlFilter(text -> true)
                .addProperty("statement_timeout", STATEMENT_MILLIS)
                .addProperty("idle_in_transaction_session_timeout", IDLE_IN_TRANSACTION_MILLIS));
        var primary = new Primary(vertx, servers);
        this.pool = PgBuilder.pool()
                .with(new PoolOptions().setName("gatehouse").setMaxSize(poolSize).setMaxWaitQueueSize(2_000)
                        // A timer of the pool's own may fail somebody else's request and lose a connection: github.com/eclipse-vertx/vert.x/issues/6169.
                        .setConnectionTimeout(0)
                        .setIdleTimeout(10).setIdleTimeoutUnit(TimeUnit.MINUTES))
                .with(Primary.watched(silence))
                .connectingTo(() -> primary.find().map(Function.<SqlConnectOptions>identity()))
                .withConnectHandler(Primary::admit)
                .using(vertx)
                .build();
    }

    /** A single statement outside any transaction, for reads. */
    @Override
    public Sql sql(String text) {
        return new Sql(pool, text);
    }

    /** Whether the database answers, for the readiness probe; fails with a {@link Problem} where it does not. */
    public Future<Void> ping() {
        return translated(sql("select 1").execute().timeout(patience.toMillis(), TimeUnit.MILLISECONDS)).mapEmpty();
    }

    /**
     * Waits until it answers: a machine that is busy, perhaps with recovering from a kill, takes longer than anybody waits for a connection.
     *
     * @throws Problem where it does not for so long
     * @throws StartFailure where it does not let this process in, or {@code stopping} says that nobody waits any more
     */
    public void awaitAnswer(Duration patience, BooleanSupplier stopping) {
        long begin = System.nanoTime();
        while (true) {
            try {
                Await.on(ping());
                return;
            } catch (PgException refused) {
                throw String.valueOf(refused.getSqlState()).startsWith(NOT_LET_IN) ? notLetIn(refused) : refused;
            } catch (Problem silent) {
                if (stopping.getAsBoolean()) {
                    throw new StartFailure("Told to stop while the database did not answer yet", silent);
                }
                if (System.nanoTime() - begin > patience.toNanos()) {
                    throw silent;
                }
                LOG.warn("the database does not answer yet, since {} s", Duration.ofNanos(System.nanoTime() - begin).toSeconds());
                pause(ANSWER_PAUSE);
            }
        }
    }

    private static StartFailure notLetIn(PgException refused) {
        return new StartFailure("""
                The database does not let this process in: %s (%s).
                Check user, password and sslmode in GATEHOUSE_DATABASE_URL, and the server's pg_hba.conf."""
                .formatted(refused.getErrorMessage(), refused.getSqlState()), refused);
    }

    /**
     * Runs {@code body} in one transaction on the calling virtual thread and commits it; whatever it throws rolls back. Deadlocks
     * and serialization failures are tried again a few times, then answered as {@link ProblemType#OVERLOADED}, so the body must do
     * nothing but speak to the database.
     */
    public <T> T transact(Function<Tx, T> body) {
        for (int attempt = 1; ; attempt++) {
            try {
                return once(body);
            } catch (RuntimeException fault) {
                if (!DatabaseFault.isWorthARetry(fault)) {
                    throw fault;
                }
                if (attempt == ATTEMPTS) {
                    throw Problem.of(ProblemType.OVERLOADED).with("retryAfter", 1);
                }
                pause(Duration.ofMillis(5L << attempt));
            }
        }
    }

    /**
     * Like {@link #transact(Function)}, once per idempotency key: the key and the answer are stored in the same transaction as the
     * effect; a repetition gets the stored answer, the same key with another request is refused with {@link ProblemType#KEY_REUSED}.
     */
    public <T> Answer transact(Once<T> once, Function<Tx, T> body) {
        if (once.key().isEmpty()) {
            return once.render(transact(body));
        }
        var key = once.key().get();
        return transact(tx -> {
            if (!IdempotencyKeys.claim(tx, key)) {
                return IdempotencyKeys.replay(tx, key);
            }
            var answer = once.render(body.apply(tx));
            IdempotencyKeys.keep(tx, key, answer);
            return answer;
        });
    }

    /**
     * Like {@link #transact(Function)}, but never tried again: for what has been sent on while it was read, and cannot be taken back. What
     * the body reads is one picture, however long it takes.
     */
    public <T> T readOnce(Function<Tx, T> body) {
        return once(tx -> {
            tx.sql("set transaction isolation level repeatable read, read only").update();
            return body.apply(tx);
        });
    }

    /**
     * Runs {@code body}, which has one statement and no more: that is its own transaction, and so a single round trip. Empty where it
     * collided with what others wrote at that moment (a key that is taken now, a deadlock): then nothing of it is there, and it is to be
     * done in another manner.
     */
    public <T> Optional<T> inOneStatement(Function<Tx, T> body) {
        var connection = Await.on(connection());
        try {
            var tx = Tx.ofOneStatement(connection);
            var result = body.apply(tx);
            tell(tx);
            return Optional.of(result);
        } catch (RuntimeException fault) {
            if (DatabaseFault.isCollision(fault)) {
                return Optional.empty();
            }
            throw fault;
        } finally {
            connection.close();
        }
    }

    private void tell(Tx committed) {
        if (!committed.changed().isEmpty()) {
            watch.accept(committed.changed());
        }
    }

    private <T> T once(Function<Tx, T> body) {
        var connection = Await.on(connection());
        try {
            var transaction = Await.on(translated(connection.begin()));
            var tx = new Tx(connection);
            T result;
            try {
                result = body.apply(tx);
            } catch (RuntimeException | Error fault) {
                rollback(transaction, fault);
                throw fault;
            }
            Await.on(translated(transaction.commit()));
            tell(tx);
            return result;
        } finally {
            connection.close();
        }
    }

    /** Is told after each commit which compounds it {@linkplain Tx#changes changed}; must only take note and return. */
    void afterCommits(Consumer<Set<UUID>> listener) {
        watch = listener;
    }

    /** One that comes when nobody waits for it any more goes back at once. */
    private Future<SqlConnection> connection() {
        var asked = pool.getConnection();
        return translated(asked.timeout(patience.toMillis(), TimeUnit.MILLISECONDS).onFailure(late -> asked.onSuccess(SqlConnection::close)));
    }

    private static <T> Future<T> translated(Future<T> future) {
        return future.recover(fault -> Future.failedFuture(DatabaseFault.translate(fault)));
    }

    private static void rollback(Transaction transaction, Throwable cause) {
        try {
            Await.on(transaction.rollback());
        } catch (RuntimeException lost) {
            // A lost connection has rolled back by itself; the cause is what the caller must hear of.
            cause.addSuppressed(lost);
        }
    }

    private static void pause(Duration duration) {
        try {
            Thread.sleep(duration);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw Problem.of(ProblemType.UNAVAILABLE).with("retryAfter", 5);
        }
    }

    @Override
    public void close() {
        Await.on(pool.close());
    }
}
