package gatehouse.portal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.outing.PressedCodes;
import gatehouse.support.ApiClient;
import gatehouse.support.ApiServer;
import gatehouse.support.Browser;
import gatehouse.support.Browser.Size;
import gatehouse.support.Film;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The gate in a real browser, by one thumb, with and without network. */
@Order(1)
class GateBrowserTest {
    private static final String PASSWORD = "gatehouse-demo";
    private static final String GUARD = "13900000101";
    private static ApiServer server;

    @BeforeAll
    static void start() {
        server = ApiServer.start(Map.of("GATEHOUSE_DEMO", "on"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** A pass of somebody who lives there, approved; its id. A minute old, for the server's clock stands while the guard's goes on. */
    private static String pass(ApiClient resident) {
        resident.post("/health-reports", Map.of("temperature", 36.4, "symptoms", List.of()));
        var pass = resident.post("/outing-passes", Map.of("kind", "MEDICAL")).expect(201);
        server.visitor().logIn("13900000105", PASSWORD).post("/outing-passes/" + pass.text("/id") + "/approve", Map.of());
        server.clock().move(Duration.ofMinutes(1));
        return pass.text("/id");
    }

    private static String code(ApiClient resident, String pass) {
        return resident.get("/outing-passes/" + pass + "/code").expect(200).text("/code");
    }

    /** Another letter in the midst of the signature: only who verifies it can tell. */
    private static String forged(String code) {
        return code.substring(0, 70) + (code.charAt(70) == 'A' ? 'B' : 'A') + code.substring(71);
    }

    private static long movements(String passId) {
        return count("select count(*) from gate_scan where moved and pass_id = '" + passId + "'");
    }

    private static long count(String sql) {
        try (var connection = server.database().connect(); var rows = connection.createStatement().executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static void scan(Browser phone, String code, String temperature) {
        phone.type("typed", code);
        phone.tap("typed-go");
        phone.type("temperature-gate", temperature);
        phone.tap("decide");
        phone.see("verdict");
    }

    @Test
    void guard_letsThrough_turnsBack_andLooksUp() {
        var resident = server.visitor().logIn("13900000003", PASSWORD);
        var pass = pass(resident);
        var visitor = resident.post("/visits", Map.of("visitorName", "赵来客", "phone", "13800138000", "expectedAt",
                "2026-11-22T10:00:00+08:00", "purpose", "探望老人")).expect(201);
        server.visitor().logIn("13900000105", PASSWORD).put("/risk-regions", Map.of("items", List.of(Map.of("regionCode", "320102", "regionName", "玄武区",
                "level", "HIGH", "from", "2026-11-01")))).expect(200);
        var fromAfar = server.visitor().logIn("13900000002", PASSWORD).post("/visits", Map.of("visitorName", "钱来客", "phone", "13800138001", "expectedAt",
                "2026-11-22T10:00:00+08:00", "purpose", "送药")).expect(201);
        try (var phone = Browser.open(server.portal(), Size.PHONE)) {
            phone.logIn("/staff/gate/", GUARD, PASSWORD);
            phone.see("open-camera");
            phone.picture("gate-scan-phone");
            phone.tap("open-camera");
            phone.see("camera-fault");
            assertEquals(0, phone.overflowPixels());
            phone.type("typed", code(resident, pass));
            phone.tap("typed-go");
            phone.see("check");
            phone.tap("usual-365");
            phone.picture("gate-check-phone");
            phone.tap("decide");
            assertEquals("true", phone.see("verdict").getDomAttribute("data-allowed"));
            phone.picture("gate-go-phone");
            assertEquals(1, movements(pass));
            phone.tap("next");
            scan(phone, "A".repeat(135), "36.5");
            assertEquals("forged", phone.see("verdict").getDomAttribute("data-reason"));
            phone.picture("gate-stop-phone");
            phone.tap("next");
            phone.type("typed", visitor.text("/code"));
            phone.tap("typed-go");
            phone.tap("visit-name");
            phone.tap("visit-host");
            phone.type("temperature-visitor", "36.6");
            phone.tap("from-local");
            phone.picture("gate-visitor-phone");
            phone.tap("visit-enter");
            assertEquals("ok", phone.see("visit-verdict").getDomAttribute("data-reason"));
            phone.tap("visit-done");
            phone.tap("visit-" + fromAfar.text("/id"));
            phone.tap("visit-name");
            phone.tap("visit-host");
            phone.type("temperature-visitor", "36.6");
            phone.tap("from-elsewhere");
            phone.pick("from-province", "32");
            phone.pick("from-place", "320100");
            phone.tap("from-listed-320102");
            phone.show("from-province").picture("gate-visitor-from-phone");
            phone.tap("visit-enter");
            assertEquals("region-listed", phone.see("visit-verdict").getDomAttribute("data-reason"));
            phone.tap("visit-done");
            phone.see("visits");
            phone.picture("gate-visitors-phone");
            phone.tap("tab-people");
            phone.see("outside");
            phone.see("to-staff");
            phone.picture("gate-outside-phone");
            atTheLargestType(phone, "gate-outside-large-phone");
            phone.tap("tab-visitors");
            phone.see("visits");
            atTheLargestType(phone, "gate-visitors-large-phone");
            phone.tap("tab-people");
            phone.tap("list-history");
            phone.see("history");
            phone.picture("gate-history-phone");
            phone.tap("tab-scan");
            phone.tap("emergency");
            phone.picture("gate-emergency-phone");
            phone.tap("emergency-FIRE");
            phone.tap("tab-people");
            phone.tap("list-emergencies");
            phone.see("emergencies");
            assertEquals(0, phone.overflowPixels());
            assertEquals(List.of(), phone.complaints());
        }
        try (var desk = Browser.open(server.portal(), Size.DESK)) {
            desk.logIn("/staff/gate/", GUARD, PASSWORD);
            desk.see("open-camera");
            desk.picture("gate-scan-desk");
            desk.tap("tab-visitors");
            desk.see("visits");
            desk.picture("gate-visitors-desk");
            desk.tap("tab-people");
            desk.see("outside");
            desk.picture("gate-outside-desk");
            assertEquals(0, desk.overflowPixels());
        }
    }

    /** Looks at the page in the largest type, and puts it back. */
    private static void atTheLargestType(Browser phone, String picture) {
        phone.tap("size");
        phone.tap("size");
        phone.picture(picture);
        // a phone widens its window to what overflows, so that only the place that it began with tells
        assertEquals(0L, phone.ask("return document.documentElement.scrollWidth - document.documentElement.clientWidth"), picture);
        phone.tap("size");
    }

    @Test
    void withoutNetwork_theGateDecidesByItself_andItsMovementArrivesOnce() throws InterruptedException {
        var resident = server.visitor().logIn("13900000001", PASSWORD);
        var pass = pass(resident);
        try (var phone = Browser.open(server.portal(), Size.PHONE)) {
            phone.logIn("/staff/gate/", GUARD, PASSWORD);
            phone.see("open-camera");
            phone.waitFor("line", "资料是最新的");
            until(phone, "return navigator.serviceWorker.controller !== null");
            until(phone, "return caches.open('gatehouse-gate-3').then(cache => cache.keys()).then(keys => keys.length > 30)");
            var code = code(resident, pass);
            phone.cutLine(true);
            scan(phone, code, "36.5");
            var verdict = phone.see("verdict");
            assertEquals("true", verdict.getDomAttribute("data-offline"));
            assertEquals("ok", verdict.getDomAttribute("data-reason"));
            phone.picture("gate-offline-go-phone");
            phone.tap("next");
            phone.type("typed", code);
            phone.tap("typed-go");
            assertEquals("true", phone.see("direction-IN").getDomAttribute("aria-pressed"), "whoever left is thought to come back");
            phone.tap("direction-OUT");
            phone.type("temperature-gate", "36.5");
            phone.tap("decide");
            assertEquals("already-out", phone.see("verdict").getDomAttribute("data-reason"), "this gate remembers whom it let out");
            phone.tap("next");
            scan(phone, forged(code), "36.5");
            assertEquals("forged", phone.see("verdict").getDomAttribute("data-reason"), "signatures are verified without the server");
            phone.tap("next");
            scan(phone, new PressedCodes(server.keys()).shown(4711, server.clock().business().now()), "36.5");
            assertEquals("not-in-kit", phone.see("verdict").getDomAttribute("data-reason"), "a live code of another compound");
            phone.see("not-in-kit-advice");
            phone.picture("gate-offline-unknown-phone");
            phone.tap("next");
            assertEquals(0, movements(pass));
            phone.go("/staff/gate/");
            phone.see("open-camera");
            phone.waitFor("line", "待上传");
            assertTrue(phone.text("line").contains("资料是最新的"), "the compound's time is remembered: " + phone.text("line"));
            phone.picture("gate-offline-phone");

            phone.cutLine(false);
            long end = System.nanoTime() + 30_000_000_000L;
            while (movements(pass) == 0 && System.nanoTime() < end) {
                Thread.sleep(200);
            }
            assertEquals(1, movements(pass));
            until(phone, "return document.querySelector('[data-testid=line]').dataset.waiting === '0'");
            assertEquals(1, movements(pass));
            assertEquals("OUT", resident.get("/outing-passes/" + pass).expect(200).text("/state"));

            // A line that is dead without a word: the guard, whom the device knows, does not stand before an empty page.
            phone.beforePages("""
                    const real = window.fetch;
                    window.fetch = (what, how) => String(what).startsWith('/api/') ? new Promise((none, refuse) => {
                      if (how && how.signal) how.signal.addEventListener('abort', () => refuse(new TypeError('aborted')));
                    }) : real(what, how);""");
            phone.go("/staff/gate/");
            phone.see("open-camera");
        }
    }

    @Test
    void withoutNetwork_visitorsAndEmergencyVehiclesAreWrittenDown_andArriveOnce() throws InterruptedException {
        var resident = server.visitor().logIn("13900000003", PASSWORD);
        var visit = resident.post("/visits", Map.of("visitorName", "周来客", "phone", "13800138111", "expectedAt", "2026-11-22T10:00:00+08:00",
                "purpose", "探望老人")).expect(201);
        var entries = count("select count(*) from emergency_entry");
        try (var phone = Browser.open(server.portal(), Size.PHONE)) {
            phone.logIn("/staff/gate/", GUARD, PASSWORD);
            phone.see("open-camera");
            phone.waitFor("line", "资料是最新的");
            phone.tap("tab-visitors");
            phone.see("visit-" + visit.text("/id"));
            until(phone, "return navigator.serviceWorker.controller !== null");
            until(phone, "return caches.open('gatehouse-gate-3').then(cache => cache.keys()).then(keys => keys.length > 40)");
            var unknown = resident.post("/visits", Map.of("visitorName", "吴来客", "phone", "13800138112", "expectedAt", "2026-11-22T10:00:00+08:00",
                    "purpose", "送药")).expect(201);
            phone.cutLine(true);
            phone.go("/staff/gate/");
            phone.tap("emergency");
            phone.tap("emergency-FIRE");
            phone.waitFor("toast", "自动上传");
            phone.type("typed", "12345678");
            phone.tap("typed-go");
            phone.see("check");
            phone.tap("usual-365");
            phone.tap("decide");
            phone.see("typed-offline-advice");
            phone.picture("gate-offline-typed-phone");
            phone.tap("next");
            phone.type("typed", visit.text("/code").toLowerCase());
            phone.tap("typed-go");
            comeIn(phone, "visit-enter");
            assertEquals("true", phone.see("visit-verdict").getDomAttribute("data-offline"));
            assertEquals("ok", phone.see("visit-verdict").getDomAttribute("data-reason"));
            phone.picture("gate-offline-visitor-phone");
            phone.tap("visit-done");
            phone.tap("tab-scan");
            phone.type("typed", unknown.text("/code"));
            phone.tap("typed-go");
            phone.see("walk-in");
            phone.type("walk-in-household", "1-1-101");
            phone.type("walk-in-visitorName", "吴来客");
            phone.type("walk-in-phone", "138 0013 8112");
            phone.picture("gate-walk-in-phone");
            comeIn(phone, "walk-in-send");
            phone.tap("visit-done");
            phone.see("visits");
            phone.picture("gate-offline-visitors-phone");
            assertEquals(0, phone.overflowPixels());
            phone.tap("tab-people");
            phone.tap("list-emergencies");
            phone.see("emergencies");
            phone.picture("gate-offline-emergencies-phone");
            phone.tap("tab-visitors");
            phone.tap("walk-in-new");
            phone.type("walk-in-household", "9-9-9999");
            phone.type("walk-in-visitorName", "冯过客");
            phone.type("walk-in-phone", "13800138113");
            comeIn(phone, "walk-in-send");
            assertEquals(entries, count("select count(*) from emergency_entry"));
            phone.go("/staff/gate/");
            phone.waitFor("line", "待上传 4 条");

            phone.cutLine(false);
            until(phone, "return document.querySelector('[data-testid=line]').dataset.waiting === '0'");
            phone.tap("tab-visitors");
            phone.waitFor("refused", "不是本小区的房号");
            phone.picture("gate-refused-phone");
            assertEquals(0, count("select count(*) from visit where visitor_name = '冯过客'"));
            phone.tap(phone.first("correct-"));
            phone.type("walk-in-household", "1-1-101");
            phone.tap("walk-in-send");
            String corrected = "select count(*) from visit_event e join visit v on v.id = e.visit_id where v.visitor_name = '冯过客' and e.conflict = 'not-invited'";
            long end = System.nanoTime() + 30_000_000_000L;
            while (count(corrected) == 0 && System.nanoTime() < end) {
                Thread.sleep(200);
            }
            assertEquals(1, count(corrected));
            until(phone, "return document.querySelector('[data-testid=refused]') === null");
            assertEquals(entries + 1, count("select count(*) from emergency_entry"));
            assertEquals(2, count("select count(*) from visit_event where nonce is not null and conflict is null and event = 'ENTER' and visit_id in ('"
                    + visit.text("/id") + "', '" + unknown.text("/id") + "')"), "the unknown code was that of an invitation: the server has found it");
            assertEquals(1, count("select count(*) from visit where visitor_name = '吴来客'"));
        }
    }

    private static void comeIn(Browser phone, String button) {
        phone.tap("from-local");
        phone.tap("visit-name");
        phone.tap("visit-host");
        phone.type("temperature-visitor", "36.6");
        phone.tap(button);
        phone.see("visit-verdict");
    }

    @Test
    void camera_readsThePicture_thatTheProductShows(@TempDir Path folder) {
        var resident = server.visitor().logIn("13900000002", PASSWORD);
        var pass = pass(resident);
        var film = Film.of(resident.get("/outing-passes/" + pass + "/qr.png").expect(200).raw().body(), folder.resolve("gate.y4m"));
        try (var phone = Browser.withCamera(server.portal(), Size.PHONE, film)) {
            phone.logIn("/staff/gate/", GUARD, PASSWORD);
            phone.tap("open-camera");
            phone.see("check");
            phone.tap("usual-365");
            phone.tap("decide");
            assertEquals("ok", phone.see("verdict").getDomAttribute("data-reason"));
            assertEquals(1, movements(pass));
            phone.tap("next");
            phone.see("camera");
            phone.picture("gate-camera-phone");
            assertEquals("running", phone.ask("return new Promise(done => setTimeout(() => done(document.querySelector('[data-testid=check]') ? 'read twice' : 'running'), 2000))"),
                    "the camera goes on at once, and does not take the last code for the next person's");
            assertEquals(Boolean.TRUE, phone.ask("return document.querySelector('video').videoWidth > 0"));
            assertEquals(1, movements(pass));
            assertEquals(0, phone.overflowPixels());
            assertEquals(List.of(), phone.complaints());
        }
    }

    @Test
    void browserThatKnowsNoEd25519_verifiesWithoutNetworkAllTheSame() throws InterruptedException {
        var resident = server.visitor().logIn("13900000002", PASSWORD);
        var pass = pass(resident);
        try (var phone = Browser.open(server.portal(), Size.PHONE)) {
            phone.beforePages("""
                    window.refusedKeys = 0;
                    const known = SubtleCrypto.prototype.importKey;
                    SubtleCrypto.prototype.importKey = function (format, key, algorithm, ...rest) {
                      if ((algorithm.name || algorithm) !== 'Ed25519') return known.call(this, format, key, algorithm, ...rest);
                      window.refusedKeys++;
                      return Promise.reject(new DOMException('Unrecognized name', 'NotSupportedError'));
                    };""");
            phone.logIn("/staff/gate/", GUARD, PASSWORD);
            phone.see("open-camera");
            phone.waitFor("line", "资料是最新的");
            until(phone, "return navigator.serviceWorker.controller !== null");
            until(phone, "return caches.open('gatehouse-gate-3').then(cache => cache.keys()).then(keys => keys.length > 30)");
            var code = code(resident, pass);
            phone.cutLine(true);
            scan(phone, forged(code), "36.5");
            assertEquals("forged", phone.see("verdict").getDomAttribute("data-reason"));
            assertEquals("true", phone.see("verdict").getDomAttribute("data-offline"));
            phone.tap("next");
            scan(phone, code, "36.5");
            assertEquals("ok", phone.see("verdict").getDomAttribute("data-reason"));
            assertEquals("true", phone.see("verdict").getDomAttribute("data-offline"));
            assertEquals(1L, phone.ask("return window.refusedKeys"), "asked once, then not again");
            assertEquals(0, movements(pass));
            phone.cutLine(false);
            until(phone, "return document.querySelector('[data-testid=line]').dataset.waiting === '0'");
            assertEquals(1, movements(pass));
        }
    }

    @Test
    void office_looksIntoWhatTheGatesLeftOpen() {
        var guard = server.visitor().logIn(GUARD, PASSWORD);
        var gate = guard.me().at("/gates/0/id").asText();
        guard.post("/emergency-entries", Map.of("gateId", gate, "service", "AMBULANCE")).expect(201);
        var resident = server.visitor().logIn("13900000003", PASSWORD);
        var pass = pass(resident);
        var visit = resident.post("/visits", Map.of("visitorName", "郑来客", "phone", "13800138222", "idNumber", "11010519491231002X", "expectedAt",
                "2026-11-22T10:00:00+08:00", "purpose", "修水管", "plate", "鲁B12345")).expect(201).text("/id");
        var code = code(resident, pass);
        for (int i = 0; i < 2; i++) {
            guard.post("/gate-scans", Map.of("code", code, "gateId", gate, "direction", "OUT", "temperature", 36.5, "mask", true, "nonce",
                    UUID.randomUUID(), "admitted", true)).expect(200);
        }
        try (var phone = Browser.open(server.portal(), Size.PHONE)) {
            phone.logIn("/staff/", "13900000105", PASSWORD);
            phone.see("decide-papers");
            phone.picture("records-overview-phone");
            phone.tap("decide-conflicts");
            phone.see("conflicts");
            phone.picture("records-conflicts-phone");
            assertEquals(0, phone.overflowPixels());
            var first = phone.first("review-");
            phone.tap(first);
            phone.tap("finding-BREACH");
            phone.tap("note-0");
            phone.picture("records-review-phone");
            phone.tap("review-send");
            phone.waitFor("toast", "已记下");
            phone.tap("conflicts-other");
            phone.waitFor("conflicts", "已上门提醒");
            phone.picture("records-done-phone");
            phone.tap("records-papers");
            phone.picture("records-papers-phone");
            phone.tap(phone.first("papers-"));
            phone.type("organisation", "市急救中心");
            phone.type("purpose", "接病人");
            phone.tap("papers-save");
            phone.waitFor("toast", "已登记");
            phone.tap("records-movements");
            phone.see("movements");
            phone.picture("records-movements-phone");
            phone.tap("records-visitors");
            phone.see("visitors");
            phone.tap("show-ID_NUMBER-" + visit);
            phone.tap("reason-STAY");
            phone.tap("disclosure-confirm");
            assertEquals("11010519491231002X", phone.text("disclosed"));
            phone.tap("disclosure-done");
            phone.picture("records-visitors-phone");
            atTheLargestType(phone, "records-visitors-large-phone");
            phone.tap("records-movements");
            phone.see("movements");
            atTheLargestType(phone, "records-movements-large-phone");
            assertEquals(0, phone.overflowPixels());
            assertEquals(List.of(), phone.complaints());
        }
        try (var desk = Browser.open(server.portal(), Size.DESK)) {
            desk.logIn("/staff/", "13900000105", PASSWORD);
            desk.see("decisions");
            desk.goWithin("#/records?list=movements");
            desk.see("movements");
            desk.picture("records-movements-desk");
            desk.goWithin("#/records?list=visitors");
            desk.see("visitors");
            desk.picture("records-visitors-desk");
            desk.goWithin("#/records?list=conflicts&done=true");
            desk.see("conflicts");
            desk.picture("records-conflicts-desk");
            assertEquals(0, desk.overflowPixels());
            desk.beforePages("const now = Date.now.bind(Date); Date.now = () => now() + 40 * 24 * 3600000");
            desk.go("/staff/?device-of-next-year#/records?list=movements");
            desk.see("movements");
            assertEquals(List.of("2026-11-22"), desk.ask("""
                    return performance.getEntriesByType('resource').map(each => new URL(each.name)).filter(each => each.pathname === '/api/v1/movements')
                      .map(each => each.searchParams.get('date'))"""), "the first page of a reload knows the compound's day");
        }
    }

    private static void until(Browser phone, String script) throws InterruptedException {
        long end = System.nanoTime() + 30_000_000_000L;
        while (!Boolean.TRUE.equals(phone.ask(script))) {
            assertTrue(System.nanoTime() < end, script);
            Thread.sleep(200);
        }
    }

    @Test
    void household_invitesAVisitor_onTheirPhone() {
        try (var phone = Browser.open(server.portal(), Size.PHONE)) {
            phone.logIn("/resident/", "13900000002", PASSWORD);
            phone.see("tab-me");
            phone.goWithin("#/visits");
            phone.tap("visit-new");
            phone.type("visit-visitorName", "李客人");
            phone.type("visit-phone", "138 0013 8001");
            phone.type("visit-purpose", "送药");
            phone.pick("visit-from-province", "37").pick("visit-from-place", "370200");
            phone.show("visit-from-province").picture("resident-visit-form-phone");
            phone.tap("visit-send");
            assertTrue(phone.text("visit-code").startsWith("V-"));
            phone.picture("resident-visits-phone");
            atTheLargestType(phone, "resident-visits-large-phone");
            assertEquals(0, phone.overflowPixels());
            assertEquals(List.of(), phone.complaints());
        }
    }
}
