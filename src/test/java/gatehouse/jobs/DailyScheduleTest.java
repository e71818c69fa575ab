package gatehouse.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import gatehouse.jobs.DailySchedule.Due;
import gatehouse.kernel.BusinessClock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DailyScheduleTest {
    private static final DailySchedule SCHEDULE = new DailySchedule(BusinessClock.ZONE, List.of(
            job("remind-morning", When.daily(9, 0)),
            job("turn-the-day", When.daily(0, 0)),
            job("close-the-day", When.daily(23, 59)),
            job("sweep", When.every(60)),
            job("escalate", When.every(5))));

    private static Job job(String name, When when) {
        return Job.onceForAll(name, when, run -> { });
    }

    private static OffsetDateTime at(String text) {
        return OffsetDateTime.parse(text + "+08:00");
    }

    private static List<String> due(String job, String from, String to) {
        return SCHEDULE.due(job, at(from), at(to)).stream().map(each -> each.businessDate() + " " + each.slot()).toList();
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-22T08:59:00, 2026-11-22T08:59:59.999, 0",
        "2026-11-22T08:59:59.999, 2026-11-22T09:00:00, 1",
        "2026-11-22T09:00:00, 2026-11-22T09:00:01, 0",
        "2026-11-22T08:00:00, 2026-11-22T10:00:00, 1",
        "2026-11-21T09:00:00, 2026-11-22T08:59:59.999999, 0",
        "2026-11-21T08:59:59, 2026-11-22T09:00:00, 2"})
    void anHour_isDueFromItsFirstInstantOn_andOnlyOnce(String from, String to, int times) {
        assertEquals(times, due("remind-morning", from, to).size());
    }

    @Test
    void midnight_belongsToTheDayThatBegins() {
        assertEquals(List.of("2026-11-23 00:00"), due("turn-the-day", "2026-11-22T23:59:59.999", "2026-11-23T00:00:00"));
        assertEquals(List.of(), due("turn-the-day", "2026-11-23T00:00:00", "2026-11-23T23:59:59.999"));
        assertEquals(List.of("2026-11-22 23:59"), due("close-the-day", "2026-11-22T23:00:00", "2026-11-23T08:00:00"));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-30, 2026-12-01",
        "2026-12-31, 2027-01-01",
        "2028-02-28, 2028-02-29",
        "2028-02-29, 2028-03-01",
        "2026-02-28, 2026-03-01"})
    void theDayAfter_isTheCalendars(LocalDate day, LocalDate next) {
        assertEquals(List.of(day + " 09:00", next + " 09:00"), due("remind-morning", day + "T00:00:00", next + "T23:59:59"));
    }

    @Test
    void everySoManyMinutes_isTheSameHoursEachDay() {
        assertEquals(List.of("2026-11-22 23:55", "2026-11-23 00:00", "2026-11-23 00:05"),
                due("escalate", "2026-11-22T23:50:00", "2026-11-23T00:09:59"));
        assertEquals(24, due("sweep", "2026-11-22T00:00:00", "2026-11-23T00:00:00").size());
        assertEquals(288, due("escalate", "2028-02-29T00:00:00", "2028-03-01T00:00:00").size());
    }

    @Test
    void missedHours_areAllDue_inTheirOrder() {
        assertEquals(List.of("2026-11-20 09:00", "2026-11-21 09:00", "2026-11-22 09:00"),
                due("remind-morning", "2026-11-20T08:00:00", "2026-11-22T12:00:00"));
    }

    @Test
    void aClockThatStandsOrRunsBack_makesNothingDue() {
        assertEquals(List.of(), due("escalate", "2026-11-22T09:00:00", "2026-11-22T09:00:00"));
        assertEquals(List.of(), due("escalate", "2026-11-22T09:30:00", "2026-11-22T09:00:00"));
        assertEquals(List.of(), due("escalate", "2026-11-23T00:30:00", "2026-11-22T23:00:00"));
    }

    @Test
    void theSameInstant_inAnotherOffset_isTheSameHour() {
        var utc = SCHEDULE.due("remind-morning", at("2026-11-22T08:59:59").withOffsetSameInstant(ZoneOffset.UTC),
                at("2026-11-22T09:00:00").withOffsetSameInstant(ZoneOffset.ofHours(-10)));
        assertEquals(List.of(new Due("remind-morning", LocalDate.parse("2026-11-22"), LocalTime.of(9, 0),
                at("2026-11-22T09:00:00"))), utc);
    }

    /** However a stretch of time is cut into ticks, each hour of it falls due in exactly one of them. */
    @RepeatedTest(50)
    void ticksOfAnyLength_makeEachHourDueExactlyOnce() {
        long seed = System.nanoTime();
        var chance = new Random(seed);
        var starts = List.of("2026-11-30T22:00:00", "2028-02-28T23:30:00", "2026-12-31T08:59:59.999", "2026-11-22T00:00:00");
        var start = at(starts.get(chance.nextInt(starts.size())));
        var end = start.plusHours(60);
        var inTicks = new ArrayList<Due>();
        for (var from = start; from.isBefore(end); ) {
            var length = switch (chance.nextInt(4)) {
                case 0 -> Duration.ofNanos(1 + chance.nextInt(1_000_000_000));
                case 1 -> Duration.ofMinutes(1 + chance.nextInt(7));
                case 2 -> Duration.ofHours(1 + chance.nextInt(9));
                default -> Duration.between(from, from.withMinute(0).withSecond(0).withNano(0).plusHours(1));
            };
            var to = from.plus(length).isAfter(end) ? end : from.plus(length);
            inTicks.addAll(SCHEDULE.due(from, to));
            from = to;
        }
        assertEquals(SCHEDULE.due(start, end), inTicks, () -> "seed " + seed);
    }

    @Test
    void theTimetable_reads() {
        assertEquals("09:00 remind-morning\n00:00 turn-the-day\n23:59 close-the-day\nevery 60 min sweep\nevery 5 min escalate",
                SCHEDULE.toString());
    }

    @Test
    void whatNobodyCouldMean_isRefused() {
        assertThrows(IllegalArgumentException.class, () -> When.every(7));
        assertThrows(IllegalArgumentException.class, () -> When.every(0));
        assertThrows(IllegalArgumentException.class, () -> new When.Daily(LocalTime.of(9, 0, 1)));
        assertThrows(IllegalArgumentException.class, () -> job("Sweep Keys", When.every(5)));
        assertThrows(IllegalArgumentException.class, () -> job("sweep", When.every(5)).caughtUpWithin(Duration.ofDays(8)));
        assertThrows(IllegalArgumentException.class, () -> SCHEDULE.due("unknown", at("2026-11-22T09:00:00"), at("2026-11-22T09:00:01")));
        var twice = List.of(job("sweep", When.every(5)), job("sweep", When.every(10)));
        assertThrows(IllegalArgumentException.class, () -> new DailySchedule(BusinessClock.ZONE, twice));
    }
}
