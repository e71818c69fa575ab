package gatehouse.wording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.demonstration.WeChatEmulator;
import gatehouse.demonstration.WeChatEmulator.Door;
import gatehouse.demonstration.WeChatEmulator.Illness;
import gatehouse.kernel.Database;
import gatehouse.kernel.Role;
import gatehouse.support.ApiClient;
import gatehouse.support.ApiServer;
import gatehouse.support.Given;
import gatehouse.wechat.CodeVersion;
import gatehouse.wechat.WeChat;
import gatehouse.wechat.WeChatAccount;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What neighbours read of a shared repair and of a purchase, with WeChat well, risky and silent. */
@Timeout(60)
class WordingApiTest {
    private static WeChatEmulator weChat;
    private static ApiServer api;
    private static Given.Compound garden;
    private static ApiClient author;
    private static ApiClient neighbour;
    private static ApiClient office;

    @BeforeAll
    static void open() {
        weChat = WeChatEmulator.start();
        api = ApiServer.start(Map.of("GATEHOUSE_WECHAT_APPID", WeChatEmulator.APP_ID, "GATEHOUSE_WECHAT_SECRET", WeChatEmulator.SECRET,
                "GATEHOUSE_WECHAT_HOST", weChat.host().toString(), "GATEHOUSE_TEXT_WORDS", "滚出去,加微信"));
        garden = api.given().compound("阳光花园");
        author = api.resident(garden.household("3-2-1402"), "王小明");
        neighbour = api.resident(garden.household("1-1-101"), "李阿姨");
        office = api.staff(garden.id(), Role.OFFICE, garden.id());
        var person = api.visitor().post("/auth/wechat", Map.of("code", "author.1")).expect(200).text("/bindingToken");
        api.visitor().post("/auth/wechat/phone", Map.of("bindingToken", person, "code", api.phoneOf(author.id()) + ".1")).expect(200);
    }

    @BeforeEach
    void logInAgain() {
        author = api.again(author);
        neighbour = api.again(neighbour);
        office = api.again(office);
    }

    @AfterEach
    void heal() {
        weChat.heal();
        api.clock().move(Duration.ofMinutes(12));
    }

    @AfterAll
    static void close() {
        api.close();
        weChat.close();
    }

    private static String report(String place) {
        return author.post("/tickets", Map.of("kind", "REPAIR", "category", "LIGHTING", "place", Map.of("area", "PUBLIC", "text", place),
                "description", "不亮", "urgency", "NORMAL")).expect(201).text("/id");
    }

    private static String shown(ApiClient to, String ticket) {
        for (var item : to.get("/public-tickets?limit=200").expect(200).body().path("items")) {
            if (item.path("id").asText().equals(ticket)) {
                return item.at("/place/text").asText();
            }
        }
        throw new AssertionError("the ticket is not among the public ones");
    }

    private static String standing(String ticket) {
        return author.get("/tickets/" + ticket).expect(200).body().at("/placeStanding/state").asText();
    }

    private static Optional<String> held(String thing) {
        for (var item : office.get("/held-words?limit=200").expect(200).body().path("items")) {
            if (item.path("thingId").asText().equals(thing)) {
                return Optional.of(item.path("id").asText() + " " + item.path("why").asText());
            }
        }
        return Optional.empty();
    }

    private static void await(String what, BooleanSupplier holds) {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!holds.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadline, what);
            Thread.onSpinWait();
        }
    }

    @Test
    void placeThatPasses_isReadByNeighbours() {
        var ticket = report("东门口第二盏路灯");
        await("it is shown", () -> shown(neighbour, ticket).equals("东门口第二盏路灯"));
        assertEquals("", standing(ticket));
        assertTrue(held(ticket).isEmpty());
    }

    @Test
    void listedWord_isHeldAtOnce_itsTicketGoesOn_andStaffShowIt() {
        int asked = weChat.calls(Door.TEXT_CHECK);
        var ticket = report("加 微 信群的那盏灯");
        assertEquals("", shown(neighbour, ticket));
        assertEquals("加 微 信群的那盏灯", shown(author, ticket));
        assertEquals("HELD", standing(ticket));
        assertEquals("SUBMITTED", author.get("/tickets/" + ticket).expect(200).text("/state"));
        assertTrue(author.get("/tickets/" + ticket).expect(200).body().at("/dueAt/done").isTextual());
        assertEquals("加 微 信群的那盏灯", office.get("/tickets/" + ticket).expect(200).text("/place/text"));
        assertEquals(asked, weChat.calls(Door.TEXT_CHECK), "what the list holds is not told to WeChat");
        var id = held(ticket).orElseThrow().split(" ")[0];
        office.post("/held-words/" + id + "/decision", Map.of("event", "SHOW")).expect(204);
        assertEquals("加 微 信群的那盏灯", shown(neighbour, ticket));
        office.post("/held-words/" + id + "/decision", Map.of("event", "REFUSE", "reason", "迟了")).expectProblem(409, "not-allowed-now");
        assertEquals("", standing(ticket));
    }

    @Test
    void whatWeChatCallsRisky_waits_andARefusalTellsItsAuthorWhy() {
        var ticket = report("违法违规的那盏灯");
        await("it is held", () -> held(ticket).isPresent());
        assertTrue(held(ticket).orElseThrow().endsWith(" RISKY"));
        var id = held(ticket).orElseThrow().split(" ")[0];
        office.post("/held-words/" + id + "/decision", Map.of("event", "REFUSE")).expectBadField("/reason");
        neighbour.post("/held-words/" + id + "/decision", Map.of("event", "SHOW")).expect(403);
        office.post("/held-words/" + id + "/decision", Map.of("event", "REFUSE", "reason", "请只写地点")).expect(204);
        var read = author.get("/tickets/" + ticket).expect(200);
        assertEquals("REFUSED 请只写地点", read.text("/placeStanding/state") + " " + read.text("/placeStanding/answer"));
        assertEquals("", shown(neighbour, ticket));
        await("the author is told", () -> author.get("/notifications").expect(200).body().toString().contains("TICKET_WORDS_REFUSED"));
        assertTrue(office.get("/notifications").expect(200).body().toString().contains("WORDS_HELD"));
    }

    /** It is asked again by itself when WeChat is back. */
    @Test
    void weChatThatHangs_holdsNothingUp_theWordsWait_andAreShownLater() {
        weChat.fallIll(Door.TEXT_CHECK, new Illness.Hang());
        long began = System.nanoTime();
        var ticket = report("西门口路灯");
        assertTrue(Duration.ofNanos(System.nanoTime() - began).compareTo(Duration.ofSeconds(4)) < 0, "the reporter does not wait");
        assertEquals("", shown(neighbour, ticket));
        await("it is held", () -> held(ticket).filter(each -> each.endsWith(" UNCHECKED")).isPresent());
        var id = held(ticket).orElseThrow().split(" ")[0];
        weChat.heal();
        // the server's own job may ask before the line to WeChat is trusted again; then it asks ten minutes later
        await("it is shown", () -> {
            api.clock().move(Duration.ofMinutes(11));
            logInAgain();
            check();
            return shown(neighbour, ticket).equals("西门口路灯");
        });
        assertTrue(held(ticket).isEmpty());
        office.post("/held-words/" + id + "/decision", Map.of("event", "REFUSE", "reason", "迟了")).expectProblem(404, "not-found");
    }

    /** What the job does every minute, in an instance of its own. */
    private static void check() {
        var vertx = Vertx.vertx();
        try (var database = new Database(vertx, api.database().postgresUrl().connectOptions(), 2);
                var programs = new WeChat(database, api.clock().business(), api.keys(), new WeChat.Setup(
                        List.of(new WeChatAccount(WeChatEmulator.APP_ID, WeChatEmulator.SECRET, Optional.of(weChat.host()))), List.of(), Map.of(),
                        CodeVersion.RELEASE));
                var wordings = new Wordings(database, api.clock().business(), programs, Optional.empty())) {
            // the server's own may have been faster
            wordings.check();
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }

    @Test
    void authorWithoutTheMiniProgram_isJudgedByTheListAlone() {
        int asked = weChat.calls(Door.TEXT_CHECK);
        var ticket = neighbour.post("/tickets", Map.of("kind", "REPAIR", "category", "LIGHTING", "place", Map.of("area", "PUBLIC", "text", "南门路灯"),
                "description", "不亮", "urgency", "NORMAL")).expect(201).text("/id");
        assertEquals("南门路灯", shown(author, ticket));
        assertEquals(asked, weChat.calls(Door.TEXT_CHECK));
    }

    @Test
    void purchaseWithListedWords_isNoVolunteers_untilStaffHaveLooked() {
        var volunteer = api.resident(garden.household("2-1-201"), "赵六");
        office.post("/door-volunteers", Map.of("accountId", volunteer.id().toString(), "from", "2026-11-22", "until", "2026-12-31")).expect(201);
        var purchase = author.post("/purchases", Map.of("items", List.of(Map.of("name", "牛奶", "quantity", 2, "unit", "盒")), "budget", 50, "payBy", "WECHAT",
                "wantedOn", api.clock().business().today().toString(), "note", "加微信 13812345678")).expect(201);
        var id = purchase.text("/id");
        assertTrue(author.get("/purchases/" + id).expect(200).body().path("held").asBoolean());
        volunteer.get("/purchases/" + id).expectProblem(404, "not-found");
        assertFalse(volunteer.get("/purchases?limit=200").expect(200).body().toString().contains(id));
        assertTrue(office.get("/purchases?limit=200").expect(200).body().toString().contains(id));
        office.post("/held-words/" + held(id).orElseThrow().split(" ")[0] + "/decision", Map.of("event", "SHOW")).expect(204);
        assertEquals("REQUESTED", volunteer.get("/purchases/" + id).expect(200).text("/state"));
    }

    @Test
    void refusedPurchase_isSaidInOtherWords_byItsHouseholdAlone_andVolunteersReadThoseOnly() {
        var volunteer = api.resident(garden.household("2-1-202"), "钱七");
        office.post("/door-volunteers", Map.of("accountId", volunteer.id().toString(), "from", "2026-11-22", "until", "2026-12-31")).expect(201);
        var family = api.resident(garden.household("2-1-203"), "孙八");
        var asked = family.post("/purchases", Map.of("items", List.of(Map.of("name", "米", "quantity", 1, "unit", "袋")), "budget", 50, "payBy", "WECHAT",
                "wantedOn", api.clock().business().today().toString(), "note", "加微信 13812345678")).expect(201);
        var id = asked.text("/id");
        assertTrue(asked.body().path("held").asBoolean(), "said at once");
        var words = Map.of("items", List.of(Map.of("name", "大米", "quantity", 2, "unit", "袋"), Map.of("name", "盐", "quantity", 1, "unit", "包")));
        family.put("/purchases/" + id + "/words", words).expectProblem(409, "not-allowed-now");
        office.post("/held-words/" + held(id).orElseThrow().split(" ")[0] + "/decision", Map.of("event", "REFUSE", "reason", "像广告")).expect(204);
        var refused = family.get("/purchases/" + id).expect(200);
        assertEquals("像广告 true", refused.text("/answer") + " " + refused.body().path("rewordable").asBoolean());
        volunteer.put("/purchases/" + id + "/words", words).expectProblem(404, "not-found");

        var again = family.put("/purchases/" + id + "/words", words).expect(200);
        assertFalse(again.body().path("held").asBoolean() || again.body().path("rewordable").asBoolean(), again.body().toString());
        assertEquals("REWORD", again.text("/events/1/event"));
        var read = volunteer.get("/purchases/" + id).expect(200).body();
        assertEquals("大米 盐", read.at("/items/0/name").asText() + " " + read.at("/items/1/name").asText());
        assertFalse(read.toString().contains("微信 1381"), read.toString());
        family.put("/purchases/" + id + "/words", words).expectProblem(409, "not-allowed-now");
    }

    @Test
    void purchaseReworded_asBadly_waitsAgain() {
        var family = api.resident(garden.household("2-1-204"), "李九");
        var id = family.post("/purchases", Map.of("items", List.of(Map.of("name", "加微信", "quantity", 1, "unit", "袋")), "budget", 50, "payBy", "WECHAT",
                "wantedOn", api.clock().business().today().toString())).expect(201).text("/id");
        office.post("/held-words/" + held(id).orElseThrow().split(" ")[0] + "/decision", Map.of("event", "REFUSE", "reason", "像广告")).expect(204);
        assertTrue(family.put("/purchases/" + id + "/words", Map.of("items", List.of(Map.of("name", "油 加 微 信", "quantity", 1, "unit", "桶")))).expect(200)
                .body().path("held").asBoolean());
        assertTrue(held(id).isPresent(), "it is among what the office looks at");
    }
}
