package gatehouse.wechat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cn.binarywang.wx.miniapp.bean.WxMaSubscribeMessage;
import cn.binarywang.wx.miniapp.bean.WxMaSubscribeMessage.MsgData;
import gatehouse.demonstration.WeChatEmulator;
import gatehouse.demonstration.WeChatEmulator.Door;
import gatehouse.demonstration.WeChatEmulator.Illness;
import gatehouse.kernel.Await;
import gatehouse.kernel.Breaker;
import gatehouse.kernel.Database;
import gatehouse.kernel.KeyRing;
import gatehouse.support.TestClock;
import gatehouse.support.TestDatabase;
import gatehouse.wechat.Calls.Purpose;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Three instances on one database, through the real library. */
@Timeout(60)
class SharedTokenTest {
    private static final TestDatabase POSTGRES = TestDatabase.fresh();
    private static final Vertx VERTX = Vertx.vertx();
    private static final Database DATABASE = new Database(VERTX, POSTGRES.postgresUrl().connectOptions(), 16);
    private static final KeyRing KEYS = new KeyRing(new LinkedHashMap<>(Map.of("k", "a master key for tests, 32 bytes".getBytes(StandardCharsets.US_ASCII))));

    private final TestClock clock = new TestClock("2026-11-22T09:30:00+08:00");
    private final WeChatEmulator weChat = WeChatEmulator.start();
    private final List<Calls> instances = new ArrayList<>();

    @BeforeEach
    void start() {
        DATABASE.transact(tx -> tx.sql("delete from wechat_token").update());
        for (int i = 0; i < 3; i++) {
            instances.add(new Calls(new WeChatAccount(WeChatEmulator.APP_ID, WeChatEmulator.SECRET, Optional.of(weChat.host())),
                    new TokenGround(DATABASE, clock.business(), KEYS), Calls.Limits.DEFAULT));
        }
    }

    @AfterEach
    void stop() {
        instances.forEach(Calls::close);
        weChat.close();
    }

    @AfterAll
    static void stopAll() {
        DATABASE.close();
        Await.on(VERTX.close());
    }

    private static void send(Calls instance) {
        instance.call(Purpose.MESSAGE, line -> {
            line.getSubscribeService().sendSubscribeMsg(new WxMaSubscribeMessage("somebody", "template", null,
                    new ArrayList<>(List.of(new MsgData("thing1", "快递"))), null, null));
            return true;
        });
    }

    /** How many of so many calls at once, divided among the instances, were done. */
    private int sendAtOnce(int calls) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var all = IntStream.range(0, calls).mapToObj(i -> threads.submit(() -> {
                try {
                    send(instances.get(i % instances.size()));
                    return 1;
                } catch (WeChatFault fault) {
                    return 0;
                }
            })).toList();
            int done = 0;
            for (var each : all) {
                done += each.get();
            }
            return done;
        }
    }

    @Test
    void tokenThatIsMissing_isFetchedByOneInstanceForAll() throws Exception {
        assertEquals(30, sendAtOnce(30));
        assertEquals(1, weChat.calls(Door.STABLE_TOKEN));
        clock.move(Duration.ofMinutes(114));
        assertEquals(30, sendAtOnce(30));
        assertEquals(1, weChat.calls(Door.STABLE_TOKEN), "six minutes before its end it is still good");
        clock.move(Duration.ofMinutes(2));
        assertEquals(30, sendAtOnce(30));
        assertEquals(2, weChat.calls(Door.STABLE_TOKEN));
        assertEquals(0, weChat.forcedTokens());
    }

    @Test
    void tokenThatWasMadeVoid_isReplacedByForceOnce_andEveryCallIsDone() throws Exception {
        sendAtOnce(3);
        weChat.voidTokens();
        assertEquals(30, sendAtOnce(30));
        assertEquals(1, weChat.forcedTokens());
    }

    @Test
    void stormOfRejections_onThreeInstances_isAtMostOneForcedTokenInThirtySeconds() throws Exception {
        sendAtOnce(3);
        weChat.fallIll(Door.SUBSCRIBE_SEND, new Illness.Number(40001));
        for (int second = 0; second < 90; second += 10) {
            assertEquals(0, sendAtOnce(9));
            assertEquals(1 + second / 30, weChat.forcedTokens(), second + " s");
            clock.move(Duration.ofSeconds(10));
        }
        weChat.heal();
        assertEquals(9, sendAtOnce(9));
    }

    @Test
    void callThatIsLate_isNotInterrupted_becauseItMaySpeakToTheDatabase() throws Exception {
        var released = new CountDownLatch(1);
        var ended = new CompletableFuture<Boolean>();
        var limits = new Calls.Limits(1, 1, Duration.ofMillis(100), Duration.ofSeconds(4));
        var account = new WeChatAccount(WeChatEmulator.APP_ID, WeChatEmulator.SECRET, Optional.of(weChat.host()));
        try (var calls = new Calls(account, new TokenGround(DATABASE, clock.business(), KEYS), limits)) {
            assertThrows(WeChatFault.class, () -> calls.call(Purpose.LOGIN, line -> {
                try {
                    released.await();
                    return ended.complete(true);
                } catch (InterruptedException stopped) {
                    return ended.complete(false);
                }
            }));
            released.countDown();
            assertTrue(ended.get(10, TimeUnit.SECONDS));
        }
    }

    @Test
    void tokenServerThatIsDown_isAskedByOneAtATime_andNothingIsSent() throws Exception {
        weChat.fallIll(Door.STABLE_TOKEN, new Illness.Number(-1));
        assertEquals(0, sendAtOnce(3));
        assertEquals(0, weChat.calls(Door.SUBSCRIBE_SEND));
        weChat.heal();
        clock.move(Duration.ofMinutes(2));
        assertEquals(3, sendAtOnce(3));
    }

    @Test
    void callThatNeverLeft_saysNothingOfWeChat_soTheBreakerStaysOpen() {
        send(instances.getFirst());
        weChat.fallIll(Door.SUBSCRIBE_SEND, new Illness.Number(-1));
        for (int i = 0; i < Breaker.FAILURES; i++) {
            assertThrows(WeChatFault.class, () -> send(instances.getFirst()));
        }
        weChat.heal();
        weChat.fallIll(Door.STABLE_TOKEN, new Illness.Number(40001));
        clock.move(Duration.ofHours(2));
        int asked = weChat.calls(Door.SUBSCRIBE_SEND);
        assertThrows(WeChatFault.class, () -> send(instances.getFirst()));
        assertEquals(WeChatFault.Kind.NOT_SENT, assertThrows(WeChatFault.class, () -> send(instances.getFirst())).kind());
        assertEquals(asked, weChat.calls(Door.SUBSCRIBE_SEND));
    }

    @Test
    void token_atRest_isSealed() throws Exception {
        sendAtOnce(1);
        var stored = DATABASE.sql("select encode(token_sealed, 'escape') from wechat_token").only(row -> row.getString(0));
        assertFalse(stored.contains(WeChatEmulator.TOKEN_MARK));
    }

    @Test
    void breaker_afterFiveSilences_asksNoMore_thenOnce_thenAllAgain() {
        send(instances.getFirst());
        weChat.fallIll(Door.SUBSCRIBE_SEND, new Illness.Number(-1));
        for (int i = 0; i < Breaker.FAILURES; i++) {
            assertEquals(WeChatFault.Kind.BUSY, assertThrows(WeChatFault.class, () -> send(instances.getFirst())).kind());
        }
        int asked = weChat.calls(Door.SUBSCRIBE_SEND);
        assertEquals(WeChatFault.Kind.NOT_SENT, assertThrows(WeChatFault.class, () -> send(instances.getFirst())).kind());
        assertEquals(asked, weChat.calls(Door.SUBSCRIBE_SEND));
        clock.move(Breaker.FIRST_PAUSE);
        assertThrows(WeChatFault.class, () -> send(instances.getFirst()));
        assertThrows(WeChatFault.class, () -> send(instances.getFirst()));
        assertEquals(asked + 1, weChat.calls(Door.SUBSCRIBE_SEND));
        weChat.heal();
        clock.move(Breaker.FIRST_PAUSE.multipliedBy(2));
        send(instances.getFirst());
        send(instances.getFirst());
    }
}
