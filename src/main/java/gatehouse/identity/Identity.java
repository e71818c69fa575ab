package gatehouse.identity;

import gatehouse.audit.AuditLog;
import gatehouse.http.Authenticator;
import gatehouse.http.Endpoint;
import gatehouse.kernel.BusinessClock;
import gatehouse.kernel.Database;
import gatehouse.kernel.KeyRing;
import gatehouse.registry.HouseholdMoves;
import gatehouse.registry.PersonalData;
import gatehouse.registry.Policies;
import gatehouse.registry.RegistryDirectory;
import gatehouse.registry.ResidentAccounts;
import java.net.URI;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** The feature put together: what the rest of the house may take from it. */
public final class Identity implements AutoCloseable {
    private final Passwords passwords = new Passwords();
    private final IdentityStore store = new IdentityStore();
    private final InvitationStore invitationStore = new InvitationStore();
    private final GuessStore guessStore = new GuessStore();
    private final SessionStore sessionStore;
    private final Ground ground;
    private final AccessTokens tokens;
    private final SessionAuthenticator authenticator;
    private final Accounts accounts;
    private final Scenes scenes;

    /** What it stands on. {@code sessions}: connections for the check of every request alone; {@code publicUrl}: where people reach the portal, without a trailing slash; known once the door is open; {@code programs}: the door to WeChat. */
    public record Ground(Database database, Database sessions, BusinessClock clock, KeyRing keys, PersonalData personalData, RegistryDirectory directory,
                         Policies policies, Supplier<URI> publicUrl, Executor virtualThreads, AuditLog audit, MiniPrograms programs) {
    }

    public Identity(Ground ground) {
        this.ground = ground;
        this.sessionStore = new SessionStore(ground.sessions);
        this.tokens = new AccessTokens(ground.keys, ground.clock);
        this.authenticator = new SessionAuthenticator(tokens, sessionStore, ground.directory, ground.clock, ground.virtualThreads);
        this.scenes = new Scenes(ground.database, ground.clock, ground.keys, ground.programs);
        this.accounts = new Accounts(store, ground.personalData, passwords);
    }

    public Authenticator authenticator() {
        return authenticator;
    }

    /** Opens accounts for the demonstration data. */
    public Accounts accounts() {
        return accounts;
    }

    public FirstAdministrator firstAdministrator() {
        return new FirstAdministrator(ground.database, ground.clock, accounts);
    }

    public IdentityJobs jobs() {
        return new IdentityJobs(ground.database, ground.clock, sessionStore, guessStore, invitationStore);
    }

    /** Who is told when residents move. */
    public HouseholdMoves moves() {
        return new MovedAccounts(store, sessionStore);
    }

    /** Codes that open the mini program at a thing. */
    public Scenes scenes() {
        return scenes;
    }

    /** {@code allEndpoints}: of the whole product, asked for when somebody wants to know what they may do. */
    public IdentityRoutes routes(Supplier<List<Endpoint>> allEndpoints, Appointments appointments, CourierScenes couriers) {
        var guesses = new Guesses(guessStore, ground.keys);
        var sessions = new Sessions(ground.database, ground.clock, ground.keys, store, sessionStore, tokens);
        var actions = new IdentityActions(ground.database, ground.clock, ground.keys, ground.personalData, store, sessionStore,
                guesses, passwords, sessions);
        var weChat = new WeChatActions(ground, store, guesses, sessions);
        var invitations = new InvitationActions(ground, invitationStore, new ResidentAccounts(ground.personalData),
                new InvitationActions.Neighbours(actions, store, accounts, guesses, sessions, weChat));
        var accountActions = new AccountActions(ground.database, ground.clock, ground.keys, ground.personalData, store, sessionStore, accounts,
                ground.audit);
        return new IdentityRoutes(actions, weChat, invitations, accountActions, new DoorCardQr(ground.publicUrl), allEndpoints, appointments,
                new SceneRoutes(ground.database, scenes, invitations, couriers, ground.publicUrl),
                loggedIn -> new PortalLoginRoutes(new PortalLoginActions(ground, store, sessionStore, guesses, sessions), ground.programs,
                        ground.publicUrl, loggedIn));
    }

    @Override
    public void close() {
        passwords.close();
    }
}
