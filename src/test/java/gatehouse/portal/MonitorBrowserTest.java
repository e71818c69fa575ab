package gatehouse.portal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.support.ApiServer;
import gatehouse.support.Browser;
import gatehouse.support.Browser.Size;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The day as staff watch it in a real browser: numbers that move by themselves, a line that breaks, the way down to the people. */
class MonitorBrowserTest {
    private static final String PASSWORD = "gatehouse-demo";
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

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.getAsBoolean() && System.nanoTime() < end) {
            try {
                Thread.sleep(50);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        }
        assertTrue(condition.getAsBoolean());
    }

    /** Reports for somebody who has not yet. */
    private static void reportForOne(double temperature) {
        var office = server.visitor().logIn(OFFICE, PASSWORD);
        var resident = office.get("/health-rounds/2026-11-22/MORNING/missing?limit=1").expect(200).text("/items/0/residentId");
        office.post("/health-reports", Map.of("residentId", resident, "round", "MORNING", "temperature", temperature, "symptoms", List.of())).expect(201);
    }

    /** Asks for an outing that waits for the office. */
    private static void askForOne() {
        var office = server.visitor().logIn(OFFICE, PASSWORD);
        var resident = office.get("/households?limit=1").expect(200).text("/items/0/members/0/id");
        office.post("/outing-passes", Map.of("residentId", resident, "kind", "MEDICAL", "purpose", "复诊")).expect(201);
    }

    @Test
    void numbers_moveWithoutAReload_alsoAfterTheLineWasCut() {
        try (var desk = Browser.open(server.portal(), Size.DESK)) {
            desk.logIn("/staff/", OFFICE, PASSWORD);
            desk.waitFor("live", "实时");
            var number = desk.see("reported-MORNING");
            int before = Integer.parseInt(number.getText());
            reportForOne(36.5);
            // The same element of the same page: it would be stale after a reload.
            await(() -> number.getText().equals(String.valueOf(before + 1)));
            desk.cutLine(true);
            desk.waitFor("live", "重新连接中");
            desk.picture("staff-overview-reconnecting-desk");
            reportForOne(36.5);
            desk.cutLine(false);
            desk.waitFor("live", "实时");
            await(() -> number.getText().equals(String.valueOf(before + 2)));
            assertEquals(List.of(), desk.complaints());
        }
    }

    @Test
    void overview_leadsFromTheCompoundToThePeople() {
        reportForOne(38.4);
        askForOne();
        for (var size : List.of(Size.PHONE, Size.DESK)) {
            try (var browser = Browser.open(server.portal(), size)) {
                browser.logIn("/staff/", OFFICE, PASSWORD);
                browser.waitFor("decide-passes", "出行申请待审批");
                browser.see("plot-completion");
                browser.see("plot-temperatures");
                browser.picture("staff-overview-" + size.width());
                browser.show("plot-completion").picture("staff-overview-plots-" + size.width());
                browser.show("buildings").picture("staff-overview-buildings-" + size.width());
                assertEquals(0, browser.overflowPixels());
                browser.tap("by-grid");
                browser.show("buildings").picture("staff-overview-grids-" + size.width());
                browser.goWithin("#/overview");
                var page = browser.see("building-" + grid());
                assertFalse(page.getText().isEmpty());
                browser.tap("by-building");
                browser.goWithin("#/place/" + compound() + "/building/3");
                browser.see("place-missing");
                browser.picture("staff-place-" + size.width());
                assertEquals(0, browser.overflowPixels());
                browser.goWithin("#/place/" + compound() + "/grid/" + grid());
                browser.see("buildings");
                browser.picture("staff-place-grid-" + size.width());
                browser.goWithin("#/overview?date=2026-11-20");
                browser.see("day-today");
                browser.see("plot-completion");
                browser.see("unclosed-then");
                assertTrue(browser.all("alerts").isEmpty() && browser.all("pending-passes").isEmpty(), "what is open now says nothing of then");
                assertEquals(0, browser.overflowPixels());
                browser.picture("staff-overview-past-" + size.width());
                assertEquals(List.of(), browser.complaints());
            }
        }
    }

    @Test
    void afterTheCutOff_whoIsMissingWaitsOnTop() {
        try (var evening = ApiServer.start(Map.of("GATEHOUSE_DEMO", "on"))) {
            evening.clock().set("2026-11-22T16:10:00+08:00");
            try (var phone = Browser.open(evening.portal(), Size.PHONE)) {
                phone.logIn("/staff/", "13900000102", PASSWORD);
                phone.waitFor("decide-missing", "未报");
                phone.picture("staff-overview-evening-390");
                phone.tap("decide-missing");
                assertEquals(List.of(), phone.complaints());
            }
        }
    }

    private static String compound() {
        return server.visitor().logIn(OFFICE, PASSWORD).get("/monitor").expect(200).text("/compounds/0/id");
    }

    private static String grid() {
        return server.visitor().logIn(OFFICE, PASSWORD).get("/monitor").expect(200).text("/compounds/0/grids/0/id");
    }
}
