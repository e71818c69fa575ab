package gatehouse.identity;

import gatehouse.kernel.BusinessClock;
import gatehouse.kernel.Database;
import gatehouse.kernel.KeyRing;
import gatehouse.registry.PersonalData;
import gatehouse.registry.PhoneNumber;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Opens accounts for tests of the whole product; all have {@link #PASSWORD}. */
public final class TestAccounts {
    public static final String PASSWORD = "correct horse";

    /** One hash for all of them: tests need many people, not many computations. */
    private static final String HASH = hash();

    private final Database database;
    private final BusinessClock clock;
    private final IdentityStore store = new IdentityStore();
    private final PersonalData personalData;
    private final Sessions sessions;

    /** What a login gives. */
    public record Tokens(String accessToken, String refreshToken) {
    }

    public TestAccounts(Database database, KeyRing keys, BusinessClock clock) {
        this.database = database;
        this.clock = clock;
        this.personalData = new PersonalData(keys);
        this.sessions = new Sessions(database, clock, keys, store, new SessionStore(database), new AccessTokens(keys, clock));
    }

    /** A session without a password, because Argon2 is slow on purpose and tests log in a thousand times. */
    public Tokens logIn(UUID compound, UUID account) {
        var now = clock.now();
        var signedIn = database.transact(tx -> sessions.open(tx, store.profile(tx, compound, account).orElseThrow(), now));
        return new Tokens(signedIn.accessToken(), signedIn.refreshToken());
    }

    private static String hash() {
        try (var passwords = new Passwords()) {
            return passwords.hash(PASSWORD);
        }
    }

    public UUID open(UUID compound, String name, String phone, @Nullable UUID resident, List<RoleGrant> grants) {
        var number = PhoneNumber.parse(phone).toOptional().orElseThrow();
        try (var passwords = new Passwords()) {
            var accounts = new Accounts(store, personalData, passwords);
            return database.transact(tx -> {
                var id = accounts.open(tx, new NewAccount(compound, name, number, HASH, Optional.ofNullable(resident), grants, false), clock.now());
                if (resident != null) {
                    tx.sql("update resident set account_id = $3 where compound_id = $1 and id = $2").bind(compound).bind(resident).bind(id).update();
                }
                return id;
            });
        }
    }
}
