package gatehouse.portal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import gatehouse.support.ApiServer;
import gatehouse.support.Browser;
import gatehouse.support.Browser.Size;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The page of forms: before and after the hour, while a file comes, and when the line breaks. */
class FormsBrowserTest {
    private static final String PASSWORD = "gatehouse-demo";
    private static final String OFFICE = "13900000105";
    private static final String SUBDISTRICT = "13900000107";
    private static final String GRID_WORKER = "13900000102";
    /** The next file comes in two lines of eight, and then only when the test says so. */
    private static final String SLOW_LINE = """
            const real = window.fetch;
            window.fetch = (address, options) => {
              if (!String(address).includes('.csv')) return real(address, options);
              window.fetch = real;
              const lines = new TextEncoder().encode('a\\r\\nb\\r\\nc\\r\\n');
              return Promise.resolve(new Response(new ReadableStream({ start(stream) {
                stream.enqueue(lines);
                window.cutLine = () => stream.error(new Error('cut'));
                options.signal.addEventListener('abort', () => stream.error(options.signal.reason));
              } }), { headers: { 'Gatehouse-Rows-Expected': '8', 'Content-Type': 'text/csv' } }));
            };""";

    @Test
    void forms_areFetched_whileTheyAreLive_andWhenTheyAreFinal() {
        try (var server = ApiServer.start(Map.of("GATEHOUSE_DEMO", "on"))) {
            try (var phone = Browser.open(server.portal(), Size.PHONE)) {
                phone.logIn("/staff/", OFFICE, PASSWORD);
                phone.see("nav-overview");
                phone.goWithin("#/forms");
                assertEquals("实时", phone.text("state-daily-summary"));
                phone.picture("forms-live-phone");
                assertEquals(0, phone.overflowPixels());
                phone.tap("get-daily-summary-XLSX");
                phone.waitFor("toast", "已下载：疫情防控每日汇总表-阳光花园-2026-11-22-实时.xlsx");
                phone.script(SLOW_LINE);
                phone.tap("get-missing-list-CSV");
                phone.waitFor("form-progress", "已接收 2 / 8 行");
                phone.picture("forms-progress-phone");
                phone.script("window.cutLine()");
                phone.see("form-broken");
                phone.picture("forms-broken-phone");
                phone.tap("retry");
                phone.waitFor("toast", "已下载：当日未报人员名单-阳光花园-2026-11-22-实时.csv");
                assertFalse(phone.sees("form-broken"));
                phone.script(SLOW_LINE);
                phone.tap("get-missing-list-CSV");
                phone.see("form-progress");
                phone.tap("form-stop");
                phone.see("get-missing-list-CSV");
                assertFalse(phone.sees("form-error") || phone.sees("form-broken"));
                assertEquals(List.of(), phone.complaints());
            }
            server.clock().set("2026-11-22T17:00:00+08:00");
            awaitFrozen(server);
            try (var desk = Browser.open(server.portal(), Size.DESK)) {
                desk.logIn("/staff/", OFFICE, PASSWORD);
                desk.see("nav-overview");
                desk.goWithin("#/forms");
                assertEquals("17:00 定稿", desk.text("state-fever-ledger"));
                desk.picture("forms-final-desk");
                assertEquals(0, desk.overflowPixels());
                desk.tap("get-fever-ledger-XLSX");
                desk.waitFor("toast", "已下载：发热及症状人员台账-阳光花园-2026-11-22-定稿.xlsx");
                desk.goWithin("#/audit");
                desk.waitFor("audit-list", "发热及症状台账");
                desk.picture("forms-audit-desk");
                desk.goWithin("#/forms");
                desk.tap("language");
                desk.waitFor("form-daily-summary", "Daily summary");
                desk.picture("forms-final-desk-english");
                assertEquals(List.of(), desk.complaints());
            }
            try (var phone = Browser.open(server.portal(), Size.PHONE)) {
                phone.logIn("/staff/", SUBDISTRICT, PASSWORD);
                phone.see("nav-overview");
                phone.goWithin("#/forms");
                phone.see("form-daily-summary");
                assertFalse(phone.sees("form-missing-list"));
                phone.tap("get-daily-summary-CSV");
                phone.waitFor("toast", "定稿.csv");
                phone.picture("forms-subdistrict-phone");
                assertEquals(List.of(), phone.complaints());
            }
            try (var phone = Browser.open(server.portal(), Size.SMALL_PHONE)) {
                phone.logIn("/staff/", GRID_WORKER, PASSWORD);
                phone.see("nav-overview");
                phone.goWithin("#/forms");
                phone.see("form-missing-list");
                assertEquals(1, phone.all("form-missing").size());
                phone.picture("forms-worker-small-phone");
                assertEquals(0, phone.overflowPixels());
            }
        }
    }

    private static void awaitFrozen(ApiServer server) {
        var office = server.visitor().logIn(OFFICE, PASSWORD);
        for (int i = 0; i < 150; i++) {
            if (office.get("/forms").expect(200).text("/items/0/state").equals("FROZEN")) {
                return;
            }
            try {
                Thread.sleep(200);
            } catch (InterruptedException stopped) {
                throw new IllegalStateException(stopped);
            }
        }
        throw new AssertionError("the forms were not frozen");
    }
}
