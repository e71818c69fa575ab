package gatehouse.kernel;

import java.util.Optional;
import java.util.function.Function;

/** A request that must take effect once: its key, if the client sent one, and how its result is written. */
public record Once<T>(Optional<IdempotencyKey> key, Function<T, Answer> renderer) {
    public Answer render(T result) {
        return renderer.apply(result);
    }
}
