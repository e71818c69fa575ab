package gatehouse.http;

import gatehouse.kernel.Language;
import gatehouse.kernel.Problem;
import gatehouse.kernel.ProblemType;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The open answers of server-sent events. Each belongs to somebody who is asked for again every {@link Limits#check}: a session that
 * ended, or a role that changed, ends it with an event {@code end} whose data is the problem. Of what a slow client cannot take yet
 * only the newest event waits. Their number is bounded, for an account and in all.
 */
public final class Sse {
    static final String MEDIA_TYPE = "text/event-stream";

    private static final Logger LOG = LoggerFactory.getLogger(Sse.class);
    private static final long CLIENT_RETRIES_AFTER_MILLIS = 2_000;

    /** Where events come from. */
    @FunctionalInterface
    public interface Source {
        /** Gives {@code listener} each event's data, one line, the present one at once; until what is returned is run. May be called from any thread. */
        Runnable follow(Consumer<String> listener);
    }

    /** {@code uncheckedFor}: how long events may flow while nobody can tell whether the caller still may; then, as with a full line, it is ended. */
    record Limits(int perAccount, int inAll, Duration check, Duration heartbeat, Duration uncheckedFor, Duration fullFor) {
        static final Limits DEFAULT = new Limits(6, 1_000, Duration.ofMillis(750), Duration.ofSeconds(15), Duration.ofSeconds(5),
                Duration.ofSeconds(30));
    }

    private final Limits limits;
    private final List<Stream> open = new CopyOnWriteArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<UUID, Integer> seats = new HashMap<>();
    private int taken;
    private boolean closed;
    private final AtomicBoolean ticking = new AtomicBoolean();

    Sse(Limits limits) {
        this.limits = limits;
    }

    /** How many are open now. */
    int count() {
        return open.size();
    }

    /** A place for one more. @throws Problem TOO_MANY_STREAMS where the account has enough, OVERLOADED where there are too many in all */
    Stream seat(Caller caller, Source source, Supplier<Future<Boolean>> stillMay) {
        lock.lock();
        try {
            if (closed) {
                throw Problem.of(ProblemType.UNAVAILABLE).with("retryAfter", 2);
            }
            if (taken >= limits.inAll) {
                throw Problem.of(ProblemType.OVERLOADED).with("retryAfter", 15);
            }
            int own = seats.getOrDefault(caller.accountId(), 0);
            if (own >= limits.perAccount) {
                throw Problem.of(ProblemType.TOO_MANY_STREAMS, limits.perAccount).with("retryAfter", 15);
            }
            seats.put(caller.accountId(), own + 1);
            taken++;
            return new Stream(caller.accountId(), source, stillMay);
        } finally {
            lock.unlock();
        }
    }

    private void giveBack(UUID account) {
        lock.lock();
        try {
            taken--;
            seats.computeIfPresent(account, (id, own) -> own == 1 ? null : own - 1);
        } finally {
            lock.unlock();
        }
    }

    /** Ends all of them and lets no more begin, so that nothing holds up the end of the process. */
    void close() {
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
        open.forEach(Stream::leave);
    }

    private void keepTicking(Vertx vertx) {
        if (ticking.compareAndSet(false, true)) {
            // One beat for all, so that their sessions are read together.
            vertx.setPeriodic(limits.check.toMillis(), beat -> open.forEach(Stream::check));
        }
    }

    private static long now() {
        return System.nanoTime();
    }

    private static boolean isOver(long sinceNanos, Duration time) {
        return now() - sinceNanos > time.toNanos();
    }

    /** One open answer. Everything of it happens on the event loop of its connection. */
    final class Stream {
        private final UUID account;
        private final Source source;
        private final Supplier<Future<Boolean>> stillMay;
        private final AtomicBoolean seated = new AtomicBoolean(true);
        private @Nullable Context context;
        private @Nullable HttpServerRequest http;
        private Runnable stopFollowing = () -> { };
        private @Nullable String waiting;
        private long writtenAt = now();
        private long checkedAt = now();
        private boolean checking;
        private boolean ended;

        private Stream(UUID account, Source source, Supplier<Future<Boolean>> stillMay) {
            this.account = account;
            this.source = source;
            this.stillMay = stillMay;
        }

        /** After the head's headers are set; on the connection's event loop or any thread. */
        void begin(HttpServerRequest request, Vertx vertx, Context itsContext) {
            http = request;
            context = itsContext;
            keepTicking(vertx);
            itsContext.runOnContext(nothing -> beginHere(request.response()));
        }

        private void beginHere(HttpServerResponse response) {
            if (response.closed() || response.ended()) {
                release();
                return;
            }
            if (request().method().equals(HttpMethod.HEAD)) {
                release();
                response.end();
                return;
            }
            response.setChunked(true);
            response.closeHandler(gone -> release());
            response.exceptionHandler(broken -> release());
            response.drainHandler(nothing -> writeWaiting());
            response.write("retry: " + CLIENT_RETRIES_AFTER_MILLIS + "\n\n");
            open.add(this);
            stopFollowing = source.follow(data -> onItsLoop(() -> offer(data)));
            if (isClosed()) {
                leaveHere();
            }
        }

        private HttpServerRequest request() {
            if (http == null) {
                throw new IllegalStateException("a stream that has not begun");
            }
            return http;
        }

        private void onItsLoop(Runnable work) {
            if (context != null) {
                context.runOnContext(nothing -> work.run());
            }
        }

        private void offer(String data) {
            waiting = data;
            writeWaiting();
        }

        private void writeWaiting() {
            if (!ended && waiting != null && !request().response().writeQueueFull()) {
                var data = waiting;
                waiting = null;
                write("data: " + data + "\n\n");
            }
        }

        private void write(String text) {
            writtenAt = now();
            request().response().write(text);
        }

        private void check() {
            onItsLoop(this::checkHere);
        }

        private void checkHere() {
            if (ended) {
                return;
            }
            if (waiting != null && isOver(writtenAt, limits.fullFor)) {
                release();
                request().connection().close();
                return;
            }
            if (waiting == null && isOver(writtenAt, limits.heartbeat)) {
                write(":\n\n");
            }
            if (!checking) {
                checking = true;
                stillMay.get().onComplete(answer -> onItsLoop(() -> checked(answer.succeeded(), answer.succeeded() ? answer.result() : false, answer.cause())));
            }
        }

        private void checked(boolean answered, boolean may, @Nullable Throwable refusal) {
            checking = false;
            if (answered && may) {
                checkedAt = now();
            } else if (answered) {
                end(null);
            } else if (refusal instanceof Problem problem && (problem.type().status() == 401 || problem.type().status() == 403)) {
                end(problem);
            } else if (isOver(checkedAt, limits.uncheckedFor)) {
                LOG.debug("an event stream ended because its caller could not be checked", refusal);
                end(refusal instanceof Problem problem ? problem : Problem.of(ProblemType.UNAVAILABLE));
            }
        }

        /** Ended by this side; without a problem the client simply comes again, and finds what it may see now. */
        private void end(@Nullable Problem problem) {
            if (ended) {
                return;
            }
            release();
            var response = request().response();
            if (problem != null) {
                var language = Language.accepting(request().getHeader("Accept-Language"));
                response.write("event: end\ndata: " + Json.writeText(ProblemHandler.body(problem, language,
                        String.valueOf(response.headers().get("X-Request-Id")))) + "\n\n");
            }
            response.end();
        }

        private void leave() {
            onItsLoop(this::leaveHere);
        }

        private void leaveHere() {
            if (!ended) {
                release();
                var connection = request().connection();
                request().response().end().onComplete(said -> connection.close());
            }
        }

        /** Gives its place back; also for one that never began. */
        void release() {
            ended = true;
            if (seated.compareAndSet(true, false)) {
                open.remove(this);
                giveBack(account);
            }
            stopFollowing.run();
        }
    }

    private boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }
}
