package gatehouse.miniprogram;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.demonstration.SmsEmulator;
import gatehouse.demonstration.WeChatEmulator;
import gatehouse.kernel.Role;
import gatehouse.outing.PressedCodes;
import gatehouse.support.ApiClient;
import gatehouse.support.ApiServer;
import gatehouse.support.Given;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A resident with the mini program: its own JavaScript against the running product, WeChat being the emulator. */
@Timeout(120)
class MiniProgramTest {
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final String BATCH = "/api/v1/health-reports/batch";
    private static WeChatEmulator weChat;
    private static SmsEmulator sms;
    private static ApiServer api;
    private static Given.Compound garden;
    private static ApiClient office;

    @BeforeAll
    static void open() {
        Phone.requireNode();
        weChat = WeChatEmulator.start();
        sms = SmsEmulator.start();
        api = ApiServer.start(Map.of("GATEHOUSE_WECHAT_APPID", WeChatEmulator.APP_ID + ",wxother", "GATEHOUSE_WECHAT_SECRET", WeChatEmulator.SECRET + ",other",
                "GATEHOUSE_WECHAT_TEMPLATES", WeChatEmulator.TEMPLATES + ",wxother:NOTICE=template-other/thing1/thing2", "GATEHOUSE_WECHAT_HOST", weChat.host().toString(),
                "GATEHOUSE_SMS_URL", sms.url().toString(), "GATEHOUSE_SMS_KEY", SmsEmulator.KEY, "GATEHOUSE_SMS_SECRET", SmsEmulator.SECRET, "GATEHOUSE_SMS_SIGN", SmsEmulator.SIGN));
        garden = api.given().compound("阳光花园");
        office = api.staff(garden.id(), Role.OFFICE, garden.id());
    }

    @AfterAll
    static void close() {
        if (api != null) {
            api.close();
            weChat.close();
            sms.close();
        }
    }

    /** A family of two with an account each; the phone belongs to the first, whom WeChat knows by phone number. */
    private record Family(Given.Household home, ApiClient first, ApiClient second, Phone phone) implements AutoCloseable {
        @Override
        public void close() {
            phone.close();
        }

        long reports() {
            return number("select count(*) from health_report where household_id = ?", home.id());
        }
    }

    private static long number(String query, UUID household) {
        try (var connection = api.database().connect(); var statement = connection.prepareStatement(query)) {
            statement.setObject(1, household);
            try (var rows = statement.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        } catch (SQLException fault) {
            throw new IllegalStateException(fault);
        }
    }

    private static Family family() {
        var home = garden.household("3-2-" + (1000 + NUMBER.incrementAndGet()));
        var first = api.resident(home, "王小明");
        var second = api.resident(home, "李小红");
        var phone = Phone.of(api.portal()).person("person" + NUMBER.incrementAndGet()).phoneNumber(api.phoneOf(first.id()));
        return new Family(home, first, second, phone);
    }

    private static Family inside() {
        var family = family();
        family.phone.launch().tap("用微信手机号登录").sees("今日测温");
        return family;
    }

    /** So that there is a last time. */
    private static void reportedYesterday(Family family) {
        for (var member : new ApiClient[] {family.first, family.second}) {
            member.post("/health-reports", Map.of("date", "2026-11-21", "round", "AFTERNOON", "temperature", 36.4, "symptoms", new String[0])).expect(201);
        }
    }

    @Test
    void stranger_isBoundByThePhoneNumber_andNeedsNothingTheNextTime() {
        try (var family = family()) {
            family.phone.launch().sees("已在社区登记手机号").picture("login").tap("用微信手机号登录").sees("上午测温，请上报").sees("3-2-1");
            family.phone.launch().sees("上午测温，请上报");
            assertEquals(1, family.phone.requestsTo("/api/v1/auth/wechat/phone").size());
        }
    }

    @Test
    void stranger_isBoundByTheInvitationOfTheDoorCard_withoutAPassword() {
        var home = garden.household("5-1-" + (100 + NUMBER.incrementAndGet()));
        var invitation = api.again(office).post("/households/" + home.id() + "/invite").expect(201).text("/inviteCode");
        try (var phone = Phone.of(api.portal()).person("person" + NUMBER.incrementAndGet())) {
            phone.launch("/pages/login/login?code=" + invitation).sees("已从门牌卡读入").type("姓名", "赵新来").type("手机号", "1391").tap("开通并登录")
                    .sees("请填 11 位手机号").type("手机号", ApiServer.phone()).tap("开通并登录").sees("今日测温").sees("赵新来");
        }
    }

    @Test
    void personWhomWeChatDoesNotName_logsInByPassword_andSeesWhyNot() {
        try (var phone = Phone.of(api.portal()).person("")) {
            phone.launch().sees("用手机号和密码登录").type("手机号", "13800001111").type("密码", "wrong-password").tap("登录").sees("密码");
            assertEquals("pages/login/login", phone.route());
        }
    }

    @Test
    void personWhoLostTheirPassword_setsANewOneByTheCodeThatTheStaffGave() {
        try (var family = family(); var phone = Phone.of(api.portal()).person("")) {
            var code = api.again(office).post("/accounts/" + family.second.id() + "/reset").expect(201).text("/code");
            phone.launch().tap("我有重置码").sees("15 分钟内有效").type("手机号", api.phoneOf(family.second.id())).type("重置码", "12").type("新密码", "short")
                    .tap("保存并登录").sees("重置码是 8 位数字").sees("密码至少要 8 位").sees("两次填的密码不一样").picture("reset")
                    .type("重置码", code.substring(0, 4) + " " + code.substring(4)).type("新密码", "correct horse 8").type("再填一次新密码", "correct horse 8").tap("保存并登录").sees("今日测温");
            assertEquals("李小红", phone.storage().at("/session/me/name").asText());
        }
    }

    @Test
    void family_isReportedAsLastTime_inTwoTaps() {
        try (var family = inside()) {
            reportedYesterday(family);
            family.phone.launch().picture("today").tap("全家上报").sees("已按上次填好").picture("family").tap("核对无误，上报");
            family.phone.sees("上报成功").sees("36.4");
            assertEquals(4, family.reports());
            assertEquals(2, number("select count(*) from health_report where household_id = ? and report_date = '2026-11-22' and temperature_tenths = 364",
                    family.home.id()));
            family.phone.tap("好了").sees("上午全家都报好了");
        }
    }

    @Test
    void readingThatIsNone_isSaidAtTheMember_andFeverIsTakenSeriously() {
        try (var family = inside()) {
            family.phone.launch().tap("全家上报").tap("核对无误，上报").sees("请填体温").type("王小明的体温，摄氏度", "366").type("李小红的体温，摄氏度", "99")
                    .tap("核对无误，上报").sees("体温应在 34.0 到 43.0 之间");
            assertEquals(0, family.reports());
            family.phone.type("李小红的体温，摄氏度", "38.2").sees("高于 37.3℃").tap("核对无误，上报").sees("李小红需要留意");
            assertEquals(2, family.reports());
        }
    }

    @Test
    void requestInterruptedByWeChat_isRepeatedWithTheSameKey_andThereIsOneReport() {
        try (var family = inside()) {
            reportedYesterday(family);
            family.phone.launch().tap("全家上报").interruptNext(BATCH).tap("核对无误，上报").sees("正在发送");
            assertEquals(4, family.reports(), "it arrived, though nobody heard");
            family.phone.pass(Duration.ofSeconds(1)).sees("上报成功");
            var sent = family.phone.requestsTo(BATCH);
            assertEquals(2, sent.size());
            assertEquals(sent.get(0).path("key").asText(), sent.get(1).path("key").asText());
            assertEquals(4, family.reports());
            assertEquals(1, number("select max(version) from health_report where household_id = ?", family.home.id()), "no correction of itself");
            assertTrue(family.phone.storage().path("outbox").isEmpty());
        }
    }

    @Test
    void whatWasToldWithoutNetwork_outlivesTheMiniProgram_andIsSentOnce() {
        try (var family = inside()) {
            reportedYesterday(family);
            family.phone.launch().tap("全家上报").offline(true).tap("核对无误，上报").pass(Duration.ofSeconds(4)).sees("还没发出去");
            var key = family.phone.storage().at("/outbox/0/steps/0/key").asText();
            assertEquals(2, family.reports(), "yesterday's");
            family.phone.launch().sees("有 1 份等待发送");
            family.phone.offline(false).pass(Duration.ofSeconds(4)).sees("上午全家都报好了").seesNot("等待发送");
            assertEquals(4, family.reports());
            assertTrue(family.phone.requestsTo(BATCH).stream().allMatch(each -> each.path("key").asText().equals(key)));
        }
    }

    @Test
    void sessionThatEnds_onThePhoneOfAnother_sendsNothingAsThem_andLetsThemInOnlyWhenTheyAsk() {
        try (var family = inside()) {
            var mother = "person" + NUMBER.get();
            var daughter = "person" + NUMBER.incrementAndGet();
            try (var own = Phone.of(api.portal()).person(daughter).phoneNumber(api.phoneOf(family.second.id()))) {
                own.launch().tap("用微信手机号登录").sees("今日测温");
            }
            reportedYesterday(family);
            family.phone.launch().tap("全家上报").offline(true).tap("核对无误，上报").pass(Duration.ofSeconds(4)).sees("还没发出去");
            var session = api.visitor().post("/auth/refresh", Map.of("refreshToken", family.phone.storage().at("/session/refreshToken").asText())).expect(200);
            api.visitor().as(session).post("/auth/logout").expect(204);

            family.phone.person(daughter).offline(false).pass(Duration.ofSeconds(4)).comeBack().sees("已退出登录").pass(Duration.ofMinutes(2));
            assertEquals(2, family.reports(), "yesterday's");
            family.phone.tap("用微信登录").sees("今日测温").seesNot("等待发送").pass(Duration.ofMinutes(2));
            assertEquals("李小红", family.phone.storage().at("/session/me/name").asText());
            assertEquals(2, family.reports(), "the mother's waits for her");
            family.phone.tap("我的").tap("退出登录").person(mother).launch().tap("用微信登录").pass(Duration.ofSeconds(4)).comeBack().sees("上午全家都报好了");
            assertEquals(2, number("select count(*) from health_report where household_id = ? and report_date = '2026-11-22' and reported_by = '" + family.first.id() + "'",
                    family.home.id()));
        }
    }

    @Test
    void consentToMessages_isAskedAtItsTap_andKept() {
        try (var family = inside()) {
            family.phone.set("appId", WeChatEmulator.APP_ID).launch().tap("全家上报").type("王小明的体温，摄氏度", "36.5").type("李小红的体温，摄氏度", "38.9").tap("核对无误，上报").tap("好了");
            family.phone.tap("消息").sees("消息");
            family.phone.set("accepts", false).tap("有新消息时微信提醒我").sees("没有打开微信提醒").set("accepts", true);
            family.phone.tap("有新消息时微信提醒我").sees("好的，到时候微信提醒您");
            assertEquals("subscribe template-notice", family.phone.told().at("/asked/0").asText());
            assertEquals(1, api.again(family.first).get("/wechat/subscriptions").expect(200).body().path("items").findParents("kind").stream()
                    .filter(item -> item.path("kind").asText().equals("NOTICE")).findFirst().orElseThrow().path("accepted").asInt());
        }
    }

    @Test
    void travelToAListedRegion_beginsTheObservationOfTheHome_andIsToldCalmly() {
        api.again(office).put("/risk-regions", Map.of("items", List.of(Map.of("regionCode", "420100", "regionName", "武汉市", "level", "HIGH", "from", "2026-11-01")))).expect(200);
        try (var family = inside()) {
            family.phone.tap("外出返回，填报旅居史").sees("第 1 个地方").choose("第 1 个地方的省份", 16).sees("湖北省").choose("第 1 个地方的市区", 0).sees("武汉市")
                    .choose("第 1 个地方的到达日期", "2026-11-15").choose("第 1 个地方的离开日期", "2026-11-20").type("第 1 个地方的交通工具", "高铁 G102")
                    .sees("请填完每个地方").tap("没有接触").seesNot("请填完每个地方").picture("travel").interruptNext("/travel-declarations$").tap("提交申报")
                    .pass(Duration.ofSeconds(1)).sees("已收到申报").sees("需要居家观察一段时间").sees("还缺一份");
            assertEquals(1, number("select count(*) from travel_declaration t join resident r on r.id = t.resident_id where r.household_id = ?", family.home.id()));
            family.phone.tap("每天要做什么").sees("今天要做的").sees("中高风险地区来返").picture("observation");
            family.phone.back().tap("回到今日").sees("居家观察").sees("第 1 天，共 14 天").picture("today-observed");
        }
    }

    @Test
    void placeThatCannotBe_isSaidAtThatPlace() {
        try (var family = inside()) {
            family.phone.tap("外出返回，填报旅居史").choose("第 1 个地方的省份", 0).choose("第 1 个地方的市区", 0).choose("第 1 个地方的到达日期", "2026-11-20")
                    .choose("第 1 个地方的离开日期", "2026-11-15").type("第 1 个地方的交通工具", "自驾").tap("没有接触").tap("提交申报").seesNot("已收到申报").sees("不能早于到达日期");
            assertEquals(0, number("select count(*) from travel_declaration t join resident r on r.id = t.resident_id where r.household_id = ?", family.home.id()));
        }
    }

    @Test
    void householdWithAnAlert_isToldWhatHappensNow() {
        try (var family = inside()) {
            family.second.post("/health-reports", Map.of("temperature", 38.4, "symptoms", List.of("DYSPNOEA"))).expect(201);
            family.phone.launch().sees("李小红需要留意").sees("呼吸困难请不要等").picture("today-alert").tap("拨打 120");
            assertTrue(family.phone.told().path("asked").toString().contains("call 120"));
            var alert = api.again(family.second).get("/me/alerts").expect(200).text("/items/0/id");
            api.again(office).post("/alerts/" + alert + "/acknowledge", Map.of("note", "已电话联系")).expect(200);
            family.phone.launch().sees("社区正在处理").sees("工作人员确认");
        }
    }

    @Test
    void guard_letsOutWhoMay_onceOnly_andSaysWhyNotOtherwise() {
        var gate = garden.gate("东门" + NUMBER.incrementAndGet());
        var guard = api.staff(garden.id(), Role.GUARD, gate);
        var home = garden.household("6-1-" + (100 + NUMBER.incrementAndGet()));
        var resident = api.resident(home, "王小明");
        resident.post("/health-reports", Map.of("temperature", 36.5, "symptoms", List.of())).expect(201);
        var pass = resident.post("/outing-passes", Map.of("kind", "SUPPLIES")).expect(201).text("/id");
        api.again(office).post("/outing-passes/" + pass + "/approve", Map.of()).expect(200);
        var code = resident.get("/outing-passes/" + pass + "/code").expect(200).text("/code");
        try (var phone = Phone.of(api.portal()).person("guard" + NUMBER.incrementAndGet()).phoneNumber(api.phoneOf(guard.id()))) {
            phone.launch().tap("用微信手机号登录").sees("您是工作人员").tap("去办事").tap("门岗扫码").set("scanned", code).tap("扫通行码").tap("36.5").picture("scan")
                    .interruptNext("/gate-scans$").tap("核验").pass(Duration.ofSeconds(1)).sees("可以出门").sees("6-1-").picture("scan-yes");
            assertEquals("OUT", resident.get("/outing-passes/" + pass).expect(200).text("/state"));
            assertEquals(1, api.again(guard).get("/movements?date=2026-11-22&gateId=" + gate).expect(200).body().path("items").size(), "sent twice, went once");
            phone.tap("下一位").tap("扫通行码").tap("核验").sees("不能放行").sees("此证已用过").picture("scan-no");
            phone.tap("下一位").offline(true).tap("扫通行码").tap("核验").pass(Duration.ofSeconds(1)).pass(Duration.ofSeconds(3))
                    .sees("不能放行").sees("此证已用过").sees("由本机按");
        }
    }

    @Test
    void guardWithoutNetwork_decidesByWhatWasKnown_andTheServerIsToldOnce() {
        var gate = garden.gate("西门" + NUMBER.incrementAndGet());
        var guard = api.staff(garden.id(), Role.GUARD, gate);
        var resident = api.resident(garden.household("6-2-" + (100 + NUMBER.incrementAndGet())), "王小明");
        resident.post("/health-reports", Map.of("temperature", 36.5, "symptoms", List.of())).expect(201);
        var pass = resident.post("/outing-passes", Map.of("kind", "SUPPLIES")).expect(201).text("/id");
        api.again(office).post("/outing-passes/" + pass + "/approve", Map.of()).expect(200);
        try (var phone = Phone.of(api.portal()).person("guard" + NUMBER.incrementAndGet()).phoneNumber(api.phoneOf(guard.id()))) {
            phone.launch().tap("用微信手机号登录").tap("去办事").tap("门岗扫码").sees("扫通行码").offline(true);
            var code = resident.get("/outing-passes/" + pass + "/code").expect(200).text("/code");
            var forged = (code.charAt(40) == 'A' ? "B" : "A");
            phone.set("scanned", code.substring(0, 40) + forged + code.substring(41)).tap("扫通行码").tap("核验").pass(Duration.ofSeconds(1)).pass(Duration.ofSeconds(3))
                    .sees("不能放行").sees("通行码无效").seesNot("如实记录").tap("下一位");
            phone.set("scanned", new PressedCodes(api.keys()).shown(4711, api.clock().business().now())).tap("扫通行码").tap("36.5").tap("核验")
                    .sees("不能放行").sees("本机资料中没有此证").sees("如实记录").picture("scan-offline-unknown").tap("下一位");
            phone.type("8 位数字", "12345678").tap("核对数字").tap("核验").sees("断网时无法核验 8 位数字").tap("取消");
            phone.set("scanned", code).tap("扫通行码").tap("36.5").tap("核验").sees("可以出门").sees("由本机按").picture("scan-offline").tap("下一位");
            phone.set("scanned", code).tap("扫通行码").tap("36.5").tap("核验").sees("不能放行").sees("此证已用过").tap("下一位");
            assertEquals("APPROVED", resident.get("/outing-passes/" + pass).expect(200).text("/state"));
            phone.offline(false);
            for (int seconds = 0; seconds < 60 && !resident.get("/outing-passes/" + pass).expect(200).text("/state").equals("OUT"); seconds += 5) {
                phone.pass(Duration.ofSeconds(5)).sees("扫通行码");
            }
            assertEquals("OUT", resident.get("/outing-passes/" + pass).expect(200).text("/state"));
            assertEquals(1, api.again(guard).get("/movements?date=2026-11-22&gateId=" + gate).expect(200).body().path("items").size(), "went once");
        }
    }

    @Test
    void browserThatAsks_isLoggedInByTheNumberOnItsScreen_alsoWhereThePhoneHadToLogInFirst() {
        try (var family = family()) {
            var browser = api.visitor().post("/auth/portal-logins", Map.of("portal", "RESIDENT")).expect(200);
            family.phone.launch("/pages/scene/scene?scene=" + browser.text("/scene")).tap("用微信手机号登录").sees("是您自己要登录吗").picture("scene")
                    .tap("数字 " + browser.text("/number")).sees("已同意");
            var poll = api.visitor().post("/auth/portal-logins/poll", Map.of("secret", browser.text("/secret"))).expect(200);
            assertEquals(family.first.id().toString(), poll.text("/login/me/id"));

            var other = api.visitor().post("/auth/portal-logins", Map.of("portal", "RESIDENT")).expect(200);
            family.phone.launch("/pages/scene/scene?scene=" + other.text("/scene")).tap("不是我，拒绝").sees("已拒绝");
            assertEquals("REFUSED", api.visitor().post("/auth/portal-logins/poll", Map.of("secret", other.text("/secret"))).expect(200).text("/state"));
        }
    }

    @Test
    void doorCardsCode_leadsWhoeverIsNewToItsForm_andACodeThatIsOverSaysSo() {
        var home = garden.household("7-1-" + (100 + NUMBER.incrementAndGet()));
        var invitation = api.again(office).post("/households/" + home.id() + "/invite").expect(201).text("/inviteCode");
        var scene = api.again(office).post("/door-cards", Map.of("inviteCode", invitation)).expect(200).text("/scene");
        try (var phone = Phone.of(api.portal()).person("person" + NUMBER.incrementAndGet())) {
            phone.launch("/pages/scene/scene?scene=" + scene).sees("已从门牌卡读入").type("姓名", "赵新来").type("手机号", ApiServer.phone()).tap("开通并登录").sees("赵新来");
            phone.launch("/pages/scene/scene?scene=" + scene).sees("今日测温");
            phone.launch("/pages/scene/scene?scene=cnothing").sees("这个码已经失效");
        }
    }

    @Test
    void courier_registersWithoutALogin_andOnceWhenTheAnswerIsLost() {
        var gate = garden.gate("北门" + NUMBER.incrementAndGet());
        var guard = api.staff(garden.id(), Role.GUARD, gate);
        var room = String.valueOf(100 + NUMBER.incrementAndGet());
        var home = garden.household("8-1-" + room);
        api.resident(home, "王小明");
        var link = guard.post("/courier-links", Map.of("gateId", gate, "label", "顺丰 小李")).expect(201).text("/id");
        var scene = guard.post("/courier-links/" + link + "/code").expect(200).text("/scene");
        try (var phone = Phone.of(api.portal()).person("courier" + NUMBER.incrementAndGet())) {
            phone.launch("/pages/scene/scene?scene=" + scene).sees("北门").tap("按门牌").type("楼栋", "8").type("单元", "1").type("房号", room)
                    .type("单号尾号", "4711").picture("courier").interruptNext("/parcels$").tap("登记").pass(Duration.ofSeconds(1)).sees("尾号 4711 已登记").sees("已登记 1 件");
            assertEquals(1, number("select count(*) from parcel where household_id = ?", home.id()));
        }
    }

    @Test
    void report_isCorrectedByTappingIt_andWhatItReplacedStaysReadable() {
        try (var family = inside()) {
            family.first.post("/health-reports", Map.of("temperature", 36.9, "symptoms", List.of())).expect(201);
            family.phone.launch().tap("36.9").type("王小明的体温，摄氏度", "36.6").tap("更正王小明的体温").sees("上报成功").tap("好了").sees("已更正");
            family.phone.tap("办事").tap("体温记录").sees("36.6 ℃").tap("看更正前的记录").sees("36.9 ℃，没有不舒服").picture("history");
        }
    }

    @Test
    void whoOfTheStaffLooked_isReadByTheHousehold_andAPasswordIsChanged() {
        try (var family = inside()) {
            api.again(office).post("/disclosures", Map.of("residentId", family.first.me().at("/resident/id").asText(), "field", "NAME", "reason", "核对登记姓名")).expect(200);
            family.phone.tap("我的").sees("社区").sees("查看了王小明的姓名").sees("原因：核对登记姓名").picture("me")
                    .tap("修改密码").type("现在的密码", "not-it-at-all").type("新密码", "short").tap("保存新密码").sees("密码至少要 8 位");
            family.phone.tap("退出登录").sees("已退出登录").launch().sees("已退出登录").tap("用微信登录").sees("今日测温");
        }
    }

    @Test
    void reminderBySms_isSwitchedOff_knowingWhatThatMeans() {
        try (var family = inside()) {
            family.phone.tap("我的").sees("短信提醒").sees("要做的事不变").choose("短信提醒", false).sees("短信提醒");
            assertFalse(api.again(family.first).get("/me/sms").expect(200).body().path("wanted").asBoolean());
            family.phone.offline(true).choose("短信提醒", true).pass(Duration.ofSeconds(1)).pass(Duration.ofSeconds(3)).sees("短信提醒").offline(false);
            assertEquals("false", family.phone.tell("data", Map.of()).at("/sms/wanted").asText(), "what did not arrive does not hold");
            family.phone.choose("短信提醒", true).sees("短信提醒");
            assertTrue(api.again(family.first).get("/me/sms").expect(200).body().path("wanted").asBoolean());
        }
    }

    @Test
    void typeGrowsWithWeChats_andIsNeverBelow18() {
        try (var family = family()) {
            var sizes = new HashSet<String>();
            for (var setting : new int[] {12, 16, 23, 40}) {
                var root = family.phone.set("fontSizeSetting", setting).launch("/pages/login/login").tell("data", Map.of()).path("rootFontSize").asText();
                sizes.add(root);
                int px = Integer.parseInt(root.replace("px", ""));
                assertTrue(px >= 18 && px <= 30, root);
            }
            assertNotEquals(1, sizes.size());
        }
    }
}
