package gatehouse.kernel;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One list, one commit: collects what arrives while the previous batch is in the database and hands it over as one list. A call
 * that finds nothing in flight goes at the end of its event loop's turn, with whatever else that turn brought; so there is no timer
 * and no waiting when idle. A second batch goes beside the first only where about as many wait for it, or the first stays away for
 * long: lists of one that overtake each other cost as much as long ones.
 *
 * <p>A member is answered only after the body returned, that is after its commit. If the body throws, its members are done again
 * one by one, so that one bad member never takes others down; except where the database is gone, which one by one would only
 * make worse. A full queue is answered at once with {@link ProblemType#OVERLOADED}, and so is who has waited too long when a batch
 * comes back: a database that hangs would otherwise hold the last of the queue for many times as long as the first.
 *
 * @param <Q> what a member asks
 * @param <A> what it is answered
 */
public final class Batcher<Q, A> {
    /**
     * At most this many members in a batch, batches in the database, and members waiting; {@code patience}: for how long a batch may
     * be away before few are enough for another; {@code longestWait}: who has waited for longer when a batch comes back waits no more.
     */
    public record Limits(int batchSize, int inFlight, int queue, Duration patience, Duration longestWait) {
        public static final Limits DEFAULT = new Limits(256, 2, 20_000);

        public Limits(int batchSize, int inFlight, int queue) {
            this(batchSize, inFlight, queue, Duration.ofMillis(20));
        }

        public Limits(int batchSize, int inFlight, int queue, Duration patience) {
            this(batchSize, inFlight, queue, patience, Duration.ofSeconds(10));
        }

        /** How many must wait to be worth a batch beside others with {@code away} members: as many as these, within bounds. */
        private int worthAnother(int away) {
            return Math.max(1, Math.clamp(away, batchSize / 16, batchSize / 4));
        }
    }

    /** A member's answer, or the problem that is its own and nobody else's. */
    public sealed interface Outcome<A> {
        record Done<A>(A answer) implements Outcome<A> {
        }

        record Refused<A>(Problem problem) implements Outcome<A> {
        }
    }

    private record Member<Q, A>(Q question, Promise<A> promise, @Nullable Context context, long sinceNanos) {
    }

    private record Answered<Q, A>(Member<Q, A> member, @Nullable Outcome<A> outcome, @Nullable Throwable fault) {
        /** What a submitter does with its answer is its own affair: if it throws, the others must hear theirs all the same. */
        void tell() {
            try {
                settle();
            } catch (RuntimeException thrownByItsHandler) {
                LOG.error("the handler of an answer threw", thrownByItsHandler);
            }
        }

        private void settle() {
            if (fault != null) {
                member.promise.fail(fault);
                return;
            }
            switch (outcome) {
                case Outcome.Done<A>(var answer) -> member.promise.complete(answer);
                case Outcome.Refused<A>(var problem) -> member.promise.fail(problem);
                case null -> member.promise.fail(new IllegalStateException("a batch left a member unanswered"));
            }
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(Batcher.class);

    private final Limits limits;
    private final Function<List<Q>, List<Outcome<A>>> body;
    private final Executor threads;
    private final ArrayDeque<Member<Q, A>> waiting = new ArrayDeque<>();
    private int inFlight;
    /** Members of the batches that are in the database. */
    private int away;
    private long lastTakenNanos;

    /** {@code body} answers each question in the order of the list, having committed; it runs on a thread of {@code threads}. */
    public Batcher(Limits limits, Executor threads, Function<List<Q>, List<Outcome<A>>> body) {
        this.limits = limits;
        this.threads = threads;
        this.body = body;
    }

    /** Puts a question into the next batch. May be called on any thread; a Vert.x context gets its answers back on itself. */
    public Future<A> submit(Q question) {
        var member = new Member<Q, A>(question, Promise.promise(), Vertx.currentContext(), System.nanoTime());
        boolean starts;
        synchronized (waiting) {
            if (waiting.size() >= limits.queue) {
                return Future.failedFuture(Problem.of(ProblemType.OVERLOADED).with("retryAfter", 1));
            }
            waiting.add(member);
            starts = inFlight < limits.inFlight && isWorthABatch(inFlight);
            if (starts) {
                inFlight++;
            }
        }
        if (starts) {
            start(member.context);
        }
        return member.promise.future();
    }

    private void start(@Nullable Context context) {
        if (context != null && Context.isOnEventLoopThread()) {
            context.runOnContext(endOfTurn -> start(null));
            return;
        }
        try {
            threads.execute(this::run);
        } catch (RejectedExecutionException stopping) {
            List<Member<Q, A>> left;
            synchronized (waiting) {
                inFlight--;
                left = List.copyOf(waiting);
                waiting.clear();
            }
            tell(refused(left, Problem.of(ProblemType.UNAVAILABLE).with("retryAfter", 5)));
        }
    }

    /** Members that wait for a batch; a gauge for the metrics. */
    public int waiting() {
        synchronized (waiting) {
            return waiting.size();
        }
    }

    private boolean isWorthABatch(int others) {
        return others == 0 ? !waiting.isEmpty()
                : waiting.size() >= limits.worthAnother(away) || System.nanoTime() - lastTakenNanos > limits.patience.toNanos();
    }

    private void run() {
        for (var batch = takeBatch(); !batch.isEmpty(); batch = takeBatch()) {
            var answers = answer(batch);
            synchronized (waiting) {
                away -= answers.size();
            }
            tell(answers);
            tell(refused(whoWaitedTooLong(), Problem.of(ProblemType.OVERLOADED).with("retryAfter", 1)));
        }
    }

    private List<Member<Q, A>> whoWaitedTooLong() {
        long now = System.nanoTime();
        var late = new ArrayList<Member<Q, A>>();
        synchronized (waiting) {
            while (!waiting.isEmpty() && now - waiting.peek().sinceNanos > limits.longestWait.toNanos()) {
                late.add(waiting.poll());
            }
        }
        return late;
    }

    /** Empty where there is nothing to do for this thread; then it counts as in flight no more. */
    private List<Member<Q, A>> takeBatch() {
        synchronized (waiting) {
            if (waiting.isEmpty() || !isWorthABatch(inFlight - 1)) {
                inFlight--;
                return List.of();
            }
            lastTakenNanos = System.nanoTime();
            var batch = new ArrayList<Member<Q, A>>(Math.min(limits.batchSize, waiting.size()));
            while (batch.size() < limits.batchSize && !waiting.isEmpty()) {
                batch.add(waiting.poll());
            }
            away += batch.size();
            return batch;
        }
    }

    private List<Answered<Q, A>> answer(List<Member<Q, A>> batch) {
        try {
            return together(batch);
        } catch (Throwable fault) {
            if (batch.size() == 1 || databaseIsGone(fault)) {
                return refused(batch, fault);
            }
            return oneByOne(batch);
        }
    }

    private static <Q, A> List<Answered<Q, A>> refused(List<Member<Q, A>> batch, Throwable fault) {
        return batch.stream().map(member -> new Answered<Q, A>(member, null, fault)).toList();
    }

    private List<Answered<Q, A>> together(List<Member<Q, A>> batch) {
        var outcomes = body.apply(batch.stream().map(Member::question).toList());
        if (outcomes.size() != batch.size()) {
            throw new IllegalStateException("a batch of %d was answered %d times".formatted(batch.size(), outcomes.size()));
        }
        var answered = new ArrayList<Answered<Q, A>>(batch.size());
        for (int i = 0; i < batch.size(); i++) {
            answered.add(new Answered<>(batch.get(i), outcomes.get(i), null));
        }
        return answered;
    }

    private List<Answered<Q, A>> oneByOne(List<Member<Q, A>> batch) {
        var answered = new ArrayList<Answered<Q, A>>(batch.size());
        for (int i = 0; i < batch.size(); i++) {
            var alone = answer(batch.subList(i, i + 1));
            answered.addAll(alone);
            var fault = alone.getFirst().fault;
            if (fault != null && databaseIsGone(fault)) {
                answered.addAll(refused(batch.subList(i + 1, batch.size()), fault));
                break;
            }
        }
        return answered;
    }

    private static boolean databaseIsGone(Throwable fault) {
        return fault instanceof Problem problem
                && (problem.type() == ProblemType.UNAVAILABLE || problem.type() == ProblemType.OVERLOADED);
    }

    /** One hop per event loop and batch, not one per member. */
    private void tell(List<Answered<Q, A>> answers) {
        var byContext = new IdentityHashMap<Context, List<Answered<Q, A>>>();
        for (var answer : answers) {
            if (answer.member.context == null) {
                answer.tell();
            } else {
                byContext.computeIfAbsent(answer.member.context, context -> new ArrayList<>()).add(answer);
            }
        }
        byContext.forEach((context, theirs) -> context.runOnContext(nothing -> theirs.forEach(Answered::tell)));
    }
}
