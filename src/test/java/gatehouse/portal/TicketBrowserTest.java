package gatehouse.portal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.kernel.Role;
import gatehouse.support.ApiClient;
import gatehouse.support.ApiServer;
import gatehouse.support.Browser;
import gatehouse.support.Browser.Size;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.openqa.selenium.Keys;
import org.openqa.selenium.support.ui.Select;

/** A ticket from the resident's phone over the dispatcher's desk to the repairman's phone and back, in a browser. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Order(1)
class TicketBrowserTest {
    private static final String PASSWORD = "gatehouse-demo";
    private static final String RESIDENT = "13900000002";
    private static final String NEIGHBOUR = "13900000003";
    private static final String DISPATCHER = "13900000103";
    private static final String REPAIRMAN = "13900000104";
    private static final String OFFICE = "13900000105";
    /** The request arrives, its answer does not; then nothing does, until the line is whole again. */
    private static final String CUT_WHILE_SENDING = """
            const whole = window.fetch;
            let sent = false;
            window.mend = () => { window.fetch = whole; window.dispatchEvent(new Event('online')); };
            window.fetch = async (address, options) => {
              const isTicket = options.method === 'POST' && address.endsWith('/tickets');
              if (isTicket && !sent) {
                sent = true;
                await whole(address, options);
              }
              if (isTicket) throw new TypeError('the line was cut');
              return whole(address, options);
            };""";
    private static ApiServer server;
    private static Path photo;

    @BeforeAll
    static void start() throws IOException {
        server = ApiServer.start(Map.of("GATEHOUSE_DEMO", "on"));
        photo = picture();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** As large as a phone takes them. */
    private static Path picture() throws IOException {
        var image = new BufferedImage(3000, 2000, BufferedImage.TYPE_INT_RGB);
        var pen = image.createGraphics();
        pen.setPaint(new GradientPaint(0, 0, new Color(0x7aa7c7), 3000, 2000, new Color(0xd9c7a0)));
        pen.fillRect(0, 0, 3000, 2000);
        pen.setColor(new Color(0x44505a));
        pen.fillOval(1200, 700, 600, 600);
        pen.dispose();
        var file = Files.createTempFile(Files.createDirectories(Path.of("target")), "leak", ".jpg").toAbsolutePath();
        ImageIO.write(image, "jpg", file.toFile());
        return file;
    }

    private static ApiClient person(String phone) {
        return server.visitor().logIn(phone, PASSWORD);
    }

    private static String submitted(ApiClient who, String kind, String category, Map<String, Object> more) {
        var body = new HashMap<String, Object>(Map.of("kind", kind, "category", category, "place", Map.of("area", "PUBLIC", "text", "3栋电梯", "building", "3"),
                "description", "电梯门关不上", "urgency", "NORMAL"));
        body.putAll(more);
        return who.post("/tickets", body).expect(201).text("/id");
    }

    private static void looksRight(Browser browser, String name) {
        browser.picture(name);
        assertEquals(0, browser.overflowPixels(), name);
    }

    @Test
    void repair_fromTheReportToTheRating_losesNothingOnAPoorLine() {
        var resident = person(RESIDENT);
        var known = resident.get("/tickets?limit=200").body().path("items").size();
        String id;
        try (var phone = Browser.open(server.portal(), Size.PHONE)) {
            phone.logIn("/resident/", RESIDENT, PASSWORD);
            phone.tap("tab-tickets");
            phone.see("tell");
            looksRight(phone, "resident-tickets-empty");
            phone.tap("tell");
            phone.see("kinds");
            looksRight(phone, "resident-tell-kinds");
            phone.tap("kind-REPAIR");
            phone.see("category-WATER_TAP");
            looksRight(phone, "resident-tell-categories");
            phone.tap("category-WATER_TAP");
            phone.type("ticket-description", "厨房水龙头一直滴水");
            phone.attach("ticket-photo", photo);
            phone.see("photo-remove-1");
            looksRight(phone, "resident-tell-form");
            phone.show("area");
            phone.picture("resident-tell-form-2");
            phone.script(CUT_WHILE_SENDING);
            phone.tap("ticket-send");
            phone.see("ticket-kept");
            looksRight(phone, "resident-tell-kept");
            phone.tap("to-tickets");
            phone.see("ticket-waiting");
            looksRight(phone, "resident-tickets-waiting");
            phone.script("window.mend()");
            phone.waitUntilGone("ticket-waiting");
            var mine = resident.get("/tickets?limit=200").expect(200).body().path("items");
            assertEquals(known + 1, mine.size(), "the answer was lost, the ticket sent again: it is there once");
            id = mine.get(0).path("id").asText();
            assertEquals(1, resident.get("/tickets/" + id).body().path("photos").size());
            phone.waitFor("due-" + id, "前");
            looksRight(phone, "resident-tickets-open");
            phone.tap("ticket-" + id);
            phone.see("trail");
            phone.see("photos");
            looksRight(phone, "resident-ticket-phone");
            assertEquals(List.of(), phone.complaints());
        }
        assignByKeyboard(id);
        finishInACellar(id);
        try (var phone = Browser.open(server.portal(), Size.PHONE)) {
            phone.logIn("/resident/", RESIDENT, PASSWORD);
            phone.see("tab-tickets");
            phone.goWithin("#/ticket/" + id);
            phone.waitFor("due", "请您确认");
            looksRight(phone, "resident-ticket-done");
            phone.tap("act-CONFIRM");
            phone.tap("rating-5");
            phone.type("act-note", "来得快，修得好");
            looksRight(phone, "resident-ticket-rate");
            phone.tap("act-send");
            phone.waitFor("toast", "已确认");
            phone.show("trail");
            looksRight(phone, "resident-ticket-trail");
            assertEquals(List.of(), phone.complaints());
        }
        var closed = resident.get("/tickets/" + id).expect(200);
        assertEquals("5", closed.text("/rating"));
        assertEquals("来得快，修得好", closed.text("/ratingWords"));
        assertEquals(2, closed.body().path("photos").size());
    }

    private static void assignByKeyboard(String id) {
        var dispatcher = person(DISPATCHER);
        var light = submitted(person(NEIGHBOUR), "REPAIR", "LIGHTING", Map.of("description", "楼道灯不亮", "place", Map.of("area", "PUBLIC", "text", "2单元3层", "building", "1")));
        try (var desk = Browser.open(server.portal(), Size.DESK)) {
            desk.logIn("/staff/", DISPATCHER, PASSWORD);
            desk.tap("nav-tickets");
            desk.tap("ticket-" + id);
            desk.waitFor("detail", "厨房水龙头一直滴水");
            looksRight(desk, "staff-board-desk");
            desk.press("c");
            desk.waitFor("toast", "已受理");
            desk.press("a");
            desk.see("repairmen");
            looksRight(desk, "staff-assign-desk");
            desk.press("1");
            desk.press(Keys.ENTER);
            desk.waitFor("toast", "已派单");
            desk.waitFor("detail", "马建军");
            assertEquals("ASSIGNED", dispatcher.get("/tickets/" + id).text("/state"));
            desk.press("k");
            assertNotEquals("ticket-" + id, desk.ask("return document.querySelector('.board [aria-current]').dataset.testid"));
            desk.press("j");
            desk.waitFor("detail", "厨房水龙头一直滴水");
            desk.press("/");
            desk.press("楼道灯不亮");
            desk.waitFor("detail", "楼道灯不亮");
            desk.see("board-words").sendKeys(Keys.chord(Keys.CONTROL, "a"), Keys.DELETE, Keys.ESCAPE);
            desk.waitFor("detail", "厨房水龙头一直滴水");
            desk.press("p");
            desk.tap("suggest-等配件");
            desk.tap("act-send");
            desk.waitFor("toast", "已暂停");
            desk.see("act-RESUME");
            desk.press("r");
            desk.waitFor("toast", "继续计时");
            assertEquals("ASSIGNED", dispatcher.get("/tickets/" + id).text("/state"));
            desk.tap("to-worker");
            desk.type("worker-name", "唐师傅");
            desk.type("worker-phone", "13812345678");
            looksRight(desk, "staff-worker-desk");
            desk.tap("worker-send");
            desk.waitFor("worker-code", "V-");
            desk.tap("worker-close");
            desk.waitFor("trail", "外来施工人员");
            desk.tap("to-classify");
            new Select(desk.see("classify-category")).selectByValue("WATER_SUPPLY");
            desk.type("classify-reason", "是水压太低，不是龙头坏了");
            looksRight(desk, "staff-classify-desk");
            desk.tap("classify-send");
            desk.waitFor("trail", "是水压太低");
            assertEquals("WATER_SUPPLY", dispatcher.get("/tickets/" + id).text("/category"));
            desk.tap("filter-more");
            new Select(desk.see("filter-building")).selectByValue("3");
            desk.waitUntilGone("ticket-" + light);
            desk.tap("view-save");
            desk.type("view-name", "三号楼");
            desk.tap("view-name-save");
            desk.see("saved-三号楼");
            looksRight(desk, "staff-board-filtered-desk");
            desk.tap("view-open");
            desk.goWithin("#/take-call?kind=REPAIR&category=DRAIN");
            desk.type("ticket-description", "厨房下水堵了，电话 0532-1234567");
            desk.type("ticket-building", "2");
            desk.type("ticket-place", "1-302 厨房");
            looksRight(desk, "staff-call-dispatcher-desk");
            desk.tap("ticket-send");
            desk.waitFor("toast", "前修好");
            assertEquals(List.of(), desk.complaints());
        }
        try (var phone = Browser.open(server.portal(), Size.PHONE)) {
            phone.logIn("/staff/", DISPATCHER, PASSWORD);
            phone.tap("nav-tickets");
            phone.see("ticket-" + id);
            looksRight(phone, "staff-board-phone");
            phone.tap("ticket-" + id);
            phone.see("acts");
            looksRight(phone, "staff-ticket-phone");
        }
    }

    private static void finishInACellar(String id) {
        var repairman = person(REPAIRMAN);
        try (var phone = Browser.open(server.portal(), Size.PHONE)) {
            phone.logIn("/staff/", REPAIRMAN, PASSWORD);
            phone.see("job-" + id);
            looksRight(phone, "staff-jobs-phone");
            phone.tap("call-" + id);
            phone.tap("reason-APPOINT");
            phone.tap("disclosure-confirm");
            assertEquals("tel:" + RESIDENT, phone.see("call-now").getDomAttribute("href"));
            looksRight(phone, "staff-jobs-call-phone");
            phone.tap("disclosure-done");
            phone.tap("ARRIVE-" + id);
            phone.waitFor("toast", "已到场");
            phone.see("FINISH-" + id);
            phone.cutLine(true);
            phone.tap("FINISH-" + id);
            phone.tap("suggest-已更换配件");
            phone.attach("act-photo", photo);
            phone.see("photo-remove-1");
            looksRight(phone, "staff-jobs-finish-phone");
            phone.tap("act-send");
            phone.waitFor("acts-waiting", "还没有送出");
            phone.see("unsent");
            looksRight(phone, "staff-jobs-waiting-phone");
            assertEquals("ON_SITE", repairman.get("/tickets/" + id).text("/state"), "nothing is said to be done that is not");
            phone.cutLine(false);
            phone.waitUntilGone("acts-waiting");
            assertEquals("DONE", repairman.get("/tickets/" + id).text("/state"));
            phone.waitUntilGone("job-" + id);
            looksRight(phone, "staff-jobs-done-phone");
        }
        try (var small = Browser.open(server.portal(), Size.SMALL_PHONE)) {
            small.beforePages("localStorage.setItem('gatehouse.textSize', '3')");
            small.logIn("/staff/", REPAIRMAN, PASSWORD);
            small.see("jobs");
            looksRight(small, "staff-jobs-320-large");
        }
        try (var small = Browser.open(server.portal(), Size.SMALL_PHONE)) {
            small.beforePages("localStorage.setItem('gatehouse.textSize', '3')");
            small.logIn("/staff/", DISPATCHER, PASSWORD);
            small.tap("nav-tickets");
            small.see("board");
            looksRight(small, "staff-board-320-large");
        }
    }

    @Test
    void sharedThings_areReportedOnce_andComplaintsStayAnonymous() {
        var lift = submitted(person(NEIGHBOUR), "REPAIR", "LIFT", Map.of());
        var resident = person(RESIDENT);
        try (var small = Browser.open(server.portal(), Size.SMALL_PHONE)) {
            small.beforePages("localStorage.setItem('gatehouse.textSize', '3')");
            small.logIn("/resident/", RESIDENT, PASSWORD);
            small.tap("tab-tickets");
            small.see("tell");
            looksRight(small, "resident-tickets-320-large");
            small.tap("tell");
            small.see("kinds");
            looksRight(small, "resident-tell-kinds-320-large");
            small.goWithin("#/tell?kind=COMPLAINT");
            small.see("categories");
            looksRight(small, "resident-tell-categories-320-large");
            small.tap("category-STAFF_CONDUCT");
            small.type("ticket-description", "前台态度不好");
            small.tap("anonymous");
            looksRight(small, "resident-tell-form-320-large");
            small.tap("ticket-send");
            small.see("ticket-sent");
            looksRight(small, "resident-tell-sent-320-large");
            small.tap("to-ticket");
            small.type("mail-text", "请不要告诉当事人");
            small.tap("mail-send");
            small.waitFor("mail", "请不要告诉当事人");
            looksRight(small, "resident-ticket-320-large");
            assertEquals(List.of(), small.complaints());
        }
        try (var phone = Browser.open(server.portal(), Size.PHONE)) {
            phone.logIn("/resident/", RESIDENT, PASSWORD);
            phone.see("tab-tickets");
            phone.goWithin("#/tell?kind=REPAIR&category=LIFT");
            phone.type("ticket-description", "三栋电梯门坏了");
            phone.tap("ticket-send");
            phone.see("nearby-sheet");
            looksRight(phone, "resident-nearby-phone");
            phone.tap("nearby-follow-" + lift);
            phone.waitFor("follow-" + lift, "已关注");
            looksRight(phone, "resident-public-phone");
            phone.goWithin("#/service");
            phone.see("summary-submitted");
            looksRight(phone, "resident-service-phone");
            phone.tap("language");
            phone.waitFor("title", "The month");
            looksRight(phone, "resident-service-english");
            phone.goWithin("#/tickets");
            phone.waitFor("tell", "Report");
            looksRight(phone, "resident-tickets-english");
        }
        for (var each : resident.get("/public-tickets").expect(200).body().path("items")) {
            assertEquals(each.path("id").asText().equals(lift), each.path("following").asBoolean(), each.toString());
        }
        officeReadsWhatItMay();
    }

    /** Last: the others count on the one repairman of the demonstration. */
    @Test
    @Order(Integer.MAX_VALUE)
    void desk_consentsMergesAndPlans_theCrewHandsOver_andTheReporterReopens() {
        var dispatcher = person(DISPATCHER);
        var burst = submitted(person(RESIDENT), "REPAIR", "WATER_BURST", Map.of("urgency", "EMERGENCY", "description", "地下室水管爆了"));
        var first = submitted(person(NEIGHBOUR), "COMPLAINT", "PARKING", Map.of("description", "我家窗下总有车"));
        var second = submitted(person(RESIDENT), "COMPLAINT", "PARKING", Map.of("description", "消防通道停了车"));
        var drain = submitted(person(RESIDENT), "REPAIR", "DRAIN", Map.of("description", "地漏返水"));
        dispatcher.post("/tickets/" + drain + "/events", Map.of("event", "ACCEPT")).expect(200);
        officeConsentsAndPlans(burst);
        try (var desk = Browser.open(server.portal(), Size.DESK)) {
            desk.logIn("/staff/", DISPATCHER, PASSWORD);
            desk.tap("nav-tickets");
            desk.tap("ticket-" + second);
            desk.waitFor("detail", "消防通道停了车");
            desk.tap("act-MERGE");
            desk.type("act-merge", dispatcher.get("/tickets/" + first).text("/number"));
            looksRight(desk, "staff-merge-desk");
            desk.tap("act-send");
            desk.waitFor("toast", "已合并");
            desk.waitUntilGone("ticket-" + second);
            assertEquals(List.of(), desk.complaints());
        }
        dispatcher.post("/tickets/" + first + "/events", Map.of("event", "ACCEPT")).expect(200);
        crewTakesAndHandsOver(drain);
        try (var phone = Browser.open(server.portal(), Size.PHONE)) {
            phone.logIn("/resident/", RESIDENT, PASSWORD);
            phone.see("tab-tickets");
            phone.goWithin("#/ticket/" + drain);
            phone.tap("act-REOPEN");
            phone.type("act-note", "还是返水");
            looksRight(phone, "resident-reopen-phone");
            phone.tap("act-send");
            phone.waitUntilGone("act-sheet");
            assertEquals("REOPENED", dispatcher.get("/tickets/" + drain).text("/state"));
            phone.goWithin("#/ticket/" + second);
            phone.waitFor("joined", "已受理");
            looksRight(phone, "resident-joined-phone");
            assertFalse(phone.text("joined").contains("我家窗下"), "nothing of the other reporter");
            phone.goWithin("#/tickets");
            phone.tap("followed-" + first);
            phone.show("followed");
            looksRight(phone, "resident-followed-phone");
            assertEquals(List.of(), phone.complaints());
        }
    }

    private static void officeConsentsAndPlans(String burst) {
        try (var desk = Browser.open(server.portal(), Size.DESK)) {
            desk.logIn("/staff/", OFFICE, PASSWORD);
            desk.tap("nav-tickets");
            desk.tap("ticket-" + burst);
            desk.waitFor("detail", "待社区同意");
            desk.tap("act-CONSENT");
            desk.tap("act-send");
            desk.waitFor("detail", "社区已同意");
            assertEquals("GIVEN", person(OFFICE).get("/tickets/" + burst).text("/consent"));
            desk.tap("to-rules");
            desk.tap("rule-add");
            desk.pick("rule-category", "LIGHTING");
            desk.pick("rule-building", "3");
            new Select(desk.see("rule-assigneeId")).selectByVisibleText("马建军");
            looksRight(desk, "staff-rule-desk");
            desk.tap("rule-save");
            desk.waitFor("rule-LIGHTING@3", "马建军");
            looksRight(desk, "staff-rules-desk");
            desk.tap("rule-LIGHTING@3");
            desk.pick("rule-building", "2");
            desk.tap("rule-save");
            desk.waitUntilGone("rule-LIGHTING@3");
            desk.see("rule-LIGHTING@2");
            desk.goWithin("#/working-calendar?year=2026");
            desk.see("days-published");
            desk.tap("day-add");
            desk.pick("day-date", "2026-12-03");
            desk.type("day-name", "停电检修");
            looksRight(desk, "staff-day-desk");
            desk.tap("day-save");
            desk.waitFor("days-own", "停电检修");
            looksRight(desk, "staff-calendar-desk");
            desk.goWithin("#/working-calendar?year=2027");
            desk.waitFor("year-unlisted", "2027");
            assertEquals(List.of(), desk.complaints());
        }
        try (var phone = Browser.open(server.portal(), Size.PHONE)) {
            phone.logIn("/staff/", OFFICE, PASSWORD);
            phone.see("title");
            phone.goWithin("#/ticket-rules");
            phone.see("rule-LIGHTING@2");
            looksRight(phone, "staff-rules-phone");
            phone.tap("rule-LIGHTING@2");
            phone.tap("rule-remove");
            looksRight(phone, "staff-rule-remove-phone");
            phone.tap("rule-remove-sure");
            phone.waitUntilGone("rule-LIGHTING@2");
            phone.goWithin("#/working-calendar?year=2026");
            phone.see("days-own");
            looksRight(phone, "staff-calendar-phone");
            phone.tap("day-2026-12-03");
            phone.tap("day-remove");
            phone.waitUntilGone("days-own");
            phone.goWithin("#/tickets");
            phone.see("to-calendar");
            looksRight(phone, "staff-board-office-phone");
            assertEquals(List.of(), phone.complaints());
        }
        assertTrue(person(OFFICE).get("/ticket-rules").expect(200).body().path("items").findValuesAsText("category").stream().noneMatch("LIGHTING"::equals));
    }

    private static void crewTakesAndHandsOver(String drain) {
        var compound = UUID.fromString(person(DISPATCHER).me().path("compound").path("id").asText());
        var colleague = server.staff(compound, Role.REPAIRMAN, compound);
        try (var phone = Browser.open(server.portal(), Size.PHONE)) {
            phone.logIn("/staff/", REPAIRMAN, PASSWORD);
            phone.tap("jobs-pool");
            phone.see("job-" + drain);
            looksRight(phone, "staff-pool-phone");
            phone.tap("ASSIGN-" + drain);
            phone.waitUntilGone("job-" + drain);
            phone.tap("jobs-route");
            phone.see("job-" + drain);
            phone.tap("ASSIGN-" + drain);
            phone.tap("repairman-" + colleague.id());
            looksRight(phone, "staff-hand-over-phone");
            phone.tap("act-send");
            phone.waitUntilGone("job-" + drain);
            assertEquals(List.of(), phone.complaints());
        }
        colleague.post("/tickets/" + drain + "/events", Map.of("event", "ARRIVE")).expect(200);
        colleague.post("/tickets/" + drain + "/events", Map.of("event", "FINISH", "note", "已疏通")).expect(200);
    }

    private static void officeReadsWhatItMay() {
        server.clock().move(Duration.ofHours(9));
        try (var desk = Browser.open(server.portal(), Size.DESK)) {
            desk.logIn("/staff/", OFFICE, PASSWORD);
            desk.see("title");
            desk.goWithin("#/tickets?view=serious");
            desk.waitFor("group-LATE", "工作人员服务态度");
            desk.waitFor("mail", "请不要告诉当事人");
            looksRight(desk, "staff-complaint-desk");
            var seen = desk.text("detail");
            assertFalse(seen.contains("3-2-1402") || seen.contains("林晓燕"), seen);
            desk.tap("to-police");
            desk.type("police-station", "阳光路派出所");
            desk.tap("police-send");
            desk.waitFor("trail", "移交公安");
            desk.tap("to-reporter");
            desk.type("reporter-reason", "公安机关依法调取");
            looksRight(desk, "staff-reporter-desk");
            desk.tap("reporter-send");
            desk.waitFor("reporter-found", "3-2-1402");
            desk.tap("sheet-close");
            desk.goWithin("#/follow-ups");
            desk.see("follow-ups-count");
            looksRight(desk, "staff-follow-ups-desk");
            desk.goWithin("#/service");
            desk.see("summary-submitted");
            looksRight(desk, "staff-service-desk");
            desk.goWithin("#/take-call");
            desk.type("home-words", "1-1-101");
            desk.tap("choose-1-1-101");
            desk.tap("kind-ENQUIRY");
            desk.tap("category-PAYMENTS");
            desk.type("ticket-description", "物业费怎么交");
            looksRight(desk, "staff-call-desk");
            desk.tap("ticket-send");
            desk.waitFor("toast", "前答复");
            assertEquals(List.of(), desk.complaints());
        }
        assertTrue(person(RESIDENT).get("/me/disclosures").expect(200).body().toString().contains("公安机关依法调取"), "the reporter reads why somebody looked");
    }
}
