package gatehouse.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import gatehouse.kernel.Role;
import gatehouse.support.ApiClient;
import gatehouse.support.ApiServer;
import gatehouse.support.Given;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TrendRoutesTest {
    private final ApiServer api = ApiServer.start();
    private final Given.Compound garden = api.given().compound("阳光花园");
    private final List<UUID> residents = new ArrayList<>();
    private final UUID grid = garden.grid("一", "1");
    private ApiClient office = api.staff(garden.id(), Role.OFFICE, garden.id());

    TrendRoutesTest() {
        for (var home : List.of("1-1-101", "1-1-102", "2-1-101", "2-1-102")) {
            residents.add(garden.household(home).resident("居民"));
        }
    }

    @AfterEach
    void stop() {
        api.close();
    }

    private void report(int resident, String date, String round, double temperature) {
        var status = office.post("/health-reports", Map.of("residentId", residents.get(resident), "date", date, "round", round,
                "temperature", temperature, "symptoms", List.of())).status();
        assertTrue(status == 200 || status == 201, "status " + status);
    }

    private void goTo(String time) {
        api.clock().set(time);
        office = api.again(office);
    }

    private JsonNode day(ApiClient caller, String date) {
        var days = caller.get("/monitor/temperatures?to=" + date + "&from=" + date).expect(200).body().at("/compounds/0/days");
        assertEquals(1, days.size());
        return days.get(0);
    }

    private void awaitCounted(String date) throws SQLException, InterruptedException {
        for (int i = 0; i < 100; i++) {
            if (isCounted(date)) {
                return;
            }
            Thread.sleep(100);
        }
        throw new AssertionError(date + " was not counted");
    }

    private boolean isCounted(String date) throws SQLException {
        try (var connection = api.database().connect(); var statement = connection.prepareStatement(
                "select 1 from health_temperature_day where compound_id = ? and report_date = ?::date")) {
            statement.setObject(1, garden.id());
            statement.setString(2, date);
            return statement.executeQuery().next();
        }
    }

    @Test
    void completion_isWhatHadComeByEachQuarter_andACorrectionCountsOnce() {
        report(0, "2026-11-22", "MORNING", 36.4);
        api.clock().move(Duration.ofMinutes(10));
        report(1, "2026-11-22", "MORNING", 36.5);
        api.clock().move(Duration.ofMinutes(30));
        goTo("2026-11-22T10:10:00+08:00");
        report(0, "2026-11-22", "MORNING", 36.6);
        report(2, "2026-11-22", "MORNING", 36.6);
        var compound = office.get("/monitor/completion").expect(200).body().at("/compounds/0");
        assertEquals(4, compound.path("expected").asInt());
        var seen = StreamSupport.stream(compound.path("quarters").spliterator(), false)
                .map(each -> each.path("until").asText().substring(11, 16) + " " + each.path("morning") + " " + each.path("afternoon")).toList();
        assertEquals(List.of("09:45 2 0", "10:15 3 0"), seen);
        var worker = api.staff(garden.id(), Role.GRID_WORKER, grid);
        var own = worker.get("/monitor/completion?date=2026-11-22").expect(200).body().at("/compounds/0");
        assertEquals(2, own.path("expected").asInt());
        assertEquals(2, own.at("/quarters/0/morning").asInt());
        assertEquals(1, own.path("quarters").size());
    }

    @Test
    void temperatures_areTheSame_whileADayGoesOn_andWhenItIsCounted_andAreCountedAgainAfterALateReport() throws Exception {
        report(0, "2026-11-22", "MORNING", 36.2);
        report(1, "2026-11-22", "MORNING", 36.4);
        report(2, "2026-11-22", "MORNING", 38.0);
        var live = day(office, "2026-11-22");
        assertEquals(3, live.path("residents").asInt());
        assertEquals(36.4, live.path("median").asDouble());
        assertEquals(38.0, live.path("highest").asDouble());
        assertEquals(1, live.path("fevers").asInt());
        goTo("2026-11-23T00:20:00+08:00");
        awaitCounted("2026-11-22");
        assertEquals(live, day(office, "2026-11-22"));
        var worker = api.staff(garden.id(), Role.GRID_WORKER, grid);
        assertEquals(2, day(worker, "2026-11-22").path("residents").asInt());
        assertEquals(36.4, day(worker, "2026-11-22").path("highest").asDouble());

        report(3, "2026-11-22", "AFTERNOON", 39.0);
        assertFalse(isCounted("2026-11-22"));
        assertEquals(39.0, day(office, "2026-11-22").path("highest").asDouble());
        goTo("2026-11-24T00:20:00+08:00");
        awaitCounted("2026-11-22");
        assertEquals(4, day(office, "2026-11-22").path("residents").asInt());
        assertEquals(2, day(office, "2026-11-22").path("fevers").asInt());
    }

    @Test
    void days_areAFortnight_andBoundedAndNotInTheFuture() {
        var fortnight = office.get("/monitor/temperatures").expect(200).body();
        assertEquals("2026-11-09", fortnight.path("from").asText());
        assertEquals(14, fortnight.at("/compounds/0/days").size());
        assertTrue(fortnight.at("/compounds/0/days/0/median").isMissingNode());
        assertEquals(37.3, fortnight.at("/compounds/0/feverAbove").asDouble());
        office.get("/monitor/temperatures?to=2026-11-23").expectBadField("?to");
        office.get("/monitor/temperatures?to=1999-01-01").expectBadField("?to");
        office.get("/monitor/temperatures?from=2026-11-22&to=2026-11-21").expectBadField("?from");
        office.get("/monitor/temperatures?from=2026-01-01").expectBadField("?from");
    }
}
