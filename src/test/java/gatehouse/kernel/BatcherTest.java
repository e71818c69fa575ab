package gatehouse.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.kernel.Batcher.Limits;
import gatehouse.kernel.Batcher.Outcome;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class BatcherTest {
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    /** The batches that the body was given, in the order of their beginning. */
    private final List<List<Integer>> batches = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch gate = new CountDownLatch(1);

    @AfterEach
    void stop() {
        gate.countDown();
        threads.close();
    }

    private Batcher<Integer, String> batcher(Limits limits, Function<List<Integer>, List<Outcome<String>>> body) {
        return new Batcher<>(limits, threads, questions -> {
            batches.add(List.copyOf(questions));
            return body.apply(questions);
        });
    }

    private static List<Outcome<String>> echo(List<Integer> questions) {
        return questions.stream().<Outcome<String>>map(each -> new Outcome.Done<>("answer " + each)).toList();
    }

    /** Holds the first batch in the database until the gate is opened. */
    private List<Outcome<String>> echoBehindGate(List<Integer> questions) {
        if (questions.contains(0)) {
            waitFor(gate);
        }
        return echo(questions);
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            assertTrue(latch.await(10, TimeUnit.SECONDS));
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    private void waitForBatches(int count) throws InterruptedException {
        while (batches.size() < count) {
            Thread.sleep(1);
        }
    }

    private static ProblemType refusal(Future<?> future) {
        return assertThrows(Problem.class, () -> Await.on(future)).type();
    }

    @Test
    void submit_whenIdle_goesAtOnceAsAListOfOne() {
        var batcher = batcher(Limits.DEFAULT, BatcherTest::echo);
        assertEquals("answer 7", Await.on(batcher.submit(7)));
        assertEquals("answer 8", Await.on(batcher.submit(8)));
        assertEquals(List.of(List.of(7), List.of(8)), batches);
    }

    @Test
    void submit_whileABatchIsInTheDatabase_goesWithTheNextAsOneList() throws InterruptedException {
        var batcher = batcher(new Limits(3, 1, 100), this::echoBehindGate);
        var answers = new ArrayList<Future<String>>();
        answers.add(batcher.submit(0));
        waitForBatches(1);
        for (int i = 1; i <= 5; i++) {
            answers.add(batcher.submit(i));
        }
        assertEquals(5, batcher.waiting());
        gate.countDown();
        for (int i = 0; i <= 5; i++) {
            assertEquals("answer " + i, Await.on(answers.get(i)));
        }
        assertEquals(List.of(List.of(0), List.of(1, 2, 3), List.of(4, 5)), batches);
        assertEquals(0, batcher.waiting());
    }

    @Test
    void submit_thatWaitedTooLongBehindASlowDatabase_isOverloaded_andWhoCameLateIsNot() throws InterruptedException {
        var batcher = batcher(new Limits(2, 1, 100, Duration.ofMillis(20), Duration.ofMillis(200)), this::echoBehindGate);
        var first = batcher.submit(0);
        waitForBatches(1);
        var old = List.of(batcher.submit(1), batcher.submit(2), batcher.submit(3));
        Thread.sleep(250);
        var young = batcher.submit(4);
        gate.countDown();
        old.forEach(each -> assertEquals(ProblemType.OVERLOADED, refusal(each)));
        assertEquals("answer 0", Await.on(first));
        assertEquals("answer 4", Await.on(young));
        assertEquals(List.of(List.of(0), List.of(4)), batches);
    }

    @Test
    void submit_inOneTurnOfAnEventLoop_goesAsOneList() {
        var vertx = Vertx.vertx();
        try {
            var batcher = batcher(Limits.DEFAULT, BatcherTest::echo);
            var turn = Promise.<List<Future<String>>>promise();
            vertx.runOnContext(nothing -> turn.complete(List.of(batcher.submit(1), batcher.submit(2), batcher.submit(3))));
            Await.on(Future.all(Await.on(turn.future())));
            assertEquals(List.of(List.of(1, 2, 3)), batches);
        } finally {
            Await.on(vertx.close());
        }
    }

    @Test
    void submit_whileBatchesAreInTheDatabase_startsAnotherForAsManyAsAreAway_withinBounds() throws InterruptedException {
        var batcher = batcher(new Limits(320, 5, 1_000, Duration.ofHours(1)), questions -> {
            waitFor(gate);
            return echo(questions);
        });
        var answers = new ArrayList<Future<String>>();
        // one away: a sixteenth of the longest list; then as many as are away; never more than a quarter of the longest
        var expected = List.of(1, 20, 21, 42, 80);
        for (int batch = 0; batch < expected.size(); batch++) {
            for (int i = 0; i < expected.get(batch); i++) {
                answers.add(batcher.submit(answers.size()));
            }
            waitForBatches(batch + 1);
        }
        gate.countDown();
        answers.forEach(Await::on);
        assertEquals(expected, batches.stream().map(List::size).toList());
    }

    @Test
    void submit_whileABatchStaysAwayForLong_isNotHeldUp() throws InterruptedException {
        var batcher = batcher(Limits.DEFAULT, this::echoBehindGate);
        var first = batcher.submit(0);
        waitForBatches(1);
        Thread.sleep(30);
        assertEquals("answer 1", Await.on(batcher.submit(1)));
        gate.countDown();
        assertEquals("answer 0", Await.on(first));
    }

    @Test
    void submit_neverPutsMoreBatchesIntoTheDatabaseThanAllowed() {
        var running = new AtomicInteger();
        var most = new AtomicInteger();
        var batcher = batcher(new Limits(4, 2, 1_000), questions -> {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            try {
                Thread.sleep(2);
            } catch (InterruptedException stopped) {
                throw new IllegalStateException(stopped);
            }
            running.decrementAndGet();
            return echo(questions);
        });
        var answers = java.util.stream.IntStream.range(0, 200).mapToObj(batcher::submit).toList();
        answers.forEach(Await::on);
        assertEquals(2, most.get());
    }

    @Test
    void aPoisonedMember_isTriedAlone_andTheOthersSucceed() throws InterruptedException {
        var batcher = batcher(new Limits(10, 1, 100), questions -> {
            if (questions.contains(3)) {
                throw new IllegalArgumentException("three");
            }
            return echoBehindGate(questions);
        });
        batcher.submit(0);
        waitForBatches(1);
        var answers = java.util.stream.IntStream.rangeClosed(1, 5).mapToObj(batcher::submit).toList();
        gate.countDown();
        for (int i = 1; i <= 5; i++) {
            var answer = answers.get(i - 1);
            if (i == 3) {
                assertEquals("three", assertThrows(IllegalArgumentException.class, () -> Await.on(answer)).getMessage());
            } else {
                assertEquals("answer " + i, Await.on(answer));
            }
        }
        assertEquals(List.of(List.of(0), List.of(1, 2, 3, 4, 5), List.of(1), List.of(2), List.of(3), List.of(4), List.of(5)), batches);
    }

    @Test
    void aRefusedMember_isItsOwnProblemAndNobodyElses() {
        var batcher = batcher(Limits.DEFAULT, questions -> questions.stream().<Outcome<String>>map(each -> each == 1
                ? new Outcome.Refused<>(Problem.of(ProblemType.NOT_ALLOWED_NOW)) : new Outcome.Done<>("fine")).toList());
        var refused = batcher.submit(1);
        var fine = batcher.submit(2);
        assertEquals(ProblemType.NOT_ALLOWED_NOW, refusal(refused));
        assertEquals("fine", Await.on(fine));
    }

    @Test
    void whenTheDatabaseIsGone_allAreRefusedAtOnce_notOneByOne() throws InterruptedException {
        var batcher = batcher(new Limits(100, 1, 1_000), questions -> {
            if (!questions.contains(0)) {
                throw Problem.of(ProblemType.UNAVAILABLE);
            }
            return echoBehindGate(questions);
        });
        batcher.submit(0);
        waitForBatches(1);
        var answers = java.util.stream.IntStream.rangeClosed(1, 50).mapToObj(batcher::submit).toList();
        gate.countDown();
        answers.forEach(answer -> assertEquals(ProblemType.UNAVAILABLE, refusal(answer)));
        assertEquals(2, batches.size());
    }

    @Test
    void whenTheDatabaseGoesWhileMembersAreTriedAlone_theRestIsRefusedAtOnce() throws InterruptedException {
        var batcher = batcher(new Limits(100, 1, 1_000), questions -> {
            if (questions.size() > 1) {
                throw new IllegalArgumentException("poisoned");
            }
            if (questions.getFirst() >= 3) {
                throw Problem.of(ProblemType.UNAVAILABLE);
            }
            return echoBehindGate(questions);
        });
        batcher.submit(0);
        waitForBatches(1);
        var answers = java.util.stream.IntStream.rangeClosed(1, 50).mapToObj(batcher::submit).toList();
        gate.countDown();
        assertEquals("answer 1", Await.on(answers.get(0)));
        assertEquals("answer 2", Await.on(answers.get(1)));
        answers.subList(2, 50).forEach(answer -> assertEquals(ProblemType.UNAVAILABLE, refusal(answer)));
        assertEquals(1 + 1 + 3, batches.size());
    }

    @Test
    void aFullQueue_isOverloadedAtOnce_andThoseWaitingStillGetTheirAnswers() throws InterruptedException {
        var batcher = batcher(new Limits(10, 1, 3), this::echoBehindGate);
        batcher.submit(0);
        waitForBatches(1);
        var waiting = List.of(batcher.submit(1), batcher.submit(2), batcher.submit(3));
        var tooMany = batcher.submit(4);
        assertTrue(tooMany.failed());
        assertEquals(ProblemType.OVERLOADED, refusal(tooMany));
        assertEquals(1, ((Problem) tooMany.cause()).extensions().get("retryAfter"));
        gate.countDown();
        waiting.forEach(Await::on);
        assertEquals("answer 5", Await.on(batcher.submit(5)));
    }

    @Test
    void aBodyThatAnswersTooFew_orLeavesAHole_failsThoseMembersOnly() {
        var tooFew = batcher(Limits.DEFAULT, questions -> List.of());
        assertThrows(IllegalStateException.class, () -> Await.on(tooFew.submit(1)));
        var hole = batcher(Limits.DEFAULT, questions -> Collections.singletonList(null));
        assertThrows(IllegalStateException.class, () -> Await.on(hole.submit(1)));
        assertThrows(IllegalStateException.class, () -> Await.on(hole.submit(2)));
    }

    @Test
    void anAnswer_arrivesOnTheContextOfItsSubmitter() throws Exception {
        var vertx = Vertx.vertx();
        try {
            var batcher = batcher(Limits.DEFAULT, BatcherTest::echo);
            for (int i = 0; i < 20; i++) {
                var context = vertx.getOrCreateContext();
                var heardOn = new CompletableFuture<Context>();
                int question = i;
                context.runOnContext(nothing -> batcher.submit(question).onComplete(answer -> heardOn.complete(Vertx.currentContext())));
                assertSame(context, heardOn.get(5, TimeUnit.SECONDS));
            }
        } finally {
            Await.on(vertx.close());
        }
    }

    @Test
    void aHandlerThatThrows_takesNobodyElsesAnswerAway_andStopsNoFurtherBatch() throws Exception {
        var vertx = Vertx.vertx();
        try {
            var listening = new CountDownLatch(1);
            var batcher = batcher(new Limits(10, 1, 100), questions -> {
                if (questions.contains(4)) {
                    waitFor(listening);
                }
                return echoBehindGate(questions);
            });
            var heard = Collections.synchronizedList(new ArrayList<String>());
            var all = new CountDownLatch(2);
            vertx.getOrCreateContext().runOnContext(nothing -> {
                batcher.submit(0);
                batcher.submit(1).onComplete(answer -> {
                    throw new IllegalStateException("a careless handler, on purpose");
                });
                for (int i = 2; i <= 3; i++) {
                    batcher.submit(i).onSuccess(answer -> {
                        heard.add(answer);
                        all.countDown();
                    });
                }
                gate.countDown();
            });
            waitFor(all);
            assertEquals(List.of("answer 2", "answer 3"), heard);

            var begun = batches.size();
            batcher.submit(4).onComplete(answer -> {
                throw new IllegalStateException("a careless handler, on purpose");
            });
            listening.countDown();
            waitForBatches(begun + 1);
            assertEquals("answer 5", Await.on(batcher.submit(5)));
        } finally {
            Await.on(vertx.close());
        }
    }

    @Test
    void afterItsThreadsStopped_submit_isUnavailable_neverSilent() {
        var stopped = Executors.newVirtualThreadPerTaskExecutor();
        stopped.close();
        var batcher = new Batcher<Integer, String>(new Limits(10, 1, 100), stopped, BatcherTest::echo);
        assertEquals(ProblemType.UNAVAILABLE, refusal(batcher.submit(1)));
        assertEquals(ProblemType.UNAVAILABLE, refusal(batcher.submit(2)));
        assertEquals(0, batcher.waiting());
    }

    /** Whatever fails and whoever asks: each member is answered exactly once, and what was acknowledged was committed exactly once. */
    @RepeatedTest(20)
    void underRandomFailures_noMemberIsLostAndNoneIsDoneTwice() throws Exception {
        long seed = System.nanoTime();
        var chance = new Random(seed);
        Set<Integer> poisoned = ConcurrentHashMap.newKeySet();
        for (int i = 0; i < 25; i++) {
            poisoned.add(chance.nextInt(1_000));
        }
        var committed = new ConcurrentHashMap<Integer, Integer>();
        var batcher = batcher(new Limits(1 + chance.nextInt(40), 1 + chance.nextInt(3), 10_000), questions -> {
            int dice = new Random(seed ^ batches.size()).nextInt(20);
            if (dice == 0) {
                throw Problem.of(ProblemType.UNAVAILABLE);
            }
            if (dice == 1 || questions.stream().anyMatch(poisoned::contains)) {
                throw new IllegalArgumentException("poisoned");
            }
            Thread.yield();
            questions.forEach(each -> committed.merge(each, 1, Integer::sum));
            return echo(questions);
        });
        var answers = new ConcurrentHashMap<Integer, Future<String>>();
        var submitters = new ArrayList<java.util.concurrent.Future<?>>();
        for (int submitter = 0; submitter < 10; submitter++) {
            int base = submitter * 100;
            submitters.add(threads.submit(() -> {
                for (int i = base; i < base + 100; i++) {
                    answers.put(i, batcher.submit(i));
                }
            }));
        }
        for (var submitter : submitters) {
            submitter.get();
        }
        assertEquals(1_000, answers.size());
        answers.forEach((question, answer) -> {
            boolean acknowledged = acknowledged(question, answer, poisoned);
            assertEquals(acknowledged ? 1 : 0, committed.getOrDefault(question, 0), () -> question + " with seed " + seed);
        });
        assertEquals(0, batcher.waiting());
    }

    private static boolean acknowledged(int question, Future<String> answer, Set<Integer> poisoned) {
        try {
            assertEquals("answer " + question, Await.on(answer));
            assertTrue(!poisoned.contains(question));
            return true;
        } catch (Problem | IllegalArgumentException refused) {
            return false;
        }
    }
}
