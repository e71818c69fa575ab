package gatehouse.load;

import gatehouse.kernel.KeyRing;
import gatehouse.kernel.PostgresUrl;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The product as a process of its own, with its own durable PostgreSQL under a folder: started, watched, ended in every manner. */
final class Product implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(180);
    private static final int READY_POLL_MILLIS = 2;
    static final double TICKS_PER_SECOND = 100;
    private static final int PAGE_KB = 4;

    private final List<String> what;
    private final List<String> command;
    private final Map<String, String> environment;
    private String javaOptions = "";
    private String clockStart = "";
    private final Path data;
    private final int port;
    private @Nullable Process process;

    private Product(Path data, List<String> what, List<String> options, Map<String, String> environment) {
        this.data = data;
        this.what = what;
        this.environment = environment;
        this.port = freePort();
        this.command = new ArrayList<>(List.of(ProcessHandle.current().info().command().orElseThrow(), "--enable-native-access=ALL-UNNAMED"));
        this.command.addAll(options);
        this.command.addAll(what);
    }

    /** As the build compiled it. */
    static Product ofClasses(Path data) {
        return ofClasses(data, Map.of());
    }

    /** With more of an environment, or another one. */
    static Product ofClasses(Path data, Map<String, String> environment) {
        return new Product(data, List.of("-classpath", System.getProperty("java.class.path"), "gatehouse.Main"), List.of(), environment);
    }

    /** The same, on a database that is there already. */
    static Product ofClassesOn(String databaseUrl, Path data) {
        return new Product(data, List.of("-classpath", System.getProperty("java.class.path"), "gatehouse.Main"), List.of(),
                Map.of("GATEHOUSE_DATABASE_URL", databaseUrl));
    }

    /** As it is delivered. */
    static Product ofJar(Path jar, Path data, List<String> options) {
        if (!Files.isRegularFile(jar)) {
            throw new IllegalStateException("There is no " + jar + ": package it first (mvn package).");
        }
        return new Product(data, List.of("-jar", jar.toAbsolutePath().toString()), options, Map.of());
    }

    /** Another instance of it beside this one, which runs: on its database, with its keys. */
    Product beside(Path folder) {
        return beside(folder, databasePort());
    }

    /** The same, which finds the database on another port. */
    Product beside(Path folder, int databasePort) {
        return beside(folder, databasePort, Map.of());
    }

    /** The same, with more of an environment. */
    Product beside(Path folder, int databasePort, Map<String, String> more) {
        var all = new LinkedHashMap<>(environment);
        all.put("GATEHOUSE_DATABASE_URL", database(databasePort, "gatehouse", "password").text());
        all.put("GATEHOUSE_KEYS", lines(data.resolve("keys")).getFirst().strip());
        all.putAll(more);
        return new Product(folder, what, List.of(), all);
    }

    /** From the next start on with these options for the JVM, as its environment gives them. */
    void setJavaOptions(String options) {
        javaOptions = options;
    }

    /** From the next start on its clock begins at that time; only the demonstration's can. */
    void setClock(OffsetDateTime start) {
        clockStart = start.toString();
    }

    /** Starts it and waits until it says that it is ready; answers how long that took. */
    Duration start() {
        long begin = System.nanoTime();
        try {
            var builder = new ProcessBuilder(command).redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(output().toFile()));
            builder.environment().keySet().removeIf(name -> name.startsWith("GATEHOUSE_"));
            builder.environment().putAll(Map.of("GATEHOUSE_DATA_DIR", data.toString(), "GATEHOUSE_HTTP_PORT", String.valueOf(port),
                    "GATEHOUSE_DEMO", "off"));
            if (!javaOptions.isEmpty()) {
                builder.environment().put("JDK_JAVA_OPTIONS", javaOptions);
            }
            builder.environment().putAll(environment);
            if (!clockStart.isEmpty()) {
                builder.environment().put("GATEHOUSE_CLOCK_START", clockStart);
            }
            process = builder.start();
            while (readiness() != 200) {
                if (!process.isAlive() || System.nanoTime() - begin > PATIENCE.toNanos()) {
                    throw new IllegalStateException("not ready:\n" + Files.readString(output()));
                }
                Thread.sleep(READY_POLL_MILLIS);
            }
            return Duration.ofNanos(System.nanoTime() - begin);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    /** What {@code /readyz} says, or 0 where nobody answers. */
    int readiness() {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), 1_000);
            socket.setSoTimeout(3_000);
            socket.getOutputStream().write("GET /readyz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            var line = new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
            return line.length() < 12 ? 0 : Integer.parseInt(line.substring(9));
        } catch (ConnectException closed) {
            return 0;
        } catch (IOException cut) {
            return 0;
        }
    }

    /** SIGTERM; answers its exit code. */
    int terminate() {
        process().destroy();
        return awaitEnd();
    }

    void requestStop() {
        process().destroy();
    }

    int awaitEnd() {
        try {
            if (!process().waitFor(30, TimeUnit.SECONDS)) {
                throw new IllegalStateException("still running after 30 s");
            }
            return process().exitValue();
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    /** SIGKILL: no hook runs, and its PostgreSQL is left behind. */
    void kill() {
        process().destroyForcibly();
        awaitEnd();
    }

    /** SIGKILL to the postmaster, whose own processes end when they notice. */
    void killPostgres() {
        postmaster().destroyForcibly();
    }

    ProcessHandle postmaster() {
        return ProcessHandle.of(Long.parseLong(lines(data.resolve("postgres/data/postmaster.pid")).getFirst().strip())).orElseThrow();
    }

    /** Whether PostgreSQL runs, or ended without tidying up. */
    boolean hasPostmasterFile() {
        return Files.exists(data.resolve("postgres/data/postmaster.pid"));
    }

    boolean isAlive() {
        return process != null && process.isAlive();
    }

    int port() {
        return port;
    }

    /** As the application's role; only while it runs. */
    Connection connect() {
        try {
            return database().connect();
        } catch (SQLException refused) {
            throw new IllegalStateException(refused);
        }
    }

    PostgresUrl database() {
        var given = environment.get("GATEHOUSE_DATABASE_URL");
        return given == null ? database(databasePort(), "gatehouse", "password") : PostgresUrl.parse(given);
    }

    int databasePort() {
        return Integer.parseInt(lines(data.resolve("postgres/port")).getFirst().strip());
    }

    /** As the superuser, in the application's database. */
    Connection connectAsSuperuser() throws SQLException {
        return database(databasePort(), "postgres", "superuser-password").connect();
    }

    private PostgresUrl database(int databasePort, String role, String passwordFile) {
        return new PostgresUrl(List.of(new PostgresUrl.Host("127.0.0.1", databasePort)), "gatehouse", role,
                lines(data.resolve("postgres").resolve(passwordFile)).getFirst().strip(), Map.of());
    }

    /** What a query of one number answers. */
    static long number(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement(); var rows = statement.executeQuery(sql)) {
            return rows.next() ? rows.getLong(1) : 0;
        }
    }

    /** The keys that its first start made. */
    KeyRing keys() {
        var masters = new LinkedHashMap<String, byte[]>();
        for (var entry : lines(data.resolve("keys")).getFirst().strip().split(",")) {
            var parts = entry.split(":", 2);
            masters.put(parts[0], Base64.getDecoder().decode(parts[1]));
        }
        return new KeyRing(masters);
    }

    /** What it wrote to its terminal. */
    Path output() {
        return data.resolveSibling("output");
    }

    /** Has its flight recorder look while {@code work} is done. */
    void record(Runnable work, Path into) {
        diagnose("JFR.start", "name=load", "settings=profile", "jdk.CPUTimeSample#enabled=true", "jdk.CPUTimeSample#throttle=2ms");
        work.run();
        diagnose("JFR.dump", "name=load", "filename=" + into);
    }

    private void diagnose(String... what) {
        var java = Path.of(ProcessHandle.current().info().command().orElseThrow());
        var jcmd = new ArrayList<>(List.of(java.resolveSibling("jcmd").toString(), String.valueOf(process().pid())));
        jcmd.addAll(List.of(what));
        try {
            if (new ProcessBuilder(jcmd).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor() != 0) {
                throw new IllegalStateException("failed: " + jcmd);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    /** Seconds of processor time, user and system. */
    record Cpu(double server, double postgres) {
        Cpu since(Cpu earlier) {
            return new Cpu(server - earlier.server, postgres - earlier.postgres);
        }
    }

    Cpu cpu() {
        var postmaster = postmaster();
        double postgres = ticks(postmaster.pid(), 4);
        for (var child : postmaster.children().toList()) {
            postgres += ticks(child.pid(), 2);
        }
        return new Cpu(serverCpu(), postgres / TICKS_PER_SECOND);
    }

    /** Seconds of processor time of the server alone. */
    double serverCpu() {
        return ticks(process().pid(), 2) / TICKS_PER_SECOND;
    }

    long residentMegabytes() {
        return Long.parseLong(lines(Path.of("/proc/" + process().pid() + "/statm")).getFirst().split(" ")[1]) * PAGE_KB / 1024;
    }

    /** Fields 14 to 17 of the line: own user and system time, then those of children that ended. */
    static double ticks(long pid, int fields) {
        var stat = Path.of("/proc/" + pid + "/stat");
        if (!Files.exists(stat)) {
            return 0;
        }
        var line = lines(stat).getFirst();
        var afterName = line.substring(line.lastIndexOf(')') + 2).split(" ");
        double sum = 0;
        for (int i = 0; i < fields; i++) {
            sum += Long.parseLong(afterName[11 + i]);
        }
        return sum;
    }

    private Process process() {
        if (process == null) {
            throw new IllegalStateException("not started");
        }
        return process;
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Below the range of outgoing connections, so that it stays free between two starts. */
    static int freePort() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(11_000, 19_000);
            try (var probe = new ServerSocket(port)) {
                return probe.getLocalPort();
            } catch (IOException taken) {
                continue;
            }
        }
    }

    /** Ends it, and its PostgreSQL whoever left it behind. */
    @Override
    public void close() {
        if (isAlive()) {
            process().destroy();
            try {
                if (!process().waitFor(20, TimeUnit.SECONDS)) {
                    process().destroyForcibly().waitFor();
                }
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        }
        if (hasPostmasterFile()) {
            postmaster().destroyForcibly();
        }
    }
}
