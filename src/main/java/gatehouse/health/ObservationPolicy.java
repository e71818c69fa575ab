package gatehouse.health;

import gatehouse.health.ObservationEntry.Test;
import gatehouse.kernel.Role;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The rules of home observation, as pure functions of its course and today. */
final class ObservationPolicy {
    private ObservationPolicy() {
    }

    /** The policy values of a compound that it follows; the rounds are measured at these hours. */
    record Rules(int testEveryDays, int followUpsADay, int lookbackDays, LocalTime morningAt, LocalTime afternoonAt) {
        private LocalTime measuredAt(Round round) {
            return switch (round) {
                case MORNING -> morningAt;
                case AFTERNOON -> afternoonAt;
            };
        }
    }

    /**
     * From when, for how many full days, and the tests so far.
     *
     * @param tests that staff entered and did not withdraw
     * @param told  that the home told of since it began
     */
    record Course(LocalDate startsOn, int days, List<Test> tests, List<Test> told) {
        LocalDate endsOn() {
            return startsOn.plusDays(days);
        }

        LocalDate lastDay() {
            return endsOn().minusDays(1);
        }

        boolean hasPositive() {
            return tests.stream().anyMatch(test -> test.result() == TestResult.POSITIVE) || told.stream().anyMatch(this::isPositiveAndUnanswered);
        }

        /** What staff entered of the same day, from the laboratory, stands in place of what the home told. */
        private boolean isPositiveAndUnanswered(Test test) {
            return test.result() == TestResult.POSITIVE && tests.stream().noneMatch(entered -> entered.takenOn().equals(test.takenOn()));
        }

        private Optional<LocalDate> lastTested() {
            return tests.stream().map(Test::takenOn).max(LocalDate::compareTo);
        }
    }

    /** From which day on a test belongs to an observation: the one that it began with may have been taken before. */
    static LocalDate testsFrom(LocalDate startsOn, Rules rules) {
        return startsOn.minusDays(rules.lookbackDays);
    }

    /** What becomes of the wish to release somebody. */
    sealed interface Release {
        record Now() implements Release {
        }

        record TooEarly(LocalDate possibleOn) implements Release {
        }

        /** The test before release is missing; {@code from} when it may be taken. */
        record NotTested(LocalDate from) implements Release {
        }

        record Positive() implements Release {
        }
    }

    /** Which day of the observation it is: 1 on its first, at most all of them. */
    static int day(Course course, LocalDate today) {
        return (int) Math.clamp(ChronoUnit.DAYS.between(course.startsOn, today) + 1, 1, course.days);
    }

    /** When the next test is due: so many days after the one before, or after the beginning; at the latest on the last day. */
    static Optional<LocalDate> testDueOn(Course course, Rules rules) {
        var begun = course.startsOn.minusDays(1);
        var before = course.lastTested().filter(taken -> taken.isAfter(begun)).orElse(begun);
        if (!before.isBefore(course.lastDay())) {
            return Optional.empty();
        }
        var next = before.plusDays(rules.testEveryDays);
        return Optional.of(next.isBefore(course.lastDay()) ? next : course.lastDay());
    }

    /** It ends on its date only, with a test on the last day or later and all tests negative. */
    static Release release(Course course, LocalDate today) {
        if (today.isBefore(course.endsOn())) {
            return new Release.TooEarly(course.endsOn());
        }
        if (course.hasPositive()) {
            return new Release.Positive();
        }
        boolean testedAtTheEnd = course.lastTested().filter(taken -> !taken.isBefore(course.lastDay())).isPresent();
        return testedAtTheEnd ? new Release.Now() : new Release.NotTested(course.lastDay());
    }

    /** What was done today, and whether the test that returning residents show is on record where it is asked for. */
    record Done(Set<Round> reported, int followUps, TravelProof proof) {
    }

    /** The rounds of today whose hour has come and that are not reported. */
    static List<Round> roundsDue(Rules rules, Set<Round> reported, LocalTime now) {
        return Stream.of(Round.values()).filter(round -> !now.isBefore(rules.measuredAt(round)) && !reported.contains(round)).toList();
    }

    /** What is due today and not done. */
    static List<ObservationDuty> due(Course course, Rules rules, Done done, LocalDateTime now) {
        var due = new ArrayList<ObservationDuty>();
        var today = now.toLocalDate();
        if (!roundsDue(rules, done.reported, now.toLocalTime()).isEmpty()) {
            due.add(ObservationDuty.REPORT);
        }
        if (done.followUps < rules.followUpsADay) {
            due.add(ObservationDuty.FOLLOW_UP);
        }
        if (testDueOn(course, rules).filter(on -> !on.isAfter(today)).isPresent()) {
            due.add(ObservationDuty.TEST);
        }
        if (done.proof == TravelProof.MISSING) {
            due.add(ObservationDuty.PROOF);
        }
        if (release(course, today) instanceof Release.Now) {
            due.add(ObservationDuty.RELEASE);
        }
        return due;
    }

    /** Who is told of what is due: the home, who visits it, the office. */
    enum Told {
        HOME, VISITOR, OFFICE
    }

    /** How many of the duties somebody is told of in the morning; reports have reminders of their own. */
    static int count(List<ObservationDuty> due, Told whom) {
        return (int) due.stream().filter(duty -> switch (duty) {
            case REPORT -> false;
            case FOLLOW_UP -> whom == Told.VISITOR;
            case TEST, PROOF -> whom != Told.VISITOR;
            case RELEASE -> whom == Told.OFFICE;
        }).count();
    }

    static boolean may(Role role, ObservationEvent event) {
        return switch (role) {
            case OFFICE -> true;
            case GRID_WORKER -> event == ObservationEvent.FOLLOW_UP;
            case RESIDENT, GUARD, DISPATCHER, REPAIRMAN, HEALTH_CENTRE, SUBDISTRICT, ADMIN -> false;
        };
    }

    /** What somebody with these roles over the resident may enter now. */
    static List<ObservationEvent> possible(Collection<Role> roles, ObservationState state, Course course, LocalDate today) {
        if (state != ObservationState.OPEN) {
            return List.of();
        }
        var events = new ArrayList<>(List.of(ObservationEvent.FOLLOW_UP, ObservationEvent.TEST));
        if (!course.tests.isEmpty()) {
            events.add(ObservationEvent.WITHDRAW_TEST);
        }
        if (release(course, today) instanceof Release.Now) {
            events.add(ObservationEvent.RELEASE);
        }
        if (course.hasPositive()) {
            events.add(ObservationEvent.TRANSFER);
        }
        events.removeIf(event -> roles.stream().noneMatch(role -> may(role, event)));
        return events;
    }
}
