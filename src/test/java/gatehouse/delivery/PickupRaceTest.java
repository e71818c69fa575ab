package gatehouse.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import gatehouse.http.Caller;
import gatehouse.kernel.Await;
import gatehouse.kernel.BusinessClock;
import gatehouse.kernel.Database;
import gatehouse.kernel.Ids;
import gatehouse.kernel.Notifications;
import gatehouse.kernel.Problem;
import gatehouse.kernel.Role;
import gatehouse.kernel.Scope;
import gatehouse.registry.Policies;
import gatehouse.support.Given;
import gatehouse.support.TestDatabase;
import gatehouse.support.TestKeys;
import io.vertx.core.Vertx;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two instances of the product on one database, and a thousand households who want the same quarter of an hour. */
class PickupRaceTest {
    private static final int CAPACITY = 20;
    private static final int HOUSEHOLDS = 1_000;
    private static final TestDatabase ROWS = TestDatabase.fresh();
    private static final Given GIVEN = new Given(ROWS);
    private static Vertx vertx;
    private static Notifications notifications;
    private static final List<Database> DATABASES = new ArrayList<>();
    private static final List<BookingIntake> INSTANCES = new ArrayList<>();
    private static ParcelClock retention;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        notifications = new Notifications(vertx, ROWS.postgresUrl().connectOptions().getFirst());
        var clock = new BusinessClock(() -> Instant.parse("2026-11-22T01:30:00Z"));
        var threads = Executors.newVirtualThreadPerTaskExecutor();
        for (int i = 0; i < 2; i++) {
            var database = new Database(vertx, ROWS.postgresUrl().connectOptions(), 8);
            DATABASES.add(database);
            retention = new ParcelClock(database, clock, new Policies(database, database, clock, notifications), new Shelf(TestKeys.ring()), TestKeys.audit());
            INSTANCES.add(new BookingIntake(database, clock, threads, new Policies(database, database, clock, notifications)));
        }
    }

    private static void run(String sql, UUID compound) throws SQLException {
        try (var connection = ROWS.connect(); var statement = connection.createStatement()) {
            statement.executeUpdate(sql.replace("$c", "'" + compound + "'"));
        }
    }

    @AfterAll
    static void stop() {
        notifications.close();
        DATABASES.forEach(Database::close);
        Await.on(vertx.close());
    }

    private record Waiting(UUID household, UUID parcel) {
    }

    private static List<Waiting> parcels(Given.Compound compound, UUID gate) throws SQLException {
        var first = compound.household("1-1-101");
        try (var connection = ROWS.connect(); var statement = connection.createStatement()) {
            statement.executeUpdate("""
                    with homes as (
                        insert into household (compound_id, id, building_id, unit_id, room, label, created_at)
                        select h.compound_id, gen_random_uuid(), h.building_id, h.unit_id, 'r' || n, '1-1-r' || n, h.created_at
                        from household h, generate_series(1, %d) n where h.id = '%s'
                        returning compound_id, id, building_id, created_at),
                    walks as (
                        insert into pickup (compound_id, id, household_id, building_id, gate_id, state, code_key, code_hash, opened_at)
                        select compound_id, gen_random_uuid(), id, building_id, '%s', 'OPEN', 'test', uuid_send(id), created_at from homes
                        returning compound_id, id, household_id, building_id, gate_id, opened_at)
                    insert into parcel (compound_id, id, gate_id, household_id, building_id, pickup_id, state, carrier, tracking_tail, perishable, disinfected,
                        registered_at, registered_date, version)
                    select compound_id, gen_random_uuid(), gate_id, household_id, building_id, id, 'AT_GATE', 'SF', '0001', false, false, opened_at,
                        opened_at::date, 1 from walks"""
                    .formatted(HOUSEHOLDS, first.id(), gate));
            var waiting = new ArrayList<Waiting>();
            try (var rows = statement.executeQuery("select household_id, id from parcel where compound_id = '" + compound.id() + "'")) {
                while (rows.next()) {
                    waiting.add(new Waiting(rows.getObject(1, UUID.class), rows.getObject(2, UUID.class)));
                }
            }
            return waiting;
        }
    }

    private static String book(int instance, UUID compound, Waiting waiting, PickupSlot slot) {
        var scope = Scope.ofHousehold(compound, waiting.household);
        var caller = new Caller(waiting.household, compound, Ids.next(), null, waiting.household, List.of(new Caller.Grant(Role.RESIDENT, scope)));
        try {
            return Await.on(INSTANCES.get(instance % 2).book(caller, waiting.parcel, slot)).state().name();
        } catch (Problem refused) {
            return refused.type().slug();
        }
    }

    private static Map<String, Integer> counts(List<Future<String>> answers) throws Exception {
        var counts = new HashMap<String, Integer>();
        for (var answer : answers) {
            counts.merge(answer.get(), 1, Integer::sum);
        }
        return counts;
    }

    private static long number(String sql, UUID compound) throws SQLException {
        try (var connection = ROWS.connect(); var rows = connection.createStatement().executeQuery(sql.replace("$c", "'" + compound + "'"))) {
            rows.next();
            return rows.getLong(1);
        }
    }

    @Test
    void aThousandHouseholdsAtTwoInstances_getExactlyThePlacesThereAre() throws Exception {
        var compound = GIVEN.compound("阳光花园");
        var gate = compound.gate("东门");
        var waiting = parcels(compound, gate);
        var slot = new PickupSlot(gate, OffsetDateTime.parse("2026-11-22T10:00:00+08:00"));
        var next = new PickupSlot(gate, OffsetDateTime.parse("2026-11-22T10:15:00+08:00"));

        Map<String, Integer> told;
        Map<String, Integer> afterwards;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var asks = new ArrayList<Callable<String>>();
            for (int i = 0; i < HOUSEHOLDS; i++) {
                int one = i;
                asks.add(() -> book(one, compound.id(), waiting.get(one), slot));
            }
            told = counts(threads.invokeAll(asks));
            var swaps = new ArrayList<Callable<String>>();
            for (int i = 0; i < HOUSEHOLDS; i++) {
                int one = i;
                swaps.add(() -> book(one, compound.id(), waiting.get(one), one % 2 == 0 ? slot : next));
            }
            afterwards = counts(threads.invokeAll(swaps));
        }

        assertEquals(Map.of("BOOKED", CAPACITY, "slot-full", HOUSEHOLDS - CAPACITY), told);
        // whoever swaps leaves a place behind, which somebody else may or may not come in time for
        assertEquals(HOUSEHOLDS, afterwards.values().stream().mapToInt(Integer::intValue).sum());
        for (var each : List.of(slot, next)) {
            var at = " from pickup_slot where compound_id = $c and starts_at = '" + each.startsAt() + "'";
            var holders = number("select count(*) from pickup where compound_id = $c and slot_starts_at = '" + each.startsAt() + "'", compound.id());
            assertEquals(holders, number("select taken" + at, compound.id()), each.id());
            assertEquals(0, number("select count(*)" + at + " and taken > " + CAPACITY, compound.id()), each.id());
        }
        assertEquals(CAPACITY, number("select taken from pickup_slot where compound_id = $c and starts_at = '" + next.startsAt() + "'", compound.id()));
        assertEquals(0, number("select count(*) from parcel p join pickup u on u.compound_id = p.compound_id and u.id = p.pickup_id where p.compound_id = $c"
                + " and (p.state = 'BOOKED') <> (u.slot_starts_at is not null)", compound.id()));
    }

    @Test
    void parcelsThatAreDoneWith_areForgottenAfterTheirDays_andOnlyThose() throws Exception {
        var compound = GIVEN.compound("月桂苑");
        parcels(compound, compound.gate("南门"));
        run("""
                insert into parcel_event (compound_id, parcel_id, version, event, to_state, event_at)
                select compound_id, id, 1, 'REGISTER', 'AT_GATE', registered_at from parcel where compound_id = $c""", compound.id());
        // 180 days before 22 November 2026 is 26 May
        run("update parcel set state = 'RETURNED', ended_at = case when id::text < '8' then timestamptz '2026-05-25' else '2026-05-27' end where compound_id = $c"
                + " and id::text < 'c'", compound.id());
        run("update pickup u set state = 'ENDED', closed_at = p.ended_at from parcel p where p.compound_id = u.compound_id and p.pickup_id = u.id"
                + " and p.ended_at is not null and u.compound_id = $c", compound.id());
        long kept = number("select count(*) from parcel where compound_id = $c and (ended_at is null or ended_at > '2026-05-26')", compound.id());

        retention.forget();

        for (var table : List.of("parcel", "pickup", "parcel_event")) {
            assertEquals(kept, number("select count(*) from " + table + " where compound_id = $c", compound.id()), table);
        }
        assertEquals(1, number("select count(*) from audit_entry where action = 'RETENTION_APPLIED' and compound_id = $c", compound.id()));
        assertEquals(0, number("select count(*) from parcel where compound_id = $c and ended_at < '2026-05-26'", compound.id()));
    }
}
