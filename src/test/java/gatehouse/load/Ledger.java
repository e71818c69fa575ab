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
import java.util.stream.Collectors;

/** What was sent and what was promised, and whether the database kept every promise. Each write bears a note that no other bears. */
final class Ledger {
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
    private final AtomicInteger unanswered = new AtomicInteger();

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

    /** It was cut off, or put off. */
    void notAnswered() {
        unanswered.incrementAndGet();
    }

    int unanswered() {
        return unanswered.get();
    }

    int promises() {
        return promised.size();
    }

    /** What was promised against what is kept of the residents for whom something was sent. */
    Count count(Connection connection) throws SQLException {
        var faults = new ArrayList<String>();
        unexpected.forEach((who, what) -> faults.add(who + ": " + what));
        var doubled = new ArrayList<String>();
        var rows = rows(connection, doubled);
        var lost = new ArrayList<String>();
        promised.forEach((note, promise) -> {
            var write = sent.get(note);
            var row = rows.get(note);
            if (row == null) {
                lost.add("acknowledged and lost: " + write);
            } else if (!row.equals(new Row(write.slot(), promise.version(), write.tenths()))) {
                lost.add("acknowledged as version %d: %s, but stored: %s".formatted(promise.version(), write, row));
            }
        });
        var mine = sent.values().stream().map(write -> write.slot().resident()).collect(Collectors.toSet());
        rows.values().removeIf(row -> !mine.contains(row.slot().resident()));
        rows.forEach((note, row) -> {
            if (!sent.containsKey(note)) {
                doubled.add("stored and never sent: " + row);
            }
        });
        faults.addAll(lost);
        faults.addAll(doubled);
        faults.addAll(gaps(rows));
        return new Count("reports", sent.size(), promised.size(), lost.size(), doubled.size(), faults);
    }

    /** Versions of a report that do not follow each other. */
    private static List<String> gaps(Map<String, Row> rows) {
        var faults = new ArrayList<String>();
        var versions = new HashMap<Slot, List<Integer>>();
        rows.forEach((note, row) -> versions.computeIfAbsent(row.slot(), nothing -> new ArrayList<>()).add(row.version()));
        versions.forEach((slot, numbers) -> {
            numbers.sort(null);
            for (int i = 0; i < numbers.size(); i++) {
                if (numbers.get(i) != i + 1) {
                    faults.add("versions of %s: %s".formatted(slot, numbers));
                    break;
                }
            }
        });
        return faults;
    }

    String counts() {
        return "%,d reports sent, %,d acknowledged (%,d sent again with their key, %,d of them answered from it), %,d never answered".formatted(
                sent.size(), promised.size(), repeated.get(), promised.values().stream().filter(Promise::replayed).count(),
                sent.size() - promised.size());
    }

    /** Current reports and replaced ones, by note; what was written from outside the program has none. */
    private static Map<String, Row> rows(Connection connection, List<String> twice) throws SQLException {
        var rows = new HashMap<String, Row>();
        try (var statement = connection.createStatement(); var found = statement.executeQuery("""
                select note, resident_id, report_date, round, version, temperature_tenths from health_report where note is not null
                union all
                select note, resident_id, report_date, round, version, temperature_tenths from health_report_version where note is not null""")) {
            while (found.next()) {
                var slot = new Slot(found.getObject(2, UUID.class), found.getObject(3, LocalDate.class), found.getInt(4));
                var row = new Row(slot, found.getInt(5), found.getInt(6));
                var twin = rows.put(found.getString(1), row);
                if (twin != null) {
                    twice.add("stored twice: %s and %s".formatted(twin, row));
                }
            }
        }
        return rows;
    }
}
