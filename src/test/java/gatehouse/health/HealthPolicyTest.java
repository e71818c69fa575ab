package gatehouse.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.health.HealthPolicy.Facts;
import gatehouse.health.HealthPolicy.Verdict;
import gatehouse.health.HealthPolicy.Wish;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HealthPolicyTest {
    private static final HealthRules RULES = new HealthRules(373, LocalTime.of(9, 0), LocalTime.of(15, 0), LocalTime.of(12, 0),
            LocalTime.of(16, 0), 3, 10, 340, 430, 14);
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 22);
    private static final UUID COMPOUND = UUID.randomUUID();
    private static final UUID RESIDENT = UUID.randomUUID();
    private static final UUID MOTHER = UUID.randomUUID();
    private static final UUID NEW_ALERT = UUID.randomUUID();

    @ParameterizedTest
    @CsvSource({
        "00:00:00, MORNING", "08:59:59.999999, MORNING", "09:00:00, MORNING", "12:00:00, MORNING", "14:59:59.999999, MORNING",
        "15:00:00, AFTERNOON", "16:00:00, AFTERNOON", "23:59:59.999999, AFTERNOON"})
    void round_isTheLastWhoseMeasuringTimeHasCome(String time, Round expected) {
        assertEquals(expected, HealthPolicy.roundOf(at(TODAY, time), RULES));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-22, 15:59:59.999999, 2026-11-22, ON_TIME", "2026-11-22, 16:00:00, 2026-11-22, LATE",
        "2026-11-23, 00:00:00, 2026-11-22, LATE", "2026-11-23, 09:00:00, 2026-11-23, ON_TIME",
        "2026-12-01, 00:00:01, 2026-11-30, LATE", "2028-03-01, 08:00:00, 2028-02-29, LATE"})
    void report_afterCutOff_isLate(LocalDate nowDate, String nowTime, LocalDate reportDate, ReportStatus expected) {
        assertEquals(expected, HealthPolicy.statusOf(reportDate, at(nowDate, nowTime), RULES));
    }

    @ParameterizedTest
    @CsvSource({"372, false", "373, false", "374, true", "430, true"})
    void temperature_aboveTheFeverLine_needsAnAlert(int tenths, boolean alert) {
        assertEquals(alert, HealthPolicy.needsAlert(new Measurement(tenths, List.of(), null), RULES));
    }

    @Test
    void everyListedSymptom_needsAnAlert_andOtherDoesNot() {
        for (var symptom : Symptom.values()) {
            var measurement = new Measurement(365, List.of(symptom), "x");
            assertEquals(symptom != Symptom.OTHER, HealthPolicy.needsAlert(measurement, RULES), symptom.name());
        }
    }

    @Test
    void firstReport_isVersionOne() {
        var accepted = accepted(wish(365), new Facts(COMPOUND, null, null), "09:03");
        assertEquals(1, accepted.report().version());
        assertEquals(ReportStatus.ON_TIME, accepted.report().status());
        assertFalse(accepted.opensAlert());
        assertNull(accepted.report().alertId());
    }

    @Test
    void fever_withoutAnOpenAlert_opensOne() {
        var accepted = accepted(wish(380), new Facts(COMPOUND, null, null), "09:03");
        assertTrue(accepted.opensAlert());
        assertEquals(NEW_ALERT, accepted.report().alertId());
    }

    @Test
    void fever_withAnOpenAlert_joinsIt() {
        var open = UUID.randomUUID();
        var accepted = accepted(wish(380), new Facts(COMPOUND, null, open), "09:03");
        assertFalse(accepted.opensAlert());
        assertEquals(open, accepted.report().alertId());
    }

    @Test
    void correctionToNormal_keepsTheAlertThatTheReportOpened() {
        var first = accepted(wish(380), new Facts(COMPOUND, null, null), "09:03").report();
        var corrected = accepted(wish(365), new Facts(COMPOUND, first, NEW_ALERT), "09:10");
        assertEquals(2, corrected.report().version());
        assertEquals(NEW_ALERT, corrected.report().alertId());
        assertFalse(corrected.opensAlert());
    }

    @Test
    void correctionAfterTheCutOff_ofAReportOnTime_staysOnTime() {
        var first = accepted(wish(365), new Facts(COMPOUND, null, null), "09:03").report();
        assertEquals(ReportStatus.ON_TIME, accepted(wish(366), new Facts(COMPOUND, first, null), "18:00").report().status());
    }

    @Test
    void sameAgainByTheSamePerson_changesNothing() {
        var first = accepted(wish(365), new Facts(COMPOUND, null, null), "09:03").report();
        var again = judge(wish(365), new Facts(COMPOUND, first, null), at(TODAY, "10:00"));
        assertEquals(first, assertInstanceOf(Verdict.Unchanged.class, again).report());
    }

    @Test
    void sameAgainBySomebodyElse_isACorrection() {
        var first = accepted(wish(365), new Facts(COMPOUND, null, null), "09:03").report();
        var byStaff = new Wish(first.key(), first.measurement(), UUID.randomUUID(), ReportedAs.STAFF);
        assertEquals(2, accepted(byStaff, new Facts(COMPOUND, first, null), "10:00").report().version());
    }

    @ParameterizedTest
    @CsvSource({"11:59:59.999999, false", "12:00:00, true", "15:00:00, true"})
    void afternoon_isTakenFromItsOpening(String time, boolean taken) {
        var wish = wish(new RoundKey(RESIDENT, TODAY, Round.AFTERNOON), 365);
        var verdict = judge(wish, new Facts(COMPOUND, null, null), at(TODAY, time));
        if (taken) {
            assertInstanceOf(Verdict.Accepted.class, verdict);
        } else {
            assertEquals(at(TODAY, "12:00"), assertInstanceOf(Verdict.NotYetOpen.class, verdict).opensAt());
        }
    }

    @Test
    void tomorrow_isRefused_evenInTheLastMicrosecondOfToday() {
        var wish = wish(new RoundKey(RESIDENT, TODAY.plusDays(1), Round.MORNING), 365);
        assertInstanceOf(Verdict.InFuture.class, judge(wish, new Facts(COMPOUND, null, null), at(TODAY, "23:59:59.999999")));
        assertInstanceOf(Verdict.Accepted.class, judge(wish, new Facts(COMPOUND, null, null), at(TODAY.plusDays(1), "00:00")));
    }

    @ParameterizedTest
    @CsvSource({"3, true", "4, false"})
    void pastDays_areTakenForTheDaysOfCorrectionOnly(int daysAgo, boolean taken) {
        var wish = wish(new RoundKey(RESIDENT, TODAY.minusDays(daysAgo), Round.AFTERNOON), 365);
        var verdict = judge(wish, new Facts(COMPOUND, null, null), at(TODAY, "09:00"));
        assertEquals(taken, verdict instanceof Verdict.Accepted, verdict::toString);
        if (!taken) {
            assertEquals(3, assertInstanceOf(Verdict.TooOld.class, verdict).correctionDays());
        }
    }

    @Test
    void symptomOther_needsWords() {
        var silent = new Wish(key(), new Measurement(365, List.of(Symptom.OTHER), "  "), MOTHER, ReportedAs.HOUSEHOLD_MEMBER);
        assertInstanceOf(Verdict.NoteMissing.class, judge(silent, new Facts(COMPOUND, null, null), at(TODAY, "09:00")));
    }

    @ParameterizedTest
    @CsvSource({
        // until,              last report,             first day,  missed
        "2026-11-22, AFTERNOON, 2026-11-22, MORNING,   2026-01-01, 1",
        "2026-11-22, MORNING,   2026-11-21, AFTERNOON, 2026-01-01, 1",
        "2026-11-22, AFTERNOON, 2026-11-21, AFTERNOON, 2026-01-01, 2",
        "2026-03-01, MORNING,   2026-02-28, MORNING,   2026-01-01, 2",
        "2028-03-01, MORNING,   2028-02-28, AFTERNOON, 2026-01-01, 3",
        "2026-11-22, AFTERNOON, ,           ,          2026-11-22, 2",
        "2026-11-22, MORNING,   ,           ,          2026-11-20, 5"})
    void missedRounds_countFromTheLastReportOrTheFirstDay(LocalDate date, Round round, LocalDate lastDate, Round lastRound,
                                                          LocalDate firstDay, int missed) {
        var last = lastDate == null ? null : new RoundKey(RESIDENT, lastDate, lastRound);
        assertEquals(missed, HealthPolicy.missedRounds(new RoundKey(RESIDENT, date, round), last, firstDay));
    }

    @ParameterizedTest
    @CsvSource({
        "MORNING, 00:00, OPEN", "MORNING, 15:59:59.999999, OPEN", "MORNING, 16:00, CLOSED",
        "AFTERNOON, 11:59:59.999999, NOT_YET", "AFTERNOON, 12:00, OPEN", "AFTERNOON, 16:00, CLOSED"})
    void round_opensAndCloses(Round round, String time, RoundState state) {
        assertEquals(state, HealthPolicy.stateOf(TODAY, round, RULES, at(TODAY, time)));
    }

    /** Whatever comes, in whatever order: versions count up by one, and an alert is open after every fever. */
    @Test
    void anySequence_countsVersionsAndNeverLosesAFever() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        for (int story = 0; story < 2_000; story++) {
            HealthReport current = null;
            UUID openAlert = null;
            int version = 0;
            for (int step = 0; step < 8; step++) {
                var wish = new Wish(key(), new Measurement(340 + random.nextInt(91), List.of(), null), random.nextBoolean() ? MOTHER : RESIDENT,
                        ReportedAs.SELF);
                switch (judge(wish, new Facts(COMPOUND, current, openAlert), at(TODAY, "09:00").plusMinutes(step))) {
                    case Verdict.Accepted(var report, var effect) -> {
                        boolean opensAlert = effect == HealthPolicy.AlertEffect.OPENS;
                        assertEquals(++version, report.version(), "seed " + seed);
                        assertEquals(opensAlert, openAlert == null && wish.measurement().temperatureTenths() > 373, "seed " + seed);
                        openAlert = opensAlert ? report.alertId() : openAlert;
                        current = report;
                    }
                    case Verdict.Unchanged(var report) -> assertEquals(current, report, "seed " + seed);
                    case Verdict.NotYetOpen n -> throw new AssertionError("seed " + seed);
                    case Verdict.InFuture f -> throw new AssertionError("seed " + seed);
                    case Verdict.TooOld o -> throw new AssertionError("seed " + seed);
                    case Verdict.Implausible i -> throw new AssertionError("seed " + seed);
                    case Verdict.NoteMissing m -> throw new AssertionError("seed " + seed);
                }
                if (current.measurement().temperatureTenths() > 373) {
                    assertNotEquals(null, openAlert, "seed " + seed);
                }
            }
        }
    }

    private static RoundKey key() {
        return new RoundKey(RESIDENT, TODAY, Round.MORNING);
    }

    private static Wish wish(int tenths) {
        return wish(key(), tenths);
    }

    private static Wish wish(RoundKey key, int tenths) {
        return new Wish(key, new Measurement(tenths, List.of(), null), MOTHER, ReportedAs.HOUSEHOLD_MEMBER);
    }

    private static Verdict.Accepted accepted(Wish wish, Facts facts, String time) {
        return assertInstanceOf(Verdict.Accepted.class, judge(wish, facts, at(TODAY, time)));
    }

    private static Verdict judge(Wish wish, Facts facts, OffsetDateTime now) {
        return HealthPolicy.judge(wish, facts, RULES, now, () -> NEW_ALERT);
    }

    private static OffsetDateTime at(LocalDate date, String time) {
        return OffsetDateTime.of(date, LocalTime.parse(time), java.time.ZoneOffset.ofHours(8));
    }
}
