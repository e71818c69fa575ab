package gatehouse.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.demonstration.WeChatEmulator;
import gatehouse.demonstration.WeChatEmulator.Door;
import gatehouse.demonstration.WeChatEmulator.Illness;
import gatehouse.kernel.Await;
import gatehouse.kernel.Database;
import gatehouse.kernel.Role;
import gatehouse.support.ApiClient;
import gatehouse.support.ApiClient.Answer;
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
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Printed codes: what they open, for how long, and what they tell. */
@Timeout(60)
class SceneTest {
    private static WeChatEmulator weChat;
    private static ApiServer api;
    private static Given.Compound garden;
    private static UUID gate;
    private static ApiClient office;

    @BeforeAll
    static void open() {
        weChat = WeChatEmulator.start();
        api = ApiServer.start(Map.of("GATEHOUSE_WECHAT_APPID", WeChatEmulator.APP_ID, "GATEHOUSE_WECHAT_SECRET", WeChatEmulator.SECRET,
                "GATEHOUSE_WECHAT_HOST", weChat.host().toString()));
        garden = api.given().compound("阳光花园");
        gate = garden.gate("东门");
        office = api.staff(garden.id(), Role.OFFICE, garden.id());
    }

    @AfterAll
    static void close() {
        api.close();
        weChat.close();
    }

    private static Answer resolve(String scene) {
        return api.another().post("/scenes/resolve", Map.of("scene", scene));
    }

    private static String scene(Answer drawn) {
        var scene = drawn.expect(200).text("/scene");
        assertTrue(scene.matches("[0-9a-zA-Z_-]{1,32}"), scene);
        return scene;
    }

    @Test
    void gate_hasOneCodeForGood_whichTellsItsNameToWhoScansIt() {
        var drawn = api.again(office).post("/gates/" + gate + "/code");
        var scene = scene(drawn);
        assertEquals(32, scene.length());
        assertFalse(scene.contains(gate.toString().substring(0, 8)));
        assertEquals(scene, scene(api.again(office).post("/gates/" + gate + "/code")));
        assertNotEquals(scene, scene(api.again(office).post("/gates/" + garden.gate("西门") + "/code")));
        var seen = resolve(scene).expect(200);
        assertEquals("GATE 东门", seen.text("/kind") + " " + seen.text("/gate/name"));
        assertEquals(garden.id().toString(), seen.text("/compound/id"));
        resolve(scene.substring(0, 31) + (scene.endsWith("A") ? "B" : "A")).expectProblem(404, "not-found");
        assertEquals("release", weChat.codeVersion());
        weChat.stumble(Door.UNLIMITED_CODE, new Illness.Number(45009));
        assertEquals("LINK", api.again(office).post("/gates/" + gate + "/code").expect(200).text("/picture"));
    }

    @Test
    void codeBeforeTheRelease_opensWhatTestersHave() {
        var vertx = Vertx.vertx();
        try (var database = new Database(vertx, api.database().postgresUrl().connectOptions(), 2);
                var programs = new WeChat(database, api.clock().business(), api.keys(), new WeChat.Setup(
                        List.of(new WeChatAccount(WeChatEmulator.APP_ID, WeChatEmulator.SECRET, Optional.of(weChat.host()))), List.of(), Map.of(), CodeVersion.TRIAL))) {
            assertTrue(programs.picture("trial").isPresent());
            assertEquals("trial", weChat.codeVersion());
        } finally {
            Await.on(vertx.close());
        }
    }

    @Test
    void doorCard_opensTheInvitation_untilItIsUsedOrVoid() {
        var home = garden.household("3-2-1402");
        var staff = api.again(office);
        var code = staff.post("/households/" + home.id() + "/invite").expect(201).text("/inviteCode");
        var scene = scene(staff.post("/door-cards", Map.of("inviteCode", code)));
        assertEquals(code, resolve(scene).expect(200).text("/inviteCode"));
        api.visitor().post("/auth/activate", Map.of("inviteCode", code, "name", "王小明", "phone", ApiServer.phone(), "password", "battery staple")).expect(201);
        var used = resolve(scene).expect(200);
        assertEquals("DOOR_CARD", used.text("/kind"));
        assertFalse(used.body().has("inviteCode"));
        var second = scene(staff.post("/door-cards", Map.of("inviteCode", staff.post("/households/" + home.id() + "/invite").expect(201).text("/inviteCode"))));
        staff.post("/households/" + home.id() + "/invite").expect(201);
        assertFalse(resolve(second).expect(200).body().has("inviteCode"), "a newer card makes it void");
        resolve("dABCDEFGHJKMN").expectProblem(404, "not-found");
    }

    @Test
    void courierLink_opensItsRegistration_untilItExpiresOrIsRevoked() {
        var guard = api.staff(garden.id(), Role.GUARD, gate);
        var id = guard.post("/courier-links", Map.of("label", "顺丰")).expect(201).text("/id");
        var scene = scene(guard.post("/courier-links/" + id + "/code"));
        var seen = resolve(scene).expect(200);
        assertEquals("东门 顺丰", seen.text("/link/gate") + " " + seen.text("/link/label"));
        api.visitor().with("Gate-Link", seen.text("/link/token")).get("/courier-link").expect(200);
        guard.delete("/courier-links/" + id).expect(204);
        resolve(scene).expectProblem(404, "not-found");
        guard.post("/courier-links/" + id + "/code").expectProblem(409, "not-allowed-now");

        var other = guard.post("/courier-links", Map.of("label", "中通")).expect(201).text("/id");
        var expiring = scene(guard.post("/courier-links/" + other + "/code"));
        api.staff(garden.id(), Role.GUARD, garden.gate("北门")).post("/courier-links/" + other + "/code").expectProblem(404, "not-found");
        api.clock().move(Duration.ofDays(8));
        resolve(expiring).expectProblem(404, "not-found");
    }
}
