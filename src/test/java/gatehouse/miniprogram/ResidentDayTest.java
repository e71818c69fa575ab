package gatehouse.miniprogram;

import static org.junit.jupiter.api.Assertions.assertEquals;

import gatehouse.demonstration.WeChatEmulator;
import gatehouse.demonstration.WeChatEmulator.Door;
import gatehouse.demonstration.WeChatEmulator.Illness;
import gatehouse.kernel.Role;
import gatehouse.support.ApiServer;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A resident's day, from the morning's temperature to the afternoon's, all of it by taps in the mini program, with a line that breaks at every act
 * and WeChat away for an hour; the guard's part at the gate by taps on the guard's own phone. Counted in the database afterwards.
 */
@Timeout(120)
class ResidentDayTest {
    private static final Duration MOMENT = Duration.ofSeconds(1);

    private static long count(ApiServer api, String query, UUID household) {
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

    private static String photo() throws IOException {
        var file = Files.createTempFile(Files.createDirectories(Path.of("target", "miniprogram")).toAbsolutePath(), "tap-", ".jpg");
        file.toFile().deleteOnExit();
        ImageIO.write(new BufferedImage(640, 480, BufferedImage.TYPE_INT_RGB), "jpg", file.toFile());
        return file.toString();
    }

    /** What the canvas that was drawn last says to a camera. */
    private static String drawnOn(Phone phone) {
        phone.words();
        var canvases = phone.told().path("drawn");
        return DrawnCode.textOf(canvases.get(canvases.size() - 1));
    }

    private static void showAtTheGate(Phone resident, Phone guard, String direction, String verdict) {
        guard.set("scanned", drawnOn(resident)).tap("扫通行码").tap(direction).tap("36.5").interruptNext("/gate-scans$").tap("核验").pass(MOMENT).sees(verdict).tap("下一位");
    }

    @Test
    void day_isLivedByTaps_andEveryActIsEnteredOnce_thoughTheLineBreaksAtEach() throws IOException {
        Phone.requireNode();
        try (var weChat = WeChatEmulator.start();
             var api = ApiServer.start(Map.of("GATEHOUSE_WECHAT_APPID", WeChatEmulator.APP_ID, "GATEHOUSE_WECHAT_SECRET", WeChatEmulator.SECRET,
                     "GATEHOUSE_WECHAT_TEMPLATES", WeChatEmulator.TEMPLATES, "GATEHOUSE_WECHAT_HOST", weChat.host().toString()))) {
            api.clock().set("2026-11-22T09:02:00+08:00");
            var garden = api.given().compound("阳光花园");
            var gate = garden.gate("东门");
            var home = garden.household("3-2-1402");
            var resident = api.resident(home, "王小明", LocalDate.of(1980, 3, 14));
            home.resident("王奶奶");
            var guard = api.staff(garden.id(), Role.GUARD, gate);
            try (var phone = Phone.of(api.portal()).person("wang").phoneNumber(api.phoneOf(resident.id()));
                 var guardPhone = Phone.of(api.portal()).person("guard").phoneNumber(api.phoneOf(guard.id()))) {
                phone.launch().tap("用微信手机号登录").tap("全家上报").type("王小明的体温，摄氏度", "365").type("王奶奶的体温，摄氏度", "36.3").interruptNext("/health-reports/batch$")
                        .tap("核对无误，上报（2 人）").pass(MOMENT).sees("上报成功").tap("下次测温微信提醒我").sees("到时候微信提醒您").tap("好了").sees("上午全家都报好了");
                phone.tap("外出返回，填报旅居史").tap("去掉").tap("没有接触").interruptNext("/travel-declarations$").tap("提交申报").pass(MOMENT)
                        .sees("目前不需要居家观察").tap("回到今日");

                api.clock().set("2026-11-22T09:40:00+08:00");
                phone.tap("办事").tap("出行").tap("申请出门").interruptNext("/outing-passes$").tap("提交").pass(MOMENT).sees("已通过").tap("出示出入码").sees("秒后更换");
                guardPhone.launch().tap("用微信手机号登录").tap("去办事").tap("门岗扫码");
                showAtTheGate(phone, guardPhone, "出门", "可以出门");

                for (var door : Door.values()) {
                    weChat.fallIll(door, new Illness.Number(-1));
                }
                api.clock().set("2026-11-22T10:50:00+08:00");
                phone.comeBack().pass(Duration.ofSeconds(31));
                showAtTheGate(phone, guardPhone, "回来", "可以进门");
                api.again(guard).post("/parcels", Map.of("building", "3", "unit", "2", "room", "1402", "carrier", "SF", "trackingTail", "1111", "perishable", false,
                        "disinfected", true)).expect(201);
                phone.launch("/pages/parcels/parcels").sees("顺丰 …1111").tap("预约取件时段").interruptNext("/booking$").tap("11:30").pass(MOMENT).sees("改时段").tap("出示取件码");
                assertEquals(1, api.again(guard).post("/pickups", Map.of("pickupCode", drawnOn(phone))).expect(200).body().path("items").size());

                weChat.heal();
                api.clock().set("2026-11-22T12:00:00+08:00");
                phone.launch("/pages/ticketform/ticketform?category=WATER_TAP").type("怎么坏的，说一句就行", "厨房水龙头漏水").set("photos", List.of(photo())).tap("拍照或选图")
                        .interruptNext("/tickets$").interruptNext("/photos$").tap("提交").pass(MOMENT).pass(MOMENT).sees("已经收到");

                api.clock().set("2026-11-22T15:03:00+08:00");
                phone.launch().tap("全家上报").sees("已按上次填好").interruptNext("/health-reports/batch$").tap("核对无误，上报（2 人）").pass(MOMENT).sees("上报成功");
                phone.launch("/pages/inbox/inbox").sees("未读").tap("全部标为已读").sees("全部已读");
                // whether the afternoon's reminder has spent it by now is a matter of moments
                assertEquals(List.of(200), phone.requestsTo("/api/v1/wechat/subscriptions").stream().filter(each -> each.path("method").asText().equals("POST"))
                        .map(each -> each.path("status").asInt()).toList());
                assertEquals("[]", phone.storage().path("outbox").toString(), "nothing is left on the phone");
            }
            assertEquals(4, count(api, "select count(*) from health_report where household_id = ? and version = 1", home.id()));
            assertEquals(1, count(api, "select count(*) from travel_declaration t join resident r on r.id = t.resident_id where r.household_id = ?", home.id()));
            assertEquals(1, count(api, "select count(*) from outing_pass where household_id = ? and state = 'RETURNED'", home.id()));
            assertEquals(1, count(api, "select count(*) from parcel where household_id = ? and state = 'COLLECTED'", home.id()));
            assertEquals(1, count(api, "select count(*) from ticket where household_id = ?", home.id()));
        }
    }
}
