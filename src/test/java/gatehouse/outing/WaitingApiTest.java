package gatehouse.outing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.kernel.Await;
import gatehouse.kernel.Database;
import gatehouse.kernel.Notifications;
import gatehouse.kernel.Role;
import gatehouse.registry.Policies;
import gatehouse.support.ApiClient;
import gatehouse.support.ApiServer;
import gatehouse.support.Given;
import gatehouse.support.TestKeys;
import io.vertx.core.Vertx;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A gate with one place in each slot, and four families who all want the one at ten. */
class WaitingApiTest {
    private static final LocalDate ADULT = LocalDate.of(1980, 3, 14);
    private final Vertx vertx = Vertx.vertx();
    private ApiServer api;
    private Database database;
    private Notifications notifications;
    private WaitActions clockwork;
    private OutingJobs jobs;
    private ApiClient office;
    private String day;
    private String slot;
    private String pass;
    private ApiClient holder;
    private ApiClient first;
    private ApiClient second;

    @BeforeEach
    void start() {
        api = ApiServer.start();
        var garden = api.given().compound("阳光花园").withPolicy("outingSlotCapacity", "1");
        var gate = garden.gate("东门");
        slot = "20261122-1000-" + gate;
        day = "/gates/" + gate + "/outing-days/2026-11-22";
        office = api.staff(garden.id(), Role.OFFICE, garden.id());
        holder = family(garden, "1-1-101");
        first = family(garden, "1-1-102");
        second = family(garden, "1-1-103");
        pass = supplies(holder).expect(201).text("/id");
        database = new Database(vertx, api.database().postgresUrl().connectOptions(), 2);
        notifications = new Notifications(vertx, api.database().postgresUrl().connectOptions().getFirst());
        var policies = new Policies(database, database, api.clock().business(), notifications);
        clockwork = new WaitActions(database, api.clock().business(), policies);
        jobs = new OutingJobs(new OutingActions(database, api.clock().business(), policies, clockwork, TestKeys.audit()), clockwork);
    }

    @AfterEach
    void stop() {
        notifications.close();
        database.close();
        Await.on(vertx.close());
        api.close();
    }

    private ApiClient family(Given.Compound garden, String label) {
        var person = api.resident(garden.household(label), "某人", ADULT);
        person.post("/health-reports", Map.of("round", "MORNING", "temperature", 36.5, "symptoms", List.of())).expect(201);
        return person;
    }

    private ApiClient.Answer supplies(ApiClient person) {
        return person.post("/outing-passes", Map.of("kind", "SUPPLIES", "slotId", slot));
    }

    private ApiClient.Answer waits(ApiClient person) {
        return person.post("/outing-slots/" + slot + "/waiting").expect(201);
    }

    private String stateOf(ApiClient person) {
        var items = person.get("/outing-waiting").expect(200).body().path("items");
        return items.isEmpty() ? "none" : items.get(0).path("state").asText();
    }

    private long taken() throws SQLException {
        try (var connection = api.database().connect(); var statement = connection.createStatement();
                var rows = statement.executeQuery("select coalesce(sum(taken), 0) from outing_slot")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    @Test
    void freedPlace_isKeptForTheFirstOfTheLine_andNobodyElseGetsIt() throws SQLException {
        assertEquals(0, waits(first).body().path("ahead").asInt());
        assertEquals(1, waits(second).body().path("ahead").asInt());
        holder.post("/outing-passes/" + pass + "/cancel").expect(200);
        assertEquals("OFFERED", stateOf(first));
        assertEquals("2026-11-22T09:40:00+08:00", first.get("/outing-waiting").text("/items/0/offeredUntil"));
        assertEquals("WAITING", stateOf(second));
        supplies(second).expectProblem(409, "slot-full");
        supplies(first).expect(201);
        assertEquals("none", stateOf(first));
        assertEquals(1, taken());
        supplies(holder).expectProblem(409, "slot-full");
    }

    @Test
    void offerThatNobodyTakes_goesToTheNext_thenToEverybody() throws SQLException {
        waits(first);
        waits(second);
        holder.post("/outing-passes/" + pass + "/cancel").expect(200);
        api.clock().set("2026-11-22T09:40:00.000001+08:00");
        assertNotEquals("OFFERED", stateOf(first), "whether or not the clock has written it down");
        supplies(first).expectProblem(409, "slot-full");
        clockwork.keepLines();
        assertEquals("OFFERED", stateOf(second));
        assertEquals(1, taken());
        api.clock().set("2026-11-22T09:51:00+08:00");
        clockwork.keepLines();
        clockwork.keepLines();
        assertEquals(0, taken());
        supplies(api.again(holder)).expect(201);
    }

    @Test
    void leavingTheLine_givesTheOfferOn() throws SQLException {
        var waiting = waits(first).text("/id");
        waits(second);
        holder.post("/outing-passes/" + pass + "/cancel").expect(200);
        first.delete("/outing-waiting/" + waiting).expect(204);
        first.delete("/outing-waiting/" + waiting).expectProblem(409, "not-allowed-now");
        assertEquals("OFFERED", stateOf(second));
        second.delete("/outing-waiting/" + second.get("/outing-waiting").text("/items/0/id")).expect(204);
        assertEquals(0, taken());
    }

    @Test
    void waiting_whereAPlaceIsFree_isOfferedAtOnce_andOncePerHousehold() throws SQLException {
        holder.post("/outing-passes/" + pass + "/cancel").expect(200);
        assertEquals("OFFERED", waits(first).text("/state"));
        first.post("/outing-slots/" + slot + "/waiting").expectProblem(409, "not-allowed-now");
        assertEquals(1, taken());
        first.post("/outing-slots/" + slot.replace("-1000-", "-0900-") + "/waiting").expectProblem(409, "slot-past");
        first.post("/outing-slots/" + slot.replace("-1000-", "-1001-") + "/waiting").expectProblem(404, "not-found");
        first.post("/outing-slots/20261122-1000-" + UUID.randomUUID() + "/waiting").expectProblem(404, "not-found");
    }

    @Test
    void moreCapacity_isOfferedByTheClock() throws SQLException {
        waits(first);
        assertEquals("WAITING", stateOf(first));
        try (var connection = api.database().connect(); var statement = connection.createStatement()) {
            statement.executeUpdate("insert into outing_gate_day (compound_id, gate_id, slot_date, capacity, changed_at, changed_by_compound_id, changed_by)"
                    + " select compound_id, id, date '2026-11-22', 2, now(), compound_id, id from gate");
        }
        assertEquals(1, clockwork.keepLines());
        assertEquals("OFFERED", stateOf(first));
        assertTrue(taken() == 2);
    }

    @Test
    void fewerPlaces_areNotOfferedOn_untilNoMoreAreTakenThanThereAre() throws SQLException {
        office.put(day, Map.of("capacity", 2)).expect(200);
        var other = supplies(first).expect(201).text("/id");
        waits(second);
        office.put(day, Map.of("capacity", 1)).expect(200);
        holder.post("/outing-passes/" + pass + "/cancel").expect(200);
        assertEquals(1, taken());
        assertEquals("WAITING", stateOf(second), "that place is gone");
        first.post("/outing-passes/" + other + "/cancel").expect(200);
        assertEquals("OFFERED", stateOf(second));
        assertEquals(1, taken());
    }

    private void close() {
        office.put(day, Map.of("capacity", 0, "reason", "消杀")).expect(200);
    }

    private List<String> told(String template) throws SQLException {
        try (var connection = api.database().connect(); var statement = connection.createStatement(); var rows = statement.executeQuery(
                "select array_to_string(arguments_chinese, ',') from outbox_message where template = '" + template + "'")) {
            var told = new ArrayList<String>();
            while (rows.next()) {
                told.add(rows.getString(1));
            }
            return told;
        }
    }

    @Test
    void offer_ofADayThatIsClosed_isWithdrawn_itsHouseholdToldOnce_andFirstAgainWhenItOpens() throws SQLException {
        waits(first);
        waits(second);
        holder.post("/outing-passes/" + pass + "/cancel").expect(200);
        assertEquals("OFFERED", stateOf(first));
        close();
        close();
        assertEquals(0, jobs.keepLines());
        assertEquals("WAITING", stateOf(first));
        assertEquals(List.of("2026-11-22,东门"), told("OFFER_WITHDRAWN"));
        assertEquals(List.of(), told("PASS_GATE_CLOSED"), "the holder had cancelled before");
        assertEquals(0, taken());
        supplies(first).expectProblem(409, "slot-full");
        office.put(day, Map.of()).expect(200);
        assertEquals(1, jobs.keepLines());
        assertEquals("OFFERED", stateOf(first));
    }

    /** What a household's request writes that takes its offer, as far as closing has to do with it. */
    private static void takeOffer(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            assertEquals(1, statement.executeUpdate("update outing_wait set state = 'TAKEN', ended_at = now() where state = 'OFFERED'"));
            assertEquals(1, statement.executeUpdate("""
                    insert into outing_pass (compound_id, id, household_id, building_id, resident_id, kind, state, gate_id, slot_starts_at, outing_date,
                        valid_from, leave_by, valid_until, colour, requested_at, decided_by, decided_at, code_number, version)
                    select p.compound_id, w.id, w.household_id, w.building_id, w.resident_id, p.kind, 'APPROVED', p.gate_id, p.slot_starts_at,
                        p.outing_date, p.valid_from, p.leave_by, p.valid_until, p.colour, p.requested_at, p.decided_by, p.decided_at, p.code_number + 1, 1
                    from outing_pass p, outing_wait w where w.state = 'TAKEN'"""));
        }
    }

    @Test
    void closing_waitsForWhoTakesAnOfferAtThisMoment_andCancelsThatPassInTheNameOfWhoClosed() throws Exception {
        var taken = waits(first).text("/id");
        holder.post("/outing-passes/" + pass + "/cancel").expect(200);
        Thread closing;
        try (var connection = api.database().connect()) {
            connection.setAutoCommit(false);
            takeOffer(connection);
            closing = Thread.startVirtualThread(this::close);
            awaitLock();
            connection.commit();
        }
        closing.join();
        assertCancelledByTheOffice(taken);
    }

    @Test
    void passTakenFromAnOfferThatClosingDidNotSee_isCancelledByTheClock_inTheNameOfWhoClosed() throws SQLException {
        var taken = waits(first).text("/id");
        close();
        try (var connection = api.database().connect(); var statement = connection.createStatement()) {
            // a place given on by somebody who had read the slot while it was open
            statement.executeUpdate("update outing_wait set state = 'OFFERED', offered_until = now() + interval '10 minutes'");
            statement.executeUpdate("update outing_slot set taken = 1, capacity = 1 where slot_date = date '2026-11-22' and taken + capacity > 0");
            takeOffer(connection);
        }
        assertEquals("APPROVED", office.get("/outing-passes/" + taken).expect(200).text("/state"));
        assertEquals(1, jobs.keepLines());
        assertCancelledByTheOffice(taken);
        assertEquals(0, jobs.keepLines());
    }

    private void assertCancelledByTheOffice(String id) throws SQLException {
        var cancelled = office.get("/outing-passes/" + id).expect(200);
        assertEquals(List.of("CANCELLED", "消杀"), List.of(cancelled.text("/state"), cancelled.text("/reason")));
        var last = cancelled.body().path("events").path(cancelled.body().path("events").size() - 1);
        assertEquals(List.of("CANCEL", office.me().path("name").asText()), List.of(last.path("event").asText(), last.path("by").asText()));
        assertEquals(0, taken());
        assertTrue(told("PASS_GATE_CLOSED").contains("2026-11-22,东门"));
    }

    private void awaitLock() throws Exception {
        try (var connection = api.database().connect(); var statement = connection.createStatement()) {
            for (int i = 0; i < 1_000; i++) {
                try (var rows = statement.executeQuery("select 1 from pg_locks where not granted")) {
                    if (rows.next()) {
                        return;
                    }
                }
                Thread.sleep(10);
            }
            throw new AssertionError("closing waits for nobody");
        }
    }
}
