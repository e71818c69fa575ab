package gatehouse.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.jobs.JobStore.Claim;
import gatehouse.kernel.Await;
import gatehouse.kernel.BusinessClock;
import gatehouse.kernel.Database;
import gatehouse.kernel.Ids;
import gatehouse.support.TestDatabase;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class JobRunnerTest {
    private static final TestDatabase POSTGRES = TestDatabase.fresh();
    private static final Vertx VERTX = Vertx.vertx();
    private static final Database DATABASE = new Database(VERTX, POSTGRES.postgresUrl().connectOptions(), 16);
    private static final Duration LONG = Duration.ofMinutes(10);
    private static final UUID COMMUNITY = Ids.next();
    private static final When AT_NINE = When.daily(9, 0);

    private volatile OffsetDateTime now = at("2026-11-22T08:00:00");
    private final BusinessClock clock = new BusinessClock(() -> now.toInstant());
    /** What ran: job, business date, hour. */
    private final List<String> ran = Collections.synchronizedList(new ArrayList<>());

    private static OffsetDateTime at(String text) {
        return OffsetDateTime.parse(text + "+08:00");
    }

    @BeforeAll
    static void prepare() {
        DATABASE.transact(tx -> tx.sql("create table effect (id serial primary key)").update());
        DATABASE.transact(tx -> {
            var subdistrict = Ids.next();
            tx.sql("insert into subdistrict (id, name) values ($1, 's')").bind(subdistrict).update();
            return tx.sql("insert into community (id, subdistrict_id, name) values ($1, $2, 'c')").bind(COMMUNITY).bind(subdistrict).update();
        });
    }

    @BeforeEach
    void forgetEverything() {
        DATABASE.transact(tx -> {
            tx.sql("delete from job_run").update();
            tx.sql("delete from job_known").update();
            tx.sql("delete from effect").update();
            return tx.sql("delete from compound").update();
        });
    }

    @AfterAll
    static void stop() {
        DATABASE.close();
        Await.on(VERTX.close());
    }

    private static JobRunner.Limits limits(Duration lease, Duration rest) {
        return new JobRunner.Limits(8, lease, rest, 3, Duration.ofMillis(10), Duration.ofSeconds(10));
    }

    private JobRunner runner(Job... jobs) {
        return new JobRunner(DATABASE, clock, List.of(jobs), limits(LONG, Duration.ZERO));
    }

    private Consumer<JobRun> noting() {
        return run -> ran.add(run.due().job() + " " + run.due().businessDate() + " " + run.due().slot());
    }

    private static void until(BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            Thread.sleep(2);
        }
    }

    private static int count(String where) {
        return DATABASE.sql("select count(*)::int from job_run where " + where).only(row -> row.getInteger(0));
    }

    private static UUID compound(String createdAt) {
        var id = Ids.next();
        DATABASE.transact(tx -> tx.sql("insert into compound (id, community_id, name, created_at) values ($1, $2, $3, $4)")
                .bind(id).bind(COMMUNITY).bind(id.toString()).bind(at(createdAt)).update());
        return id;
    }

    /** Ticks, and waits until what it started has ended. */
    private static void tickAndWait(JobRunner runner) throws InterruptedException {
        runner.tick();
        until(() -> count("finished_at is null and gave_up_at is null and owner <> '" + new UUID(0, 0) + "'") == 0);
    }

    @Test
    void aJob_runsWhenItsHourHasCome_once() throws InterruptedException {
        var runner = runner(Job.onceForAll("remind", AT_NINE, noting()));
        tickAndWait(runner);
        now = at("2026-11-22T08:59:59.999");
        tickAndWait(runner);
        assertEquals(List.of(), ran);
        now = at("2026-11-22T09:00:00");
        tickAndWait(runner);
        tickAndWait(runner);
        now = at("2026-11-22T09:00:01");
        tickAndWait(runner);
        assertEquals(List.of("remind 2026-11-22 09:00"), ran);
        now = at("2026-11-23T09:00:00");
        tickAndWait(runner);
        assertEquals(List.of("remind 2026-11-22 09:00", "remind 2026-11-23 09:00"), ran);
    }

    @Test
    void aRestart_neverFiresTwice() throws InterruptedException {
        var job = Job.onceForAll("remind", AT_NINE, noting());
        tickAndWait(runner(job));
        now = at("2026-11-22T09:00:00");
        tickAndWait(runner(job));
        tickAndWait(runner(job));
        now = at("2026-11-22T09:05:00");
        tickAndWait(runner(job));
        assertEquals(1, ran.size());
    }

    @Test
    void anHourMissedWhileStopped_isCaughtUp_asFarBackAsTheJobSays() throws InterruptedException {
        var summary = Job.onceForAll("summary", AT_NINE, noting()).caughtUpWithin(Duration.ofHours(30));
        now = at("2026-11-19T08:00:00");
        tickAndWait(runner(summary));
        now = at("2026-11-22T12:00:00");
        tickAndWait(runner(summary));
        assertEquals(List.of("summary 2026-11-21 09:00", "summary 2026-11-22 09:00"), ran.stream().sorted().toList());
    }

    @Test
    void anHourMissedByAJobThatSkips_isSkipped() throws InterruptedException {
        var remind = Job.onceForAll("remind", AT_NINE, noting());
        tickAndWait(runner(remind));
        now = at("2026-11-22T12:00:00");
        tickAndWait(runner(remind));
        assertEquals(List.of(), ran);
    }

    @Test
    void aJobThatIsNew_hasMissedNothing() throws InterruptedException {
        now = at("2026-11-22T12:00:00");
        var summary = Job.onceForAll("summary", AT_NINE, noting()).caughtUpWithin(Duration.ofDays(3));
        tickAndWait(runner(summary));
        tickAndWait(runner(summary));
        assertEquals(List.of(), ran);
    }

    @Test
    void aJobForEachCompound_runsOnceInEach_exceptWhereTheCompoundIsNewer() throws InterruptedException {
        var where = Collections.synchronizedSet(new HashSet<UUID>());
        var job = Job.forEachCompound("remind", AT_NINE, run -> {
            noting().accept(run);
            where.add(run.compound());
        });
        var garden = compound("2026-11-01T00:00:00");
        var grove = compound("2026-11-22T08:30:00");
        compound("2026-11-22T09:00:01");
        tickAndWait(runner(job));
        now = at("2026-11-22T09:00:05");
        var runner = runner(job);
        tickAndWait(runner);
        tickAndWait(runner);
        assertEquals(java.util.Set.of(garden, grove), where);
        assertEquals(2, ran.size());
    }

    @Test
    void aJobForAll_hasNoCompound() throws InterruptedException {
        var failure = new ArrayList<Throwable>();
        var job = Job.onceForAll("sweep", AT_NINE, run -> failure.add(assertThrows(IllegalStateException.class, run::compound)));
        tickAndWait(runner(job));
        now = at("2026-11-22T09:00:00");
        tickAndWait(runner(job));
        assertEquals(1, failure.size());
    }

    @Test
    void manyInstancesAtTheSameJob_runItOnce() throws Exception {
        var jobs = IntStream.range(0, 20).mapToObj(i -> Job.onceForAll("job-" + i, AT_NINE, noting())).toArray(Job[]::new);
        tickAndWait(runner(jobs));
        now = at("2026-11-22T09:00:00");
        var start = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var instances = IntStream.range(0, 6).mapToObj(i -> threads.submit(() -> {
                var runner = runner(jobs);
                start.await();
                for (int tick = 0; tick < 5; tick++) {
                    runner.tick();
                }
                return runner;
            })).toList();
            start.countDown();
            for (var each : instances) {
                each.get(30, TimeUnit.SECONDS).close();
            }
        }
        assertEquals(20, ran.size());
        assertEquals(20, new HashSet<>(ran).size());
        assertEquals(20, count("finished_at is not null and attempt = 1"));
    }

    @Test
    void aRunWhoseOwnerDied_isTakenOver_onceItsClaimRanOut() throws InterruptedException {
        var job = Job.onceForAll("remind", AT_NINE, noting());
        tickAndWait(runner(job));
        now = at("2026-11-22T09:00:00");
        var due = new DailySchedule(BusinessClock.ZONE, List.of(job)).due(at("2026-11-22T08:00:00"), now).getFirst();
        assertInstanceOf(Claim.Ours.class, JobStore.claim(DATABASE, JobStore.ALL_COMPOUNDS, due, Ids.next(), LONG));

        var survivor = runner(job);
        survivor.tick();
        survivor.tick();
        Thread.sleep(100);
        assertEquals(List.of(), ran);

        DATABASE.transact(tx -> tx.sql("update job_run set lease_until = now() - interval '1 second'").update());
        tickAndWait(survivor);
        assertEquals(List.of("remind 2026-11-22 09:00"), ran);
        assertEquals(1, count("finished_at is not null and attempt = 2"));
    }

    @Test
    void aLongRun_keepsItsClaim_whileItsOwnerLives() throws InterruptedException {
        var release = new CountDownLatch(1);
        var job = Job.onceForAll("long", AT_NINE, run -> {
            noting().accept(run);
            waitFor(release);
        });
        tickAndWait(runner(job));
        now = at("2026-11-22T09:00:00");
        var shortLease = limits(Duration.ofMillis(600), Duration.ZERO);
        try (var owner = new JobRunner(DATABASE, clock, List.of(job), shortLease);
             var rival = new JobRunner(DATABASE, clock, List.of(job), shortLease)) {
            owner.start();
            until(() -> ran.size() == 1);
            rival.start();
            Thread.sleep(1_500);
            assertEquals(1, ran.size());
            release.countDown();
            until(() -> count("finished_at is not null") == 1);
        }
        assertEquals(1, count("attempt = 1"));
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            assertTrue(latch.await(20, TimeUnit.SECONDS));
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    @Test
    void aBodyThatFails_isTriedAgain_andGivenUpInTheEnd_whileOthersRun() throws InterruptedException {
        var attempts = new AtomicInteger();
        var failing = Job.onceForAll("failing", AT_NINE, run -> {
            attempts.incrementAndGet();
            throw new IllegalArgumentException("on purpose");
        });
        var runner = runner(failing, Job.onceForAll("fine", AT_NINE, noting()));
        tickAndWait(runner);
        now = at("2026-11-22T09:00:00");
        for (int tick = 0; tick < 10; tick++) {
            tickAndWait(runner);
        }
        assertEquals(3, attempts.get());
        assertEquals(List.of("fine 2026-11-22 09:00"), ran);
        assertEquals(1, count("job = 'failing' and gave_up_at is not null and last_fault = 'IllegalArgumentException'"));
    }

    @Test
    void aBodyThatFailsOnce_succeedsAtItsSecondAttempt_afterARest() throws InterruptedException {
        var attempts = new AtomicInteger();
        var job = Job.onceForAll("shaky", AT_NINE, run -> {
            if (attempts.incrementAndGet() == 1) {
                throw new StackOverflowError("on purpose");
            }
            noting().accept(run);
        });
        var runner = new JobRunner(DATABASE, clock, List.of(job), limits(LONG, LONG));
        tickAndWait(runner);
        now = at("2026-11-22T09:00:00");
        tickAndWait(runner);
        tickAndWait(runner);
        assertEquals(1, attempts.get());
        DATABASE.transact(tx -> tx.sql("update job_run set lease_until = now() - interval '1 second'").update());
        tickAndWait(runner);
        assertEquals(1, ran.size());
        assertEquals(1, count("finished_at is not null and attempt = 2 and last_fault is null"));
    }

    @Test
    void anEffectFinishedInItsOwnTransaction_happensOnce_evenIfItsOwnerOnlySeemedDead() throws Exception {
        var bothAreIn = new CountDownLatch(2);
        var job = Job.onceForAll("effect", AT_NINE, run -> {
            bothAreIn.countDown();
            waitFor(bothAreIn);
            DATABASE.transact(tx -> {
                int inserted = tx.sql("insert into effect default values").update();
                run.finish(tx);
                return inserted;
            });
        });
        tickAndWait(runner(job));
        now = at("2026-11-22T09:00:00");
        try (var slow = runner(job); var rival = runner(job)) {
            slow.tick();
            DATABASE.transact(tx -> tx.sql("update job_run set lease_until = now() - interval '1 second'").update());
            rival.tick();
        }
        assertEquals(1, DATABASE.sql("select count(*)::int from effect").<Integer>only(row -> row.getInteger(0)));
        assertEquals(1, count("finished_at is not null and attempt = 2"));
    }

    @Test
    void close_waitsForWhatRuns_andStartsNothingMore() throws InterruptedException {
        var entered = new CountDownLatch(1);
        var job = Job.onceForAll("slow", AT_NINE, run -> {
            entered.countDown();
            sleep(300);
            noting().accept(run);
        });
        tickAndWait(runner(job));
        now = at("2026-11-22T09:00:00");
        var runner = runner(job);
        runner.start();
        waitFor(entered);
        runner.close();
        assertEquals(1, ran.size());
        assertEquals(1, count("finished_at is not null"));
        now = at("2026-11-23T09:00:00");
        Thread.sleep(100);
        assertEquals(1, ran.size());
    }

    private static void sleep(int millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    @Test
    void moreRunsThanPlaces_waitForAPlace() throws InterruptedException {
        var running = new AtomicInteger();
        var most = new AtomicInteger();
        var jobs = IntStream.range(0, 20).mapToObj(i -> Job.onceForAll("job-" + i, AT_NINE, run -> {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            sleep(10);
            running.decrementAndGet();
            noting().accept(run);
        })).toArray(Job[]::new);
        tickAndWait(runner(jobs));
        now = at("2026-11-22T09:00:00");
        try (var runner = runner(jobs)) {
            runner.tick();
        }
        assertEquals(20, ran.size());
        assertTrue(most.get() <= 8, () -> most + " at once");
    }

    @Test
    void sweep_forgetsRunsOfLongAgo_andNoYounger() throws InterruptedException {
        var job = Job.onceForAll("remind", AT_NINE, noting());
        tickAndWait(runner(job));
        now = at("2026-11-22T09:00:00");
        tickAndWait(runner(job));
        DATABASE.transact(tx -> tx.sql("update job_run set business_date = current_date - 90").update());
        assertEquals(0, JobRunner.sweep(DATABASE));
        DATABASE.transact(tx -> tx.sql("update job_run set business_date = current_date - 91").update());
        assertEquals(1, JobRunner.sweep(DATABASE));
    }
}
