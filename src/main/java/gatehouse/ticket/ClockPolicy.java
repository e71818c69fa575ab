package gatehouse.ticket;

import gatehouse.ticket.TicketRules.Counting;
import gatehouse.ticket.TicketRules.Term;
import java.time.Duration;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * When what was promised is due: pure functions. Days are counted as the Civil Code (articles 201 and 203) counts them: the day on which
 * a term begins is none of them, and the last ends with its hours of service. Who comes after these hours begins on the next day.
 */
final class ClockPolicy {
    private ClockPolicy() {
    }

    /** A time in which a ticket's clocks rested. */
    record Pause(OffsetDateTime from, OffsetDateTime until) {
    }

    /** What a ticket's clocks go by. */
    record Face(TicketRules rules, WorkingCalendar calendar, ZoneOffset offset) {
    }

    record Due(@Nullable OffsetDateTime onSite, OffsetDateTime done) {
    }

    /**
     * Both deadlines of a level.
     *
     * @param agreed until when it was agreed to be done instead, null where nothing was
     * @param pauses in their order, each after {@code start}, none of them open
     */
    static Due due(ServiceLevel level, Face face, OffsetDateTime start, @Nullable OffsetDateTime agreed, List<Pause> pauses) {
        var onSite = face.rules.onSiteWithin().get(level);
        var done = face.rules.doneWithin().get(level);
        return new Due(onSite == null ? null : shifted(due(onSite, face, start), onSite.counting(), face, pauses),
                agreed != null ? agreed : shifted(due(done, face, start), done.counting(), face, pauses));
    }

    static OffsetDateTime due(Term term, Face face, OffsetDateTime start) {
        return switch (term) {
            case Term.Minutes(var minutes, var counting) -> plus(start, Duration.ofMinutes(minutes), counting, face);
            case Term.Days(var days, var counting) -> endOf(lastDay(days, counting, face, start), face);
        };
    }

    /** The last of so many counted days; with 0 the first counted day from the beginning on. */
    private static LocalDate lastDay(int days, Counting counting, Face face, OffsetDateTime start) {
        var today = start.toLocalDate();
        var first = start.isBefore(endOf(today, face)) ? today : today.plusDays(1);
        return days == 0 ? nextCounted(first, counting, face) : Stream.iterate(nextCounted(first.plusDays(1), counting, face),
                day -> nextCounted(day.plusDays(1), counting, face)).skip(days - 1L).findFirst().orElseThrow();
    }

    private static LocalDate nextCounted(LocalDate from, Counting counting, Face face) {
        var day = from;
        while (!counts(day, counting, face)) {
            day = day.plusDays(1);
        }
        return day;
    }

    private static OffsetDateTime shifted(OffsetDateTime due, Counting counting, Face face, List<Pause> pauses) {
        var shifted = due;
        for (var pause : pauses) {
            if (pause.from.isBefore(shifted)) {
                shifted = plus(pause.until, between(pause.from, shifted, counting, face), counting, face);
            }
        }
        return shifted;
    }

    /** The moment until which so much time has counted since {@code from}. */
    static OffsetDateTime plus(OffsetDateTime from, Duration time, Counting counting, Face face) {
        var left = time;
        if (left.isZero()) {
            return from;
        }
        for (var day = from.toLocalDate(); ; day = day.plusDays(1)) {
            if (counts(day, counting, face)) {
                var begin = later(from, beginOf(day, counting, face));
                var room = Duration.between(begin, endOf(day, counting, face));
                if (room.compareTo(left) >= 0) {
                    return begin.plus(left);
                }
                left = room.isNegative() ? left : left.minus(room);
            }
        }
    }

    /** How much time counts from one moment to a later one. */
    static Duration between(OffsetDateTime from, OffsetDateTime until, Counting counting, Face face) {
        var counted = Duration.ZERO;
        for (var day = from.toLocalDate(); !day.isAfter(until.toLocalDate()); day = day.plusDays(1)) {
            if (counts(day, counting, face)) {
                var begin = later(from, beginOf(day, counting, face));
                var end = endOf(day, counting, face);
                var room = Duration.between(begin, end.isBefore(until) ? end : until);
                counted = room.isNegative() ? counted : counted.plus(room);
            }
        }
        return counted;
    }

    private static boolean counts(LocalDate day, Counting counting, Face face) {
        return counting != Counting.WORKING_DAYS || face.calendar.isWorked(day);
    }

    private static OffsetDateTime beginOf(LocalDate day, Counting counting, Face face) {
        return counting == Counting.ALWAYS || !face.rules.restsAtNight() ? day.atStartOfDay().atOffset(face.offset)
                : day.atTime(face.rules.nightEnds()).atOffset(face.offset);
    }

    private static OffsetDateTime endOf(LocalDate day, Counting counting, Face face) {
        return counting == Counting.ALWAYS ? day.plusDays(1).atStartOfDay().atOffset(face.offset) : endOf(day, face);
    }

    /** The end of the day's hours of service. */
    private static OffsetDateTime endOf(LocalDate day, Face face) {
        return face.rules.restsAtNight() ? day.atTime(face.rules.nightBegins()).atOffset(face.offset)
                : day.plusDays(1).atStartOfDay().atOffset(face.offset);
    }

    private static OffsetDateTime later(OffsetDateTime one, OffsetDateTime other) {
        return one.isBefore(other) ? other : one;
    }
}
