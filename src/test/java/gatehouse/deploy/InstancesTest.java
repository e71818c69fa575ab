package gatehouse.deploy;

import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.kernel.Role;
import gatehouse.support.ApiClient;
import gatehouse.support.ApiServer;
import gatehouse.support.Given;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What one instance does is in force on the other: at once where it is a permission, within a second where it was kept in memory. */
@Timeout(60)
class InstancesTest {
    /** A second is promised; this machine does other things meanwhile. */
    private static final Duration SOON = Duration.ofSeconds(3);
    private static final String FIVE_DAYS_AGO = "2026-11-17";

    private static ApiServer api;
    private static ApiClient other;

    @BeforeAll
    static void start() {
        api = ApiServer.start();
        other = api.another();
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @Test
    void loggingOut_isInForceOnTheOtherInstance_withTheNextRequest() {
        var resident = api.resident(api.given().compound("阳光花园").household("1-1-101"), "王小明");
        resident.at(other).get("/me").expect(200);
        resident.post("/auth/logout").expect(204);
        resident.at(other).get("/me").expect(401);
    }

    @Test
    void aChangedRule_isInForceOnTheOtherInstance_withinASecond() {
        var compound = api.given().compound("阳光花园");
        var resident = api.resident(compound.household("1-1-101"), "王小明").at(other);
        var office = api.staff(compound.id(), Role.OFFICE, compound.id());
        assertTrue(isTooLate(resident), "the other instance keeps the rules now");
        var policy = office.get("/policy").expect(200);
        office.with("If-Match", policy.header("ETag").orElseThrow()).put("/policy", Map.of("values", Map.of("reportCorrectionDays", 14))).expect(200);
        within("a changed rule", () -> !isTooLate(resident));
    }

    @Test
    void aRuleWhoseTellingWasMissed_isInForceWithinASecondAfterTheLineIsLost() throws SQLException {
        Given.Compound compound = api.given().compound("阳光花园");
        var resident = api.resident(compound.household("1-1-101"), "王小明").at(other);
        assertTrue(isTooLate(resident));
        compound.withPolicy("reportCorrectionDays", "14");
        assertTrue(isTooLate(resident), "nobody told it, so it goes by what it keeps");
        assertTrue(killListeners() >= 2);
        within("a rule whose telling was missed", () -> !isTooLate(resident));
    }

    private static boolean isTooLate(ApiClient resident) {
        return resident.post("/health-reports", Map.of("temperature", 36.5, "symptoms", List.of(), "date", FIVE_DAYS_AGO, "round", "MORNING")).status() >= 400;
    }

    private static int killListeners() throws SQLException {
        try (var connection = api.database().connect(); var statement = connection.createStatement(); var rows = statement.executeQuery("""
                select count(pg_terminate_backend(pid)) from pg_stat_activity
                where datname = current_database() and query like 'LISTEN%' and pid <> pg_backend_pid()""")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private static void within(String what, BooleanSupplier happens) {
        long begin = System.nanoTime();
        while (!happens.getAsBoolean()) {
            assertTrue(System.nanoTime() - begin < SOON.toNanos(), what + " is not in force on the other instance");
        }
        System.out.printf("%s in force on the other instance after %d ms%n", what, Duration.ofNanos(System.nanoTime() - begin).toMillis());
    }
}
