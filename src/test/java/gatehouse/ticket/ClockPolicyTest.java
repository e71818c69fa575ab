package gatehouse.ticket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.registry.PolicyName;
import gatehouse.registry.PolicyValues;
import gatehouse.ticket.ClockPolicy.Face;
import gatehouse.ticket.ClockPolicy.Pause;
import gatehouse.ticket.TicketRules.Counting;
import java.time.Duration;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Examples are from the calendar of 2026 as it was published. */
class ClockPolicyTest {
    private static final ZoneOffset CHINA = ZoneOffset.ofHours(8);
    private static final PublishedDays PUBLISHED = PublishedDays.read();
    private static final Face FACE = face(Map.of());

    private static Face face(Map<PolicyName, Integer> changed) {
        return new Face(TicketRules.of(new PolicyValues(new UUID(0, 1), 0, changed)), new WorkingCalendar(0, PUBLISHED.days(), PUBLISHED.years()), CHINA);
    }

    private static OffsetDateTime at(String text) {
        return OffsetDateTime.parse(text + ":00+08:00");
    }

    @ParameterizedTest
    @CsvSource({
        // somebody is there in a quarter of an hour, also at night and over midnight
        "EMERGENCY, 2026-11-22T23:50, 2026-11-23T00:05, 2026-11-23T23:50",
        "NEIGHBOUR_COMPLAINT, 2026-11-22T23:50, 2026-11-23T00:05, 2026-11-23T15:00",
        // the same day, until its service ends; who comes later has the next day
        "SMALL_REPAIR, 2026-11-22T08:00, , 2026-11-22T22:00",
        "SMALL_REPAIR, 2026-11-22T21:59, , 2026-11-22T22:00",
        "SMALL_REPAIR, 2026-11-22T22:00, , 2026-11-23T22:00",
        "SMALL_REPAIR, 2026-11-23T03:00, , 2026-11-23T22:00",
        "PUBLIC_LIGHTING, 2026-11-29T12:00, , 2026-12-01T22:00",
        // a weekend; the Sunday before the autumn holidays is worked; the holidays are not; the Saturday after them is
        "PUBLIC_DOORS, 2026-11-20T12:00, , 2026-11-24T22:00",
        "PUBLIC_DOORS, 2026-09-18T12:00, , 2026-09-21T22:00",
        "PUBLIC_PARTS, 2026-09-30T12:00, , 2026-10-10T22:00",
        "PUBLIC_PARTS, 2026-10-04T12:00, , 2026-10-10T22:00",
        "OTHER_REPAIR, 2026-09-24T12:00, , 2026-10-12T22:00",
        "OTHER_REPAIR, 2026-02-13T12:00, , 2026-03-02T22:00",
        // hours of service: 22:00 to 7:00 do not count
        "OTHER_COMPLAINT, 2026-11-22T09:00, , 2026-11-22T17:00",
        "OTHER_COMPLAINT, 2026-11-22T20:30, , 2026-11-23T13:30",
        "ENQUIRY, 2026-11-22T21:45, , 2026-11-23T07:15",
        "ENQUIRY, 2026-11-22T21:30, , 2026-11-22T22:00",
        "ENQUIRY, 2026-11-23T02:00, , 2026-11-23T07:30",
        "OTHER_DEPARTMENT, 2026-12-31T10:00, , 2027-01-04T22:00",
        "SUGGESTION, 2026-11-20T10:00, , 2026-12-01T22:00"})
    void due_ofALevel(ServiceLevel level, String start, String onSite, String done) {
        var due = ClockPolicy.due(level, FACE, at(start), null, List.of());
        assertEquals(onSite == null ? null : at(onSite), due.onSite());
        assertEquals(at(done), due.done());
    }

    @Test
    void due_thatWasAgreed_isThat_whateverRested() {
        var agreed = at("2026-12-24T18:00");
        assertEquals(agreed, ClockPolicy.due(ServiceLevel.OTHER_REPAIR, FACE, at("2026-11-22T09:00"), agreed,
                List.of(new Pause(at("2026-11-23T09:00"), at("2026-11-24T09:00")))).done());
    }

    @Test
    void pause_movesADeadlineByTheTimeThatCounts() {
        // of eight hours one is used; seven are left from eight in the morning two days later
        assertEquals(at("2026-11-24T15:00"), ClockPolicy.due(ServiceLevel.OTHER_COMPLAINT, FACE, at("2026-11-22T09:00"), null,
                List.of(new Pause(at("2026-11-22T10:00"), at("2026-11-24T08:00")))).done());
        // a night's rest costs nothing where nothing counts at night
        assertEquals(at("2026-11-23T13:30"), ClockPolicy.due(ServiceLevel.OTHER_COMPLAINT, FACE, at("2026-11-22T20:30"), null,
                List.of(new Pause(at("2026-11-22T23:00"), at("2026-11-23T06:00")))).done());
        // a rest over the holidays costs no working day
        assertEquals(at("2026-10-10T22:00"), ClockPolicy.due(ServiceLevel.PUBLIC_PARTS, FACE, at("2026-09-30T12:00"), null,
                List.of(new Pause(at("2026-10-01T09:00"), at("2026-10-07T20:00")))).done());
        // what rested after the deadline changes nothing
        assertEquals(at("2026-11-22T17:00"), ClockPolicy.due(ServiceLevel.OTHER_COMPLAINT, FACE, at("2026-11-22T09:00"), null,
                List.of(new Pause(at("2026-11-22T18:00"), at("2026-11-24T08:00")))).done());
    }

    @Test
    void night_thatIsSwitchedOff_countsAsWell_andDaysEndAtMidnight() {
        var always = face(Map.of(PolicyName.CLOCKS_REST_AT_NIGHT, 0));
        assertEquals(at("2026-11-23T04:30"), ClockPolicy.due(ServiceLevel.OTHER_COMPLAINT, always, at("2026-11-22T20:30"), null, List.of()).done());
        assertEquals(at("2026-11-23T00:00"), ClockPolicy.due(ServiceLevel.SMALL_REPAIR, always, at("2026-11-22T23:59"), null, List.of()).done());
    }

    @Test
    void yearWithoutAList_hasItsWeekendsOnly_andIsKnownAsSuch() {
        assertFalse(FACE.calendar().isListed(LocalDate.of(2027, 1, 1)));
        assertTrue(FACE.calendar().isWorked(LocalDate.of(2027, 1, 1)), "nobody has published it");
        assertFalse(FACE.calendar().isWorked(LocalDate.of(2027, 1, 2)));
        var own = new WorkingCalendar(1, Map.of(LocalDate.of(2027, 1, 1), false), Set.of(2025, 2026));
        assertFalse(own.isWorked(LocalDate.of(2027, 1, 1)));
    }

    /** What the published notices add up to: a year of 2025 has 248 working days, of 2026 too. */
    @Test
    void publishedYears_haveTheWorkingDaysOfTheirNotices() {
        for (int year : List.of(2025, 2026)) {
            long worked = LocalDate.of(year, 1, 1).datesUntil(LocalDate.of(year + 1, 1, 1)).filter(FACE.calendar()::isWorked).count();
            assertEquals(248, worked, "in " + year);
        }
    }

    @Test
    void plusAndBetween_areEachOthersReverse_andNeverGoBack() {
        var random = new Random(20261122);
        var begin = at("2026-09-15T00:00");
        for (int i = 0; i < 5_000; i++) {
            var from = begin.plusMinutes(random.nextInt(30 * 24 * 60));
            var time = Duration.ofMinutes(1 + random.nextInt(4 * 24 * 60));
            for (var counting : Counting.values()) {
                var until = ClockPolicy.plus(from, time, counting, FACE);
                assertEquals(time, ClockPolicy.between(from, until, counting, FACE), from + " " + time + " " + counting);
                assertTrue(!until.isBefore(from.plus(time)), "nothing counts faster than the clock");
                var longer = ClockPolicy.plus(from, time.plusMinutes(1), counting, FACE);
                assertTrue(longer.isAfter(until));
                var later = ClockPolicy.plus(from.plusMinutes(1), time, counting, FACE);
                assertFalse(later.isBefore(until), "who comes later is not served earlier");
            }
        }
    }

    @Test
    void pauses_neverBringADeadlineForward() {
        var random = new Random(7);
        var begin = at("2026-09-15T00:00");
        for (int i = 0; i < 2_000; i++) {
            var level = ServiceLevel.values()[random.nextInt(ServiceLevel.values().length)];
            var start = begin.plusMinutes(random.nextInt(30 * 24 * 60));
            var paused = start.plusMinutes(1 + random.nextInt(3 * 24 * 60));
            var resumed = paused.plusMinutes(1 + random.nextInt(5 * 24 * 60));
            var without = ClockPolicy.due(level, FACE, start, null, List.of());
            var with = ClockPolicy.due(level, FACE, start, null, List.of(new Pause(paused, resumed)));
            assertFalse(with.done().isBefore(without.done()));
            if (without.done().isAfter(paused)) {
                assertFalse(with.done().isBefore(resumed), "something was left to be done");
            } else {
                assertEquals(without.done(), with.done());
            }
        }
    }
}
