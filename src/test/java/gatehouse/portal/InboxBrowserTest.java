package gatehouse.portal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.kernel.Ids;
import gatehouse.support.ApiServer;
import gatehouse.support.Browser;
import gatehouse.support.Browser.Size;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.StreamSupport;
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

    /** Their ids. */
    private static List<String> reminders(String phone) {
        var items = server.visitor().logIn(phone, PASSWORD).get("/notifications").expect(200).body().path("items");
        return StreamSupport.stream(items.spliterator(), false).filter(item -> item.path("kind").asText().equals("ROUND_REMINDER"))
                .map(item -> item.path("id").asText()).toList();
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
            var newest = desk.first("message-");
            desk.tap(newest);
            desk.see("alerts-list");
            await(() -> unread(OFFICE) == before);
            desk.tap("bell");
            if (before > 0) {
                desk.tap("read-all");
            }
            desk.waitFor("inbox-unread", "全部已读");
            desk.waitUntilGone("unread");
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
        await(() -> !reminders("13900000001").isEmpty());
        try (var phone = Browser.open(server.portal(), Size.PHONE)) {
            phone.logIn("/resident/", "13900000001", PASSWORD);
            phone.see("unread");
            phone.picture("resident-unread-phone");
            phone.tap("bell");
            phone.see("inbox");
            phone.picture("resident-inbox-phone");
            phone.tap("message-" + reminders("13900000001").getFirst());
            phone.see("round-AFTERNOON");
            phone.cutLine(true);
            phone.tap("bell");
            phone.see("retry");
            phone.picture("resident-inbox-offline-phone");
            phone.cutLine(false);
            phone.see("inbox");
            switchesSmsOff(phone);
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

    /** Said beside the choice: what is owed stays, and somebody comes. */
    private static void switchesSmsOff(Browser phone) {
        phone.goWithin("#/me");
        phone.waitFor("sms-means", "网格员会上门");
        phone.tap("sms-off");
        phone.waitFor("toast", "不再给您发短信");
        phone.picture("resident-sms-phone");
        var preference = server.visitor().logIn("13900000001", PASSWORD).get("/me/sms").expect(200).body();
        assertTrue(preference.path("offered").asBoolean() && !preference.path("wanted").asBoolean(), preference.toString());
    }

    /** A message that was tried ten times, to that recipient. */
    private static String parked(String compound, String template, String recipient, String fault) throws SQLException {
        var id = Ids.next();
        try (var connection = server.database().connect(); var statement = connection.createStatement()) {
            statement.execute("""
                    insert into outbox_message (compound_id, id, dedupe_key, template, arguments_chinese, arguments_english, recipient_kind,
                        recipient_compound_id, recipient_id, recipient_role, state, attempts, next_attempt_at, last_fault, created_at, settled_at)
                    select '%1$s', '%2$s', 'parked/%2$s', '%3$s', '{}', '{}', '%4$s', '%1$s', case '%4$s' when 'HOUSEHOLD' then h.id else h.compound_id end,
                        case '%4$s' when 'HOUSEHOLD' then null else 'OFFICE' end, 'PARKED', 10, now(), '%5$s', now(), now()
                    from household h where h.compound_id = '%1$s' limit 1""".formatted(compound, id, template, recipient, fault));
        }
        return id.toString();
    }

    @Test
    void messagesThatCouldNotBeDelivered_areSentAgainOrGivenUp_andTheTrailSaysSo() throws SQLException {
        var compound = server.visitor().logIn(OFFICE, PASSWORD).get("/monitor").expect(200).text("/compounds/0/id");
        var lost = parked(compound, "PASS_APPROVED", "HOUSEHOLD", "nobody there: HOUSEHOLD");
        var late = parked(compound, "PASSES_WAITING", "HOLDERS_OF_COMPOUND", "connection refused");
        try (var phone = Browser.open(server.portal(), Size.PHONE)) {
            phone.logIn("/staff/", OFFICE, PASSWORD);
            phone.see("title");
            phone.goWithin("#/parked");
            phone.waitFor("parked", "没有可以接收的人");
            phone.picture("staff-parked-390");
            assertEquals(0, phone.overflowPixels());
        }
        try (var desk = Browser.open(server.portal(), Size.DESK)) {
            desk.logIn("/staff/", OFFICE, PASSWORD);
            desk.see("title");
            desk.goWithin("#/parked");
            desk.tap("drop-" + lost);
            desk.picture("staff-parked-1280");
            desk.tap("drop-sure-" + lost);
            desk.tap("retry-" + late);
            desk.see("none-parked");
            desk.goWithin("#/audit");
            desk.waitFor("audit-list", "放弃消息");
            desk.waitFor("audit-list", "重发消息");
            desk.picture("staff-parked-audit-1280");
            assertEquals(0, desk.overflowPixels());
            assertEquals(List.of(), desk.complaints());
        }
    }
}
