package gatehouse.portal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.support.ApiClient;
import gatehouse.support.ApiServer;
import gatehouse.support.Browser;
import gatehouse.support.Browser.Size;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** A fever in a real browser: the office's thumb and keyboard, the health centre, the subdistrict, and the family at home. */
class AlertBrowserTest {
    private static final String PASSWORD = "gatehouse-demo";
    private static final String OFFICE = "13900000105";
    private static ApiServer server;

    @BeforeAll
    static void start() {
        server = ApiServer.start(Map.of("GATEHOUSE_DEMO", "on"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void fever_isTakenOnByOneTap_andWorkedToItsEnd_whileTheFamilyReadsWhatHappensNow() {
        var resident = server.visitor().logIn("13900000003", PASSWORD);
        var id = fever(resident, 38.6, List.of("FEVER", "DRY_COUGH"), "夜里开始发冷");
        try (var phone = Browser.open(server.portal(), Size.PHONE); var home = Browser.open(server.portal(), Size.PHONE)) {
            home.logIn("/resident/", "13900000003", PASSWORD);
            assertEquals("OPEN", home.see("alert-open").getDomAttribute("data-state"));
            home.picture("resident-guidance-open-phone");

            phone.logIn("/staff/", OFFICE, PASSWORD);
            phone.see("alerts-now");
            phone.picture("staff-alerts-now-phone");
            phone.goWithin("#/alerts");
            phone.see("alert-" + id);
            phone.picture("staff-alerts-phone");
            phone.tap("acknowledge-" + id);
            phone.waitFor("alert-" + id, "已确认");
            phone.tap("show-PHONE-" + residentOf(resident));
            phone.tap("reason-ALERT");
            phone.picture("staff-alert-disclosure-phone");
            phone.tap("disclosure-confirm");
            assertTrue(phone.text("disclosed").matches("1[0-9]{10}"), phone.text("disclosed"));
            phone.tap("disclosure-done");
            phone.tap("escalate-" + id);
            phone.tap("suggest-0");
            phone.picture("staff-alert-step-phone");
            phone.tap("step-save");
            phone.waitFor("alert-" + id, "已电话联系，体温仍高");
            assertEquals(0, phone.overflowPixels());
            phone.tap("transfer-" + id);
            phone.tap("step-save");
            phone.waitFor("alert-" + id, "已转运");
            home.go("/resident/");
            home.waitFor("alert-open", "正在送医");
            home.picture("resident-guidance-transferred-phone");
            assertEquals(0, home.overflowPixels());

            phone.tap("close-" + id);
            phone.tap("step-save");
            phone.see("step-note");
            phone.type("step-note", "核酸阴性");
            phone.tap("step-save");
            phone.see("alerts-list");
            phone.goWithin("#/alerts?list=CLOSED");
            phone.waitFor("alert-" + id, "核酸阴性");
            phone.picture("staff-alerts-closed-phone");
            home.go("/resident/");
            home.waitFor("alert-open", "已处理完");
            home.picture("resident-guidance-closed-phone");
            assertEquals(List.of(), phone.complaints());
            assertEquals(List.of(), home.complaints());
        }
    }

    @Test
    void office_worksByKeyboard_atADesk() {
        var id = fever(server.visitor().logIn("13900000001", PASSWORD), 38.1, List.of("DYSPNOEA"), null);
        server.clock().move(Duration.ofMinutes(4));
        try (var desk = Browser.open(server.portal(), Size.DESK)) {
            desk.logIn("/staff/", OFFICE, PASSWORD);
            desk.see("alerts-now");
            desk.picture("staff-overview-alerts-desk");
            desk.goWithin("#/alerts");
            desk.see("alert-" + id).sendKeys(Keys.ENTER);
            desk.waitFor("alert-" + id, "已确认");
            desk.picture("staff-alerts-desk");
            desk.see("alert-" + id).sendKeys(Keys.ENTER);
            desk.see("step-note").sendKeys("请协助", Keys.chord(Keys.CONTROL, Keys.ENTER));
            desk.waitFor("alert-" + id, "请协助");
            assertEquals(0, desk.overflowPixels());
            assertEquals(List.of(), desk.complaints());
        }
        try (var desk = Browser.open(server.portal(), Size.DESK)) {
            desk.logIn("/staff/", "13900000107", PASSWORD);
            desk.goWithin("#/alerts");
            var card = desk.text("alert-" + id);
            assertTrue(card.contains("姓名不显示") && card.contains("38.1"), card);
            assertFalse(card.contains("3-2-1402"), card);
            desk.picture("staff-alerts-subdistrict-desk");
            desk.tap("show-NAME-" + residentOf(server.visitor().logIn("13900000001", PASSWORD)));
            desk.tap("reason-ALERT");
            desk.tap("disclosure-confirm");
            assertEquals("陈志远", desk.text("disclosed"));
        }
    }

    @Test
    void gridWorker_callsWhoMissedTwoRounds() {
        for (var size : List.of(Size.PHONE, Size.DESK)) {
            try (var browser = Browser.open(server.portal(), size)) {
                browser.logIn("/staff/", "13900000102", PASSWORD);
                browser.goWithin("#/missing");
                browser.tap("to-calls");
                browser.see("calls");
                browser.picture("staff-calls-" + size.width());
                browser.tap(browser.first("show-PHONE-"));
                browser.tap("reason-CALL");
                browser.tap("disclosure-confirm");
                assertTrue(browser.text("disclosed").matches("1[0-9]{10}"), browser.text("disclosed"));
                browser.tap("disclosure-done");
                assertEquals(0, browser.overflowPixels());
                browser.tap("start-calls");
                browser.see("phone-form");
                browser.type(browser.first("temperature-"), "36.6");
                browser.tap("symptom-OTHER");
                browser.tap("phone-next");
                browser.see("phone-note-fault");
                browser.picture("staff-phone-other-" + size.width());
                browser.type("phone-note", "皮疹" + size.width());
                browser.tap("phone-next");
                browser.waitFor("call-counter", "已登记 1 /");
                browser.waitUntilGone("basket");
                assertTrue(server.visitor().logIn("13900000102", PASSWORD).get("/health-reports?limit=200").expect(200).body().toString()
                        .contains("皮疹" + size.width()));
                assertEquals(0, browser.overflowPixels());
                assertEquals(List.of(), browser.complaints());
            }
        }
    }

    private static String residentOf(ApiClient person) {
        return person.me().at("/resident/id").asText();
    }

    private static String fever(ApiClient resident, double celsius, List<String> symptoms, String note) {
        var report = new java.util.HashMap<String, Object>(Map.of("temperature", celsius, "symptoms", symptoms));
        if (note != null) {
            report.put("note", note);
        }
        return resident.post("/health-reports", report).text("/alertId");
    }
}
