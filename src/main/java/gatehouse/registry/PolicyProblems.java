package gatehouse.registry;

import gatehouse.kernel.FieldFault;
import gatehouse.kernel.Problem;
import gatehouse.kernel.Problem.FieldError;
import java.util.List;

/** Refused policy values as the API says it. */
final class PolicyProblems {

    private PolicyProblems() {}

    static Problem of(List<PolicyRules.Fault> faults) {
        return Problem.badInput(faults.stream().map(PolicyProblems::error).toList());
    }

    private static FieldError error(PolicyRules.Fault fault) {
        String pointer = "/values/" + fault.key().replace("~", "~0").replace("/", "~1");
        return switch (fault) {
            case PolicyRules.Fault.Unknown unknown -> new FieldError(pointer, FieldFault.UNKNOWN_FIELD, List.of());
            case PolicyRules.Fault.NotWrittenAs(var key, var unit) -> miswritten(pointer, unit);
            case PolicyRules.Fault.OutOfRange(var key, var least, var most) ->
                    new FieldError(pointer, FieldFault.OUT_OF_RANGE, List.of(least, most));
            case PolicyRules.Fault.Before(var key, var other) -> new FieldError(pointer, FieldFault.TOO_SMALL, List.of(other));
        };
    }

    private static FieldError miswritten(String pointer, PolicyUnit unit) {
        return switch (unit) {
            case TIME_OF_DAY -> new FieldError(pointer, FieldFault.WRONG_FORMAT, List.of("HH:mm"));
            case TENTHS_OF_CELSIUS -> new FieldError(pointer, FieldFault.NOT_MULTIPLE, List.of("0.1"));
            case CONTROL_LEVEL, DECIDER, YES_NO -> new FieldError(pointer, FieldFault.NOT_LISTED, List.of(String.join(", ", PolicyRules.words(unit))));
            case MINUTES, HOURS, DAYS, WORKING_DAYS, YEARS, PERCENT, PEOPLE, TIMES, COUNT, CODE -> new FieldError(pointer, FieldFault.WRONG_TYPE, List.of(FieldFault.Kind.INTEGER));
        };
    }
}
