package gatehouse.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import gatehouse.kernel.Role;
import gatehouse.simulation.DeliveryBook.Heap;
import gatehouse.support.ApiClient;
import gatehouse.support.ApiServer;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** A delivery afternoon: 1,500 parcels for 400 households at two gates, each at an instance of its own; every count against a book kept beside it. */
@Order(1)
class DeliveryAfternoonTest {
    private static final int HOUSEHOLDS = 400;
    /** The last of them share their phone tails two by two. */
    private static final int WITH_OWN_TAIL = 360;
    private static final int PARCELS = 1_500;
    private static final int STEPS = 30;
    private static final int CAPACITY = 12;
    private static final int AT_ONCE = 6;
    private static final OffsetDateTime BEGIN = OffsetDateTime.parse("2026-11-22T14:00:00+08:00");
    private static ApiServer api;
    private static ApiClient otherInstance;

    private final Random chance = new Random(7);
    private final DeliveryBook book = new DeliveryBook();
    private final List<ApiClient> people = new ArrayList<>();
    private final List<UUID> homes = new ArrayList<>();
    private final List<UUID> gates = new ArrayList<>();
    private final List<ApiClient> guards = new ArrayList<>();
    private final List<String> links = new ArrayList<>();
    private final Map<String, Integer> meant = new HashMap<>();
    private final Map<String, String> idOf = new ConcurrentHashMap<>();
    private UUID compound;
    private ApiClient office;
    private int wrongAddresses;
    private int ambiguousTails;
    private int refusedBookings;

    @BeforeAll
    static void start() {
        api = ApiServer.start(Map.of("GATEHOUSE_DATABASE_POOL", "12"));
        otherInstance = api.another();
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    /** A parcel that comes: for which flat, to which gate, and how whoever brings it reads the label. */
    private record Arrival(String tail, int flat, int gate, int reading) {
    }

    @Test
    void everyParcelOfTheAfternoon_isWhereTheBookSays() throws Exception {
        api.clock().set(BEGIN.toString());
        moveIn();
        for (int step = 0; step < STEPS; step++) {
            var now = BEGIN.plusMinutes(10L * step);
            api.clock().set(now.toString());
            book.timePasses(now);
            for (int gate = 0; gate < 2; gate++) {
                guards.set(gate, here(gate, guards.get(gate)));
            }
            arrive(step);
            bookSlots(now);
            giveUp();
            collect(now);
            if (step == 5) {
                guess();
            }
            if (step % 5 == 4) {
                sort();
            }
        }
        compare();
        compareLedger();
        laterDays();
        System.out.printf("%d parcels: %d collected by %d hand-overs, %d waiting, %d to sort; %d wrong addresses, %d ambiguous tails, %d bookings refused%n",
                PARCELS, book.collected().size(), book.handOvers(), book.waiting().size(), book.toSort().size(), wrongAddresses, ambiguousTails,
                refusedBookings);
    }

    /** Each gate has an instance of its own. */
    private static ApiClient here(int gate, ApiClient person) {
        var fresh = api.again(person);
        return gate == 0 ? fresh : fresh.at(otherInstance);
    }

    private static String label(int flat) {
        return (flat / 80 + 1) + "-" + (flat / 40 % 2 + 1) + "-" + (flat % 40 / 4 + 1) + "0" + (flat % 4 + 1);
    }

    private static String phoneTail(int flat) {
        return "%04d".formatted(flat < WITH_OWN_TAIL ? flat : 9_000 + flat % 20);
    }

    private void moveIn() throws Exception {
        var place = api.given().compound("晚苑").withPolicy("pickupSlotCapacity", String.valueOf(CAPACITY));
        compound = place.id();
        gates.addAll(List.of(place.gate("东门"), place.gate("西门")));
        gates.forEach(gate -> guards.add(api.staff(compound, Role.GUARD, gate)));
        office = api.staff(compound, Role.OFFICE, compound);
        var arriving = new ArrayList<Callable<Void>>();
        for (int flat = 0; flat < HOUSEHOLDS; flat++) {
            int number = flat;
            var home = place.household(label(flat));
            homes.add(home.id());
            people.add(api.visitor());
            arriving.add(() -> {
                people.set(number, api.resident(home, "住户" + number));
                run("update resident set phone_masked = '138****%s' where household_id = '%s'".formatted(phoneTail(number), home.id()));
                return null;
            });
        }
        together(arriving);
        for (int gate = 0; gate < 2; gate++) {
            guards.get(gate).post("/courier-links", Map.of("label", "快递员")).expect(201);
            links.add(guards.get(gate).get("/courier-links").expect(200).text("/items/0/url").split("#")[1]);
        }
    }

    private static void together(List<Callable<Void>> tasks) throws Exception {
        var lanes = new Semaphore(AT_ONCE);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var done = threads.invokeAll(tasks.stream().map(task -> (Callable<Void>) () -> {
                lanes.acquire();
                try {
                    return task.call();
                } finally {
                    lanes.release();
                }
            }).toList());
            for (var each : done) {
                each.get();
            }
        }
    }

    private void arrive(int step) throws Exception {
        var tasks = new ArrayList<Callable<Void>>();
        for (int i = 0; i < PARCELS / STEPS; i++) {
            var arrival = new Arrival("%04d".formatted(step * (PARCELS / STEPS) + i), chance.nextInt(HOUSEHOLDS), chance.nextInt(2), chance.nextInt(100));
            meant.put(arrival.tail, arrival.flat);
            tasks.add(() -> {
                arrive(arrival);
                return null;
            });
        }
        together(tasks);
    }

    private void arrive(Arrival arrival) {
        boolean shared = arrival.flat >= WITH_OWN_TAIL;
        var door = door(label(arrival.flat));
        if (arrival.reading < 60) {
            register(arrival, door);
        } else if (arrival.reading < 80) {
            byTail(arrival, shared);
        } else if (arrival.reading < 85) {
            guards.get(arrival.gate).post("/parcels", bill(arrival, Map.of("building", "77", "unit", "1", "room", "101"))).expectBadField("/building");
            synchronized (book) {
                wrongAddresses++;
            }
            register(arrival, door);
        } else if (arrival.reading < 93) {
            byCourier(arrival, door, true);
        } else if (arrival.reading < 97) {
            byCourier(arrival, Map.of("building", "77", "unit", "1", "room", "101"), false);
        } else {
            byCourier(arrival, Map.of("phoneTail", phoneTail(arrival.flat)), !shared);
        }
    }

    private static Map<String, Object> door(String label) {
        var parts = label.split("-");
        return Map.of("building", parts[0], "unit", parts[1], "room", parts[2]);
    }

    private Map<String, Object> bill(Arrival arrival, Map<String, ?> address) {
        var bill = new HashMap<String, Object>(Map.of("carrier", "SF", "trackingTail", arrival.tail, "perishable", arrival.reading % 10 == 0,
                "disinfected", true));
        bill.putAll(address);
        return bill;
    }

    private void register(Arrival arrival, Map<String, ?> address) {
        idOf.put(arrival.tail, guards.get(arrival.gate).post("/parcels", bill(arrival, address)).expect(201).text("/id"));
        synchronized (book) {
            book.comes(arrival.flat, arrival.gate, arrival.tail);
        }
    }

    private void byTail(Arrival arrival, boolean shared) {
        var tail = Map.of("phoneTail", phoneTail(arrival.flat));
        if (!shared) {
            register(arrival, tail);
            return;
        }
        var offered = guards.get(arrival.gate).post("/parcels", bill(arrival, tail)).expectProblem(409, "address-ambiguous");
        assertEquals(2, offered.body().path("choices").size());
        synchronized (book) {
            ambiguousTails++;
        }
        register(arrival, Map.of("householdId", homes.get(arrival.flat)));
    }

    private void byCourier(Arrival arrival, Map<String, ?> address, boolean clear) {
        var courier = (arrival.gate == 0 ? api.visitor() : otherInstance).with("Gate-Link", links.get(arrival.gate));
        var answer = courier.post("/parcels", bill(arrival, address)).expect(201);
        assertTrue(answer.body().path("household").isMissingNode() && answer.body().path("toSort").asBoolean(), answer.body().toString());
        idOf.put(arrival.tail, answer.text("/id"));
        synchronized (book) {
            if (clear) {
                book.comes(arrival.flat, arrival.gate, arrival.tail);
            } else {
                book.comesForNobodyKnown(arrival.tail);
            }
        }
    }

    private String anyParcel(Heap heap) {
        return idOf.get(book.at(heap).iterator().next());
    }

    /** Many want the next slot of their gate at once: exactly as many get it as there are places left. */
    private void bookSlots(OffsetDateTime now) throws Exception {
        var startsAt = now.plusMinutes(15 - now.getMinute() % 15);
        for (int gate = 0; gate < 2; gate++) {
            int at = gate;
            var slot = "20261122-%02d%02d-%s".formatted(startsAt.getHour(), startsAt.getMinute(), gates.get(gate));
            var asking = book.heaps().stream().filter(heap -> heap.gate() == at && !book.isBooked(heap) && chance.nextInt(100) < 8)
                    .toList();
            int free = CAPACITY - book.taken(slot);
            var accepted = ConcurrentHashMap.<Heap>newKeySet();
            together(asking.stream().map(heap -> (Callable<Void>) () -> {
                var answer = here(chanceOf(heap), people.get(heap.flat())).put("/parcels/" + anyParcel(heap) + "/booking", Map.of("slotId", slot));
                if (answer.status() == 200) {
                    accepted.add(heap);
                } else {
                    answer.expectProblem(409, "slot-full");
                }
                return null;
            }).toList());
            assertEquals(Math.min(free, asking.size()), accepted.size(), "of " + slot);
            refusedBookings += asking.size() - accepted.size();
            accepted.forEach(heap -> book.books(heap, slot, startsAt, startsAt.plusMinutes(15)));
        }
    }

    /** Residents come in by either instance. */
    private static int chanceOf(Heap heap) {
        return heap.flat() % 2;
    }

    private void giveUp() throws Exception {
        var leaving = book.heaps().stream().filter(heap -> book.isBooked(heap) && chance.nextInt(100) < 5).toList();
        together(leaving.stream().map(heap -> (Callable<Void>) () -> {
            here(chanceOf(heap), people.get(heap.flat())).send("DELETE", "/parcels/" + anyParcel(heap) + "/booking", null).expect(200);
            return null;
        }).toList());
        leaving.forEach(book::givesUp);
    }

    private void collect(OffsetDateTime now) throws Exception {
        var coming = book.heaps().stream().filter(heap -> chance.nextInt(100) < 8).toList();
        together(coming.stream().map(heap -> (Callable<Void>) () -> {
            var code = here(chanceOf(heap), people.get(heap.flat())).get("/parcels/" + anyParcel(heap) + "/pickup-code").expect(200).text("/code");
            if (heap.flat() % 7 == 0) {
                guards.get(1 - heap.gate()).post("/pickups", Map.of("pickupCode", code)).expectProblem(409, "pickup-other-gate");
            }
            var handed = guards.get(heap.gate()).post("/pickups", Map.of("pickupCode", code)).expect(200);
            assertEquals(book.at(heap), Set.copyOf(handed.body().path("items").findValuesAsText("trackingTail")), "for " + heap);
            if (heap.flat() % 5 == 0) {
                guards.get(heap.gate()).post("/pickups", Map.of("pickupCode", code)).expectProblem(409, "pickup-code-used");
            }
            return null;
        }).toList());
        coming.forEach(heap -> book.collects(heap, now));
    }

    /** Somebody at the gate tries codes: stopped after ten, and nobody else notices. */
    private void guess() {
        var rogue = api.staff(compound, Role.GUARD, gates.getFirst());
        var told = new TreeMap<Integer, Integer>();
        for (int i = 0; i < 100; i++) {
            told.merge(rogue.post("/pickups", Map.of("pickupCode", "P-9999-%04d".formatted(i))).status(), 1, Integer::sum);
        }
        assertEquals(Map.of(409, 10, 429, 90), told);
    }

    private void sort() {
        for (int gate = 0; gate < 2; gate++) {
            for (var item : guards.get(gate).get("/parcels?toSort=true&limit=200").expect(200).body().path("items")) {
                var tail = item.path("trackingTail").asText();
                assertTrue(book.toSort().contains(tail), tail);
                if (chance.nextBoolean()) {
                    int flat = meant.get(tail);
                    guards.get(gate).post("/parcels/" + item.path("id").asText() + "/events",
                            Map.of("event", "SORT", "householdId", homes.get(flat))).expect(200);
                    book.isSorted(tail, flat, gate);
                }
            }
        }
    }

    private void compare() throws SQLException {
        office = api.again(office);
        var waiting = new HashSet<String>();
        var toSort = new HashSet<String>();
        var collected = new HashSet<String>();
        for (var item : all(office, "/parcels?limit=200")) {
            var tail = item.path("trackingTail").asText();
            assertEquals(item.path("toSort").asBoolean() ? "" : label(meant.get(tail)), item.path("household").asText());
            (item.path("toSort").asBoolean() ? toSort : item.path("state").asText().equals("COLLECTED") ? collected : waiting).add(tail);
        }
        assertEquals(book.waiting(), waiting);
        assertEquals(book.toSort(), toSort);
        assertEquals(book.collected(), collected);
        assertEquals(PARCELS, waiting.size() + toSort.size() + collected.size());
        assertEquals(book.waiting().size(), office.at(otherInstance).get("/monitor?date=2026-11-22").expect(200).body().at("/compounds/0/parcels").asInt());
        assertEquals(book.waiting().size() + book.toSort().size(), office.get("/parcel-overview").expect(200).body().path("waiting").asInt());
        var taken = new TreeMap<String, Integer>();
        gates.forEach(gate -> office.get("/pickup-slots?gateId=" + gate).expect(200).body().path("items").forEach(item -> {
            if (item.path("taken").asInt() > 0) {
                taken.put(item.path("id").asText(), item.path("taken").asInt());
            }
        }));
        book.taken().values().removeIf(places -> places == 0);
        assertEquals(book.taken(), taken);
        assertTrue(taken.values().stream().allMatch(places -> places <= CAPACITY) && refusedBookings > 0, "slots were full: " + taken);
        assertEquals(book.told(), count("select count(*) from outbox_message where template in ('PARCEL_ARRIVED', 'PARCEL_PERISHABLE') and compound_id = $c"));
        assertEquals(book.handOvers(), count("select count(*) from outbox_message where template = 'PARCEL_COLLECTED' and compound_id = $c"));
        assertEquals(PARCELS, count("select count(*) from parcel_event where event = 'REGISTER' and compound_id = $c"));
        assertEquals(0, count("select count(*) from parcel p where compound_id = $c and version <> (select count(*) from parcel_event e where e.compound_id = p.compound_id and e.parcel_id = p.id)"));
        assertEquals(0, count("select count(*) from gate_scan where compound_id = $c"), "walking to one's parcels is no movement");
    }

    /** The ledger that was frozen at 17:00, and the one that is live now, hold every parcel that had come by then. */
    private void compareLedger() throws Exception {
        api.clock().set("2026-11-22T20:00:00+08:00");
        office = api.again(office);
        int columns = 16;
        var lines = new String(office.get("/forms/parcel-ledger.csv?date=2026-11-22").expect(200).raw().body(), StandardCharsets.UTF_8).lines().toList();
        assertTrue(lines.getFirst().contains("单号尾号") && lines.getFirst().split(",").length == columns, lines.getFirst());
        // what came in the very moment of freezing may be in it or not
        var frozen = "coalesce((select frozen_at from form_freeze where compound_id = $c and form_date = '2026-11-22'), '2026-11-22T23:00:00+08:00')";
        long before = count("select count(*) from parcel where compound_id = $c and registered_at < " + frozen);
        long until = count("select count(*) from parcel where compound_id = $c and registered_at <= " + frozen);
        int told = lines.size() - 1;
        assertTrue(before <= told && told <= until && told > 0, "%d of %d to %d parcels".formatted(told, before, until));
    }

    /** After a day each household is reminded; after three it is the guards' task to send back what is left. */
    private void laterDays() throws Exception {
        int left = book.waiting().size() + book.toSort().size();
        api.clock().set("2026-11-23T19:30:00+08:00");
        await(() -> count("select count(*) from parcel_event where event = 'REMIND' and compound_id = $c") == left);
        api.clock().set("2026-11-25T19:30:00+08:00");
        await(() -> count("select count(*) from parcel_event where event = 'RETURN_DUE' and compound_id = $c") == left);
        var sendings = new ArrayList<Callable<Void>>();
        for (int gate = 0; gate < 2; gate++) {
            var guard = here(gate, guards.get(gate));
            all(guard, "/parcels?returnDue=true&limit=200").forEach(item -> sendings.add(() -> {
                guard.post("/parcels/" + item.path("id").asText() + "/events", Map.of("event", "RETURN")).expect(200);
                return null;
            }));
        }
        assertEquals(left, sendings.size());
        together(sendings);
        assertEquals(0, count("select count(*) from pickup where state = 'OPEN' and compound_id = $c"));
        assertEquals(0, api.again(office).get("/parcel-overview").expect(200).body().path("waiting").asInt());
    }

    private static List<JsonNode> all(ApiClient who, String path) {
        var items = new ArrayList<JsonNode>();
        String cursor = "";
        do {
            var page = who.get(path + cursor).expect(200).body();
            page.path("items").forEach(items::add);
            cursor = page.path("next").isNull() ? null : "&cursor=" + page.path("next").asText();
        } while (cursor != null);
        return items;
    }

    private static void run(String sql) throws SQLException {
        try (var connection = api.database().connect(); var statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    private long count(String sql) {
        try (var connection = api.database().connect();
             var rows = connection.createStatement().executeQuery(sql.replace("$c", "'" + compound + "'"))) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static void await(java.util.function.BooleanSupplier happened) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!happened.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, "it never came");
            Thread.sleep(500);
            api.clock().move(Duration.ofMinutes(1));
        }
    }
}
