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
import java.util.UUID;
import java.util.function.Supplier;

/** Logging in and what people do with their own account. */
final class IdentityActions {
    private final Database database;
    private final BusinessClock clock;
    private final KeyRing keys;
    private final PersonalData personalData;
    private final IdentityStore store;
    private final SessionStore sessionStore;
    private final ResetStore resets = new ResetStore();
    private final Guesses guesses;
    private final Passwords passwords;
    private final Sessions sessions;

    IdentityActions(Database database, BusinessClock clock, KeyRing keys, PersonalData personalData, IdentityStore store,
                    SessionStore sessionStore, Guesses guesses, Passwords passwords, Sessions sessions) {
        this.database = database;
        this.clock = clock;
        this.keys = keys;
        this.personalData = personalData;
        this.store = store;
        this.sessionStore = sessionStore;
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
        // Made anew by another login it is still the right one, and the second look finds it; after a reset or change it is not.
        return logInOnce(phone, password, source).or(() -> logInOnce(phone, password, source))
                .orElseThrow(() -> Problem.of(ProblemType.WRONG_CREDENTIALS));
    }

    /** Empty where the password became another one while this one was judged: a login under way must not outlive a reset. */
    private Optional<SignedIn> logInOnce(String phone, String password, SourceAddress source) {
        var attempt = begin(phone, source, Subject.PHONE);
        boolean right = judged(attempt.tallies, () -> passwords.matches(password, attempt.passwordHash()));
        if (!right) {
            throw Problem.of(ProblemType.WRONG_CREDENTIALS);
        }
        var login = attempt.login.orElseThrow();
        var judgedHash = attempt.passwordHash().orElseThrow();
        var rehashed = attempt.passwordHash().filter(passwords::isOutdated).map(old -> passwords.hash(password));
        var now = clock.now();
        return database.transact(tx -> {
            if (!store.lockWithPassword(tx, login.key(), judgedHash)) {
                guesses.forgive(tx, attempt.tallies);
                return Optional.<SignedIn>empty();
            }
            guesses.succeeded(tx, attempt.tallies);
            guesses.remember(tx, login.compoundId(), login.accountId(), source, now);
            rehashed.ifPresent(hash -> store.replacePassword(tx, login.compoundId(), login.accountId(), judgedHash, hash));
            var account = store.profile(tx, login.compoundId(), login.accountId()).filter(each -> !each.disabled())
                    .orElseThrow(() -> Problem.of(ProblemType.WRONG_CREDENTIALS));
            return Optional.of(sessions.open(tx, account, now));
        });
    }

    /** An account, and the password by which somebody showed that it is theirs. */
    record Proven(IdentityStore.Key account, String passwordHash) {
    }

    /**
     * The account of a phone that works in that compound but lives nowhere yet, where this is its password, judged and counted as a
     * login is; nothing where the phone has none such. {@link ProblemType#PHONE_TAKEN} where it is not its password.
     */
    Optional<Proven> ownStaffAccount(UUID compound, PhoneNumber phone, String password, SourceAddress source) {
        if (!store.worksIn(database, personalData.hashes(phone), compound)) {
            return Optional.empty();
        }
        var attempt = begin(phone.reveal(), source, Subject.PHONE);
        if (!judged(attempt.tallies, () -> passwords.matches(password, attempt.passwordHash()))) {
            throw Problem.of(ProblemType.PHONE_TAKEN);
        }
        database.transact(tx -> {
            guesses.succeeded(tx, attempt.tallies);
            return attempt;
        });
        return Optional.of(new Proven(attempt.login.orElseThrow().key(), attempt.passwordHash().orElseThrow()));
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
                    guesses.remember(tx, account.compound().id(), account.id(), source, now);
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
                    store.phoneSealed(tx, compound, id).map(sealed -> personalData.openPhone(sealed, Accounts.TABLE, id))
                            .orElseThrow(() -> Problem.of(ProblemType.NOT_ALLOWED_NOW)));
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

    SignedIn refresh(String refreshToken, SourceAddress source) {
        return sessions.refresh(refreshToken, (tx, account) -> guesses.remember(tx, account.compound().id(), account.id(), source, clock.now()));
    }

    void logOut(Caller caller) {
        sessions.end(caller.compoundId(), caller.sessionId());
    }

    Profile me(Caller caller) {
        return store.profile(database, caller.compoundId(), caller.accountId())
                .orElseThrow(() -> Problem.of(ProblemType.NOT_LOGGED_IN));
    }
}
