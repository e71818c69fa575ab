package gatehouse.notify;

import static org.junit.jupiter.api.Assertions.assertEquals;

import gatehouse.kernel.Ids;
import gatehouse.kernel.Role;
import gatehouse.support.ApiServer;
import gatehouse.support.Given;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What could not be delivered, over real HTTP. */
class ParkedApiTest {
    @Test
    void parkedMessages_areListed_triedAgain_orGivenUp_byTheirOfficeOnly() throws Exception {
        try (var api = ApiServer.start()) {
            var garden = api.given().compound("阳光花园");
            var home = garden.household("3-2-1402");
            var office = api.staff(garden.id(), Role.OFFICE, garden.id());
            var first = parked(api, garden, home);
            var second = parked(api, garden, home);
            var listed = office.get("/outbox/parked").expect(200);
            assertEquals(List.of(second.toString(), first.toString()), List.of(listed.text("/items/0/id"), listed.text("/items/1/id")));
            assertEquals(List.of("HOUSEHOLD", "nobody there: HOUSEHOLD", "10"), List.of(listed.text("/items/0/recipient"), listed.text("/items/0/fault"),
                    listed.text("/items/0/attempts")));
            var other = api.given().compound("月桂苑");
            var stranger = api.staff(other.id(), Role.OFFICE, other.id());
            assertEquals(0, stranger.get("/outbox/parked").expect(200).body().path("items").size());
            stranger.post("/outbox/parked/" + first + "/retry").expectProblem(404, "not-found");

            var resident = api.resident(home, "王小明");
            execute(api, "update resident set account_id = '" + resident.id() + "' where id = '" + resident.me().at("/resident/id").asText() + "'");
            office.post("/outbox/parked/" + first + "/retry").expect(204);
            long deadline = System.nanoTime() + 20_000_000_000L;
            while (resident.get("/notifications").expect(200).body().path("items").isEmpty() && System.nanoTime() < deadline) {
                Thread.sleep(50);
            }
            assertEquals("OBSERVATION_STARTED", resident.get("/notifications").text("/items/0/kind"));
            office.post("/outbox/parked/" + second + "/drop").expect(204);
            office.post("/outbox/parked/" + second + "/drop").expectProblem(404, "not-found");
            assertEquals(0, office.get("/outbox/parked").expect(200).body().path("items").size());
            assertEquals(1, resident.get("/notifications").expect(200).body().path("items").size());
            resident.get("/outbox/parked").expectProblem(403, "not-permitted");
            var entered = office.get("/audit").expect(200);
            assertEquals(List.of("MESSAGE_DROPPED", "MESSAGE_RETRIED"), entered.body().path("items").findValuesAsText("action"));
            assertEquals(List.of(second.toString(), office.id().toString(), "OBSERVATION_STARTED"), List.of(entered.text("/items/0/subject/id"),
                    entered.text("/items/0/by/id"), entered.text("/items/0/details/template")));
        }
    }

    private static UUID parked(ApiServer api, Given.Compound garden, Given.Household home) throws SQLException {
        var id = Ids.next();
        execute(api, """
                insert into outbox_message (compound_id, id, dedupe_key, template, arguments_chinese, arguments_english, recipient_kind,
                    recipient_compound_id, recipient_id, state, attempts, next_attempt_at, last_fault, created_at, settled_at)
                values ('%1$s', '%2$s', 'parked/%2$s', 'OBSERVATION_STARTED', '{}', '{}', 'HOUSEHOLD', '%1$s', '%3$s', 'PARKED', 10, now(),
                    'nobody there: HOUSEHOLD', now(), now())""".formatted(garden.id(), id, home.id()));
        return id;
    }

    private static void execute(ApiServer api, String sql) throws SQLException {
        try (var connection = api.database().connect(); var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
