package gatehouse.health;

import static org.junit.jupiter.api.Assertions.assertEquals;

import gatehouse.kernel.Role;
import gatehouse.support.ApiClient;
import gatehouse.support.ApiServer;
import gatehouse.support.Given;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.dhatim.fastexcel.Workbook;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The risk list over HTTP. */
class RiskRegionRoutesTest {
    private static final Map<String, Object> ENDED = Map.of("regionCode", "110105", "regionName", "朝阳区", "level", "MEDIUM", "from", "2026-11-01", "to", "2026-11-10");
    private static final Map<String, Object> GOING_ON = Map.of("regionCode", "310000", "regionName", "上海市", "level", "HIGH", "from", "2026-11-05");
    private static final String XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    private static ApiServer api;

    private Given.Compound compound;
    private ApiClient office;

    @BeforeAll
    static void start() {
        api = ApiServer.start();
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @BeforeEach
    void anOffice() {
        compound = api.given().compound("阳光花园");
        office = api.staff(compound.id(), Role.OFFICE, compound.id());
    }

    @Test
    void list_isReplaced_andItsHistoryIsKept() throws SQLException {
        office.put("/risk-regions", Map.of("items", List.of(ENDED, GOING_ON))).expect(200);
        var present = office.put("/risk-regions", Map.of("items", List.of(GOING_ON))).expect(200);
        assertEquals(1, present.body().path("items").size());
        assertEquals(present.body(), office.get("/risk-regions").expect(200).body());
        try (var connection = api.database().connect(); var statement = connection.prepareStatement(
                "select count(*), count(removed_at) from risk_region where compound_id = ?")) {
            statement.setObject(1, compound.id());
            var rows = statement.executeQuery();
            rows.next();
            assertEquals(2, rows.getInt(1), "what stayed the same is not written again");
            assertEquals(1, rows.getInt(2));
        }
    }

    @Test
    void badRegions_areNamed() {
        office.put("/risk-regions", Map.of("items", List.of(GOING_ON, Map.of("regionCode", "990000", "regionName", "x", "level", "HIGH", "from", "2026-11-05"))))
                .expectBadField("/items/1/regionCode");
        office.put("/risk-regions", Map.of("items", List.of(Map.of("regionCode", "110105", "regionName", "x", "level", "HIGH", "from", "2026-11-05",
                "to", "2026-11-04")))).expectBadField("/items/0/to");
        office.put("/risk-regions", Map.of("items", List.of(GOING_ON, GOING_ON))).expectBadField("/items/1");
        office.put("/risk-regions", Map.of("items", List.of(Map.of("regionCode", "110105", "regionName", "  ", "level", "HIGH", "from", "2026-11-05"))))
                .expectBadField("/items/0/regionName");
        assertEquals(0, office.get("/risk-regions").expect(200).body().path("items").size());
    }

    @Test
    void longList_isTakenWhole() {
        var items = IntStream.range(0, 1_000).mapToObj(i -> Map.of("regionCode", "110105", "regionName", "朝阳区某街道某小区" + i, "level", "HIGH",
                "from", "2026-11-05")).toList();
        assertEquals(1_000, office.put("/risk-regions", Map.of("items", items)).expect(200).body().path("items").size());
    }

    @Test
    void list_isTheOfficesOwn() {
        var other = api.given().compound("月桂苑");
        api.staff(other.id(), Role.OFFICE, other.id()).put("/risk-regions?compoundId=" + compound.id(), Map.of("items", List.of()))
                .expectProblem(404, "not-found");
        office.put("/risk-regions", Map.of("items", List.of(GOING_ON))).expect(200);
        var resident = api.resident(compound.household("3-2-1402"), "王小明");
        assertEquals(1, resident.get("/risk-regions").expect(200).body().path("items").size());
        resident.get("/risk-regions?compoundId=" + other.id()).expectProblem(404, "not-found");
        resident.put("/risk-regions", Map.of("items", List.of())).expectProblem(403, "not-permitted");
    }

    private ApiClient.Answer imported(String query, byte[] file, String mediaType) {
        return office.send("POST", "/imports/risk-regions" + query, mediaType, file).expect(200);
    }

    @Test
    void file_isTriedFirst_thenTaken_lineByLine() {
        office.put("/risk-regions", Map.of("items", List.of(ENDED, GOING_ON))).expect(200);
        var file = """
                中高风险地区名单（11月22日）
                序号,等级,地区,地区代码,开始日期,结束日期,备注
                1,高风险,武汉市,420100,2026/11/20,,
                2,高,上海市,310000,2026年11月5日,2026.11.21,
                3,中,某处,990000,2026-11-01,,
                4,低,某处,130100,昨天,,
                5,中,,130100,2026-11-10,2026-11-09,
                6,中,武汉市,420100,20261120,,
                """.getBytes(Charset.forName("GBK"));
        var tried = imported("?dryRun=true", file, "text/csv");
        assertEquals("{\"listed\":3,\"created\":1,\"updated\":1,\"unchanged\":0,\"rejectedLines\":5}", withoutReasons(tried));
        assertEquals("2 备注, 5 地区代码, 6 风险等级, 6 开始日期, 7 地区名称, 7 结束日期, 8 地区代码", named(tried));
        assertEquals(2, office.get("/risk-regions").expect(200).body().path("items").size(), "only tried");
        imported("", file, "text/csv");
        var list = office.get("/risk-regions").expect(200);
        assertEquals("110105 310000 420100", codes(list));
        assertEquals("2026-11-21", list.text("/items/1/to"));
        assertEquals("MEDIUM", list.text("/items/0/level"), "nothing was taken off");
        assertEquals("{\"listed\":3,\"created\":0,\"updated\":0,\"unchanged\":2,\"rejectedLines\":5}", withoutReasons(imported("", file, "text/csv")));
    }

    @Test
    void workbook_isTakenToo_withItsNumbersAndDays() throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var workbook = new Workbook(bytes, "test", "1.0")) {
            var sheet = workbook.newWorksheet("名单");
            int column = 0;
            for (var heading : List.of("地区代码", "地区名称", "风险等级", "开始日期", "结束日期")) {
                sheet.value(0, column++, heading);
            }
            sheet.value(1, 0, 420106);
            sheet.value(1, 1, "武昌区");
            sheet.value(1, 2, "高");
            sheet.value(1, 3, LocalDate.of(2026, 11, 20));
            sheet.style(1, 3).format("yyyy-MM-dd").set();
        }
        var taken = imported("", bytes.toByteArray(), XLSX);
        assertEquals(1, taken.body().path("created").asInt(), taken.body().toString());
        assertEquals("2026-11-20", office.get("/risk-regions").expect(200).text("/items/0/from"));
    }

    @Test
    void fileThatIsNoRiskList_isRefusedWhole_andTheListIsTheOfficesOwn() {
        office.send("POST", "/imports/risk-regions", "text/csv", "楼栋,单元\n1,2\n".getBytes(StandardCharsets.UTF_8)).expectProblem(422, "unreadable-file");
        office.send("POST", "/imports/risk-regions", XLSX, "PK".getBytes(StandardCharsets.UTF_8)).expectProblem(422, "unreadable-file");
        var many = new StringBuilder("地区代码,地区名称,风险等级,开始日期\n");
        for (int i = 0; i <= 2_000; i++) {
            many.append("42%04d,某处,高,2026-11-01\n".formatted(i));
        }
        office.send("POST", "/imports/risk-regions", "text/csv", many.toString().getBytes(StandardCharsets.UTF_8)).expectProblem(422, "unreadable-file");
        var other = api.given().compound("月桂苑");
        api.staff(other.id(), Role.OFFICE, other.id()).send("POST", "/imports/risk-regions?compoundId=" + compound.id(), "text/csv",
                "地区代码,地区名称,风险等级,开始日期\n420100,武汉市,高,2026-11-22\n".getBytes(StandardCharsets.UTF_8)).expectProblem(404, "not-found");
    }

    private static String withoutReasons(ApiClient.Answer answer) {
        var report = answer.body().<com.fasterxml.jackson.databind.node.ObjectNode>deepCopy();
        report.remove("rejected");
        return report.toString();
    }

    private static String named(ApiClient.Answer answer) {
        return answer.body().path("rejected").findParents("line").stream().map(each -> each.path("line").asText() + " " + each.path("column").asText())
                .collect(Collectors.joining(", "));
    }

    private static String codes(ApiClient.Answer answer) {
        return String.join(" ", answer.body().path("items").findValuesAsText("regionCode"));
    }
}
