package gatehouse.jobs;

import gatehouse.jobs.DailySchedule.Due;
import gatehouse.jobs.JobStore.Claim;
import gatehouse.kernel.BusinessClock;
import gatehouse.kernel.Database;
import gatehouse.kernel.Ids;
import gatehouse.kernel.Problem;
import gatehouse.kernel.ProblemType;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the jobs of the timetable. At every tick it looks at what fell due, claims it in the database and runs the bodies on virtual
 * threads, a few at once. It remembers nothing that the database does not know, so it may be killed at any time.
 */
public final class JobRunner implements AutoCloseable {
    /**
     * Bodies at once; how long a claim holds unless prolonged; how long a failed run rests; attempts before it is given up; how often
     * the clock is looked at; how long {@link #close} waits for what runs.
     */
    public record Limits(int atOnce, Duration lease, Duration rest, int attempts, Duration tick, Duration closing) {
        public static final Limits DEFAULT = new Limits(8, Duration.ofSeconds(60), Duration.ofSeconds(30), 5, Duration.ofSeconds(1),
                Duration.ofSeconds(20));
    }

    private record Key(UUID compound, Due due) {
    }

    private static final Logger LOG = LoggerFactory.getLogger(JobRunner.class);

    private final Database database;
    private final BusinessClock clock;
    private final List<Job> jobs;
    private final DailySchedule schedule;
    private final Limits limits;
    private final UUID owner = Ids.next();
    private final Semaphore free;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread ticker = Thread.ofVirtual().name("jobs").unstarted(this::tickUntilClosed);
    private final Thread heart = Thread.ofVirtual().name("jobs-heart").unstarted(this::beatUntilClosed);
    /** Up to when everything of a job is done, so that the database need not be asked again. */
    private final Map<String, OffsetDateTime> doneUntil = new HashMap<>();
    private final Set<Key> done = new HashSet<>();
    private Map<String, OffsetDateTime> knownSince = Map.of();
    private boolean databaseWasGone;

    JobRunner(Database database, BusinessClock clock, List<Job> jobs, Limits limits) {
        this.database = database;
        this.clock = clock;
        this.jobs = List.copyOf(jobs);
        this.schedule = new DailySchedule(BusinessClock.ZONE, jobs);
        this.limits = limits;
        this.free = new Semaphore(limits.atOnce);
    }

    /** A running runner of these jobs. */
    public static JobRunner start(Database database, BusinessClock clock, List<Job> jobs) {
        var runner = new JobRunner(database, clock, jobs, Limits.DEFAULT);
        runner.start();
        return runner;
    }

    /** Forgets runs of long ago; answers how many. */
    public static int sweep(Database database) {
        return database.transact(JobStore::sweep);
    }

    void start() {
        LOG.info("jobs: {}", schedule.toString().replace('\n', ';'));
        heart.start();
        ticker.start();
    }

    private boolean isClosing() {
        return closing.getCount() == 0;
    }

    private boolean waitUnlessClosing(Duration pause) {
        try {
            return !closing.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopped) {
            closing.countDown();
            return false;
        }
    }

    private void tickUntilClosed() {
        do {
            try {
                tick();
                databaseWasGone = false;
            } catch (RuntimeException fault) {
                report(fault);
            }
        } while (waitUnlessClosing(limits.tick));
    }

    /** Says once that the database is gone, not at every tick. */
    private void report(RuntimeException fault) {
        if (!(fault instanceof Problem problem && (problem.type() == ProblemType.UNAVAILABLE || problem.type() == ProblemType.OVERLOADED))) {
            LOG.error("the jobs could not be looked at", fault);
        } else if (!databaseWasGone) {
            databaseWasGone = true;
            LOG.warn("the jobs wait for the database");
        }
    }

    /** Claims and starts what is due now. */
    void tick() {
        var now = clock.now();
        if (knownSince.isEmpty() && !jobs.isEmpty()) {
            knownSince = JobStore.knownSince(database, jobs.stream().map(Job::name).toList(), now);
        }
        for (var job : jobs) {
            startWhatIsDue(job, now);
        }
    }

    private void startWhatIsDue(Job job, OffsetDateTime now) {
        var from = latest(latest(now.minus(job.lookBack()), knownSince.get(job.name())), doneUntil.getOrDefault(job.name(), OffsetDateTime.MIN));
        var slots = schedule.due(job.name(), from, now);
        boolean allDone = true;
        for (var due : slots) {
            for (var compound : compoundsOf(job, due)) {
                if (isClosing()) {
                    return;
                }
                allDone &= isDone(job, new Key(compound, due));
            }
        }
        if (allDone && !slots.isEmpty()) {
            doneUntil.put(job.name(), now);
            done.removeIf(key -> key.due.job().equals(job.name()));
        }
    }

    private static OffsetDateTime latest(OffsetDateTime one, OffsetDateTime other) {
        return one.isAfter(other) ? one : other;
    }

    /** Hours before a compound was there were not missed in it. */
    private List<UUID> compoundsOf(Job job, Due due) {
        return switch (job.reach()) {
            case ONCE_FOR_ALL -> List.of(JobStore.ALL_COMPOUNDS);
            case EACH_COMPOUND -> JobStore.compounds(database).stream().filter(each -> each.createdAt().isBefore(due.at()))
                    .map(JobStore.Compound::id).toList();
        };
    }

    private boolean isDone(Job job, Key key) {
        if (done.contains(key)) {
            return true;
        }
        if (!takePlace()) {
            return false;
        }
        boolean started = false;
        try {
            return switch (JobStore.claim(database, key.compound, key.due, owner, limits.lease)) {
                case Claim.Ours(int attempt) -> {
                    var compound = job.reach() == Job.Reach.EACH_COMPOUND ? Optional.of(key.compound) : Optional.<UUID>empty();
                    var run = new JobRun(compound, key.due, owner, attempt);
                    Thread.ofVirtual().name("job-" + job.name()).start(() -> run(job, run));
                    started = true;
                    yield false;
                }
                case Claim.Busy() -> false;
                case Claim.Settled() -> done.add(key);
            };
        } finally {
            if (!started) {
                free.release();
            }
        }
    }

    /** False where the runner closes before a place is free. */
    private boolean takePlace() {
        try {
            while (!free.tryAcquire(100, TimeUnit.MILLISECONDS)) {
                if (isClosing()) {
                    return false;
                }
            }
            return true;
        } catch (InterruptedException stopped) {
            closing.countDown();
            return false;
        }
    }

    private void run(Job job, JobRun run) {
        try {
            job.body().accept(run);
            database.transact(tx -> JobStore.finish(tx, run));
        } catch (RuntimeException | Error fault) {
            restOrGiveUp(run, fault);
        } finally {
            free.release();
        }
    }

    private void restOrGiveUp(JobRun run, Throwable fault) {
        boolean forGood = run.attempt() >= limits.attempts;
        LOG.error("job {} of {} {} failed at attempt {}{}", run.due().job(), run.due().businessDate(), run.due().slot(), run.attempt(),
                forGood ? " and is given up" : "", fault);
        try {
            database.transact(tx -> {
                JobStore.failed(tx, run, forGood, limits.rest, fault.getClass().getSimpleName());
                return run;
            });
        } catch (RuntimeException unreachable) {
            LOG.warn("the failed run will be taken over when its claim has run out", unreachable);
        }
    }

    private void beatUntilClosed() {
        while (waitUnlessClosing(limits.lease.dividedBy(3))) {
            beat();
        }
    }

    private void beat() {
        try {
            database.transact(tx -> {
                JobStore.prolong(tx, owner, limits.lease);
                return owner;
            });
        } catch (RuntimeException missed) {
            LOG.warn("a claim of jobs could not be prolonged: {}", missed.getMessage());
        }
    }

    /** Starts nothing more and waits for what runs; what is still running then is taken over elsewhere when its claim has run out. */
    @Override
    public void close() {
        closing.countDown();
        try {
            if (!free.tryAcquire(limits.atOnce, limits.closing.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("closed while jobs were running");
            }
            for (var thread : List.of(ticker, heart)) {
                if (thread.getState() != Thread.State.NEW) {
                    thread.join(limits.closing);
                }
            }
        } catch (InterruptedException impatient) {
            Thread.currentThread().interrupt();
        }
    }
}
