package gatehouse;

import gatehouse.audit.AuditCheck;
import gatehouse.audit.AuditLog;
import gatehouse.audit.AuditVerdict;
import gatehouse.backup.Backup;
import gatehouse.backup.BackupReport;
import gatehouse.backup.Restore;
import gatehouse.demonstration.SmsEmulator;
import gatehouse.demonstration.WeChatEmulator;
import gatehouse.http.Contract;
import gatehouse.http.ContractRouter;
import gatehouse.http.HttpDoor;
import gatehouse.http.Probes;
import gatehouse.http.ProxyTrust;
import gatehouse.http.RequestMeter;
import gatehouse.http.StaticPortal;
import gatehouse.identity.FirstAdministrator;
import gatehouse.jobs.JobRunner;
import gatehouse.kernel.Await;
import gatehouse.kernel.BusinessClock;
import gatehouse.kernel.Changes;
import gatehouse.kernel.Database;
import gatehouse.kernel.EmbeddedPostgres;
import gatehouse.kernel.KeyRing;
import gatehouse.kernel.KeyRingStore;
import gatehouse.kernel.Migrations;
import gatehouse.kernel.Notifications;
import gatehouse.kernel.PostgresUrl;
import gatehouse.kernel.ReadinessStore;
import gatehouse.kernel.StartFailure;
import gatehouse.notify.OutboxPump;
import gatehouse.sms.SmsAccount;
import gatehouse.wechat.CodeVersion;
import gatehouse.wechat.SubscribeTemplate;
import gatehouse.wechat.WeChat;
import gatehouse.wechat.WeChatAccount;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.io.IOException;
import java.net.SocketException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** The running process: everything that was started, in the order it was started, and how to stop it. */
public final class Gatehouse implements AutoCloseable {

    /** As many as there are batches of session checks at once. */
    private static final int SESSION_CONNECTIONS = 2;

    /** What is kept in memory is read anew by one statement each, and those who miss the same share it. */
    private static final int KEPT_CONNECTIONS = 2;

    private static final Duration FIRST_ANSWER = Duration.ofMinutes(2);

    private final Config config;
    private final BusinessClock clock;
    private final Running running = new Running();
    private final ReentrantLock life = new ReentrantLock();
    private volatile HttpDoor door;
    private volatile boolean stopping;
    private volatile boolean hasDemonstration;
    private volatile Beginning beginning = Beginning.NOT_NEEDED;

    /** Who can log in where nobody has been before. */
    enum Beginning { NOT_NEEDED, ADMINISTRATOR_MADE, NOBODY }

    /** Nothing is started yet. */
    Gatehouse(Config config) {
        this(config, config.clockStart().map(BusinessClock::startingAt).orElseGet(BusinessClock::system));
    }

    /** By a clock of the caller's own. */
    Gatehouse(Config config, BusinessClock clock) {
        this.config = config;
        this.clock = clock;
    }

    /** @throws StartFailure when something it needs is not as it should be; what was started until then is stopped again */
    public static Gatehouse start(Config config) {
        Gatehouse gatehouse = new Gatehouse(config);
        gatehouse.boot();
        return gatehouse;
    }

    /** As {@link #start(Config)}, by a clock of the caller's own: tests move it. */
    public static Gatehouse start(Config config, BusinessClock clock) {
        Gatehouse gatehouse = new Gatehouse(config, clock);
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
        KeyRing ring = keyRing();
        Vertx vertx = running.add("event loops", Vertx.vertx(options()), it -> Await.on(it.close()));
        Contract contract = Contract.load();
        Database database = running.add("database", new Database(vertx, Running.result(postgres).connectOptions(), config.databasePool()), Database::close);
        database.awaitAnswer(FIRST_ANSWER, () -> stopping);
        // Requests that wait for a full pool must not hold up the check of the next, who can then be refused at once.
        Database sessions = running.add("database of sessions", new Database(vertx, Running.result(postgres).connectOptions(), SESSION_CONNECTIONS), Database::close);
        // Whoever misses a rule in the middle of a transaction holds a connection already; were the other from the same pool, all might wait for each other.
        Database kept = running.add("database of what is kept", new Database(vertx, Running.result(postgres).connectOptions(), KEPT_CONNECTIONS), Database::close);
        KeyRing keys = KeyRingStore.match(database, ring, SealedColumns.ALL, clock.now());
        Notifications notifications = running.add("notifications",
                new Notifications(vertx, Running.result(postgres).connectOptions()), Notifications::close);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        Features features = running.add("features", new Features(new Features.Ground(database, sessions, kept, clock, keys, notifications,
                new Changes(vertx, database, notifications), threads, contract, this::publicUrl, config.dataDirectory(), weChat(), sms(),
                config.textWords())), Features::close);
        hasDemonstration = demonstrated(features);
        notifications.connect();
        beginning = config.demonstration() ? Beginning.NOT_NEEDED : begin(features.firstAdministrator());
        running.add("outbox pump", OutboxPump.start(database, notifications, features.channels()), OutboxPump::close);
        features.weChat().startSending(notifications);
        features.sms().startSending(notifications);
        running.add("jobs", JobRunner.start(database, clock, features.jobs()), JobRunner::close);
        ReadinessStore readiness = ReadinessStore.of(kept, keys);
        door = running.add("HTTP", listening(config, () -> HttpDoor.open(vertx, config.httpHost(), config.httpPort(),
                rooms(readiness, threads, contract, features))), HttpDoor::close);
    }

    /** Starts only what it takes to verify the audit, and stops it again; instead of {@link #boot}. */
    List<AuditVerdict> verifyAudit() {
        return alone(() -> {
            CompletableFuture<PostgresUrl> postgres = running.begin("PostgreSQL's start", this::migratedPostgres);
            KeyRing ring = keyRing();
            Vertx vertx = running.add("event loops", Vertx.vertx(options()), it -> Await.on(it.close()));
            Database database = running.add("database", new Database(vertx, Running.result(postgres).connectOptions(), config.databasePool()),
                    Database::close);
            KeyRing keys = KeyRingStore.match(database, ring, SealedColumns.ALL, clock.now());
            return new AuditCheck(database, new AuditLog(keys), config.dataDirectory()).everything();
        });
    }

    /** Writes all that the database holds into a file, also while the service runs on it; instead of {@link #boot}. */
    BackupReport backup(Path file) {
        return alone(() -> {
            PostgresUrl postgres = config.databaseUrl().or(() -> EmbeddedPostgres.ofRunning(config.dataDirectory().resolve("postgres")))
                    .orElseGet(this::ownPostgres);
            return Backup.write(postgres, keptKeys(), file, clock.now());
        });
    }

    /** A restored house: what came back, the audit's chains, and how many of their entries were noted and did not come back. */
    record Restored(BackupReport backup, List<AuditVerdict> chains, long lostEntries) {
    }

    /** Fills an empty database from a backup, verifies the audit and forgets what is due by now; nobody is let in meanwhile. */
    Restored restore(Path file) {
        return alone(() -> {
            KeyRing ring = keptKeys();
            PostgresUrl postgres = config.databaseUrl().orElseGet(this::ownPostgres);
            BackupReport report = Restore.read(postgres, ring, file, clock.now());
            Vertx vertx = running.add("event loops", Vertx.vertx(options()), it -> Await.on(it.close()));
            Database database = running.add("database", new Database(vertx, postgres.connectOptions(), config.databasePool()), Database::close);
            KeyRing keys = KeyRingStore.match(database, ring, SealedColumns.ALL, clock.now());
            AuditCheck audit = new AuditCheck(database, new AuditLog(keys), config.dataDirectory());
            List<AuditCheck.Restored> back = audit.restored(report.takenAt(), clock.now());
            if (back.stream().allMatch(chain -> chain.verdict().intact())) {
                Notifications notifications = new Notifications(vertx, postgres.connectOptions());
                Features features = running.add("features", new Features(new Features.Ground(database, database, database, clock, keys, notifications,
                        new Changes(vertx, database, notifications), Executors.newVirtualThreadPerTaskExecutor(), Contract.load(), config::publicUrl,
                        config.dataDirectory(), config.weChat(), config.sms(), config.textWords())), Features::close);
                features.forget(clock.now());
            }
            return new Restored(report, audit.everything(), back.stream().mapToLong(AuditCheck.Restored::lost).sum());
        });
    }

    /** Does one thing without serving anybody, and stops whatever it started for it. */
    private <T> T alone(Supplier<T> work) {
        life.lock();
        try {
            makeDataDirectory(config.dataDirectory());
            return work.get();
        } finally {
            running.stopAll();
            life.unlock();
        }
    }

    /** As {@link #keyRing}, but never new ones: those would neither open nor be those of what is there. */
    private KeyRing keptKeys() {
        Path file = config.dataDirectory().resolve("keys");
        if (config.keys().isEmpty() && !Files.exists(file)) {
            throw new StartFailure("""
                    There are no keys: %s is not there. Put the copy of the service's file "keys" there, or set GATEHOUSE_KEYS to its keys.
                    A backup is sealed by them.""".formatted(file));
        }
        return keyRing();
    }

    /** The mini programs of the configuration; the demonstration without one gets a WeChat of its own, which nobody else can reach. */
    private WeChat.Setup weChat() {
        if (!config.weChat().accounts().isEmpty() || !config.demonstration()) {
            return config.weChat();
        }
        WeChatEmulator emulator = running.add("WeChat's emulator", WeChatEmulator.start(), WeChatEmulator::close);
        return new WeChat.Setup(List.of(new WeChatAccount(WeChatEmulator.APP_ID, WeChatEmulator.SECRET, Optional.of(emulator.host()))),
                SubscribeTemplate.parse(WeChatEmulator.TEMPLATES, WeChatEmulator.APP_ID), Map.of(),
                CodeVersion.RELEASE);
    }

    /** The provider of the configuration; the demonstration, whose phones may be somebody's, always one of its own, which sends nothing to anybody. */
    private Optional<SmsAccount> sms() {
        if (!config.demonstration()) {
            return config.sms();
        }
        SmsEmulator emulator = running.add("the SMS provider's emulator", SmsEmulator.start(), SmsEmulator::close);
        return Optional.of(new SmsAccount(emulator.url(), SmsEmulator.KEY, SmsEmulator.SECRET, SmsEmulator.SIGN));
    }

    private Beginning begin(FirstAdministrator administrator) {
        if (config.administrator().isEmpty()) {
            return administrator.isMissing() ? Beginning.NOBODY : Beginning.NOT_NEEDED;
        }
        boolean made = administrator.makeWhereMissing(config.administrator().get(), Welcome.administratorName());
        return made ? Beginning.ADMINISTRATOR_MADE : Beginning.NOT_NEEDED;
    }

    private HttpDoor.Rooms rooms(ReadinessStore readiness, Executor threads, Contract contract, Features features) {
        PrometheusMeterRegistry metrics = metrics(features);
        ProxyTrust proxies = new ProxyTrust(config.trustedProxies().stream().map(Object::toString).toList());
        ContractRouter api = new ContractRouter(contract, features.endpoints(), features.authenticator(), proxies, threads,
                new RequestMeter(metrics), clock);
        return new HttpDoor.Rooms(contract, api, new StaticPortal(threads), new Probes(readiness::ask, metrics), proxies);
    }

    private static PrometheusMeterRegistry metrics(Features features) {
        PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        new JvmMemoryMetrics().bindTo(metrics);
        new JvmThreadMetrics().bindTo(metrics);
        new ProcessorMetrics().bindTo(metrics);
        new UptimeMetrics().bindTo(metrics);
        Gauge.builder("gatehouse.audit.broken.chains", features, it -> it.auditJobs().brokenChains())
                .description("Audit chains that the last nightly check of this process found broken").register(metrics);
        // a meter holds what it asks by a weak reference; the features outlive it, a counter of their own would not
        features.weChat().meter((end, count) -> FunctionCounter.builder("gatehouse.wechat.messages", features, it -> count.get().doubleValue()).tag("end", end)
                .description("Messages through WeChat by how they ended, and those that were perhaps sent twice").register(metrics));
        features.sms().meter((end, count) -> FunctionCounter.builder("gatehouse.sms.messages", features, it -> count.get().doubleValue()).tag("end", end)
                .description("Short messages by how they ended, and those that were perhaps sent twice").register(metrics));
        return metrics;
    }

    /** Nothing is served from files, so none are copied into a cache folder. */
    private static VertxOptions options() {
        return new VertxOptions().setPreferNativeTransport(true).setFileSystemOptions(
                new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false));
    }

    /** The port it listens on; of interest where any free one was asked for. */
    public int port() {
        return door.port();
    }

    /** Where people reach the portal: as configured, or where it listens. */
    URI publicUrl() {
        return door == null ? config.publicUrl() : config.publicUrlAt(door.port());
    }

    /** Stops everything in the reverse order of its start; a start that still waits for its database is given up. A second call does nothing. */
    @Override
    public void close() {
        stopping = true;
        life.lock();
        try {
            running.stopAll();
        } finally {
            life.unlock();
        }
    }

    Beginning beginning() {
        return beginning;
    }

    boolean hasDemonstration() {
        return hasDemonstration;
    }

    /** Makes the demonstration where it is wanted. @throws StartFailure where others could reach accounts whose password everybody knows */
    private boolean demonstrated(Features features) {
        if (config.demonstration()) {
            features.demonstrate();
        }
        boolean present = features.demonstration().isPresent();
        if (present && !config.isForThisMachineOnly()) {
            throw new StartFailure("""
                    This database holds the demonstration, whose password everybody knows, and GATEHOUSE_HTTP_HOST=%s with
                    GATEHOUSE_PUBLIC_URL=%s lets others reach it. Set both to this machine (127.0.0.1), or start with a database
                    of your own: another folder as GATEHOUSE_DATA_DIR, or an empty PostgreSQL database as GATEHOUSE_DATABASE_URL,
                    and GATEHOUSE_DEMO=off.""".formatted(config.httpHost(), config.publicUrl()));
        }
        return present;
    }

    /** The database at the program's schema; the slowest part of a start, and needed last. */
    private PostgresUrl migratedPostgres() {
        PostgresUrl postgres = config.databaseUrl().orElseGet(this::ownPostgres);
        Migrations.migrate(postgres);
        return postgres;
    }

    private PostgresUrl ownPostgres() {
        return running.add("own PostgreSQL", EmbeddedPostgres.start(config.dataDirectory().resolve("postgres"),
                config.dataDirectory().resolve("cache"), EmbeddedPostgres.Durability.DURABLE, () -> stopping), EmbeddedPostgres::close).url();
    }

    private KeyRing keyRing() {
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
