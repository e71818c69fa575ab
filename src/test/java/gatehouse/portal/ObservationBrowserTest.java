package gatehouse.portal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.support.ApiClient;
import gatehouse.support.ApiServer;
import gatehouse.support.Browser;
import gatehouse.support.Browser.Size;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Journeys and home observation in a real browser: what a household declares and does, and what staff see and enter. */
@Order(1)
class ObservationBrowserTest {
    private static final String PASSWORD = "gatehouse-demo";
    private static final String OFFICE = "13900000105";
    private static ApiServer server;
    private static ApiClient office;

    @BeforeAll
    static void start() {
        server = ApiServer.start(Map.of("GATEHOUSE_DEMO", "on"));
        office = server.visitor().logIn(OFFICE, PASSWORD);
        office.put("/risk-regions", Map.of("items", List.of(Map.of("regionCode", "320102", "regionName", "玄武区", "level", "HIGH",
                "from", "2026-11-01")))).expect(200);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void journey_isRefusedAtItsFields_thenToldCalmly_andTheHomeSeesWhatIsDue() {
        try (var phone = Browser.open(server.portal(), Size.PHONE)) {
            phone.logIn("/resident/", "13900000001", PASSWORD);
            phone.see("round-count-AFTERNOON");
            phone.tap("to-travel");
            phone.see("travel-form");
            phone.picture("resident-travel-phone");
            stay(phone, 0, "32", "320100", "2026-11-18", "2026-11-20");
            phone.tap("stay-0-listed-320102");
            phone.tap("travel-add");
            stay(phone, 1, "31", "310101", "2026-11-19", "2026-11-21");
            phone.tap("travel-contact-no");
            phone.tap("travel-send");
            phone.see("fault-stay-1-arrived");
            phone.picture("resident-travel-refused-phone");
            assertEquals(0, phone.overflowPixels());
            phone.pick("stay-1-arrived", "2026-11-20");
            phone.show("stay-0").picture("resident-travel-filled-phone");
            phone.tap("travel-send");
            phone.see("travel-done");
            phone.picture("resident-travel-done-phone");
            assertEquals(0, phone.overflowPixels());
            var id = server.visitor().logIn("13900000001", PASSWORD).get("/travel-declarations").expect(200).text("/items/0/id");
            phone.tap("add-test-" + id);
            phone.tap("test-result-NEGATIVE");
            phone.picture("resident-travel-test-phone");
            phone.tap("test-save");
            phone.waitFor("proof-" + id, "已登记");
            phone.show("journey-" + id).picture("resident-journeys-phone");
            phone.tap("to-observation");
            phone.waitFor("observation-due", "测体温并填报");
            phone.picture("resident-observation-phone");
            assertEquals(0, phone.overflowPixels());
            phone.goWithin("#/today");
            phone.waitFor("observation-day", "第 1 天，共 14 天");
            phone.picture("resident-today-observed-phone");
            assertEquals(List.of(), phone.complaints());
        }
        try (var desk = Browser.open(server.portal(), Size.DESK)) {
            desk.logIn("/resident/", "13900000002", PASSWORD);
            desk.goWithin("#/observation");
            desk.see("observation-due");
            desk.picture("resident-observation-desk");
            desk.goWithin("#/travel");
            desk.see("travel-form");
            desk.picture("resident-travel-desk");
            assertEquals(List.of(), desk.complaints());
        }
    }

    private static void stay(Browser phone, int index, String province, String place, String arrived, String left) {
        var stay = "stay-" + index;
        phone.pick(stay + "-province", province).pick(stay + "-place", place);
        phone.pick(stay + "-arrived", arrived).pick(stay + "-left", left).type(stay + "-transport", "G102");
    }

    @Test
    void office_beginsAnObservation_worksIt_andIsToldWhyItCannotEndYet() {
        try (var desk = Browser.open(server.portal(), Size.DESK)) {
            desk.logIn("/staff/", OFFICE, PASSWORD);
            desk.goWithin("#/observations");
            desk.tap("to-observe");
            desk.type("home-words", "2-1-101");
            desk.tap("choose-2-1-101");
            desk.tap(desk.first("who-"));
            desk.tap("reason-1");
            desk.waitFor("ends-on", "12月6日");
            desk.picture("staff-observe-desk");
            desk.tap("observe-begin");
            desk.tap("follow-up-2-1-101");
            desk.type("note", "电话随访，都好");
            desk.picture("staff-follow-up-desk");
            desk.tap("observation-enter");
            desk.waitFor("home-2-1-101", "同住人员");
            desk.picture("staff-observations-desk");
            var id = observationIn("2-1-101");
            desk.tap("observation-" + id);
            desk.waitFor("trail", "电话随访，都好");
            desk.tap("do-RELEASE");
            desk.tap("observation-enter");
            desk.waitFor("observation-error", "12");
            desk.picture("staff-release-refused-desk");
            desk.tap("sheet-close");
            desk.tap("do-TEST");
            desk.tap("test-result-POSITIVE");
            desk.tap("observation-enter");
            desk.see("withdraw-3");
            desk.tap("withdraw-3");
            desk.type("note", "登记成了别人的结果");
            desk.tap("observation-enter");
            desk.waitFor("event-3", "已撤回");
            desk.picture("staff-observation-desk");
            assertEquals(0, desk.overflowPixels());
            assertEquals(List.of(), desk.complaints());
        }
        try (var phone = Browser.open(server.portal(), Size.PHONE)) {
            phone.logIn("/staff/", OFFICE, PASSWORD);
            phone.goWithin("#/observations");
            phone.see("home-2-1-101");
            phone.picture("staff-observations-phone");
            assertEquals(0, phone.overflowPixels());
            phone.tap("observation-" + observationIn("2-1-101"));
            phone.see("trail");
            phone.picture("staff-observation-phone");
            phone.goWithin("#/observe");
            phone.type("home-words", "2-1-102");
            phone.tap("choose-2-1-102");
            phone.see("observe-form");
            phone.tap(phone.first("who-"));
            phone.picture("staff-observe-phone");
            assertEquals(0, phone.overflowPixels());
            assertEquals(List.of(), phone.complaints());
        }
    }

    private static String observationIn(String household) {
        for (var item : office.get("/observations?state=OPEN&limit=200").expect(200).body().path("items")) {
            if (item.path("household").asText().equals(household)) {
                return item.path("id").asText();
            }
        }
        throw new AssertionError("no observation in " + household);
    }

    @Test
    void journeysWithoutATest_standOnTheStaffsList_andTheHealthCentreReadsObservations() {
        var resident = server.visitor().logIn("13900000003", PASSWORD);
        var declared = resident.post("/travel-declarations", Map.of("contactWithCase", false, "stays", List.of(Map.of("regionCode", "330100",
                "regionName", "浙江省 杭州市", "arrivedOn", "2026-11-18", "leftOn", "2026-11-21", "transport", "自驾")))).expect(201);
        for (var size : List.of(Size.PHONE, Size.DESK)) {
            try (var browser = Browser.open(server.portal(), size)) {
                browser.logIn("/staff/", "13900000106", PASSWORD);
                browser.see("nav-observations");
                browser.goWithin("#/observations");
                browser.see("home-1-1-101");
                assertFalse(browser.sees("to-observe"), "reads, begins nothing");
                browser.goWithin("#/journeys");
                browser.waitFor("journey-" + declared.text("/id"), "缺阴性结果");
                assertFalse(browser.sees("add-test-" + declared.text("/id")));
                browser.picture("staff-journeys-" + size.width());
                browser.goWithin("#/observation/" + declared.text("/observationId"));
                browser.see("trail");
                assertFalse(browser.sees("do-RELEASE"));
                browser.picture("health-centre-observation-" + size.width());
                assertTrue(browser.overflowPixels() <= 0);
                assertEquals(List.of(), browser.complaints());
            }
        }
    }

    @Test
    void riskList_isImportedFromAFile_andChangedByRow() throws IOException {
        var file = Files.createTempFile(Path.of("target"), "risk", ".csv").toAbsolutePath();
        Files.writeString(file, "地区代码,地区名称,风险等级,开始日期,结束日期\n420100,武汉市,高,2026-11-10,\n130100,石家庄市,中,2026-11-01,2026-11-15\n"
                + "990000,某处,低,昨天,\n");
        try (var desk = Browser.open(server.portal(), Size.DESK)) {
            desk.logIn("/staff/", OFFICE, PASSWORD);
            desk.goWithin("#/observations");
            desk.tap("to-risk");
            desk.tap("risk-import");
            desk.see("risk-import-sheet");
            desk.attach("risk-file", file);
            desk.see("risk-tried");
            assertEquals("1", desk.text("risk-rejectedLines"));
            desk.picture("staff-risk-tried-desk");
            desk.tap("risk-import-take");
            desk.see("risk-imported");
            desk.tap("risk-import-close");
            desk.waitFor("risk-list", "石家庄市");
            desk.picture("staff-risk-desk");
            assertEquals(0, desk.overflowPixels());
            assertEquals(List.of(), desk.complaints());
        }
        try (var phone = Browser.open(server.portal(), Size.PHONE)) {
            phone.logIn("/staff/", OFFICE, PASSWORD);
            phone.goWithin("#/risk");
            phone.see("risk-list");
            phone.picture("staff-risk-phone");
            phone.tap("risk-420100");
            phone.pick("risk-to", "2026-11-09");
            phone.tap("risk-save");
            phone.see("fault-risk-to");
            phone.picture("staff-risk-edit-phone");
            phone.pick("risk-to", "2026-11-20");
            phone.tap("risk-save");
            phone.waitFor("risk-list", "11月20日");
            phone.tap("risk-add");
            phone.pick("risk-province", "33");
            phone.pick("risk-place", "330100");
            phone.tap("risk-level-MEDIUM");
            phone.picture("staff-risk-add-phone");
            phone.tap("risk-save");
            phone.waitFor("risk-list", "杭州市");
            assertEquals(0, phone.overflowPixels());
            assertEquals(List.of(), phone.complaints());
        } finally {
            Files.delete(file);
        }
    }

    @Test
    void everyPage_fitsASmallPhone() {
        var resident = server.visitor().logIn("13900000201", PASSWORD);
        resident.post("/travel-declarations", Map.of("contactWithCase", true, "stays", List.of())).expect(201);
        try (var phone = Browser.open(server.portal(), Size.SMALL_PHONE)) {
            phone.logIn("/resident/", "13900000201", PASSWORD);
            phone.see("observation-card");
            fits(phone, "#/observation", "observation-due");
            phone.picture("resident-observation-320");
            fits(phone, "#/travel", "travel-form");
            phone.goWithin("#/today");
            phone.see("observation-card");
            assertEquals(0, phone.overflowPixels());
        }
        try (var phone = Browser.open(server.portal(), Size.SMALL_PHONE)) {
            phone.logIn("/staff/", "13900000205", PASSWORD);
            fits(phone, "#/observations", "to-observe");
            fits(phone, "#/observe", "home-words");
            fits(phone, "#/journeys?list=all", "journeys");
            fits(phone, "#/risk", "risk-import");
            var theirs = server.visitor().logIn("13900000205", PASSWORD).get("/observations").expect(200).text("/items/0/id");
            fits(phone, "#/observation/" + theirs, "trail");
            phone.picture("staff-observation-320");
        }
    }

    private static void fits(Browser phone, String page, String shows) {
        phone.goWithin(page);
        phone.see(shows);
        assertEquals(0, phone.overflowPixels(), page);
    }

    @Test
    void gridWorker_declaresForSomebodyWhoCannot() {
        try (var phone = Browser.open(server.portal(), Size.PHONE)) {
            phone.logIn("/staff/", "13900000102", PASSWORD);
            phone.goWithin("#/journeys");
            phone.tap("to-declare");
            phone.type("home-words", "3-1-101");
            phone.tap("choose-3-1-101");
            phone.see("travel-form");
            stay(phone, 0, "37", "370200", "2026-11-18", "2026-11-20");
            phone.tap("travel-contact-no");
            phone.show("travel-form").picture("staff-declare-phone");
            assertEquals(0, phone.overflowPixels());
            phone.tap("travel-send");
            phone.waitFor("title", "旅居申报");
            phone.see("to-declare");
            assertEquals(1, office.get("/travel-declarations?limit=200").expect(200).body().path("items").findValuesAsText("household").stream()
                    .filter("3-1-101"::equals).count());
            phone.picture("staff-declared-phone");
            assertEquals(List.of(), phone.complaints());
        }
    }
}
