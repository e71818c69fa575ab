package gatehouse.portal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.support.ApiClient;
import gatehouse.support.ApiServer;
import gatehouse.support.Browser;
import gatehouse.support.Browser.Size;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The main pages in a real browser, from the screen to the row and back, on the demonstration's neighbourhood. */
class BrowserTest {
    private static final String PASSWORD = "gatehouse-demo";
    private static final String REPORTS_OF_TODAY = """
            select count(*) from health_report p join household h on h.compound_id = p.compound_id and h.id = p.household_id
            where h.label = '%s' and p.report_date = '2026-11-22' and p.round = 1""";

    private static ApiServer server;
    private static ApiClient office;

    private static final String TAB_PIXELS = "return 0.5 + Math.floor(parseFloat(getComputedStyle(document.querySelector('.tabs a')).fontSize))";
    private static final String TABS_ARE_WHOLE_WORDS = """
            return Array.from(document.querySelectorAll('.tabs a')).every(tab => {
              const words = document.createRange();
              words.selectNodeContents(tab.lastChild);
              return words.getClientRects().length === 1;
            })""";

    @BeforeAll
    static void start() {
        server = ApiServer.start(Map.of("GATEHOUSE_DEMO", "on"));
        office = server.visitor().logIn("13900000105", PASSWORD);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void resident_reportsForTheWholeFamilyInTwoTaps_andStaffCountsIt_andACorrectionIsKept() throws SQLException {
        int before = reported("3");
        try (var phone = browser(Size.PHONE)) {
            phone.logIn("/resident/", "13900000001", PASSWORD);
            phone.see("report-family");
            phone.picture("resident-today-phone");
            phone.tap("report-family");
            phone.see("family-send");
            phone.picture("resident-family-phone");
            phone.tap("family-send");
            phone.see("family-results");
            phone.picture("resident-reported-phone");
            assertEquals(4, rows(REPORTS_OF_TODAY.formatted("3-2-1402")));
            assertEquals(before + 4, reported("3"));
            phone.tap("family-close");
            phone.see("round-complete");

            var line = phone.see(phone.first("line-MORNING-"));
            var residentId = line.getDomAttribute("data-testid").substring("line-MORNING-".length());
            phone.tap("line-MORNING-" + residentId);
            phone.type("temperature-" + residentId, "36.9");
            phone.tap("correct-send");
            phone.see("correct-done");
            phone.tap("see-versions");
            phone.waitFor("versions", "36.6");
            assertEquals("36.9", phone.see("temperature-" + residentId).getDomProperty("value"));
            phone.picture("resident-versions-phone");
            assertEquals(1, rows("select count(*) from health_report_version where resident_id = '" + residentId + "' and report_date = '2026-11-22'"));
            assertEquals(369, rows("select temperature_tenths from health_report where resident_id = '" + residentId
                    + "' and report_date = '2026-11-22' and round = 1"));
            phone.goWithin("#/history");
            phone.see("history-list");
            phone.picture("resident-history-phone");
            assertEquals(List.of(), phone.complaints());
        }
    }

    @Test
    void resident_whoseLineIsCut_losesNothing_andReportsOnce() throws SQLException {
        try (var phone = browser(Size.PHONE)) {
            forgetReportsOfToday("1-1-101");
            phone.logIn("/resident/", "13900000003", PASSWORD);
            long members = rows("select count(*) from resident r join household h on h.compound_id = r.compound_id and h.id = r.household_id "
                    + "join compound c on c.id = h.compound_id where h.label = '1-1-101' and c.name = '阳光花园'");
            phone.tap("report-family");
            phone.see("family-send");
            phone.cutLine(true);
            phone.tap("family-send");
            phone.see("offline");
            assertEquals(0, rows(REPORTS_OF_TODAY.formatted("1-1-101")));
            phone.picture("resident-offline-phone");
            phone.cutLine(false);
            await(() -> rows(REPORTS_OF_TODAY.formatted("1-1-101")) == members);
            assertEquals(0, rows("select count(*) from health_report_version v join resident r on r.compound_id = v.compound_id and r.id = v.resident_id "
                    + "join household h on h.compound_id = r.compound_id and h.id = r.household_id where h.label = '1-1-101' and v.report_date = '2026-11-22'"));
        }
    }

    @Test
    void gridWorker_reportsByPhone_forWhoIsMissing() throws SQLException {
        try (var desk = browser(Size.DESK)) {
            desk.logIn("/staff/", "13900000102", PASSWORD);
            desk.see("buildings");
            desk.picture("staff-overview-desk");
            desk.goWithin("#/missing");
            desk.see("missing-list");
            desk.picture("staff-missing-desk");
            var person = desk.first("person-").substring("person-".length());
            desk.tap("start-calls");
            desk.see("phone-form");
            var calling = desk.first("temperature-").substring("temperature-".length());
            desk.type("temperature-" + calling, "36.7");
            desk.picture("staff-phone-desk");
            desk.tap("phone-next");
            desk.tap("phone-send");
            await(() -> rows("select count(*) from health_report where resident_id = '" + calling
                    + "' and report_date = '2026-11-22' and reported_as = 'STAFF' and temperature_tenths = 367") == 1);
            assertFalse(person.isEmpty());
            assertEquals(List.of(), desk.complaints());
        }
    }

    @Test
    void everyPage_fitsASmallPhone_inBothLanguages_withoutComplaint() {
        try (var phone = browser(Size.SMALL_PHONE)) {
            phone.logIn("/resident/", "13900000002", PASSWORD);
            phone.see("tab-today");
            for (int language = 0; language < 2; language++) {
                for (var page : List.of("today", "history", "me")) {
                    phone.goWithin("#/" + page);
                    phone.see("title");
                    assertEquals(0, phone.overflowPixels(), page);
                    phone.picture("small-" + page + "-" + language);
                }
                if (language == 1) {
                    var before = (Double) phone.ask(TAB_PIXELS);
                    for (var size : List.of("2", "3")) {
                        phone.script("document.documentElement.dataset.size = '" + size + "'");
                        assertTrue((Double) phone.ask(TAB_PIXELS) > before, "English tabs follow the size of the type");
                        assertEquals(true, phone.ask(TABS_ARE_WHOLE_WORDS), "size " + size);
                        assertEquals(0, phone.overflowPixels());
                        before = (Double) phone.ask(TAB_PIXELS);
                        phone.picture("small-tabs-english-" + size);
                    }
                    phone.script("document.documentElement.dataset.size = '1'");
                }
                phone.goWithin("#/me");
                phone.tap("language");
            }
            assertEquals(List.of(), phone.complaints());
        }
        try (var phone = browser(Size.SMALL_PHONE)) {
            phone.logIn("/staff/", "13900000105", PASSWORD);
            phone.see("buildings");
            for (var page : List.of("overview", "missing", "households", "roster", "policy", "organisation", "accounts", "me")) {
                phone.goWithin("#/" + page);
                phone.see("title");
                assertEquals(0, phone.overflowPixels(), page);
                phone.picture("small-staff-" + page);
            }
            assertEquals(List.of(), phone.complaints());
        }
    }

    private static Browser browser(Size size) {
        return Browser.open(server.portal(), size);
    }

    private static int reported(String building) {
        for (var each : office.get("/monitor").expect(200).body().at("/compounds/0/buildings")) {
            if (each.path("building").asText().equals(building)) {
                return each.at("/rounds/MORNING/reported").asInt();
            }
        }
        throw new AssertionError("no building " + building);
    }

    private interface Check {
        boolean holds() throws SQLException;
    }

    private static void await(Check check) throws SQLException {
        long until = System.nanoTime() + 30_000_000_000L;
        while (!check.holds()) {
            assertTrue(System.nanoTime() < until, "it did not come to hold within 30 seconds");
            try {
                Thread.sleep(100);
            } catch (InterruptedException stopped) {
                throw new AssertionError(stopped);
            }
        }
    }

    private static void forgetReportsOfToday(String household) throws SQLException {
        try (var connection = server.database().connect(); var statement = connection.createStatement()) {
            statement.execute("""
                    with home as (select r.id from resident r join household h on h.compound_id = r.compound_id and h.id = r.household_id
                                  where h.label = '%1$s'),
                         versions as (delete from health_report_version where report_date = '2026-11-22' and resident_id in (select id from home))
                    delete from health_report where report_date = '2026-11-22' and resident_id in (select id from home)""".formatted(household));
        }
    }

    private static long rows(String sql) throws SQLException {
        try (var connection = server.database().connect(); var statement = connection.createStatement(); var row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }
}
