package gatehouse.outing;

import gatehouse.kernel.Problem;
import gatehouse.kernel.ProblemType;
import gatehouse.outing.OutingPolicy.Verdict;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Refused passes as the API says it. */
final class PassProblems {
    private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("H:mm");

    private PassProblems() {
    }

    static Problem of(Verdict.Refused refused) {
        var problem = of(refused.rule(), refused.rounds());
        Optional<Problem> dated = refused.possibleFrom().map(from -> problem.with("possibleFrom", from));
        return dated.orElse(problem);
    }

    static Problem of(PassRule rule, List<LocalTime> rounds) {
        return switch (rule) {
            case REPORT_MISSING -> Problem.of(ProblemType.REPORT_MISSING, rounds.stream().map(HOUR::format).collect(Collectors.joining(" / ")));
            case SLOT_PAST -> Problem.of(ProblemType.SLOT_PAST);
            case SLOT_FULL -> Problem.of(ProblemType.SLOT_FULL);
            case NOT_THE_BUYER -> Problem.of(ProblemType.NOT_THE_BUYER);
            case NOT_PERMITTED_AGE -> Problem.of(ProblemType.NOT_PERMITTED_AGE);
            case QUOTA_USED -> Problem.of(ProblemType.QUOTA_USED);
            case UNDER_OBSERVATION -> Problem.of(ProblemType.UNDER_OBSERVATION);
            case ALERT_OPEN -> Problem.of(ProblemType.ALERT_OPEN);
            case LEVEL_SEALED -> Problem.of(ProblemType.LEVEL_SEALED);
        };
    }
}
