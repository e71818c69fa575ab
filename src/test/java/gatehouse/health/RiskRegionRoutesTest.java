package gatehouse.health;

import static org.junit.jupiter.api.Assertions.assertEquals;

import gatehouse.kernel.Role;
import gatehouse.support.ApiClient;
import gatehouse.support.ApiServer;
import gatehouse.support.Given;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The risk list over HTTP. */
class RiskRegionRoutesTest {
    private static final Map<String, Object> ENDED = Map.of("regionCode", "110105", "regionName", "朝阳区", "level", "MEDIUM", "from", "2026-11-01", "to", "2026-11-10");
    private static final Map<String, Object> GOING_ON = Map.of("regionCode", "310000", "regionName", "上海市", "level", "HIGH", "from", "2026-11-05");
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
        assertEquals(0, office.get("/risk-regions").expect(200).body().path("items").size());
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
}
