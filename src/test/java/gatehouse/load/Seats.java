package gatehouse.load;

import gatehouse.identity.PressedTokens;
import gatehouse.kernel.BusinessClock;
import gatehouse.load.Town.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The last seats: ten thousand households ask at the same moment for one slot of two hundred, of one instance and of two on the same
 * database. Fails where not exactly two hundred got one, or somebody was answered otherwise than that it is full.
 */
final class Seats {
    private static final Town TOWN = new Town(1, 10_000, 1);
    private static final int SEATS = 200;
    private static final int RUSHES = 8;
    private static final double GOAL_MILLIS = 2_000;
    private static final Map<String, Integer> EXACT = Map.of("201", SEATS, "slot-full", TOWN.households() - SEATS);

    private final Product first;
    private Optional<Product> second = Optional.empty();
    private final StringBuilder table = new StringBuilder();
    private boolean exact = true;

    private Seats(Product first) {
        this.first = first;
    }

    /** Answers its table. */
    static String run(Path jar, Path folder) throws IOException, SQLException {
        Files.createDirectories(folder.resolve("two"));
        try (var first = Product.ofJar(jar, folder.resolve("data"), List.of())) {
            first.start();
            var seats = new Seats(first);
            seats.prepare();
            // It has learnt the compound's policy only after it was written.
            first.terminate();
            first.start();
            seats.rushes("one instance", List.of(first.port()));
            try (var second = first.beside(folder.resolve("two/data"))) {
                second.start();
                seats.second = Optional.of(second);
                seats.rushes("two instances", List.of(first.port(), second.port()));
            }
            return seats.result();
        }
    }

    private void prepare() throws SQLException {
        var today = BusinessClock.system().today();
        try (var connection = first.connect(); var statement = connection.createStatement()) {
            TOWN.write(connection);
            TOWN.reportAll(connection, today);
            statement.execute("update policy set changed_values = '{\"outingSlotCapacity\": %d}'".formatted(SEATS));
            statement.execute("update resident set born_on = '1980-01-01'");
            statement.execute("insert into gate (compound_id, id, name) values ('%s', '%s', 'gate')".formatted(Kind.COMPOUND.id(0), Kind.GATE.id(0)));
            statement.execute("vacuum analyze");
        }
    }

    private void rushes(String where, List<Integer> ports) throws SQLException {
        for (int round = 1; round <= RUSHES; round++) {
            forget();
            var requests = requests();
            var before = cpu();
            var result = Rush.run(ports, requests);
            var cpu = cpu().since(before);
            boolean right = result.answers().equals(EXACT) && count("select taken from outing_slot") == SEATS
                    && count("select count(*) from outing_pass where state = 'APPROVED'") == SEATS
                    && count("select count(*) from outing_request") == TOWN.households();
            exact &= right;
            table.append("%-14s %d %-30s %8d %10d %8.0f %8.0f %8.0f %8.1f %6.1f   %s%n".formatted(where, round, result.answers(),
                    count("select count(*) from outing_pass"), count("select count(*) from outing_request"), result.millisAt(50), result.millisAt(99),
                    result.millisAt(100), cpu.server(), cpu.postgres(), !right ? "WRONG" : result.millisAt(100) > GOAL_MILLIS ? "exact, too slow" : "exact"));
        }
    }

    private Product.Cpu cpu() {
        var cpu = first.cpu();
        return new Product.Cpu(cpu.server() + second.map(Product::serverCpu).orElse(0.0), cpu.postgres());
    }

    private List<byte[]> requests() {
        var press = new PressedTokens(first.keys());
        var tomorrow = DateTimeFormatter.BASIC_ISO_DATE.format(BusinessClock.system().today().plusDays(1));
        var body = """
                {"kind":"SUPPLIES","slotId":"%s-1000-%s"}""".formatted(tomorrow, Kind.GATE.id(0));
        return IntStream.range(0, TOWN.residents()).parallel().mapToObj(resident -> ("POST /api/v1/outing-passes HTTP/1.1\r\nHost: localhost\r\n"
                + "Content-Type: application/json\r\nContent-Length: " + body.length() + "\r\nAuthorization: Bearer "
                + press.ofResident(TOWN.compoundOf(resident), Kind.HOUSEHOLD.id(TOWN.householdOf(resident)), Kind.RESIDENT.id(resident),
                Kind.ACCOUNT.id(resident), Kind.SESSION.id(resident)) + "\r\n\r\n" + body).getBytes(StandardCharsets.US_ASCII)).toList();
    }

    private void forget() throws SQLException {
        try (var connection = first.connect(); var statement = connection.createStatement()) {
            statement.execute("truncate outing_pass, outing_slot, outing_request cascade");
        }
    }

    private long count(String sql) throws SQLException {
        try (var connection = first.connect()) {
            return Product.number(connection, sql);
        }
    }

    private String result() {
        var result = """

                %,d households ask at once for one slot of %d; each answer timed from the moment at which all send.
                %-46s %8s %10s %8s %8s %8s %8s %6s
                %s""".formatted(TOWN.households(), SEATS, "where, rush, answers", "passes", "requests", "p50 ms", "p99 ms", "most ms", "server s",
                "db s", table);
        if (!exact) {
            throw new IllegalStateException("the seats were not sold exactly:" + result);
        }
        return result;
    }
}
