package gatehouse.portal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.support.ApiServer;
import gatehouse.support.Browser;
import gatehouse.support.Browser.Size;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.support.ui.Select;

/** A parcel and some eggs on their way to a door: the office, the volunteer whose line breaks, and the household. */
class DoorBrowserTest {
    private static final String PASSWORD = "gatehouse-demo";
    private static final String VOLUNTEER = "13900000002";
    private static final String HOME = "13900000003";
    private static final String OFFICE = "13900000105";
    private static final String GUARD = "13900000101";
    private static ApiServer server;
    @TempDir
    private Path folder;

    @BeforeAll
    static void start() {
        server = ApiServer.start(Map.of("GATEHOUSE_DEMO", "on"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private Path picture() throws IOException {
        var image = new BufferedImage(640, 480, BufferedImage.TYPE_INT_RGB);
        var graphics = image.createGraphics();
        graphics.setColor(new Color(120, 140, 160));
        graphics.fillRect(0, 0, 640, 480);
        graphics.setColor(new Color(190, 140, 80));
        graphics.fillRect(220, 220, 200, 160);
        graphics.dispose();
        var file = folder.resolve("door.jpg");
        ImageIO.write(image, "jpeg", file.toFile());
        return file;
    }

    @Test
    void volunteer_isNamed_bringsWithABrokenLine_andTheHouseholdSeesIt() throws IOException {
        var guard = server.visitor().logIn(GUARD, PASSWORD);
        var home = server.visitor().logIn(HOME, PASSWORD);
        for (var tail : List.of("8812", "0457")) {
            guard.post("/parcels", Map.of("building", "1", "unit", "1", "room", "101", "carrier", "SF", "trackingTail", tail, "perishable", tail.equals("0457"),
                    "disinfected", true)).expect(201);
        }
        home.post("/door-arrangements", Map.of("note", "老人下不了楼")).expect(201);
        try (var desk = Browser.open(server.portal(), Size.DESK)) {
            desk.logIn("/staff/", OFFICE, PASSWORD);
            desk.see("title");
            desk.goWithin("#/doors");
            desk.tap("door-tab-homes");
            desk.see("arrangement");
            desk.picture("staff-doors-homes-desk");
            desk.tap("grant");
            desk.waitFor("toast", "已保存");
            desk.tap("door-tab-people");
            var account = server.visitor().logIn(VOLUNTEER, PASSWORD).id().toString();
            desk.see("volunteer-building-1");
            new Select(desk.see("volunteer-account")).selectByValue(account);
            desk.tap("volunteer-building-1");
            desk.picture("staff-doors-people-desk");
            desk.tap("volunteer-send");
            desk.see("volunteer");
            desk.tap("door-tab-walks");
            desk.see("walk-1-1-101");
            desk.picture("staff-doors-walks-desk");
            assertEquals(0, desk.overflowPixels());
            assertEquals(List.of(), desk.complaints());
        }
        try (var phone = Browser.open(server.portal(), Size.PHONE)) {
            phone.logIn("/resident/", VOLUNTEER, PASSWORD);
            phone.tap("tab-me");
            phone.tap("to-walks");
            phone.see("walk-1-1-101");
            phone.picture("resident-walks-open");
            phone.tap("next-1-1-101");
            phone.waitFor("next-1-1-101", "已放在门口");
            phone.cutLine(true);
            phone.tap("next-1-1-101");
            phone.waitFor("walk-waiting", "1");
            phone.attach("photo-1-1-101", picture());
            phone.waitFor("next-1-1-101", "已按门铃");
            phone.see("walk-waiting");
            phone.picture("resident-walks-without-network");
            phone.cutLine(false);
            phone.script("window.dispatchEvent(new Event('online'))");
            phone.waitUntilGone("walk-waiting");
            phone.waitFor("next-1-1-101", "已按门铃");
            phone.tap("next-1-1-101");
            phone.waitFor("next-1-1-101", "已离开");
            phone.picture("resident-walks-rung");
            phone.tap("next-1-1-101");
            phone.see("door-none");
            assertEquals(0, phone.overflowPixels());
        }
        assertEquals("AT_DOOR", home.get("/parcels").expect(200).text("/items/0/state"));
        try (var phone = Browser.open(server.portal(), Size.PHONE)) {
            phone.logIn("/resident/", HOME, PASSWORD);
            phone.tap("tab-me");
            phone.tap("to-door");
            phone.see("photo");
            phone.picture("resident-door");
            phone.tap("buy-new");
            phone.type("buy-name-0", "鸡蛋");
            phone.type("buy-budget", "30");
            phone.picture("resident-buy-ask");
            phone.tap("buy-send");
            phone.see("purchase");
            phone.picture("resident-buy-list");
            assertEquals(0, phone.overflowPixels());
            assertEquals(List.of(), phone.complaints());
        }
    }

    @Test
    void demonstration_leavesNoPageOfDoorsAndWordsEmpty() {
        var office = server.visitor().logIn(OFFICE, PASSWORD);
        for (var list : List.of("/door-tasks", "/door-arrangements?state=ASKED", "/door-volunteers", "/held-words")) {
            assertFalse(office.get(list).expect(200).body().path("items").isEmpty(), list);
        }
        var states = new TreeSet<>(office.get("/purchases").expect(200).body().path("items").findValuesAsText("state"));
        assertTrue(states.containsAll(Set.of("ASKING", "DELIVERED")), states.toString());
        var volunteer = server.visitor().logIn(HOME, PASSWORD);
        assertFalse(volunteer.get("/door-tasks").expect(200).body().path("items").isEmpty());
        var brought = server.visitor().logIn("13900000001", PASSWORD).get("/purchases?home=true").expect(200);
        assertEquals(1, brought.body().path("items").findValuesAsText("closesAt").size());
    }

    @Test
    void buyer_acceptsAndBuys_withAReceipt() throws IOException {
        var home = server.visitor().logIn("13900000001", PASSWORD);
        home.post("/purchases", Map.of("items", List.of(Map.of("name", "鸡蛋", "quantity", 2, "unit", "斤"), Map.of("name", "酱油", "quantity", 1, "unit", "瓶")),
                "budget", 40, "payBy", "WECHAT", "wantedOn", "2026-11-22", "note", "要本地的")).expect(201);
        try (var phone = Browser.open(server.portal(), Size.PHONE)) {
            phone.logIn("/staff/", OFFICE, PASSWORD);
            phone.see("title");
            phone.goWithin("#/doors?tab=buy");
            phone.see("purchase");
            phone.picture("staff-buy-phone");
            phone.tap("buy-ACCEPT");
            phone.see("buy-GIVE_BACK");
            var id = home.get("/purchases").expect(200).text("/items/0/id");
            phone.attach("receipt-" + id, picture());
            phone.tap("buy-BUY");
            phone.type("buy-cost", "36.5");
            phone.picture("staff-buy-cost-phone");
            phone.tap("buy-confirm");
            phone.waitFor("toast", "已记下");
            assertEquals(0, phone.overflowPixels());
            assertEquals(List.of(), phone.complaints());
        }
        assertEquals("BOUGHT", home.get("/purchases").expect(200).text("/items/0/state"));
    }
}
