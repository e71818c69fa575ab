package gatehouse.load;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** What was sent and what was promised, and whether the database kept every promise. Each write bears a note that no other bears. */
final class Ledger {
    private static final int MOST_TOLD = 10;

    /** {@code round}: 1 or 2, as in the table. */
    record Slot(UUID resident, LocalDate date, int round) {
    }

    record Write(String note, Slot slot, int tenths, Optional<UUID> key) {
    }

    /** What the answer promised. */
    record Promise(int version, boolean replayed) {
    }

    private record Row(Slot slot, int version, int tenths) {
    }

    private final Map<String, Write> sent = new ConcurrentHashMap<>();
    private final Map<String, Promise> promised = new ConcurrentHashMap<>();
    private final Map<String, String> unexpected = new ConcurrentHashMap<>();
    private final AtomicInteger repeated = new AtomicInteger();

    void sending(Write write) {
        if (sent.put(write.note(), write) != null) {
            repeated.incrementAndGet();
        }
    }

    void answered(Write write, Promise promise) {
        promised.put(write.note(), promise);
    }

    /** What should not happen to anybody. */
    void unexpected(String who, String what) {
        unexpected.put(who, what);
    }

    int promises() {
        return promised.size();
    }

    /** Faults found, as sentences; empty where nothing was lost, doubled, or changed. */
    List<String> audit(Connection connection) throws SQLException {
        var faults = new ArrayList<String>();
        unexpected.forEach((who, what) -> faults.add(who + ": " + what));
        var rows = rows(connection, faults);
        promised.forEach((note, promise) -> {
            var write = sent.get(note);
            var row = rows.get(note);
            if (row == null) {
                faults.add("acknowledged and lost: " + write);
            } else if (!row.equals(new Row(write.slot(), promise.version(), write.tenths()))) {
                faults.add("acknowledged as version %d: %s, but stored: %s".formatted(promise.version(), write, row));
            }
        });
        var versions = new HashMap<Slot, List<Integer>>();
        rows.forEach((note, row) -> {
            if (!sent.containsKey(note)) {
                faults.add("stored and never sent: " + row);
            }
            versions.computeIfAbsent(row.slot(), nothing -> new ArrayList<>()).add(row.version());
        });
        versions.forEach((slot, numbers) -> {
            numbers.sort(null);
            for (int i = 0; i < numbers.size(); i++) {
                if (numbers.get(i) != i + 1) {
                    faults.add("versions of %s: %s".formatted(slot, numbers));
                    break;
                }
            }
        });
        if (rows.size() > sent.size() || rows.size() < promised.size()) {
            faults.add("%d rows for %d acknowledged of %d sent".formatted(rows.size(), promised.size(), sent.size()));
        }
        return faults.subList(0, Math.min(MOST_TOLD, faults.size()));
    }

    String counts() {
        return "%,d reports sent, %,d acknowledged (%,d sent again with their key, %,d of them answered from it), %,d never answered".formatted(
                sent.size(), promised.size(), repeated.get(), promised.values().stream().filter(Promise::replayed).count(),
                sent.size() - promised.size());
    }

    /** Current reports and replaced ones, by note. */
    private static Map<String, Row> rows(Connection connection, List<String> faults) throws SQLException {
        var rows = new HashMap<String, Row>();
        try (var statement = connection.createStatement(); var found = statement.executeQuery("""
                select note, resident_id, report_date, round, version, temperature_tenths from health_report
                union all
                select note, resident_id, report_date, round, version, temperature_tenths from health_report_version""")) {
            while (found.next()) {
                var slot = new Slot(found.getObject(2, UUID.class), found.getObject(3, LocalDate.class), found.getInt(4));
                var row = new Row(slot, found.getInt(5), found.getInt(6));
                var twin = rows.put(found.getString(1), row);
                if (twin != null) {
                    faults.add("stored twice: %s and %s".formatted(twin, row));
                }
            }
        }
        return rows;
    }
}
