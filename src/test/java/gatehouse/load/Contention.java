package gatehouse.load;

import gatehouse.identity.PressedTokens;
import gatehouse.kernel.BusinessClock;
import gatehouse.load.Town.Kind;
import gatehouse.outing.PressedCodes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** Many at once for the same thing, and databases that say no for a moment. */
final class Contention {
    private static final int HOUSEHOLDS = 1_200;
    private static final int AT_ONCE = 50;
    private static final int CLIENTS = 1_000;
    private static final int MOST_ATTEMPTS = 12;
    private static final long BOUNDED_MILLIS = 5_000;
    private static final int PATIENCE_SECONDS = 30;

    private final Stage stage;
    private final PressedTokens press;
    private final PressedCodes codes;
    private int nextHousehold = 10;

    /** Something that can be asked for, where it is kept, and how many of it there are. */
    private record Wish(String name, String table, String path, String token, String body, String kept) {
        String head(UUID key) {
            return name.equals("scan") ? "" : "Idempotency-Key: " + key + "\r\n";
        }

        byte[] bytes(UUID key) {
            return ("POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: %d\r\nAuthorization: Bearer %s\r\n%s\r\n%s"
                    .formatted(path, body.length(), token, head(key), body)).getBytes(StandardCharsets.US_ASCII);
        }
    }

    private Contention(Stage stage) {
        this.stage = stage;
        this.press = new PressedTokens(stage.product().keys());
        this.codes = new PressedCodes(stage.product().keys());
    }

    static List<Outcome> everything(Path folder) throws Exception {
        try (var stage = Stage.open(folder, HOUSEHOLDS); var other = stage.beside("other")) {
            other.start();
            var contention = new Contention(stage);
            var ports = List.of(stage.product().port(), other.port());
            var outcomes = new ArrayList<Outcome>();
            outcomes.add(contention.sameKey(ports));
            outcomes.add(contention.lastSeat(ports));
            outcomes.add(contention.failsTwice());
            outcomes.add(contention.deadlock());
            outcomes.add(contention.failsAlways());
            return outcomes;
        }
    }

    /** One of each kind, by households that asked for nothing yet. */
    private List<Wish> wishes() {
        int household = nextHousehold++;
        var mark = "w" + household;
        var resident = Crowd.token(press, stage.town(), household);
        var guard = press.ofGuard(Scanning.compoundOf(0), Kind.GATE.id(0), Kind.ACCOUNT.id(Scanning.guardOf(0)), Kind.SESSION.id(Scanning.guardOf(0)));
        var now = BusinessClock.system().now();
        var nonce = UUID.randomUUID();
        return List.of(
                new Wish("report", "health_report", "/api/v1/health-reports", resident,
                        "{\"date\":\"%s\",\"round\":\"MORNING\",\"temperature\":36.5,\"symptoms\":[],\"note\":\"%s\"}".formatted(now.toLocalDate().minusDays(1), mark),
                        "select count(*) from health_report where version = 1 and note = '" + mark + "'"),
                new Wish("pass", "outing_pass", "/api/v1/outing-passes", resident, "{\"kind\":\"MEDICAL\"}",
                        "select count(*) from outing_pass where kind = 'MEDICAL' and household_id = '" + Kind.HOUSEHOLD.id(household) + "'"),
                new Wish("parcel", "parcel", "/api/v1/parcels", guard, Crowd.parcel().body().apply(mark),
                        "select count(*) from parcel where tracking_tail = '" + mark + "'"),
                new Wish("ticket", "ticket", "/api/v1/tickets", resident, Crowd.ticket().body().apply(mark),
                        "select count(*) from ticket where description = '" + mark + "'"),
                new Wish("scan", "gate_scan", "/api/v1/gate-scans", guard,
                        "{\"code\":\"%s\",\"gateId\":\"%s\",\"direction\":\"OUT\",\"temperature\":36.5,\"mask\":true,\"nonce\":\"%s\"}".formatted(
                                codes.shown((long) household * stage.town().members(), now), Kind.GATE.id(0), nonce),
                        "select count(*) from gate_scan where moved and nonce = '" + nonce + "'"));
    }

    private Outcome sameKey(List<Integer> ports) throws SQLException {
        var faults = new ArrayList<String>();
        long doubled = 0;
        long lost = 0;
        int kinds = 0;
        for (var wish : wishes()) {
            var request = wish.bytes(UUID.randomUUID());
            var result = Rush.run(ports, Collections.nCopies(AT_ONCE, request));
            var expected = wish.name.equals("scan") ? "200" : "201";
            if (!result.answers().equals(Map.of(expected, AT_ONCE))) {
                faults.add(wish.name + " was answered " + result.answers());
            }
            long kept = number(wish.kept);
            doubled += Math.max(0, kept - 1);
            lost += kept == 0 ? 1 : 0;
            kinds++;
        }
        return Outcome.of("same key %d times at once".formatted(AT_ONCE), "a report, a pass, a parcel, a ticket, a scan (its nonce), each on two instances",
                new Count("", kinds, kinds, lost, doubled, faults));
    }

    private Outcome lastSeat(List<Integer> ports) throws SQLException, IOException {
        var slot = DateTimeFormatter.BASIC_ISO_DATE.format(BusinessClock.system().today().plusDays(1)) + "-1000-" + Kind.GATE.id(1);
        IntStream households = IntStream.range(100, 100 + CLIENTS + Families.CAPACITY - 1);
        var requests = households.mapToObj(household -> new Wish("seat", "", "/api/v1/outing-passes", Crowd.token(press, stage.town(), household),
                "{\"kind\":\"SUPPLIES\",\"slotId\":\"" + slot + "\"}", "").bytes(UUID.randomUUID())).toList();
        var faults = new ArrayList<String>();
        for (int earlier = 0; earlier < Families.CAPACITY - 1; earlier++) {
            Rush.run(ports, List.of(requests.get(earlier)));
        }
        var result = Rush.run(ports, requests.subList(Families.CAPACITY - 1, requests.size()));
        if (!result.answers().equals(Map.of("201", 1, "slot-full", CLIENTS - 1))) {
            faults.add("answered " + result.answers());
        }
        long passes = number("select count(*) from outing_pass where kind = 'SUPPLIES' and state = 'APPROVED'");
        if (number("select taken from outing_slot") != Families.CAPACITY) {
            faults.add("the slot does not count what was taken");
        }
        long promised = Families.CAPACITY - 1 + result.answers().getOrDefault("201", 0);
        return Outcome.of("the last seat", "%,d clients at once on two instances; slowest answer %.0f ms".formatted(CLIENTS, result.millisAt(100)),
                new Count("", promised, promised, Math.max(0, promised - passes), Math.max(0, passes - Families.CAPACITY), faults));
    }

    /** Every kind fails to be serialized twice, and is done at the third attempt. */
    private Outcome failsTwice() throws Exception {
        var faults = new ArrayList<String>();
        long kept = 0;
        var wishes = wishes();
        for (var wish : wishes) {
            try (var superuser = harmed(wish.table, "if nextval('harm') <= 2 then raise exception 'made to fail' using errcode = '40001'; end if;")) {
                var reply = ask(wish);
                if (reply.status() != 200 && reply.status() != 201) {
                    faults.add(wish.name + " was answered " + reply);
                }
                heal(superuser, wish.table);
            }
            kept += number(wish.kept);
        }
        return Outcome.of("serialization failure (40001)", "of the first two attempts of each kind of write: done at the third",
                new Count("", wishes.size(), wishes.size(), Math.max(0, wishes.size() - kept), Math.max(0, kept - wishes.size()), faults));
    }

    /** A real one, in which the product's transaction is the one that PostgreSQL ends. */
    private Outcome deadlock() throws Exception {
        var faults = new ArrayList<String>();
        long kept = 0;
        long victims = 0;
        var wishes = wishes();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var wish : wishes) {
                try (var superuser = harmed(wish.table, "perform pg_advisory_xact_lock(1); perform pg_advisory_xact_lock(2);")) {
                    var reply = crossed(superuser, threads, wish);
                    if (reply.status() != 200 && reply.status() != 201) {
                        faults.add(wish.name + " was answered " + reply);
                    }
                    heal(superuser, wish.table);
                }
                kept += number(wish.kept);
            }
        }
        victims = number("select deadlocks from pg_stat_database where datname = current_database()");
        if (victims < wishes.size()) {
            faults.add("PostgreSQL broke only %d deadlocks".formatted(victims));
        }
        return Outcome.of("deadlock (40P01)", "a real one in each kind of write, the product's transaction is ended by PostgreSQL: done at the next",
                new Count("", wishes.size(), wishes.size(), Math.max(0, wishes.size() - kept), Math.max(0, kept - wishes.size()), faults));
    }

    /** Holds the second lock until the product holds the first and waits for the second, then asks for the first. */
    private Line.Reply crossed(Connection superuser, ExecutorService threads, Wish wish) throws Exception {
        try (var statement = superuser.createStatement()) {
            statement.execute("set deadlock_timeout = '60s'");
            superuser.setAutoCommit(false);
            statement.execute("select pg_advisory_xact_lock(2)");
            Callable<Line.Reply> asking = () -> ask(wish);
            Future<Line.Reply> reply = threads.submit(asking);
            while (Product.number(superuser, "select count(*) from pg_locks where locktype = 'advisory' and not granted") == 0) {
                Thread.sleep(2);
            }
            statement.execute("select pg_advisory_xact_lock(1)");
            superuser.commit();
            superuser.setAutoCommit(true);
            return reply.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
    }

    private Outcome failsAlways() throws Exception {
        var faults = new ArrayList<String>();
        long kept = 0;
        long most = 0;
        for (var wish : wishes()) {
            try (var superuser = harmed(wish.table, "perform nextval('harm'); raise exception 'made to fail' using errcode = '40001';")) {
                long begin = System.nanoTime();
                var reply = ask(wish);
                long millis = Duration.ofNanos(System.nanoTime() - begin).toMillis();
                if (reply.status() != 503 || reply.headers().stream().noneMatch(header -> header.startsWith("retry-after:")) || millis > BOUNDED_MILLIS) {
                    faults.add("%s was answered after %d ms: %s".formatted(wish.name, millis, reply));
                }
                most = Math.max(most, Product.number(superuser, "select last_value from harm"));
                heal(superuser, wish.table);
            }
            kept += number(wish.kept);
        }
        if (most > MOST_ATTEMPTS) {
            faults.add(most + " attempts");
        }
        return Outcome.of("serialization failure without end", "503 with Retry-After after at most %d attempts; nothing kept".formatted(most),
                new Count("", 0, 0, 0, kept, faults));
    }

    private Line.Reply ask(Wish wish) throws IOException {
        try (var line = new Line(stage.product().port())) {
            var headers = new ArrayList<>(List.of("Authorization: Bearer " + wish.token));
            if (!wish.name.equals("scan")) {
                headers.add("Idempotency-Key: " + UUID.randomUUID());
            }
            return line.post(wish.path, headers, wish.body);
        }
    }

    /** Has inserts into the table do that first; answers the superuser's connection that did it. */
    private Connection harmed(String table, String sql) throws SQLException {
        var superuser = stage.product().connectAsSuperuser();
        try (var statement = superuser.createStatement()) {
            statement.execute("create sequence harm");
            statement.execute("grant all on sequence harm to public");
            statement.execute("create function harm() returns trigger language plpgsql as $$ begin " + sql + " return null; end $$");
            statement.execute("create trigger harm before insert on %s for each statement execute function harm()".formatted(table));
        }
        return superuser;
    }

    private static void heal(Connection superuser, String table) throws SQLException {
        try (var statement = superuser.createStatement()) {
            statement.execute("drop trigger harm on " + table);
            statement.execute("drop function harm()");
            statement.execute("drop sequence harm");
        }
    }

    private long number(String sql) throws SQLException {
        try (var connection = stage.product().connect()) {
            return Product.number(connection, sql);
        }
    }
}
