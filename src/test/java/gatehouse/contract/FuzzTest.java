package gatehouse.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import gatehouse.contract.World.Place;
import gatehouse.http.Contract;
import gatehouse.kernel.Role;
import gatehouse.support.ApiClient;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Requests made from the contract, right, nearly right and hostile, over real HTTP and as every kind of person. Whatever comes, no
 * answer is a fault of the product, every answer is what the contract says, and none shows what the product is made of. For
 * {@code -Dgatehouse.fuzz.seconds=…} (20), or for {@code -Dgatehouse.fuzz.cases=…}; {@code -Dgatehouse.fuzz.seed=…} repeats a run's choices.
 * What was asked and answered is counted in {@code target/fuzz.txt}.
 */
class FuzzTest {
    private static final long SEED = Long.getLong("gatehouse.fuzz.seed", System.nanoTime());
    private static final long CASES = Long.getLong("gatehouse.fuzz.cases", Long.MAX_VALUE);
    private static final Duration TIME = CASES == Long.MAX_VALUE ? Duration.ofSeconds(Integer.getInteger("gatehouse.fuzz.seconds", 20)) : Duration.ofHours(6);
    private static final int THREADS = 4;
    private static final int MOST_FAULTS = 10;
    /** They compute a password's hash, which is slow on purpose. */
    private static final List<String> SLOW_ON_PURPOSE = List.of("logIn", "activateAccount", "useResetCode", "changePassword", "createAccount");
    /** Its first event may be a while in coming. */
    private static final String WAITS = "streamMonitor";
    private static final Pattern INSIDES = Pattern.compile(
            "(?is).*(\\bselect\\b.*\\bfrom\\b|insert into|PgException|Exception\\b|sqlstate|\\tat |java\\.|io\\.vertx|gatehouse\\.[a-z]).*");

    private static World world;
    private static Improviser improviser;
    private static List<Contract.Operation> operations;
    private static final List<String> FAULTS = Collections.synchronizedList(new ArrayList<>());
    private static final Map<String, Map<Integer, AtomicLong>> COUNTS = new ConcurrentHashMap<>();
    private static final Map<String, AtomicLong> NANOS = new ConcurrentHashMap<>();

    /** A request as it is sent, and as it is told where it fails. */
    private record Attempt(Contract.Operation operation, String path, Map<String, String> headers, @Nullable String mediaType, byte @Nullable [] body) {
        ApiClient.Answer by(ApiClient caller) {
            var client = caller;
            for (var header : headers.entrySet()) {
                client = client.with(header.getKey(), header.getValue());
            }
            return client.send(operation.method(), path, mediaType, body);
        }

        @Override
        public String toString() {
            var text = body == null ? "" : new String(body, StandardCharsets.UTF_8);
            return "%s %s %s %s %s".formatted(operation.method(), path, headers, mediaType, text.substring(0, Math.min(2_000, text.length())));
        }
    }

    @BeforeAll
    static void open() {
        world = new World();
        improviser = new Improviser(world.api.contract());
        operations = List.copyOf(world.api.contract().operations().values());
        for (var place : Place.values()) {
            var spot = world.spot(place);
            for (var id : List.of(spot.compound(), spot.gate(), spot.household(), spot.resident())) {
                improviser.remember("id", JsonNodeFactory.instance.textNode(id.toString()));
            }
        }
        for (int i = 0; i < 5; i++) {
            improviser.remember("refreshToken", JsonNodeFactory.instance.textNode(world.fresh(Role.GUARD).refreshToken()));
            improviser.remember("inviteCode", JsonNodeFactory.instance.textNode(world.newInvitation()));
        }
        for (var role : Role.values()) {
            world.newNotification(world.person(role).me());
        }
        world.newAlert(world.spot(Place.OWN_HOUSEHOLD), true);
        world.newAlert(world.spot(Place.OTHER_BUILDING), false);
    }

    @AfterAll
    static void close() {
        world.close();
    }

    @Test
    void anyInput_isAnsweredAsTheContractSays() throws InterruptedException, IOException {
        var random = new SplittableRandom(SEED);
        var left = new AtomicLong(CASES);
        long endNanos = System.nanoTime() + TIME.toNanos();
        try (var threads = Executors.newFixedThreadPool(THREADS)) {
            for (int i = 0; i < THREADS; i++) {
                var own = random.split();
                threads.submit(() -> {
                    while (left.getAndDecrement() > 0 && System.nanoTime() < endNanos && FAULTS.size() < MOST_FAULTS) {
                        attemptOnce(own);
                    }
                });
            }
            threads.shutdown();
            assertTrue(threads.awaitTermination(TIME.toSeconds() + 60, TimeUnit.SECONDS));
        }
        writeCounts();
        assertEquals(List.of(), FAULTS, () -> "seed " + SEED);
        assertTrue(total() > 200, () -> "only " + total() + " cases");
        var everSucceeded = COUNTS.values().stream().filter(byStatus -> byStatus.keySet().stream().anyMatch(status -> status < 300)).count();
        assertTrue(everSucceeded >= operations.size() / 2, () -> "too shallow: only " + everSucceeded + " of " + operations.size() + " ever succeeded");
    }

    private static void attemptOnce(RandomGenerator random) {
        var operation = operations.get(random.nextInt(operations.size()));
        boolean slow = SLOW_ON_PURPOSE.contains(operation.operationId()) || operation.operationId().equals(WAITS);
        if (slow && random.nextInt(20) != 0) {
            return;
        }
        var role = role(random, operation);
        var caller = random.nextInt(20) == 0 ? world.api.visitor() : world.person(role);
        var attempt = attempt(random, operation);
        try {
            long start = System.nanoTime();
            var answer = attempt.by(caller);
            NANOS.computeIfAbsent(operation.operationId(), id -> new AtomicLong()).addAndGet(System.nanoTime() - start);
            judge(attempt, role, answer);
            improviser.hear(kindOf(operation.path()), answer.body());
            answer.header("ETag").ifPresent(etag -> improviser.remember("If-Match", JsonNodeFactory.instance.textNode(etag)));
            if (answer.status() == 401 && caller == world.person(role)) {
                renew(role, caller);
            }
        } catch (AssertionError | RuntimeException fault) {
            FAULTS.add(role + " " + attempt + "\n  " + fault);
        }
    }

    /** Mostly one who may, so that most requests come further than the door. */
    private static Role role(RandomGenerator random, Contract.Operation operation) {
        var roles = Role.values();
        var role = roles[random.nextInt(roles.length)];
        for (int i = random.nextInt(8) == 0 ? roles.length : 0; i < roles.length; i++) {
            if (world.person(role).me().path("permissions").toString().contains('"' + operation.operationId() + '"')) {
                return role;
            }
            role = roles[(role.ordinal() + 1) % roles.length];
        }
        return role;
    }

    /** Somebody's session has ended by what was sent before. */
    private static synchronized void renew(Role role, ApiClient spent) {
        if (world.person(role) == spent) {
            world.renew(role);
        }
    }

    private static void judge(Attempt attempt, Role role, ApiClient.Answer answer) {
        COUNTS.computeIfAbsent(attempt.operation().operationId(), id -> new ConcurrentHashMap<>())
                .computeIfAbsent(answer.status(), status -> new AtomicLong()).incrementAndGet();
        boolean designed = answer.status() < 500 || answer.status() == 503 && answer.header("Retry-After").isPresent();
        if (!designed || INSIDES.matcher(answer.body().toString()).matches()) {
            FAULTS.add(role + " " + attempt + "\n  -> " + answer.status() + " " + answer.body());
        }
    }

    private static Attempt attempt(RandomGenerator random, Contract.Operation operation) {
        var path = operation.path();
        var query = new ArrayList<String>();
        var headers = new HashMap<String, String>();
        for (var parameter : operation.parameters()) {
            var right = parameter.name().equals("id") ? improviser.id(random, kindOf(path))
                    : improviser.right(random, parameter.name(), parameter.schemaNode()).asText();
            var value = random.nextInt(8) == 0 ? Improviser.strangeText(random) : right;
            switch (parameter.in()) {
                case PATH -> path = path.replace("{" + parameter.name() + "}", encoded(value));
                case QUERY -> {
                    for (int i = random.nextInt(12) == 0 ? 2 : random.nextInt(2); i > 0; i--) {
                        query.add(parameter.name() + "=" + encoded(value));
                    }
                }
                case HEADER -> {
                    if (random.nextInt(4) != 0) {
                        headers.put(parameter.name(), visible(value));
                    }
                }
            }
        }
        if (random.nextInt(20) == 0) {
            query.add(encoded(Improviser.strangeText(random)) + "=" + encoded(Improviser.strangeText(random)));
        }
        strangeHeaders(random, headers);
        var whole = path + (query.isEmpty() ? "" : "?" + String.join("&", query));
        var body = operation.body();
        if (body == null) {
            return random.nextInt(20) == 0 ? new Attempt(operation, whole, headers, "application/json", "{}".getBytes(StandardCharsets.UTF_8))
                    : new Attempt(operation, whole, headers, null, null);
        }
        return new Attempt(operation, whole, headers, mediaType(random, body), body(random, operation));
    }

    private static String kindOf(String path) {
        return path.split("/")[1];
    }

    private static void strangeHeaders(RandomGenerator random, Map<String, String> headers) {
        if (random.nextInt(10) == 0) {
            headers.put("Accept-Language", visible(random.nextBoolean() ? Improviser.strangeText(random) : "zh;q=0.1,en;q=0.9"));
        }
        if (random.nextInt(20) == 0) {
            headers.put("X-Forwarded-For", visible(Improviser.strangeText(random)));
        }
        if (random.nextInt(20) == 0) {
            headers.put("traceparent", visible(Improviser.strangeText(random)));
        }
        if (random.nextInt(20) == 0) {
            headers.put("Accept", visible(Improviser.strangeText(random)));
        }
    }

    private static @Nullable String mediaType(RandomGenerator random, Contract.Body body) {
        return switch (random.nextInt(30)) {
            case 0 -> null;
            case 1 -> "text/plain";
            case 2 -> visible(Improviser.strangeText(random));
            default -> body.mediaTypes().get(random.nextInt(body.mediaTypes().size()));
        };
    }

    private static byte[] body(RandomGenerator random, Contract.Operation operation) {
        var schema = operation.node().path("requestBody").path("content").path("application/json").path("schema");
        var right = schema.isMissingNode() ? table(random) : Improviser.bytes(improviser.right(random, "", schema));
        return switch (random.nextInt(4)) {
            case 0, 1 -> right;
            case 2 -> schema.isMissingNode() ? Improviser.broken(random, right) : Improviser.bytes(spoilt(random, schema));
            default -> random.nextInt(3) == 0 ? Improviser.broken(random, right) : schema.isMissingNode() ? right : Improviser.bytes(spoilt(random, schema));
        };
    }

    private static JsonNode spoilt(RandomGenerator random, JsonNode schema) {
        var value = improviser.right(random, "", schema);
        for (int i = random.nextInt(1, 4); i > 0; i--) {
            value = improviser.spoilt(random, value);
        }
        return value;
    }

    private static byte[] table(RandomGenerator random) {
        var table = new StringBuilder("楼栋,单元,房号,姓名,手机,身份证号,与户主关系,出生日期\n");
        for (int i = random.nextInt(4); i > 0; i--) {
            for (int column = 0; column < 8; column++) {
                table.append(random.nextInt(3) == 0 ? Improviser.strangeText(random) : String.valueOf(random.nextInt(1, 30))).append(',');
            }
            table.append('\n');
        }
        return table.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Short enough for the server to read the line at all. */
    private static String encoded(String value) {
        return URLEncoder.encode(value.substring(0, Math.min(300, value.length())), StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** What this client is willing to put into a header. */
    private static String visible(String value) {
        return value.replaceAll("[^\\x21-\\x7e ]", "?").strip();
    }

    private static long total() {
        return COUNTS.values().stream().flatMap(byStatus -> byStatus.values().stream()).mapToLong(AtomicLong::get).sum();
    }

    private static void writeCounts() throws IOException {
        var lines = new ArrayList<String>();
        lines.add("seed " + SEED + ", " + total() + " cases");
        new TreeMap<>(COUNTS).forEach((operation, byStatus) -> lines.add("%-28s %6d ms in all %s".formatted(operation,
                NANOS.getOrDefault(operation, new AtomicLong()).get() / 1_000_000, new TreeMap<>(byStatus))));
        Files.createDirectories(Path.of("target"));
        Files.write(Path.of("target/fuzz.txt"), lines);
    }

    @Test
    void insides_areRecognised() {
        for (var inside : List.of("{\"detail\":\"java.lang.IllegalStateException: x\"}", "select id\nfrom account", "PgException", "\tat gatehouse.http.X(Y)")) {
            assertTrue(INSIDES.matcher(inside).matches(), inside);
        }
        assertTrue(!INSIDES.matcher("{\"type\":\"urn:gatehouse:problem:not-found\",\"instance\":\"urn:gatehouse:request:1\"}").matches());
    }
}
