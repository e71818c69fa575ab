package gatehouse.wechat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.demonstration.WeChatEmulator;
import gatehouse.demonstration.WeChatEmulator.Door;
import gatehouse.demonstration.WeChatEmulator.Illness;
import gatehouse.identity.WeChatGiven;
import gatehouse.kernel.Await;
import gatehouse.kernel.Database;
import gatehouse.kernel.Ids;
import gatehouse.kernel.Role;
import gatehouse.notify.Channel.Addressee;
import gatehouse.notify.Channel.Delivery;
import gatehouse.notify.MessageTemplate;
import gatehouse.support.ApiClient;
import gatehouse.support.ApiServer;
import gatehouse.support.Given;
import gatehouse.wechat.MessageStore.Fate;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Messages through WeChat by the real library; the pumps of this test are moved by hand, and the product's own once. */
@Timeout(60)
class SendPumpTest {
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final String PARCEL = "template-parcel";
    private static WeChatEmulator weChat;
    private static ApiServer api;
    private static Vertx vertx;
    private static Database database;
    private static Given.Compound garden;
    private static Given.Household home;

    private final SendTally tally = new SendTally();
    private Calls calls;
    private ApiClient resident;
    private Addressee person;
    private int sentBefore;

    @BeforeAll
    static void open() {
        weChat = WeChatEmulator.start();
        // another app than that of the pumps by hand, so that the product leaves their messages alone
        api = ApiServer.start(Map.of("GATEHOUSE_WECHAT_APPID", "wxproduct", "GATEHOUSE_WECHAT_SECRET", "secret",
                "GATEHOUSE_WECHAT_HOST", weChat.host().toString(), "GATEHOUSE_WECHAT_TEMPLATES", WeChatEmulator.TEMPLATES));
        vertx = Vertx.vertx();
        database = new Database(vertx, api.database().postgresUrl().connectOptions(), 8);
        garden = api.given().compound("阳光花园");
        home = garden.household("3-2-1402");
    }

    @AfterAll
    static void close() {
        database.close();
        Await.on(vertx.close());
        api.close();
        weChat.close();
    }

    @BeforeEach
    void bindSomebody() {
        calls = new Calls(new WeChatAccount("wxhand", "secret", Optional.of(weChat.host())), ground(), Calls.Limits.DEFAULT);
        resident = api.resident(home, "王" + NUMBER.incrementAndGet());
        var token = api.visitor().post("/auth/wechat", Map.of("code", "person" + NUMBER.get() + ".1")).expect(200).text("/bindingToken");
        api.visitor().post("/auth/wechat/phone", Map.of("bindingToken", token, "code", api.phoneOf(resident.id()) + ".1")).expect(200);
        // the same person in the app of this test
        var visitor = "openid-hand-" + NUMBER.get();
        database.transact(tx -> tx.sql("delete from wechat_message").update());
        person = new Addressee(garden.id(), resident.id());
        WeChatGiven.bind(database, api.keys(), "wxhand", visitor, person.homeCompoundId(), person.accountId());
        sentBefore = weChat.sent().size();
    }

    @AfterEach
    void heal() {
        calls.close();
        weChat.heal();
    }

    private TokenGround ground() {
        return new TokenGround(database, api.clock().business(), api.keys());
    }

    private SendPump pump() {
        return new SendPump(ground(), Map.of("wxhand", calls), SendPump.Limits.DEFAULT, CodeVersion.TRIAL, tally);
    }

    private void accept(int times) {
        for (int i = 0; i < times; i++) {
            accept("wxhand");
        }
    }

    private void accept(String appId) {
        acceptTemplate(appId, PARCEL);
    }

    private void acceptTemplate(String appId, String templateId) {
        database.transact(tx -> {
            new CreditStore().accept(tx, person, appId, templateId, api.clock().business().now());
            return person;
        });
    }

    private int accepted() {
        return new CreditStore().open(database, person, "wxhand").getOrDefault(PARCEL, 0);
    }

    private UUID tell() {
        var id = Ids.next();
        var templates = SubscribeTemplate.parse(WeChatEmulator.TEMPLATES, "wxhand");
        new SubscribeChannel(database, new MessageStore(), templates).deliver(List.of(new Delivery(id, MessageTemplate.PARCEL_ARRIVED, List.of(), List.of(),
                Optional.empty(), api.clock().business().now(), List.of(person))));
        return id;
    }

    private static void letTimePass() {
        database.transact(tx -> tx.sql("update wechat_message set next_attempt_at = now() where state = 'WAITING'").update());
    }

    private static String stateOf(UUID message) {
        return database.sql("select state from wechat_message where message_id = $1").bind(message).first(row -> row.getString(0)).orElse("none");
    }

    private int sent() {
        return weChat.sent().size() - sentBefore;
    }

    @Test
    void oneAccept_isOneSend_andTheRestStaysInTheInbox() {
        assertEquals("none", stateOf(tell()));
        accept(1);
        var first = tell();
        var second = tell();
        assertEquals(2, pump().pumpOnce());
        assertEquals(List.of("SENT", "NO_CONSENT"), List.of(stateOf(first), stateOf(second)).stream().sorted(Comparator.reverseOrder()).toList());
        assertEquals(1, sent());
        var message = weChat.sent().getLast();
        assertEquals(PARCEL, message.templateId());
        assertEquals(Map.of("thing1", "有快递到门岗了", "thing2", "请登录预约取件时段，到门岗凭取件码领取。"), message.data());
        assertEquals(List.of("pages/parcels/parcels", "trial"), List.of(message.page(), message.state()));
        assertEquals(0, accepted());
    }

    @Test
    void reminderToEverybody_waitsForWhatConcernsOneHousehold() {
        acceptTemplate("wxhand", "template-round");
        accept(1);
        var templates = SubscribeTemplate.parse(WeChatEmulator.TEMPLATES, "wxhand");
        var channel = new SubscribeChannel(database, new MessageStore(), templates);
        channel.deliver(List.of(new Delivery(Ids.next(), MessageTemplate.ROUND_REMINDER, List.of("9:00", "16:00"), List.of("9:00", "16:00"), Optional.empty(),
                api.clock().business().now(), List.of(person))));
        var parcel = tell();
        var first = database.transact(tx -> new MessageStore().claim(tx, List.of("wxhand"), 1, Duration.ofMinutes(1)));
        assertEquals(List.of(parcel), first.stream().map(MessageStore.Claimed::id).toList());
        assertEquals(1, pump().pumpOnce());
        assertEquals("pages/today/today", weChat.sent().getLast().page());
    }

    @Test
    void everyPageThatACardLeadsTo_isAPageOfTheMiniProgram() throws IOException {
        var pages = Files.readString(Path.of("miniprogram-stubs", "app.json"));
        for (var template : MessageTemplate.values()) {
            var page = Lead.of(new Delivery(Ids.next(), template, List.of(), List.of(), Optional.of(Ids.next()), api.clock().business().now(), List.of())).page();
            assertTrue(pages.contains("\"" + page.split("\\?")[0] + "\""), page);
        }
    }

    @Test
    void messagesOfABatch_areSentAFewAtOnce() {
        accept(7);
        for (int i = 0; i < 7; i++) {
            tell();
        }
        weChat.fallIll(Door.SUBSCRIBE_SEND, new Illness.Late(500));
        long began = System.nanoTime();
        pump().pumpOnce();
        assertEquals(7, sent());
        assertTrue(Duration.ofNanos(System.nanoTime() - began).compareTo(Duration.ofMillis(7 * 500)) < 0, "one after the other");
    }

    @Test
    void consentThatWasSpent_isForgottenAfterAMonth_andAnOpenOneNever() {
        accept(2);
        tell();
        pump().pumpOnce();
        var now = api.clock().business().now();
        assertEquals(0, database.<Integer>transact(tx -> new CreditStore().sweep(tx, now.minusDays(30))));
        var later = now.plusDays(31);
        assertTrue(database.<Integer>transact(tx -> new CreditStore().sweep(tx, later.minusDays(30))) >= 1);
        long left = database.sql("select count(*) from wechat_credit where account_id = $1").bind(person.accountId()).only(row -> row.getLong(0));
        assertEquals(1, left);
        assertEquals(1, accepted());
    }

    @Test
    void sameMessage_deliveredAgainByTheOutbox_isSentOnce() {
        accept(2);
        var id = tell();
        pump().pumpOnce();
        new SubscribeChannel(database, new MessageStore(), SubscribeTemplate.parse(WeChatEmulator.TEMPLATES, "wxhand")).deliver(List.of(new Delivery(id,
                MessageTemplate.PARCEL_ARRIVED, List.of(), List.of(), Optional.empty(), api.clock().business().now(), List.of(person))));
        assertEquals(0, pump().pumpOnce());
        assertEquals(1, sent());
        assertEquals(1, accepted());
    }

    @Test
    void refusal43101_zeroesTheLedger() {
        accept(5);
        weChat.stumble(Door.SUBSCRIBE_SEND, new Illness.Number(43101));
        var id = tell();
        pump().pumpOnce();
        assertEquals("NO_CONSENT", stateOf(id));
        assertEquals(0, accepted());
        assertEquals("none", stateOf(tell()));
    }

    @Test
    void quota45009_backsOff_andKeepsTheConsentForTheSameMessage() {
        accept(1);
        weChat.stumble(Door.SUBSCRIBE_SEND, new Illness.Number(45009));
        var id = tell();
        pump().pumpOnce();
        assertEquals("WAITING", stateOf(id));
        assertEquals(0, pump().pumpOnce(), "not at once");
        letTimePass();
        pump().pumpOnce();
        assertEquals("SENT", stateOf(id));
        assertEquals(1, sent());
        assertEquals(0, tally.repeats());
    }

    @Test
    void senderThatDiesBetweenSendAndMark_isOneDuplicate_counted_andNeverTwo() {
        accept(1);
        var id = tell();
        for (int life = 0; life < 3; life++) {
            var dying = pump();
            for (var message : dying.claim()) {
                dying.prepared(message).ifPresent(reached -> dying.send(message, reached));
            }
            letTimePass();
        }
        pump().pumpOnce();
        assertEquals("UNCERTAIN", stateOf(id));
        assertEquals(2, sent());
        assertEquals(1, tally.repeats());

        accept(1);
        var another = tell();
        var dying = pump();
        var message = dying.claim().getFirst();
        dying.send(message, dying.prepared(message).orElseThrow());
        letTimePass();
        pump().pumpOnce();
        assertEquals("SENT", stateOf(another));
        assertEquals(4, sent());
        assertEquals(2, tally.repeats());
    }

    @Test
    void answerThatNeverComes_isAskedForOnceMore() {
        accept(1);
        weChat.stumble(Door.SUBSCRIBE_SEND, new Illness.Nonsense());
        var id = tell();
        pump().pumpOnce();
        letTimePass();
        pump().pumpOnce();
        assertEquals("SENT", stateOf(id));
        assertEquals(1, tally.repeats());
    }

    @Test
    void weChatBusyForAnHour_losesNothing_andRepeatsNothing() {
        accept(8);
        int callsBefore = weChat.calls(Door.SUBSCRIBE_SEND);
        weChat.fallIll(Door.SUBSCRIBE_SEND, new Illness.Number(-1));
        var ids = IntStream.range(0, 8).mapToObj(i -> tell()).toList();
        for (int minute = 0; minute < 60; minute += 10) {
            pump().pumpOnce();
            letTimePass();
            api.clock().move(Duration.ofMinutes(10));
        }
        assertEquals(0, sent());
        assertTrue(weChat.calls(Door.SUBSCRIBE_SEND) - callsBefore < 6 * 8, "the breaker spared WeChat");
        weChat.heal();
        pump().pumpOnce();
        assertEquals(8, sent());
        assertEquals(List.of("SENT"), ids.stream().map(SendPumpTest::stateOf).distinct().toList());
        assertEquals(0, tally.repeats());
    }

    @Test
    void messageOfYesterday_isNotSentAnyMore_andItsConsentIsGivenBack() {
        accept(1);
        var id = tell();
        api.clock().move(Duration.ofHours(13));
        pump().pumpOnce();
        assertEquals("TOO_OLD", stateOf(id));
        assertEquals(1, accepted());
        assertEquals(1, tally.of(Fate.TOO_OLD));
    }

    @Test
    void consents_areBounded_andCountedOncePerKey() {
        resident = api.again(resident);
        var keyed = resident.withKey(UUID.randomUUID());
        keyed.post("/wechat/subscriptions", Map.of("templateIds", List.of(PARCEL))).expect(200);
        keyed.post("/wechat/subscriptions", Map.of("templateIds", List.of(PARCEL))).expect(200);
        assertEquals(1, accepted(resident.get("/wechat/subscriptions")));
        for (int i = 1; i < CreditStore.MOST_OPEN; i++) {
            accept("wxproduct");
        }
        assertEquals(CreditStore.MOST_OPEN, accepted(resident.get("/wechat/subscriptions")));
        resident.post("/wechat/subscriptions", Map.of("templateIds", List.of(PARCEL))).expect(200);
        assertEquals(CreditStore.MOST_OPEN, accepted(resident.get("/wechat/subscriptions")));
        resident.post("/wechat/subscriptions", Map.of("templateIds", List.of("other"))).expectBadField("/templateIds/0");
    }

    private static int accepted(ApiClient.Answer answer) {
        for (var item : answer.expect(200).body().path("items")) {
            if (item.path("templateId").asText().equals(PARCEL)) {
                return item.path("accepted").asInt();
            }
        }
        throw new AssertionError(answer.body().toString());
    }

    @Test
    void parcelAtTheGate_isInTheInbox_alsoWhileWeChatHangs_andThenInWeChat() throws Exception {
        database.transact(tx -> tx.sql("update resident set account_id = $1 where id = $2").bind(resident.id())
                .bind(UUID.fromString(resident.me().at("/resident/id").asText())).update());
        resident = api.again(resident);
        resident.post("/wechat/subscriptions", Map.of("templateIds", List.of(PARCEL))).expect(200);
        weChat.stumble(Door.SUBSCRIBE_SEND, new Illness.Late(3_000));
        var guard = api.staff(garden.id(), Role.GUARD, garden.gate("东门"));
        guard.post("/parcels", Map.of("householdId", home.id(), "carrier", "SF", "trackingTail", "0815", "perishable", false, "disinfected", true)).expect(201);
        until(() -> !resident.get("/notifications").expect(200).body().path("items").isEmpty());
        // others of the household, who consented in other tests, are told as well
        var openid = "openid-wxproduct-person" + NUMBER.get();
        assertEquals(0, sentTo(openid), "the inbox did not wait");
        until(() -> sentTo(openid) == 1);
    }

    private static long sentTo(String openid) {
        return weChat.sent().stream().filter(sent -> sent.openid().equals(openid)).count();
    }

    private static void until(BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadline, "in vain");
            Thread.sleep(20);
        }
    }
}
