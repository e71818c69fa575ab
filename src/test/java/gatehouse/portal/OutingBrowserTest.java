package gatehouse.portal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import gatehouse.support.ApiServer;
import gatehouse.support.Browser;
import gatehouse.support.Browser.Size;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;
import org.openqa.selenium.support.ui.Select;

/** A pass from the asking to the code, and the office's side of it, in a browser. */
@Order(1)
class OutingBrowserTest {
    private static final String PASSWORD = "gatehouse-demo";
    private static final String RESIDENT = "13900000002";
    /** Has reported already. */
    private static final String NEIGHBOUR = "13900000003";
    private static final String OFFICE = "13900000105";
    private static ApiServer server;

    @BeforeAll
    static void start() {
        server = ApiServer.start(Map.of("GATEHOUSE_DEMO", "on"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** Taps the first whose name begins so. */
    private static void tapFirst(Browser browser, String prefix, String after) {
        browser.see(after);
        browser.tap(browser.all(prefix).getFirst().getDomAttribute("data-testid"));
    }

    @Test
    void family_asksInTwoTaps_andShowsACodeThatChanges() {
        var resident = server.visitor().logIn(RESIDENT, PASSWORD);
        try (var phone = Browser.open(server.portal(), Size.PHONE)) {
            phone.logIn("/resident/", RESIDENT, PASSWORD);
            phone.tap("tab-outing");
            phone.see("ask");
            phone.picture("resident-outing-empty");
            phone.tap("ask");
            phone.see("slots");
            phone.picture("resident-outing-ask");
            assertEquals(0, phone.overflowPixels());
            phone.tap("ask-send");
            phone.see("ask-refused");
            phone.picture("resident-outing-refused");
            resident.post("/health-reports", Map.of("round", "MORNING", "temperature", 36.5, "symptoms", List.of())).expect(201);
            phone.tap("ask-send");
            phone.see("ask-done");
            phone.picture("resident-outing-approved");
            phone.script("""
                    const real = window.fetch;
                    let busy = 2;
                    window.fetch = (what, how) => String(what).endsWith('/code') && busy-- > 0 ? Promise.resolve(new Response('{}', { status: 429,
                      headers: { 'Retry-After': '1', 'Content-Type': 'application/problem+json' } })) : real(what, how);""");
            phone.tap("ask-show");
            phone.see("code-error");
            var first = phone.text("typed");
            phone.see("qr");
            phone.picture("resident-outing-code");
            assertEquals(0, phone.overflowPixels());
            server.clock().move(Duration.ofSeconds(31));
            phone.go("/resident/#/outing");
            tapFirst(phone, "show-", "ask");
            assertNotEquals(first, phone.text("typed"));
            phone.goWithin("#/outing");
            phone.see("ask");
            phone.picture("resident-outing-live");
            tapFirst(phone, "card-", "ask");
            phone.waitFor("card", "11月22日");
            phone.picture("resident-outing-card");
            phone.goWithin("#/outing");
            phone.tap("ask");
            phone.see("slots");
            phone.tap("ask-send");
            phone.see("possible-from");
            phone.picture("resident-outing-quota");
            phone.tap("sheet-close");
            tapFirst(phone, "cancel-", "ask");
            phone.tap("cancel-send");
            phone.see("past-passes");
            var grandmother = resident.get("/household/members").expect(200).text("/items/0/id");
            new Select(phone.see("buyer")).selectByValue(grandmother);
            phone.waitFor("toast", "已保存");
            assertEquals(grandmother, resident.get("/household/buyer").expect(200).text("/residentId"));
            assertEquals(List.of(), phone.complaints());
        }
        try (var small = Browser.open(server.portal(), Size.SMALL_PHONE)) {
            small.logIn("/resident/", RESIDENT, PASSWORD);
            small.tap("tab-outing");
            small.tap("ask");
            small.see("slots");
            small.picture("resident-outing-ask-320");
            assertEquals(0, small.overflowPixels());
        }
    }

    @Test
    void office_decidesByThumbAndByKeyboard_andClosesADay() {
        var resident = server.visitor().logIn(NEIGHBOUR, PASSWORD);
        var medical = resident.post("/outing-passes", Map.of("kind", "MEDICAL", "purpose", "透析")).expect(201).text("/id");
        var other = resident.post("/outing-passes", Map.of("kind", "MEDICAL", "purpose", "换药")).expect(201).text("/id");
        try (var phone = Browser.open(server.portal(), Size.PHONE)) {
            phone.logIn("/staff/", OFFICE, PASSWORD);
            phone.see("title");
            phone.goWithin("#/passes");
            phone.see("pass-" + medical);
            phone.picture("staff-passes-phone");
            assertEquals(0, phone.overflowPixels());
            phone.tap("approve-" + medical);
            phone.waitFor("toast", "已批准");
            phone.tap("reject-" + other);
            phone.tap("suggest-1");
            phone.picture("staff-passes-reject-phone");
            phone.tap("reject-send");
            phone.see("empty");
            assertEquals("APPROVED", resident.get("/outing-passes/" + medical).text("/state"));
            assertEquals("请改约其他时段", resident.get("/outing-passes/" + other).text("/reason"));
            assertEquals(List.of(), phone.complaints());
        }
        var work = resident.post("/outing-passes", Map.of("kind", "WORK", "document", "复工证明 17")).expect(201).text("/id");
        try (var desk = Browser.open(server.portal(), Size.DESK)) {
            desk.logIn("/staff/", OFFICE, PASSWORD);
            desk.see("title");
            desk.goWithin("#/passes");
            desk.see("pass-" + work);
            desk.picture("staff-passes-desk");
            desk.see("pass-" + work).sendKeys("a");
            desk.see("empty");
            assertEquals("APPROVED", resident.get("/outing-passes/" + work).text("/state"));
            desk.goWithin("#/slots");
            desk.see("slots-day-2026-11-23");
            desk.tap("slots-day-2026-11-23");
            desk.waitFor("main-gates", "东门");
            var change = desk.first("change-");
            assertFalse(change.isEmpty());
            desk.picture("staff-slots-desk");
            var first = resident.get("/outing-slots?date=2026-11-23&gateId=" + change.replace("change-", "")).expect(200).text("/items/4/id");
            var booked = resident.post("/outing-passes", Map.of("kind", "MEDICAL", "slotId", first)).expect(201).text("/id");
            desk.tap(change);
            desk.tap("day-close");
            desk.picture("staff-day-close-desk");
            assertEquals("PENDING", resident.get("/outing-passes/" + booked).text("/state"), "not without a reason");
            desk.type("day-reason", "全天消杀");
            desk.tap("day-close");
            desk.waitFor(change.replace("change-", "gate-"), "不开放");
            assertEquals("CANCELLED", resident.get("/outing-passes/" + booked).text("/state"));
            try (var phone = Browser.open(server.portal(), Size.PHONE)) {
                phone.logIn("/resident/", NEIGHBOUR, PASSWORD);
                phone.tap("tab-outing");
                phone.waitFor("past-passes", "原因：全天消杀");
                phone.show("past-passes").picture("resident-day-closed-phone");
                assertEquals(0, phone.overflowPixels());
            }
            assertEquals(0, desk.overflowPixels());
            desk.goWithin("#/policy");
            desk.see("policy-suppliesPassEvery");
            desk.picture("staff-policy-desk");
            desk.type("policy-sought", "时段 人数");
            desk.waitFor("policy-group-SLOTS", "每个门岗每个出行时段人数");
            assertFalse(desk.sees("policy-suppliesPassEvery"));
            desk.type("policy-sought", Keys.BACK_SPACE.toString());
            desk.tap("to-group-SLOTS");
            desk.picture("staff-policy-slots-desk");
            desk.type("policy-medicalPassValidFor", "6");
            desk.see("policy-preview");
            desk.type("policy-morningRoundAt", "05:30");
            desk.see("policy-preview");
            desk.picture("staff-policy-preview-desk");
            desk.goWithin("#/levels");
            desk.tap("level-1-1");
            desk.tap("level-SEALED");
            desk.picture("staff-level-sheet-desk");
            desk.tap("level-save");
            desk.waitFor("level-1-1", "封闭");
            desk.picture("staff-levels-desk");
            assertEquals(List.of(), desk.complaints());
        }
    }

    @Test
    void family_waitsForAFullSlot_andTakesTheOfferByOneTap() {
        var office = server.visitor().logIn("13900000205", PASSWORD);
        var resident = server.visitor().logIn("13900000201", PASSWORD);
        resident.post("/health-reports", Map.of("round", "MORNING", "temperature", 36.5, "symptoms", List.of()));
        var slots = resident.get("/outing-slots?date=2026-11-23").expect(200).body().path("items");
        var day = "/gates/" + slots.get(0).at("/gate/id").asText() + "/outing-days/2026-11-23";
        office.put(day, Map.of("capacity", 1)).expect(200);
        var slot = slots.get(0).path("id").asText();
        var taken = office.post("/outing-passes", Map.of("kind", "MEDICAL", "slotId", slot, "residentId",
                office.get("/households").text("/items/0/members/0/id"))).expect(201).text("/id");
        try (var phone = Browser.open(server.portal(), Size.PHONE)) {
            phone.logIn("/resident/", "13900000201", PASSWORD);
            phone.tap("tab-outing");
            phone.tap("ask");
            phone.tap("ask-day-2026-11-23");
            phone.tap("slot-06:00");
            phone.picture("resident-outing-full");
            phone.tap("ask-wait");
            phone.see("waiting-WAITING");
            phone.picture("resident-outing-waiting");
            office.post("/outing-passes/" + taken + "/cancel").expect(200);
            phone.go("/resident/#/today");
            phone.tap("tab-outing");
            phone.see("waiting-OFFERED");
            phone.picture("resident-outing-offered");
            assertEquals(0, phone.overflowPixels());
            phone.tap("waiting-take");
            phone.waitFor("toast", "已通过");
            assertEquals("SUPPLIES", resident.get("/outing-passes?date=2026-11-23").expect(200).text("/items/0/kind"));
            assertEquals(List.of(), phone.complaints());
        }
    }
}
