package gatehouse.forms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.kernel.Role;
import gatehouse.support.ApiClient;
import gatehouse.support.ApiServer;
import gatehouse.support.Given;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.dhatim.fastexcel.reader.CellType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The forms of a day as it goes on, over HTTP, read by other programs than the one that wrote them. */
class FormRoutesTest {
    private static final String DAY = "2026-11-22";
    private static ApiServer api;
    private static Given.Compound garden;
    private static Given.Compound laurel;
    private static Given.Compound quiet;
    private static ApiClient office;
    private static ApiClient worker;
    private static ApiClient centre;
    private static ApiClient subdistrict;
    private static ApiClient officeElsewhere;
    private static ApiClient resident;

    @BeforeAll
    static void aMorning() {
        api = ApiServer.start();
        garden = api.given().compound("阳光花园");
        laurel = api.given().compound("月桂苑");
        quiet = api.given().compound(api.given().community("北社区"), "静园");
        office = api.staff(garden.id(), Role.OFFICE, garden.id());
        worker = api.staff(garden.id(), Role.GRID_WORKER, garden.grid("第一网格", "3"));
        centre = api.staff(garden.id(), Role.HEALTH_CENTRE, garden.id());
        subdistrict = api.staff(garden.id(), Role.SUBDISTRICT, api.given().subdistrictId());
        officeElsewhere = api.staff(laurel.id(), Role.OFFICE, laurel.id());
        var home = garden.household("3-2-1402");
        var grandmother = home.resident("=王奶奶");
        home.resident("张小红");
        garden.household("10-1-101").resident("李四");
        resident = api.resident(home, "王小明");
        resident.post("/health-reports", Map.of("temperature", 36.5, "symptoms", List.of())).expect(201);
        resident.post("/health-reports", Map.of("residentId", grandmother, "temperature", 38.2, "symptoms", List.of("FEVER", "DRY_COUGH"),
                "note", "=1+1")).expect(201);
        var alert = office.get("/alerts").expect(200).text("/items/0/id");
        office.post("/alerts/" + alert + "/acknowledge", Map.of("note", "＝HYPERLINK(\"x\")")).expect(200);
        office.post("/observations", Map.of("residentIds", List.of(grandmother), "reason", "外地返回", "startsOn", "2026-11-20", "days", 14)).expect(201);
        laurel.household("1-1-101").resident("赵一");
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @Test
    void dailySummary_ofTheOffice_hasItsCompoundsFigures() {
        var table = Table.csv(office.get("/forms/daily-summary.csv"));
        assertEquals(1, table.lines().size());
        var line = table.line(0);
        line.remove("小区");
        assertEquals(Map.ofEntries(Map.entry("社区", "社区"), Map.entry("应报人数", "4"), Map.entry("上午已报", "2"), Map.entry("上午迟报", "0"),
                Map.entry("上午未报", "2"), Map.entry("下午已报", "0"), Map.entry("下午迟报", "0"), Map.entry("下午未报", "4"), Map.entry("发热人数", "1"),
                Map.entry("未结预警", "1"), Map.entry("居家观察人数", "1"), Map.entry("外省返回观察", "0"), Map.entry("中高风险返回观察", "0"),
                Map.entry("今日新增观察", "1"), Map.entry("今日解除观察", "0"), Map.entry("零报告", "否"), Map.entry("数据状态", "9:30 实时")), line);
    }

    @Test
    void dailySummary_ofTheSubdistrict_hasEveryCompound_sumsOfCommunities_andOfAll() {
        var table = Table.csv(subdistrict.get("/forms/daily-summary.csv?date=" + DAY));
        assertEquals(List.of("北社区", "北社区", "社区", "社区", "社区", "合计"), table.column("社区"));
        assertEquals(List.of("静园", "小计", "月桂苑", "阳光花园", "小计", ""), table.column("小区").stream().map(name -> name.split(" ")[0]).toList());
        assertEquals(List.of("0", "0", "1", "4", "5", "5"), table.column("应报人数"));
        assertEquals(List.of("0", "0", "1", "2", "3", "3"), table.column("上午未报"));
        assertEquals(List.of("是", "", "是", "否", "", ""), table.column("零报告"));
        assertEquals(table.lines(), Table.xlsx(subdistrict.get("/forms/daily-summary.xlsx?date=" + DAY)).lines());
    }

    @Test
    void compoundsOfOthers_areNotInTheOfficesForms() {
        assertEquals(List.of("赵一"), Table.csv(officeElsewhere.get("/forms/missing-list.csv")).column("姓名"));
        assertEquals(1, Table.csv(officeElsewhere.get("/forms/daily-summary.csv")).lines().size());
    }

    @Test
    void missingList_namesWhoHasNotReported_ofTheWorkersBuildingsOnly() {
        var ofOffice = Table.csv(office.get("/forms/missing-list.csv"));
        assertEquals(List.of("3-2-1402", "10-1-101"), ofOffice.column("房号"), "building 3 before building 10");
        assertEquals(List.of("张小红", "李四"), ofOffice.column("姓名"));
        assertEquals(List.of("未报", "未报"), ofOffice.column("上午"));
        assertEquals(List.of("未到时间", "未到时间"), ofOffice.column("下午"));
        var ofWorker = worker.get("/forms/missing-list.csv");
        assertEquals(List.of("张小红"), Table.csv(ofWorker).column("姓名"));
        assertEquals("1", ofWorker.header("Gatehouse-Rows-Expected").orElseThrow());
    }

    @Test
    void feverLedger_hasTimesAndTemperaturesAsNumbers_andNoFormula() {
        var csv = Table.csv(centre.get("/forms/fever-ledger.csv")).line(0);
        assertEquals("'=王奶奶", csv.get("姓名"));
        assertEquals("'＝HYPERLINK(\"x\")", csv.get("处置情况"));
        assertEquals("38.2", csv.get("最高体温"));
        assertEquals("干咳、发热", csv.get("症状"));
        assertEquals("2026-11-22 09:30", csv.get("发现时间"));
        assertEquals("已确认", csv.get("状态"));
        var rows = Table.rows(centre.get("/forms/fever-ledger.xlsx"));
        var cells = rows.get(2);
        assertTrue(rows.stream().flatMap(List::stream).noneMatch(Table::isFormula));
        assertEquals("=王奶奶", cells.get(4).asString());
        assertEquals(CellType.STRING, cells.get(4).getType());
        assertEquals(CellType.NUMBER, cells.get(7).getType());
        assertEquals("38.2", cells.get(7).getRawValue());
        assertEquals("0.0", cells.get(7).getDataFormatString());
        assertEquals(java.time.LocalDateTime.of(2026, 11, 22, 9, 30), cells.get(6).asDate());
        assertTrue(cells.get(6).getDataFormatString().contains("hh:mm"));
    }

    @Test
    void observationLedger_countsTheDays() {
        var line = Table.csv(office.get("/forms/observation-ledger.csv")).line(0);
        assertEquals("社区安排", line.get("观察原因"));
        assertEquals("2026-11-20", line.get("开始日期"));
        assertEquals("2026-12-03", line.get("期满日期"));
        assertEquals(List.of("14", "3", "0"), List.of(line.get("观察天数"), line.get("第几天"), line.get("当日随访次数")));
        assertEquals("观察中", line.get("状态"));
    }

    @Test
    void file_hasAChineseName_aTitle_andHeadingsThatStayInSight() throws Exception {
        var answer = subdistrict.get("/forms/daily-summary.xlsx?date=" + DAY);
        var disposition = answer.header("Content-Disposition").orElseThrow();
        assertTrue(disposition.startsWith("attachment; filename=\"daily-summary-2026-11-22.xlsx\"; filename*=UTF-8''"), disposition);
        assertTrue(URLDecoder.decode(disposition, StandardCharsets.UTF_8).endsWith("''疫情防控每日汇总表-2个社区-2026-11-22-实时.xlsx"), disposition);
        assertEquals("疫情防控每日汇总表（2个社区）  2026-11-22  9:30 实时", Table.rows(answer).getFirst().getFirst().asString());
        var sheet = Parts.of(answer.raw().body()).get("xl/worksheets/sheet1.xml");
        var pane = (org.w3c.dom.Element) sheet.getElementsByTagName("pane").item(0);
        assertEquals("frozen", pane.getAttribute("state"));
        assertEquals("2", pane.getAttribute("ySplit"));
        assertEquals(0, sheet.getElementsByTagName("f").getLength());
        assertEquals("A1:R1", ((org.w3c.dom.Element) sheet.getElementsByTagName("mergeCell").item(0)).getAttribute("ref"));
        assertTrue(sheet.getElementsByTagName("col").getLength() == 18);
    }

    @Test
    void list_hasWhatTheCallerMayFetch_inTheirLanguage() {
        var ofOffice = office.get("/forms?date=" + DAY).expect(200).body();
        assertEquals(List.of("daily-summary", "missing-list", "fever-ledger", "observation-ledger", "gate-register", "movement-ledger", "ticket-ledger", "ticket-month", "parcel-ledger"), names(ofOffice));
        assertEquals("Daily summary", ofOffice.at("/items/0/title").asText());
        assertEquals("疫情防控每日汇总表", office.with("Accept-Language", "zh-CN").get("/forms").expect(200).text("/items/0/title"));
        assertEquals("LIVE", ofOffice.at("/items/0/state").asText());
        assertEquals(List.of(1, 2, 1, 1, 0, 0, 0, 1, 0), StreamSupport.stream(ofOffice.path("items").spliterator(), false).map(form -> form.path("rows").asInt()).toList());
        assertEquals(List.of("missing-list"), names(worker.get("/forms").expect(200).body()));
        assertEquals(List.of("fever-ledger", "observation-ledger"), names(centre.get("/forms").expect(200).body()));
        var ofSubdistrict = subdistrict.get("/forms").expect(200).body();
        assertEquals(List.of("daily-summary", "ticket-month"), names(ofSubdistrict));
        assertEquals(3, ofSubdistrict.at("/items/0/compounds").asInt());
    }

    private static List<String> names(com.fasterxml.jackson.databind.JsonNode forms) {
        return forms.path("items").findValuesAsText("name");
    }

    @Test
    void whoeverHasNoBusinessWithAForm_isRefused() {
        var others = List.of(resident, api.staff(garden.id(), Role.GUARD, garden.gate("东门")),
                api.staff(garden.id(), Role.DISPATCHER, garden.id()), api.staff(garden.id(), Role.REPAIRMAN, garden.id()),
                api.staff(garden.id(), Role.ADMIN, garden.id()));
        var all = Set.of("daily-summary", "missing-list", "fever-ledger", "observation-ledger", "gate-register", "movement-ledger", "ticket-ledger", "ticket-month", "parcel-ledger");
        for (var format : List.of(".csv", ".xlsx")) {
            others.forEach(other -> all.forEach(name -> other.get("/forms/" + name + format).expectProblem(403, "not-permitted")));
            List.of("daily-summary", "fever-ledger", "observation-ledger").forEach(name -> worker.get("/forms/" + name + format).expectProblem(403, "not-permitted"));
            List.of("daily-summary", "missing-list").forEach(name -> centre.get("/forms/" + name + format).expectProblem(403, "not-permitted"));
            List.of("missing-list", "fever-ledger", "observation-ledger").forEach(name -> subdistrict.get("/forms/" + name + format)
                    .expectProblem(403, "not-permitted"));
        }
        others.forEach(other -> other.get("/forms").expectProblem(403, "not-permitted"));
    }

    @Test
    void formThatThereIsNot_isNotFound_andDatesToComeAreRefused() {
        for (var file : List.of("nothing.csv", "daily-summary", "daily-summary.pdf", ".csv", "daily-summary.CSV", "x")) {
            office.get("/forms/" + file).expectProblem(404, "not-found");
        }
        office.get("/forms/daily-summary.csv?date=2026-11-23").expectBadField("?date");
        office.get("/forms?date=2026-11-23").expectBadField("?date");
        office.get("/forms/daily-summary.csv?date=x").expectBadField("?date");
        assertEquals(0, Table.csv(office.get("/forms/missing-list.csv?date=2020-02-29")).lines().size());
    }

    @Test
    void whoTakesNames_isInTheAudit_andWhoTakesNumbersIsNot() {
        var clerk = api.staff(quiet.id(), Role.OFFICE, quiet.id());
        clerk.get("/forms/daily-summary.csv").expect(200);
        assertEquals(0, clerk.get("/audit?action=FORM_EXPORTED").expect(200).body().path("items").size());
        clerk.get("/forms/missing-list.xlsx?date=" + DAY).expect(200);
        var entry = clerk.get("/audit?action=FORM_EXPORTED").expect(200).body().at("/items/0");
        assertEquals("missing-list", entry.at("/subject/id").asText());
        assertEquals("OFFICE", entry.at("/by/role").asText());
        assertEquals("{\"date\":\"2026-11-22\",\"format\":\"XLSX\",\"state\":\"LIVE\"}", entry.path("details").toString());
        assertTrue(clerk.get("/audit/verification").expect(200).body().path("intact").asBoolean());
    }

    @Test
    void idNumbersAndWholePhones_areInNoForm() throws Exception {
        var home = garden.household("10-1-102");
        var person = home.resident("证件");
        try (var connection = api.database().connect(); var statement = connection.createStatement()) {
            statement.executeUpdate("update resident set phone_masked = '138****0001', id_number_masked = '3702***********123X' where id = '" + person + "'");
        }
        var line = Table.csv(office.get("/forms/missing-list.csv"));
        assertTrue(line.column("手机").contains("138****0001"));
        assertFalse(line.lines().toString().contains("3702"));
        try (var connection = api.database().connect(); var statement = connection.createStatement()) {
            statement.executeUpdate("delete from resident where id = '" + person + "'");
        }
    }
}
