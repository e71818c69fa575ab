package gatehouse.portal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import gatehouse.support.ApiServer;
import gatehouse.support.Browser;
import gatehouse.support.Browser.Size;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A desk and a small phone, each logged in by a resident's phone; what the mini program says is said by the API and by the portal's own page. */
class PhoneLoginBrowserTest {
    private static final String PASSWORD = "gatehouse-demo";

    @Test
    void screen_isLoggedIn_byThePhoneThatTapsItsNumber() {
        try (var server = ApiServer.start(Map.of("GATEHOUSE_DEMO", "on"));
                var desk = Browser.open(server.portal(), Size.DESK); var phone = Browser.open(server.portal(), Size.PHONE)) {
            desk.beforePages(SPY);
            desk.go("/resident/");
            desk.tap("phone-login");
            desk.see("phone-login-WAITING");
            desk.picture("phone-login-desk");

            phone.logIn("/resident/", "13900000001", PASSWORD);
            phone.see("tab-today");
            phone.goWithin("#/phone-login?scene=" + desk.ask("return window.started.scene"));
            phone.see("phone-login-question");
            phone.picture("phone-login-question-phone");
            desk.see("phone-login-SCANNED");
            desk.picture("phone-login-scanned-desk");
            phone.tap("number-" + desk.text("phone-login-number"));
            phone.see("phone-login-done-yes");
            phone.picture("phone-login-done-phone");
            desk.see("tab-today");
            assertEquals("3-2-1402", server.visitor().logIn("13900000001", PASSWORD).get("/me").expect(200).text("/household/label"));

            try (var small = Browser.open(server.portal(), Size.PHONE)) {
                small.beforePages(SPY);
                small.go("/staff/");
                small.tap("phone-login");
                small.see("phone-login-WAITING");
                small.picture("phone-login-phone");
                phone.goWithin("#/phone-login?scene=" + small.ask("return window.started.scene"));
                phone.see("phone-login-refuse");
                phone.tap("phone-login-refuse");
                phone.see("phone-login-done-no");
                small.see("phone-login-over");
                small.picture("phone-login-refused-phone");
                small.tap("phone-login-again");
                small.see("phone-login-WAITING");
                assertEquals(0, small.overflowPixels());
                assertEquals(List.of(), small.complaints());
            }
            for (var each : List.of(desk, phone)) {
                assertEquals(0, each.overflowPixels());
                assertEquals(List.of(), each.complaints());
            }
        }
    }

    /** The camera of a phone would read the scene from the picture; here the page's own request tells it. */
    private static final String SPY = """
            const plain = window.fetch;
            window.fetch = async (...asked) => {
              const answer = await plain(...asked);
              if (String(asked[0]).endsWith('/auth/portal-logins')) window.started = await answer.clone().json();
              return answer;
            };""";
}
