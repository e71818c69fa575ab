package gatehouse.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.health.ObservationEntry.Test;
import gatehouse.health.ObservationPolicy.Course;
import gatehouse.health.ObservationPolicy.Done;
import gatehouse.health.ObservationPolicy.Release;
import gatehouse.health.ObservationPolicy.Rules;
import gatehouse.health.ObservationPolicy.Told;
import gatehouse.kernel.Role;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ObservationPolicyTest {
    private static final LocalDate FIRST = LocalDate.parse("2026-11-22");
    private static final Rules RULES = new Rules(7, 1, 14, LocalTime.of(9, 0), LocalTime.of(15, 0));
    private static final Rules TWO_FOLLOW_UPS = new Rules(7, 2, 14, LocalTime.of(9, 0), LocalTime.of(15, 0));
    private static final Set<Round> BOTH = EnumSet.allOf(Round.class);

    /** Over so many days, with negative tests on these days of it, 1 the first. */
    private static Course course(int days, int... testedOnDays) {
        return new Course(FIRST, days, java.util.Arrays.stream(testedOnDays)
                .mapToObj(day -> new Test(onDay(day), TestResult.NEGATIVE)).toList(), List.of());
    }

    private static Course withPositive(Course course, int day) {
        return new Course(course.startsOn(), course.days(),
                Stream.concat(course.tests().stream(), Stream.of(new Test(onDay(day), TestResult.POSITIVE))).toList(), course.told());
    }

    private static Course toldPositive(Course course, int day) {
        return new Course(course.startsOn(), course.days(), course.tests(), List.of(new Test(onDay(day), TestResult.POSITIVE)));
    }

    private static LocalDate onDay(int day) {
        return FIRST.plusDays(day - 1);
    }

    @org.junit.jupiter.api.Test
    void positiveTestThatTheHomeToldOf_countsUntilTheLaboratoryAnswersForThatDay() {
        var told = toldPositive(course(14, 7, 14), 0);
        assertEquals(new Release.Positive(), ObservationPolicy.release(told, onDay(15)), "a later negative does not undo it");
        assertTrue(ObservationPolicy.possible(List.of(Role.OFFICE), ObservationState.OPEN, told, onDay(15)).contains(ObservationEvent.TRANSFER));
        assertEquals(new Release.Now(), ObservationPolicy.release(toldPositive(course(14, 0, 14), 0), onDay(15)));
        assertEquals(new Release.Positive(), ObservationPolicy.release(withPositive(toldPositive(course(14, 14), 0), 0), onDay(15)));
    }

    @org.junit.jupiter.api.Test
    void testTakenBeforeItBegan_doesNotBringTheNextOneForward() {
        assertEquals(Optional.of(onDay(7)), ObservationPolicy.testDueOn(course(14, -3), RULES));
        assertEquals(FIRST.minusDays(14), ObservationPolicy.testsFrom(FIRST, RULES));
    }

    @ParameterizedTest
    @CsvSource({"2026-11-22, 1", "2026-11-26, 5", "2026-12-05, 14", "2026-12-06, 14", "2027-01-01, 14"})
    void day_countsFromOne_atMostAllOfThem(LocalDate today, int day) {
        assertEquals(day, ObservationPolicy.day(course(14), today));
    }

    @org.junit.jupiter.api.Test
    void test_isDueEverySevenDays_andOnTheLast() {
        assertEquals(Optional.of(onDay(7)), ObservationPolicy.testDueOn(course(14), RULES));
        assertEquals(Optional.of(onDay(14)), ObservationPolicy.testDueOn(course(14, 7), RULES));
        assertEquals(Optional.of(onDay(10)), ObservationPolicy.testDueOn(course(14, 3), RULES));
        assertEquals(Optional.of(onDay(10)), ObservationPolicy.testDueOn(course(10, 7), RULES), "not after the last day");
        assertEquals(Optional.of(onDay(7)), ObservationPolicy.testDueOn(course(7), RULES));
        assertEquals(Optional.of(onDay(3)), ObservationPolicy.testDueOn(course(3), RULES));
        assertEquals(Optional.empty(), ObservationPolicy.testDueOn(course(14, 7, 14), RULES));
        assertEquals(Optional.empty(), ObservationPolicy.testDueOn(course(14, 16), RULES));
        assertEquals(Optional.of(onDay(14)), ObservationPolicy.testDueOn(course(14, 12, 2), RULES), "whatever order they were entered in");
    }

    @org.junit.jupiter.api.Test
    void release_beforeTheDate_saysWhenItBecomesPossible() {
        assertEquals(new Release.TooEarly(onDay(15)), ObservationPolicy.release(course(14, 7, 14), onDay(14)));
        assertEquals(new Release.TooEarly(onDay(15)), ObservationPolicy.release(withPositive(course(14), 3), onDay(4)));
    }

    @org.junit.jupiter.api.Test
    void release_needsATestAtTheEnd_andAllNegative() {
        assertEquals(new Release.Now(), ObservationPolicy.release(course(14, 7, 14), onDay(15)));
        assertEquals(new Release.Now(), ObservationPolicy.release(course(14, 15), onDay(15)));
        assertEquals(new Release.NotTested(onDay(14)), ObservationPolicy.release(course(14, 7, 13), onDay(20)));
        assertEquals(new Release.NotTested(onDay(14)), ObservationPolicy.release(course(14), onDay(15)));
        assertEquals(new Release.Positive(), ObservationPolicy.release(withPositive(course(14, 7, 14), 8), onDay(15)));
        assertEquals(new Release.Positive(), ObservationPolicy.release(withPositive(course(14, 15, 16), 14), onDay(17)));
    }

    /** At ten in the evening, with both reports in. */
    private static List<ObservationDuty> due(Course course, Rules rules, int followUps, LocalDate today) {
        return ObservationPolicy.due(course, rules, new Done(BOTH, followUps, TravelProof.NOT_ASKED), today.atTime(22, 0));
    }

    @org.junit.jupiter.api.Test
    void dueToday_isWhatIsNotDone() {
        assertEquals(List.of(ObservationDuty.FOLLOW_UP), due(course(14), RULES, 0, onDay(5)));
        assertEquals(List.of(), due(course(14), RULES, 1, onDay(6)));
        assertEquals(List.of(ObservationDuty.FOLLOW_UP), due(course(14), TWO_FOLLOW_UPS, 1, onDay(6)));
        assertEquals(List.of(ObservationDuty.FOLLOW_UP, ObservationDuty.TEST), due(course(14), RULES, 0, onDay(7)));
        assertEquals(List.of(ObservationDuty.TEST), due(course(14), RULES, 1, onDay(9)), "overdue is still due");
        assertEquals(List.of(ObservationDuty.RELEASE), due(course(14, 7, 14), RULES, 1, onDay(15)));
    }

    @ParameterizedTest
    @CsvSource({"08:59:59, '', ''", "09:00, '', MORNING", "09:00, MORNING, ''", "14:59:59, MORNING, ''", "15:00, MORNING, AFTERNOON",
        "23:59, '', MORNING AFTERNOON", "23:59, AFTERNOON, MORNING", "12:00, AFTERNOON, MORNING"})
    void report_isDueFromTheHourOfItsRound(LocalTime now, String reported, String due) {
        var done = rounds(reported);
        assertEquals(rounds(due), EnumSet.copyOf(withNone(ObservationPolicy.roundsDue(RULES, done, now))));
        assertEquals(!due.isEmpty(), ObservationPolicy.due(course(14), RULES, new Done(done, 1, TravelProof.NOT_ASKED), FIRST.atTime(now))
                .contains(ObservationDuty.REPORT));
    }

    private static Set<Round> rounds(String names) {
        var rounds = EnumSet.noneOf(Round.class);
        Stream.of(names.split(" ")).filter(name -> !name.isEmpty()).map(Round::valueOf).forEach(rounds::add);
        return rounds;
    }

    private static java.util.Collection<Round> withNone(List<Round> rounds) {
        return rounds.isEmpty() ? EnumSet.noneOf(Round.class) : rounds;
    }

    @ParameterizedTest
    @EnumSource(ObservationDuty.class)
    void everyDuty_isToldToWhoeverMustSeeToIt(ObservationDuty duty) {
        var told = Stream.of(Told.values()).filter(whom -> ObservationPolicy.count(List.of(duty), whom) == 1).toList();
        assertEquals(switch (duty) {
            case REPORT -> List.of();
            case FOLLOW_UP -> List.of(Told.VISITOR);
            case TEST, PROOF -> List.of(Told.HOME, Told.OFFICE);
            case RELEASE -> List.of(Told.OFFICE);
        }, told);
    }

    @ParameterizedTest
    @EnumSource(TravelProof.class)
    void proof_isDueWhereItIsMissing(TravelProof proof) {
        var due = ObservationPolicy.due(course(14), RULES, new Done(BOTH, 1, proof), FIRST.atTime(22, 0));
        assertEquals(proof == TravelProof.MISSING ? List.of(ObservationDuty.PROOF) : List.of(), due);
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void role_entersWhatIsItsOwn(Role role) {
        var expected = switch (role) {
            case OFFICE -> List.of(ObservationEvent.FOLLOW_UP, ObservationEvent.TEST, ObservationEvent.WITHDRAW_TEST, ObservationEvent.RELEASE);
            case GRID_WORKER -> List.of(ObservationEvent.FOLLOW_UP);
            case RESIDENT, GUARD, DISPATCHER, REPAIRMAN, HEALTH_CENTRE, SUBDISTRICT, ADMIN -> List.of();
        };
        assertEquals(expected, ObservationPolicy.possible(List.of(role), ObservationState.OPEN, course(14, 14), onDay(15)));
        assertEquals(List.of(), ObservationPolicy.possible(List.of(role), ObservationState.RELEASED, course(14, 14), onDay(15)));
    }

    @org.junit.jupiter.api.Test
    void transfer_isForAPositiveTestOnly() {
        assertEquals(List.of(ObservationEvent.FOLLOW_UP, ObservationEvent.TEST),
                ObservationPolicy.possible(List.of(Role.OFFICE), ObservationState.OPEN, course(14), onDay(1)), "no test to take back");
        assertEquals(List.of(ObservationEvent.FOLLOW_UP, ObservationEvent.TEST, ObservationEvent.WITHDRAW_TEST, ObservationEvent.TRANSFER),
                ObservationPolicy.possible(List.of(Role.OFFICE), ObservationState.OPEN, withPositive(course(14, 14), 3), onDay(15)));
    }
}
