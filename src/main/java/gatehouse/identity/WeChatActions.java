package gatehouse.identity;

import gatehouse.identity.GuessPolicy.Subject;
import gatehouse.identity.Guesses.Tally;
import gatehouse.identity.IdentityStore.Key;
import gatehouse.identity.WeChatStore.Person;
import gatehouse.kernel.BusinessClock;
import gatehouse.kernel.Database;
import gatehouse.kernel.KeyPurpose;
import gatehouse.kernel.KeyRing;
import gatehouse.kernel.Problem;
import gatehouse.kernel.ProblemType;
import gatehouse.kernel.Tx;
import gatehouse.registry.PersonalData;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Logging in through WeChat: whoever is bound comes in, whoever is not gets a token to say who they are. */
final class WeChatActions {
    static final Duration BINDING_LIFETIME = Duration.ofMinutes(15);
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Database database;
    private final BusinessClock clock;
    private final KeyRing keys;
    private final PersonalData personalData;
    private final MiniPrograms programs;
    private final WeChatStore store = new WeChatStore();
    private final IdentityStore accounts;
    private final Guesses guesses;
    private final Sessions sessions;

    WeChatActions(Identity.Ground ground, IdentityStore accounts, Guesses guesses, Sessions sessions) {
        this.database = ground.database();
        this.clock = ground.clock();
        this.keys = ground.keys();
        this.personalData = ground.personalData();
        this.programs = ground.programs();
        this.accounts = accounts;
        this.guesses = guesses;
        this.sessions = sessions;
    }

    sealed interface Arrival {
        record Known(SignedIn signedIn) implements Arrival {
        }

        /** Nobody yet; the token is good once, for {@link #BINDING_LIFETIME}. */
        record Unbound(String bindingToken) implements Arrival {
            @Override
            public String toString() {
                return "Unbound";
            }
        }
    }

    Arrival logIn(Optional<String> appId, String code, SourceAddress source) {
        var visitor = counted(source, () -> programs.visitor(appId, code));
        var person = new Person(visitor.appId(), Openids.hash(keys, visitor), Openids.seal(keys, visitor));
        var now = clock.now();
        return database.transact(tx -> store.accountOf(tx, person).filter(account -> accounts.hasGrants(tx, account))
                .<Arrival>map(account -> new Arrival.Known(open(tx, account, source, now))).orElseGet(() -> unbound(tx, person, now)));
    }

    private Arrival unbound(Tx tx, Person person, OffsetDateTime now) {
        var bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        var token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        store.await(tx, hash(token), person, now.plus(BINDING_LIFETIME));
        return new Arrival.Unbound(token);
    }

    /** Binds to the account of the phone number that WeChat vouches for. The token stays good where no account has that phone. */
    SignedIn bindByPhone(String bindingToken, String phoneCode, SourceAddress source) {
        var waiting = store.waiting(database, hash(bindingToken), clock.now()).orElseThrow(WeChatActions::tokenNotUsable);
        var phone = counted(source, () -> programs.phone(waiting.appId(), phoneCode)).orElseThrow(() -> Problem.of(ProblemType.PHONE_UNKNOWN));
        var now = clock.now();
        return database.transact(tx -> {
            var account = store.accountOfPhone(tx, personalData.hashes(phone)).orElseThrow(() -> Problem.of(ProblemType.PHONE_UNKNOWN));
            bind(tx, bindingToken, account, now);
            return open(tx, account, source, now);
        });
    }

    /** Uses the token up, in the transaction of what it is for. */
    void bind(Tx tx, String bindingToken, Key account, OffsetDateTime now) {
        var person = store.take(tx, hash(bindingToken), now).orElseThrow(WeChatActions::tokenNotUsable);
        store.releaseFromNobodys(tx, person);
        if (!store.bind(tx, person, account, now)) {
            throw tokenNotUsable();
        }
    }

    private SignedIn open(Tx tx, Key account, SourceAddress source, OffsetDateTime now) {
        var profile = accounts.profile(tx, account.compoundId(), account.id()).filter(each -> !each.disabled())
                .orElseThrow(() -> Problem.of(ProblemType.ACCOUNT_SHUT));
        guesses.remember(tx, account.compoundId(), account.id(), source, now);
        return sessions.open(tx, profile, now);
    }

    /** Codes that WeChat does not know are counted by where they come from: each costs a call of the day's quota. */
    private <T> T counted(SourceAddress source, Supplier<T> asking) {
        var tallies = List.of(new Tally(Subject.WECHAT_SOURCE, guesses.hashOf(source)));
        var now = clock.now();
        database.transact(tx -> {
            guesses.check(tx, tallies, now);
            return tallies;
        });
        try {
            return asking.get();
        } catch (Problem refused) {
            if (refused.type() == ProblemType.WECHAT_CODE_NOT_USABLE) {
                database.transact(tx -> {
                    guesses.failed(tx, tallies.getFirst(), now);
                    return tallies;
                });
            }
            throw refused;
        }
    }

    private byte[] hash(String bindingToken) {
        return keys.searchHash(KeyPurpose.WECHAT_BINDING_SEARCH, bindingToken);
    }

    private static Problem tokenNotUsable() {
        return Problem.of(ProblemType.BINDING_NOT_USABLE);
    }
}
