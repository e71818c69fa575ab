package gatehouse.health;

import static gatehouse.health.DayMark.AFTERNOON_REMINDER;
import static gatehouse.health.DayMark.CALL_LIST;
import static gatehouse.health.DayMark.CUT_OFF;
import static gatehouse.health.DayMark.LAST_REMINDER;
import static gatehouse.health.DayMark.MORNING_REMINDER;
import static gatehouse.health.DayMark.OBSERVATION_REMINDER;
import static org.junit.jupiter.api.Assertions.assertEquals;

import gatehouse.health.DayPolicy.Day;
import gatehouse.health.DayPolicy.DayRound;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DayPolicyTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 22);
    private static final DayRules RULES = rules(9, 0, 15, 0, 15, 45, 16, 0);
    private static final OffsetDateTime LONG_AGO = at(TODAY.minusYears(1), "00:00:00");

    /** What is due at a moment if everything before it was done on time, however narrowly. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "08:29:59.999    | ",
        "08:30:00        | OBSERVATION_REMINDER",
        "08:59:59.999999 | OBSERVATION_REMINDER",
        "09:00:00        | OBSERVATION_REMINDER MORNING_REMINDER",
        "14:59:59.999    | OBSERVATION_REMINDER MORNING_REMINDER",
        "15:00:00        | OBSERVATION_REMINDER AFTERNOON_REMINDER",
        "15:44:59.999    | OBSERVATION_REMINDER AFTERNOON_REMINDER",
        "15:45:00        | OBSERVATION_REMINDER LAST_REMINDER",
        "15:54:59.999    | OBSERVATION_REMINDER LAST_REMINDER",
        "15:55:00        | OBSERVATION_REMINDER LAST_REMINDER KNOCK_LIST",
        "15:59:59.999    | OBSERVATION_REMINDER LAST_REMINDER KNOCK_LIST",
        "16:00:00        | OBSERVATION_REMINDER KNOCK_LIST",
        "16:00:59.999    | OBSERVATION_REMINDER KNOCK_LIST",
        "16:01:00        | OBSERVATION_REMINDER KNOCK_LIST CUT_OFF CALL_LIST",
        "16:54:59.999    | OBSERVATION_REMINDER KNOCK_LIST CUT_OFF CALL_LIST",
        "16:55:00        | OBSERVATION_REMINDER CUT_OFF CALL_LIST",
        "23:59:59.999    | OBSERVATION_REMINDER CUT_OFF CALL_LIST",
    })
    void undone_thatDay_isDueWhileItMakesSense(String time, String marks) {
        var expected = marks == null ? List.of() : Arrays.stream(marks.split(" ")).map(DayMark::valueOf).toList();
        assertEquals(expected, due(RULES, everythingUntil(TODAY.minusDays(1)), at(TODAY, time)).stream().map(Day::mark).toList());
    }

    @Test
    void midnight_bringsNoReminder_butTheMissedCutOffAndCallList() {
        var done = everythingUntil(TODAY.minusDays(2));
        assertEquals(List.of(new Day(TODAY.minusDays(1), CUT_OFF), new Day(TODAY.minusDays(1), CALL_LIST)), due(RULES, done, at(TODAY, "00:00:00")));
        assertEquals(List.of(new Day(TODAY.minusDays(1), CUT_OFF), new Day(TODAY.minusDays(1), CALL_LIST)), due(RULES, done, at(TODAY, "08:29:59")));
    }

    @Test
    void afterDaysOfSilence_everyDayIsCounted_butOnlyTheNewestListIsCalled() {
        var due = due(RULES, everythingUntil(TODAY.minusDays(4)), at(TODAY, "16:01:00"));
        assertEquals(List.of(new Day(TODAY.minusDays(3), CUT_OFF), new Day(TODAY.minusDays(2), CUT_OFF), new Day(TODAY.minusDays(1), CUT_OFF),
                new Day(TODAY, OBSERVATION_REMINDER), new Day(TODAY, DayMark.KNOCK_LIST), new Day(TODAY, CUT_OFF), new Day(TODAY, CALL_LIST)), due);
    }

    @Test
    void compoundOfToday_hasMissedNothingBefore() {
        assertEquals(List.of(), DayPolicy.due(RULES, at(TODAY, "09:00:00"), Set.of(), at(TODAY, "10:00:00")));
        assertEquals(List.of(MORNING_REMINDER),
                DayPolicy.due(RULES, at(TODAY, "08:59:59"), Set.of(), at(TODAY, "10:00:00")).stream().map(each -> each.day().mark()).toList());
    }

    @Test
    void minuteByMinute_everythingHappensOnceAndOnTime_underAnyRules() {
        var random = new Random(7);
        for (int story = 0; story < 200; story++) {
            var rules = rules(random.nextInt(5, 12), random.nextInt(60), random.nextInt(12, 20), random.nextInt(60), random.nextInt(12, 22),
                    random.nextInt(60), random.nextInt(12, 23), random.nextInt(60));
            var done = everythingUntil(TODAY.minusDays(1));
            var order = new ArrayList<Day>();
            for (var now = at(TODAY, "00:00:00"); now.toLocalDate().equals(TODAY); now = now.plusMinutes(1)) {
                for (var day : due(rules, done, now)) {
                    assertEquals(true, done.add(day), "twice: " + day + " by " + rules);
                    order.add(day);
                }
            }
            assertEquals(List.of(CUT_OFF, CALL_LIST), order.stream().map(Day::mark).filter(mark -> mark == CUT_OFF || mark == CALL_LIST).toList(),
                    rules.toString());
            assertEquals(new Day(TODAY, OBSERVATION_REMINDER), order.getFirst(), rules.toString());
            assertEquals(rules.morningAt().isBefore(rules.cutOffAt()), order.contains(new Day(TODAY, MORNING_REMINDER)), rules.toString());
            assertEquals(rules.afternoonAt().isBefore(rules.cutOffAt()), order.contains(new Day(TODAY, AFTERNOON_REMINDER)), rules.toString());
            assertEquals(rules.lastReminderAt().isBefore(rules.cutOffAt()), order.contains(new Day(TODAY, LAST_REMINDER)), rules.toString());
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 2026-11-22, AFTERNOON", "2, 2026-11-22, MORNING", "3, 2026-11-21, AFTERNOON", "4, 2026-11-21, MORNING", "14, 2026-11-16, MORNING"})
    void earliestMissed_goesBackRoundByRound(int missed, LocalDate date, Round round) {
        assertEquals(new DayRound(date, round), DayPolicy.earliestMissed(new DayRound(TODAY, Round.AFTERNOON), missed));
    }

    @Test
    void lastClosed_changesAtTheCutOff() {
        assertEquals(new DayRound(TODAY.minusDays(1), Round.AFTERNOON), DayPolicy.lastClosed(RULES, at(TODAY, "15:59:59.999999")));
        assertEquals(new DayRound(TODAY, Round.AFTERNOON), DayPolicy.lastClosed(RULES, at(TODAY, "16:00:00")));
    }

    private static List<Day> due(DayRules rules, Set<Day> done, OffsetDateTime now) {
        return DayPolicy.due(rules, LONG_AGO, done, now).stream().map(DayPolicy.Due::day).toList();
    }

    private static Set<Day> everythingUntil(LocalDate last) {
        var done = new HashSet<Day>();
        for (var date = last.minusDays(10); !date.isAfter(last); date = date.plusDays(1)) {
            for (var mark : DayMark.values()) {
                done.add(new Day(date, mark));
            }
        }
        return done;
    }

    private static DayRules rules(int... hoursAndMinutes) {
        return new DayRules(LocalTime.of(hoursAndMinutes[0] < 9 ? 4 : 8, 30), LocalTime.of(hoursAndMinutes[0], hoursAndMinutes[1]), LocalTime.of(hoursAndMinutes[2], hoursAndMinutes[3]),
                LocalTime.of(hoursAndMinutes[4], hoursAndMinutes[5]), LocalTime.of(hoursAndMinutes[6], hoursAndMinutes[7]), 2);
    }

    private static OffsetDateTime at(LocalDate date, String time) {
        return date.atTime(LocalTime.parse(time)).atOffset(java.time.ZoneOffset.ofHours(8));
    }
}
