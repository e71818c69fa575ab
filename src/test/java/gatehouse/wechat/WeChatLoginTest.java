package gatehouse.wechat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import gatehouse.JsonLines;
import gatehouse.demonstration.WeChatEmulator;
import gatehouse.demonstration.WeChatEmulator.Door;
import gatehouse.demonstration.WeChatEmulator.Illness;
import gatehouse.kernel.Role;
import gatehouse.support.ApiClient;
import gatehouse.support.ApiServer;
import gatehouse.support.Given;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/** Logging in through WeChat over real HTTP, by the real library, with WeChat well and ill. */
@Timeout(60)
class WeChatLoginTest {
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final ListAppender<ILoggingEvent> LOGGED = new ListAppender<>();
    private static WeChatEmulator weChat;
    private static ApiServer api;
    private static Given.Compound garden;
    private static Given.Household home;
    private static ApiClient office;

    @BeforeAll
    static void open() {
        LOGGED.start();
        ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).addAppender(LOGGED);
        ((Logger) LoggerFactory.getLogger("gatehouse")).setLevel(Level.TRACE);
        weChat = WeChatEmulator.start();
        api = ApiServer.start(Map.of("GATEHOUSE_WECHAT_APPID", "wxone,wxtwo", "GATEHOUSE_WECHAT_SECRET", "secretcanary1,secretcanary2",
                "GATEHOUSE_WECHAT_HOST", weChat.host().toString()));
        garden = api.given().compound("阳光花园");
        home = garden.household("3-2-1402");
        office = api.staff(garden.id(), Role.OFFICE, garden.id());
    }

    @AfterEach
    void heal() {
        weChat.heal();
        api.clock().move(Duration.ofMinutes(5));
    }

    @AfterAll
    static void close() {
        api.close();
        weChat.close();
        ((Logger) LoggerFactory.getLogger("gatehouse")).setLevel(Level.INFO);
        ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).detachAppender(LOGGED);
    }

    private static String someone() {
        return "person" + NUMBER.incrementAndGet();
    }

    private static ApiClient.Answer logIn(String person) {
        return api.visitor().post("/auth/wechat", Map.of("code", person + "." + NUMBER.incrementAndGet()));
    }

    private static String tokenOf(String person) {
        return logIn(person).expect(200).text("/bindingToken");
    }

    private static String invitation() {
        return api.again(office).post("/households/" + home.id() + "/invite").expect(201).text("/inviteCode");
    }

    private static Map<String, Object> activation(String token) {
        return Map.of("inviteCode", invitation(), "name", "王" + NUMBER.incrementAndGet(), "phone", ApiServer.phone(), "bindingToken", token);
    }

    private static ApiClient.Answer byPhone(String token, String phone) {
        return api.visitor().post("/auth/wechat/phone", Map.of("bindingToken", token, "code", phone + "." + NUMBER.incrementAndGet()));
    }

    @Test
    void stranger_withAnInvitation_isBoundWithoutAPassword_andKnownFromThenOn() {
        var person = someone();
        var made = api.visitor().post("/auth/activate", activation(tokenOf(person))).expect(201);
        var again = logIn(person).expect(200);
        assertEquals(made.text("/me/id"), again.text("/me/id"));
        api.visitor().as(again).get("/me").expect(200);
        assertTrue(logIn(someone()).expect(200).body().has("bindingToken"), "somebody else is still a stranger");
    }

    @Test
    void person_ofOneMiniProgram_isAStrangerInAnother() {
        var person = someone();
        api.visitor().post("/auth/activate", activation(tokenOf(person))).expect(201);
        var elsewhere = api.visitor().post("/auth/wechat", Map.of("code", person + "." + NUMBER.incrementAndGet(), "appId", "wxtwo")).expect(200);
        assertTrue(elsewhere.body().has("bindingToken"));
        api.visitor().post("/auth/wechat", Map.of("code", "a.b", "appId", "wxthree")).expectBadField("/appId");
    }

    @Test
    void bindingToken_isGoodOnce_andForAQuarterOfAnHour() {
        var token = tokenOf(someone());
        api.visitor().post("/auth/activate", activation(token)).expect(201);
        var late = activation(token);
        api.visitor().post("/auth/activate", late).expectProblem(409, "binding-not-usable");
        var unspent = new java.util.HashMap<>(late);
        unspent.put("bindingToken", tokenOf(someone()));
        api.visitor().post("/auth/activate", unspent).expect(201);

        var expiring = tokenOf(someone());
        api.clock().move(Duration.ofMinutes(15));
        api.visitor().post("/auth/activate", activation(expiring)).expectProblem(409, "binding-not-usable");
    }

    @Test
    void bindingToken_usedByManyAtOnce_bindsOne() throws Exception {
        var phone = api.phoneOf(api.resident(home, "多人").id());
        var token = tokenOf(someone());
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var all = IntStream.range(0, 8).mapToObj(i -> threads.submit(() -> byPhone(token, phone).status())).toList();
            int bound = 0;
            for (var each : all) {
                bound += each.get() == 200 ? 1 : 0;
            }
            assertEquals(1, bound);
        }
    }

    @Test
    void phoneThatWeChatVouchesFor_bindsItsAccount_andTheNewestPersonReplacesTheOlder() {
        var resident = api.resident(home, "王小明");
        var phone = api.phoneOf(resident.id());
        var first = someone();
        assertEquals(resident.id().toString(), byPhone(tokenOf(first), phone).expect(200).text("/me/id"));
        var second = someone();
        byPhone(tokenOf(second), phone).expect(200);
        assertEquals(resident.id().toString(), logIn(second).expect(200).text("/me/id"));
        assertTrue(logIn(first).expect(200).body().has("bindingToken"));
    }

    @Test
    void phoneThatNobodyHas_leavesTheTokenGoodForAnInvitation() {
        var token = tokenOf(someone());
        byPhone(token, ApiServer.phone()).expectProblem(409, "phone-unknown");
        api.visitor().post("/auth/activate", activation(token)).expect(201);
    }

    @Test
    void activation_withNeitherPasswordNorToken_namesThePassword() {
        api.visitor().post("/auth/activate", Map.of("inviteCode", invitation(), "name", "王", "phone", ApiServer.phone())).expectBadField("/password");
    }

    @Test
    void shutAccount_andOneWhosePasswordWasReset_doNotComeInThroughWeChat() {
        var person = someone();
        var made = api.visitor().post("/auth/activate", activation(tokenOf(person))).expect(201);
        var staff = api.again(office);
        staff.post("/accounts/" + made.text("/me/id") + "/disable").expect(200);
        logIn(person).expectProblem(403, "account-shut");
        staff.post("/accounts/" + made.text("/me/id") + "/enable").expect(200);
        logIn(person).expect(200);
        staff.post("/accounts/" + made.text("/me/id") + "/reset").expect(201);
        assertTrue(logIn(person).expect(200).body().has("bindingToken"), "who lost the password may have lost the phone");
    }

    @Test
    void personWhoMovedOut_isAStrangerAgain_andOpensAnAccountElsewhere() {
        var person = someone();
        var made = api.visitor().post("/auth/activate", activation(tokenOf(person))).expect(201);
        api.again(office).post("/residents/" + made.text("/me/resident/id") + "/move-out").expect(204);
        var next = activation(tokenOf(person));
        var again = api.visitor().post("/auth/activate", next).expect(201);
        assertFalse(again.text("/me/id").equals(made.text("/me/id")));
        assertEquals(again.text("/me/id"), logIn(person).expect(200).text("/me/id"));
    }

    @Test
    void code_isSentOnce_whateverComesOfIt() {
        var used = Map.of("code", someone() + ".used");
        api.visitor().post("/auth/wechat", used).expect(200);
        api.visitor().post("/auth/wechat", used).expectProblem(409, "wechat-code-not-usable");
        api.visitor().post("/auth/wechat", Map.of("code", "invalid")).expectProblem(409, "wechat-code-not-usable");
        for (var illness : List.of(new Illness.Number(-1), new Illness.Number(40001), new Illness.Number(45009), new Illness.Nonsense())) {
            int before = weChat.calls(Door.CODE_TO_SESSION);
            weChat.stumble(Door.CODE_TO_SESSION, illness);
            logIn(someone()).expectProblem(503, "wechat-unavailable");
            assertEquals(before + 1, weChat.calls(Door.CODE_TO_SESSION), illness.toString());
        }
        logIn(someone()).expect(200);
    }

    @Test
    void accessTokensThatNobodyGets_hinderNoLogin_andOnlyWhatNeedsOne() {
        var app = Map.of("GATEHOUSE_WECHAT_APPID", "wxthree", "GATEHOUSE_WECHAT_SECRET", "three", "GATEHOUSE_WECHAT_HOST", weChat.host().toString());
        weChat.fallIll(Door.STABLE_TOKEN, new Illness.Hang());
        try (var tokenless = ApiServer.start(app)) {
            var token = tokenless.visitor().post("/auth/wechat", Map.of("code", someone() + ".1")).expect(200).text("/bindingToken");
            tokenless.visitor().post("/auth/wechat/phone", Map.of("bindingToken", token, "code", "13900000001.1")).expectProblem(503, "wechat-unavailable");
            tokenless.visitor().post("/auth/wechat", Map.of("code", someone() + ".2")).expect(200);
            weChat.heal();
            tokenless.visitor().post("/auth/wechat/phone", Map.of("bindingToken", token, "code", "13900000001.2")).expectProblem(409, "phone-unknown");
        }
    }

    @Test
    void codeThatWouldChangeTheQuestion_isRefusedAtTheDoor() {
        int before = weChat.calls(Door.CODE_TO_SESSION);
        for (var code : List.of("a&appid=other", "a#b", "a b", "a%26b", "a\nb")) {
            api.visitor().post("/auth/wechat", Map.of("code", code)).expectBadField("/code");
        }
        assertEquals(before, weChat.calls(Door.CODE_TO_SESSION));
    }

    @Test
    void weChatThatHangs_isLeftAlone_andNobodyElseWaits() throws Exception {
        var resident = api.resident(home, "李阿姨");
        weChat.fallIll(Door.CODE_TO_SESSION, new Illness.Hang());
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var hanging = IntStream.range(0, 45).mapToObj(i -> threads.submit(() -> logIn(someone()).status())).toList();
            long began = System.nanoTime();
            for (int i = 0; i < 20; i++) {
                assertEquals(2, resident.post("/health-reports", Map.of("round", "MORNING", "temperature", 36.5, "symptoms", List.of())).status() / 100);
                resident.get("/notifications").expect(200);
            }
            assertTrue(hanging.stream().anyMatch(each -> !each.isDone()), "it hung meanwhile");
            assertTrue(Duration.ofNanos(System.nanoTime() - began).compareTo(Duration.ofSeconds(4)) < 0);
            for (var each : hanging) {
                assertEquals(503, each.get());
            }
        }
        int asked = weChat.calls(Door.CODE_TO_SESSION);
        logIn(someone()).expectProblem(503, "wechat-unavailable").header("Retry-After").orElseThrow();
        assertEquals(asked, weChat.calls(Door.CODE_TO_SESSION), "the breaker is open");
        weChat.heal();
        api.clock().move(Duration.ofMinutes(3));
        logIn(someone()).expect(200);
    }

    /** Heard by this test where the library speaks, so it would hear them from anybody. */
    @Test
    void sessionKeys_tokens_secrets_openids_andPhones_reachNoLog_noTable_andNoAnswer() throws Exception {
        var person = "openidcanary" + NUMBER.incrementAndGet();
        var phone = api.phoneOf(api.resident(home, "张三").id());
        var answers = List.of(logIn(person).expect(200), byPhone(tokenOf(person), phone).expect(200), logIn(person).expect(200));
        weChat.stumble(Door.CODE_TO_SESSION, new Illness.Number(40029));
        logIn(person).expect(409);
        var canaries = List.of(WeChatEmulator.SESSION_KEY_MARK, WeChatEmulator.TOKEN_MARK, "secretcanary", person, phone);
        var logged = logged();
        for (var canary : canaries) {
            assertFalse(logged.contains(canary), () -> canary + " in the log");
            answers.forEach(answer -> assertFalse(answer.body().toString().contains(canary), () -> canary + " in " + answer.body()));
            assertEquals(0, rowsHolding(canary), () -> canary + " in the database");
        }

        var library = (Logger) LoggerFactory.getLogger("cn.binarywang.wx");
        var before = library.getLevel();
        library.setLevel(Level.DEBUG);
        try {
            byPhone(tokenOf(someone()), phone).expect(200);
        } finally {
            library.setLevel(before);
        }
        assertTrue(logged().contains(phone), "the library speaks of phones, and this test would have heard it");
        LOGGED.list.clear();
    }

    private static String logged() {
        var lines = new JsonLines();
        return List.copyOf(LOGGED.list).stream().map(event -> new String(lines.encode(event), StandardCharsets.UTF_8)).collect(Collectors.joining());
    }

    private static int rowsHolding(String canary) throws Exception {
        int found = 0;
        try (var connection = api.database().connect(); var statement = connection.createStatement()) {
            for (var table : List.of("wechat_login", "wechat_binding", "wechat_token", "account", "account_login", "guess_counter", "idempotency_key")) {
                try (var rows = statement.executeQuery("select count(*) from " + table + " t where t::text like '%" + canary
                        + "%' or t::text like '%" + java.util.HexFormat.of().formatHex(canary.getBytes(StandardCharsets.UTF_8)) + "%'")) {
                    rows.next();
                    found += rows.getInt(1);
                }
            }
        }
        return found;
    }

    @Test
    void emulator_isReachedOnlyWhereTheDemonstrationRuns() {
        try (var production = ApiServer.start()) {
            production.visitor().post("/auth/wechat", Map.of("code", "person.1")).expectProblem(409, "wechat-not-set-up");
            production.visitor().post("/auth/wechat/phone", Map.of("bindingToken", UUID.randomUUID().toString(), "code", "13900000001.1"))
                    .expectProblem(409, "binding-not-usable");
        }
    }

    @Test
    void demonstration_hasAWeChatOfItsOwn_inWhichItsPeopleAreBoundByTheirPhones() {
        try (var demonstration = ApiServer.start(Map.of("GATEHOUSE_DEMO", "on"))) {
            var token = demonstration.visitor().post("/auth/wechat", Map.of("code", "anybody.1")).expect(200).text("/bindingToken");
            var bound = demonstration.visitor().post("/auth/wechat/phone", Map.of("bindingToken", token, "code", "13900000001.1")).expect(200);
            assertEquals("3-2-1402", bound.text("/me/household/label"));
            assertEquals(bound.text("/me/id"), demonstration.visitor().post("/auth/wechat", Map.of("code", "anybody.2")).expect(200).text("/me/id"));
        }
    }
}
