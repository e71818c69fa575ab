package gatehouse.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import gatehouse.kernel.BusinessClock;
import gatehouse.load.Town.Kind;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Volunteers who take the walk to their household's door and give it back, and ask for purchases meanwhile and cancel them: every step is there once. */
final class Walks extends Crew {
    private static final ObjectMapper JSON = new ObjectMapper();

    private record Step(String state, int steps) {
    }

    private final Phone phone;
    private final int firstHousehold;
    private final List<Supplier<String>> accessTokens;
    /** State by the id of the purchase, as it was answered last. */
    private final Map<String, String> purchases = new ConcurrentHashMap<>();
    /** By the id of the walk: how it was answered last, and how many steps were. */
    private final Map<String, Step> walks = new ConcurrentHashMap<>();
    private final Map<String, String> unexpected = new ConcurrentHashMap<>();
    private final AtomicInteger answers = new AtomicInteger();

    /** One volunteer for each token, of households from that number on. */
    Walks(Phone phone, int firstHousehold, List<Supplier<String>> accessTokens) {
        this.phone = phone;
        this.firstHousehold = firstHousehold;
        this.accessTokens = List.copyOf(accessTokens);
    }

    /** Names the heads of those households as volunteers; something was bought for each, and an open walk brings it. */
    static void write(Connection connection, Town town, int firstHousehold, int households) throws SQLException {
        try (var statement = connection.createStatement()) {
            for (int household = firstHousehold; household < firstHousehold + households; household++) {
                int head = household * town.members();
                for (var sql : """
                        insert into door_volunteer (compound_id, id, account_id, from_date, until_date, named_at, named_by_compound_id, named_by)
                            values ('$compound', '$walk', '$account', current_date - 1, current_date + 30, now(), '$compound', '$account');
                        insert into purchase (compound_id, id, household_id, building_id, state, budget_fen, allowed_fen, cost_fen, pay_by, wanted_date, requested_at,
                            requested_by_compound_id, requested_by, receipt_photo_id, bought_at, version)
                            select compound_id, '$walk', id, building_id, 'BOUGHT', 1000, 1000, 500, 'OFFICE', current_date, now(), compound_id, '$account',
                                '$walk', now(), 1 from household where id = '$household';
                        insert into door_task (compound_id, id, household_id, building_id, state, opened_at, version)
                            select compound_id, '$walk', id, building_id, 'OPEN', now(), 1 from household where id = '$household'"""
                        .replace("$compound", town.compoundOf(head).toString()).replace("$walk", walkOf(household).toString())
                        .replace("$account", Kind.ACCOUNT.id(head).toString()).replace("$household", Kind.HOUSEHOLD.id(household).toString()).split(";\n")) {
                    statement.executeUpdate(sql);
                }
            }
        }
    }

    private static UUID walkOf(int household) {
        return Kind.WALK.id(household);
    }

    @Override
    List<? extends Runnable> people() {
        var people = new ArrayList<Runnable>();
        for (int number = 0; number < accessTokens.size(); number++) {
            int person = number;
            people.add(() -> walkUntilStopped(person));
        }
        return people;
    }

    @Override
    int answers() {
        return answers.get();
    }

    private void walkUntilStopped(int person) {
        try {
            var walk = "/api/v1/door-tasks/" + walkOf(firstHousehold + person) + "/events";
            for (boolean taken = false; goesOn(); taken = !taken) {
                said(person, walk, "{\"event\":\"" + (taken ? "GIVE_BACK" : "TAKE") + "\"}").ifPresent(body -> walks.merge(body.path("id").asText(),
                        new Step(body.path("state").asText(), 1), (before, after) -> new Step(after.state, before.steps + 1)));
                var asked = bought(person, "/api/v1/purchases", """
                        {"items":[{"name":"rice","quantity":1,"unit":"bag"}],"budget":10,"payBy":"OFFICE","wantedOn":"%s"}""".formatted(BusinessClock.system().today()));
                if (goesOn() && asked.isPresent()) {
                    bought(person, "/api/v1/purchases/" + asked.get().path("id").asText() + "/events", "{\"event\":\"CANCEL\",\"note\":\"not needed\"}");
                }
            }
        } catch (InterruptedException stopped) {
            unexpected.put("volunteer " + person, "interrupted");
        } catch (IOException unreadable) {
            unexpected.put("volunteer " + person, unreadable.toString());
        }
    }

    private Optional<JsonNode> bought(int person, String path, String json) throws InterruptedException, IOException {
        var body = said(person, path, json);
        body.ifPresent(purchase -> purchases.put(purchase.path("id").asText(), purchase.path("state").asText()));
        return body;
    }

    private Optional<JsonNode> said(int person, String path, String json) throws InterruptedException, IOException {
        var reply = phone.untilAnswered(path, List.of("Authorization: Bearer " + accessTokens.get(person).get(), "Idempotency-Key: " + UUID.randomUUID()), json);
        answers.incrementAndGet();
        if (reply.status() != 200 && reply.status() != 201) {
            unexpected.put("volunteer " + person + " " + path, reply.toString());
            return Optional.empty();
        }
        return Optional.of(JSON.readTree(reply.body()));
    }

    @Override
    Count count(Connection connection) throws SQLException {
        var faults = new ArrayList<String>();
        unexpected.forEach((who, what) -> faults.add(who + ": " + what));
        var kept = text(connection, "select id::text, state from purchase where cost_fen is null");
        long lost = purchases.entrySet().stream().filter(each -> !each.getValue().equals(kept.get(each.getKey()))).count();
        long doubled = kept.keySet().stream().filter(id -> !purchases.containsKey(id)).count();
        same(faults, connection, "purchases asked for, in the trail", purchases.size(), "select count(*) from purchase_event where event = 'REQUEST'");
        same(faults, connection, "purchases cancelled, in the trail", purchases.values().stream().filter("CANCELLED"::equals).count(),
                "select count(*) from purchase_event where event = 'CANCEL'");
        var steps = text(connection, """
                select t.id::text, t.state || ' ' || (t.version - 1) || ' ' || (select count(*) from door_task_event e where e.compound_id = t.compound_id and e.task_id = t.id)
                from door_task t""");
        for (var walk : walks.entrySet()) {
            var promised = "%s %2$d %2$d".formatted(walk.getValue().state, walk.getValue().steps);
            if (!promised.equals(steps.get(walk.getKey()))) {
                lost++;
                faults.add("a walk was acknowledged as %s and is %s".formatted(promised, steps.get(walk.getKey())));
            }
        }
        same(faults, connection, "walks that carry what they should", steps.size(), """
                select count(*) from door_task t where (state = 'TAKEN')::int = (select count(*) from door_task_purchase c where c.compound_id = t.compound_id and c.task_id = t.id)""");
        if (lost + doubled > 0) {
            faults.add("%d lost or in another state, %d nobody was told of".formatted(lost, doubled));
        }
        int acknowledged = purchases.size() + walks.values().stream().mapToInt(Step::steps).sum();
        return new Count("walks", acknowledged, acknowledged, lost, doubled, faults);
    }

    private static Map<String, String> text(Connection connection, String sql) throws SQLException {
        var found = new HashMap<String, String>();
        try (var statement = connection.createStatement(); var rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                found.put(rows.getString(1), rows.getString(2));
            }
        }
        return found;
    }

    private static void same(List<String> faults, Connection connection, String what, long expected, String sql) throws SQLException {
        long found = Product.number(connection, sql);
        if (found != expected) {
            faults.add("%s: %d instead of %d".formatted(what, found, expected));
        }
    }
}
