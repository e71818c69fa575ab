package gatehouse.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.google.zxing.BinaryBitmap;
import com.google.zxing.client.j2se.BufferedImageLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import gatehouse.JsonLines;
import gatehouse.demonstration.WeChatEmulator;
import gatehouse.demonstration.WeChatEmulator.Door;
import gatehouse.demonstration.WeChatEmulator.Illness;
import gatehouse.kernel.Role;
import gatehouse.support.ApiClient;
import gatehouse.support.ApiClient.Answer;
import gatehouse.support.ApiServer;
import gatehouse.support.Given;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/** A browser logged in by a phone, over HTTP and two instances. */
@Timeout(60)
class PortalLoginTest {
    private static final String FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0";
    private static final ListAppender<ILoggingEvent> LOGGED = new ListAppender<>();
    private static WeChatEmulator weChat;
    private static ApiServer api;
    private static Given.Compound garden;
    private static ApiClient phone;

    @BeforeAll
    static void open() {
        LOGGED.start();
        ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).addAppender(LOGGED);
        weChat = WeChatEmulator.start();
        api = ApiServer.start(Map.of("GATEHOUSE_WECHAT_APPID", WeChatEmulator.APP_ID, "GATEHOUSE_WECHAT_SECRET", WeChatEmulator.SECRET,
                "GATEHOUSE_WECHAT_HOST", weChat.host().toString(), "GATEHOUSE_TRUSTED_PROXIES", "127.0.0.1"));
        garden = api.given().compound("阳光花园");
        phone = api.resident(garden.household("3-2-1402"), "王小明");
        // the first picture of a JVM takes seconds on a slow machine, longer than anybody waits for WeChat
        QrPicture.dataUrl("warm", 280);
        browser();
    }

    @BeforeEach
    void later() {
        weChat.heal();
        api.clock().move(Duration.ofMinutes(16));
        phone = api.again(phone);
    }

    @AfterAll
    static void close() {
        api.close();
        weChat.close();
        ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).detachAppender(LOGGED);
    }

    private static Answer browser() {
        return api.visitor().with("User-Agent", FIREFOX).post("/auth/portal-logins", Map.of("portal", "STAFF")).expect(200);
    }

    private static Answer poll(ApiClient door, Answer browser) {
        return door.post("/auth/portal-logins/poll", Map.of("secret", browser.text("/secret"))).expect(200);
    }

    private static String state(Answer browser) {
        return poll(api.visitor(), browser).text("/state");
    }

    private static Answer scan(ApiClient phone, Answer browser) {
        return phone.post("/auth/portal-logins/scan", Map.of("scene", browser.text("/scene")));
    }

    private static Answer confirm(ApiClient phone, Answer browser, int number) {
        return phone.post("/auth/portal-logins/confirm", Map.of("scene", browser.text("/scene"), "number", number));
    }

    private static Answer refuse(ApiClient phone, Answer browser) {
        return phone.post("/auth/portal-logins/refuse", Map.of("scene", browser.text("/scene")));
    }

    private static int number(Answer browser) {
        return browser.body().path("number").asInt();
    }

    private static String read(String dataUrl) throws Exception {
        var image = ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode(dataUrl.substring(dataUrl.indexOf(',') + 1))));
        return new QRCodeReader().decode(new BinaryBitmap(new HybridBinarizer(new BufferedImageLuminanceSource(image)))).getText();
    }

    @Test
    void browser_thatThePhoneConfirmed_isLoggedInOnce_atAnyInstance() {
        var browser = browser();
        assertEquals("WAITING", state(browser));
        var seen = scan(phone, browser).expect(200);
        assertEquals(List.of("STAFF", "FIREFOX", "WINDOWS", "true"), List.of(seen.text("/portal"), seen.text("/browser"), seen.text("/system"),
                seen.body().path("sameNetwork").asText()));
        assertEquals(3, seen.body().path("numbers").size());
        assertTrue(seen.body().path("numbers").toString().contains(String.valueOf(number(browser))));
        assertEquals("SCANNED", poll(api.another(), browser).text("/state"));
        confirm(phone, browser, number(browser)).expect(204);
        var login = poll(api.another(), browser);
        assertEquals("CONFIRMED", login.text("/state"));
        assertEquals(phone.id().toString(), login.text("/login/me/id"));
        api.visitor().withToken(login.text("/login/accessToken")).get("/me").expect(200);
        var again = poll(api.visitor(), browser);
        assertEquals("USED", again.text("/state"));
        assertFalse(again.body().has("login"));
        scan(phone, browser).expectProblem(409, "login-code-over");
    }

    @Test
    void picture_ofTheMiniProgram_holdsThe32CharactersOfTheScene_andNeverTheSecret() throws Exception {
        var browser = browser();
        assertEquals("MINI_PROGRAM", browser.text("/picture"));
        assertEquals("pages/scene/scene?scene=" + browser.text("/scene"), read(browser.text("/qr")));
        assertEquals(32, browser.text("/scene").length());
        assertEquals("EXPIRED", api.visitor().post("/auth/portal-logins/poll", Map.of("secret", browser.text("/scene"))).expect(200).text("/state"),
                "who photographs the picture fetches nothing");
        weChat.stumble(Door.UNLIMITED_CODE, new Illness.Number(45009));
        var without = browser();
        assertEquals("LINK", without.text("/picture"));
        assertTrue(read(without.text("/qr")).endsWith("/resident/#/phone-login?scene=" + without.text("/scene")));
    }

    @Test
    void otherNumber_refusesForGood() {
        var browser = browser();
        scan(phone, browser).expect(200);
        confirm(phone, browser, number(browser) == 99 ? 98 : number(browser) + 1).expectProblem(409, "login-number-differs");
        assertEquals("REFUSED", state(browser));
        confirm(phone, browser, number(browser)).expectProblem(409, "login-code-over");
    }

    @Test
    void refusal_alsoTakesBackAYesThatWasNotUsed() {
        var browser = browser();
        scan(phone, browser).expect(200);
        confirm(phone, browser, number(browser)).expect(204);
        refuse(phone, browser).expect(204);
        assertEquals("REFUSED", state(browser));
        refuse(phone, browser).expectProblem(409, "login-code-over");
    }

    @Test
    void anotherPhone_neitherScansNorDecides_whatOneHasScanned() {
        var other = api.resident(garden.household("3-2-1403"), "李阿姨");
        var browser = browser();
        confirm(phone, browser, number(browser)).expectProblem(409, "login-code-over");
        scan(phone, browser).expect(200);
        scan(phone, browser).expect(200);
        for (var refused : List.of(scan(other, browser), confirm(other, browser, number(browser)), refuse(other, browser))) {
            refused.expectProblem(409, "login-code-over");
        }
        assertEquals("SCANNED", state(browser));
    }

    @Test
    void time_runsOut_twoMinutesAfterThePicture_forTheBrowser_andTenSecondsBeforeForThePhone() {
        var late = browser();
        api.clock().move(Duration.ofSeconds(110));
        scan(phone, late).expectProblem(409, "login-code-over");
        var browser = browser();
        scan(phone, browser).expect(200);
        api.clock().move(Duration.ofSeconds(109));
        confirm(phone, browser, number(browser)).expect(204);
        var last = browser();
        scan(phone, last).expect(200);
        api.clock().move(Duration.ofSeconds(11));
        assertEquals("EXPIRED", state(browser));
        api.clock().move(Duration.ofSeconds(99));
        confirm(phone, last, number(last)).expectProblem(409, "login-code-over");
    }

    @Test
    void yes_isWorthNothing_afterItsPhoneLoggedOut_orItsAccountWasChanged() {
        var leaving = api.again(phone);
        var first = browser();
        scan(leaving, first).expect(200);
        confirm(leaving, first, number(first)).expect(204);
        leaving.post("/auth/logout").expect(204);
        assertEquals("USED", state(first));

        var resident = api.resident(garden.household("3-2-1404"), "张三");
        var second = browser();
        scan(resident, second).expect(200);
        confirm(resident, second, number(second)).expect(204);
        api.staff(garden.id(), Role.OFFICE, garden.id()).post("/accounts/" + resident.id() + "/reset").expect(201);
        assertEquals("USED", state(second));
    }

    @Test
    void twoPhonesAtOnce_oneScans_andManyPollsAtOnce_oneIsLoggedIn() throws Exception {
        var phones = List.of(phone, api.resident(garden.household("3-2-1405"), "赵六"));
        var door = api.another();
        for (int round = 0; round < 3; round++) {
            var browser = browser();
            var scans = together(IntStream.range(0, 8).<Callable<Answer>>mapToObj(i -> () -> scan(phones.get(i % 2), browser)).toList());
            var first = IntStream.range(0, 8).filter(i -> scans.get(i).status() == 200).map(i -> i % 2).distinct().toArray();
            assertEquals(1, first.length, "one phone has it");
            var yes = together(IntStream.range(0, 8).<Callable<Answer>>mapToObj(i -> () -> confirm(phones.get(i % 2), browser, number(browser))).toList());
            assertEquals(1, yes.stream().filter(each -> each.status() == 204).count());
            var polls = together(IntStream.range(0, 8).<Callable<Answer>>mapToObj(i -> () -> poll(i % 2 == 0 ? door : api.visitor(), browser)).toList());
            assertEquals(1, polls.stream().filter(each -> each.body().has("login")).count());
            assertEquals(phones.get(first[0]).id().toString(), polls.stream().filter(each -> each.body().has("login")).findFirst().orElseThrow().text("/login/me/id"));
        }
    }

    private static <T> List<T> together(List<Callable<T>> calls) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var results = new ArrayList<T>();
            for (var each : threads.invokeAll(calls)) {
                results.add(each.get());
            }
            return results;
        }
    }

    @Test
    void asking_isSlowed_byAddress_andScanningWhatIsNone_byPerson() throws Exception {
        var elsewhere = api.visitor().with("X-Forwarded-For", "203.0.113.7");
        elsewhere.post("/auth/portal-logins", Map.of("portal", "RESIDENT")).expect(200);
        try (var connection = api.database().connect(); var statement = connection.createStatement()) {
            statement.execute("update guess_counter set failures = 299 where subject = 'PORTAL_LOGIN_SOURCE' and failures = 1");
        }
        elsewhere.post("/auth/portal-logins", Map.of("portal", "RESIDENT")).expect(200);
        elsewhere.post("/auth/portal-logins", Map.of("portal", "RESIDENT")).expectProblem(429, "too-many-attempts");
        browser();
        var guesser = api.resident(garden.household("3-2-1406"), "钱七");
        for (int i = 0; i < 30; i++) {
            guesser.post("/auth/portal-logins/scan", Map.of("scene", "l" + "x".repeat(30) + i % 10)).expectProblem(409, "login-code-over");
        }
        scan(guesser, browser()).expectProblem(429, "too-many-attempts");
        scan(phone, browser()).expect(200);
    }

    @Test
    void secrets_andScenes_reachNoLogAndNoTable() throws Exception {
        var browser = browser();
        scan(phone, browser).expect(200);
        confirm(phone, browser, number(browser)).expect(204);
        var login = poll(api.visitor(), browser);
        assertNotEquals("", login.text("/login/refreshToken"));
        var lines = new JsonLines();
        var logged = List.copyOf(LOGGED.list).stream().map(event -> new String(lines.encode(event), StandardCharsets.UTF_8)).collect(Collectors.joining());
        try (var connection = api.database().connect(); var statement = connection.createStatement();
                var rows = statement.executeQuery("select string_agg(p::text, '') from portal_login p")) {
            rows.next();
            for (var canary : List.of(browser.text("/secret"), browser.text("/scene"), login.text("/login/refreshToken"), "Gecko")) {
                assertFalse(logged.contains(canary));
                assertFalse(rows.getString(1).contains(canary));
            }
        }
    }
}
