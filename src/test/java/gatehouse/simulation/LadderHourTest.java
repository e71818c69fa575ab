package gatehouse.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import gatehouse.demonstration.SmsEmulator;
import gatehouse.demonstration.WeChatEmulator;
import gatehouse.demonstration.WeChatEmulator.Door;
import gatehouse.demonstration.WeChatEmulator.Illness;
import gatehouse.kernel.Role;
import gatehouse.support.ApiClient;
import gatehouse.support.ApiServer;
import gatehouse.support.Given;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * WeChat hangs and is then down for an hour around the last reminder. Everybody hears of it: through WeChat afterwards, by SMS, in the inbox or at the
 * door; reports and scans go on meanwhile; nothing is lost and what is told twice is counted.
 */
@Timeout(180)
class LadderHourTest {
    private static WeChatEmulator weChat;
    private static SmsEmulator sms;
    private static ApiServer api;
    private static Given.Compound garden;

    @BeforeAll
    static void open() {
        weChat = WeChatEmulator.start();
        sms = SmsEmulator.start();
        api = ApiServer.start(Map.of("GATEHOUSE_WECHAT_APPID", "wxhour", "GATEHOUSE_WECHAT_SECRET", "secret",
                "GATEHOUSE_WECHAT_HOST", weChat.host().toString(), "GATEHOUSE_WECHAT_TEMPLATES", WeChatEmulator.TEMPLATES,
                "GATEHOUSE_SMS_URL", sms.url().toString(), "GATEHOUSE_SMS_KEY", SmsEmulator.KEY, "GATEHOUSE_SMS_SECRET", SmsEmulator.SECRET,
                "GATEHOUSE_SMS_SIGN", "绿水社区"));
        garden = api.given().compound("阳光花园");
    }

    @AfterAll
    static void close() {
        api.close();
        sms.close();
        weChat.close();
    }

    /** Bound in WeChat, with so many consents. */
    private static ApiClient bound(Given.Household home, String name, int consents) {
        var resident = api.resident(home, name);
        var token = api.visitor().post("/auth/wechat", Map.of("code", home.id() + ".1")).expect(200).text("/bindingToken");
        api.visitor().post("/auth/wechat/phone", Map.of("bindingToken", token, "code", api.phoneOf(resident.id()) + ".1")).expect(200);
        var again = api.again(resident);
        for (int i = 0; i < consents; i++) {
            again.post("/wechat/subscriptions", Map.of("templateIds", List.of("template-round", "template-parcel"))).expect(200);
        }
        return resident;
    }

    private static void until(String what, BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(40).toNanos();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadline, () -> "in vain: " + what);
            Thread.sleep(50);
        }
    }

    /** What waits by the database's clock waits no longer, and its pump is told. */
    private static void letTimePass(String table) {
        try (var connection = api.database().connect(); var statement = connection.createStatement()) {
            statement.execute("update %s set next_attempt_at = now() where settled_at is null and next_attempt_at > now()".formatted(table));
            statement.execute("notify \"%s\"".formatted(table.replace('_', '-')));
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static String only(String sql, UUID account) {
        try (var connection = api.database().connect(); var statement = connection.prepareStatement(sql)) {
            statement.setObject(1, account);
            try (var rows = statement.executeQuery()) {
                return rows.next() ? rows.getString(1) : "none";
            }
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static String reminder(ApiClient person) {
        return only("select coalesce(wechat, '-') || ' ' || coalesce(sms, '-') from notification where account_id = ? and template = 'ROUND_MISSING'", person.id());
    }

    private static String parcel(ApiClient person) {
        return only("select state from wechat_message where account_id = ? and template_id = 'template-parcel'", person.id());
    }

    private static List<String> inbox(ApiClient person) {
        return StreamSupport.stream(api.again(person).get("/notifications").expect(200).body().path("items").spliterator(), false)
                .map(item -> item.path("kind").asText()).toList();
    }

    private static Map<String, JsonNode> doors(ApiClient staff) {
        return StreamSupport.stream(api.again(staff).get("/health-rounds/knock-list").expect(200).body().path("items").spliterator(), false)
                .collect(Collectors.toMap(item -> item.path("household").asText(), item -> item));
    }

    /** Doors to knock at, by building. */
    private static Map<String, Integer> knocks(ApiClient staff) {
        return StreamSupport.stream(api.again(staff).get("/monitor?date=2026-11-22").expect(200).body().at("/compounds/0/buildings").spliterator(), false)
                .collect(Collectors.toMap(item -> item.path("building").asText(), item -> item.path("knocks").asInt()));
    }

    private static long meter(String name, String end) {
        try (var client = HttpClient.newHttpClient()) {
            var text = client.send(HttpRequest.newBuilder(URI.create(api.portal() + "/metrics")).build(), BodyHandlers.ofString()).body();
            var line = Pattern.compile("(?m)^" + name + "_total\\{end=\"" + end + "\"\\} ([0-9.]+)$").matcher(text);
            assertTrue(line.find(), () -> name + " " + end);
            return (long) Double.parseDouble(line.group(1));
        } catch (IOException | InterruptedException failed) {
            throw new IllegalStateException(failed);
        }
    }

    @Test
    void hourWithoutWeChat_losesNothing_andEverybodyHearsOfIt() throws Exception {
        // all that is not made through the API, before anybody asks it
        var elder = garden.household("3-2-1404").resident("老人");
        garden.household("9-1-101").resident("他处");
        var near = garden.grid("第一网格", "3");
        var far = garden.grid("第九网格", "9");
        var gate = garden.gate("东门");
        var ann = bound(garden.household("3-2-1401"), "安", 4);
        var plain = api.resident(garden.household("3-2-1402"), "柏");
        var dark = api.resident(garden.household("3-2-1403"), "陈");
        sms.switchOff(api.phoneOf(dark.id()));
        var busy = api.resident(garden.household("3-2-1405"), "丁");
        var quiet = api.resident(garden.household("3-2-1406"), "冯");
        api.again(quiet).put("/me/sms", Map.of("wanted", false)).expect(200);
        var guard = api.staff(garden.id(), Role.GUARD, gate);
        var worker = api.staff(garden.id(), Role.GRID_WORKER, near);
        var foreign = api.staff(garden.id(), Role.GRID_WORKER, far);
        var office = api.staff(garden.id(), Role.OFFICE, garden.id());

        // 15:10: the reminder of 15:00 still goes out, and one family reports
        api.clock().set("2026-11-22T15:10:00+08:00");
        until("the afternoon's reminder is sent", () -> only("""
                select state from wechat_message where account_id = ? and created_at >= '2026-11-22T15:00:00+08:00'""", ann.id()).equals("SENT"));
        for (var round : List.of("MORNING", "AFTERNOON")) {
            api.again(busy).post("/health-reports", Map.of("round", round, "temperature", 36.4, "symptoms", List.of())).expect(201);
        }
        int sentBefore = weChat.sent().size();
        int callsBefore = weChat.calls(Door.SUBSCRIBE_SEND);

        // 15:45, and WeChat hangs
        weChat.fallIll(Door.SUBSCRIBE_SEND, new Illness.Hang());
        api.clock().set("2026-11-22T15:45:00+08:00");
        var dialled = api.again(busy);
        var scanning = api.again(guard);
        until("WeChat hangs", () -> weChat.calls(Door.SUBSCRIBE_SEND) > callsBefore);
        int acknowledged = 0;
        for (int i = 0; i < 10; i++) {
            acknowledged += dialled.post("/health-reports", Map.of("round", "AFTERNOON", "temperature", 36.0 + i / 10.0, "symptoms", List.of())).status() / 100 == 2 ? 1 : 0;
            scanning.post("/gate-scans", Map.of("code", "unknown", "gateId", gate, "direction", "OUT", "nonce", UUID.randomUUID())).expect(200);
        }
        assertEquals(10, acknowledged);
        assertEquals("11", only("select max(version)::text from health_report where resident_id = (select resident_id from account where id = ?)", busy.id()),
                "ten corrections, none lost");
        until("SMS to whom WeChat cannot reach", () -> reminder(plain).equals("- REACHED") && reminder(dark).equals("- REACHED"));
        until("WeChat's silence was noticed", () -> only("select coalesce(last_number::text, 'none') from wechat_message where account_id = ? and state = 'WAITING'", ann.id()).equals("0"));
        assertEquals("UNDERWAY UNDERWAY", reminder(ann), "WeChat has three minutes");

        // it is down now; a parcel comes for the one who would have it through WeChat
        weChat.fallIll(Door.SUBSCRIBE_SEND, new Illness.Number(-1));
        api.clock().set("2026-11-22T15:48:00+08:00");
        letTimePass("sms_message");
        until("SMS after WeChat had its time", () -> reminder(ann).endsWith("REACHED"));
        api.again(guard).post("/parcels", Map.of("building", "3", "unit", "2", "room", "1401", "carrier", "SF", "trackingTail", "0815", "perishable", false,
                "disinfected", true)).expect(201);
        until("the parcel waits for WeChat", () -> parcel(ann).equals("WAITING"));
        until("its receipt says that one phone is off", () -> {
            letTimePass("sms_message");
            return reminder(dark).equals("- FAILED");
        });

        // 15:55: the doors
        assertEquals(Map.of(), doors(worker), "the ladder has ten minutes");
        api.clock().set("2026-11-22T15:55:00+08:00");
        var atThree = doors(worker);
        assertEquals(Map.of("3-2-1403", "NOT_REACHED", "3-2-1404", "NO_ACCOUNT", "3-2-1406", "NOT_REACHED"), atThree.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, each -> each.getValue().path("why").asText())));
        assertEquals(List.of("9-1-101"), List.copyOf(doors(foreign).keySet()));
        assertEquals(4, doors(office).size());
        until("the list is told to whose it is", () -> inbox(worker).contains("KNOCK_LIST") && inbox(foreign).contains("KNOCK_LIST"));
        assertEquals(Map.of("3", 3, "9", 1), knocks(office));
        var home = atThree.get("3-2-1403").path("householdId").asText();
        api.again(foreign).post("/households/" + home + "/knocks", Map.of("outcome", "TOLD")).expectProblem(404, "not-found");
        api.again(worker).post("/households/" + home + "/knocks", Map.of("outcome", "NOBODY_HOME")).expect(201);
        api.again(worker).post("/households/" + home + "/knocks", Map.of("outcome", "TOLD")).expect(201);
        assertEquals(Map.of("3", 2, "9", 1), knocks(office), "where somebody was is not counted");
        assertEquals("TOLD", doors(worker).get("3-2-1403").at("/lastKnock/outcome").asText());
        for (var round : List.of("MORNING", "AFTERNOON")) {
            api.again(worker).post("/health-reports", Map.of("residentId", elder, "round", round, "temperature", 36.5, "symptoms", List.of())).expect(201);
        }
        assertEquals(Set.of("3-2-1403", "3-2-1406"), doors(worker).keySet(), "whoever is reported for drops off");
        var audited = api.again(office).get("/audit?action=HOUSEHOLD_KNOCKED").expect(200).body().path("items");
        assertEquals(2, audited.size(), audited.toString());

        // the hour goes by, then WeChat is back
        IntStream.range(0, 6).forEach(ten -> {
            api.clock().move(Duration.ofMinutes(10));
            letTimePass("wechat_message");
        });
        assertEquals(sentBefore, weChat.sent().size());
        weChat.heal();
        // the last try may have come just before that: the breaker, too, goes by the clock
        api.clock().move(Duration.ofMinutes(10));
        until("what waited is sent", () -> {
            letTimePass("wechat_message");
            return parcel(ann).equals("SENT");
        });
        until("what was told by SMS is not told again", () -> only("select state from wechat_message where account_id = ? and template_id = 'template-round' and state <> 'SENT'",
                ann.id()).equals("UNNEEDED"));
        assertEquals(sentBefore + 1, weChat.sent().size());
        assertEquals(List.of("PARCEL_ARRIVED", "ROUND_MISSING"), inbox(ann).stream().filter(each -> !each.equals("ROUND_REMINDER")).toList());

        assertEquals(1, Collections.frequency(inbox(worker), "KNOCK_LIST"), "told once");
        assertEquals("- FAILED", reminder(quiet), "who switched SMS off finds it in the inbox, and somebody at the door");
        assertEquals(1, Collections.frequency(inbox(quiet), "ROUND_MISSING"));

        // nobody was told twice, and the counters say so
        var byPhone = sms.sent().stream().collect(Collectors.groupingBy(SmsEmulator.Sent::phone, Collectors.counting()));
        assertEquals(Map.of(api.phoneOf(ann.id()), 1L, api.phoneOf(plain.id()), 1L, api.phoneOf(dark.id()), 1L), byPhone);
        assertEquals(0, meter("gatehouse_sms_messages", "repeated"));
        assertTrue(meter("gatehouse_wechat_messages", "repeated") <= 1, "what hung may have been asked for once more");
        until("it is counted", () -> meter("gatehouse_wechat_messages", "unneeded") == 1);
    }
}
