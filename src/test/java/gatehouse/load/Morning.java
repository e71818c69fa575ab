package gatehouse.load;

import gatehouse.identity.PressedTokens;
import gatehouse.kernel.BusinessClock;
import gatehouse.load.Town.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * The rush of nine o'clock: two hundred thousand residents report within five minutes, two fifths of them in the first; each comes at a
 * moment of their own and is timed from it. Fails where one report is lost, doubled or refused.
 */
final class Morning {
    private static final Town TOWN = new Town(100, 100_000, 2);
    private static final Duration LENGTH = Duration.ofMinutes(5);
    private static final double EARLY_SHARE = 0.4;
    private static final double EARLY_PART = 0.2;
    private static final int CONNECTIONS = 512;
    private static final int BEFORE = 20_000;
    private static final Duration BEFORE_LENGTH = Duration.ofMinutes(1);
    private static final double GOAL_MILLIS = 100;

    private Morning() {
    }

    /** Answers its line. {@code warm}: of a process that has seen a round before; else of one that was started a moment before. */
    static String run(Path jar, Path folder, boolean warm) throws IOException, SQLException {
        Files.createDirectories(folder);
        try (var product = Product.ofJar(jar, folder.resolve("data"), List.of())) {
            product.start();
            try (var connection = product.connect()) {
                TOWN.write(connection);
            }
            product.terminate();
            product.start();
            var press = new PressedTokens(product.keys());
            var tokens = IntStream.range(0, TOWN.residents()).parallel().mapToObj(resident -> press.ofResident(TOWN.compoundOf(resident),
                    Kind.HOUSEHOLD.id(TOWN.householdOf(resident)), Kind.RESIDENT.id(resident), Kind.ACCOUNT.id(resident),
                    Kind.SESSION.id(resident))).toList();
            var script = new Reporting(TOWN, BusinessClock.system().today(), tokens).submitting(true);
            if (warm) {
                anotherRound(product, script);
            }
            var moments = moments();
            var before = product.cpu();
            var result = Load.paced(product.port(), CONNECTIONS, TOWN.residents(), number -> moments[number], script);
            var cpu = product.cpu().since(before);
            var stored = stored(product);
            boolean exact = result.errors() == 0 && stored.rows == TOWN.residents() && stored.residents == TOWN.residents();
            var line = """
                    %s: %,d residents reported within %.0f s (40 %% in the first minute): %,d answered, %,d errors, %,d rows of %,d residents.
                    Time from the moment at which each came: p50 %.1f ms, p99 %.1f ms (goal %.0f), the longest %.0f ms. CPU: server %.0f s, database %.0f s.
                    %s""".formatted(warm ? "A process that had seen a round before" : "A process just started", TOWN.residents(), result.seconds(), result.answered(), result.errors(), stored.rows, stored.residents,
                    result.millisAt(50), result.millisAt(99), GOAL_MILLIS, result.millisAt(100), cpu.server(), cpu.postgres(),
                    exact ? "Nothing was lost, doubled or refused." : "WRONG: " + result.firstError());
            if (!exact) {
                throw new IllegalStateException(line);
            }
            return line;
        }
    }

    /** Some residents report for another round, evenly. */
    private static void anotherRound(Product product, Load.Script script) {
        var result = Load.paced(product.port(), CONNECTIONS, BEFORE, number -> BEFORE_LENGTH.toNanos() / BEFORE * number,
                (number, into) -> script.write(TOWN.residents() + number, into));
        if (result.errors() > 0) {
            throw new IllegalStateException("the round before: " + result.firstError());
        }
    }

    private static long[] moments() {
        var random = new Random(9);
        return IntStream.range(0, TOWN.residents()).mapToLong(resident -> {
            double part = random.nextDouble() < EARLY_SHARE ? random.nextDouble() * EARLY_PART : EARLY_PART + random.nextDouble() * (1 - EARLY_PART);
            return (long) (part * LENGTH.toNanos());
        }).sorted().toArray();
    }

    private record Stored(long rows, long residents) {
    }

    private static Stored stored(Product product) throws SQLException {
        try (var connection = product.connect(); var statement = connection.createStatement();
             var rows = statement.executeQuery("select count(*), count(distinct resident_id) from health_report where round = 1")) {
            rows.next();
            return new Stored(rows.getLong(1), rows.getLong(2));
        }
    }
}
