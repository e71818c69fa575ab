package gatehouse.miniprogram;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.demonstration.WeChatEmulator;
import gatehouse.kernel.Role;
import gatehouse.support.ApiClient;
import gatehouse.support.ApiServer;
import gatehouse.support.Given;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a resident has done with the mini program besides reporting: going out, having visitors, collecting what came, telling what is broken. Its own JavaScript against the running product. */
@Timeout(120)
class ErrandsTest {
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final LocalDate ADULT = LocalDate.of(1980, 3, 14);
    private static WeChatEmulator weChat;
    private static ApiServer api;

    @BeforeAll
    static void open() {
        Phone.requireNode();
        weChat = WeChatEmulator.start();
        api = ApiServer.start(Map.of("GATEHOUSE_WECHAT_APPID", WeChatEmulator.APP_ID, "GATEHOUSE_WECHAT_SECRET", WeChatEmulator.SECRET,
                "GATEHOUSE_WECHAT_TEMPLATES", WeChatEmulator.TEMPLATES, "GATEHOUSE_WECHAT_HOST", weChat.host().toString()));
    }

    @AfterAll
    static void close() {
        if (api != null) {
            api.close();
            weChat.close();
        }
    }

    /** A compound of its own with one gate, a resident there, and the resident's phone at that page. */
    private record Life(Given.Compound garden, UUID gate, Given.Household home, ApiClient resident, Phone phone) implements AutoCloseable {
        static Life at(Given.Compound garden, String page) {
            var home = garden.household("3-2-" + (1000 + NUMBER.incrementAndGet()));
            var gate = garden.gate("东门");
            var resident = api.resident(home, "王小明", ADULT);
            var phone = Phone.of(api.portal()).person("errand" + NUMBER.incrementAndGet()).phoneNumber(api.phoneOf(resident.id()));
            phone.launch().tap("用微信手机号登录").sees("今日测温").launch(page);
            return new Life(garden, gate, home, resident, phone);
        }

        static Life at(String page) {
            return at(api.given().compound("阳光花园"), page);
        }

        ApiClient person() {
            return api.again(resident);
        }

        void report() {
            reported(person());
        }

        /** What the canvas that was drawn last says to a camera. */
        String drawn() {
            phone.sees("");
            var canvases = phone.told().path("drawn");
            return DrawnCode.textOf(canvases.get(canvases.size() - 1));
        }

        @Override
        public void close() {
            phone.close();
        }
    }

    private static void reported(ApiClient person) {
        person.post("/health-reports", Map.of("round", "MORNING", "temperature", 36.5, "symptoms", List.of())).expect(201);
    }

    private static ApiClient.Answer scanned(Life life, String code) {
        return api.staff(life.garden.id(), Role.GUARD, life.gate).post("/gate-scans", Map.of("code", code, "gateId", life.gate, "direction", "OUT",
                "temperature", 36.4, "mask", true, "nonce", UUID.randomUUID())).expect(200);
    }

    @Test
    void pass_isAskedFor_shownAsACodeThatChanges_andGivenBack() {
        try (var life = Life.at("/pages/passes/passes")) {
            var phone = life.phone;
            phone.sees("还没有出行申请").tap("申请出门").sees("余 ").tap("提交").sees("今天的测温还没有填报").sees("现在去填报");
            life.report();
            phone.tap("提交").sees("已通过").sees("王小明 · 采购").tap("出示出入码").sees("秒后更换");
            var first = life.drawn();
            var pass = life.person().get("/outing-passes").expect(200).text("/items/0/id");
            assertEquals(life.person().get("/outing-passes/" + pass + "/code").text("/code"), first);
            api.clock().move(Duration.ofSeconds(31));
            phone.pass(Duration.ofSeconds(31)).sees("秒后更换");
            assertNotEquals(first, life.drawn(), "a screenshot is no good");
            phone.back().sees("取消这次出行").tap("申请出门").tap("提交").sees("近日的采购次数已用完").sees("最早可以出门：11月24日");
            phone.launch("/pages/passes/passes").tap("取消这次出行").sees("已取消").seesNot("出示出入码");
            phone.tap("申请出门").tap("提交").tap("出示出入码");
            var answer = scanned(life, life.drawn());
            assertTrue(answer.body().path("allowed").asBoolean(), answer.body().toString());
            assertEquals(4, phone.requestsTo("/api/v1/outing-passes").stream().filter(each -> each.path("method").asText().equals("POST"))
                    .map(each -> each.path("key").asText()).distinct().count(), "every act its own key: refused, given, refused, given");
        }
    }

    @Test
    void code_withoutNetwork_isShownUntilItIsOver_andNotAfter() {
        try (var life = Life.at("/pages/passes/passes")) {
            life.report();
            life.phone.tap("申请出门").tap("提交").tap("出示出入码").sees("秒后更换").offline(true);
            api.clock().move(Duration.ofSeconds(31));
            life.phone.pass(Duration.ofSeconds(40)).sees("现在没有网络");
            life.phone.offline(false).pass(Duration.ofSeconds(10)).sees("秒后更换").seesNot("现在没有网络");
        }
    }

    @Test
    void fullSlot_isWaitedFor_andTheOfferTakenInOneTap() {
        try (var life = Life.at(api.given().compound("候补园").withPolicy("outingSlotCapacity", "1"), "/pages/passes/passes")) {
            life.report();
            var holder = api.resident(life.garden.household("1-1-101"), "李红", ADULT);
            reported(holder);
            var pass = holder.post("/outing-passes", Map.of("kind", "SUPPLIES", "slotId", "20261122-1100-" + life.gate)).expect(201).text("/id");
            life.phone.tap("申请出门").tap("11:00").tap("已满，排队候补").sees("候补中").sees("前面还有 0 户");
            holder.post("/outing-passes/" + pass + "/cancel").expect(200);
            life.phone.comeBack().sees("有名额了，给您留着").tap("现在确认").sees("出示出入码").sees("11:00–11:30").seesNot("有名额了");
        }
    }

    @Test
    void visitor_isInvited_withWhatIsWrongAtItsField_andTheCodeIsGoodAtTheGate() {
        try (var life = Life.at("/pages/visits/visits")) {
            life.phone.sees("还没有邀请").tap("邀请访客").type("姓名", "赵来访").type("手机号", "12").type("事由", "送药").choose("从哪个省份来", 14).sees("山东省")
                    .tap("发出邀请").sees("请选择市、区").choose("从哪个市区来", 1).sees("青岛市").tap("发出邀请").sees("手机号")
                    .type("手机号", "13900001234").tap("发出邀请").sees("访客码").sees("送药");
            assertEquals("370200", life.person().get("/visits").expect(200).text("/items/0/regionCode"));
            var code = life.person().get("/visits").expect(200).text("/items/0/code");
            life.phone.sees(code).tap("取消邀请").sees("已取消").seesNot(code);
        }
    }

    /** For the resident's home, by the guard. */
    private static void arrives(Life life, ApiClient guard, String tail, boolean perishable) {
        var label = life.person().me().at("/household/label").asText().split("-");
        guard.post("/parcels", Map.of("building", label[0], "unit", label[1], "room", label[2], "carrier", "SF", "trackingTail", tail,
                "perishable", perishable, "disinfected", true)).expect(201);
    }

    @Test
    void parcels_areBookedTogether_collectedByTheDrawnCode_andBySomebodyWhoWasNamed() {
        try (var life = Life.at("/pages/parcels/parcels")) {
            var phone = life.phone;
            var guard = api.staff(life.garden.id(), Role.GUARD, life.gate);
            phone.sees("没有待取的快递");
            arrives(life, guard, "1111", false);
            arrives(life, guard, "2222", true);
            phone.comeBack().sees("东门 · 2 件").sees("顺丰 …1111").sees("有生鲜").tap("预约取件时段").sees("一次取走全部 2 件").tap("10:00");
            phone.sees("今天 10:00–10:15").sees("改时段").tap("出示取件码").sees("P-");
            var code = life.drawn();
            assertTrue(code.matches("P[0-9]{8}"), code);
            var handed = guard.post("/pickups", Map.of("pickupCode", code)).expect(200);
            assertEquals(2, handed.body().path("items").size());
            phone.back().sees("没有待取的快递").sees("已取");
            arrives(life, guard, "3333", false);
            phone.tap("委托代取").type("代取人姓名", "赵邻居").tap("3 天").tap("确定委托").sees("11月24日 星期二 之内有效").tap("看码");
            assertEquals("赵邻居", guard.post("/pickups/lookup", Map.of("pickupCode", life.drawn())).expect(200).text("/collector"));
            phone.tap("不再请赵邻居代取").seesNot("赵邻居").tap("顺丰 …3333").sees("经过").sees("登记");
        }
    }

    @Test
    void household_asksForTheDoor_andForAPurchase_withoutLeavingHome() {
        try (var life = Life.at("/pages/door/door")) {
            life.phone.sees("快递到门岗自取").tap("申请送货上门").type("说明", "腿脚不便").tap("提交申请").sees("已申请，等社区答复");
            life.phone.tap("请人代买").type("第 1 样的名称", "青菜").type("第 1 样的单位", "斤").tap("再加一样").type("第 2 样的名称", "牛奶")
                    .type("最多花多少", "60").tap("提交").sees("待接单").sees("青菜 1 斤").sees("最多 60 元").tap("取消代购").type("取消的原因", "买到了").tap("取消代购").sees("已取消");
        }
    }

    @Test
    void wordsThatWait_areSaidSo_andARefusedPurchaseIsSaidInOthers() {
        try (var life = Life.at("/pages/door/door")) {
            var office = api.staff(life.garden.id(), Role.OFFICE, life.garden.id());
            life.phone.tap("请人代买").type("第 1 样的名称", "加微信").type("最多花多少", "60").tap("提交").sees("等工作人员看过后，志愿者才能看到").seesNot("改写清单");
            refuse(office);
            life.phone.comeBack().sees("没有给志愿者看：像广告").tap("改写清单").sees("预算、付款和日期不变").seesNot("最多花多少")
                    .type("第 1 样的名称", "青菜").tap("用新的文字").sees("青菜 1 份").seesNot("改写清单");
            untilShown(life);
            life.phone.comeBack().seesNot("等工作人员看过");
            assertEquals("青菜", life.person().get("/purchases").expect(200).text("/items/0/items/0/name"));

            var ticket = life.person().post("/tickets", Map.of("kind", "REPAIR", "category", "LIGHTING", "place", Map.of("area", "PUBLIC", "text", "加微信问我"),
                    "description", "不亮", "urgency", "NORMAL")).expect(201).text("/id");
            life.phone.launch("/pages/ticket/ticket?id=" + ticket).sees("邻居才能看到；维修照常进行");
            refuse(office);
            life.phone.comeBack().sees("没有向邻居公开：像广告");
        }
    }

    /** WeChat is asked about the new words, a moment later. */
    private static void untilShown(Life life) {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (life.person().get("/purchases").expect(200).body().at("/items/0/held").asBoolean()) {
            assertTrue(System.nanoTime() < deadline, "the words are not shown");
            Thread.onSpinWait();
        }
    }

    private static void refuse(ApiClient office) {
        var held = office.get("/held-words").expect(200).text("/items/0/id");
        office.post("/held-words/" + held + "/decision", Map.of("event", "REFUSE", "reason", "像广告")).expect(204);
    }

    private static Path photo() {
        try {
            var file = Files.createTempFile(Path.of("target").toAbsolutePath(), "tap-", ".jpg");
            file.toFile().deleteOnExit();
            ImageIO.write(new BufferedImage(640, 480, BufferedImage.TYPE_INT_RGB), "jpg", file.toFile());
            return file;
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }

    private static List<String> keysOf(Phone phone, String path) {
        return phone.requestsTo(path).stream().filter(each -> each.path("method").asText().equals("POST")).map(each -> each.path("key").asText()).toList();
    }

    @Test
    void repair_toldWithAPhotoOverALineThatBreaks_isOneTicket_thatIsFollowedUntilItIsRated() {
        try (var life = Life.at("/pages/tickets/tickets")) {
            var phone = life.phone;
            phone.sees("还没有报过事").tap("报修、投诉、提问").tap("水、电、气").sees("什么坏了？").tap("水龙头").type("怎么坏的，说一句就行", "厨房水龙头漏水")
                    .set("photos", List.of(photo().toString())).tap("拍照或选图").sees("去掉").tap("厨房").interruptNext("/tickets$").interruptNext("/photos$").tap("提交");
            phone.pass(Duration.ofSeconds(1)).pass(Duration.ofSeconds(1)).sees("已经收到").sees("前修好");
            var told = keysOf(phone, "/api/v1/tickets");
            assertEquals(2, told.size(), "it arrived, nobody heard, it was said again");
            assertEquals(told.get(0), told.get(1));
            var listed = life.person().get("/tickets").expect(200);
            assertEquals(1, listed.body().path("items").size());
            var ticket = "/tickets/" + listed.text("/items/0/id");
            var sent = keysOf(phone, "/api/v1" + ticket + "/photos");
            assertEquals(List.of(sent.getFirst(), sent.getFirst()), sent);
            assertEquals(1, life.person().get(ticket).expect(200).body().path("photos").size());
            var dispatcher = api.staff(life.garden.id(), Role.DISPATCHER, life.garden.id());
            phone.tap("查看进展").sees("厨房水龙头漏水").sees("待受理").type("留言", "下午在家").tap("发送留言").sees("报事人");
            dispatcher.post(ticket + "/events", Map.of("event", "ACCEPT")).expect(200);
            dispatcher.post(ticket + "/events", Map.of("event", "FINISH", "note", "换了阀芯")).expect(200);
            phone.comeBack().sees("修好了吗？").sees("换了阀芯").tap("解决了，确认").tap("很满意").tap("确认").sees("★★★★★").sees("已关单");
        }
    }

    @Test
    void ticket_toldWithoutNetwork_isADraftUntilSent_andWaitsOnThePhone_andArrivesOnce() {
        try (var life = Life.at("/pages/ticketform/ticketform?category=WATER_TAP")) {
            life.phone.type("怎么坏的，说一句就行", "龙头滴水").launch("/pages/ticketform/ticketform?category=WATER_TAP").sees("龙头滴水");
            life.phone.offline(true).tap("提交").pass(Duration.ofSeconds(4)).sees("已存在这台手机上");
            assertEquals(0, life.person().get("/tickets").expect(200).body().path("items").size());
            life.phone.launch("/pages/tickets/tickets").sees("等待发送").sees("龙头滴水").offline(false).pass(Duration.ofSeconds(4)).sees("待受理").seesNot("等待发送");
            assertEquals(1, life.person().get("/tickets").expect(200).body().path("items").size());
            life.phone.launch("/pages/ticketform/ticketform?category=WATER_TAP").seesNot("龙头滴水");
        }
    }

    private static Path noPhoto() {
        try {
            return Files.writeString(Files.createTempFile(Path.of("target").toAbsolutePath(), "no-photo-", ".jpg"), "not a picture");
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }

    @Test
    void photosThatCannotBeTaken_keepNoneOfTheOthers_andSayWhich() throws IOException {
        var wrong = noPhoto();
        try (var life = Life.at("/pages/ticketform/ticketform?category=WATER_TAP")) {
            life.phone.type("怎么坏的，说一句就行", "龙头滴水").set("photos", List.of(photo().toString(), wrong.toString(), photo().toString())).tap("拍照或选图").sees("去掉")
                    .failNext("/photos$", "file not found", 1).tap("提交").sees("已经收到");
            var ticket = life.person().get("/tickets").expect(200).text("/items/0/id");
            assertEquals(1, life.person().get("/tickets/" + ticket).expect(200).body().path("photos").size());
            life.phone.launch("/pages/tickets/tickets").sees("有一份没有被接受").sees("第 1 张照片：原来的照片已被手机清理").sees("第 2 张照片：").tap("知道了，删掉这份")
                    .seesNot("有一份没有被接受");
        } finally {
            Files.delete(wrong);
        }
    }

    @Test
    void volunteer_buys_andCarriesToADoor_alsoWhereThereIsNoSignal() {
        try (var life = Life.at("/pages/walks/walks")) {
            life.phone.sees("您没有这项权限");
            api.staff(life.garden.id(), Role.OFFICE, life.garden.id()).post("/door-volunteers", Map.of("accountId", life.resident.id().toString(),
                    "buildings", List.of(), "from", "2026-11-22", "until", "2026-11-30")).expect(201);
            var neighbour = api.resident(life.garden.household("3-2-101"), "李红", ADULT);
            neighbour.post("/purchases", Map.of("items", List.of(Map.of("name", "鸡蛋", "quantity", 1.5, "unit", "斤")), "budget", 20, "payBy", "WECHAT",
                    "wantedOn", "2026-11-22")).expect(201);
            var phone = life.phone;
            phone.launch("/pages/services/services").launch("/pages/services/services").tap("送货与代购").sees("现在没有要送的").tap("代购").sees("鸡蛋 1.5 斤")
                    .sees("最多 20 元").tap("我来买").seesNot("已买好").set("photos", List.of(photo().toString())).tap("拍小票").sees("重拍小票").picture("walks-buy")
                    .tap("已买好").tap("确定：已买好").sees("请填金额").type("金额", "18.5").tap("确定：已买好").sees("实付 18.5 元");
            phone.tap("送货").sees("代购 鸡蛋 1.5 斤").tap("我来送").sees("已放在门口").picture("walks");
            phone.offline(true).tap("已放在门口").pass(Duration.ofSeconds(4)).sees("1 步待上传").set("photos", List.of(photo().toString())).tap("3-2-101 拍照").sees("2 步待上传")
                    .tap("已按门铃").sees("3 步待上传").offline(false).pass(Duration.ofSeconds(4)).seesNot("待上传").tap("已离开").sees("现在没有要送的");
            var own = api.again(neighbour).get("/household/door").expect(200).body().at("/tasks/0");
            assertTrue(own.path("hasPhoto").asBoolean() && own.has("endedAt"), own.toString());
        }
    }

    @Test
    void whatTheServerAloneCannotDo_holdsUpNothingElse_andIsGivenUp() {
        try (var life = Life.at("/pages/ticketform/ticketform?category=WATER_TAP")) {
            // the first is told, told again at the start, then the second, and then the first once more before it
            life.phone.failNext("/tickets$", "500", 4).type("怎么坏的，说一句就行", "龙头滴水").tap("提交").sees("已存在这台手机上")
                    .launch("/pages/ticketform/ticketform?category=WATER_TAP").type("怎么坏的，说一句就行", "水管漏水").tap("提交").sees("已存在这台手机上")
                    .launch("/pages/tickets/tickets").sees("有 1 份等待发送").sees("龙头滴水");
            assertEquals("水管漏水", onlyTicket(life));
            life.phone.tap("不发了").sees("水管漏水").seesNot("等待发送").pass(Duration.ofMinutes(3));
            assertEquals("水管漏水", onlyTicket(life));
        }
    }

    private static String onlyTicket(Life life) {
        var listed = life.person().get("/tickets").expect(200);
        assertEquals(1, listed.body().path("items").size());
        return listed.text("/items/0/description");
    }

    @Test
    void whatAnotherTold_isFollowedInsteadOfToldAgain_andAComplaintHidesWhoMadeIt() {
        try (var life = Life.at("/pages/tell/tell")) {
            var neighbour = api.resident(life.garden.household("3-2-101"), "李红", ADULT);
            neighbour.post("/tickets", Map.of("kind", "REPAIR", "category", "LIFT", "place", Map.of("area", "PUBLIC", "text", "电梯", "building", "3"),
                    "description", "电梯不动", "urgency", "NORMAL")).expect(201);
            life.phone.tap("水、电、气").type("找一找", "电梯").tap("电梯故障").type("怎么坏的，说一句就行", "电梯停了").tap("提交").sees("有人报过，是同一件事吗？").tap("关注进展")
                    .sees("小区公共报修").sees("已关注").sees("1 人关注");
            assertEquals(0, life.person().get("/tickets").expect(200).body().path("items").size());
            life.phone.launch("/pages/tickets/tickets").sees("关注的进度").launch("/pages/tell/tell").tap("噪音、卫生").tap("噪音").choose("匿名投诉", true)
                    .type("什么时候、什么情况", "半夜装修").tap("提交").sees("也看不到您是谁").tap("查看进展").sees("您是匿名的");
            assertTrue(life.person().get("/tickets").expect(200).body().at("/items/0/anonymous").asBoolean());
            life.phone.launch("/pages/summary/summary").sees("2026 年 11 月").sees("按时率");
        }
    }
}
