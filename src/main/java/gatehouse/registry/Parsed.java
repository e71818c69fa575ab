package gatehouse.registry;

import java.util.List;
import java.util.Optional;

/** What became of a written value: the value, or the fault to tell its writer. */
public sealed interface Parsed<T> {

    record Good<T>(T value) implements Parsed<T> {}

    /** @param args fill the fault's template; never a whole ID number or phone */
    record Bad<T>(RosterFault fault, List<String> args) implements Parsed<T> {}

    static <T> Parsed<T> good(T value) {
        return new Good<>(value);
    }

    static <T> Parsed<T> bad(RosterFault fault, String... args) {
        return new Bad<>(fault, List.of(args));
    }

    default Optional<T> toOptional() {
        return switch (this) {
            case Good<T>(T value) -> Optional.of(value);
            case Bad<T> bad -> Optional.empty();
        };
    }
}
