package gatehouse.ticket;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.Map;
import java.util.Set;

/**
 * Which days are worked.
 *
 * @param version    of the compound's own entries, 0 where there are none
 * @param exceptions days that differ from their weekday: true where it is worked although it is a weekend, false for a holiday
 * @param listed     years whose holidays are known; of others only weekends are
 */
record WorkingCalendar(int version, Map<LocalDate, Boolean> exceptions, Set<Integer> listed) {
    WorkingCalendar {
        exceptions = Map.copyOf(exceptions);
        listed = Set.copyOf(listed);
    }

    boolean isWorked(LocalDate day) {
        return exceptions.getOrDefault(day, day.getDayOfWeek() != DayOfWeek.SATURDAY && day.getDayOfWeek() != DayOfWeek.SUNDAY);
    }

    boolean isListed(LocalDate day) {
        return listed.contains(day.getYear());
    }
}
