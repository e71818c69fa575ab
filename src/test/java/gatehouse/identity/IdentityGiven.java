package gatehouse.identity;

import gatehouse.kernel.Await;
import gatehouse.kernel.Database;
import gatehouse.kernel.KeyRing;
import gatehouse.kernel.Notifications;
import gatehouse.kernel.Problem;
import gatehouse.kernel.ProblemType;
import gatehouse.kernel.Statements;
import gatehouse.registry.PersonalData;
import gatehouse.registry.PhoneNumber;
import gatehouse.registry.Policies;
import gatehouse.registry.RegistryDirectory;
import gatehouse.support.TestClock;
import gatehouse.support.TestDatabase;
import gatehouse.support.TestKeys;
import io.vertx.core.Vertx;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The feature on a real database, without HTTP. */
final class IdentityGiven implements AutoCloseable {
    static final String PASSWORD = "correct horse";

    final TestClock clock;
    final KeyRing keys = keys("k1");
    final Vertx vertx = Vertx.vertx();
    final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    /** Whoever asks it is refused, so that these tests go without WeChat. */
    private static final MiniPrograms NO_WECHAT = new MiniPrograms() {
        @Override
        public Visitor visitor(Optional<String> appId, String code) {
            throw Problem.of(ProblemType.WECHAT_NOT_SET_UP);
        }

        @Override
        public Optional<PhoneNumber> phone(String appId, String code) {
            throw Problem.of(ProblemType.WECHAT_NOT_SET_UP);
        }

        @Override
        public Optional<byte[]> picture(String scene) {
            return Optional.empty();
        }

        @Override
        public boolean judges(Statements in, UUID compound, UUID author) {
            return false;
        }

        @Override
        public Verdict judge(UUID compound, UUID author, String words) {
            return Verdict.NOT_ASKED;
        }
    };

    final Database database;
    final Notifications notifications;
    final PersonalData personalData = new PersonalData(keys);
    final IdentityStore store = new IdentityStore();
    final GuessStore guessStore = new GuessStore();
    final InvitationStore invitationStore = new InvitationStore();
    final Passwords passwords = new Passwords();
    final SessionStore sessionStore;
    final Accounts accounts;
    final AccessTokens tokens;
    final IdentityActions actions;
    final InvitationActions invitations;
    final AccountActions staffing;
    final RegistryDirectory directory;
    final SessionAuthenticator authenticator;
    private final String passwordHash = passwords.hash(PASSWORD);

    IdentityGiven(TestDatabase testDatabase, TestClock clock) {
        this.clock = clock;
        this.database = new Database(vertx, testDatabase.postgresUrl().connectOptions(), 16);
        this.notifications = new Notifications(vertx, testDatabase.postgresUrl().connectOptions().getFirst());
        var time = clock.business();
        this.sessionStore = new SessionStore(database);
        this.accounts = new Accounts(store, personalData, passwords);
        this.tokens = new AccessTokens(keys, time);
        var guesses = new Guesses(guessStore, keys);
        var sessions = new Sessions(database, time, keys, store, sessionStore, tokens);
        this.directory = new RegistryDirectory(database, notifications);
        this.actions = new IdentityActions(database, time, keys, personalData, store, sessionStore, guesses, passwords, sessions);
        var ground = new Identity.Ground(database, database, time, keys, personalData, directory, new Policies(database, database, time, notifications),
                () -> java.net.URI.create("https://men.example.cn"), threads, TestKeys.audit(), NO_WECHAT);
        this.invitations = new InvitationActions(ground, invitationStore, new gatehouse.registry.ResidentAccounts(personalData),
                new InvitationActions.Neighbours(actions, store, accounts, guesses, sessions, new WeChatActions(ground, store, guesses, sessions)));
        this.staffing = new AccountActions(database, time, keys, personalData, store, sessionStore, accounts, TestKeys.audit());
        notifications.connect();
        this.authenticator = new SessionAuthenticator(tokens, sessionStore, directory, time, threads);
    }

    static KeyRing keys(String... ids) {
        var masters = new LinkedHashMap<String, byte[]>();
        for (var id : ids) {
            var master = new byte[32];
            java.util.Arrays.fill(master, (byte) id.hashCode());
            masters.put(id, master);
        }
        return new KeyRing(masters);
    }

    static PhoneNumber phone(String number) {
        return PhoneNumber.parse(number).toOptional().orElseThrow();
    }

    /** An account with {@link #PASSWORD}. */
    UUID account(UUID compound, String number, RoleGrant... grants) {
        return database.transact(tx -> accounts.open(tx, new NewAccount(compound, "账号" + number, phone(number), passwordHash,
                Optional.empty(), List.of(grants), false), clock.business().now()));
    }

    SignedIn refresh(String refreshToken) {
        return actions.refresh(refreshToken, SourceAddress.of("10.0.0.1"));
    }

    SignedIn logIn(String phone) {
        return actions.logIn(phone, PASSWORD, SourceAddress.of("10.0.0.1"));
    }

    @Override
    public void close() {
        notifications.close();
        database.close();
        passwords.close();
        threads.close();
        Await.on(vertx.close());
    }
}
