package gatehouse.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.support.TcpProxy;
import gatehouse.support.TestDatabase;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DatabaseTest {
    private static final TestDatabase POSTGRES = TestDatabase.fresh();
    private static final Vertx VERTX = Vertx.vertx();
    private static final Database DATABASE = new Database(VERTX, POSTGRES.postgresUrl().connectOptions(), 4);

    @BeforeAll
    static void makeATable() {
        DATABASE.transact(tx -> tx.sql("create table tin (id int primary key, peas int not null)").update());
    }

    @AfterAll
    static void stop() {
        DATABASE.close();
        Await.on(VERTX.close());
    }

    @BeforeEach
    void twoEmptyTins() {
        DATABASE.transact(tx -> tx.sql("delete from tin").update());
        DATABASE.transact(tx -> tx.sql("insert into tin values (1, 0), (2, 0)").update());
    }

    private static int peas(int tin) {
        return DATABASE.sql("select peas from tin where id = $1").bind(tin).only(row -> row.getInteger(0));
    }

    private static int addPea(Tx tx, int tin) {
        return tx.sql("update tin set peas = peas + 1 where id = $1").bind(tin).update();
    }

    private static int raise(Tx tx, String sqlState) {
        return tx.sql("do $$ begin raise exception using errcode = '" + sqlState + "'; end $$").update();
    }

    @Test
    void transact_commitsWhatTheBodyDid_andAnswersItsResult() {
        assertEquals(1, DATABASE.<Integer>transact(tx -> addPea(tx, 1)));
        assertEquals(1, peas(1));
    }

    @Test
    void transact_whoseBodyThrows_rollsBackAndThrowsTheSame() {
        var problem = assertThrows(Problem.class, () -> DATABASE.transact(tx -> {
            addPea(tx, 1);
            throw Problem.of(ProblemType.NOT_ALLOWED_NOW);
        }));
        assertEquals(ProblemType.NOT_ALLOWED_NOW, problem.type());
        assertThrows(StackOverflowError.class, () -> DATABASE.transact(tx -> {
            addPea(tx, 1);
            throw new StackOverflowError("on purpose");
        }));
        assertEquals(0, peas(1));
    }

    @Test
    void inOneStatement_isCommittedWithIt_andHasNoSecond() {
        assertEquals(Optional.of(1), DATABASE.inOneStatement(tx -> addPea(tx, 1)));
        assertEquals(1, peas(1));
        assertThrows(IllegalStateException.class, () -> DATABASE.inOneStatement(tx -> addPea(tx, 1) + addPea(tx, 2)));
        assertEquals(0, peas(2));
    }

    @Test
    void inOneStatement_thatCollides_isEmpty_andNothingOfItIsThere() {
        assertEquals(Optional.empty(), DATABASE.inOneStatement(tx -> tx.sql("insert into tin values (3, 0), (1, 0)").update()));
        assertEquals(Optional.empty(), DATABASE.inOneStatement(tx -> raise(tx, "40P01")));
        assertThrows(PgException.class, () -> DATABASE.inOneStatement(tx -> raise(tx, "23514")));
        assertEquals(2, DATABASE.<Integer>transact(tx -> tx.sql("delete from tin").update()));
    }

    @Test
    void transact_whoseBodySwallowsADatabaseError_isNeverTakenForCommitted() {
        assertThrows(RuntimeException.class, () -> DATABASE.transact(tx -> {
            addPea(tx, 1);
            assertThrows(PgException.class, () -> tx.sql("insert into tin values (1, 0)").update());
            return "fine";
        }));
        assertEquals(0, peas(1));
    }

    @Test
    void transact_afterAnyFailure_leavesNoConnectionInATransaction() {
        for (int i = 0; i < 20; i++) {
            assertThrows(PgException.class, () -> DATABASE.transact(tx -> tx.sql("insert into tin values (1, 0)").update()));
            assertThrows(PgException.class, () -> DATABASE.transact(tx -> tx.sql("select nonsense").update()));
        }
        assertEquals(0, DATABASE.sql("""
                select count(*)::int from pg_stat_activity where datname = current_database() and state like 'idle in transaction%'""")
                .<Integer>only(row -> row.getInteger(0)));
    }

    @Test
    void transact_inADeadlock_isTriedAgain_andBothSucceed() throws Exception {
        var bothHoldOne = new CyclicBarrier(2);
        var attempts = new AtomicInteger();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var done = new ArrayList<java.util.concurrent.Future<Integer>>();
            for (int first = 1; first <= 2; first++) {
                int one = first;
                var firstTry = new AtomicInteger();
                done.add(threads.submit(() -> DATABASE.transact(tx -> {
                    attempts.incrementAndGet();
                    addPea(tx, one);
                    if (firstTry.getAndIncrement() == 0) {
                        meet(bothHoldOne);
                    }
                    return addPea(tx, 3 - one);
                })));
            }
            for (var each : done) {
                assertEquals(1, each.get(20, TimeUnit.SECONDS));
            }
        }
        // a slow machine may deadlock again
        assertTrue(attempts.get() >= 3, "nobody was tried again");
        assertEquals(2, peas(1));
        assertEquals(2, peas(2));
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await(10, TimeUnit.SECONDS);
        } catch (Exception missed) {
            throw new IllegalStateException(missed);
        }
    }

    @Test
    void transact_overtakenWhileSerializable_isTriedAgainWithTheNewRow() {
        var attempts = new AtomicInteger();
        DATABASE.transact(tx -> {
            tx.sql("set transaction isolation level serializable").update();
            int seen = tx.sql("select peas from tin where id = 1").only(row -> row.getInteger(0));
            if (attempts.incrementAndGet() == 1) {
                DATABASE.transact(other -> addPea(other, 1));
            }
            return tx.sql("update tin set peas = $1 where id = 1").bind(seen + 10).update();
        });
        assertEquals(2, attempts.get());
        assertEquals(11, peas(1));
    }

    @Test
    void transact_thatNeverSerializes_givesUpAsOverloaded() {
        var attempts = new AtomicInteger();
        var problem = assertThrows(Problem.class, () -> DATABASE.transact(tx -> {
            attempts.incrementAndGet();
            return raise(tx, "40001");
        }));
        assertEquals(ProblemType.OVERLOADED, problem.type());
        assertEquals(4, attempts.get());
    }

    @Test
    void transact_thatViolatesAConstraint_isNotTriedAgain() {
        var attempts = new AtomicInteger();
        assertThrows(PgException.class, () -> DATABASE.transact(tx -> {
            attempts.incrementAndGet();
            return raise(tx, "23505");
        }));
        assertEquals(1, attempts.get());
    }

    @Test
    void everyConnection_limitsItsStatementsAndItsIdleTransactions() {
        assertEquals("20s", DATABASE.sql("show statement_timeout").<String>only(row -> row.getString(0)));
        assertEquals("1min", DATABASE.sql("show idle_in_transaction_session_timeout").<String>only(row -> row.getString(0)));
        var late = assertThrows(Problem.class, () -> DATABASE.transact(tx -> {
            tx.sql("set local statement_timeout = 20").update();
            return tx.sql("select pg_sleep(5)").update();
        }));
        assertEquals(ProblemType.UNAVAILABLE, late.type());
    }

    @Test
    void aWrongParameter_isAProgrammingFault_notAnUnavailableDatabase_andItsMessageHidesTheValue() {
        var wrong = assertThrows(IllegalArgumentException.class,
                () -> DATABASE.sql("select * from tin where id = $1").bind("13900000001").exists());
        assertFalse(String.valueOf(wrong.getMessage()).contains("13900000001"));
        assertThrows(IllegalArgumentException.class, () -> DATABASE.sql("select * from tin where id = $1").bind(1).bind(2).exists());
    }

    @Test
    void sql_bindsArraysAndNulls_asOneParameterEach() {
        int found = DATABASE.sql("select count(*)::int from unnest($1::int[], $2::text[]) as t (a, b) where $3::text is null")
                .bind(new Integer[] {1, 2}).bind(new String[] {"a", null}).bind(null).only(row -> row.getInteger(0));
        assertEquals(2, found);
    }

    @Test
    void whenThePoolAndItsQueueAreFull_aRequestIsOverloadedAtOnce() throws Exception {
        var release = new CountDownLatch(1);
        var holds = new CountDownLatch(1);
        try (var one = new Database(VERTX, POSTGRES.postgresUrl().connectOptions(), 1);
             var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var holder = threads.submit(() -> one.transact(tx -> {
                holds.countDown();
                return waitFor(release);
            }));
            assertTrue(holds.await(10, TimeUnit.SECONDS));
            var waiting = new ArrayList<Future<?>>();
            for (int i = 0; i < 2_000; i++) {
                waiting.add(one.sql("select 1").execute());
            }
            Instant asked = Instant.now();
            var refused = assertThrows(Problem.class, () -> one.sql("select 1").exists());
            assertEquals(ProblemType.OVERLOADED, refused.type());
            assertTrue(Duration.between(asked, Instant.now()).toMillis() < 1_000);
            release.countDown();
            holder.get(10, TimeUnit.SECONDS);
            waiting.forEach(Await::on);
        }
    }

    private static boolean waitFor(CountDownLatch latch) {
        try {
            return latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    @Test
    void whenTheDatabaseIsGone_everybodyHearsUnavailableFast_andItRecoversByItself() {
        var direct = POSTGRES.postgresUrl().connectOptions().getFirst();
        try (var proxy = new TcpProxy(direct.getHost(), direct.getPort());
             var behindProxy = new Database(VERTX, List.of(through(proxy, direct)), 4)) {
            assertEquals(1, behindProxy.<Integer>transact(tx -> addPea(tx, 1)));

            var during = assertThrows(Problem.class, () -> behindProxy.transact(tx -> {
                addPea(tx, 2);
                proxy.cut();
                return addPea(tx, 2);
            }));
            assertEquals(ProblemType.UNAVAILABLE, during.type());
            for (int i = 0; i < 5; i++) {
                Instant asked = Instant.now();
                assertEquals(ProblemType.UNAVAILABLE,
                        assertThrows(Problem.class, () -> behindProxy.transact(tx -> addPea(tx, 2))).type());
                assertEquals(ProblemType.UNAVAILABLE, assertThrows(Problem.class, () -> behindProxy.sql("select 1").exists()).type());
                assertTrue(Duration.between(asked, Instant.now()).toMillis() < 2_000);
            }

            proxy.mend();
            assertEquals(1, behindProxy.<Integer>transact(tx -> addPea(tx, 1)));
        }
        assertEquals(2, peas(1));
        assertEquals(0, peas(2));
    }

    @Test
    void whoWaitsTooLongForAConnection_isUnavailable_andTheConnectionIsNotLost() throws Exception {
        try (var small = new Database(VERTX, POSTGRES.postgresUrl().connectOptions(), 1, Duration.ofSeconds(25), Duration.ofMillis(200))) {
            var taken = new CountDownLatch(1);
            var enough = new CountDownLatch(1);
            var holder = CompletableFuture.supplyAsync(() -> small.<Integer>transact(tx -> {
                taken.countDown();
                try {
                    enough.await();
                } catch (InterruptedException stopped) {
                    throw new IllegalStateException(stopped);
                }
                return addPea(tx, 1);
            }), Thread::startVirtualThread);
            taken.await();
            assertEquals(ProblemType.UNAVAILABLE, assertThrows(Problem.class, () -> small.transact(tx -> addPea(tx, 1))).type());
            enough.countDown();
            assertEquals(1, holder.get(20, TimeUnit.SECONDS));
            assertEquals(1, small.<Integer>transact(tx -> addPea(tx, 1)));
        }
        assertEquals(2, peas(1));
    }

    /** As at a start on a machine that is busy with recovering. */
    @Test
    void databaseThatDoesNotAnswerYet_isWaitedFor_butNotForEver() throws Exception {
        var direct = POSTGRES.postgresUrl().connectOptions().getFirst();
        try (var proxy = new TcpProxy(direct.getHost(), direct.getPort());
             var behindProxy = new Database(VERTX, List.of(through(proxy, direct)), 1)) {
            proxy.cut();
            assertEquals(ProblemType.UNAVAILABLE, assertThrows(Problem.class, () -> behindProxy.awaitAnswer(Duration.ZERO, () -> false)).type());
            var waiting = CompletableFuture.runAsync(() -> behindProxy.awaitAnswer(Duration.ofSeconds(30), () -> false), Thread::startVirtualThread);
            assertThrows(TimeoutException.class, () -> waiting.get(300, TimeUnit.MILLISECONDS));
            assertThrows(StartFailure.class, () -> behindProxy.awaitAnswer(Duration.ofMinutes(2), () -> true));
            proxy.mend();
            waiting.get(20, TimeUnit.SECONDS);
        }
    }

    @Test
    void databaseThatLetsNobodyIn_isNotWaitedFor_andTheSettingIsNamed() {
        try (var stranger = new Database(VERTX, List.of(new PgConnectOptions(POSTGRES.postgresUrl().connectOptions().getFirst()).setPassword("guess")), 1)) {
            var told = assertThrows(StartFailure.class, () -> stranger.awaitAnswer(Duration.ofMinutes(2), () -> false)).getMessage();
            assertTrue(told.contains("28P01") && told.contains("sslmode in GATEHOUSE_DATABASE_URL"), told);
        }
    }

    @Test
    void whenTheDatabasesMachineVanishesWithoutAWord_itsConnectionsAreGivenUp() {
        var direct = POSTGRES.postgresUrl().connectOptions().getFirst();
        try (var proxy = new TcpProxy(direct.getHost(), direct.getPort());
             var behindProxy = new Database(VERTX, List.of(through(proxy, direct)), 1, Duration.ofMillis(500), Duration.ofSeconds(10))) {
            assertEquals(1, behindProxy.<Integer>transact(tx -> addPea(tx, 1)));
            proxy.hush();
            assertEquals(ProblemType.UNAVAILABLE, assertThrows(Problem.class, () -> behindProxy.transact(tx -> addPea(tx, 1))).type());
            assertEquals(1, behindProxy.<Integer>transact(tx -> addPea(tx, 1)));
        }
        assertEquals(2, peas(1));
    }

    private static PgConnectOptions through(TcpProxy proxy, PgConnectOptions direct) {
        return new PgConnectOptions(direct).setHost("127.0.0.1").setPort(proxy.port());
    }

    @Test
    void ofSeveralServers_theNextOneIsUsed_whereOneIsGone() {
        var direct = POSTGRES.postgresUrl().connectOptions().getFirst();
        var gone = new TcpProxy(direct.getHost(), direct.getPort());
        gone.close();
        try (var several = new Database(VERTX, List.of(through(gone, direct), direct), 4)) {
            assertEquals(1, several.<Integer>transact(tx -> addPea(tx, 1)));
        }
    }

    @Test
    void rows_areReadInBatches_neverAllAtOnce() {
        DATABASE.transact(tx -> tx.sql("insert into tin select i, i from generate_series(3, 1000) i").update());
        DATABASE.transact(tx -> tx.sql("create sequence fetched").update());
        for (int round = 0; round < 2; round++) {
            var ids = new ArrayList<Integer>();
            var fetchedByThen = new ArrayList<Long>();
            DATABASE.transact(tx -> {
                tx.sql("select setval('fetched', 1, false)").exists();
                tx.sql("select id, nextval('fetched') from tin where peas >= $1 order by id").bind(0).each(100, row -> {
                    ids.add(row.getInteger("id"));
                    if (ids.size() % 250 == 1) {
                        fetchedByThen.add(tx.sql("select last_value from fetched").only(last -> last.getLong(0)));
                    }
                });
                return null;
            });
            assertEquals(IntStream.rangeClosed(1, 1000).boxed().toList(), ids);
            assertEquals(List.of(100L, 300L, 600L, 800L), fetchedByThen);
        }
    }

    @Test
    void readOnce_isOnePicture_andIsNotTriedAgain() {
        var attempts = new AtomicInteger();
        DATABASE.readOnce(tx -> {
            tx.sql("select 1 from tin").exists();
            DATABASE.transact(other -> addPea(other, 1));
            return tx.sql("select peas from tin where id = 1").only(row -> assertedZero(row.getInteger(0)));
        });
        assertEquals(1, peas(1));
        assertThrows(PgException.class, () -> DATABASE.readOnce(tx -> {
            attempts.incrementAndGet();
            return raise(tx, "40001");
        }));
        assertEquals(1, attempts.get());
    }

    private static int assertedZero(int found) {
        assertEquals(0, found);
        return found;
    }

    @Test
    void count_isThatOfTheRows() {
        assertEquals(1, DATABASE.sql("select id from tin where id > $1 order by id").bind(1).count());
    }
}
