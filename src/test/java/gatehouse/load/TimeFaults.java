package gatehouse.load;

import com.fasterxml.jackson.databind.ObjectMapper;
import gatehouse.identity.PressedTokens;
import gatehouse.kernel.BusinessClock;
import gatehouse.load.Town.Kind;
import gatehouse.notify.MessageTemplate;
import gatehouse.outing.PressedCodes;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * The hours at which something changes, on the demonstration, whose clock may be set at the start: people act without pause from before
 * the hour until after it, and everything must lie on its own side.
 */
final class TimeFaults implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String DAY_BEFORE = "2028-02-28";
    private static final String LEAP_DAY = "2028-02-29";
    private static final String ZONE = "+08:00";
    private static final Duration LEAD = Duration.ofSeconds(25);
    /** So much of it must be left when the product is ready. */
    private static final Duration AHEAD = Duration.ofSeconds(10);
    /** Enough for a job of every minute to look at the day before it happens. */
    private static final Duration LONG_LEAD = Duration.ofSeconds(100);
    private static final Duration AROUND = Duration.ofMillis(4_000);
    private static final int PEOPLE = 4;
    private static final String OFFICE = "13900000105";
    private static final String RESIDENT = "13900000003";

    private final Path folder;
    private final Product product;
    private final ConcurrentLinkedQueue<String> unexpected = new ConcurrentLinkedQueue<>();

    private TimeFaults(Path folder) {
        this.folder = folder;
        this.product = Product.ofClasses(folder.resolve("data"), Map.of("GATEHOUSE_DEMO", "on"));
    }

    static List<Outcome> everything(Path folder) throws Exception {
        var outcomes = new ArrayList<Outcome>();
        try (var time = new TimeFaults(folder)) {
            outcomes.add(time.midnight(at(LEAP_DAY, "00:00:00"), "midnight, leap day begins", "default date and ticket number on each side"));
            outcomes.add(time.impossibleDates());
            outcomes.addAll(time.nine());
            outcomes.addAll(time.sixteen());
            outcomes.add(time.midnight(at("2028-03-01", "00:00:00"), "midnight, month end", "29 February turns into 1 March"));
        }
        outcomes.add(phoneClock(folder.resolve("phone")));
        return outcomes;
    }

    private static OffsetDateTime at(String date, String time) {
        return OffsetDateTime.parse(date + "T" + time + ZONE);
    }

    /** Starts the product so long before that moment that it is ready in time. */
    private void startBefore(OffsetDateTime moment, Duration first) throws Exception {
        for (var lead = first; ; lead = lead.multipliedBy(2)) {
            if (product.isAlive()) {
                product.terminate();
            }
            product.setClock(moment.minus(lead));
            product.start();
            if (now().plus(AHEAD).isBefore(moment)) {
                return;
            }
        }
    }

    /** What the product's clock shows, to the second. */
    private OffsetDateTime now() throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/api/v1/me".formatted(product.port()))).build(), BodyHandlers.discarding())
                    .headers().firstValue("Gatehouse-Time").map(OffsetDateTime::parse).orElseThrow();
        }
    }

    private interface Act {
        /** True where it was acknowledged. */
        boolean isDone(int number) throws Exception;
    }

    /** Has everybody do that from before the moment until after it; answers how often it was acknowledged. */
    private long across(OffsetDateTime moment, int people, Act act) throws Exception {
        while (Duration.between(now(), moment).compareTo(AROUND.plusSeconds(1)) > 0) {
            Thread.sleep(50);
        }
        var count = new AtomicInteger();
        var acknowledged = new AtomicInteger();
        long end = System.nanoTime() + Duration.between(now(), moment).plus(AROUND).plusSeconds(1).toNanos();
        var threads = IntStream.range(0, people).mapToObj(person -> Thread.startVirtualThread(() -> {
            while (System.nanoTime() < end) {
                try {
                    acknowledged.addAndGet(act.isDone(count.getAndIncrement()) ? 1 : 0);
                } catch (Exception failed) {
                    unexpected.add(failed.toString());
                }
            }
        })).toList();
        for (var thread : threads) {
            thread.join();
        }
        return acknowledged.get();
    }

    private Outcome outcome(String fault, String done, long acknowledged, long kept, List<String> faults) {
        faults.addAll(unexpected);
        unexpected.clear();
        return Outcome.of(fault, done, new Count("", acknowledged, acknowledged, Math.max(0, acknowledged - kept), Math.max(0, kept - acknowledged), faults));
    }

    private Outcome midnight(OffsetDateTime moment, String fault, String what) throws Exception {
        startBefore(moment, LEAD);
        var office = logIn(OFFICE);
        var resident = logIn(RESIDENT);
        var residents = strings("select r.id::text from resident r join compound c on c.id = r.compound_id where c.name = '阳光花园' order by r.id");
        var mark = fault.replace(' ', '-');
        long acknowledged = across(moment, PEOPLE, number -> number % 3 == 2
                ? created(resident, "/api/v1/tickets", Crowd.ticket().body().apply(mark))
                : created(office, "/api/v1/health-reports", "{\"residentId\":\"%s\",\"temperature\":36.%d,\"symptoms\":[],\"note\":\"%s %d\"}".formatted(
                        residents.get(number % residents.size()), number % 7, mark, number)));
        var reports = "(select report_date, received_at from health_report where note like '%1$s%%' union all select report_date, received_at from health_report_version where note like '%1$s%%') r"
                .formatted(mark);
        var faults = new ArrayList<String>();
        sides(faults, "reports", "select count(*) from " + reports + " where received_at $when '" + moment + "' and report_date $what '" + moment.toLocalDate() + "'");
        sides(faults, "tickets", "select count(*) from ticket where description = '" + mark + "' and submitted_at $when '" + moment
                + "' and to_date(split_part(number, '-', 2), 'YYYYMMDD') $what '" + moment.toLocalDate() + "'");
        long kept = number("select count(*) from " + reports) + number("select count(*) from ticket where description = '" + mark + "'");
        return outcome(fault, "%s: %s".formatted(what, nearest("select received_at as t from " + reports, moment)), acknowledged, kept, faults);
    }

    /** Something is on both sides of the moment, and nothing on the wrong one; {@code query} has {@code $when} and {@code $what} for the comparisons. */
    private void sides(List<String> faults, String what, String query) throws SQLException {
        if (side(query, "<", "<") == 0 || side(query, ">=", ">=") == 0) {
            faults.add("no " + what + " on one side: too little happened");
        }
        long wrong = side(query, "<", ">=") + side(query, ">=", "<");
        if (wrong > 0) {
            faults.add("%d %s on the wrong side".formatted(wrong, what));
        }
    }

    private long side(String query, String when, String what) throws SQLException {
        return number(query.replace("$when", when).replace("$what", what));
    }

    private String nearest(String times, OffsetDateTime moment) throws SQLException {
        var from = " * 1000) from (" + times + ") x where t ";
        return "nearest %d ms before and %d ms after".formatted(
                number("select round(extract(epoch from timestamptz '" + moment + "' - max(t))" + from + "< '" + moment + "'"),
                number("select round(extract(epoch from min(t) - timestamptz '" + moment + "')" + from + ">= '" + moment + "'"));
    }

    private Outcome impossibleDates() throws Exception {
        var office = logIn(OFFICE);
        var resident = strings("select r.id::text from resident r join compound c on c.id = r.compound_id where c.name = '阳光花园' order by r.id limit 1").getFirst();
        var faults = new ArrayList<String>();
        for (var date : List.of("2027-02-29", "2028-02-30", "2028-04-31")) {
            var reply = post(office, "/api/v1/health-reports", "{\"residentId\":\"%s\",\"date\":\"%s\",\"temperature\":36.5,\"symptoms\":[]}".formatted(resident, date));
            if (reply.status() != 400) {
                faults.add(date + ": " + reply);
            }
        }
        return outcome("days that do not exist", "29 February 2027, 30 February, 31 April: 400", 0, 0, faults);
    }

    /** At nine the morning's report is due: before it an outing needs none, from then on it does; and people are reminded, by one of two instances. */
    private List<Outcome> nine() throws Exception {
        var moment = at(LEAP_DAY, "09:00:00");
        startBefore(moment, LEAD);
        // with its whole start it is late by some seconds, and finds what the first has done
        try (var other = product.beside(Files.createDirectories(folder.resolve("other")).resolve("data"))) {
            other.setClock(now());
            var starting = Thread.startVirtualThread(other::start);
            execute("delete from health_report_version where report_date = '%s' and resident_id in (select id from resident where household_id = (select household_id from resident where id = (select resident_id from account where id = '%s')))"
                    .formatted(LEAP_DAY, me(RESIDENT)));
            execute("delete from health_report where report_date = '%s' and resident_id in (select id from resident where household_id = (select household_id from resident where id = (select resident_id from account where id = '%s')))"
                    .formatted(LEAP_DAY, me(RESIDENT)));
            var resident = logIn(RESIDENT);
            var gate = strings("select g.id::text from gate g join compound c on c.id = g.compound_id where c.name = '阳光花园' order by g.name limit 1").getFirst();
            var slot = "{\"kind\":\"SUPPLIES\",\"slotId\":\"%s-1600-%s\"}".formatted(LEAP_DAY.replace("-", ""), gate);
            long acknowledged = across(moment, 1, number -> askAndCancel(resident, slot));
            var faults = new ArrayList<String>();
            sides(faults, "requests", "select count(*) from outing_request where requested_at $when '" + moment
                    + "' and requested_at > '" + moment.minusMinutes(2) + "' and (outcome = 'report-missing')::int $what 1");
            long kept = number("select count(*) from outing_pass where requested_at between '%s' and '%s'".formatted(moment.minusMinutes(2), moment.plusMinutes(2)));
            var first = outcome("08:59:59.999", "passes without a report until 9:00, none from then on: " + nearest("select requested_at as t from outing_request", moment),
                    acknowledged, kept, faults);
            starting.join();
            while (now().isBefore(moment.plusSeconds(20))) {
                Thread.sleep(200);
            }
            return List.of(first, reminded("two instances at the same job", "the reminder of 9:00, by two instances", LEAP_DAY, "MORNING_REMINDER", MessageTemplate.ROUND_REMINDER, moment));
        }
    }

    private boolean askAndCancel(String token, String body) throws IOException {
        var reply = post(token, "/api/v1/outing-passes", body);
        if (reply.status() == 409 && reply.body().contains("report-missing")) {
            return false;
        }
        if (reply.status() != 201 || !created(token, "/api/v1/outing-passes/" + JSON.readTree(reply.body()).path("id").asText() + "/cancel", "{}")) {
            unexpected.add(reply.toString());
        }
        return true;
    }

    /** A fast machine would have nobody left before the hour: so some hundred people without a report last until some seconds after it. */
    private static boolean paced() throws InterruptedException {
        Thread.sleep(60);
        return true;
    }

    /** Each person at most once, and at least somebody; not before the hour. */
    private Outcome reminded(String fault, String done, String date, String mark, MessageTemplate template, OffsetDateTime due) throws SQLException {
        var faults = new ArrayList<String>();
        if (number("select count(*) from health_day_mark where business_date = '%s' and mark = '%s' and done_at < '%s'".formatted(date, mark, due)) > 0) {
            faults.add("done before its hour");
        }
        long compounds = number("select count(*) from compound");
        long marks = number("select count(*) from health_day_mark where business_date = '%s' and mark = '%s'".formatted(date, mark));
        var told = "from outbox_message where template = '%s' and created_at >= '%s' and created_at < '%s'".formatted(template, due, due.plusMinutes(20));
        long messages = number("select count(*) " + told);
        long people = number("select count(distinct recipient_id) " + told);
        if (messages == 0) {
            faults.add("nobody was reminded");
        }
        return Outcome.of(fault, "%s: %,d people told once".formatted(done, people),
                new Count("", compounds, compounds, Math.max(0, compounds - marks), messages - people, faults));
    }

    /** At sixteen a report is late; and the hours that passed while nothing ran are made up where they still make sense. */
    private List<Outcome> sixteen() throws Exception {
        var moment = at(LEAP_DAY, "16:00:00");
        startBefore(moment, LONG_LEAD);
        var office = logIn(OFFICE);
        var residents = strings("select r.id::text from resident r join compound c on c.id = r.compound_id where c.name = '阳光花园' and not exists (select from health_report p where p.resident_id = r.id and p.report_date = '"
                + LEAP_DAY + "' and round = 2) order by r.id");
        long acknowledged = across(moment, PEOPLE, number -> number < residents.size() && paced() && created(office, "/api/v1/health-reports",
                "{\"residentId\":\"%s\",\"date\":\"%s\",\"round\":\"AFTERNOON\",\"temperature\":36.5,\"symptoms\":[],\"note\":\"sixteen\"}".formatted(residents.get(number), LEAP_DAY)));
        var faults = new ArrayList<String>();
        sides(faults, "reports", "select count(*) from health_report where note = 'sixteen' and received_at $when '" + moment + "' and (status = 'LATE')::int $what 1");
        long kept = number("select count(*) from health_report where note = 'sixteen'");
        var late = outcome("16:00:00", "first reports on both sides, on time and late: " + nearest("select received_at as t from health_report where note = 'sixteen'", moment),
                acknowledged, kept, faults);
        var madeUp = reminded("an hour missed while it was down", "15:45 made up after a restart, 15:00 not (pointless by then)", LEAP_DAY, "LAST_REMINDER", MessageTemplate.ROUND_MISSING, at(LEAP_DAY, "15:45:00"));
        long pointless = number("select count(*) from health_day_mark where business_date = '%s' and mark = 'AFTERNOON_REMINDER'".formatted(LEAP_DAY));
        return List.of(late, pointless == 0 ? madeUp
                : new Outcome(madeUp.fault(), madeUp.done(), madeUp.count().with(List.of("15:00 was made up though nobody wants it")), Duration.ZERO));
    }

    /** A guard's device goes an hour wrong: what it scans now counts now, what it scanned without network ten minutes ago counts then, once. */
    private static Outcome phoneClock(Path folder) throws Exception {
        try (var stage = Stage.open(folder, 60)) {
            var press = new PressedTokens(stage.product().keys());
            var codes = new PressedCodes(stage.product().keys());
            var guard = List.of("Authorization: Bearer " + press.ofGuard(Scanning.compoundOf(0), Kind.GATE.id(0), Kind.ACCOUNT.id(Scanning.guardOf(0)),
                    Kind.SESSION.id(Scanning.guardOf(0))));
            var now = BusinessClock.system().now();
            var then = now.minusMinutes(10);
            var faults = new ArrayList<String>();
            long kept = 0;
            long written = 0;
            var wrongBy = Map.of("ahead", Duration.ofHours(1), "behind", Duration.ofHours(-1), "right", Duration.ZERO);
            int pass = 50;
            for (var clock : wrongBy.entrySet()) {
                var live = UUID.randomUUID();
                var late = UUID.randomUUID();
                var scan = """
                        {"code":"%s","gateId":"%s","direction":"OUT","temperature":36.5,"mask":true,"nonce":"%s","scannedAt":"%s"}""";
                var liveScan = scan.formatted(codes.shown(pass++, now), Kind.GATE.id(0), live, now.plus(clock.getValue()));
                var lateScan = scan.formatted(codes.shown(pass++, then), Kind.GATE.id(0), late, then.plus(clock.getValue())).replace("}", ",\"admitted\":true}");
                try (var line = new Line(stage.product().port()); var connection = stage.product().connect()) {
                    demandAllowed(faults, "scanned now, clock " + clock.getKey(), line.post("/api/v1/gate-scans", guard, liveScan));
                    for (int time = 0; time < 2; time++) {
                        var sent = List.of(guard.getFirst(), "Gatehouse-Sent-At: " + BusinessClock.system().now().plus(clock.getValue()));
                        demandAllowed(faults, "scanned without network, clock " + clock.getKey(), line.post("/api/v1/gate-scans/batch", sent, "{\"scans\":[" + lateScan + "]}"));
                    }
                    var scans = "select count(*) from gate_scan where nonce in ('%s', '%s')".formatted(live, late);
                    written += Product.number(connection, scans);
                    kept += Product.number(connection, scans + " and scanned_at <= received_at and scanned_at between '%s' and '%s' and not offline and nonce = '%s'"
                            .formatted(now.minusMinutes(1), now.plusMinutes(5), live));
                    kept += Product.number(connection, scans + " and scanned_at between '%s' and '%s' and offline and moved and conflict is null and nonce = '%s'"
                            .formatted(then.minusMinutes(1), then.plusMinutes(1), late));
                }
            }
            return Outcome.of("a device's clock wrong by an hour", "scans now and without network, an hour ahead, behind, right: judged at the moment at which they were, kept once",
                    new Count("", 6, 6, 6 - kept, written - 6, faults));
        }
    }

    private static void demandAllowed(List<String> faults, String what, Line.Reply reply) {
        if (reply.status() != 200 || !reply.body().contains("\"allowed\":true")) {
            faults.add(what + ": " + reply);
        }
    }

    private String logIn(String phone) throws IOException {
        try (var line = new Line(product.port())) {
            var reply = line.post("/api/v1/auth/login", List.of(), "{\"phone\":\"%s\",\"password\":\"gatehouse-demo\"}".formatted(phone));
            return JSON.readTree(reply.body()).required("accessToken").textValue();
        }
    }

    private String me(String phone) throws IOException {
        try (var line = new Line(product.port())) {
            var reply = line.post("/api/v1/auth/login", List.of(), "{\"phone\":\"%s\",\"password\":\"gatehouse-demo\"}".formatted(phone));
            return JSON.readTree(reply.body()).at("/me/id").asText();
        }
    }

    private Line.Reply post(String token, String path, String body) throws IOException {
        try (var line = new Line(product.port())) {
            return line.post(path, List.of("Authorization: Bearer " + token), body);
        }
    }

    private boolean created(String token, String path, String body) throws IOException {
        var reply = post(token, path, body);
        if (reply.status() != 201 && reply.status() != 200) {
            unexpected.add(path + ": " + reply);
            return false;
        }
        return true;
    }

    private long number(String sql) throws SQLException {
        try (var connection = product.connect()) {
            return Product.number(connection, sql);
        }
    }

    private List<String> strings(String sql) throws SQLException {
        var strings = new ArrayList<String>();
        try (var connection = product.connect(); var statement = connection.createStatement(); var rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                strings.add(rows.getString(1));
            }
        }
        return strings;
    }

    private void execute(String sql) throws SQLException {
        try (var connection = product.connect(); var statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    @Override
    public void close() {
        product.close();
    }
}
