package gatehouse.kernel;

import org.jspecify.annotations.Nullable;

/**
 * Why the process cannot start or go on, in words for the operator: what is wrong and what to do instead.
 * {@code Main} prints the message alone; the cause goes to the log only at level DEBUG.
 */
public final class StartFailure extends RuntimeException {

    public StartFailure(String message) {
        this(message, null);
    }

    public StartFailure(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
