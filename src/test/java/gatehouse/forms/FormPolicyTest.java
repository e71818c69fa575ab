package gatehouse.forms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FormPolicyTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 22);
    private static final LocalTime FIVE = LocalTime.of(17, 0);
    private static final OffsetDateTime LONG_AGO = at("2026-01-01T00:00:00");

    private static OffsetDateTime at(String time) {
        return OffsetDateTime.parse(time + "+08:00");
    }

    private static List<LocalDate> due(String created, Set<LocalDate> done, String now) {
        return FormPolicy.due(FIVE, at(created), done, at(now));
    }

    @Test
    void day_isFrozenFromItsHourOn() {
        var yesterday = at("2026-11-21T12:00:00").toString().substring(0, 16) + ":00";
        assertEquals(List.of(TODAY.minusDays(1)), due(yesterday, Set.of(), "2026-11-22T16:59:59.999"));
        assertEquals(List.of(TODAY), due(yesterday, Set.of(TODAY.minusDays(1)), "2026-11-22T17:00:00"));
        assertEquals(List.of(), due(yesterday, Set.of(TODAY.minusDays(1), TODAY), "2026-11-22T23:59:59"));
    }

    @Test
    void missedDays_areMadeUpForAWeek_oldestFirst() {
        var due = FormPolicy.due(FIVE, LONG_AGO, Set.of(), at("2026-11-22T17:00:00"));
        assertEquals(TODAY.minusDays(7).datesUntil(TODAY.plusDays(1)).toList(), due);
    }

    @Test
    void compoundThatCameAfterTheHour_hasNoFormOfThatDay() {
        assertEquals(List.of(), due("2026-11-22T17:00:00", Set.of(), "2026-11-22T18:00:00"));
        assertFalse(FormPolicy.takesPart(FIVE, at("2026-11-22T17:00:00"), false, TODAY, at("2026-11-22T18:00:00")));
        assertTrue(FormPolicy.takesPart(FIVE, at("2026-11-22T16:59:59"), false, TODAY, at("2026-11-22T18:00:00")));
        assertTrue(FormPolicy.takesPart(FIVE, at("2026-11-22T17:00:00"), true, TODAY, at("2026-11-22T18:00:00")));
    }

    @Test
    void form_tellsTheStateOfNow_orOfTheEndOfItsDate() {
        assertEquals(at("2026-11-22T09:30:00"), FormPolicy.asOf(TODAY, at("2026-11-22T09:30:00")));
        assertEquals(at("2026-11-22T00:00:00"), FormPolicy.asOf(TODAY.minusDays(1), at("2026-11-22T09:30:00")));
    }

    @Test
    void message_isForTodayAndYesterday() {
        assertTrue(FormPolicy.isNews(TODAY.minusDays(1), at("2026-11-22T00:10:00")));
        assertFalse(FormPolicy.isNews(TODAY.minusDays(2), at("2026-11-22T00:10:00")));
    }
}
