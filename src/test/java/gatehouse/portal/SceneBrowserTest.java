package gatehouse.portal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import gatehouse.support.ApiServer;
import gatehouse.support.Browser;
import gatehouse.support.Browser.Size;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The office draws what it prints: a gate's code, and both codes of a door card. */
class SceneBrowserTest {
    @Test
    void office_drawsTheCodesThatItPrints() {
        try (var server = ApiServer.start(Map.of("GATEHOUSE_DEMO", "on")); var desk = Browser.open(server.portal(), Size.DESK)) {
            desk.logIn("/staff/", "13900000105", "gatehouse-demo");
            desk.see("nav-organisation");
            desk.goWithin("#/organisation");
            desk.see("gates");
            desk.tap(desk.first("code-gate-"));
            desk.tap("gate-code");
            desk.see("gate-code-picture");
            desk.picture("gate-code-desk");
            desk.tap("sheet-close");

            var home = server.visitor().logIn("13900000105", "gatehouse-demo").get("/households?q=2-1-101").expect(200);
            desk.goWithin("#/household/" + home.text("/items/0/id"));
            desk.tap("invite");
            desk.tap("invite-confirm");
            desk.see("invite-mini");
            desk.picture("door-card-desk");
            assertEquals(0, desk.overflowPixels());
            assertEquals(List.of(), desk.complaints());
        }
    }
}
