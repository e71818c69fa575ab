package gatehouse.kernel;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The process's own PostgreSQL, for installations that bring none: its data stays in a folder, it listens on loopback only, asks for a
 * password (SCRAM, made once) and is durable, which is verified after every start. One process per folder.
 * <pre>
 * folder/lock                 held while a process uses the folder
 * folder/port                 chosen once
 * folder/password             of the role {@code gatehouse}, which owns the database {@code gatehouse} and is no superuser
 * folder/superuser-password   of {@code postgres}
 * folder/data, folder/log     the cluster and what it says
 * </pre>
 */
public final class EmbeddedPostgres implements AutoCloseable {

    /** What a crash of the machine may cost. */
    public enum Durability {
        /** Nothing that was committed. */
        DURABLE,
        /** Everything; for tests only, where speed matters and data does not. */
        VOLATILE
    }

    private static final int CONNECTIONS = 100;
    /** Tests start many instances on one. */
    private static final int CONNECTIONS_OF_MANY_PRODUCTS = 400;
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgres.class);
    private static final String ROLE = "gatehouse";
    private static final String DATABASE = "gatehouse";
    private static final String SUPERUSER = "postgres";
    /** Below Linux's range for outgoing connections, which would otherwise take the port between two runs. */
    private static final int FIRST_PORT = 20_000;
    private static final int LAST_PORT = 29_999;
    private static final int PASSWORD_BYTES = 24;
    /** Many slow down guessing; 192 random bits are not guessed, and each new connection would pay for it. */
    private static final int SCRAM_ITERATIONS = 64;
    private static final int START_ATTEMPTS = 6;
    /** It has no TLS; a driver that asks for it waits five seconds for the no, which is little on a machine that is busy with recovering. */
    private static final Map<String, String> OWN_LINE = Map.of("sslmode", "disable", "connect_timeout", "120");
    private static final int RETRY_MILLIS = 500;
    private static final long LOG_LIMIT_BYTES = 8L * 1024 * 1024;

    /** How to start it (again). */
    private record Cluster(Path home, Path data, Path log) {
    }

    private final FileChannel lock;
    private final Cluster cluster;
    private final PostgresUrl superuser;
    private final PostgresUrl application;
    private final ReentrantLock life = new ReentrantLock();
    private volatile PostgresProcess process;
    private volatile boolean closing;

    private EmbeddedPostgres(FileChannel lock, Cluster cluster, PostgresProcess process, PostgresUrl superuser, PostgresUrl application) {
        this.lock = lock;
        this.cluster = cluster;
        this.process = process;
        this.superuser = superuser;
        this.application = application;
    }

    /**
     * Starts the PostgreSQL of a folder, making both on the first run.
     *
     * @param folder   everything of it lives here
     * @param binaries where its programs are unpacked, once per version; may be shared by several folders
     * @throws StartFailure when the folder is in use by another process, or PostgreSQL does not start as it should
     */
    public static EmbeddedPostgres start(Path folder, Path binaries, Durability durability) {
        return start(folder, binaries, durability, () -> false);
    }

    /** As {@link #start(Path, Path, Durability)}; ends without one where {@code stopping} says so while it is still starting or recovering. */
    public static EmbeddedPostgres start(Path folder, Path binaries, Durability durability, BooleanSupplier stopping) {
        try {
            Path real = Files.createDirectories(folder.toAbsolutePath()).toRealPath();
            FileChannel lock = lock(real);
            try {
                return startLocked(real, binaries, durability, lock, stopping);
            } catch (Exception failed) {
                lock.close();
                throw failed;
            }
        } catch (IOException | SQLException failed) {
            throw new StartFailure("The own PostgreSQL in " + folder + " cannot be started: " + failed.getMessage(), failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new StartFailure("Interrupted while the own PostgreSQL was starting", interrupted);
        }
    }

    /**
     * The application's database of a folder that another process uses now; empty where none does.
     *
     * @throws StartFailure where its address cannot be read
     */
    public static Optional<PostgresUrl> ofRunning(Path folder) {
        if (!Files.exists(folder.resolve("lock")) || !Files.exists(folder.resolve("password"))) {
            return Optional.empty();
        }
        try (FileChannel channel = FileChannel.open(folder.resolve("lock"), StandardOpenOption.WRITE)) {
            FileLock free = channel.tryLock();
            if (free != null) {
                return Optional.empty();
            }
        } catch (OverlappingFileLockException heldByThisProcess) {
            LOG.debug("the folder is in use by this very process", heldByThisProcess);
        } catch (IOException unreadable) {
            throw new StartFailure("The own PostgreSQL in " + folder + " cannot be reached: " + unreadable.getMessage(), unreadable);
        }
        try {
            PostgresUrl.Host here = new PostgresUrl.Host("127.0.0.1", Integer.parseInt(Files.readString(folder.resolve("port")).strip()));
            return Optional.of(new PostgresUrl(List.of(here), DATABASE, ROLE, Files.readString(folder.resolve("password")).strip(), OWN_LINE));
        } catch (IOException unreadable) {
            throw new StartFailure("The own PostgreSQL in " + folder + " cannot be reached: " + unreadable.getMessage(), unreadable);
        }
    }

    /** The application's database, as role {@code gatehouse}. */
    public PostgresUrl url() {
        return application;
    }

    /** For the making and cloning of databases; the application itself never uses it. */
    public PostgresUrl superuserUrl() {
        return superuser;
    }

    long pid() {
        return process.pid();
    }

    /** Stops PostgreSQL (fast: open connections are cut) and gives the folder free. */
    @Override
    public void close() {
        closing = true;
        life.lock();
        try (lock) {
            process.stop();
        } catch (IOException failed) {
            LOG.error("The own PostgreSQL was not stopped cleanly", failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            life.unlock();
        }
    }

    /** Whoever kills PostgreSQL gets it back; it recovers what was committed, and the program waits with 503 meanwhile. */
    private void guard() {
        while (!closing) {
            process.awaitEnd();
            life.lock();
            try {
                if (!closing) {
                    LOG.error("The own PostgreSQL ended unexpectedly (see {}); starting it again", cluster.log());
                    process = startPatiently(cluster, () -> closing);
                    LOG.warn("The own PostgreSQL runs again");
                }
            } catch (IOException | StartFailure failed) {
                LOG.error("The own PostgreSQL could not be started again; trying on", failed);
                pause();
            } catch (InterruptedException stopped) {
                return;
            } finally {
                life.unlock();
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(RETRY_MILLIS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static EmbeddedPostgres startLocked(Path folder, Path binaries, Durability durability, FileChannel lock,
            BooleanSupplier stopping) throws IOException, InterruptedException, SQLException {
        Path data = folder.resolve("data");
        Path log = folder.resolve("log");
        shorten(log);
        stopOrphan(data);
        Path home = PostgresBinaries.unpackedIn(binaries);
        String superuserPassword = keptSecret(folder.resolve("superuser-password"));
        if (!Files.isDirectory(data)) {
            initialise(home, folder, log);
        }
        int port = keptPort(folder.resolve("port"));
        Files.writeString(data.resolve("gatehouse.conf"), settings(port, durability));
        PostgresUrl.Host here = new PostgresUrl.Host("127.0.0.1", port);
        PostgresUrl superuser = new PostgresUrl(List.of(here), "postgres", SUPERUSER, superuserPassword, OWN_LINE);
        PostgresUrl application = new PostgresUrl(List.of(here), DATABASE, ROLE, keptSecret(folder.resolve("password")), OWN_LINE);
        Cluster cluster = new Cluster(home, data, log);
        PostgresProcess process = startPatiently(cluster, stopping);
        try {
            prepare(superuser, application, durability);
            EmbeddedPostgres postgres = new EmbeddedPostgres(lock, cluster, process, superuser, application);
            Thread.ofVirtual().name("postgres-guard").start(postgres::guard);
            return postgres;
        } catch (SQLException | RuntimeException failed) {
            process.stop();
            throw failed;
        }
    }

    private static FileChannel lock(Path folder) throws IOException {
        FileChannel channel = FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock taken = channel.tryLock();
            if (taken != null) {
                return channel;
            }
        } catch (OverlappingFileLockException heldByThisProcess) {
            LOG.debug("the folder is in use by this very process", heldByThisProcess);
        }
        channel.close();
        throw new StartFailure("""
                Another Gatehouse is already running on the data folder %s.
                Stop it first, or give this one a folder of its own with GATEHOUSE_DATA_DIR."""
                .formatted(folder.getParent()));
    }

    /** A killed run cannot stop its PostgreSQL. Stopping it here, with the lock in hand, gives a start with today's settings. */
    private static void stopOrphan(Path data) throws IOException, InterruptedException {
        Optional<PostgresProcess> orphan = PostgresProcess.leftBehind(data);
        if (orphan.isPresent()) {
            LOG.warn("An earlier run was killed and left its PostgreSQL behind (process {}); stopping it", orphan.get().pid());
            orphan.get().stop();
        }
    }

    /** Made beside its place and moved there when whole, so that an interrupted first start leaves nothing half made. */
    private static void initialise(Path home, Path folder, Path log) throws IOException, InterruptedException {
        Path unfinished = folder.resolve("data.unfinished");
        if (Files.exists(unfinished, LinkOption.NOFOLLOW_LINKS)) {
            PostgresBinaries.delete(unfinished);
        }
        PostgresProcess.run(List.of(home.resolve("bin/initdb").toString(), "--pgdata", unfinished.toString(), "--encoding", "UTF8",
                "--locale", "C", "--locale-provider", "builtin", "--builtin-locale", "C.UTF-8",
                "--username", SUPERUSER, "--auth", "scram-sha-256", "--pwfile", folder.resolve("superuser-password").toString(),
                "--set", "scram_iterations=" + SCRAM_ITERATIONS), log);
        Files.writeString(unfinished.resolve("postgresql.conf"), "\ninclude 'gatehouse.conf'\n", StandardOpenOption.APPEND);
        Files.move(unfinished, folder.resolve("data"), StandardCopyOption.ATOMIC_MOVE);
    }

    /** The predecessor's shared memory may outlive it by a moment. */
    private static PostgresProcess startPatiently(Cluster cluster, BooleanSupplier stopping) throws IOException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            try {
                return PostgresProcess.start(cluster.home(), cluster.data(), cluster.log(), stopping);
            } catch (PostgresProcess.StillInUse dying) {
                if (attempt == START_ATTEMPTS) {
                    throw new StartFailure("The own PostgreSQL's data folder stays in use by a process that is not ours. It said:\n" + dying.getMessage());
                }
                Thread.sleep(RETRY_MILLIS);
            }
        }
    }

    private static String settings(int port, Durability durability) {
        String safe = durability == Durability.DURABLE ? "on" : "off";
        return """
                # written at every start
                listen_addresses = '127.0.0.1'
                port = %d
                unix_socket_directories = ''
                cluster_name = 'gatehouse'
                max_connections = %4$d
                shared_buffers = 128MB
                effective_cache_size = 512MB
                max_wal_size = 1GB
                random_page_cost = 1.1
                jit = off
                fsync = %2$s
                synchronous_commit = %2$s
                full_page_writes = %2$s
                password_encryption = scram-sha-256
                scram_iterations = %3$d
                timezone = 'Asia/Shanghai'
                log_timezone = 'Asia/Shanghai'
                lc_messages = 'C'
                log_min_messages = warning
                log_min_error_statement = panic
                log_checkpoints = off
                log_line_prefix = '%%m [%%p] '
                """.formatted(port, safe, SCRAM_ITERATIONS, durability == Durability.DURABLE ? CONNECTIONS : CONNECTIONS_OF_MANY_PRODUCTS);
    }

    /** Role and database are there, and the settings that make an acknowledged write last are really in force. */
    private static void prepare(PostgresUrl superuser, PostgresUrl application, Durability durability) throws SQLException {
        try (Connection connection = superuser.connect(); Statement statement = connection.createStatement()) {
            boolean hasRole;
            boolean hasDatabase;
            try (ResultSet row = statement.executeQuery("""
                    select exists (select from pg_roles where rolname = '%s'), exists (select from pg_database where datname = '%s'),
                           current_setting('fsync'), current_setting('synchronous_commit'), current_setting('full_page_writes')
                    """.formatted(ROLE, DATABASE))) {
                row.next();
                hasRole = row.getBoolean(1);
                hasDatabase = row.getBoolean(2);
                List<String> durable = List.of(row.getString(3), row.getString(4), row.getString(5));
                if (durability == Durability.DURABLE && !durable.equals(List.of("on", "on", "on"))) {
                    throw new StartFailure("""
                            The own PostgreSQL would lose acknowledged data at a power cut: fsync, synchronous_commit, full_page_writes are %s.
                            Something overrides the program's settings (postgresql.auto.conf?): remove it; all three must be on."""
                            .formatted(String.join(", ", durable)));
                }
            }
            if (!hasRole) {
                statement.execute("create role %s login password '%s'".formatted(ROLE, application.password()));
            }
            if (!hasDatabase) {
                statement.execute("create database %s owner %s".formatted(DATABASE, ROLE));
            }
        }
    }

    private static String keptSecret(Path file) throws IOException {
        if (!Files.exists(file)) {
            byte[] random = new byte[PASSWORD_BYTES];
            new SecureRandom().nextBytes(random);
            PrivateFile.write(file, HexFormat.of().formatHex(random));
        }
        return Files.readString(file).strip();
    }

    private static int keptPort(Path file) throws IOException {
        if (Files.exists(file)) {
            int port = Integer.parseInt(Files.readString(file).strip());
            if (isFree(port)) {
                return port;
            }
            LOG.warn("Port {}, which this data folder's PostgreSQL used so far, is taken by another program; choosing a new one", port);
        }
        int port;
        do {
            port = ThreadLocalRandom.current().nextInt(FIRST_PORT, LAST_PORT + 1);
        } while (!isFree(port));
        Files.writeString(file, Integer.toString(port));
        return port;
    }

    private static boolean isFree(int port) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }

    private static void shorten(Path log) throws IOException {
        if (Files.exists(log) && Files.size(log) > LOG_LIMIT_BYTES) {
            Files.move(log, log.resolveSibling("log.1"), StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
