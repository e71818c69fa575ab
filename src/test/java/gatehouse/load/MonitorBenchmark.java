package gatehouse.load;

import gatehouse.kernel.Role;
import gatehouse.support.ApiClient;
import gatehouse.support.ApiServer;
import gatehouse.support.Given;
import gatehouse.support.TestDatabase;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What the live picture costs a compound that reports for years: the complete calls of one office, with ever more history behind the
 * same day. Buffers are what PostgreSQL says it touched for this database, divided by the calls; reading who calls is among them.
 */
final class MonitorBenchmark {
    /** So few that 10,000 rows are more than the fortnight that is asked for: else the least history would be a shorter question as well. */
    private static final int RESIDENTS = 300;
    private static final int BUILDINGS = 6;
    private static final List<Integer> ROWS = List.of(10_000, 100_000, 1_000_000);
    private static final List<String> CALLS = List.of("/monitor", "/monitor/completion", "/monitor/temperatures");
    private static final int WARM_CALLS = 150;
    private static final int CALLS_MEASURED = 300;
    /** A connection of PostgreSQL tells what it touched when it has been idle for a second. */
    private static final Duration UNTIL_TOLD = Duration.ofMillis(2_500);
    private static final Duration NIGHTLY_COUNT = Duration.ofMinutes(2);

    /** The day's rows are the same whatever the history. */
    private static final String HISTORY = """
            insert into health_report (compound_id, resident_id, report_date, round, household_id, building_id, temperature_tenths, symptoms,
                status, reported_by, reported_as, received_at, version)
            select r.compound_id, r.id, date '2026-11-23' - day, round, r.household_id, r.building_id, 362 + (hashtext(r.id::text) + day) % 8,
                '{}', 'ON_TIME', r.id, 'SELF', (date '2026-11-23' - day)::timestamp at time zone 'Asia/Shanghai' + interval '9 hours', 1
            from generate_series(1, ?) day, generate_series(1, 2) round, resident r""";
    private static final String TODAY = """
            insert into health_report (compound_id, resident_id, report_date, round, household_id, building_id, temperature_tenths, symptoms,
                status, reported_by, reported_as, received_at, version)
            select compound_id, id, date '2026-11-23', 1, household_id, building_id, 365, '{}', 'ON_TIME', id, 'SELF',
                timestamptz '2026-11-23 09:05:00+08', 1
            from resident where hashtext(id::text) % 2 = 0""";

    private record Measurement(int rows, String call, double median, double p99, double buffers) {
    }

    private MonitorBenchmark() {
    }

    static void run() throws SQLException, InterruptedException {
        var measured = new ArrayList<Measurement>();
        for (int rows : ROWS) {
            try (var api = ApiServer.start()) {
                measured.addAll(measure(api, rows));
            }
        }
        System.out.println(table(measured));
    }

    private static List<Measurement> measure(ApiServer api, int rows) throws SQLException, InterruptedException {
        var garden = api.given().compound("阳光花园");
        settle(garden);
        execute(api.database(), HISTORY.replace("?", String.valueOf(rows / RESIDENTS / 2)));
        execute(api.database(), TODAY);
        execute(api.database(), "vacuum analyze");
        api.clock().set("2026-11-23T00:20:00+08:00");
        awaitNightlyCount(api.database());
        execute(api.database(), "vacuum analyze health_temperature_count");
        api.clock().set("2026-11-23T09:30:00+08:00");
        var office = api.staff(garden.id(), Role.OFFICE, garden.id());
        var measured = new ArrayList<Measurement>();
        for (var call : CALLS) {
            measured.add(measure(api.database(), office, rows, call));
        }
        return measured;
    }

    private static void settle(Given.Compound garden) {
        for (int i = 0; i < RESIDENTS; i++) {
            garden.household("%d-1-%d".formatted(i % BUILDINGS + 1, 100 + i)).resident("居民");
        }
        garden.grid("一", "1", "2", "3");
        garden.grid("二", "4", "5", "6");
    }

    private static Measurement measure(TestDatabase database, ApiClient office, int rows, String call) throws SQLException, InterruptedException {
        for (int i = 0; i < WARM_CALLS; i++) {
            office.get(call).expect(200);
        }
        Thread.sleep(UNTIL_TOLD);
        long before = touched(database);
        var millis = new double[CALLS_MEASURED];
        for (int i = 0; i < CALLS_MEASURED; i++) {
            long began = System.nanoTime();
            office.get(call).expect(200);
            millis[i] = (System.nanoTime() - began) / 1e6;
        }
        Thread.sleep(UNTIL_TOLD);
        double buffers = (touched(database) - before) / (double) CALLS_MEASURED;
        java.util.Arrays.sort(millis);
        return new Measurement(rows, call, millis[CALLS_MEASURED / 2], millis[CALLS_MEASURED * 99 / 100], buffers);
    }

    private static long touched(TestDatabase database) throws SQLException {
        return number(database, "select blks_hit + blks_read from pg_stat_database where datname = current_database()");
    }

    private static void awaitNightlyCount(TestDatabase database) throws SQLException, InterruptedException {
        long end = System.nanoTime() + NIGHTLY_COUNT.toNanos();
        while (number(database, "select count(*) from health_temperature_day where report_date = date '2026-11-22'") == 0) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("the days that are over were not counted");
            }
            Thread.sleep(200);
        }
    }

    private static long number(TestDatabase database, String sql) throws SQLException {
        try (var connection = database.connect(); var statement = connection.createStatement(); var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static void execute(TestDatabase database, String sql) throws SQLException {
        try (var connection = database.connect(); var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String table(List<Measurement> measured) {
        var table = new StringBuilder("""

                One compound of %d residents, half of them reported this morning; %d complete calls each, one after the other.
                %-24s %12s %10s %10s %8s %10s %8s
                """.formatted(RESIDENTS, CALLS_MEASURED, "call", "history rows", "median ms", "p99 ms", "to 10 k", "buffers", "to 10 k"));
        for (var call : CALLS) {
            var lines = measured.stream().filter(each -> each.call.equals(call)).toList();
            var least = lines.getFirst();
            lines.forEach(each -> table.append("%-24s %,12d %10.2f %10.2f %7.2fx %,10.0f %7.2fx%n".formatted(call, each.rows, each.median, each.p99,
                    each.median / least.median, each.buffers, each.buffers / least.buffers)));
        }
        return table.toString();
    }
}
