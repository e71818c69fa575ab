package gatehouse.portal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.support.ApiServer;
import gatehouse.support.Browser;
import gatehouse.support.Browser.Size;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** A lost password, face to face: the office's screen and the resident's phone; and an account that is opened again. */
class PasswordResetBrowserTest {
    private static final String PASSWORD = "gatehouse-demo";

    @Test
    void office_givesACode_theResidentSetsANewPassword() {
        try (var server = ApiServer.start(Map.of("GATEHOUSE_DEMO", "on"))) {
            String name = server.visitor().logIn("13900000003", PASSWORD).get("/me").expect(200).text("/name");
            String code;
            try (var desk = Browser.open(server.portal(), Size.DESK)) {
                desk.logIn("/staff/", "13900000105", PASSWORD);
                desk.see("nav-accounts");
                desk.goWithin("#/accounts");
                desk.see("accounts");
                desk.type("q", "13900000003");
                waitForOne(desk);
                desk.tap("change-account-" + name);
                desk.tap("account-reset");
                desk.picture("reset-sure-desk");
                desk.tap("reset-confirm");
                code = desk.text("reset-code");
                assertTrue(code.matches("[0-9]{4} [0-9]{4}"), code);
                desk.picture("reset-code-desk");
                assertEquals(0, desk.overflowPixels());
                assertEquals(List.of(), desk.complaints());
            }
            try (var phone = Browser.open(server.portal(), Size.PHONE)) {
                phone.go("/resident/");
                phone.see("login-form");
                phone.picture("login-phone");
                phone.tap("to-reset");
                phone.see("reset-form");
                phone.tap("reset-submit");
                phone.picture("reset-faults-phone");
                phone.type("phone", "13900000003").type("code", "0000 0000").type("newPassword", "battery staple 7").type("again", "battery staple 7");
                phone.tap("reset-submit");
                phone.see("reset-error");
                phone.picture("reset-wrong-phone");
                phone.type("code", code);
                phone.tap("reset-submit");
                phone.see("tab-today");
                assertEquals(0, phone.overflowPixels());
                assertEquals(List.of(), phone.complaints());
            }
            server.visitor().logIn("13900000003", "battery staple 7").get("/me").expect(200);
        }
    }

    @Test
    void memberWhoMovesOut_leavesTheList() {
        try (var server = ApiServer.start(Map.of("GATEHOUSE_DEMO", "on"))) {
            var household = server.visitor().logIn("13900000105", PASSWORD).get("/households?q=3-2-1402").expect(200);
            var member = household.text("/items/0/members/1/id");
            try (var phone = Browser.open(server.portal(), Size.PHONE)) {
                phone.logIn("/staff/", "13900000105", PASSWORD);
                phone.see("nav-more");
                phone.goWithin("#/household/" + household.text("/items/0/id"));
                phone.see("members");
                phone.picture("household-members-phone");
                phone.tap("move-out-" + member);
                phone.picture("move-out-phone");
                phone.tap("move-out-confirm");
                await("still there", () -> !phone.sees("move-out-" + member));
                assertEquals(0, phone.overflowPixels());
                assertEquals(List.of(), phone.complaints());
            }
        }
    }

    @Test
    void shutAccount_isOpenedAgain() {
        try (var server = ApiServer.start(Map.of("GATEHOUSE_DEMO", "on"))) {
            var guard = server.visitor().logIn("13900000101", PASSWORD).get("/me").expect(200);
            server.visitor().logIn("13900000109", PASSWORD).post("/accounts/" + guard.text("/id") + "/disable").expect(200);
            try (var phone = Browser.open(server.portal(), Size.PHONE)) {
                phone.logIn("/staff/", "13900000109", PASSWORD);
                phone.see("nav-more");
                phone.goWithin("#/accounts");
                phone.see("accounts");
                phone.type("q", "13900000101");
                waitForOne(phone);
                phone.waitFor("accounts", "已停用");
                phone.tap("change-account-" + guard.text("/name"));
                phone.see("account-open");
                phone.picture("account-shut-phone");
                phone.tap("account-open");
                await("still shut", () -> !phone.text("accounts").contains("已停用"));
                server.visitor().logIn("13900000101", PASSWORD).get("/me").expect(200);
                assertEquals(0, phone.overflowPixels());
                assertEquals(List.of(), phone.complaints());
            }
        }
    }

    /** Until the search has left one account; the list before it would take the sheet along when it goes. */
    private static void waitForOne(Browser browser) {
        await("still several accounts", () -> browser.all("change-account-").size() == 1);
    }

    private static void await(String otherwise, BooleanSupplier holds) {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!holds.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadline, otherwise);
            LockSupport.parkNanos(20_000_000);
        }
    }
}
