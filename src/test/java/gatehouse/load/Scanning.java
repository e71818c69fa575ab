package gatehouse.load;

import gatehouse.gate.ScanStatements;
import gatehouse.kernel.BusinessClock;
import gatehouse.load.Town.Kind;
import gatehouse.outing.PressedCodes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * A town's morning at its gates: everybody has passes that are good now, every guard is at their gate, every scan lets somebody out or
 * in. The same work as a script of pgbench, by the statements of the product's own store.
 */
final class Scanning {
    private static final int GATES_OF_A_COMPOUND = 4;
    static final int PASSES_OF_A_RESIDENT = 2;
    private static final int HISTORY_DAYS = 3;
    /** Accounts and sessions with lower numbers are residents'. */
    private static final long FIRST_GUARD = 1_000_000_000;
    /** So many go out before the first of them comes back: many more than there are scans at once. */
    private static final int CROWD = 1_000;
    /** Prime, so that passes come in an order that no index knows. */
    private static final int STRIDE = 7_919;
    private static final int CODE_LENGTH = 135;
    private static final int UUID_LENGTH = 36;
    private static final byte[] NONCE = ascii("\",\"nonce\":\"");
    private static final byte[] END = ascii("\"}");
    private static final Pattern PARAMETER = Pattern.compile("\\$(\\d+)");

    private final Town town;
    private final List<String> guards;
    private String[] codes = {};

    /** {@code accessTokens}: of the guards, in the order of their gates. */
    Scanning(Town town, List<String> accessTokens) {
        this.town = town;
        this.guards = accessTokens;
    }

    static int gates(Town town) {
        return town.compounds() * GATES_OF_A_COMPOUND;
    }

    static UUID compoundOf(int gate) {
        return Kind.COMPOUND.id(gate / GATES_OF_A_COMPOUND);
    }

    static long guardOf(int gate) {
        return FIRST_GUARD + gate;
    }

    private int passes() {
        return town.residents() * PASSES_OF_A_RESIDENT;
    }

    /** How many scans there can be: everybody out and in again. */
    int capacity() {
        return passes() * 2;
    }

    static void write(Connection connection, Town town, LocalDate today) throws SQLException {
        var gate = "c * %d + g".formatted(GATES_OF_A_COMPOUND);
        var guard = FIRST_GUARD + " + " + gate;
        try (var statement = connection.createStatement()) {
            for (var sql : """
                    create temporary view gates as
                        select c, g from generate_series(0, %1$d - 1) c, generate_series(0, %2$d - 1) g;
                    insert into gate (compound_id, id, name) select %3$s, %4$s, 'gate ' || g from gates;
                    insert into account (compound_id, id, name, phone_sealed, phone_hash, phone_masked, created_at)
                        select %3$s, %5$s, 'guard ' || g, '\\x00', decode(lpad(to_hex(%7$s), 8, '0'), 'hex'), '', now() from gates;
                    insert into role_grant (compound_id, account_id, role, reach, reach_id, granted_at)
                        select %3$s, %5$s, 'GUARD', 'GATE', %4$s, now() from gates;
                    insert into session (compound_id, id, account_id, account_version, refresh_hash, rotated_at, created_at, expires_at)
                        select %3$s, %6$s, %5$s, 1, decode(lpad(to_hex(%7$s), 8, '0'), 'hex'), now(), now(), now() + interval '30 days' from gates;
                    insert into outing_pass (compound_id, id, household_id, building_id, resident_id, kind, state, outing_date, valid_from,
                        leave_by, valid_until, colour, requested_at, decided_by, decided_at, code_number, version)
                        select r.compound_id, %8$s, r.household_id, r.building_id, r.id, 'WORK', 'APPROVED', date '%9$s', now() - interval '1 hour',
                            now() + interval '10 hours', now() + interval '12 hours', 'PINK', now(), 'STAFF', now(), p, 1
                        from generate_series(0, %10$d - 1) p join resident r on r.id = %11$s;
                    insert into outing_pass (compound_id, id, household_id, building_id, resident_id, kind, state, outing_date, valid_from,
                        leave_by, valid_until, colour, requested_at, decided_by, decided_at, code_number, version)
                        select compound_id, gen_random_uuid(), household_id, building_id, id, 'WORK', 'RETURNED', date '%9$s' - day, at, at, at, 'PINK',
                            at, 'STAFF', at, -row_number() over (), 3
                        from resident, generate_series(1, %12$d) day, lateral (select now() - day * interval '1 day' as at) past;
                    insert into outing_pass_event (compound_id, pass_id, version, event, from_state, to_state, event_at)
                        select p.compound_id, p.id, gone.version, gone.event, 'APPROVED', 'OUT', valid_from
                        from outing_pass p, (values (2, 'LEAVE'), (3, 'RETURN')) as gone (version, event) where p.state = 'RETURNED';
                    insert into gate_scan (compound_id, nonce, gate_id, direction, scanned_at, scan_date, received_at, offline, pass_id, resident_id,
                        household_id, building_id, temperature_tenths, mask, allowed, reason, moved, by_compound_id, by_account_id)
                        select p.compound_id, gen_random_uuid(), g.id, direction, valid_from, outing_date, valid_from, false, p.id, resident_id,
                            household_id, building_id, 365, true, true, 'ok', true, p.compound_id, p.compound_id
                        from outing_pass p join gate g on g.compound_id = p.compound_id and g.name = 'gate 0', unnest(array['OUT', 'IN']) direction
                        where p.state = 'RETURNED'""".formatted(
                    town.compounds(), GATES_OF_A_COMPOUND, Kind.COMPOUND.sql("c"), Kind.GATE.sql(gate), Kind.ACCOUNT.sql(guard), Kind.SESSION.sql(guard),
                    guard, Kind.PASS.sql("p"), today, town.residents() * PASSES_OF_A_RESIDENT, Kind.RESIDENT.sql("p % " + town.residents()), HISTORY_DAYS)
                    .split(";\n")) {
                statement.execute(sql);
            }
            statement.execute("vacuum analyze");
        }
    }

    /** Nobody has gone anywhere yet today; the days before are as they were, and PostgreSQL knows of them. */
    static void forget(Connection connection, LocalDate today) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("delete from gate_scan where scan_date = '%s'".formatted(today));
            statement.execute("delete from outing_pass_event e using outing_pass p where p.compound_id = e.compound_id and p.id = e.pass_id and p.outing_date = '%s'"
                    .formatted(today));
            statement.execute("update outing_pass set state = 'APPROVED', version = 1 where version > 1 and outing_date = '%s'".formatted(today));
            statement.execute("vacuum analyze outing_pass, gate_scan, outing_pass_event");
        }
    }

    /** How many went through. */
    static long movements(Connection connection) throws SQLException {
        try (var statement = connection.createStatement(); var rows = statement.executeQuery("select count(*) from gate_scan where allowed and moved")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    /** Everybody takes out their phone: its code is good for the next thirty seconds at least. */
    Scanning showCodes(PressedCodes press) {
        codes = CodeTimes.pressed(press, passes(), BusinessClock.system().now());
        return this;
    }

    /** A crowd goes out, then comes in again, then the next crowd; {@code from}: how many scans there were before. */
    Load.Script scanning(int from) {
        var leaving = heads("OUT");
        var returning = heads("IN");
        return (number, into) -> {
            int scan = from + number;
            boolean leaves = scan / CROWD % 2 == 0;
            int pass = (int) ((long) (scan / (2 * CROWD) * CROWD + scan % CROWD) * STRIDE % passes());
            var random = ThreadLocalRandom.current();
            into.put((leaves ? leaving : returning).get(gateOf(pass))).put(ascii(codes[pass])).put(NONCE)
                    .put(ascii(new UUID(random.nextLong(), random.nextLong()).toString())).put(END);
        };
    }

    /** By gate: a request up to the code in it. */
    private List<byte[]> heads(String direction) {
        return IntStream.range(0, guards.size()).mapToObj(gate -> {
            var body = """
                    {"gateId":"%s","direction":"%s","temperature":36.5,"mask":true,"code":\"""".formatted(Kind.GATE.id(gate), direction);
            int length = body.length() + CODE_LENGTH + NONCE.length + UUID_LENGTH + END.length;
            return ascii("POST /api/v1/gate-scans HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nAuthorization: Bearer "
                    + guards.get(gate) + "\r\nContent-Length: " + length + "\r\n\r\n" + body);
        }).toList();
    }

    /** Of the compound where its holder lives. */
    private int gateOf(int pass) {
        int compound = town.householdOf(pass % town.residents()) % town.compounds();
        return compound * GATES_OF_A_COMPOUND + pass % GATES_OF_A_COMPOUND;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** One scan, as the statement for a list of one: each client lets a pass of its own out, then in again, then the next. */
    String script(LocalDate today) {
        var compound = Kind.COMPOUND.sql(":compound");
        var guard = Kind.ACCOUNT.sql(":guard");
        var values = List.of(compound, "gen_random_uuid()", ":pass", "date '" + today + "'", whereLeaving("'APPROVED'", "'OUT,OVERDUE'"),
                whereLeaving("'f f t f t t f f f'", "null"), "null", whereLeaving("'OUT'", "'RETURNED'"), whereLeaving("'LEAVE'", "'RETURN'"),
                Kind.GATE.sql(":gate"), whereLeaving("'OUT'", "'IN'"), "now()", "now()", "false", "365", "true", "true", "'ok'", "true", compound, guard);
        return """
                \\set n :n + 1
                \\set pass :client_id + %1$d * ((:n + 1) / 2 * %2$d %% %3$d)
                \\set compound :pass %% %4$d / %5$d %% %6$d
                \\set gate :compound * %7$d + :pass %% %7$d
                \\set guard %8$d + :gate
                %9$s;
                """.formatted(Pgbench.CLIENTS, STRIDE, passes() / Pgbench.CLIENTS, town.residents(), town.members(), town.compounds(), GATES_OF_A_COMPOUND,
                FIRST_GUARD, filled(ScanStatements.scan(), parameter -> values.get(parameter - 1)));
    }

    private static String whereLeaving(String then, String otherwise) {
        return "case when :n %% 2 = 1 then %s else %s end".formatted(then, otherwise);
    }

    private interface Values {
        String of(int parameter);
    }

    /** Lists of one in the place of the parameters. */
    private static String filled(String sql, Values values) {
        return PARAMETER.matcher(sql).replaceAll(found -> Matcher.quoteReplacement("array[" + values.of(Integer.parseInt(found.group(1))) + "]"));
    }
}
