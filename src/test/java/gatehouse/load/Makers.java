package gatehouse.load;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** People who make one thing after the other, each with a mark that no other bears, and with a key. */
final class Makers extends Crew {
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * What is made.
     *
     * @param body   the request by the thing's mark, which has at most 20 characters
     * @param stored selects mark and id of everything that is kept
     */
    record Thing(String name, String path, UnaryOperator<String> body, String stored) {
    }

    private final Thing thing;
    private final Phone phone;
    private final List<Supplier<String>> accessTokens;
    private final Map<String, Boolean> sent = new ConcurrentHashMap<>();
    private final Map<String, String> idByMark = new ConcurrentHashMap<>();
    private final Map<String, String> unexpected = new ConcurrentHashMap<>();

    /** One person for each token. */
    Makers(Thing thing, Phone phone, List<Supplier<String>> accessTokens) {
        this.thing = thing;
        this.phone = phone;
        this.accessTokens = List.copyOf(accessTokens);
    }

    @Override
    List<? extends Runnable> people() {
        var people = new ArrayList<Runnable>();
        for (int number = 0; number < accessTokens.size(); number++) {
            int person = number;
            people.add(() -> makeUntilStopped(person));
        }
        return people;
    }

    private void makeUntilStopped(int person) {
        try {
            for (int number = 1; goesOn(); number++) {
                make(person, person + "/" + number);
            }
        } catch (InterruptedException stopped) {
            unexpected.put("person " + person, "interrupted");
        }
    }

    private void make(int person, String mark) throws InterruptedException {
        sent.put(mark, true);
        var reply = phone.untilAnswered(thing.path, List.of("Authorization: Bearer " + accessTokens.get(person).get(), "Idempotency-Key: " + UUID.randomUUID()),
                thing.body.apply(mark));
        if (reply.status() != 201) {
            unexpected.put(mark, reply.toString());
            return;
        }
        try {
            idByMark.put(mark, JSON.readTree(reply.body()).path("id").asText());
        } catch (IOException unreadable) {
            unexpected.put(mark, unreadable.toString());
        }
    }

    @Override
    int answers() {
        return idByMark.size();
    }

    @Override
    Count count(Connection connection) throws SQLException {
        var faults = new ArrayList<String>();
        unexpected.forEach((mark, what) -> faults.add(mark + ": " + what));
        var stored = new HashMap<String, String>();
        long doubled = 0;
        try (var statement = connection.createStatement(); var rows = statement.executeQuery(thing.stored)) {
            while (rows.next()) {
                if (stored.put(rows.getString(1), rows.getString(2)) != null || !sent.containsKey(rows.getString(1))) {
                    doubled++;
                    faults.add("kept twice, or never sent: " + rows.getString(1));
                }
            }
        }
        long lost = idByMark.entrySet().stream().filter(each -> !each.getValue().equals(stored.get(each.getKey()))).count();
        if (lost > 0) {
            faults.add(lost + " acknowledged and not kept");
        }
        return new Count(thing.name, sent.size(), idByMark.size(), lost, doubled, faults);
    }
}
