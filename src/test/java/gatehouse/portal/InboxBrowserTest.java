package gatehouse.portal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.support.ApiServer;
import gatehouse.support.Browser;
import gatehouse.support.Browser.Size;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Messages in a real browser: counted in the head, read by a tap that leads to what they are about. */
class InboxBrowserTest {
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

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.getAsBoolean() && System.nanoTime() < end) {
            try {
                Thread.sleep(50);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        }
        assertTrue(condition.getAsBoolean());
    }

    private static int unread(String phone) {
        return server.visitor().logIn(phone, PASSWORD).get("/notifications").expect(200).body().path("unread").asInt();
    }

    @Test
    void staff_seeTheCountMove_andATapLeadsToTheAlerts() {
        try (var desk = Browser.open(server.portal(), Size.DESK)) {
            desk.logIn("/staff/", OFFICE, PASSWORD);
            desk.waitFor("live", "实时");
            int before = unread(OFFICE);
            server.visitor().logIn("13900000003", PASSWORD).post("/health-reports", Map.of("temperature", 38.4, "symptoms", List.of())).expect(201);
            desk.waitFor("unread", String.valueOf(before + 1));
            desk.tap("bell");
            desk.see("inbox");
            desk.picture("staff-inbox-desk");
            var text = desk.text("inbox");
            assertFalse(text.contains("发热") || text.contains("38.4") || text.contains("1-1-101"), text);
            var newest = desk.all("message-").getFirst().getDomAttribute("data-testid");
            desk.tap(newest);
            desk.see("alerts-list");
            await(() -> unread(OFFICE) == before);
            desk.tap("bell");
            if (before > 0) {
                desk.tap("read-all");
            }
            desk.waitFor("inbox-unread", "全部已读");
            assertFalse(desk.sees("unread"));
            assertEquals(0, unread(OFFICE));
            assertEquals(0, desk.overflowPixels());
            assertEquals(List.of(), desk.complaints());
        }
        try (var phone = Browser.open(server.portal(), Size.PHONE)) {
            phone.logIn("/staff/", OFFICE, PASSWORD);
            phone.tap("bell");
            phone.see("inbox");
            phone.picture("staff-inbox-phone");
            assertEquals(0, phone.overflowPixels());
        }
    }

    @Test
    void residents_findRemindersInTheHead_alsoWhereTheLineIsCut() {
        server.clock().set("2026-11-22T15:00:00+08:00");
        await(() -> unread("13900000001") > 0);
        try (var phone = Browser.open(server.portal(), Size.PHONE)) {
            phone.logIn("/resident/", "13900000001", PASSWORD);
            phone.see("unread");
            phone.picture("resident-unread-phone");
            phone.tap("bell");
            phone.see("inbox");
            phone.picture("resident-inbox-phone");
            phone.tap(phone.all("message-").getFirst().getDomAttribute("data-testid"));
            phone.see("round-AFTERNOON");
            phone.cutLine(true);
            phone.tap("bell");
            phone.see("retry");
            phone.picture("resident-inbox-offline-phone");
            phone.cutLine(false);
            phone.see("inbox");
            assertEquals(0, phone.overflowPixels());
            assertEquals(List.of(), phone.complaints());
        }
        try (var small = Browser.open(server.portal(), Size.SMALL_PHONE)) {
            small.logIn("/resident/", "13900000201", PASSWORD);
            small.tap("size");
            small.tap("size");
            small.tap("bell");
            small.see("title");
            small.picture("resident-inbox-small-large-type");
            assertEquals(0, small.overflowPixels());
        }
    }
}
