package gatehouse.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import gatehouse.kernel.BusinessClock;
import gatehouse.load.Town.Kind;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Families ask for outings of which there are few, and cancel them: what was answered is there, once, and each place is somebody's. */
final class Families extends Crew {
    /** Places of a slot: fewer than families, so that some come too late. */
    static final int CAPACITY = 3;
    private static final UUID GATE = Kind.GATE.id(1);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Phone phone;
    private final List<Supplier<String>> accessTokens;
    /** State by the id of the pass, as it was answered last. */
    private final Map<String, String> answered = new ConcurrentHashMap<>();
    private final Map<String, String> unexpected = new ConcurrentHashMap<>();
    private final AtomicInteger answers = new AtomicInteger();
    private final AtomicInteger full = new AtomicInteger();

    /** One family for each token. */
    Families(Phone phone, List<Supplier<String>> accessTokens) {
        this.phone = phone;
        this.accessTokens = List.copyOf(accessTokens);
    }

    @Override
    List<? extends Runnable> people() {
        var families = new ArrayList<Family>();
        for (int number = 0; number < accessTokens.size(); number++) {
            families.add(new Family(number));
        }
        return families;
    }

    @Override
    int answers() {
        return answers.get();
    }

    /** Asks for one outing after the other and cancels each. */
    private final class Family implements Runnable {
        private final int number;
        private final Random random;

        Family(int number) {
            this.number = number;
            this.random = new Random(number);
        }

        @Override
        public void run() {
            try {
                while (goesOn()) {
                    var asked = answerTo("/api/v1/outing-passes", wish());
                    // a household has one supplies outing at a time; some of the others, and the last ones, stay
                    if (goesOn() && asked.isPresent() && (asked.get().path("kind").asText().equals("SUPPLIES") || random.nextBoolean())) {
                        answerTo("/api/v1/outing-passes/" + asked.get().path("id").asText() + "/cancel", "{}");
                    }
                }
            } catch (InterruptedException stopped) {
                unexpected.put("family " + number, "interrupted");
            } catch (IOException unreadable) {
                unexpected.put("family " + number, unreadable.toString());
            }
        }

        private String wish() {
            var slot = BusinessClock.system().today().plusDays(1).format(DateTimeFormatter.BASIC_ISO_DATE) + "-10" + (random.nextBoolean() ? "00-" : "30-") + GATE;
            return random.nextInt(4) == 0 ? "{\"kind\":\"MEDICAL\"}" : "{\"kind\":\"SUPPLIES\",\"slotId\":\"" + slot + "\"}";
        }

        /** The pass, or empty where there was none to be had. */
        private Optional<JsonNode> answerTo(String path, String json) throws InterruptedException, IOException {
            var reply = phone.untilAnswered(path, List.of("Authorization: Bearer " + accessTokens.get(number).get(), "Idempotency-Key: " + UUID.randomUUID()), json);
            answers.incrementAndGet();
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

    @Override
    Count count(Connection connection) throws SQLException {
        var faults = new ArrayList<String>();
        unexpected.forEach((who, what) -> faults.add(who + ": " + what));
        var stored = new HashMap<String, String>();
        try (var statement = connection.createStatement(); var rows = statement.executeQuery("select id::text, state from outing_pass where kind <> 'WORK'")) {
            while (rows.next()) {
                stored.put(rows.getString(1), rows.getString(2));
            }
        }
        long lost = answered.entrySet().stream().filter(each -> !each.getValue().equals(stored.get(each.getKey()))).count();
        long doubled = stored.keySet().stream().filter(id -> !answered.containsKey(id)).count();
        if (lost + doubled > 0) {
            faults.add("%d lost or in another state, %d nobody was told of".formatted(lost, doubled));
        }
        nothing(faults, connection, "slots with places of nobody", """
                select count(*) from outing_slot s where taken <> (select count(*) from outing_pass p
                    where p.gate_id = s.gate_id and p.slot_starts_at = s.starts_at and p.state <> 'CANCELLED')""");
        same(faults, connection, "requests in the trail", answered.size(),
                "select count(*) from outing_pass_event e join outing_pass p on p.compound_id = e.compound_id and p.id = e.pass_id where event = 'REQUEST' and p.kind <> 'WORK'");
        same(faults, connection, "cancellings in the trail", stored.values().stream().filter("CANCELLED"::equals).count(),
                "select count(*) from outing_pass_event where event = 'CANCEL'");
        same(faults, connection, "requests kept", answered.size(), "select count(*) from outing_request where outcome in ('RULE', 'STAFF')");
        if (full.get() == 0) {
            faults.add("no slot was ever full: too little happened");
        }
        return new Count("passes", answered.size() + full.get(), answered.size(), lost, doubled, faults);
    }

    private static void nothing(List<String> faults, Connection connection, String what, String sql) throws SQLException {
        same(faults, connection, what, 0, sql);
    }

    private static void same(List<String> faults, Connection connection, String what, long expected, String sql) throws SQLException {
        long found = Product.number(connection, sql);
        if (found != expected) {
            faults.add("%s: %d instead of %d".formatted(what, found, expected));
        }
    }
}
