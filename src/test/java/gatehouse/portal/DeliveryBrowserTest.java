package gatehouse.portal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.support.ApiClient;
import gatehouse.support.ApiServer;
import gatehouse.support.Browser;
import gatehouse.support.Browser.Size;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Parcels in a real browser: the guard's thumb, the household's phone, the courier's link, the office's desk. */
@Order(1)
class DeliveryBrowserTest {
    private static final String PASSWORD = "gatehouse-demo";
    private static final String GUARD = "13900000101";
    private static ApiServer server;
    @TempDir
    private Path folder;

    /** The request arrives, its answer does not; the next is whole. */
    private static final String LOSE_THE_FIRST_ANSWER = """
            const whole = window.fetch;
            window.fetch = async (address, options) => {
              const answer = await whole(address, options);
              if (options.method !== 'POST' || !address.endsWith('/household/collectors')) return answer;
              window.fetch = whole;
              throw new TypeError('the line was cut');
            };""";

    @BeforeAll
    static void start() {
        server = ApiServer.start(Map.of("GATEHOUSE_DEMO", "on"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private Path picture() throws IOException {
        var image = new BufferedImage(1200, 900, BufferedImage.TYPE_INT_RGB);
        var pen = image.createGraphics();
        pen.setColor(new Color(0x8a9aa8));
        pen.fillRect(0, 0, 1200, 900);
        pen.setColor(new Color(0xb98a52));
        pen.fillRect(300, 350, 600, 400);
        pen.dispose();
        var file = folder.resolve("shelf.jpg");
        ImageIO.write(image, "jpeg", file.toFile());
        return file;
    }

    private static void press(Browser phone, String keys) {
        keys.chars().forEach(key -> phone.tap("key-" + (char) key));
    }

    private static String codeOf(ApiClient resident) {
        var items = resident.get("/parcels?waiting=true").expect(200);
        return resident.get("/parcels/" + items.text("/items/0/id") + "/pickup-code").expect(200).text("/code");
    }

    @Test
    void guard_registersByKeys_handsOverByCode_andTendsTheShelf() {
        var father = server.visitor().logIn("13900000001", PASSWORD);
        try (var phone = Browser.open(server.portal(), Size.PHONE)) {
            phone.logIn("/staff/gate/", GUARD, PASSWORD);
            phone.see("open-camera");
            phone.tap("tab-parcels");
            phone.see("keypad");
            phone.picture("parcels-register-phone");
            assertEquals(0, phone.overflowPixels());
            press(phone, "3-2-1402");
            phone.tap("tracking");
            press(phone, "8812");
            phone.tap("perishable");
            phone.tap("register");
            assertTrue(phone.text("registered").contains("3-2-1402"), phone.text("registered"));
            phone.picture("parcels-registered-phone");
            press(phone, "9-9-909");
            phone.tap("tracking");
            press(phone, "1111");
            phone.tap("register");
            assertTrue(phone.text("register-refused").contains("查无此户"), phone.text("register-refused"));
            phone.picture("parcels-refused-phone");
            phone.tap("by-phone");
            press(phone, "0001");
            press(phone, "2222");
            phone.tap("register");
            phone.see("registered");

            phone.tap("tab-scan");
            phone.type("typed", codeOf(father));
            phone.tap("typed-go");
            assertEquals("AT_ONCE", phone.see("walk").getDomAttribute("data-walk"));
            assertTrue(phone.text("walk").contains("不算出行"), phone.text("walk"));
            phone.picture("parcels-fetch-phone");
            phone.tap("hand-over");
            phone.see("handed");
            phone.picture("parcels-handed-phone");
            phone.tap("next-pickup");
            press(phone, "00000000");
            phone.tap("find-pickup");
            assertTrue(phone.text("pickup-refused").contains("取件码不对"));
            phone.picture("parcels-code-wrong-phone");

            phone.tap("part-shelf");
            phone.tap("view-all");
            phone.see("parcels");
            phone.picture("parcels-shelf-phone");
            phone.tap(phone.first("parcel-"));
            phone.see("trail");
            phone.picture("parcels-trail-phone");
            phone.tap("sheet-close");
            phone.tap("part-links");
            phone.tap("make-link");
            phone.type("link-label", "顺丰");
            phone.tap("link-send");
            phone.tap("link-顺丰");
            phone.see("link-url");
            phone.picture("parcels-link-phone");
            assertEquals(0, phone.overflowPixels());
            assertEquals(List.of(), phone.complaints());
        }
    }

    /** The shelf at once and the damage later, both before the eyes of the household and the office; then one that somebody brings. */
    @Test
    void guard_photographsShelfAndDamage_andTheHouseholdSeesThem() throws IOException {
        var office = server.visitor().logIn("13900000105", PASSWORD);
        try (var phone = Browser.open(server.portal(), Size.PHONE)) {
            phone.logIn("/staff/gate/", GUARD, PASSWORD);
            phone.tap("tab-parcels");
            press(phone, "3-2-1402");
            phone.tap("tracking");
            press(phone, "6601");
            phone.tap("register");
            phone.see("registered");
            phone.picture("parcels-photo-offered-phone");
            phone.attach("registered-photo", picture());
            phone.see("photo-kept");
            phone.tap("part-shelf");
            phone.see("parcels");
            phone.tap(phone.first("parcel-"));
            phone.see("photos");
            phone.picture("parcels-photo-kept-phone");
            phone.tap("act-DAMAGE");
            phone.type("note", "箱角压破");
            phone.attach("act-photo", picture());
            phone.see("photo-remove-1");
            phone.picture("parcels-photo-damage-phone");
            phone.tap("act-send");
            phone.waitFor("toast", "已记录");
            var parcel = office.get("/parcels?tracking=6601").expect(200).text("/items/0/id");
            assertEquals(2, office.get("/parcels/" + parcel).expect(200).body().path("photos").size());
            assertEquals(0, phone.overflowPixels());
            assertEquals(List.of(), phone.complaints());
        }
        try (var phone = Browser.open(server.portal(), Size.PHONE)) {
            phone.logIn("/resident/", "13900000001", PASSWORD);
            phone.tap("tab-parcels");
            phone.tap("parcel-6601");
            phone.see("photos");
            assertEquals(2, phone.all("photo-").size());
            phone.picture("my-parcels-photos-phone");
            phone.tap("sheet-close");
            var guard = server.visitor().logIn(GUARD, PASSWORD);
            var home = server.visitor().logIn("13900000001", PASSWORD).me().at("/household/id").asText();
            office.post("/door-arrangements", Map.of("householdId", home, "until", server.clock().business().today().plusDays(3).toString())).expect(201);
            assertTrue(guard.post("/parcels", Map.of("building", "3", "unit", "2", "room", "1402", "carrier", "SF", "trackingTail", "6602", "perishable", false,
                    "disinfected", true)).expect(201).body().path("brought").asBoolean());
            phone.script("location.reload()");
            assertTrue(phone.text("brought").contains("志愿者会送到门口"), phone.text("brought"));
            phone.picture("my-parcels-brought-phone");
            assertEquals(0, phone.overflowPixels());
            assertEquals(List.of(), phone.complaints());
        }
    }

    @Test
    void household_booksShowsItsCodeAndNamesSomebody() {
        var guard = server.visitor().logIn(GUARD, PASSWORD);
        var address = Map.of("building", "1", "unit", "1", "room", "101", "carrier", "JD", "trackingTail", "5566", "perishable", false, "disinfected", true);
        guard.post("/parcels", address).expect(201);
        guard.post("/parcels", address).expect(201);
        try (var phone = Browser.open(server.portal(), Size.PHONE)) {
            phone.logIn("/resident/", "13900000003", PASSWORD);
            phone.tap("tab-parcels");
            phone.see("book");
            phone.picture("my-parcels-phone");
            phone.tap("book");
            phone.see("slots");
            phone.picture("my-parcels-slots-phone");
            phone.tap("slot-10:00");
            assertTrue(phone.text("booked").contains("10:00"), phone.text("booked"));
            phone.tap("show-code");
            assertTrue(phone.text("pickup-code").matches("P-[0-9]{4}-[0-9]{4}"));
            phone.picture("my-parcels-code-phone");
            phone.tap("sheet-close");
            phone.tap("name-collector");
            phone.type("collector-name", "热心邻居");
            phone.script(LOSE_THE_FIRST_ANSWER);
            phone.tap("name-send");
            phone.see("name-refused");
            phone.tap("name-send");
            phone.tap("collector-code-热心邻居");
            assertEquals(1, server.visitor().logIn("13900000003", PASSWORD).get("/household/collectors").expect(200).body().path("items").size(), "sent twice, made once");
            phone.picture("my-parcels-collector-phone");
            phone.tap("cancel-booking");
            assertEquals(0, phone.overflowPixels());
            assertEquals(List.of(), phone.complaints());
        }
        try (var small = Browser.open(server.portal(), Size.SMALL_PHONE)) {
            small.logIn("/resident/", "13900000003", PASSWORD);
            small.tap("tab-parcels");
            small.see("book");
            assertEquals(0, small.overflowPixels());
        }
    }

    @Test
    void courier_registersByTheLink_andReadsNothingOfAnybody() {
        var guard = server.visitor().logIn(GUARD, PASSWORD);
        guard.post("/courier-links", Map.of("label", "中通")).expect(201);
        var url = guard.get("/courier-links").expect(200).text("/items/0/url");
        try (var phone = Browser.open(server.portal(), Size.PHONE)) {
            phone.go("/courier/#" + url.split("#")[1]);
            phone.see("courier-form");
            phone.type("phoneTail", "0001");
            phone.type("trackingTail", "7788");
            phone.picture("courier-phone");
            phone.tap("send");
            assertTrue(phone.text("registered").contains("7788"));
            phone.tap("by-door");
            phone.type("building", "3");
            phone.type("unit", "2");
            phone.type("room", "1402");
            phone.type("trackingTail", "7799");
            phone.tap("send");
            phone.waitFor("registered", "7799");
            phone.picture("courier-done-phone");
            var shown = String.valueOf(phone.ask("return document.body.innerText"));
            assertFalse(shown.contains("陈") || shown.contains("1402"), shown);
            assertEquals(0, phone.overflowPixels());
            assertEquals(List.of(), phone.complaints());
            phone.go("/courier/#nothing");
            phone.script("location.reload()");
            phone.see("link-bad");
            phone.picture("courier-bad-phone");
        }
    }

    @Test
    void office_seesTheShelvesOnADesk() {
        var guard = server.visitor().logIn(GUARD, PASSWORD);
        guard.post("/parcels", Map.of("building", "2", "unit", "1", "room", "301", "carrier", "EMS", "trackingTail", "4040", "perishable", false,
                "disinfected", true)).expect(201);
        try (var desk = Browser.open(server.portal(), Size.DESK)) {
            desk.logIn("/staff/", "13900000105", PASSWORD);
            desk.tap("nav-parcels");
            desk.see("parcels");
            desk.picture("parcels-office-desk");
            desk.tap("part-links");
            desk.see("links");
            desk.picture("parcels-links-desk");
            desk.tap("nav-overview");
            desk.see("parcels");
            desk.picture("parcels-overview-desk");
            assertEquals(List.of(), desk.complaints());
        }
    }
}
