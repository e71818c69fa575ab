package gatehouse.ticket;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Holidays and make-up days as the State Council published them, a file a year.
 *
 * @param days  true where a weekend is worked, false for a holiday
 * @param years that are known
 */
record PublishedDays(Map<LocalDate, Boolean> days, Set<Integer> years) {
    /** A year is published in November of the one before it. */
    private static final List<Integer> FILES = List.of(2025, 2026);

    static PublishedDays read() {
        var days = new HashMap<LocalDate, Boolean>();
        var years = new HashSet<Integer>();
        for (int year : FILES) {
            read("/calendar/" + year + ".txt", days);
            years.add(year);
        }
        return new PublishedDays(Map.copyOf(days), Set.copyOf(years));
    }

    private static void read(String resource, Map<LocalDate, Boolean> days) {
        try (var reader = new BufferedReader(new InputStreamReader(Objects.requireNonNull(PublishedDays.class.getResourceAsStream(resource), resource),
                StandardCharsets.UTF_8))) {
            reader.lines().map(line -> line.replaceFirst("#.*", "").strip()).filter(line -> !line.isEmpty()).forEach(line -> add(line, days));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** {@code off 2026-10-01 2026-10-07} or {@code work 2026-10-10}. */
    private static void add(String line, Map<LocalDate, Boolean> days) {
        var words = line.split("\\s+");
        var first = LocalDate.parse(words[1]);
        var last = words.length > 2 ? LocalDate.parse(words[2]) : first;
        first.datesUntil(last.plusDays(1)).forEach(day -> days.put(day, words[0].equals("work")));
    }
}
