package gatehouse.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import gatehouse.kernel.Role;
import gatehouse.outing.PressedCodes;
import gatehouse.simulation.GateBook.Whereabouts;
import gatehouse.simulation.GateBook.Written;
import gatehouse.support.ApiClient;
import gatehouse.support.ApiServer;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalTime;
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
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A morning at one compound: 2,000 outings through two gates, each at an instance of its own; the east gate is without network for twenty
 * minutes, decides by its kit and sends its scans afterwards, twice. What the product counts is what {@link GateBook} counts, which shares
 * nothing with it.
 */
class GateMorningTest {
    private static final String DATE = "2026-11-22";
    private static final int PEOPLE = 2_000;
    private static final long SEED = 20261122;
    private static final int BEGIN = 9 * 60;
    private static final int CUT = 10 * 60;
    private static final int RESTORED = 10 * 60 + 20;
    private static final int END = 13 * 60 + 40;
    private static final int DUE = 13 * 60;
    private static final int AT_ONCE = 16;
    private static final int BATCH = 500;

    private static ApiServer api;
    private static ApiClient otherInstance;
    private static PressedCodes codes;

    private final Random chance = new Random(SEED);
    private final GateBook book = new GateBook();
    private final List<Long> numbers = new ArrayList<>();
    private final Map<String, Integer> indexOf = new HashMap<>();
    private final TreeMap<Integer, List<Act>> script = new TreeMap<>();
    private final List<Map<String, Object>> eastQueue = new ArrayList<>();
    private final Set<String> nonces = new HashSet<>();
    private UUID compound;
    private UUID east;
    private UUID west;
    private ApiClient guardEast;
    private ApiClient guardWest;
    private ApiClient office;

    private record Act(int person, boolean atEast, boolean leaving, boolean mask, boolean fever, boolean forged) {
    }

    @BeforeAll
    static void start() {
        api = ApiServer.start();
        otherInstance = api.another();
        codes = new PressedCodes(api.keys());
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @Test
    void everyMovementOfTheMorning_isCountedOnce_alsoThoseOfTheGateWithoutNetwork() throws Exception {
        api.clock().set(DATE + "T08:55:00+08:00");
        moveIn();
        write();
        for (int minute = BEGIN; minute <= END; minute++) {
            api.clock().set(at(minute, 0));
            guardEast = api.again(guardEast);
            guardWest = api.again(guardWest).at(otherInstance);
            office = api.again(office);
            if (minute == CUT) {
                var kit = guardEast.get("/gate-kit").expect(200);
                assertEquals(numbers.size(), kit.body().path("passes").size());
                book.cutOff();
            }
            if (minute == RESTORED) {
                send();
            }
            boolean cut = minute >= CUT && minute < RESTORED;
            act(script.getOrDefault(minute, List.of()), minute, cut);
            if (!cut && minute % 30 == 0) {
                compareOutside(minute);
            }
        }
        compareEnd();
    }

    private static String at(int minute, int second) {
        return DATE + "T" + LocalTime.of(minute / 60, minute % 60, second) + (second == 0 ? ":00" : "") + "+08:00";
    }

    /** 2,000 homes with one grown-up each, who has reported and has a pass until one o'clock. */
    private void moveIn() throws SQLException {
        var place = api.given().compound("晨苑");
        compound = place.id();
        east = place.gate("东门");
        west = place.gate("西门");
        guardEast = api.staff(compound, Role.GUARD, east);
        guardWest = api.staff(compound, Role.GUARD, west);
        office = api.staff(compound, Role.OFFICE, compound);
        var first = place.household("1-1-100");
        try (var connection = api.database().connect(); var statement = connection.createStatement()) {
            var names = Map.of("$c", "'" + compound + "'::uuid", "$b", "'" + first.buildingId() + "'::uuid", "$h", "'" + first.id() + "'::uuid", "$n", "" + PEOPLE);
            for (var sql : List.of("""
                    insert into household (compound_id, id, building_id, unit_id, room, label, created_at)
                    select $c, gen_random_uuid(), $b, f.unit_id, (1000 + n)::text, '1-1-' || (1000 + n), '2026-01-01'
                    from generate_series(1, $n) n, household f where f.id = $h""", """
                    insert into resident (compound_id, id, household_id, building_id, name, relation, created_at, updated_at)
                    select compound_id, gen_random_uuid(), id, building_id, '住户' || room, 'HEAD', '2026-01-01', '2026-01-01'
                    from household where compound_id = $c and id <> $h""", """
                    insert into health_report (compound_id, resident_id, report_date, round, household_id, building_id, temperature_tenths, symptoms, status,
                        reported_by, reported_as, received_at, version)
                    select compound_id, id, '2026-11-22', 1, household_id, building_id, 365, '{}', 'ON_TIME', id, 'SELF', '2026-11-22T08:30:00+08:00', 1
                    from resident where compound_id = $c""", """
                    insert into outing_pass (compound_id, id, household_id, building_id, resident_id, kind, state, outing_date, valid_from, leave_by,
                        valid_until, colour, requested_at, decided_by, decided_at, code_number, version)
                    select compound_id, gen_random_uuid(), household_id, building_id, id, 'SUPPLIES', 'APPROVED', '2026-11-22', '2026-11-22T08:00:00+08:00',
                        '2026-11-22T12:00:00+08:00', '2026-11-22T13:00:00+08:00', 'PINK', '2026-11-22T08:31:00+08:00', 'RULE', '2026-11-22T08:31:00+08:00',
                        ('x' || substr(md5(id::text), 1, 16))::bit(64)::bigint, 1
                    from resident where compound_id = $c""")) {
                var filled = sql;
                for (var name : names.entrySet()) {
                    filled = filled.replace(name.getKey(), name.getValue());
                }
                statement.executeUpdate(filled);
            }
            try (var rows = statement.executeQuery("select id, code_number from outing_pass where compound_id = '" + compound + "' order by code_number")) {
                while (rows.next()) {
                    indexOf.put(rows.getString(1), numbers.size());
                    numbers.add(rows.getLong(2));
                }
            }
        }
        assertEquals(PEOPLE, numbers.size());
    }

    /** Who will do what, minute by minute. */
    private void write() {
        for (int person = 0; person < PEOPLE; person++) {
            int out = BEGIN + 1 + chance.nextInt(150);
            boolean outEast = chance.nextBoolean();
            int back = out + 25 + chance.nextInt(120);
            boolean backEast = chance.nextBoolean();
            int story = chance.nextInt(100);
            if (story < 3) {
                plan(out - 1, new Act(person, outEast, true, false, false, false));
            } else if (story < 4 && (out < CUT || out >= RESTORED)) {
                plan(out, new Act(person, outEast, true, true, true, false));
                continue;
            } else if (story < 7) {
                plan(out + 3, new Act(person, !outEast, true, true, false, false));
            } else if (story < 8) {
                plan(out - 1, new Act(person, outEast, true, true, false, true));
            } else if (story < 11 && outEast && out > CUT && out < RESTORED - 8) {
                back = out + 5;
                backEast = false;
            }
            plan(out, new Act(person, outEast, true, true, false, false));
            if (story < 95) {
                plan(back, new Act(person, backEast, false, true, false, false));
            }
        }
    }

    private void plan(int minute, Act act) {
        script.computeIfAbsent(minute, nothing -> new ArrayList<>()).add(act);
    }

    private Map<String, Object> scan(Act act, int minute, int second) {
        var moment = OffsetDateTime.parse(at(minute, second));
        var code = act.person % 10 == 0 ? codes.printed(numbers.get(act.person), 1) : codes.shown(numbers.get(act.person), moment);
        var nonce = UUID.randomUUID().toString();
        nonces.add(nonce);
        var scan = new HashMap<String, Object>(Map.of("code", act.forged ? "A" + code.substring(2) + "A" : code, "gateId", act.atEast ? east : west,
                "direction", act.leaving ? "OUT" : "IN", "temperature", act.fever ? 38.4 : 36.5, "mask", act.mask, "nonce", nonce));
        if (second > 0) {
            scan.put("scannedAt", moment.toString());
        }
        return scan;
    }

    private void act(List<Act> acts, int minute, boolean cut) throws Exception {
        var lanes = new Semaphore(AT_ONCE);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var tasks = new ArrayList<Callable<Void>>();
            for (int i = 0; i < acts.size(); i++) {
                var act = acts.get(i);
                if (act.atEast && cut) {
                    byItself(act, minute, 1 + i % 58);
                    continue;
                }
                var scan = scan(act, minute, 0);
                boolean expected = expected(act, minute);
                var again = act.leaving || expected ? null : scan(act, minute, 0);
                tasks.add(() -> {
                    lanes.acquire();
                    try {
                        var guard = act.atEast ? guardEast : guardWest;
                        var answer = guard.post("/gate-scans", scan).expect(200);
                        assertEquals(expected, answer.body().path("allowed").asBoolean(), () -> LocalTime.of(minute / 60, minute % 60) + " " + act + answer.body());
                        if (again != null) {
                            again.put("admitted", true);
                            assertTrue(guard.post("/gate-scans", again).expect(200).body().path("moved").asBoolean());
                        }
                    } finally {
                        lanes.release();
                    }
                    return null;
                });
            }
            for (var done : threads.invokeAll(tasks)) {
                done.get();
            }
        }
    }

    /** What the book says of somebody at a gate with a line. */
    private boolean expected(Act act, int minute) {
        if (act.forged) {
            book.forgery();
            return false;
        }
        return act.leaving ? book.leaves(act.person, act.mask, act.fever) : book.comesHome(act.person, minute);
    }

    private void byItself(Act act, int minute, int second) {
        if (act.forged) {
            book.forgery();
            eastQueue.add(scan(act, minute, second));
            return;
        }
        boolean through = act.leaving ? book.leavesCutOff(act.person, minute, act.mask) : book.comesHomeCutOff(act.person, minute);
        var scan = scan(act, minute, second);
        if (through) {
            scan.put("admitted", true);
        }
        eastQueue.add(scan);
    }

    /** The line is back; the first answer is lost, so all of it is sent again. */
    private void send() {
        book.copyIn();
        assertTrue(eastQueue.size() > 100, "the east gate had something to do: " + eastQueue.size());
        for (int time = 0; time < 2; time++) {
            for (int from = 0; from < eastQueue.size(); from += BATCH) {
                var part = eastQueue.subList(from, Math.min(eastQueue.size(), from + BATCH));
                for (JsonNode result : guardEast.post("/gate-scans/batch", Map.of("scans", part)).expect(200).body().path("results")) {
                    assertEquals(200, result.path("status").asInt(), result.toString());
                }
            }
        }
    }

    private void compareOutside(int minute) {
        for (var reader : List.of(office, office.at(otherInstance))) {
            var outside = new HashSet<Integer>();
            reader.get("/outside").expect(200).body().path("items").forEach(item -> outside.add(indexOf.get(item.path("passId").asText())));
            assertEquals(book.in(Whereabouts.OUT), outside, "outside at " + LocalTime.of(minute / 60, minute % 60));
        }
    }

    private void compareEnd() throws Exception {
        assertEquals(book.in(Whereabouts.BACK).size(), count("select count(*) from outing_pass where state = 'RETURNED' and compound_id = $c"));
        assertEquals(book.in(Whereabouts.OUT).size(), count("select count(*) from outing_pass where state in ('OUT', 'OVERDUE') and compound_id = $c"));
        assertEquals(nonces.size(), count("select count(*) from gate_scan where compound_id = $c"), "every scan is kept, once");
        assertEquals(book.counted(Written.THROUGH), count("select count(*) from gate_scan where allowed and compound_id = $c"));
        assertEquals(book.counted(Written.AGAINST_THE_RULES), count("select count(*) from gate_scan where conflict is not null and compound_id = $c"));
        assertEquals(book.counted(Written.REFUSED), count("select count(*) from gate_scan where not moved and compound_id = $c"));
        assertTrue(book.counted(Written.AGAINST_THE_RULES) > 0, "the cut had consequences");
        assertEquals(0, count("select count(*) from (select pass_id from outing_pass_event where event = 'LEAVE' and compound_id = $c group by pass_id having count(*) > 1) twice"));
        assertEquals(book.in(Whereabouts.ILL).size(), count("select count(*) from health_alert where compound_id = $c"));
        var movements = new HashSet<String>();
        String cursor = "";
        do {
            var page = office.get("/movements?limit=200&date=" + DATE + cursor).expect(200).body();
            page.path("items").forEach(item -> movements.add(item.path("id").asText()));
            cursor = page.path("next").isNull() ? null : "&cursor=" + page.path("next").asText();
        } while (cursor != null);
        assertEquals(book.counted(Written.THROUGH) + book.counted(Written.AGAINST_THE_RULES), movements.size());
        int late = book.in(Whereabouts.OUT).size();
        assertTrue(late > 0 && END > DUE + 30);
        // others of whom the grid worker was told came back afterwards
        await(() -> count("""
                select count(*) from outing_pass p join outbox_message m on m.compound_id = p.compound_id
                    and m.dedupe_key = 'outing-overdue-grid/' || p.id and m.template = 'OUTING_OVERDUE_GRID'
                where p.state in ('OUT', 'OVERDUE') and p.compound_id = $c""") == late);
        assertTrue(count("select count(*) from outbox_message where template = 'OUTING_OVERDUE' and compound_id = $c") >= late);
        System.out.printf("%d scans, %d through, %d against the rules, %d refused, %d out at the end%n", nonces.size(), book.counted(Written.THROUGH),
                book.counted(Written.AGAINST_THE_RULES), book.counted(Written.REFUSED), late);
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
            Thread.sleep(1_000);
            // a job that failed on a busy machine rests by this clock
            api.clock().move(Duration.ofMinutes(1));
        }
    }
}
