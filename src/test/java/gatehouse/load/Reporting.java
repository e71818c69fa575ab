package gatehouse.load;

import gatehouse.load.Town.Kind;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** The requests of a town's residents, ready as bytes, and the same work as a script of pgbench. */
final class Reporting {
    private static final int ROUNDS = 2;
    /** Prime, so that residents come in an order that no index knows, and each once. */
    private static final int STRIDE = 7_919;

    private final Town town;
    private final LocalDate today;
    private final List<byte[]> heads;
    private final byte[][] bodies = new byte[Town.OPEN_DAYS * ROUNDS][];
    private final byte[][] queries = new byte[Town.OPEN_DAYS][];

    /** {@code accessTokens}: by resident. */
    Reporting(Town town, LocalDate today, List<String> accessTokens) {
        this.town = town;
        this.today = today;
        this.heads = accessTokens.stream().map(token -> ascii("Host: localhost\r\nAuthorization: Bearer " + token + "\r\n")).toList();
        for (int slot = 0; slot < bodies.length; slot++) {
            bodies[slot] = ascii("""
                    {"date":"%s","round":"%s","temperature":36.%d,"symptoms":[]}""".formatted(
                    today.minusDays(1 + slot / ROUNDS), slot % ROUNDS == 0 ? "MORNING" : "AFTERNOON", 2 + slot % 7));
        }
        for (int day = 0; day < queries.length; day++) {
            queries[day] = ascii("GET /api/v1/health-reports?from=%1$s&to=%1$s HTTP/1.1\r\n".formatted(today.minusDays(1 + day)));
        }
    }

    /** How many first reports there can be. */
    int capacity() {
        return town.residents() * bodies.length;
    }

    /** Everybody reports for themselves, round after round; each request is a first report. */
    Load.Script submitting(boolean withKeys) {
        var line = ascii("POST /api/v1/health-reports HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: %d\r\n".formatted(bodies[0].length));
        var longer = ascii("POST /api/v1/health-reports HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: %d\r\n".formatted(bodies[1].length));
        return (number, into) -> {
            int slot = number / town.residents() % bodies.length;
            into.put(slot % ROUNDS == 0 ? line : longer).put(heads.get(resident(number)));
            if (withKeys) {
                var random = ThreadLocalRandom.current();
                into.put(ascii("Idempotency-Key: " + new UUID(random.nextLong(), random.nextLong()) + "\r\n"));
            }
            into.put((byte) '\r').put((byte) '\n').put(bodies[slot]);
        };
    }

    /** Everybody looks at their own reports of a day. */
    Load.Script reading() {
        return (number, into) -> into.put(queries[number / town.residents() % queries.length]).put(heads.get(resident(number)))
                .put((byte) '\r').put((byte) '\n');
    }

    private int resident(int number) {
        return (int) ((long) number * STRIDE % town.residents());
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** One report per transaction, inserted or put in the place of what is there. */
    String submittingScript() {
        return variables() + """
                \\set round random(1, 2)
                \\set tenths random(362, 368)
                insert into health_report (compound_id, resident_id, report_date, round, household_id, building_id, temperature_tenths,
                    symptoms, note, status, reported_by, reported_as, received_at, version, alert_id)
                values (%s, %s, date '%s' - :day::int, :round, %s, %s, :tenths, '{}', null, 'ON_TIME', %s, 'SELF', now(), 1, null)
                on conflict (compound_id, resident_id, report_date, round) do update
                set temperature_tenths = excluded.temperature_tenths, symptoms = excluded.symptoms, note = excluded.note,
                    status = excluded.status, reported_by = excluded.reported_by, reported_as = excluded.reported_as,
                    received_at = excluded.received_at, version = health_report.version + 1, alert_id = excluded.alert_id;
                """.formatted(Kind.COMPOUND.sql(":compound"), Kind.RESIDENT.sql(":resident"), today, Kind.HOUSEHOLD.sql(":household"),
                Kind.BUILDING.sql(":compound"), Kind.ACCOUNT.sql(":resident"));
    }

    /** The statement by which a resident's own reports are listed. */
    String readingScript() {
        return variables() + """
                select r.name, h.label, p.compound_id, p.resident_id, p.report_date, p.round, p.temperature_tenths, p.symptoms, p.note,
                    p.status, p.reported_by, p.reported_as, p.received_at, p.version, p.alert_id
                from household h
                join resident r on r.compound_id = h.compound_id and r.household_id = h.id
                join health_report p on p.compound_id = r.compound_id and p.resident_id = r.id
                where h.compound_id = %1$s and h.id = %2$s
                  and p.report_date between date '%3$s' - :day::int and date '%3$s' - :day::int
                order by p.report_date desc, p.round desc, p.resident_id desc
                limit 51;
                """.formatted(Kind.COMPOUND.sql(":compound"), Kind.HOUSEHOLD.sql(":household"), today);
    }

    private String variables() {
        return """
                \\set resident random(0, %d - 1)
                \\set household :resident / %d
                \\set compound :household %% %d
                \\set day random(1, %d)
                """.formatted(town.residents(), town.members(), town.compounds(), Town.OPEN_DAYS);
    }
}
