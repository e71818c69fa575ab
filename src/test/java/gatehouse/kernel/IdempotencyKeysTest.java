package gatehouse.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.support.TestDatabase;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class IdempotencyKeysTest {
    private static final TestDatabase POSTGRES = TestDatabase.fresh();
    private static final Vertx VERTX = Vertx.vertx();
    private static final Database DATABASE = new Database(VERTX, POSTGRES.postgresUrl().connectOptions(), 8);

    private final UUID compound = Ids.next();
    private final UUID account = Ids.next();
    private final IdempotencyKey key = key(Ids.next(), "body");

    @BeforeAll
    static void makeATable() {
        DATABASE.transact(tx -> tx.sql("create table effect (id serial primary key)").update());
    }

    @AfterAll
    static void stop() {
        DATABASE.close();
        Await.on(VERTX.close());
    }

    @BeforeEach
    void noEffects() {
        DATABASE.transact(tx -> tx.sql("delete from effect").update());
        DATABASE.transact(tx -> tx.sql("delete from idempotency_key").update());
    }

    private IdempotencyKey key(UUID key, String body) {
        return new IdempotencyKey(compound, account, key, body.getBytes(StandardCharsets.UTF_8));
    }

    private static Once<Integer> once(IdempotencyKey key) {
        return new Once<>(Optional.of(key), id -> new Answer(201, "{\"id\":" + id + "}"));
    }

    private static int makeEffect(Tx tx) {
        return tx.sql("insert into effect default values returning id").only(row -> row.getInteger(0));
    }

    private static int effects() {
        return DATABASE.sql("select count(*)::int from effect").only(row -> row.getInteger(0));
    }

    @Test
    void theSameKeyTwice_hasOneEffect_andTheFirstAnswerIsGivenAgain() {
        var first = DATABASE.transact(once(key), IdempotencyKeysTest::makeEffect);
        var again = DATABASE.transact(once(key), IdempotencyKeysTest::makeEffect);
        assertEquals(1, effects());
        assertFalse(first.replayed());
        assertEquals(new Answer(201, first.json(), true), again);
    }

    @Test
    void theSameKeyFiftyTimesAtOnce_hasOneEffectAndFortyNineReplays() throws Exception {
        var start = new CountDownLatch(1);
        var answers = new ArrayList<Future<Answer>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 50; i++) {
                answers.add(threads.submit(() -> {
                    start.await();
                    return DATABASE.transact(once(key), IdempotencyKeysTest::makeEffect);
                }));
            }
            start.countDown();
            int replays = 0;
            String json = null;
            for (var each : answers) {
                var answer = each.get(20, TimeUnit.SECONDS);
                replays += answer.replayed() ? 1 : 0;
                assertTrue(json == null || json.equals(answer.json()));
                json = answer.json();
            }
            assertEquals(49, replays);
        }
        assertEquals(1, effects());
    }

    @Test
    void theSameKeyWithAnotherBody_isRefused_andHasNoEffect() {
        DATABASE.transact(once(key), IdempotencyKeysTest::makeEffect);
        var other = once(key(key.key(), "another body"));
        var refused = assertThrows(Problem.class, () -> DATABASE.transact(other, IdempotencyKeysTest::makeEffect));
        assertEquals(ProblemType.KEY_REUSED, refused.type());
        assertEquals(1, effects());
    }

    @Test
    void theSameKeyOfAnotherPerson_isAnotherKey() {
        DATABASE.transact(once(key), IdempotencyKeysTest::makeEffect);
        var stranger = new IdempotencyKey(compound, Ids.next(), key.key(), key.requestHash());
        assertFalse(DATABASE.transact(once(stranger), IdempotencyKeysTest::makeEffect).replayed());
        assertEquals(2, effects());
    }

    @Test
    void anEffectThatRollsBack_freesItsKey() {
        assertThrows(Problem.class, () -> DATABASE.transact(once(key), tx -> {
            makeEffect(tx);
            throw Problem.of(ProblemType.NOT_ALLOWED_NOW);
        }));
        assertEquals(0, effects());
        assertFalse(DATABASE.transact(once(key), IdempotencyKeysTest::makeEffect).replayed());
        assertEquals(1, effects());
    }

    @Test
    void withoutAKey_everyRequestHasItsEffect() {
        var keyless = new Once<Integer>(Optional.empty(), id -> new Answer(201, "{}"));
        assertFalse(DATABASE.transact(keyless, IdempotencyKeysTest::makeEffect).replayed());
        assertFalse(DATABASE.transact(keyless, IdempotencyKeysTest::makeEffect).replayed());
        assertEquals(2, effects());
    }

    @Test
    void keepAll_thenAnswered_findsEachKeysOwnAnswerAndNoOther() {
        var keys = List.of(key(Ids.next(), "a"), key(Ids.next(), "b"));
        var answers = List.of(new Answer(201, "{\"a\":\"甲\"}"), new Answer(200, "{}"));
        assertTrue(DATABASE.<Boolean>transact(tx -> IdempotencyKeys.keepAll(tx, keys, answers)));

        var unknown = key(Ids.next(), "a");
        var reused = key(keys.get(1).key(), "not b");
        var stranger = new IdempotencyKey(compound, Ids.next(), keys.get(0).key(), keys.get(0).requestHash());
        var elsewhere = new IdempotencyKey(Ids.next(), account, keys.get(0).key(), keys.get(0).requestHash());
        var found = DATABASE.transact(tx -> IdempotencyKeys.answered(tx, List.of(keys.get(0), unknown, reused, stranger, elsewhere)));

        assertEquals(new Answer(201, "{\"a\":\"甲\"}", true), found.get(keys.get(0)));
        assertEquals(ProblemType.KEY_REUSED, assertInstanceOf(Problem.class, found.get(reused)).type());
        assertEquals(2, found.size());
    }

    @Test
    void keepAll_whereAKeyWasTakenMeanwhile_isFalse() {
        var other = key(Ids.next(), "other");
        var answer = new Answer(201, "{}");
        assertTrue(DATABASE.<Boolean>transact(tx -> IdempotencyKeys.keepAll(tx, List.of(key), List.of(answer))));
        assertFalse(DATABASE.<Boolean>transact(tx -> IdempotencyKeys.keepAll(tx, List.of(other, key), List.of(answer, answer))));
    }

    @Test
    void keepAll_withTheSameKeyTwiceInOneList_isFalse_soThatTheSecondIsReplayedLater() {
        var answer = new Answer(201, "{}");
        assertFalse(DATABASE.<Boolean>transact(tx -> IdempotencyKeys.keepAll(tx, List.of(key, key), List.of(answer, answer))));
    }

    @Test
    void noKeysAtAll_needNoStatement() {
        assertTrue(DATABASE.<Boolean>transact(tx -> IdempotencyKeys.keepAll(tx, List.of(), List.of())));
        assertEquals(Map.of(), DATABASE.transact(tx -> IdempotencyKeys.answered(tx, List.of())));
    }

    @Test
    void keysWithEqualFields_areEqual_soThatTheyCanBeLookedUp() {
        assertEquals(key, key(key.key(), "body"));
        assertEquals(key.hashCode(), key(key.key(), "body").hashCode());
        assertNotEquals(key, key(key.key(), "another body"));
    }

    @Test
    void sweep_forgetsWhatIsOlderThanTwoDays_andNothingYounger() {
        DATABASE.transact(once(key), IdempotencyKeysTest::makeEffect);
        var old = key(Ids.next(), "old");
        DATABASE.transact(once(old), IdempotencyKeysTest::makeEffect);
        DATABASE.transact(tx -> tx.sql("update idempotency_key set created_at = now() - interval '48 hours 1 minute' where key = $1")
                .bind(old.key()).update());
        assertEquals(1, DATABASE.<Integer>transact(IdempotencyKeys::sweep));
        assertTrue(DATABASE.transact(once(key), IdempotencyKeysTest::makeEffect).replayed());
        assertFalse(DATABASE.transact(once(old), IdempotencyKeysTest::makeEffect).replayed());
    }
}
