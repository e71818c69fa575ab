package gatehouse.jobs;

import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The timetable of all jobs. Pure: it knows hours, not what was done. */
public final class DailySchedule {
    /** A job's hour of a business day, and the instant that this is. */
    public record Due(String job, LocalDate businessDate, LocalTime slot, OffsetDateTime at) {
    }

    private final ZoneId zone;
    private final Map<String, When> hours = new LinkedHashMap<>();

    /** {@code zone}: of the business dates and hours. */
    public DailySchedule(ZoneId zone, List<Job> jobs) {
        this.zone = zone;
        for (var job : jobs) {
            if (hours.put(job.name(), job.when()) != null) {
                throw new IllegalArgumentException("two jobs are named " + job.name());
            }
        }
    }

    /** What falls due after {@code from} and not after {@code to}, by time; nothing where {@code to} is not later. */
    public List<Due> due(OffsetDateTime from, OffsetDateTime to) {
        return hours.keySet().stream().flatMap(job -> due(job, from, to).stream()).sorted(Comparator.comparing(Due::at)).toList();
    }

    /** The hours of one job after {@code from} and not after {@code to}, by time. */
    public List<Due> due(String job, OffsetDateTime from, OffsetDateTime to) {
        var when = hours.get(job);
        if (when == null) {
            throw new IllegalArgumentException("no job is named " + job);
        }
        var due = new ArrayList<Due>();
        var lastDay = day(to);
        for (var day = day(from); !day.isAfter(lastDay); day = day.plusDays(1)) {
            for (var slot : when.times()) {
                var at = day.atTime(slot).atZone(zone).toOffsetDateTime();
                if (at.isAfter(from) && !at.isAfter(to)) {
                    due.add(new Due(job, day, slot, at));
                }
            }
        }
        return due;
    }

    private LocalDate day(OffsetDateTime time) {
        return time.atZoneSameInstant(zone).toLocalDate();
    }

    /** The timetable as people read it, a line per job. */
    @Override
    public String toString() {
        return hours.entrySet().stream().map(each -> each.getValue() + " " + each.getKey()).collect(Collectors.joining("\n"));
    }
}
