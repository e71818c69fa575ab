package gatehouse.identity;

import gatehouse.kernel.BusinessClock;
import gatehouse.kernel.Database;
import java.time.Period;

/** Sweeps out what has died: sessions, counters of guesses, invitations. For a daily job; running twice does nothing more. */
public final class IdentityJobs {
    /** Long enough to answer who was logged in when somebody asks. */
    private static final Period SESSIONS_KEPT = Period.ofDays(30);
    private static final Period COUNTERS_KEPT = Period.ofDays(1);
    /** A used invitation answers repetitions of its activation. */
    private static final Period INVITATIONS_KEPT = Period.ofDays(30);

    /** No courier's link is good for longer. */
    private static final Period SCENES_KEPT = Period.ofDays(30);

    private final Database database;
    private final BusinessClock clock;
    private final SessionStore sessions;
    private final GuessStore guesses;
    private final InvitationStore invitations;

    IdentityJobs(Database database, BusinessClock clock, SessionStore sessions, GuessStore guesses, InvitationStore invitations) {
        this.database = database;
        this.clock = clock;
        this.sessions = sessions;
        this.guesses = guesses;
        this.invitations = invitations;
    }

    /** How many rows went. */
    public int sweep() {
        var now = clock.now();
        int sessionRows = database.transact(tx -> sessions.sweep(tx, now.minus(SESSIONS_KEPT)));
        int counterRows = database.transact(tx -> guesses.sweepCounters(tx, now.minus(COUNTERS_KEPT)));
        int sourceRows = database.transact(tx -> guesses.sweepSources(tx, now.minus(GuessPolicy.SOURCE_REMEMBERED)));
        int resetRows = database.transact(tx -> new ResetStore().sweep(tx, now));
        int bindingRows = database.transact(tx -> new WeChatStore().sweep(tx, now));
        int portalRows = database.transact(tx -> new PortalLoginStore().sweep(tx, now));
        int sceneRows = database.transact(tx -> SceneStore.sweep(tx, now.minus(SCENES_KEPT)));
        int invitationRows = database.transact(tx -> invitations.sweep(tx, now.minus(INVITATIONS_KEPT)));
        return sessionRows + counterRows + sourceRows + resetRows + bindingRows + portalRows + sceneRows + invitationRows;
    }
}
