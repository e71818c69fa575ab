package gatehouse.forms;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.kernel.Role;
import gatehouse.support.ApiClient;
import gatehouse.support.ApiServer;
import gatehouse.support.Given;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** The forms at the hour at which the summary is due, and ever after, on several instances. */
class FrozenFormsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String DAY = "2026-11-22";
    private static final List<String> OF_OFFICE = List.of("daily-summary", "missing-list", "fever-ledger", "observation-ledger");

    private static void awaitFrozen(ApiServer api, ApiClient reader, long compounds) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        long found;
        do {
            Thread.sleep(200);
            found = api.again(reader).get("/forms?date=" + DAY).expect(200).body().at("/items/0/frozen").asLong();
        } while (found < compounds && System.nanoTime() < end);
        assertEquals(compounds, found);
    }

    private static Map<String, byte[]> files(ApiClient reader, List<String> names) {
        var files = new LinkedHashMap<String, byte[]>();
        for (var name : names) {
            for (var format : List.of(".xlsx", ".csv")) {
                files.put(name + format, reader.get("/forms/" + name + format + "?date=" + DAY).expect(200).raw().body());
            }
        }
        return files;
    }

    private static void assertSame(Map<String, byte[]> before, Map<String, byte[]> after) {
        before.forEach((name, bytes) -> assertArrayEquals(bytes, after.get(name), name));
    }

    private static long count(ApiServer api, String sql) throws SQLException {
        try (var connection = api.database().connect(); var statement = connection.createStatement(); var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    @Test
    void frozenForms_areTheSameBitForBit_daysLater_onAnotherInstance_whateverWasCorrected() throws Exception {
        try (var api = ApiServer.start()) {
            var garden = api.given().compound("阳光花园");
            var quiet = api.given().compound(api.given().community("北社区"), "静园");
            var office = api.staff(garden.id(), Role.OFFICE, garden.id());
            var worker = api.staff(garden.id(), Role.GRID_WORKER, garden.grid("第一网格", "3"));
            var subdistrict = api.staff(garden.id(), Role.SUBDISTRICT, api.given().subdistrictId());
            story(api, garden, office);
            var live = Table.csv(subdistrict.get("/forms/daily-summary.csv"));
            assertTrue(office.get("/forms/daily-summary.csv").header("Gatehouse-Frozen-At").isEmpty());
            assertEquals(Set.of("9:30 实时", ""), Set.copyOf(live.column("数据状态")));
            var second = api.another();

            api.clock().set("2026-11-22T17:00:00+08:00");
            awaitFrozen(api, subdistrict, 2);
            var atFive = api.again(office).get("/forms/fever-ledger.xlsx?date=" + DAY);
            assertEquals("2026-11-22T17:00:00+08:00", atFive.header("Gatehouse-Frozen-At").orElseThrow());
            var summary = Table.csv(api.again(subdistrict).get("/forms/daily-summary.csv?date=" + DAY));
            assertEquals(List.of("17:00 定稿", "", "17:00 定稿", "", ""), summary.column("数据状态"), "with the compound that has nothing to report");
            assertEquals("是", summary.line(0).get("零报告"));
            var ofOffice = files(api.again(office), OF_OFFICE);
            var ofWorker = files(api.again(worker), List.of("missing-list"));
            var ofSubdistrict = files(api.again(subdistrict), List.of("daily-summary"));

            change(api, garden, office);
            assertSame(ofOffice, files(api.again(office), OF_OFFICE));
            api.clock().set("2026-11-25T08:00:00+08:00");
            assertSame(ofOffice, files(api.again(office).at(second), OF_OFFICE));
            assertSame(ofWorker, files(api.again(worker).at(second), List.of("missing-list")));
            assertSame(ofSubdistrict, files(api.again(subdistrict).at(second), List.of("daily-summary")));
            assertSame(ofSubdistrict, files(api.again(subdistrict).at(api.another()), List.of("daily-summary")));
            assertEquals(List.of("张小红"), Table.csv(api.again(worker).get("/forms/missing-list.csv?date=" + DAY)).column("姓名"));
            assertEquals(2, Table.csv(api.again(office).get("/forms/missing-list.csv?date=" + DAY)).lines().size());
            assertEquals(1, count(api, "select count(*) from form_freeze where form_date = '2026-11-22' and compound_id = '" + quiet.id() + "'"));
        }
    }

    private static void story(ApiServer api, Given.Compound garden, ApiClient office) {
        var home = garden.household("3-2-1402");
        var grandmother = home.resident("王奶奶");
        home.resident("张小红");
        garden.household("10-1-101").resident("李四");
        var resident = api.resident(home, "王小明");
        for (var round : List.of("MORNING")) {
            resident.post("/health-reports", Map.of("round", round, "temperature", 36.5, "symptoms", List.of())).expect(201);
            resident.post("/health-reports", Map.of("residentId", grandmother, "round", round, "temperature", 38.2, "symptoms", List.of("FEVER"))).expect(201);
        }
        // what is reported at half past nine for the afternoon is refused, so it is written from outside
        report(api, "王奶奶");
        report(api, "王小明");
        office.post("/observations", Map.of("residentIds", List.of(grandmother), "reason", "外地返回", "startsOn", "2026-11-20", "days", 14)).expect(201);
    }

    private static void report(ApiServer api, String name) {
        run(api, """
                insert into health_report (compound_id, resident_id, report_date, round, household_id, building_id, temperature_tenths, symptoms,
                    status, reported_by, reported_as, received_at, version)
                select compound_id, id, '2026-11-22', 2, household_id, building_id, 366, '{}', 'ON_TIME', id, 'SELF', '2026-11-22T15:00:00+08:00', 1
                from resident where name = '%s'""".formatted(name));
    }

    private static void run(ApiServer api, String sql) {
        try (var connection = api.database().connect(); var statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        } catch (SQLException failed) {
            throw new IllegalStateException(sql, failed);
        }
    }

    /** Everything that the forms tell becomes different. */
    private static void change(ApiServer api, Given.Compound garden, ApiClient office) {
        report(api, "张小红");
        run(api, "update health_report set temperature_tenths = 401, status = 'LATE'");
        run(api, "update resident set name = name || '改', phone_masked = '139****9999'");
        run(api, "update household set label = '9-' || label");
        run(api, "update compound set name = '新' || name");
        run(api, "update community set name = '新' || name");
        run(api, "update observation set cause = 'OTHER_PROVINCE', days = 30");
        run(api, "update health_alert_report set temperature_tenths = 402");
        garden.household("3-2-1403").resident("新人");
        api.given().compound("后来的小区");
        run(api, "update compound set created_at = '2026-11-22T18:00:00+08:00' where name like '后来的小区%'");
        var now = Table.csv(api.again(office).get("/forms/fever-ledger.csv?date=2026-11-21"));
        assertFalse(now.headings().isEmpty());
    }

    @Test
    void day_isFrozenOnceOnTwoInstances_andTheSubdistrictIsToldOnce_whenTheLastCompoundIsIn() throws Exception {
        try (var api = ApiServer.start()) {
            var garden = api.given().compound("阳光花园");
            var late = api.given().compound("晚报小区").withPolicy("summaryDueAt", "\"17:30\"");
            var office = api.staff(garden.id(), Role.OFFICE, garden.id());
            var subdistrict = api.staff(garden.id(), Role.SUBDISTRICT, api.given().subdistrictId());
            garden.household("1-1-101").resident("王小明");
            api.another();
            api.clock().set("2026-11-22T16:59:59.999+08:00");
            Thread.sleep(2_500);
            assertEquals(0, count(api, "select count(*) from form_freeze where form_date = '2026-11-22'"));
            int before = told(api, subdistrict);
            api.clock().set("2026-11-22T17:00:00+08:00");
            awaitFrozen(api, subdistrict, 1);
            assertEquals("LIVE", api.again(subdistrict).get("/forms?date=" + DAY).expect(200).text("/items/0/state"));
            Thread.sleep(2_500);
            assertEquals(before, told(api, subdistrict), "one compound is still missing");
            api.clock().set("2026-11-22T17:30:00+08:00");
            awaitFrozen(api, subdistrict, 2);
            for (int i = 0; i < 100 && told(api, subdistrict) == before; i++) {
                Thread.sleep(200);
            }
            Thread.sleep(2_500);
            assertEquals(before + 1, told(api, subdistrict));
            assertEquals(0, told(api, office));
            assertEquals(1, count(api, "select count(*) from form_freeze where form_date = '2026-11-22' and compound_id = '" + late.id() + "'"));
            assertEquals(2 * 5, count(api, "select count(*) from form_frozen where form_date = '2026-11-22'"));
            assertEquals("2026-11-22: the summaries of 1 communities with 2 compounds are final. Log in to fetch them.",
                    messages(api, subdistrict).getFirst());
        }
    }

    private static int told(ApiServer api, ApiClient person) {
        return (int) messages(api, person).stream().filter(text -> text.contains(DAY)).count();
    }

    private static List<String> messages(ApiServer api, ApiClient person) {
        var items = api.again(person).get("/notifications?limit=200").expect(200).body().path("items");
        return StreamSupport.stream(items.spliterator(), false).filter(each -> each.path("kind").asText().equals("SUMMARY_COMPLETE"))
                .map(each -> each.path("text").asText()).toList();
    }

    @Test
    void missedHour_isCaughtUp_andSaysWhen() throws Exception {
        try (var api = ApiServer.start()) {
            var garden = api.given().compound("阳光花园");
            var office = api.staff(garden.id(), Role.OFFICE, garden.id());
            var resident = garden.household("1-1-101").resident("王小明");
            api.clock().set("2026-11-23T08:00:00+08:00");
            awaitFrozen(api, office, 1);
            api.again(office).post("/observations", Map.of("residentIds", List.of(resident), "reason", "外地返回", "startsOn", "2026-11-23", "days", 14)).expect(201);
            var line = Table.csv(api.again(office).get("/forms/daily-summary.csv?date=" + DAY)).line(0);
            assertEquals("11-23 8:00 定稿", line.get("数据状态"));
            assertEquals("1", line.get("上午未报"));
            assertEquals("0", line.get("居家观察人数"));
            assertEquals("1", Table.csv(api.again(office).get("/forms/daily-summary.csv")).line(0).get("居家观察人数"));
            anEveningBefore(api, garden, api.again(office));
        }
    }

    /** What began and was over after the day before's forms were frozen is in this day's. */
    private static void anEveningBefore(ApiServer api, Given.Compound garden, ApiClient office) {
        var sick = api.resident(garden.household("1-1-102"), "李红");
        sick.post("/health-reports", Map.of("temperature", 38.5, "symptoms", List.of())).expect(201);
        var alert = "/alerts/" + office.get("/alerts").expect(200).text("/items/0/id");
        office.post(alert + "/acknowledge", Map.of()).expect(200);
        office.post(alert + "/close", Map.of("note", "复测正常")).expect(200);
        var observation = "/observations/" + office.post("/observations", Map.of("residentIds", List.of(sick.me().at("/resident/id").asText()),
                "reason", "外地返回", "startsOn", "2026-11-20", "days", 1)).expect(201).text("/items/0/id");
        office.post(observation + "/tests", Map.of("takenOn", "2026-11-22", "result", "NEGATIVE")).expect(201);
        office.post(observation + "/release").expect(200);
        run(api, "update health_alert set opened_at = '2026-11-22T18:00:00+08:00', closed_at = '2026-11-22T22:00:00+08:00'");
        run(api, "update observation set opened_at = '2026-11-20T18:00:00+08:00', ended_at = '2026-11-22T18:00:00+08:00' where state = 'RELEASED'");
        run(api, "update health_report set report_date = '2026-11-22', received_at = '2026-11-22T18:00:00+08:00'");
        assertEquals(List.of("李红"), Table.csv(office.get("/forms/fever-ledger.csv")).column("姓名"));
        assertTrue(Table.csv(office.get("/forms/observation-ledger.csv")).column("姓名").contains("李红"));
        var summary = Table.csv(office.get("/forms/daily-summary.csv")).line(0);
        assertEquals(List.of("1", "1", "0"), List.of(summary.get("今日解除观察"), summary.get("发热人数"), summary.get("未结预警")));
        run(api, "update health_alert set closed_at = '2026-11-22T16:59:00+08:00', opened_at = '2026-11-22T16:00:00+08:00'");
        assertEquals(List.of(), Table.csv(office.get("/forms/fever-ledger.csv")).column("姓名"), "that was in the day before's");
    }

    @Test
    void frozenRows_cannotBeChanged_notEvenByHand() throws Exception {
        try (var api = ApiServer.start()) {
            var garden = api.given().compound("阳光花园");
            var office = api.staff(garden.id(), Role.OFFICE, garden.id());
            api.clock().set("2026-11-22T17:00:00+08:00");
            awaitFrozen(api, office, 1);
            for (var sql : List.of("update form_frozen_row set cells = '[]'", "update form_frozen set row_count = 0", "truncate form_frozen_row")) {
                assertThrows(IllegalStateException.class, () -> run(api, sql), sql);
            }
        }
    }
}
