package gatehouse;

import gatehouse.kernel.Await;
import gatehouse.kernel.BusinessClock;
import gatehouse.kernel.Database;
import gatehouse.kernel.EmbeddedPostgres;
import gatehouse.kernel.KeyRing;
import gatehouse.kernel.Migrations;
import gatehouse.kernel.PostgresUrl;
import gatehouse.kernel.StartFailure;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** The running process: everything that was started, in the order it was started, and how to stop it. */
public final class Gatehouse implements AutoCloseable {

    private final Config config;
    private final Running running = new Running();
    private final ReentrantLock life = new ReentrantLock();

    /** Nothing is started yet. */
    Gatehouse(Config config) {
        this.config = config;
    }

    /** @throws StartFailure when something it needs is not as it should be; what was started until then is stopped again */
    public static Gatehouse start(Config config) {
        Gatehouse gatehouse = new Gatehouse(config);
        gatehouse.boot();
        return gatehouse;
    }

    /** As {@link #start}, for one that must be stoppable while it starts. */
    void boot() {
        life.lock();
        try {
            startAll();
        } catch (RuntimeException | Error failed) {
            running.stopAll();
            throw failed;
        } finally {
            life.unlock();
        }
    }

    private void startAll() {
        makeDataDirectory(config.dataDirectory());
        CompletableFuture<PostgresUrl> postgres = running.begin("PostgreSQL's start", this::migratedPostgres);
        KeyRing keys = keys();
        BusinessClock clock = config.clockStart().map(BusinessClock::startingAt).orElseGet(BusinessClock::system);
        Vertx vertx = running.add("event loops", Vertx.vertx(new VertxOptions().setPreferNativeTransport(true)), it -> Await.on(it.close()));
        Database database = running.add("database", new Database(vertx, Running.result(postgres).connectOptions(), config.databasePool()), Database::close);
    }

    /** Stops everything in the reverse order of its start, once that is through; a second call does nothing. */
    @Override
    public void close() {
        life.lock();
        try {
            running.stopAll();
        } finally {
            life.unlock();
        }
    }

    boolean hasDemonstration() {
        return config.demonstration();
    }

    /** The database at the program's schema; the slowest part of a start, and needed last. */
    private PostgresUrl migratedPostgres() {
        PostgresUrl postgres = config.databaseUrl().orElseGet(this::ownPostgres);
        Migrations.migrate(postgres);
        return postgres;
    }

    private PostgresUrl ownPostgres() {
        return running.add("own PostgreSQL", EmbeddedPostgres.start(config.dataDirectory().resolve("postgres"),
                config.dataDirectory().resolve("cache"), EmbeddedPostgres.Durability.DURABLE), EmbeddedPostgres::close).url();
    }

    private KeyRing keys() {
        Path file = config.dataDirectory().resolve("keys");
        try {
            return new KeyRing((config.keys().isPresent() ? config.keys().get() : Keys.keptIn(file)).masters());
        } catch (IOException unreadable) {
            throw new StartFailure("The keys in %s cannot be read or made: %s".formatted(file, unreadable.getMessage()), unreadable);
        } catch (IllegalArgumentException malformed) {
            throw new StartFailure("""
                    The file %s does not hold keys any more (entry %s). Put back its copy; a new one would not open what the old one closed."""
                    .formatted(file, malformed.getMessage()), malformed);
        }
    }

    /** Opens what listens. @throws StartFailure when the address is taken, or is none of this machine's */
    static <T> T listening(Config config, Supplier<T> open) {
        try {
            return open.get();
        } catch (RuntimeException failed) {
            for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
                if (cause instanceof SocketException || cause instanceof UnresolvedAddressException || cause instanceof UnknownHostException) {
                    throw new StartFailure("""
                            Cannot listen on %s, port %d (%s). Perhaps another program does already.
                            Stop that one, or choose another with GATEHOUSE_HTTP_PORT or GATEHOUSE_HTTP_HOST."""
                            .formatted(config.httpHost(), config.httpPort(), cause.getMessage()), failed);
                }
            }
            throw failed;
        }
    }

    private static void makeDataDirectory(Path folder) {
        try {
            if (!Files.isDirectory(folder)) {
                Files.createDirectories(folder.getParent());
                Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
        } catch (IOException | UnsupportedOperationException refused) {
            throw new StartFailure("The data folder %s cannot be made (%s). Name another with GATEHOUSE_DATA_DIR."
                    .formatted(folder, refused), refused);
        }
    }
}
