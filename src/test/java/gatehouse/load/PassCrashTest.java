package gatehouse.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import gatehouse.kernel.BusinessClock;
import gatehouse.load.Town.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Processes die while families ask for outings, book places and cancel them. What was answered is there, once, and each place is somebody's. */
@Timeout(300)
class PassCrashTest {
    private static final Town TOWN = new Town(1, 12, 1);
    private static final int CAPACITY = 3;
    private static final int ENOUGH = 100;
    private static final int PAUSE_MILLIS = 60;
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final UUID GATE = Kind.GATE.id(1);
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;
    private Product product;
    /** State by the id of the pass, as it was answered last. */
    private final Map<String, String> answered = new ConcurrentHashMap<>();
    private final Map<String, String> unexpected = new ConcurrentHashMap<>();
    private final AtomicInteger answers = new AtomicInteger();
    private final AtomicInteger full = new AtomicInteger();
    private final AtomicInteger sentAgain = new AtomicInteger();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean goesOn = true;

    @BeforeEach
    void openTheTown() throws Exception {
        product = Product.ofClasses(folder.resolve("data"));
        product.start();
        var today = BusinessClock.system().today();
        try (var connection = product.connect(); var statement = connection.createStatement()) {
            TOWN.write(connection);
            TOWN.reportAll(connection, today);
            TOWN.reportAll(connection, today.plusDays(1));
            statement.executeUpdate("update resident set born_on = date '1980-01-01'");
            statement.executeUpdate("insert into gate (compound_id, id, name) values ('%s', '%s', '东门')".formatted(TOWN.compoundOf(0), GATE));
            statement.executeUpdate("update policy set changed_values = '{\"outingSlotCapacity\": %d}'".formatted(CAPACITY));
        }
        Logins.open(product, TOWN, IntStream.range(0, TOWN.residents()));
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
    void kill_ofProcessAndOfPostgresUnderLoad_losesNoRequestOrCancellingThatWasAnswered_andLeavesNoPlaceToNobody() throws Exception {
        for (int resident = 0; resident < TOWN.residents(); resident++) {
            var family = new Family(resident, Logins.token(product, resident));
            threads.add(Thread.startVirtualThread(family));
        }
        awaitMore();
        product.kill();
        product.start();
        awaitMore();
        product.killPostgres();
        product.kill();
        product.start();
        awaitMore();
        goesOn = false;
        for (var thread : threads) {
            assertTrue(thread.join(PATIENCE), "a family still waits for an answer");
        }
        assertEquals(Map.of(), unexpected);
        try (var connection = product.connect()) {
            audit(connection);
        }
        System.out.printf("2 kills: %d answers (%d passes, %d times full), %d sent again with their key%n", answers.get(), answered.size(), full.get(),
                sentAgain.get());
    }

    /** Asks for one outing after the other and cancels each; what was not answered is sent again with its key until it is. */
    private final class Family implements Runnable {
        private final int number;
        private final String token;
        private final Random random;

        Family(int number, String token) {
            this.number = number;
            this.token = token;
            this.random = new Random(number);
        }

        @Override
        public void run() {
            try {
                while (goesOn) {
                    var asked = untilAnswered("/api/v1/outing-passes", wish());
                    // a household has one supplies outing at a time; some of the others, and the last ones, stay
                    if (goesOn && asked.isPresent() && (asked.get().path("kind").asText().equals("SUPPLIES") || random.nextBoolean())) {
                        untilAnswered("/api/v1/outing-passes/" + asked.get().path("id").asText() + "/cancel", "{}");
                    }
                }
            } catch (InterruptedException stopped) {
                unexpected.put("family " + number, "interrupted");
            }
        }

        /** Few places for many, so that some come too late. */
        private String wish() {
            var slot = BusinessClock.system().today().plusDays(1).format(DateTimeFormatter.BASIC_ISO_DATE) + "-10" + (random.nextBoolean() ? "00-" : "30-") + GATE;
            return random.nextInt(4) == 0 ? "{\"kind\":\"MEDICAL\"}" : "{\"kind\":\"SUPPLIES\",\"slotId\":\"" + slot + "\"}";
        }

        /** The pass, or empty where there was none to be had. */
        private Optional<JsonNode> untilAnswered(String path, String body) throws InterruptedException {
            var key = UUID.randomUUID();
            for (int attempt = 1; ; attempt++) {
                if (attempt > 1) {
                    sentAgain.incrementAndGet();
                    Thread.sleep(PAUSE_MILLIS);
                }
                try (var line = new Line(product.port())) {
                    var reply = line.post(path, List.of("Authorization: Bearer " + token, "Idempotency-Key: " + key), body);
                    if (reply.status() != 503) {
                        answers.incrementAndGet();
                        return read(reply, path);
                    }
                } catch (IOException gone) {
                    // killed; it is asked again
                    continue;
                }
            }
        }

        private Optional<JsonNode> read(Line.Reply reply, String path) throws IOException {
            var body = JSON.readTree(reply.body());
            if (reply.status() == 409 && body.path("type").asText().endsWith(":slot-full")) {
                full.incrementAndGet();
                return Optional.empty();
            }
            if (reply.status() != 200 && reply.status() != 201) {
                unexpected.put("family " + number + " " + path, reply.toString());
                return Optional.empty();
            }
            answered.put(body.path("id").asText(), body.path("state").asText());
            return Optional.of(body);
        }
    }

    private void awaitMore() throws InterruptedException {
        int enough = answers.get() + ENOUGH;
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (answers.get() < enough) {
            assertTrue(System.nanoTime() < deadline, () -> "no more answers come: " + answers.get());
            Thread.sleep(5);
        }
    }

    private void audit(Connection connection) throws SQLException {
        var stored = new ConcurrentHashMap<String, String>();
        try (var statement = connection.createStatement(); var rows = statement.executeQuery("select id::text, state from outing_pass")) {
            while (rows.next()) {
                stored.put(rows.getString(1), rows.getString(2));
            }
        }
        assertEquals(answered, stored, "each pass that was answered, in the state that was answered last, and no other");
        assertTrue(full.get() > 0 && answered.size() > 50, "too little happened: " + full + " " + answered.size());
        assertEquals(0, number(connection, "select count(*) from outing_slot s where taken <> (select count(*) from outing_pass p"
                + " where p.gate_id = s.gate_id and p.slot_starts_at = s.starts_at and p.state <> 'CANCELLED')"), "slots with places of nobody");
        assertTrue(number(connection, "select coalesce(sum(taken), 0) from outing_slot") > 0, "some places are still somebody's");
        assertEquals(answered.size(), number(connection, "select count(*) from outing_pass_event where event = 'REQUEST'"));
        assertEquals(number(connection, "select count(*) from outing_pass where state = 'CANCELLED'"),
                number(connection, "select count(*) from outing_pass_event where event = 'CANCEL'"));
        assertEquals(answered.size(), number(connection, "select count(*) from outing_request where outcome in ('RULE', 'STAFF')"));
        assertTrue(full.get() <= number(connection, "select count(*) from outing_request where outcome = 'slot-full'"), "refusals are kept as well");
    }

    private static long number(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement(); var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
