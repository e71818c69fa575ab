package gatehouse.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.password4j.Argon2Function;
import com.password4j.Password;
import com.password4j.types.Argon2;
import gatehouse.kernel.Problem;
import gatehouse.kernel.ProblemType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class PasswordsTest {
    @Test
    void matches_onlyTheRightPassword_alsoInFullWidth() {
        try (var passwords = new Passwords()) {
            var hash = passwords.hash("correct horse 1");
            assertTrue(hash.startsWith("$argon2id$v=19$m=19456,t=2,p=1$"), hash);
            assertTrue(passwords.matches("correct horse 1", Optional.of(hash)));
            assertTrue(passwords.matches("correct horse １", Optional.of(hash)));
            assertFalse(passwords.matches("correct horse 2", Optional.of(hash)));
            assertFalse(passwords.matches("correct horse 1", Optional.empty()));
            assertFalse(passwords.isOutdated(hash));
        }
    }

    @Test
    void nobodysHash_hasTodaysParameters_soThatItTakesAsLong() {
        try (var passwords = new Passwords()) {
            assertFalse(passwords.isOutdated(Passwords.NOBODYS));
        }
    }

    @Test
    void isOutdated_hashOfOtherParameters_isTrueAndStillMatches() {
        try (var passwords = new Passwords()) {
            var old = Password.hash("correct horse").addRandomSalt(16).with(Argon2Function.getInstance(4_096, 1, 1, 32, Argon2.ID)).getResult();
            assertTrue(passwords.isOutdated(old));
            assertTrue(passwords.matches("correct horse", Optional.of(old)));
        }
    }

    @Test
    void hash_moreAtOnceThanTheQueueHolds_isOverloadedWithRetryAfter() throws InterruptedException {
        try (var passwords = new Passwords(1, 2); var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var all = new ArrayList<Future<String>>();
            for (int i = 0; i < 40; i++) {
                all.add(threads.submit(() -> passwords.hash("correct horse")));
            }
            int done = 0;
            for (var each : all) {
                try {
                    each.get();
                    done++;
                } catch (ExecutionException refused) {
                    var problem = (Problem) refused.getCause();
                    assertEquals(ProblemType.OVERLOADED, problem.type());
                    assertEquals(2, problem.extensions().get("retryAfter"));
                }
            }
            assertTrue(done >= 3 && done < 40, "done " + done);
        }
    }

    @Test
    void close_thenHash_isRefusedRatherThanHanging() {
        var passwords = new Passwords();
        passwords.close();
        assertEquals(List.of(ProblemType.OVERLOADED), List.of(assertThrows(Problem.class, () -> passwords.hash("correct horse")).type()));
    }
}
