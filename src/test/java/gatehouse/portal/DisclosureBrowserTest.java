package gatehouse.portal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.support.ApiServer;
import gatehouse.support.Browser;
import gatehouse.support.Browser.Size;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.support.ui.Select;

/** A hidden number from the button to the resident's own page, on the demonstration's neighbourhood. */
class DisclosureBrowserTest {
    private static final String PASSWORD = "gatehouse-demo";

    @Test
    void staffSeeANumberForAReason_andTheResidentReadsWhoItWas() {
        try (var server = ApiServer.start(Map.of("GATEHOUSE_DEMO", "on"))) {
            var office = server.visitor().logIn("13900000105", PASSWORD);
            var household = office.get("/households?q=3-2-1402").expect(200);
            var member = household.text("/items/0/members/0/id");
            try (var phone = Browser.open(server.portal(), Size.PHONE)) {
                phone.logIn("/staff/", "13900000105", PASSWORD);
                phone.see("nav-more");
                phone.goWithin("#/household/" + household.text("/items/0/id"));
                phone.see("show-ID_NUMBER-" + member);
                phone.picture("disclosure-household-phone");
                assertEquals(0, phone.overflowPixels());
                phone.tap("show-PHONE-" + member);
                phone.tap("disclosure-confirm");
                assertTrue(phone.see("fault-reason").getText().contains("4"));
                phone.tap("reason-CALL");
                phone.picture("disclosure-reason-phone");
                phone.tap("disclosure-confirm");
                assertTrue(phone.text("disclosed").matches("1[0-9]{10}"), phone.text("disclosed"));
                phone.picture("disclosure-shown-phone");
                var shown = phone.text("disclosed");
                phone.tap("disclosure-done");
                assertFalse(phone.text("members").contains(shown));
                phone.goWithin("#/audit");
                phone.see("audit-list");
                phone.picture("audit-phone");
                assertEquals(0, phone.overflowPixels());
                phone.goWithin("#/missing");
                phone.see("missing-list");
                phone.picture("disclosure-missing-phone");
                assertEquals(0, phone.overflowPixels());
                assertEquals(List.of(), phone.complaints());
            }
            try (var desk = Browser.open(server.portal(), Size.DESK)) {
                desk.logIn("/staff/", "13900000105", PASSWORD);
                desk.see("nav-audit");
                desk.goWithin("#/missing");
                desk.see("missing-list");
                desk.picture("disclosure-missing-desk");
                desk.goWithin("#/audit");
                desk.see("audit-list");
                var policy = office.get("/policy").expect(200);
                office.with("If-Match", policy.header("ETag").orElseThrow()).put("/policy", Map.of("values", Map.of("feverAbove", 37.2))).expect(200);
                new Select(desk.see("audit-action")).selectByValue("POLICY_CHANGED");
                desk.waitFor("audit-list", "体温高于此值即报警：37.3 ℃ → 37.2 ℃");
                new Select(desk.see("audit-action")).selectByValue("");
                desk.tap("verify");
                desk.see("chain-intact");
                desk.picture("audit-desk");
                desk.tap("language");
                desk.picture("audit-desk-english");
                assertEquals(List.of(), desk.complaints());
            }
            try (var desk = Browser.open(server.portal(), Size.DESK)) {
                desk.logIn("/resident/", "13900000001", PASSWORD);
                desk.see("tab-today");
                desk.goWithin("#/me");
                assertTrue(desk.see("disclosures").getText().contains("电话核实体温"));
                desk.picture("disclosures-resident-desk");
                assertEquals(0, desk.overflowPixels());
                assertEquals(List.of(), desk.complaints());
            }
            try (var phone = Browser.open(server.portal(), Size.PHONE)) {
                phone.logIn("/resident/", "13900000001", PASSWORD);
                phone.see("tab-today");
                phone.goWithin("#/me");
                assertTrue(phone.see("disclosures").getText().contains("电话核实体温"));
                phone.picture("disclosures-resident-phone");
                phone.tap("language");
                phone.picture("disclosures-resident-phone-english");
                assertEquals(0, phone.overflowPixels());
                assertEquals(List.of(), phone.complaints());
            }
        }
    }
}
