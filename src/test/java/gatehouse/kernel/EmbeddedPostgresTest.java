package gatehouse.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.kernel.EmbeddedPostgres.Durability;
import gatehouse.support.Folders;
import gatehouse.support.ShortLivedJvm;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresTest {

    private static final Path BINARIES = Path.of("target", "test-postgres", "binaries").toAbsolutePath();

    /** A cluster that was made and stopped; making one takes longer than anything that is then done with it. */
    @TempDir
    static Path prepared;
    @TempDir
    Path temporary;
    Path folder;

    @BeforeAll
    static void makeACluster() {
        start(prepared.resolve("postgres")).close();
    }

    @BeforeEach
    void nameFolderAsPeopleDo() throws Exception {
        folder = temporary.resolve("门房 data 'x'/postgres");
        Files.createDirectories(folder.getParent());
        Folders.copy(prepared.resolve("postgres"), folder);
    }

    @Test
    void start_durable_hasSafeSettingsAndListensOnLoopbackOnly() throws SQLException {
        try (EmbeddedPostgres postgres = start(temporary.resolve("门房 data 'new'/postgres"))) {
            assertEquals(List.of("on", "on", "on", "127.0.0.1", "", "off"), one(postgres.superuserUrl(), """
                    select current_setting('fsync'), current_setting('synchronous_commit'), current_setting('full_page_writes'),
                           current_setting('listen_addresses'), current_setting('unix_socket_directories'), current_setting('jit')"""));
        }
    }

    @Test
    void start_settingOverriddenInTheCluster_isRefused() throws IOException {
        start(folder).close();
        Files.writeString(folder.resolve("data/postgresql.auto.conf"), "synchronous_commit = off\n");
        StartFailure failure = assertThrows(StartFailure.class, () -> start(folder));
        assertTrue(failure.getMessage().contains("on, off, on"), failure.getMessage());
        assertTrue(PostgresProcess.leftBehind(folder.toRealPath().resolve("data")).isEmpty(), "a refused PostgreSQL is stopped");
    }

    @Test
    void start_again_keepsDataPortAndPassword() throws SQLException {
        PostgresUrl before;
        try (EmbeddedPostgres postgres = start(folder)) {
            before = postgres.url();
            execute(before, "create table kept as select 42 as answer");
        }
        try (EmbeddedPostgres postgres = start(folder)) {
            assertEquals(before.text(), postgres.url().text());
            assertEquals(List.of("42"), one(postgres.url(), "select answer from kept"));
        }
    }

    @Test
    void connect_withoutThePassword_isRefused() throws IOException {
        try (EmbeddedPostgres postgres = start(folder)) {
            PostgresUrl right = postgres.url();
            for (String user : List.of("gatehouse", "postgres")) {
                PostgresUrl guess = new PostgresUrl(right.hosts(), right.database(), user, "guess", Map.of());
                assertEquals("28P01", assertThrows(SQLException.class, guess::connect).getSQLState());
            }
            for (String secret : List.of("password", "superuser-password")) {
                assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(secret))));
            }
        }
    }

    @Test
    void role_ofTheApplication_ownsItsDatabaseAndIsNoSuperuser() throws SQLException {
        try (EmbeddedPostgres postgres = start(folder)) {
            assertEquals(List.of("gatehouse", "gatehouse", "f"), one(postgres.url(), """
                    select current_user, pg_get_userbyid(datdba), (select rolsuper from pg_roles where rolname = current_user)
                    from pg_database where datname = current_database()"""));
        }
    }

    @Test
    void start_folderInUse_isRefusedClearlyAndHarmsNothing() throws SQLException {
        try (EmbeddedPostgres first = start(folder)) {
            StartFailure failure = assertThrows(StartFailure.class, () -> start(folder));
            assertTrue(failure.getMessage().startsWith("Another Gatehouse is already running on the data folder "), failure.getMessage());
            assertEquals(List.of("1"), one(first.url(), "select 1"));
        }
    }

    @Test
    void start_folderInUseByAnotherProcess_isRefused() throws Exception {
        Process other = startInAnotherJvm(folder);
        try {
            StartFailure failure = assertThrows(StartFailure.class, () -> start(folder));
            assertTrue(failure.getMessage().contains("GATEHOUSE_DATA_DIR"), failure.getMessage());
        } finally {
            other.destroy();
            assertTrue(other.waitFor(20, TimeUnit.SECONDS));
        }
    }

    @Test
    void start_afterKillMinus9_stopsTheOrphanAndKeepsWhatWasCommitted() throws Exception {
        Process killed = startInAnotherJvm(folder);
        killed.destroyForcibly().waitFor();
        PostgresProcess orphan = PostgresProcess.leftBehind(folder.toRealPath().resolve("data")).orElseThrow();
        try (EmbeddedPostgres postgres = start(folder)) {
            assertFalse(ProcessHandle.of(orphan.pid()).map(ProcessHandle::isAlive).orElse(false));
            assertEquals(List.of("committed"), one(postgres.url(), "select word from written_by_child"));
        }
    }

    @Test
    void start_afterKillMinus9OfBoth_recovers() throws Exception {
        Process killed = startInAnotherJvm(folder);
        PostgresProcess orphan = PostgresProcess.leftBehind(folder.toRealPath().resolve("data")).orElseThrow();
        killed.destroyForcibly().waitFor();
        ProcessHandle.of(orphan.pid()).orElseThrow().destroyForcibly();
        try (EmbeddedPostgres postgres = start(folder)) {
            assertEquals(List.of("committed"), one(postgres.url(), "select word from written_by_child"));
        }
    }

    @Test
    void kill_ofPostgresWhileRunning_bringsItBackOnTheSamePortWithItsData() throws Exception {
        try (EmbeddedPostgres postgres = start(folder)) {
            execute(postgres.url(), "create table kept as select 42 as answer");
            long first = postgres.pid();
            ProcessHandle.of(first).orElseThrow().destroyForcibly();
            assertEquals(List.of("42"), eventually(postgres.url(), "select answer from kept", Duration.ofSeconds(10)));
            // It answers a moment before it is known to be back.
            long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
            while (first == postgres.pid() && System.nanoTime() < end) {
                Thread.sleep(10);
            }
            assertFalse(first == postgres.pid());
        }
    }

    @Test
    void start_portTakenByAnotherProgram_choosesANewOne() throws Exception {
        start(folder).close();
        int port = Integer.parseInt(Files.readString(folder.resolve("port")));
        try (java.net.ServerSocket foreign = new java.net.ServerSocket(port, 1, java.net.InetAddress.getByName("127.0.0.1"));
             EmbeddedPostgres postgres = start(folder)) {
            assertFalse(postgres.url().hosts().getFirst().port() == foreign.getLocalPort());
            assertEquals(List.of("1"), one(postgres.url(), "select 1"));
        }
    }

    @Test
    void start_toldToStopMeanwhile_givesUp_andTheNextStartIsAsUsual() {
        assertThrows(StartFailure.class, () -> EmbeddedPostgres.start(folder, BINARIES, Durability.DURABLE, () -> true));
        start(folder).close();
    }

    @Test
    void pidFileOfAKilledPredecessorWithTheSameId_isNoSignOfBeingReady() {
        List<String> killed = List.of("17", "/data", "1763812800", "20000", "", "127.0.0.1", "1 2", "ready   ");
        List<String> begun = List.of("17", "/data", "1763812860", "20000", "", "127.0.0.1", "1 2", "ready   ");
        assertFalse(PostgresProcess.isReady(killed, killed, 17));
        assertTrue(PostgresProcess.isReady(begun, killed, 17));
        assertTrue(PostgresProcess.isReady(begun, List.of(), 17));
        List<String> inTheSameSecond = List.of("18", "/data", "1763812800", "20000", "", "127.0.0.1", "1 2", "ready   ");
        assertTrue(PostgresProcess.isReady(inTheSameSecond, killed, 18));
        assertFalse(PostgresProcess.isReady(begun.subList(0, 7), killed, 17));
    }

    @Test
    void start_pidFileOfAForeignProcess_leavesThatProcessAlone() throws Exception {
        start(folder).close();
        Process foreign = new ProcessBuilder("sleep", "60").start();
        try {
            Files.writeString(folder.resolve("data/postmaster.pid"), foreign.pid() + "\n" + folder.resolve("data") + "\n");
            assertTrue(PostgresProcess.leftBehind(folder.toRealPath().resolve("data")).isEmpty());
            assertTrue(foreign.isAlive());
        } finally {
            foreign.destroyForcibly();
        }
    }

    /** What the child JVMs run: start, commit a row, say so, wait to be ended. */
    static final class Child {

        public static void main(String[] arguments) throws Exception {
            EmbeddedPostgres postgres = start(Path.of(arguments[0]));
            Runtime.getRuntime().addShutdownHook(new Thread(postgres::close));
            execute(postgres.url(), "create table written_by_child as select 'committed' as word");
            System.out.println("started");
            Thread.sleep(Duration.ofMinutes(5));
        }
    }

    private static Process startInAnotherJvm(Path folder) throws IOException {
        List<String> command = new ArrayList<>(ShortLivedJvm.command());
        command.addAll(List.of("-Dfile.encoding=UTF-8", "-Dsun.jnu.encoding=UTF-8", "-cp", System.getProperty("java.class.path"), Child.class.getName(),
                folder.toString()));
        Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        BufferedReader output = process.inputReader();
        String line = output.readLine();
        while (line != null && !line.equals("started")) {
            line = output.readLine();
        }
        assertEquals("started", line);
        return process;
    }

    private static EmbeddedPostgres start(Path folder) {
        return EmbeddedPostgres.start(folder, BINARIES, Durability.DURABLE);
    }

    private static void execute(PostgresUrl url, String sql) throws SQLException {
        try (Connection connection = url.connect(); Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static List<String> one(PostgresUrl url, String sql) throws SQLException {
        try (Connection connection = url.connect(); Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery(sql)) {
            assertTrue(row.next());
            List<String> values = new java.util.ArrayList<>();
            for (int column = 1; column <= row.getMetaData().getColumnCount(); column++) {
                values.add(row.getString(column));
            }
            assertFalse(row.next());
            return values;
        }
    }

    private static List<String> eventually(PostgresUrl url, String sql, Duration limit) throws Exception {
        long deadline = System.nanoTime() + limit.toNanos();
        while (true) {
            try {
                return one(url, sql);
            } catch (SQLException notYet) {
                if (System.nanoTime() > deadline) {
                    throw notYet;
                }
                Thread.sleep(50);
            }
        }
    }
}
