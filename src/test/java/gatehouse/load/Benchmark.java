package gatehouse.load;

import gatehouse.identity.PressedTokens;
import gatehouse.kernel.BusinessClock;
import gatehouse.load.Town.Kind;
import gatehouse.outing.PressedCodes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The speed of the product as it is delivered, in one run on one machine against its own durable PostgreSQL, beside pgbench on the
 * same database. Arguments: {@code quick} for one round instead of three, {@code scans} for the rows of the gate alone; or, instead of
 * the table, {@code reference} for submitting alone beside a back end in the usual style, {@code morning} for the rush of nine o'clock (with {@code warm}: after another round),
 * {@code hour} for memory under an hour of load, {@code codes} for the verification of pass codes, {@code seats} for the race for the last seats of a slot, {@code monitor}
 * for the cost of the live picture by its history, {@code audit} for walking the audit's chain, {@code profile} for a flight recording of submitting at 256 connections,
 * {@code profile-scans} for one of scanning at 64; further ones are options for the server's JVM. Several are parted by commas.
 */
public final class Benchmark {
    private static final Town TOWN = new Town(10, 10_000, 2);
    private static final List<Integer> CONNECTIONS = List.of(64, 256);
    private static final Path FOLDER = Path.of("target", "benchmark").toAbsolutePath();
    private static final Path JAR = Path.of("target", "gatehouse.jar");
    private static final Path RECORDING = Path.of("target", "benchmark.jfr").toAbsolutePath();
    private static final int HISTORY_DAYS = 10;
    private static final String SUBMITTING = "submit report";
    private static final String WITH_KEY = ", with key";
    private static final String REFERENCE = "Spring Boot, the same with key";
    private static final String READING = "read own reports";
    private static final String SCANNING = "gate scan";
    private static final int PHONES = 64;

    /** How often and how long; durations of one measurement. */
    private record Plan(int rounds, int starts, Duration first, Duration warm, Duration measured) {
        static final Plan FULL = new Plan(3, 5, Duration.ofSeconds(15), Duration.ofSeconds(1), Duration.ofSeconds(4));
        static final Plan PROFILE = new Plan(1, 0, Duration.ofSeconds(45), Duration.ZERO, Duration.ofSeconds(20));
        static final Plan QUICK = new Plan(1, 3, Duration.ofSeconds(8), Duration.ofSeconds(1), Duration.ofSeconds(3));
    }

    /** One line of one round; {@code yardstick} is the rate of pgbench in that round, processor seconds are per 1,000 requests. */
    private record Measurement(double perSecond, double yardstick, double p50, double p99, double most, double serverCpu,
                               double postgresCpu, double clientCpu, long answered, long errors, String firstError) {
        Measurement withErrors(long more, String what) {
            return new Measurement(perSecond, yardstick, p50, p99, most, serverCpu, postgresCpu, clientCpu, answered, errors + more, what);
        }
    }

    private final Plan plan;
    private final Product product;
    private final Optional<Pgbench> pgbench;
    private final Map<String, List<Measurement>> lines = new LinkedHashMap<>();
    private @Nullable Reporting reporting;

    private Benchmark(Plan plan, Product product, Optional<Pgbench> pgbench) {
        this.plan = plan;
        this.product = product;
        this.pgbench = pgbench;
    }

    public static void main(String[] arguments) throws Exception {
        var given = Arrays.stream(arguments).flatMap(argument -> Arrays.stream(argument.startsWith("-") ? new String[] {argument} : argument.split(",")))
                .filter(argument -> !argument.isBlank() && !argument.equals("full")).toList();
        var options = given.stream().filter(argument -> argument.startsWith("-")).toList();
        if (given.contains("all")) {
            var table = given.stream().filter(argument -> !argument.equals("all")).toList();
            for (var part : List.of(table, List.of("morning"), List.of("morning", "warm"), List.of("seats"), List.of("monitor"), List.of("audit"))) {
                measure(part, options);
            }
        } else {
            measure(given, options);
        }
        System.exit(0);
    }

    private static void measure(List<String> given, List<String> options) throws Exception {
        if (given.contains("monitor")) {
            MonitorBenchmark.run();
            return;
        }
        if (given.contains("audit")) {
            AuditBenchmark.run();
            return;
        }
        delete(FOLDER);
        Files.createDirectories(FOLDER);
        if (given.contains("codes")) {
            System.out.println(new CodeTimes().measured());
            return;
        }
        if (given.contains("seats")) {
            try {
                System.out.println(Seats.run(JAR, FOLDER));
            } finally {
                delete(FOLDER);
            }
            return;
        }
        if (given.contains("morning") || given.contains("hour")) {
            try {
                if (given.contains("hour")) {
                    Soak.run(JAR, FOLDER, options);
                } else {
                    System.out.println(Morning.run(JAR, FOLDER, given.contains("warm")));
                }
            } finally {
                delete(FOLDER);
            }
            return;
        }
        try (var product = Product.ofJar(JAR, FOLDER.resolve("data"), options)) {
            product.start();
            try (var connection = product.connect()) {
                TOWN.write(connection);
                TOWN.writeHistory(connection, HISTORY_DAYS);
                Scanning.write(connection, TOWN, BusinessClock.system().today());
            }
            var pgbench = Pgbench.installed().map(program -> new Pgbench(program, product.database(), FOLDER));
            var plan = given.contains("quick") ? Plan.QUICK : Plan.FULL;
            if (given.contains("profile")) {
                new Benchmark(Plan.PROFILE, product, pgbench).profile();
            } else if (given.contains("profile-scans")) {
                new Benchmark(Plan.PROFILE, product, pgbench).profileScans();
            } else if (given.contains("scans")) {
                new Benchmark(plan, product, pgbench).runScans();
            } else if (given.contains("reference")) {
                new Benchmark(plan, product, pgbench).runReference();
            } else {
                new Benchmark(plan, product, pgbench).run();
            }
        } finally {
            delete(FOLDER);
        }
    }

    private void run() throws SQLException, InterruptedException {
        pressTokens();
        Load.run(product.port(), 64, plan.first, reporting().capacity(), reporting().submitting(true));
        Load.run(product.port(), 64, plan.first.dividedBy(3), Integer.MAX_VALUE, reporting().reading());
        firstScans();
        for (int round = 0; round < plan.rounds; round++) {
            pressTokens();
            submitting();
            reading();
            scanning();
        }
        besideReference();
        System.out.println(table());
        System.out.println(againstReference());
        System.out.println(new CodeTimes().measured());
        System.out.println(start("Start"));
        product.setJavaOptions("-XX:+AutoCreateSharedArchive -XX:SharedArchiveFile=" + FOLDER.resolve("gatehouse.jsa").toAbsolutePath());
        product.terminate();
        product.start();
        System.out.println(start("With its classes archived, start"));
    }

    private void runReference() throws SQLException {
        pressTokens();
        Load.run(product.port(), 64, plan.first, reporting().capacity(), reporting().submitting(true));
        for (int round = 0; round < plan.rounds; round++) {
            pressTokens();
            submitting();
        }
        besideReference();
        System.out.println(table());
        System.out.println(againstReference());
    }

    /** The reference is asked the same of the same database, warmed up as long as the product was. */
    private void besideReference() throws SQLException {
        try (var reference = Reference.beside(product, FOLDER)) {
            pressTokens();
            var script = reporting().submitting(true);
            empty();
            Load.run(reference.port(), 64, plan.first, reporting().capacity(), script);
            for (int round = 0; round < plan.rounds; round++) {
                for (var connections : CONNECTIONS) {
                    pressTokens();
                    empty();
                    Load.run(reference.port(), connections, plan.warm, reporting().capacity(), script);
                    empty();
                    line(REFERENCE, connections).add(measured(reference.port(), reference::cpu, connections, Double.NaN, reporting().capacity(),
                            reporting().submitting(true)));
                }
            }
        }
    }

    private String againstReference() {
        return CONNECTIONS.stream().map(connections -> {
            var ours = line(SUBMITTING + WITH_KEY, connections);
            var theirs = line(REFERENCE, connections);
            return "At %d connections %.1f times the requests of the reference, at %.2f of its CPU for each (server), %.2f with the database's (goals 3 and 0.33)."
                    .formatted(connections, median(ours, Measurement::perSecond) / median(theirs, Measurement::perSecond),
                            median(ours, Measurement::serverCpu) / median(theirs, Measurement::serverCpu),
                            median(ours, each -> each.serverCpu + each.postgresCpu) / median(theirs, each -> each.serverCpu + each.postgresCpu));
        }).collect(Collectors.joining("\n"));
    }

    private void runScans() throws SQLException {
        firstScans();
        for (int round = 0; round < plan.rounds; round++) {
            scanning();
        }
        System.out.println(table());
    }

    private void profileScans() throws SQLException {
        firstScans();
        firstScans();
        var scanning = dawn().showCodes(codes());
        product.record(() -> measure(SCANNING, PHONES, Double.NaN, scanning.capacity(), scanning.scanning(0)), RECORDING);
        System.out.println(table() + "\nThe recording: " + RECORDING);
    }

    private void firstScans() throws SQLException {
        var scanning = dawn().showCodes(codes());
        Load.run(product.port(), PHONES, plan.first, scanning.capacity(), scanning.scanning(0));
    }

    /** Against pgbench, which needs no codes and lets as many through; then with the codes of the minute. */
    private void scanning() throws SQLException {
        var script = dawn().script(BusinessClock.system().today());
        long atHome = movements();
        double yardstick = pgbench("pgbench, the scan's statement", script);
        if (movements() - atHome < yardstick * plan.measured.toSeconds() / 2) {
            throw new IllegalStateException("pgbench lets too few through: " + (movements() - atHome));
        }
        var scanning = dawn().showCodes(codes());
        int warm = (int) Load.run(product.port(), PHONES, plan.warm, scanning.capacity(), scanning.scanning(0)).answered();
        long before = movements();
        var measured = measured(PHONES, yardstick, scanning.capacity() - warm, scanning.scanning(warm));
        long refused = measured.answered - (movements() - before);
        line(SCANNING, PHONES).add(refused == 0 ? measured : measured.withErrors(refused, "scans that let nobody through"));
    }

    private long movements() throws SQLException {
        try (var connection = product.connect()) {
            return Scanning.movements(connection);
        }
    }

    /** Everybody is at home, has reported and holds their passes; guards are on duty. */
    private Scanning dawn() throws SQLException {
        try (var connection = product.connect()) {
            Scanning.forget(connection, BusinessClock.system().today());
            TOWN.reportAll(connection, BusinessClock.system().today());
        }
        var press = new PressedTokens(product.keys());
        return new Scanning(TOWN, IntStream.range(0, Scanning.gates(TOWN)).mapToObj(gate -> press.ofGuard(Scanning.compoundOf(gate),
                Kind.GATE.id(gate), Kind.ACCOUNT.id(Scanning.guardOf(gate)), Kind.SESSION.id(Scanning.guardOf(gate)))).toList());
    }

    private PressedCodes codes() {
        return new PressedCodes(product.keys());
    }

    private void profile() throws SQLException {
        pressTokens();
        var script = reporting().submitting(true);
        Load.run(product.port(), 256, plan.first, reporting().capacity(), script);
        empty();
        product.record(() -> measure(SUBMITTING, 256, Double.NaN, reporting().capacity(), script), RECORDING);
        System.out.println(table() + "\nThe recording: " + RECORDING);
    }

    private void submitting() throws SQLException {
        empty();
        double yardstick = pgbench("pgbench, upsert of one report", reporting().submittingScript());
        for (var connections : CONNECTIONS) {
            for (boolean withKeys : new boolean[] {false, true}) {
                var script = reporting().submitting(withKeys);
                empty();
                Load.run(product.port(), connections, plan.warm, reporting().capacity(), script);
                empty();
                measure(SUBMITTING + (withKeys ? WITH_KEY : ""), connections, yardstick, reporting().capacity(), script);
            }
        }
    }

    private void reading() throws SQLException {
        empty();
        Load.run(product.port(), 64, Duration.ofMinutes(1), TOWN.residents() * 4, reporting().submitting(false));
        double yardstick = pgbench("pgbench, the same query", reporting().readingScript());
        for (var connections : CONNECTIONS) {
            Load.run(product.port(), connections, plan.warm, Integer.MAX_VALUE, reporting().reading());
            measure(READING, connections, yardstick, Integer.MAX_VALUE, reporting().reading());
        }
    }

    private double pgbench(String what, String script) {
        if (pgbench.isEmpty()) {
            return Double.NaN;
        }
        var before = product.cpu();
        var result = pgbench.get().run(script, plan.measured);
        double thousands = result.perSecond() * plan.measured.toSeconds() / 1_000;
        var cpu = product.cpu().since(before);
        line(what, Pgbench.CLIENTS).add(new Measurement(result.perSecond(), result.perSecond(), result.medianMillis(), result.p99Millis(),
                result.mostMillis(), cpu.server() / thousands, cpu.postgres() / thousands, Double.NaN, Math.round(1_000 * thousands), 0, ""));
        return result.perSecond();
    }

    private void measure(String what, int connections, double yardstick, int most, Load.Script script) {
        line(what, connections).add(measured(connections, yardstick, most, script));
    }

    private Measurement measured(int connections, double yardstick, int most, Load.Script script) {
        return measured(product.port(), product::serverCpu, connections, yardstick, most, script);
    }

    private Measurement measured(int port, DoubleSupplier serverCpu, int connections, double yardstick, int most, Load.Script script) {
        var before = product.cpu();
        double serverBefore = serverCpu.getAsDouble();
        double ownBefore = ownCpu();
        var result = Load.run(port, connections, plan.measured, most, script);
        var cpu = product.cpu().since(before);
        double server = serverCpu.getAsDouble() - serverBefore;
        double thousands = result.answered() / 1_000.0;
        return new Measurement(result.perSecond(), yardstick, result.millisAt(50), result.millisAt(99),
                result.millisAt(100), server / thousands, cpu.postgres() / thousands, (ownCpu() - ownBefore) / thousands,
                result.answered(), result.errors(), result.firstError());
    }

    private List<Measurement> line(String what, int clients) {
        return lines.computeIfAbsent("%-32s %4d".formatted(what, clients), nothing -> new ArrayList<>());
    }

    private static double ownCpu() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1e9;
    }

    private String table() {
        var table = new StringBuilder("""

                Durable PostgreSQL, %s households; each figure the median of %d.%s
                %-32s %4s %9s %8s %8s %8s %8s %22s %7s
                %-37s %9s %8s %8s %8s %8s %8s %6s %6s %7s
                """.formatted("%,d".formatted(TOWN.households()), plan.rounds,
                pgbench.isEmpty() ? " pgbench is not installed (Debian: postgresql-contrib), so nothing is compared." : "",
                "", "", "", "to", "p50", "p99", "most", "CPU s per 1,000", "",
                "work, clients", "req/s", "pgbench", "ms", "ms", "ms", "server", "db", "client", "errors"));
        lines.forEach((name, rounds) -> table.append("%s %,9.0f %8s %8.2f %8.2f %8.1f %8.3f %6.3f %6.3f %7d%n".formatted(name,
                median(rounds, Measurement::perSecond), ratio(median(rounds, each -> each.perSecond / each.yardstick)),
                median(rounds, Measurement::p50), median(rounds, Measurement::p99), median(rounds, Measurement::most),
                median(rounds, Measurement::serverCpu), median(rounds, Measurement::postgresCpu), median(rounds, Measurement::clientCpu),
                rounds.stream().mapToLong(Measurement::errors).sum())));
        lines.values().stream().flatMap(List::stream).filter(each -> each.errors > 0).findFirst()
                .ifPresent(each -> table.append("The first error: ").append(each.firstError).append('\n'));
        return table.toString();
    }

    private static String ratio(double of) {
        return Double.isNaN(of) ? "" : "%.2fx".formatted(of);
    }

    private String start(String how) throws InterruptedException {
        var starts = new ArrayList<Duration>();
        long idle = 0;
        for (int i = 0; i < plan.starts; i++) {
            product.terminate();
            starts.add(product.start());
            Thread.sleep(1_000);
            idle = product.residentMegabytes();
        }
        starts.sort(Comparator.naturalOrder());
        return how + " to ready with kept data: %d ms (median of %d, %d to %d). Idle after it: %d MB resident.".formatted(
                starts.get(plan.starts / 2).toMillis(), plan.starts, starts.getFirst().toMillis(), starts.getLast().toMillis(), idle);
    }

    private static double median(List<Measurement> rounds, ToDoubleFunction<Measurement> figure) {
        var sorted = rounds.stream().mapToDouble(figure).sorted().toArray();
        return sorted[sorted.length / 2];
    }

    private void pressTokens() {
        var press = new PressedTokens(product.keys());
        var tokens = IntStream.range(0, TOWN.residents()).mapToObj(resident -> press.ofResident(TOWN.compoundOf(resident),
                Kind.HOUSEHOLD.id(TOWN.householdOf(resident)), Kind.RESIDENT.id(resident), Kind.ACCOUNT.id(resident),
                Kind.SESSION.id(resident))).toList();
        reporting = new Reporting(TOWN, BusinessClock.system().today(), tokens);
    }

    private Reporting reporting() {
        if (reporting == null) {
            throw new IllegalStateException("no tokens yet");
        }
        return reporting;
    }

    /** What was reported in the days that are open for it is gone; the older history stays, and PostgreSQL knows of it. */
    private void empty() throws SQLException {
        sql("truncate health_report_version, idempotency_key");
        sql("delete from health_report where report_date >= current_date - " + Town.OPEN_DAYS);
        sql("vacuum analyze health_report, idempotency_key");
    }

    private void sql(String text) throws SQLException {
        try (var connection = product.connect(); var statement = connection.createStatement()) {
            statement.execute(text);
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
