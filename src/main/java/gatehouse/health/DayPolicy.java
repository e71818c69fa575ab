package gatehouse.health;

import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** When a compound's reminders, cut-off and call list are due: pure functions. */
final class DayPolicy {
    /** How long what was received in the last second may take to be committed; only then it is counted. */
    private static final Duration SETTLING = Duration.ofMinutes(1);
    /** Nobody is sent to doors late in the evening because of a stop in the afternoon. */
    private static final Duration KNOCKING = Duration.ofHours(1);
    /** After a longer stop the counts of the days before are no longer made up. */
    private static final int CUT_OFF_DAYS = 7;

    private DayPolicy() {
    }

    /** Something of a business date. */
    record Day(LocalDate date, DayMark mark) {
    }

    /** It is to be done now; its hour was {@code at}. */
    record Due(Day day, OffsetDateTime at) {
    }

    /** Nothing before this date is ever looked at again. */
    static LocalDate oldest(OffsetDateTime now) {
        return now.toLocalDate().minusDays(CUT_OFF_DAYS);
    }

    /**
     * What is to be done now, in its order. A reminder is made up until the day's next hour makes it pointless, what is due in an
     * observation until the day is over, the doors to knock at for an hour, a call list until the next one, a cut-off for a week. Hours before the compound was there were not missed in it.
     *
     * @param done what was done since {@link #oldest}
     */
    static List<Due> due(DayRules rules, OffsetDateTime createdAt, Set<Day> done, OffsetDateTime now) {
        var due = new ArrayList<Due>();
        for (var date = oldest(now); !date.isAfter(now.toLocalDate()); date = date.plusDays(1)) {
            for (var mark : DayMark.values()) {
                var at = hour(rules, mark, date, now);
                if (!now.isBefore(at) && now.isBefore(until(rules, mark, date, now)) && createdAt.isBefore(at) && !done.contains(new Day(date, mark))) {
                    due.add(new Due(new Day(date, mark), at));
                }
            }
        }
        return due;
    }

    private static OffsetDateTime hour(DayRules rules, DayMark mark, LocalDate date, OffsetDateTime now) {
        return switch (mark) {
            case OBSERVATION_REMINDER -> at(date, rules.observationAt(), now);
            case MORNING_REMINDER -> at(date, rules.morningAt(), now);
            case AFTERNOON_REMINDER -> at(date, rules.afternoonAt(), now);
            case LAST_REMINDER -> at(date, rules.lastReminderAt(), now);
            case KNOCK_LIST -> at(date, KnockPolicy.ladderOverAt(rules), now);
            case CUT_OFF, CALL_LIST -> at(date, rules.cutOffAt(), now).plus(SETTLING);
        };
    }

    private static OffsetDateTime until(DayRules rules, DayMark mark, LocalDate date, OffsetDateTime now) {
        return switch (mark) {
            case OBSERVATION_REMINDER -> at(date.plusDays(1), LocalTime.MIDNIGHT, now);
            case KNOCK_LIST -> hour(rules, mark, date, now).plus(KNOCKING);
            case MORNING_REMINDER, AFTERNOON_REMINDER, LAST_REMINDER -> nextHour(rules, hour(rules, mark, date, now).toLocalTime())
                    .map(next -> at(date, next, now)).orElse(OffsetDateTime.MIN);
            case CUT_OFF -> OffsetDateTime.MAX;
            case CALL_LIST -> hour(rules, mark, date.plusDays(1), now);
        };
    }

    /** The next of the day's hours; none after the cut-off, when reminding is over. */
    private static Optional<LocalTime> nextHour(DayRules rules, LocalTime after) {
        if (!after.isBefore(rules.cutOffAt())) {
            return Optional.empty();
        }
        return Stream.of(rules.morningAt(), rules.afternoonAt(), rules.lastReminderAt(), rules.cutOffAt()).filter(each -> each.isAfter(after))
                .min(LocalTime::compareTo);
    }

    /** The cut-off itself, by which a report had to be received. */
    static OffsetDateTime cutOff(DayRules rules, LocalDate date, OffsetDateTime now) {
        return at(date, rules.cutOffAt(), now);
    }

    private static OffsetDateTime at(LocalDate date, LocalTime time, OffsetDateTime now) {
        return date.atTime(time).atOffset(now.getOffset());
    }

    /** A round of a day. */
    record DayRound(LocalDate date, Round round) {
    }

    /** The last round whose cut-off has passed. */
    static DayRound lastClosed(DayRules rules, OffsetDateTime now) {
        var today = now.toLocalDate();
        return new DayRound(now.isBefore(cutOff(rules, today, now)) ? today.minusDays(1) : today, Round.AFTERNOON);
    }

    /** Who has reported no round since this one is on the call list after {@code until}. */
    static DayRound earliestMissed(DayRound until, int missedRounds) {
        long position = until.date().toEpochDay() * 2 + until.round().ordinal() - missedRounds + 1;
        return new DayRound(LocalDate.ofEpochDay(Math.floorDiv(position, 2L)), Round.values()[(int) Math.floorMod(position, 2L)]);
    }
}
