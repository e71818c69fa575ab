package gatehouse.load;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import gatehouse.kernel.PostgresUrl;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Two PostgreSQL under Debian's Patroni and an etcd, all on loopback, by the project's own example file: only addresses and times are
 * this machine's. They run as the user postgres where the tests run as root, whom PostgreSQL refuses.
 */
final class Cluster implements AutoCloseable {
    /** Seconds after which a primary that is not heard of has lost its place. */
    static final int TTL = 10;
    private static final Path EXAMPLE = Path.of("src/main/deploy/patroni.yml");
    private static final Path DEBIAN = Path.of("/usr/lib/postgresql");
    private static final String PASSWORD = "change-me";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final ObjectMapper JSON = new ObjectMapper();

    private record Member(String name, int api, int port, Path folder) {
        Path config() {
            return folder.resolve("patroni.yml");
        }
    }

    private final Path folder;
    private final Path programs;
    private final HttpClient http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();
    private final List<Member> members = new ArrayList<>();
    private final Map<String, Process> processes = new LinkedHashMap<>();

    private Cluster(Path programs) throws IOException {
        this.programs = programs;
        this.folder = Files.createTempDirectory("gatehouse-cluster-");
        for (int number = 1; number <= 2; number++) {
            var name = "db" + number;
            members.add(new Member(name, freePort(), freePort(), Files.createDirectory(folder.resolve(name))));
        }
    }

    /** Runs, with a standby that has every commit; skips the test, aloud, where a part of it is not installed. */
    static Cluster start() throws Exception {
        var programs = programs();
        if (programs.isEmpty() || !Files.isExecutable(Path.of("/usr/bin/patroni")) || !Files.isExecutable(Path.of("/usr/bin/etcd"))) {
            var missing = "SKIPPED: these tests need a PostgreSQL cluster (apt-get install postgresql patroni etcd-server)";
            System.err.println(missing);
            if (Boolean.parseBoolean(System.getenv("GATEHOUSE_TEST_REQUIRE_ALL"))) {
                fail(missing);
            }
            abort(missing);
        }
        var cluster = new Cluster(programs.get());
        try {
            cluster.begin();
        } catch (Exception | Error failed) {
            cluster.close();
            throw failed;
        }
        return cluster;
    }

    /** Of the newest major version. */
    private static Optional<Path> programs() throws IOException {
        if (!Files.isDirectory(DEBIAN)) {
            return Optional.empty();
        }
        try (Stream<Path> versions = Files.list(DEBIAN)) {
            return versions.map(version -> version.resolve("bin")).filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                    .max(Comparator.comparing(bin -> Integer.parseInt(bin.getParent().getFileName().toString())));
        }
    }

    private void begin() throws Exception {
        int etcd = freePort();
        for (var member : members) {
            writeConfig(member, etcd);
        }
        if (isRoot()) {
            run("chown", "-R", "postgres:", folder.toString());
        }
        var peers = "http://127.0.0.1:" + freePort();
        var clients = "http://127.0.0.1:" + etcd;
        spawn("etcd", "/usr/bin/etcd", "--data-dir", folder.resolve("etcd").toString(), "--log-level", "error", "--listen-client-urls", clients,
                "--advertise-client-urls", clients, "--listen-peer-urls", peers, "--initial-advertise-peer-urls", peers, "--initial-cluster", "default=" + peers);
        members.forEach(this::startMember);
        await("a standby that has every commit", states -> states.stream().anyMatch(state -> state.path("role").asText().equals("sync_standby")));
        try (var connection = superuser(primary(), "postgres"); var statement = connection.createStatement()) {
            statement.execute("create role gatehouse login password '" + PASSWORD + "'");
            statement.execute("create database gatehouse owner gatehouse");
        }
    }

    private void writeConfig(Member member, int etcd) throws IOException {
        var config = Files.readString(EXAMPLE);
        config = replaced(config, "name: db1", "name: " + member.name());
        config = replaced(config, "10.0.0.11:8008", "127.0.0.1:" + member.api());
        config = replaced(config, "10.0.0.21:2379,10.0.0.22:2379,10.0.0.23:2379", "127.0.0.1:" + etcd);
        config = replaced(config, "10.0.0.0/24", "127.0.0.1/32");
        config = replaced(config, "10.0.0.11:5432", "127.0.0.1:" + member.port());
        config = replaced(config, "/var/lib/postgresql/gatehouse", member.folder().resolve("data").toString());
        config = replaced(config, "/var/lib/postgresql/.pgpass-patroni", member.folder().resolve("pgpass").toString());
        config = replaced(config, "/usr/lib/postgresql/15/bin", programs.toString());
        config = replaced(config, "ttl: 30", "ttl: " + TTL);
        config = replaced(config, "loop_wait: 5", "loop_wait: 1");
        config = replaced(config, "retry_timeout: 5", "retry_timeout: 3");
        Files.writeString(member.config(), config + "  parameters:\n    unix_socket_directories: ''\n");
    }

    private static String replaced(String text, String what, String by) {
        if (!text.contains(what)) {
            throw new IllegalStateException("the example no longer has " + what);
        }
        return text.replace(what, by);
    }

    /** All members, the standby first. */
    PostgresUrl url() {
        var primary = primary();
        return new PostgresUrl(Stream.concat(members.stream().filter(member -> !member.name().equals(primary)), members.stream().filter(member -> member.name().equals(primary)))
                .map(member -> new PostgresUrl.Host("127.0.0.1", member.port())).toList(), "gatehouse", "gatehouse", PASSWORD, Map.of());
    }

    /** Its name. */
    String primary() {
        return states().stream().filter(state -> state.path("role").asText().equals("leader")).map(state -> state.path("name").asText()).findFirst().orElseThrow();
    }

    String standby() {
        var primary = primary();
        return members.stream().map(Member::name).filter(name -> !name.equals(primary)).findFirst().orElseThrow();
    }

    /** Connections of the product to that member. */
    int connectionsTo(String member) throws SQLException {
        try (var connection = superuser(member, "gatehouse"); var statement = connection.createStatement();
             var rows = statement.executeQuery("select count(*) from pg_stat_activity where usename = 'gatehouse'")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    /** SIGKILL to PostgreSQL and to its Patroni, as when the machine dies. */
    void killMachine(String name) throws Exception {
        var member = member(name);
        var postmaster = Long.parseLong(Files.readAllLines(member.folder().resolve("data/postmaster.pid")).getFirst().strip());
        killWholly(processes.remove(name).toHandle());
        ProcessHandle.of(postmaster).orElseThrow().destroyForcibly();
    }

    void startMember(String name) {
        startMember(member(name));
    }

    private void startMember(Member member) {
        spawn(member.name(), "/usr/bin/patroni", member.config().toString());
    }

    void awaitStandby(String name) throws InterruptedException {
        await(name + " as a standby", states -> states.stream().anyMatch(state -> state.path("name").asText().equals(name)
                && state.path("role").asText().equals("sync_standby")));
    }

    /** As an operator has them do before the primary's machine is serviced: returns when the other one is the primary. */
    void changePlaces(String primary, String standby) throws Exception {
        var order = JSON.writeValueAsString(Map.of("leader", primary, "candidate", standby));
        var answer = http.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + member(primary).api() + "/switchover"))
                .header("Content-Type", "application/json").POST(BodyPublishers.ofString(order)).timeout(PATIENCE).build(), BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IllegalStateException("no change of places: " + answer.statusCode() + " " + answer.body() + logs());
        }
        await(standby + " as the primary", states -> states.stream().anyMatch(state -> state.path("name").asText().equals(standby)
                && state.path("role").asText().equals("leader") && state.path("state").asText().equals("running")));
    }

    private Member member(String name) {
        return members.stream().filter(member -> member.name().equals(name)).findFirst().orElseThrow();
    }

    private Connection superuser(String member, String database) throws SQLException {
        var server = "jdbc:postgresql://127.0.0.1:" + member(member).port() + "/" + database;
        var properties = new java.util.Properties();
        properties.setProperty("user", "postgres");
        properties.setProperty("password", PASSWORD);
        return new org.postgresql.Driver().connect(server, properties);
    }

    private List<JsonNode> states() {
        for (var member : members) {
            try {
                var answer = http.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + member.api() + "/cluster")).timeout(Duration.ofSeconds(2)).build(),
                        BodyHandlers.ofString());
                var found = JSON.readTree(answer.body()).path("members");
                return IntStream.range(0, found.size()).mapToObj(found::get).toList();
            } catch (IOException gone) {
                continue;
            } catch (InterruptedException stopped) {
                throw new IllegalStateException(stopped);
            }
        }
        return List.of();
    }

    private void await(String what, Predicate<List<JsonNode>> there) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        var seen = states();
        while (!there.test(seen)) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("no " + what + ": " + seen + logs());
            }
            Thread.sleep(100);
            seen = states();
        }
    }

    private String logs() {
        return processes.keySet().stream().map(name -> {
            try {
                var lines = Files.readAllLines(folder.resolve(name + ".log"));
                return "\n" + name + ":\n" + String.join("\n", lines.subList(Math.max(0, lines.size() - 15), lines.size()));
            } catch (IOException unreadable) {
                return "\n" + name + ": " + unreadable;
            }
        }).collect(Collectors.joining());
    }

    private void spawn(String name, String... command) {
        try {
            var whole = new ArrayList<String>();
            if (isRoot()) {
                whole.addAll(List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"));
            }
            whole.addAll(List.of(command));
            var log = folder.resolve(name + ".log").toFile();
            processes.put(name, new ProcessBuilder(whole).directory(folder.toFile()).redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log)).start());
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static void run(String... command) throws IOException, InterruptedException {
        if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
            throw new IllegalStateException("failed: " + String.join(" ", command));
        }
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    private static void killWholly(ProcessHandle process) {
        var children = process.descendants().toList();
        process.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() throws Exception {
        for (var process : processes.values()) {
            killWholly(process.toHandle());
        }
        for (var member : members) {
            var pid = member.folder().resolve("data/postmaster.pid");
            if (Files.exists(pid)) {
                ProcessHandle.of(Long.parseLong(Files.readAllLines(pid).getFirst().strip()))
                        .filter(postgres -> postgres.info().command().orElse("").endsWith("postgres")).ifPresent(ProcessHandle::destroyForcibly);
            }
        }
        for (var process : processes.values()) {
            process.waitFor(10, TimeUnit.SECONDS);
        }
        try (var files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        }
    }
}
