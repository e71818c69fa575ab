package gatehouse.forms;

import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** When forms are frozen, and of which compounds: pure functions. */
final class FormPolicy {
    /** After a longer stop the days before stay as they are, unfrozen. */
    private static final int FREEZING_DAYS = 7;

    private FormPolicy() {
    }

    /** Nothing before this date is frozen any more. */
    static LocalDate oldest(OffsetDateTime now) {
        return now.toLocalDate().minusDays(FREEZING_DAYS);
    }

    static OffsetDateTime due(LocalTime hour, LocalDate date, OffsetDateTime now) {
        return date.atTime(hour).atOffset(now.getOffset());
    }

    /** The dates whose forms are to be frozen now, oldest first. A compound has none of the days before it was there. */
    static List<LocalDate> due(LocalTime hour, OffsetDateTime createdAt, Set<LocalDate> done, OffsetDateTime now) {
        var due = new ArrayList<LocalDate>();
        for (var date = oldest(now); !date.isAfter(now.toLocalDate()); date = date.plusDays(1)) {
            var at = due(hour, date, now);
            if (!now.isBefore(at) && createdAt.isBefore(at) && !done.contains(date)) {
                due.add(date);
            }
        }
        return due;
    }

    /** Whether a compound belongs into the forms of a date: who came after their hour must not hold the others' up, nor change them. */
    static boolean takesPart(LocalTime hour, OffsetDateTime createdAt, boolean frozen, LocalDate date, OffsetDateTime now) {
        return frozen || createdAt.isBefore(due(hour, date, now));
    }

    /** Whether it is worth a message that this day's forms are in; what was made up days later is not. */
    static boolean isNews(LocalDate date, OffsetDateTime now) {
        return !date.isBefore(now.toLocalDate().minusDays(1));
    }

    /** The state that a form of that date tells: that of now, or of the end of the date. */
    static OffsetDateTime asOf(LocalDate date, OffsetDateTime now) {
        var end = date.plusDays(1).atStartOfDay().atOffset(now.getOffset());
        return now.isBefore(end) ? now : end;
    }
}
