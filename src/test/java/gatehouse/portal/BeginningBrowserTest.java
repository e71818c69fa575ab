package gatehouse.portal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.support.ApiServer;
import gatehouse.support.Browser;
import gatehouse.support.Browser.Size;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.support.ui.Select;

/** A property company's first day: an empty database, three variables, and from there on only the pages. */
class BeginningBrowserTest {
    private static final String PASSWORD = "correct horse";
    private static final byte[] ROSTER = "楼栋,单元,房号,姓名\n1,1,101,王小明\n2,1,101,李小红\n".getBytes(StandardCharsets.UTF_8);

    @Test
    void administrator_onTheFirstDay_makesGatesGridsAndAGuardWhoCanLogIn() {
        try (var server = ApiServer.start(Map.of("GATEHOUSE_ADMIN_PHONE", "13800000000", "GATEHOUSE_ADMIN_PASSWORD", PASSWORD,
                "GATEHOUSE_ADMIN_COMPOUND", "青山街道/绿水社区/阳光花园")); var phone = Browser.open(server.portal(), Size.PHONE)) {
            server.visitor().logIn("13800000000", PASSWORD).withKey(UUID.randomUUID())
                    .send("POST", "/imports/roster", "text/csv", ROSTER).expect(200);
            phone.logIn("/staff/", "13800000000", PASSWORD);
            phone.see("nav-more");
            phone.goWithin("#/organisation");
            phone.see("first-steps");
            makeGate(phone, "东门");
            makeGrid(phone, "第一网格", "1", "2");
            makeGrid(phone, "第二网格");
            phone.tap("change-grid-第二网格");
            phone.tap("grid-building-2");
            assertTrue(phone.text("grid-moving").contains("第一网格"), phone.text("grid-moving"));
            phone.picture("organisation-move-phone");
            phone.tap("grid-save");
            phone.waitFor("grids", "2 栋");
            phone.picture("organisation-phone");

            phone.goWithin("#/accounts");
            phone.tap("add-account");
            phone.type("account-name", "李门岗");
            phone.type("account-phone", "138 0000 0001");
            phone.type("account-password", PASSWORD);
            new Select(phone.see("grant-role-0")).selectByValue("GUARD");
            assertEquals(1, new Select(phone.see("grant-place-0")).getOptions().stream().filter(each -> each.getText().equals("东门")).count());
            phone.picture("accounts-new-phone");
            phone.tap("account-save");
            phone.waitFor("accounts", "李门岗");
            assertEquals("东门", server.visitor().logIn("13800000001", PASSWORD).me().at("/gates/0/name").asText());

            var administrator = server.visitor().logIn("13800000000", PASSWORD);
            var home = administrator.get("/households?building=1").expect(200).text("/items/0/id");
            guardComesHome(phone, administrator.post("/households/" + home + "/invite").expect(201).text("/inviteCode"));
            assertEquals(List.of("RESIDENT", "GUARD"), administrator.get("/accounts?role=GUARD").expect(200).body().at("/items/0/grants").findValuesAsText("role")
                    .stream().sorted(java.util.Comparator.reverseOrder()).toList());
            phone.go("/staff/#/accounts");
            phone.waitFor("accounts", "李门岗");

            phone.tap("change-account-李门岗");
            phone.tap("account-shut");
            phone.tap("account-shut-confirm");
            phone.waitFor("accounts", "已停用");
            server.visitor().post("/auth/login", Map.of("phone", "13800000001", "password", PASSWORD)).expectProblem(401, "wrong-credentials");
            assertEquals(0, phone.overflowPixels());
            assertEquals(List.of(), phone.complaints());
        }
    }

    /** Whoever works here and lives here has one account for both. */
    private static void guardComesHome(Browser phone, String code) {
        phone.logIn("/resident/", "13800000001", PASSWORD);
        phone.see("add-home");
        phone.picture("no-resident-phone");
        phone.tap("add-home");
        phone.type("inviteCode", code);
        phone.type("name", "王小明");
        phone.type("phone", "13800000001");
        phone.type("password", PASSWORD);
        phone.type("again", PASSWORD);
        phone.picture("activate-worker-phone");
        phone.tap("activate-submit");
        phone.see("tab-today");
        phone.goWithin("#/me");
        phone.see("to-staff");
        phone.picture("me-both-phone");
    }

    private static void makeGate(Browser phone, String name) {
        phone.tap("add-gate");
        phone.type("place-name", name);
        phone.tap("name-save");
        phone.waitFor("gates", name);
    }

    private static void makeGrid(Browser phone, String name, String... buildings) {
        phone.tap("add-grid");
        phone.type("grid-name", name);
        for (var building : buildings) {
            phone.tap("grid-building-" + building);
        }
        phone.tap("grid-save");
        phone.waitFor("grids", name);
    }
}
