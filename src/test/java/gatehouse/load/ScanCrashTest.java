package gatehouse.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import gatehouse.kernel.BusinessClock;
import gatehouse.load.Town.Kind;
import gatehouse.outing.PressedCodes;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Processes die while guards scan. A scan that was answered is there, once, and its pass went out once. */
@Timeout(300)
class ScanCrashTest {
    private static final Town TOWN = new Town(1, 1_500, 1);
    private static final int GUARDS = 8;
    private static final int ENOUGH = 120;
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final UUID GATE = UUID.fromString("00000009-0000-7000-8000-000000000001");

    @TempDir
    Path folder;
    private Product product;
    private final Map<UUID, String> answered = new ConcurrentHashMap<>();
    private final AtomicInteger next = new AtomicInteger();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean goesOn = true;

    @BeforeEach
    void openTheTown() throws Exception {
        product = Product.ofClasses(folder.resolve("data"));
        product.start();
        try (var connection = product.connect()) {
            TOWN.write(connection);
            var compound = TOWN.compoundOf(0);
            try (var statement = connection.createStatement()) {
                statement.executeUpdate("insert into gate (compound_id, id, name) values ('%s', '%s', '东门')".formatted(compound, GATE));
                statement.executeUpdate("update role_grant set role = 'GUARD', reach = 'GATE', reach_id = '%s' where account_id = '%s'".formatted(GATE, Kind.ACCOUNT.id(0)));
                statement.executeUpdate("""
                        insert into outing_pass (compound_id, id, household_id, building_id, resident_id, kind, state, outing_date, valid_from, leave_by,
                            valid_until, colour, requested_at, decided_by, decided_at, code_number, version)
                        select compound_id, gen_random_uuid(), household_id, building_id, id, 'MEDICAL', 'APPROVED', (now() at time zone 'Asia/Shanghai')::date,
                            now() - interval '1 hour', now() + interval '3 hours', now() + interval '6 hours', 'PINK', now(), 'RULE', now(),
                            row_number() over (order by id), 1
                        from resident""");
            }
        }
        Logins.open(product, TOWN, IntStream.of(0));
    }

    @AfterEach
    void end() throws Exception {
        goesOn = false;
        product.close();
        for (var thread : threads) {
            thread.interrupt();
            thread.join();
        }
    }

    @Test
    void kill_ofProcessOrPostgresUnderLoad_losesNoScanThatWasAnswered_andLetsNobodyOutTwice() throws Exception {
        var codes = new PressedCodes(product.keys());
        var token = Logins.token(product, 0);
        for (int i = 0; i < GUARDS; i++) {
            threads.add(Thread.startVirtualThread(() -> scan(codes, token)));
        }
        for (int again = 0; again < 2; again++) {
            awaitMore();
            product.kill();
            product.start();
            awaitMore();
            product.killPostgres();
        }
        awaitMore();
        goesOn = false;
        for (var thread : threads) {
            assertTrue(thread.join(PATIENCE), "a guard still waits for an answer");
        }
        audit();
    }

    /** One pass after the other, each shown until there is an answer, as a guard's page does it: with the same nonce. */
    private void scan(PressedCodes codes, String token) {
        while (goesOn) {
            int pass = 1 + next.getAndIncrement() % TOWN.residents();
            var nonce = UUID.randomUUID();
            var now = BusinessClock.system().now();
            var body = """
                    {"code":"%s","gateId":"%s","direction":"OUT","temperature":36.5,"mask":true,"nonce":"%s","scannedAt":"%s"}"""
                    .formatted(codes.shown(pass, now), GATE, nonce, now);
            while (goesOn && !isAnswered(nonce, body, token)) {
                pause();
            }
        }
    }

    private boolean isAnswered(UUID nonce, String body, String token) {
        try (var line = new Line(product.port())) {
            var reply = line.post("/api/v1/gate-scans", List.of("Authorization: Bearer " + token), body);
            if (reply.status() != 200) {
                return false;
            }
            JsonNode answer = new ObjectMapper().readTree(reply.body());
            answered.put(nonce, answer.path("reason").asText());
            return true;
        } catch (IOException gone) {
            return false;
        }
    }

    private static void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitMore() throws InterruptedException {
        int enough = answered.size() + ENOUGH;
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (answered.size() < enough) {
            assertTrue(System.nanoTime() < deadline, () -> "no more answers come: " + answered.size());
            Thread.sleep(5);
        }
    }

    private void audit() throws SQLException {
        var stored = new ConcurrentHashMap<UUID, String>();
        try (var connection = product.connect(); var statement = connection.createStatement()) {
            try (var rows = statement.executeQuery("select nonce, reason from gate_scan")) {
                while (rows.next()) {
                    stored.put(rows.getObject(1, UUID.class), rows.getString(2));
                }
            }
            answered.forEach((nonce, reason) -> assertEquals(reason, stored.get(nonce), "answered and not there as it was answered"));
            var oks = stored.values().stream().filter("ok"::equals).count();
            assertTrue(oks > 100, "too few went out: " + oks);
            for (var same : List.of("select count(*) from outing_pass where state = 'OUT'", "select count(*) from outing_pass_event where event = 'LEAVE'")) {
                try (var rows = statement.executeQuery(same)) {
                    rows.next();
                    assertEquals(oks, rows.getLong(1), same);
                }
            }
            System.out.printf("4 kills: %d scans answered, %d kept, %d went out, each once%n", answered.size(), stored.size(), oks);
        }
    }
}
