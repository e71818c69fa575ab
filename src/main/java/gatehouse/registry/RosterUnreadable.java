package gatehouse.registry;

import gatehouse.kernel.Language;
import gatehouse.kernel.Problem;
import gatehouse.kernel.ProblemType;
import java.util.List;

/** The whole file cannot be taken as a roster, and why. */
final class RosterUnreadable extends Exception {

    private static final long serialVersionUID = 1L;

    private final RosterFault fault;
    private final transient List<String> args;

    RosterUnreadable(RosterFault fault, String... args) {
        super(fault.name());
        this.fault = fault;
        this.args = List.of(args);
    }

    RosterUnreadable(RosterFault fault, Throwable cause) {
        super(fault.name(), cause);
        this.fault = fault;
        this.args = List.of();
    }

    RosterFault fault() {
        return fault;
    }

    String text(Language language) {
        return fault.text(language, args);
    }

    /** As the API says it. */
    Problem problem() {
        ProblemType.Worded words = this::text;
        if (fault == RosterFault.TOO_LARGE) {
            return Problem.of(ProblemType.TOO_LARGE, args.getFirst() + " MB");
        }
        if (fault == RosterFault.NOT_A_SPREADSHEET) {
            return Problem.of(ProblemType.WRONG_MEDIA_TYPE, "CSV, .xlsx");
        }
        return Problem.of(ProblemType.UNREADABLE_FILE, words);
    }
}
