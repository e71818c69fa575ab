package gatehouse.wechat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.identity.WeChatGiven;
import gatehouse.kernel.Await;
import gatehouse.kernel.Database;
import gatehouse.notify.Channel.Addressee;
import gatehouse.support.ApiServer;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What WeChat pushes, sealed by the real library. */
@Timeout(60)
class PushTest {
    private static ApiServer api;
    private static Vertx vertx;
    private static Database database;
    private static Addressee person;

    @BeforeAll
    static void open() {
        api = ApiServer.start(Map.of("GATEHOUSE_WECHAT_APPID", "wx1,wx2", "GATEHOUSE_WECHAT_SECRET", "one,two", "GATEHOUSE_WECHAT_HOST", "http://127.0.0.1:9",
                "GATEHOUSE_WECHAT_TEMPLATES", "PARCEL=a/thing1/thing2", "GATEHOUSE_WECHAT_PUSH_TOKEN", PushGiven.TOKEN,
                "GATEHOUSE_WECHAT_PUSH_KEY", PushGiven.AES_KEY));
        vertx = Vertx.vertx();
        database = new Database(vertx, api.database().postgresUrl().connectOptions(), 4);
        var garden = api.given().compound("阳光花园");
        person = new Addressee(garden.id(), api.resident(garden.household("3-2-1402"), "王小明").id());
        WeChatGiven.bind(database, api.keys(), "wx1", "openid-1", person.homeCompoundId(), person.accountId());
    }

    @AfterAll
    static void close() {
        database.close();
        Await.on(vertx.close());
        api.close();
    }

    private static void accept() {
        database.transact(tx -> {
            new CreditStore().accept(tx, person, "wx1", "a", api.clock().business().now());
            return person;
        });
    }

    private static int accepted() {
        return new CreditStore().open(database, person, "wx1").getOrDefault("a", 0);
    }

    private static PushGiven weChat() {
        return new PushGiven("wx1", api.clock());
    }

    private static PushGiven.Told switchedOff(int createTime) {
        return weChat().told("""
                {"ToUserName":"gh_1","FromUserName":"openid-1","CreateTime":"%d","MsgType":"event","Event":"subscribe_msg_change_event",
                "List":{"TemplateId":"a","SubscribeStatusString":"reject"}}""".formatted(createTime));
    }

    @Test
    void console_isAnsweredWithItsEcho() {
        var answer = api.visitor().get(weChat().question("12345")).expect(200);
        assertEquals("12345", new String(answer.raw().body(), StandardCharsets.UTF_8));
        api.visitor().get(weChat().question("12345").replace("nonce=nonce", "nonce=other")).expectProblem(404, "not-found");
    }

    @Test
    void questionWithAnEmptyPart_isTold_andNeverSaysTheToken() {
        for (var part : new String[] {"signature", "timestamp", "nonce"}) {
            var answer = api.visitor().get(weChat().question("1").replaceFirst(part + "=[^&]*", part + "="));
            answer.expectBadField("?" + part);
            assertFalse(answer.body().toString().contains(PushGiven.TOKEN));
        }
        var envelope = new Envelope("wx1", new PushKeys(PushGiven.TOKEN, PushGiven.AES_KEY));
        assertFalse(envelope.isGenuine(new Envelope.Stamp("", "", "x")));
        assertTrue(envelope.open(new Envelope.Stamp("1", "", "x"), "sealed").isEmpty());
        assertTrue(envelope.open(new Envelope.Stamp("1", "n", "x"), "").isEmpty());
    }

    @Test
    void consentTakenBack_isHeardOnce_howeverOftenItIsTold() {
        accept();
        accept();
        var told = switchedOff(1);
        var answer = api.visitor().post(told.path(), told.body()).expect(200);
        assertEquals("success", new String(answer.raw().body(), StandardCharsets.UTF_8));
        assertEquals(0, accepted());
        accept();
        api.visitor().post(told.path(), told.body()).expect(200);
        assertEquals(1, accepted(), "told again, not done again");
        var later = switchedOff(2);
        api.visitor().post(later.path(), later.body()).expect(200);
        assertEquals(0, accepted());
    }

    @Test
    void databaseThatIsSlow_isAnsweredInTimeAsNotHeard_andToldAgainItIsHeardOnce() throws Exception {
        accept();
        var told = switchedOff(7);
        try (var other = api.database().connect(); var statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("lock table wechat_push in exclusive mode");
            long began = System.nanoTime();
            api.visitor().post(told.path(), told.body()).expectProblem(503, "unavailable").header("Retry-After").orElseThrow();
            assertTrue(Duration.ofNanos(System.nanoTime() - began).compareTo(Duration.ofSeconds(5)) < 0, "WeChat would have given up");
            other.rollback();
        }
        assertEquals(1, accepted(), "nothing of it is written");
        api.visitor().post(told.path(), told.body()).expect(200);
        assertEquals(0, accepted());
        accept();
        api.visitor().post(told.path(), told.body()).expect(200);
        assertEquals(1, accepted());
    }

    @Test
    void undeliverableMessage_voidsWhatTheLedgerBelieved() {
        accept();
        var told = weChat().told("""
                {"FromUserName":"openid-1","CreateTime":"9","MsgType":"event","Event":"subscribe_msg_sent_event",
                "List":[{"TemplateId":"a","MsgID":"1","ErrorCode":"43101","ErrorStatus":"user refuse"}]}""");
        api.visitor().post(told.path(), told.body()).expect(200);
        assertEquals(0, accepted());
    }

    @Test
    void forgedOldOrForeignMessage_isNotFound_andChangesNothing() {
        accept();
        var told = switchedOff(3);
        api.visitor().post(told.path().replaceFirst("msg_signature=.", "msg_signature="), told.body()).expectProblem(404, "not-found");
        api.visitor().post(told.path().replace("nonce=nonce", "nonce=other"), told.body()).expectProblem(404, "not-found");
        api.visitor().post(told.path().replace("/wx1", "/wx2"), told.body()).expectProblem(404, "not-found");
        api.visitor().post(told.path(), Map.of("Encrypt", "AAAA")).expectProblem(404, "not-found");
        api.clock().move(Duration.ofMinutes(11));
        api.visitor().post(told.path(), told.body()).expectProblem(404, "not-found");
        assertEquals(1, accepted());
        database.transact(tx -> tx.sql("delete from wechat_credit").update());
    }
}
