package gatehouse.identity;

import gatehouse.http.Caller;
import gatehouse.identity.GuessPolicy.Subject;
import gatehouse.identity.Guesses.Tally;
import gatehouse.identity.IdentityStore.Login;
import gatehouse.kernel.BusinessClock;
import gatehouse.kernel.Database;
import gatehouse.kernel.FieldFault;
import gatehouse.kernel.KeyPurpose;
import gatehouse.kernel.KeyRing;
import gatehouse.kernel.Problem;
import gatehouse.kernel.ProblemType;
import gatehouse.kernel.Tx;
import gatehouse.registry.PersonalData;
import gatehouse.registry.PhoneNumber;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Logging in and what people do with their own account. */
final class IdentityActions {
    private final Database database;
    private final BusinessClock clock;
    private final KeyRing keys;
    private final PersonalData personalData;
    private final IdentityStore store;
    private final SessionStore sessionStore;
    private final GuessStore guessStore;
    private final ResetStore resets = new ResetStore();
    private final Guesses guesses;
    private final Passwords passwords;
    private final Sessions sessions;

    IdentityActions(Database database, BusinessClock clock, KeyRing keys, PersonalData personalData, IdentityStore store,
                    SessionStore sessionStore, GuessStore guessStore, Guesses guesses, Passwords passwords, Sessions sessions) {
        this.database = database;
        this.clock = clock;
        this.keys = keys;
        this.personalData = personalData;
        this.store = store;
        this.sessionStore = sessionStore;
        this.guessStore = guessStore;
        this.guesses = guesses;
        this.passwords = passwords;
        this.sessions = sessions;
    }

    /** A login that may be judged: whose it would be, and what it was counted by. */
    private record Attempt(Optional<Login> login, List<Tally> tallies) {
        Optional<String> passwordHash() {
            return login.filter(each -> !each.disabled()).flatMap(Login::passwordHash);
        }
    }

    /** The same problem and the same time whether the phone is unknown, its account shut, or the password wrong. */
    SignedIn logIn(String phone, String password, SourceAddress source) {
        var attempt = begin(phone, source, Subject.PHONE);
        boolean right = judged(attempt.tallies, () -> passwords.matches(password, attempt.passwordHash()));
        if (!right) {
            throw Problem.of(ProblemType.WRONG_CREDENTIALS);
        }
        var login = attempt.login.orElseThrow();
        var rehashed = attempt.passwordHash().filter(passwords::isOutdated).map(old -> passwords.hash(password));
        var now = clock.now();
        return database.transact(tx -> {
            guesses.succeeded(tx, attempt.tallies);
            guessStore.rememberSource(tx, login.compoundId(), login.accountId(), guesses.hashOf(source), now);
            rehashed.ifPresent(hash -> store.replacePassword(tx, login.compoundId(), login.accountId(), login.passwordHash().orElseThrow(), hash));
            var account = store.profile(tx, login.compoundId(), login.accountId()).filter(each -> !each.disabled())
                    .orElseThrow(() -> Problem.of(ProblemType.WRONG_CREDENTIALS));
            return sessions.open(tx, account, now);
        });
    }

    /** Sets a new password by a code that was given face to face; logs in. The same answer and time whatever was wrong. */
    SignedIn reset(String phone, ResetCode code, String newPassword, SourceAddress source) {
        requireStrong(newPassword, PhoneNumber.parse(phone).toOptional().map(PhoneNumber::reveal).orElse(phone), "/newPassword");
        var attempt = begin(phone, source, Subject.RESET);
        var hash = judged(attempt.tallies, () -> passwords.hash(newPassword));
        var now = clock.now();
        Optional<SignedIn> signedIn = database.transact(tx -> attempt.login.filter(each -> !each.disabled())
                .flatMap(login -> useReset(tx, new IdentityStore.Key(login.compoundId(), login.accountId()), code, hash, now))
                .map(account -> {
                    guesses.succeeded(tx, attempt.tallies);
                    guessStore.rememberSource(tx, account.compound().id(), account.id(), guesses.hashOf(source), now);
                    return sessions.open(tx, account, now);
                }));
        return signedIn.orElseThrow(() -> Problem.of(ProblemType.RESET_NOT_USABLE));
    }

    /** Empty rather than thrown, because a wrong code must be counted. */
    private Optional<Profile> useReset(Tx tx, IdentityStore.Key account, ResetCode code, String passwordHash, OffsetDateTime now) {
        var open = resets.lock(tx, account).filter(each -> ResetPolicy.isGood(each.expiresAt(), each.failures(), now));
        if (open.isEmpty()) {
            return Optional.empty();
        }
        if (!MessageDigest.isEqual(open.get().codeHash(), code.hash(keys, account.id()))) {
            resets.countFailure(tx, account);
            return Optional.empty();
        }
        resets.use(tx, account, passwordHash);
        return store.profile(tx, account.compoundId(), account.id());
    }

    /** Counts the attempt before its password is looked at, so that a thousand at once are not a thousand guesses. */
    private Attempt begin(String phone, SourceAddress source, Subject what) {
        var number = PhoneNumber.parse(phone).toOptional();
        var phoneHashes = number.map(personalData::hashes).orElse(List.of());
        var counted = number.map(known -> keys.searchHash(KeyPurpose.PHONE_GUESS_SEARCH, known.reveal()))
                .orElseGet(() -> keys.searchHash(KeyPurpose.NO_PHONE_SEARCH, phone));
        var sourceHash = guesses.hashOf(source);
        var now = clock.now();
        return database.transact(tx -> {
            var login = store.findLogin(tx, phoneHashes, sourceHash, now.minus(GuessPolicy.SOURCE_REMEMBERED));
            var tallies = what == Subject.PHONE && login.filter(Login::knownSource).isPresent()
                    ? List.of(new Tally(Subject.PHONE_AT_KNOWN_SOURCE, both(counted, sourceHash)))
                    : List.of(new Tally(what, counted), new Tally(Subject.SOURCE, sourceHash));
            guesses.attempt(tx, tallies, now);
            return new Attempt(login, tallies);
        });
    }

    private byte[] both(byte[] phoneHash, byte[] sourceHash) {
        return keys.searchHash(KeyPurpose.PHONE_AT_SOURCE_SEARCH, new String(phoneHash, StandardCharsets.ISO_8859_1)
                + new String(sourceHash, StandardCharsets.ISO_8859_1));
    }

    /** An attempt that could not be judged, because too many wait, is not held against anybody. */
    private <T> T judged(List<Tally> tallies, Supplier<T> judgement) {
        try {
            return judgement.get();
        } catch (RuntimeException notJudged) {
            database.transact(tx -> {
                guesses.forgive(tx, tallies);
                return tallies;
            });
            throw notJudged;
        }
    }

    /** Changes the caller's password; their other sessions end, this one goes on. */
    void changePassword(Caller caller, String present, String next) {
        var compound = caller.compoundId();
        var id = caller.accountId();
        var now = clock.now();
        var tallies = List.of(new Tally(Subject.ACCOUNT, keys.searchHash(KeyPurpose.ACCOUNT_SEARCH, id.toString())));
        record Before(Optional<String> hash, String phone) {
        }
        var before = database.transact(tx -> {
            guesses.attempt(tx, tallies, now);
            return new Before(store.passwordHash(tx, compound, id),
                    personalData.openPhone(store.phoneSealed(tx, compound, id), Accounts.TABLE, id));
        });
        if (!judged(tallies, () -> passwords.matches(present, before.hash))) {
            throw Problem.badField("/password", FieldFault.WRONG_PASSWORD);
        }
        requireStrong(next, before.phone, "/newPassword");
        var hash = passwords.hash(next);
        database.transact(tx -> {
            guesses.succeeded(tx, tallies);
            if (!store.replacePassword(tx, compound, id, before.hash.orElseThrow(), hash)) {
                throw Problem.of(ProblemType.NOT_ALLOWED_NOW);
            }
            sessionStore.endOthers(tx, compound, id, caller.sessionId(), now);
            return id;
        });
    }

    static void requireStrong(String password, String phone, String pointer) {
        if (PasswordPolicy.isWeak(password, phone)) {
            throw Problem.badField(pointer, FieldFault.WEAK_PASSWORD, PasswordPolicy.LEAST_CHARACTERS);
        }
    }

    SignedIn refresh(String refreshToken) {
        return sessions.refresh(refreshToken);
    }

    void logOut(Caller caller) {
        sessions.end(caller.compoundId(), caller.sessionId());
    }

    Profile me(Caller caller) {
        return store.profile(database, caller.compoundId(), caller.accountId())
                .orElseThrow(() -> Problem.of(ProblemType.NOT_LOGGED_IN));
    }
}
