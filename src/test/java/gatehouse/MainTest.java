package gatehouse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.kernel.Await;
import gatehouse.kernel.StartFailure;
import gatehouse.support.Folders;
import gatehouse.support.ShortLivedJvm;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The process as an operator meets it: its own JVM, its exit code, what it prints. */
@Order(1)
class MainTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** The folder of a demonstration that was started and stopped once; to be copied, not used. */
    @TempDir
    static Path prepared;
    @TempDir
    Path temporary;
    Path data;
    Path output;
    Path errors;
    Process process;

    @BeforeAll
    static void startForTheFirstTime() throws Exception {
        MainTest first = new MainTest();
        first.temporary = prepared;
        first.nameFiles();
        try {
            first.start(List.of(), Map.of());
            first.awaitReady();
            String told = Files.readString(first.output);
            assertTrue(told.contains("13900000001") && told.contains("gatehouse-demo"), told);
        } finally {
            first.endProcess();
        }
    }

    @BeforeEach
    void nameFiles() {
        data = temporary.resolve("data");
        output = temporary.resolve("output");
        errors = temporary.resolve("errors");
    }

    @AfterEach
    void endProcess() throws InterruptedException {
        if (process != null) {
            process.destroy();
            if (!process.waitFor(15, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        }
    }

    @Test
    void main_wrongConfiguration_tellsAllFaultsAndExits78() throws Exception {
        start(List.of(), Map.of("GATEHOUSE_HTTP_PROT", "1", "GATEHOUSE_LOG_LEVEL", "LOUD"));
        assertEquals(78, exitCode());
        String told = Files.readString(errors);
        assertTrue(told.contains("2 fault(s)") && told.contains("GATEHOUSE_HTTP_PORT") && told.contains("LOUD"), told);
        assertFalse(told.contains("\tat "), told);
        assertFalse(Files.exists(data), "a refused start makes nothing");
    }

    @Test
    void main_arguments_areRefusedWithAHint() throws Exception {
        start(List.of("--port=80"), Map.of());
        assertEquals(64, exitCode());
        assertTrue(Files.readString(errors).contains("environment variables"));
    }

    @Test
    void main_verifyAudit_checksEveryChainAndEnds() throws Exception {
        bringPostgres();
        start(List.of("verify-audit"), Map.of());
        assertEquals(0, exitCode(), () -> text(errors));
        assertTrue(Files.readString(output).contains("0 chains, 0 entries in "), Files.readString(output));
        assertFalse(Files.exists(data.resolve("postgres/data/postmaster.pid")), "its own PostgreSQL is stopped again");
    }

    @Test
    void main_backupOfTheRunningService_isRestoredIntoAnotherFolder() throws Exception {
        Folders.copy(prepared.resolve("data"), data);
        start(List.of(), Map.of());
        awaitReady();
        Process service = process;
        Path file = temporary.resolve("house.backup");
        try {
            start(List.of("backup", file.toString()), Map.of());
            assertEquals(0, exitCode(), () -> text(errors));
            assertTrue(Files.readString(output).contains("Backup " + file), Files.readString(output));
            assertTrue(service.isAlive());
        } finally {
            service.destroy();
            assertTrue(service.waitFor(15, TimeUnit.SECONDS));
        }
        Path keys = data.resolve("keys");
        data = temporary.resolve("other");
        bringPostgres();
        start(List.of("restore", file.toString()), Map.of());
        assertEquals(69, exitCode());
        assertTrue(Files.readString(errors).contains("There are no keys"), Files.readString(errors));
        Files.copy(keys, data.resolve("keys"));
        start(List.of("restore", file.toString()), Map.of());
        assertEquals(0, exitCode(), () -> text(errors));
        assertTrue(Files.readString(output).contains("Restored " + file), Files.readString(output));
        assertFalse(Files.exists(data.resolve("postgres/data/postmaster.pid")), "its own PostgreSQL is stopped again");
    }

    @Test
    void main_unreachableDatabase_saysSoWithoutAStackTraceOrThePassword() throws Exception {
        start(List.of(), Map.of("GATEHOUSE_DATABASE_URL", "postgresql://gate:geheim@127.0.0.1:1/db",
                "GATEHOUSE_KEYS", "k:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="));
        assertEquals(69, exitCode());
        String told = Files.readString(errors) + Files.readString(output);
        assertTrue(told.contains("127.0.0.1:1/db cannot be used"), told);
        assertFalse(told.contains("\tat ") || told.contains("geheim"), told);
    }

    @Test
    void main_terminated_stopsItsPostgresWithin10SecondsAndCanStartAgain() throws Exception {
        Folders.copy(prepared.resolve("data"), data);
        start(List.of(), Map.of());
        awaitReady();
        String told = Files.readString(output);
        assertTrue(told.contains("13900000001") && told.contains("gatehouse-demo"), told);
        ProcessHandle postgres = ProcessHandle.of(Long.parseLong(Files.readAllLines(data.resolve("postgres/data/postmaster.pid")).getFirst())).orElseThrow();

        process.destroy();
        assertTrue(process.waitFor(10, TimeUnit.SECONDS));
        assertEquals(128 + 15, process.exitValue());
        assertFalse(postgres.isAlive());
        assertFalse(Files.exists(data.resolve("postgres/data/postmaster.pid")), "stopped cleanly, nothing to recover");

        start(List.of(), Map.of());
        awaitReady();
    }

    @Test
    void main_secondProcessOnTheSameFolder_isRefusedAndTheFirstGoesOn() throws Exception {
        Folders.copy(prepared.resolve("data"), data);
        start(List.of(), Map.of());
        awaitReady();
        Process first = process;
        try {
            Files.delete(output);
            start(List.of(), Map.of());
            assertEquals(69, exitCode());
            assertTrue(Files.readString(errors).contains("Another Gatehouse is already running on the data folder " + data.toRealPath()));
            assertTrue(first.isAlive());
        } finally {
            first.destroy();
            assertTrue(first.waitFor(15, TimeUnit.SECONDS));
        }
    }

    @Test
    void main_demonstrationOpenedForOthers_isRefused() throws Exception {
        Folders.copy(prepared.resolve("data"), data);
        start(List.of(), Map.of("GATEHOUSE_HTTP_HOST", "0.0.0.0"));
        assertEquals(69, exitCode());
        String told = Files.readString(errors);
        assertTrue(told.contains("holds the demonstration") && told.contains("GATEHOUSE_HTTP_HOST=0.0.0.0 with"), told);
        assertFalse(Files.readString(output).contains("Gatehouse is ready."), "nobody was let in");
    }

    @Test
    void main_damagedKeys_refusesToMakeNewOnes() throws Exception {
        bringPostgres();
        Files.writeString(data.resolve("keys"), "k1:dGFtcGVyZWQ=");
        start(List.of(), Map.of());
        assertEquals(69, exitCode());
        String told = Files.readString(errors);
        assertTrue(told.contains("does not hold keys any more"), told);
        assertEquals("k1:dGFtcGVyZWQ=", Files.readString(data.resolve("keys")));
        assertFalse(Files.exists(data.resolve("postgres/data/postmaster.pid")), "what was started beside is stopped");
    }

    @Test
    void listening_portTaken_namesTheSettings() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            Config config = Config.read(Map.of("GATEHOUSE_HTTP_PORT", Integer.toString(taken.getLocalPort())));
            Vertx vertx = Vertx.vertx();
            try {
                StartFailure failure = assertThrows(StartFailure.class, () -> Gatehouse.listening(config,
                        () -> Await.on(vertx.createNetServer().connectHandler(socket -> socket.close()).listen(config.httpPort(), config.httpHost()))));
                assertTrue(failure.getMessage().contains("Cannot listen on 127.0.0.1, port " + taken.getLocalPort()), failure.getMessage());
            } finally {
                Await.on(vertx.close());
            }
        }
    }

    /** Its programs are there already, to be unpacked no more; nothing else is. */
    private void bringPostgres() throws Exception {
        Files.createDirectories(data);
        Folders.copy(prepared.resolve("data/cache"), data.resolve("cache"));
    }

    private void start(List<String> arguments, Map<String, String> settings) throws IOException {
        List<String> command = new java.util.ArrayList<>(ShortLivedJvm.command());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(output.toFile()).redirectError(errors.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("GATEHOUSE_"));
        Map<String, String> environment = new HashMap<>(Map.of("GATEHOUSE_DATA_DIR", data.toString(), "GATEHOUSE_HTTP_PORT", "0"));
        environment.putAll(settings);
        builder.environment().putAll(environment);
        process = builder.start();
    }

    private int exitCode() throws InterruptedException {
        assertTrue(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS), "still running");
        return process.exitValue();
    }

    private void awaitReady() throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!Files.readString(output).contains("Gatehouse is ready.")) {
            assertTrue(process.isAlive(), () -> "ended: " + text(errors));
            assertTrue(System.nanoTime() < deadline, "not ready");
            Thread.sleep(20);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new java.io.UncheckedIOException(unreadable);
        }
    }
}
