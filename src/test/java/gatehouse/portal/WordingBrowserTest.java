package gatehouse.portal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import gatehouse.support.ApiServer;
import gatehouse.support.Browser;
import gatehouse.support.Browser.Size;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Words that wait for a look: what their author reads, and the office's page. */
class WordingBrowserTest {
    private static final String PASSWORD = "gatehouse-demo";

    @Test
    void office_refusesWords_andTheirAuthorReadsWhy() {
        try (var server = ApiServer.start(Map.of("GATEHOUSE_DEMO", "on")); var desk = Browser.open(server.portal(), Size.DESK);
                var phone = Browser.open(server.portal(), Size.PHONE)) {
            var ticket = server.visitor().logIn("13900000001", PASSWORD).post("/tickets", Map.of("kind", "REPAIR", "category", "LIGHTING",
                    "place", Map.of("area", "PUBLIC", "text", "加 微 信 问我在哪盏灯"), "description", "不亮", "urgency", "NORMAL")).expect(201).text("/id");
            var office = server.visitor().logIn("13900000105", PASSWORD);
            for (var demonstrated : office.get("/held-words").expect(200).body().path("items")) {
                if (!demonstrated.path("thingId").asText().equals(ticket)) {
                    office.post("/held-words/" + demonstrated.path("id").asText() + "/decision", Map.of("event", "SHOW")).expect(204);
                }
            }
            phone.logIn("/resident/", "13900000001", PASSWORD);
            phone.see("tab-today");
            phone.goWithin("#/ticket/" + ticket);
            phone.see("place-standing");
            phone.picture("words-wait-phone");

            desk.logIn("/staff/", "13900000105", PASSWORD);
            desk.see("nav-held-words");
            desk.goWithin("#/held-words");
            desk.see("held");
            desk.tap("held-refuse");
            desk.tap("held-reasons-ADVERTISING");
            desk.picture("words-held-desk");
            desk.tap("held-refuse-send");
            desk.see("none-held");

            phone.goWithin("#/tickets");
            phone.waitUntilGone("place-standing");
            phone.goWithin("#/ticket/" + ticket);
            phone.waitFor("place-standing", "像广告");
            phone.picture("words-refused-phone");

            var household = server.visitor().logIn("13900000001", PASSWORD);
            household.post("/purchases", Map.of("items", List.of(Map.of("name", "加微信", "quantity", 1, "unit", "份")), "budget", 30, "payBy", "WECHAT",
                    "wantedOn", server.clock().business().today().toString())).expect(201);
            office.post("/held-words/" + office.get("/held-words").expect(200).text("/items/0/id") + "/decision", Map.of("event", "REFUSE", "reason", "像广告")).expect(204);
            phone.goWithin("#/door");
            phone.waitFor("buy-refused", "像广告");
            phone.tap("buy-reword");
            phone.type("buy-name-0", "青菜");
            phone.picture("purchase-reword-phone");
            phone.tap("buy-reword-send");
            phone.waitUntilGone("buy-refused");
            assertEquals("青菜", server.visitor().logIn("13900000001", PASSWORD).get("/purchases").expect(200).text("/items/0/items/0/name"));
            for (var each : List.of(desk, phone)) {
                assertEquals(0, each.overflowPixels());
                assertEquals(List.of(), each.complaints());
            }
        }
    }
}
