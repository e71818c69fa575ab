package gatehouse.load;

import gatehouse.identity.PressedTokens;
import gatehouse.kernel.BusinessClock;
import gatehouse.load.Town.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/** Memory under an hour of load: reports and readings in turn at a steady pace; prints the process's resident memory as it goes. */
final class Soak {
    private static final Town TOWN = new Town(10, 10_000, 2);
    private static final Duration LENGTH = Duration.ofMinutes(60);
    private static final Duration STEP = Duration.ofMinutes(5);
    private static final int PER_SECOND = 100;
    private static final int CONNECTIONS = 64;

    private Soak() {
    }

    /** {@code options}: for the server's JVM, such as the most memory that it may take for its heap. */
    static void run(Path jar, Path folder, List<String> options) throws IOException, SQLException {
        Files.createDirectories(folder);
        try (var product = Product.ofJar(jar, folder.resolve("data"), options)) {
            product.start();
            try (var connection = product.connect()) {
                TOWN.write(connection);
            }
            product.terminate();
            product.start();
            System.out.printf("%n%d requests a second, half reports, half readings.%n%8s %12s %9s %8s%n%8d %12d%n", PER_SECOND, "minute",
                    "resident MB", "answered", "errors", 0, product.residentMegabytes());
            int sent = 0;
            int most = (int) STEP.toSeconds() * PER_SECOND;
            for (var end = Instant.now().plus(LENGTH); Instant.now().isBefore(end);) {
                var script = mixed(product, sent);
                var result = Load.paced(product.port(), CONNECTIONS, most, number -> number * (1_000_000_000L / PER_SECOND), script);
                sent += most;
                System.out.printf("%8d %12d %9d %8d   %s%n", sent / PER_SECOND / 60, product.residentMegabytes(), result.answered(), result.errors(),
                        result.firstError());
            }
        }
    }

    /** With tokens of this moment; they are good for a quarter of an hour. */
    private static Load.Script mixed(Product product, int from) {
        var press = new PressedTokens(product.keys());
        var reporting = new Reporting(TOWN, BusinessClock.system().today(), IntStream.range(0, TOWN.residents()).mapToObj(resident -> press.ofResident(
                TOWN.compoundOf(resident), Kind.HOUSEHOLD.id(TOWN.householdOf(resident)), Kind.RESIDENT.id(resident), Kind.ACCOUNT.id(resident),
                Kind.SESSION.id(resident))).toList());
        var submitting = reporting.submitting(true);
        var reading = reporting.reading();
        return (number, into) -> (number % 2 == 0 ? submitting : reading).write((from + number) / 2, into);
    }
}
