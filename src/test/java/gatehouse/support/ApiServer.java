package gatehouse.support;

import gatehouse.Config;
import gatehouse.Gatehouse;
import gatehouse.http.Contract;
import gatehouse.identity.Reach;
import gatehouse.identity.RoleGrant;
import gatehouse.identity.TestAccounts;
import gatehouse.kernel.Await;
import gatehouse.kernel.Database;
import gatehouse.kernel.KeyRing;
import gatehouse.kernel.Role;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The whole product over real HTTP, on a database of its own, with a clock that stands until it is moved. Every answer that its
 * clients get is checked against the contract.
 * <pre>
 * try (var api = ApiServer.start()) {
 *     var garden = api.given().compound("阳光花园");
 *     var resident = api.resident(garden.household("3-2-501"), "王小明");
 *     resident.get("/me").expect(200);
 * }
 * </pre>
 */
public final class ApiServer implements AutoCloseable {
    private static final String START = "2026-11-22T09:30:00+08:00";
    private static final byte[] MASTER = "a master key for tests, 32 bytes".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final Contract CONTRACT = Contract.load();
    private static final Promises PROMISES = new Promises(CONTRACT);

    private final TestDatabase database;
    private final TestClock clock;
    private final Path folder;
    private final Map<String, String> settings;
    private final Deque<Gatehouse> instances = new ArrayDeque<>();
    private final Vertx vertx = Vertx.vertx();
    private final Database own;
    private final KeyRing keys;
    private final TestAccounts accounts;
    private final Given given;
    private final Map<UUID, String> phones = new ConcurrentHashMap<>();
    private final ApiClient visitor;

    private ApiServer(TestDatabase database, TestClock clock, Map<String, String> moreSettings) {
        this.database = database;
        this.clock = clock;
        this.folder = temporaryFolder();
        this.settings = settings(database, folder, moreSettings);
        var masters = new LinkedHashMap<String, byte[]>();
        masters.put("test", MASTER);
        this.keys = new KeyRing(masters);
        this.own = new Database(vertx, database.postgresUrl().connectOptions(), 4);
        this.accounts = new TestAccounts(own, keys, clock.business());
        this.given = new Given(database);
        this.visitor = startInstance();
    }

    /** At half past nine on 22 November 2026, on a fresh database. */
    public static ApiServer start() {
        return start(Map.of());
    }

    /** With environment variables of its own, such as {@code GATEHOUSE_TRUSTED_PROXIES}. */
    public static ApiServer start(Map<String, String> settings) {
        var database = "on".equals(settings.get("GATEHOUSE_DEMO")) ? TestDatabase.like(Demonstrated.DATABASE) : TestDatabase.fresh();
        return new ApiServer(database, new TestClock(START), settings);
    }

    private static Map<String, String> settings(TestDatabase database, Path folder, Map<String, String> more) {
        var settings = new HashMap<>(Map.of("GATEHOUSE_DATABASE_URL", database.url(), "GATEHOUSE_HTTP_PORT", "0",
                "GATEHOUSE_DATA_DIR", folder.toString(), "GATEHOUSE_KEYS", "test:" + Base64.getEncoder().encodeToString(MASTER),
                "GATEHOUSE_PUBLIC_URL", "https://men.example.cn", "GATEHOUSE_DEMO", "off", "GATEHOUSE_DATABASE_POOL", "8"));
        if ("on".equals(more.get("GATEHOUSE_DEMO"))) {
            // Its passwords are public: it is refused where others are told of its address.
            settings.remove("GATEHOUSE_PUBLIC_URL");
        }
        settings.putAll(more);
        return settings;
    }

    /** Where a first start made the demonstration, once for all tests that want it: each begins as after a restart. */
    private static final class Demonstrated {
        static final TestDatabase DATABASE = make();

        private static TestDatabase make() {
            var database = TestDatabase.fresh();
            Gatehouse.start(Config.read(settings(database, temporaryFolder(), Map.of("GATEHOUSE_DEMO", "on"))), new TestClock(START).business()).close();
            return database;
        }
    }

    private ApiClient startInstance() {
        return startInstance(Map.of());
    }

    private ApiClient startInstance(Map<String, String> changed) {
        var all = new HashMap<>(settings);
        all.putAll(changed);
        var instance = Gatehouse.start(Config.read(all), clock.business());
        instances.push(instance);
        return new ApiClient(PROMISES, URI.create("http://127.0.0.1:" + instance.port()));
    }

    /** Another instance of the product on the same database; somebody without a token at its door. */
    public ApiClient another() {
        return startInstance();
    }

    /** The same with other environment variables, as an operator changes them from one start to the next. */
    public ApiClient another(Map<String, String> changed) {
        return startInstance(changed);
    }

    /** Stops the instance that was started before all others that still run. */
    public void stopOldest() {
        instances.removeLast().close();
    }

    /** Where its first instance serves the portal, for a browser. */
    public String portal() {
        return "http://127.0.0.1:" + instances.getLast().port();
    }

    public TestDatabase database() {
        return database;
    }

    public TestClock clock() {
        return clock;
    }

    public KeyRing keys() {
        return keys;
    }

    public Contract contract() {
        return CONTRACT;
    }

    public Given given() {
        return given;
    }

    /** Somebody without a token. */
    public ApiClient visitor() {
        return visitor;
    }

    /** A phone that nobody has. */
    public static String phone() {
        return "138%08d".formatted(NUMBER.incrementAndGet());
    }

    /** A new member of the household with an account, logged in. */
    public ApiClient resident(Given.Household household, String name) {
        return account(household.compoundId(), name, household.resident(name), new RoleGrant(Role.RESIDENT, Reach.HOUSEHOLD, household.id()));
    }

    /** The same, born on that day. */
    public ApiClient resident(Given.Household household, String name, LocalDate bornOn) {
        return account(household.compoundId(), name, household.resident(name, bornOn), new RoleGrant(Role.RESIDENT, Reach.HOUSEHOLD, household.id()));
    }

    /** Somebody with that role, logged in; {@code reachId} is the gate, grid, compound, community or subdistrict, or the compound of an administrator. */
    public ApiClient staff(UUID compound, Role role, UUID reachId) {
        var reach = switch (role) {
            case RESIDENT -> throw new IllegalArgumentException("see resident(…)");
            case GUARD -> Reach.GATE;
            case GRID_WORKER -> Reach.GRID;
            case DISPATCHER, REPAIRMAN, OFFICE, HEALTH_CENTRE -> Reach.COMPOUND;
            case SUBDISTRICT -> Reach.SUBDISTRICT;
            case ADMIN -> Reach.EVERYTHING;
        };
        return account(compound, role.name(), null, new RoleGrant(role, reach, reachId));
    }

    private ApiClient account(UUID compound, String name, @Nullable UUID resident, RoleGrant grant) {
        var phone = phone();
        var id = accounts.open(compound, name, phone, resident, List.of(grant));
        phones.put(id, phone);
        return loggedIn(compound, id);
    }

    /** The same person with a session of its own, begun now. */
    public ApiClient again(ApiClient person) {
        return loggedIn(UUID.fromString(person.me().at("/compound/id").asText()), person.id());
    }

    private ApiClient loggedIn(UUID compound, UUID account) {
        var tokens = accounts.logIn(compound, account);
        return visitor.as(tokens.accessToken(), tokens.refreshToken());
    }

    /** The phone of an account that was made here. */
    public String phoneOf(UUID account) {
        return phones.get(account);
    }

    @Override
    public void close() {
        while (!instances.isEmpty()) {
            instances.pop().close();
        }
        own.close();
        Await.on(vertx.close());
        database.close();
    }

    private static Path temporaryFolder() {
        try {
            return Files.createTempDirectory(Files.createDirectories(Path.of("target", "api-servers")), "data-").toAbsolutePath();
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }
}
