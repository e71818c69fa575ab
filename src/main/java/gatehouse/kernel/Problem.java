package gatehouse.kernel;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Why a request could not be done, as the caller shall read it: thrown anywhere below a route, written once as
 * {@code application/problem+json} (RFC 9457) by the problem handler.
 */
public final class Problem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient ProblemType type;
    private final transient List<Object> details;
    private final transient List<FieldError> errors;
    private final transient Map<String, Object> extensions;

    /** One bad field: where ({@code pointer}, RFC 6901, or {@code ?name} for a query parameter), what fault, and the fault's numbers. */
    public record FieldError(String pointer, FieldFault fault, List<Object> arguments) {
        public String detail(Language language) {
            return fault.text(language, arguments.toArray());
        }
    }

    private Problem(ProblemType type, List<Object> details, List<FieldError> errors, Map<String, Object> extensions) {
        super(type.slug(), null, false, false);
        this.type = type;
        this.details = details;
        this.errors = errors;
        this.extensions = extensions;
    }

    /** A problem of this type; {@code details} fill the places of its detail text. */
    public static Problem of(ProblemType type, Object... details) {
        return new Problem(type, List.of(details), List.of(), Map.of());
    }

    /** Bad input in one field, for instance {@code badField("/temperature", FieldFault.OUT_OF_RANGE, 34.0, 43.0)}. */
    public static Problem badField(String pointer, FieldFault fault, Object... arguments) {
        return badInput(List.of(new FieldError(pointer, fault, List.of(arguments))));
    }

    public static Problem badInput(List<FieldError> errors) {
        return new Problem(ProblemType.BAD_INPUT, List.of(), List.copyOf(errors), Map.of());
    }

    /** The same problem with one more member of its JSON object, such as {@code possibleFrom} or {@code retryAfter} (seconds). */
    public Problem with(String member, Object value) {
        var more = new LinkedHashMap<>(extensions);
        more.put(member, value);
        return new Problem(type, details, errors, Collections.unmodifiableMap(more));
    }

    public ProblemType type() {
        return type;
    }

    public String detail(Language language) {
        return type.detail(language, details.toArray());
    }

    public List<FieldError> errors() {
        return errors;
    }

    public Map<String, Object> extensions() {
        return extensions;
    }

    @Override
    public String getMessage() {
        return type.slug() + (errors.isEmpty() ? "" : " " + errors);
    }
}
