package gatehouse.identity;

import com.password4j.Argon2Function;
import com.password4j.Password;
import com.password4j.types.Argon2;
import gatehouse.kernel.Problem;
import gatehouse.kernel.ProblemType;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Argon2id with OWASP's parameters (19 MiB, two passes, one lane) on two threads of its own and a bounded queue: whoever comes
 * when it is full hears {@link ProblemType#OVERLOADED}, so that logging in can starve nothing else. Callers wait on virtual threads.
 */
final class Passwords implements AutoCloseable {
    private static final int THREADS = 2;
    private static final int QUEUE = 64;
    private static final int SALT_BYTES = 16;
    private static final Argon2Function FUNCTION = Argon2Function.getInstance(19_456, 2, 1, 32, Argon2.ID);

    /** Random bytes where a hash would be: no password has it, and checking against it takes as long as against anybody's. */
    static final String NOBODYS = "$argon2id$v=19$m=19456,t=2,p=1$DBk3DkwuT2eOt/s1peyfbQ$9ElJk6MEax7vR5RDMN9SMoZIxJ/gDrolEI+L9P8gEJ0";

    private final ThreadPoolExecutor workers;

    Passwords() {
        this(THREADS, QUEUE);
    }

    Passwords(int threads, int queue) {
        this.workers = new ThreadPoolExecutor(threads, threads, 1, TimeUnit.MINUTES, new ArrayBlockingQueue<>(queue),
                Thread.ofPlatform().name("password-", 1).daemon().factory());
    }

    /** A new hash in the PHC form, with its salt and parameters. */
    String hash(String password) {
        return onWorker(() -> Password.hash(PasswordPolicy.normal(password)).addRandomSalt(SALT_BYTES).with(FUNCTION).getResult());
    }

    /** True for the right password. Without a hash it takes as long and is false: nobody learns from the time who has an account. */
    boolean matches(String password, Optional<String> hash) {
        var against = hash.orElse(NOBODYS);
        boolean right = onWorker(() -> Password.check(PasswordPolicy.normal(password), against).with(Argon2Function.getInstanceFromHash(against)));
        return right && hash.isPresent();
    }

    /** True where a hash was made with other parameters than today's. */
    boolean isOutdated(String hash) {
        return !FUNCTION.equals(Argon2Function.getInstanceFromHash(hash));
    }

    /** How many hashes were computed or checked so far; what a login costs can be told from it. */
    long computed() {
        return workers.getCompletedTaskCount();
    }

    private <T> T onWorker(Callable<T> work) {
        try {
            return workers.submit(work).get();
        } catch (RejectedExecutionException full) {
            throw Problem.of(ProblemType.OVERLOADED).with("retryAfter", 2);
        } catch (ExecutionException failed) {
            throw new IllegalStateException(failed.getCause());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw Problem.of(ProblemType.UNAVAILABLE).with("retryAfter", 5);
        }
    }

    @Override
    public void close() {
        workers.shutdown();
    }
}
