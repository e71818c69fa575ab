package gatehouse.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.password4j.Argon2Function;
import com.password4j.Password;
import com.password4j.types.Argon2;
import gatehouse.http.Caller;
import gatehouse.kernel.Await;
import gatehouse.kernel.Problem;
import gatehouse.kernel.ProblemType;
import gatehouse.kernel.Role;
import gatehouse.support.Given;
import gatehouse.support.TestClock;
import gatehouse.support.TestDatabase;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LoginTest {
    private static final TestDatabase DATABASE = TestDatabase.fresh();
    private static final SourceAddress HOME = SourceAddress.of("10.0.0.1");
    private static final SourceAddress ELSEWHERE = SourceAddress.of("203.0.113.9");
    private static final AtomicInteger NUMBER = new AtomicInteger(10_000);
    private static TestClock clock;
    private static IdentityGiven given;
    private static UUID compound;

    private String phone;
    private UUID account;

    @BeforeAll
    static void open() {
        clock = new TestClock("2026-11-22T09:30:00+08:00");
        given = new IdentityGiven(DATABASE, clock);
        compound = new Given(DATABASE).compound("阳光花园").id();
    }

    @AfterAll
    static void close() {
        given.close();
    }

    @BeforeEach
    void anAccount() {
        phone = "138000" + NUMBER.incrementAndGet();
        account = given.account(compound, phone, new RoleGrant(Role.DISPATCHER, Reach.COMPOUND, compound));
        clock.move(Duration.ofHours(2));
    }

    private static ProblemType refused(org.junit.jupiter.api.function.Executable work) {
        return assertThrows(Problem.class, work).type();
    }

    private Problem wrong(SourceAddress source) {
        return assertThrows(Problem.class, () -> given.actions.logIn(phone, "wrong", source));
    }

    private static Caller caller(String accessToken) {
        return Await.on(given.authenticator.callerOf(accessToken));
    }

    @Test
    void logIn_rightPassword_givesTokensThatTheDoorTakes() {
        var signedIn = given.actions.logIn(" +86 " + phone, IdentityGiven.PASSWORD, HOME);
        var caller = caller(signedIn.accessToken());
        assertEquals(account, caller.accountId());
        assertEquals(compound, caller.compoundId());
        assertTrue(caller.scopeBy(java.util.Set.of(Role.DISPATCHER)).seesWholeCompound(compound));
    }

    @Test
    void logIn_wrongPasswordUnknownPhoneOrNoPhone_isTheSameProblem() {
        assertEquals(ProblemType.WRONG_CREDENTIALS, wrong(HOME).type());
        assertEquals(ProblemType.WRONG_CREDENTIALS, refused(() -> given.actions.logIn("13700000000", IdentityGiven.PASSWORD, HOME)));
        assertEquals(ProblemType.WRONG_CREDENTIALS, refused(() -> given.actions.logIn("no phone", IdentityGiven.PASSWORD, HOME)));
    }

    /** The hash is nearly all that a login costs, so the time tells nothing where it is computed either way. */
    @Test
    void logIn_unknownPhone_costsAHashLikeAWrongPassword() {
        assertEquals(1, hashesOf(() -> wrong(HOME)));
        assertEquals(1, hashesOf(() -> refused(() -> given.actions.logIn("13700000001", "wrong", HOME))));
    }

    private long hashesOf(Runnable work) {
        long before = given.passwords.computed();
        work.run();
        // A worker counts its task a moment after it has handed over the result.
        for (int pause = 0; pause < 100 && given.passwords.computed() == before; pause++) {
            Thread.yield();
            java.util.concurrent.locks.LockSupport.parkNanos(1_000_000);
        }
        return given.passwords.computed() - before;
    }

    @Test
    void logIn_afterFiveFailures_waitsEvenWithTheRightPasswordAndThenSucceeds() {
        for (int i = 0; i < 5; i++) {
            assertEquals(ProblemType.WRONG_CREDENTIALS, wrong(ELSEWHERE).type());
        }
        var refusal = assertThrows(Problem.class, () -> given.actions.logIn(phone, IdentityGiven.PASSWORD, ELSEWHERE));
        assertEquals(ProblemType.TOO_MANY_ATTEMPTS, refusal.type());
        assertEquals(10L, refusal.extensions().get("retryAfter"));
        clock.move(Duration.ofSeconds(10));
        given.actions.logIn(phone, IdentityGiven.PASSWORD, ELSEWHERE);
        assertEquals(ProblemType.WRONG_CREDENTIALS, wrong(ELSEWHERE).type(), "forgotten by the success");
    }

    @Test
    void logIn_unknownPhone_isSlowedJustAsAKnownOne() {
        for (int i = 0; i < 5; i++) {
            refused(() -> given.actions.logIn("13700000002", "wrong", ELSEWHERE));
        }
        assertEquals(ProblemType.TOO_MANY_ATTEMPTS, refused(() -> given.actions.logIn("13700000002", "wrong", ELSEWHERE)));
    }

    @Test
    void logIn_hundredGuessesAtOnce_fiveAreJudged() throws InterruptedException {
        var outcomes = Together.run(100, () -> given.actions.logIn(phone, "wrong", ELSEWHERE));
        assertEquals(5, outcomes.stream().filter(each -> each instanceof Problem it && it.type() == ProblemType.WRONG_CREDENTIALS).count());
        assertEquals(95, outcomes.stream().filter(each -> each instanceof Problem it && it.type() == ProblemType.TOO_MANY_ATTEMPTS).count());
    }

    @Test
    void logIn_whereOneLoggedInBefore_isNotSlowedByOthersFailures() {
        given.actions.logIn(phone, IdentityGiven.PASSWORD, HOME);
        for (int i = 0; i < 8; i++) {
            wrong(ELSEWHERE);
        }
        assertEquals(ProblemType.TOO_MANY_ATTEMPTS, wrong(ELSEWHERE).type());
        given.actions.logIn(phone, IdentityGiven.PASSWORD, HOME);
    }

    @Test
    void logIn_whereOneLoggedInBefore_isSlowedByOnesOwnFailures() {
        given.actions.logIn(phone, IdentityGiven.PASSWORD, HOME);
        for (int i = 0; i < 5; i++) {
            assertEquals(ProblemType.WRONG_CREDENTIALS, wrong(HOME).type());
        }
        assertEquals(ProblemType.TOO_MANY_ATTEMPTS, wrong(HOME).type());
    }

    @Test
    void logIn_manyNeighboursMistypeBehindOneAddress_othersStillComeIn() {
        var nat = SourceAddress.of("198.51.100." + NUMBER.incrementAndGet() % 200);
        for (int i = 0; i < 40; i++) {
            int neighbour = i;
            refused(() -> given.actions.logIn("136000%05d".formatted(neighbour), "wrong", nat));
        }
        given.actions.logIn(phone, IdentityGiven.PASSWORD, nat);
    }

    @Test
    void logIn_behindAnAddressThatFailsAllTheTime_isLetThroughInATrickle_andAtOnceWhereOneIsKnown() {
        var nat = SourceAddress.of("192.0.2.77");
        var neighbour = "138000" + NUMBER.incrementAndGet();
        given.account(compound, neighbour, new RoleGrant(Role.DISPATCHER, Reach.COMPOUND, compound));
        given.actions.refresh(given.logIn(neighbour).refreshToken(), nat);
        given.database.transact(tx -> {
            given.guessStore.lock(tx, GuessPolicy.Subject.SOURCE, natHash(nat), clock.business().now());
            given.guessStore.keep(tx, GuessPolicy.Subject.SOURCE, natHash(nat), new GuessPolicy.Counter(5_000, clock.business().now(), clock.business().now()));
            return nat;
        });
        assertEquals(ProblemType.TOO_MANY_ATTEMPTS, refused(() -> given.actions.logIn(phone, IdentityGiven.PASSWORD, nat)));
        given.actions.logIn(neighbour, IdentityGiven.PASSWORD, nat);
        clock.move(Duration.ofSeconds(2));
        assertEquals(ProblemType.WRONG_CREDENTIALS, wrong(nat).type());
        clock.move(Duration.ofSeconds(2));
        var blamed = wrong(nat);
        assertEquals(ProblemType.TOO_MANY_ATTEMPTS, blamed.type());
        assertTrue((long) blamed.extensions().get("retryAfter") > 600, "who failed there themselves waits for the end of the window");
    }

    private static byte[] natHash(SourceAddress source) {
        return new Guesses(given.guessStore, given.keys).hashOf(source);
    }

    @Test
    void logIn_olderHash_isMadeAnewAndStillMatches() {
        var old = Password.hash(IdentityGiven.PASSWORD).addRandomSalt(16).with(Argon2Function.getInstance(4_096, 1, 1, 32, Argon2.ID)).getResult();
        given.database.transact(tx -> given.store.replacePassword(tx, compound, account, given.store.passwordHash(tx, compound, account).orElseThrow(), old));
        given.actions.logIn(phone, IdentityGiven.PASSWORD, HOME);
        var now = given.database.transact(tx -> given.store.passwordHash(tx, compound, account)).orElseThrow();
        assertNotEquals(old, now);
        assertFalse(given.passwords.isOutdated(now));
        given.actions.logIn(phone, IdentityGiven.PASSWORD, HOME);
    }

    /** The reset commits after the password was judged and before the session is opened. */
    @Test
    void logIn_underWayWhileThePasswordIsReset_opensNothing() throws Exception {
        try (var resetting = DATABASE.connect(); var watching = DATABASE.connect(); var threads = java.util.concurrent.Executors.newVirtualThreadPerTaskExecutor()) {
            resetting.setAutoCommit(false);
            resetting.createStatement().executeUpdate("update account set password_hash = null where id = '" + account + "'");
            var login = threads.submit(() -> refused(() -> given.actions.logIn(phone, IdentityGiven.PASSWORD, HOME)));
            boolean waits = false;
            while (!waits && !login.isDone()) {
                try (var row = watching.createStatement().executeQuery(
                        "select exists (select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock')")) {
                    row.next();
                    waits = row.getBoolean(1);
                }
            }
            resetting.commit();
            assertEquals(ProblemType.WRONG_CREDENTIALS, login.get());
        }
    }

    @Test
    void changePassword_endsOtherSessionsAndKeepsThisOne() {
        var here = given.logIn(phone);
        var there = given.logIn(phone);
        given.actions.changePassword(caller(here.accessToken()), IdentityGiven.PASSWORD, "another horse");
        caller(here.accessToken());
        assertEquals(ProblemType.SESSION_ENDED, refused(() -> caller(there.accessToken())));
        assertEquals(ProblemType.SESSION_ENDED, refused(() -> given.refresh(there.refreshToken())));
        assertEquals(ProblemType.WRONG_CREDENTIALS, refused(() -> given.logIn(phone)));
        given.actions.logIn(phone, "another horse", HOME);
    }

    @Test
    void changePassword_wrongPresentOne_namesTheFieldAndIsSlowed() {
        var caller = caller(given.logIn(phone).accessToken());
        for (int i = 0; i < 5; i++) {
            var problem = assertThrows(Problem.class, () -> given.actions.changePassword(caller, "wrong", "another horse"));
            assertEquals("/password", problem.errors().getFirst().pointer());
        }
        assertEquals(ProblemType.TOO_MANY_ATTEMPTS, refused(() -> given.actions.changePassword(caller, IdentityGiven.PASSWORD, "another horse")));
    }

    @Test
    void callerOf_afterLogOut_isRefusedAtOnce() {
        var signedIn = given.logIn(phone);
        var caller = caller(signedIn.accessToken());
        given.actions.logOut(caller);
        assertEquals(ProblemType.SESSION_ENDED, refused(() -> caller(signedIn.accessToken())));
        assertEquals(ProblemType.SESSION_ENDED, refused(() -> given.refresh(signedIn.refreshToken())));
    }

    @Test
    void callerOf_sessionOfAnotherCompound_isRefused() {
        var mine = given.logIn(phone);
        var claims = given.tokens.verify(mine.accessToken()).orElseThrow();
        var profile = given.store.profile(given.database, compound, account).orElseThrow();
        var elsewhere = new Profile(profile.id(), profile.name(), new Profile.Ref(UUID.randomUUID(), "月桂苑"), profile.version(), false,
                Optional.empty(), Optional.empty(), profile.grants());
        var forged = given.tokens.issue(elsewhere, claims.sessionId(), clock.instant());
        assertEquals(ProblemType.SESSION_ENDED, refused(() -> caller(forged)));
    }

    @Test
    void callerOf_manyAtOnce_eachGetsTheirOwn() throws InterruptedException {
        var other = "138000" + NUMBER.incrementAndGet();
        var otherAccount = given.account(compound, other, new RoleGrant(Role.REPAIRMAN, Reach.COMPOUND, compound));
        var one = given.logIn(phone).accessToken();
        var two = given.logIn(other).accessToken();
        var next = new AtomicInteger();
        var outcomes = Together.run(600, () -> {
            boolean first = next.getAndIncrement() % 2 == 0;
            return caller(first ? one : two).accountId().equals(first ? account : otherAccount);
        });
        assertEquals(600, outcomes.stream().filter(Boolean.TRUE::equals).count());
    }

    @Test
    void refresh_rotates_andTheSessionGoesOnForThirtyDays() {
        var first = given.logIn(phone);
        clock.move(Duration.ofDays(29));
        var second = given.refresh(first.refreshToken());
        assertNotEquals(first.refreshToken(), second.refreshToken());
        caller(second.accessToken());
        clock.move(Duration.ofDays(29));
        var third = given.refresh(second.refreshToken());
        clock.move(Duration.ofDays(30));
        assertEquals(ProblemType.SESSION_ENDED, refused(() -> given.refresh(third.refreshToken())));
    }

    @Test
    void refresh_replyLost_givesTheSameSuccessorWithinAMinute() {
        var first = given.logIn(phone);
        var lost = given.refresh(first.refreshToken());
        clock.move(Duration.ofSeconds(60));
        var again = given.refresh(first.refreshToken());
        assertEquals(lost.refreshToken(), again.refreshToken());
        caller(again.accessToken());
        caller(given.refresh(again.refreshToken()).accessToken());
    }

    @Test
    void refresh_oldTokenAfterTheGrace_endsTheSessionForEverybody() {
        var first = given.logIn(phone);
        var second = given.refresh(first.refreshToken());
        clock.move(Duration.ofSeconds(61));
        assertEquals(ProblemType.SESSION_ENDED, refused(() -> given.refresh(first.refreshToken())));
        assertEquals(ProblemType.SESSION_ENDED, refused(() -> caller(second.accessToken())));
        assertEquals(ProblemType.SESSION_ENDED, refused(() -> given.refresh(second.refreshToken())));
    }

    @Test
    void refresh_fiftyAtOnceWithTheSameToken_allGetTheSameSuccessorAndTheSessionLives() throws InterruptedException {
        var first = given.logIn(phone);
        var outcomes = Together.run(50, () -> given.refresh(first.refreshToken()).refreshToken());
        assertEquals(1, outcomes.stream().distinct().count(), outcomes.toString());
        caller(given.refresh((String) outcomes.getFirst()).accessToken());
    }

    @Test
    void refresh_whatIsNoTokenOrOfNoSession_isRefused() {
        var good = RefreshToken.read(given.logIn(phone).refreshToken()).orElseThrow();
        for (var text : new String[] {"", "x", "é", RefreshToken.first(compound, UUID.randomUUID()).text(),
            RefreshToken.first(UUID.randomUUID(), good.sessionId()).text()}) {
            assertEquals(ProblemType.SESSION_ENDED, refused(() -> given.refresh(text)));
        }
        caller(given.refresh(good.text()).accessToken());
    }

    @Test
    void sweep_longAfterwards_leavesNothingButTheLiving() {
        var signedIn = given.logIn(phone);
        wrong(ELSEWHERE);
        clock.move(Duration.ofDays(61));
        var alive = given.logIn(phone);
        var jobs = new IdentityJobs(given.database, clock.business(), given.sessionStore, given.guessStore, given.invitationStore);
        assertTrue(jobs.sweep() >= 2);
        assertEquals(0, jobs.sweep());
        caller(alive.accessToken());
        assertEquals(ProblemType.SESSION_ENDED, refused(() -> given.refresh(signedIn.refreshToken())));
    }
}
