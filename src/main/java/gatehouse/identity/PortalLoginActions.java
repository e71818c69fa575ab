package gatehouse.identity;

import gatehouse.http.Caller;
import gatehouse.identity.GuessPolicy.Subject;
import gatehouse.identity.Guesses.Tally;
import gatehouse.identity.IdentityStore.Key;
import gatehouse.identity.PortalLoginStore.Asking;
import gatehouse.identity.PortalLoginStore.Confirmed;
import gatehouse.kernel.BusinessClock;
import gatehouse.kernel.Database;
import gatehouse.kernel.KeyPurpose;
import gatehouse.kernel.KeyRing;
import gatehouse.kernel.Problem;
import gatehouse.kernel.ProblemType;
import gatehouse.kernel.Tx;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/**
 * A browser shows a picture, somebody logged in on a phone scans it and says yes, and the browser is logged in as them. The picture holds the
 * scene and never the secret by which the session is fetched, so that a photograph of it fetches nothing.
 */
final class PortalLoginActions {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int SECRET_BYTES = 32;
    /** 31 characters after the mark, which is all that a mini program's code carries. */
    private static final int SCENE_CHARACTERS = 31;
    private static final int SCENE_BYTES = 24;

    private final Database database;
    private final BusinessClock clock;
    private final KeyRing keys;
    private final IdentityStore accounts;
    private final SessionStore sessionStore;
    private final PortalLoginStore store = new PortalLoginStore();
    private final Guesses guesses;
    private final Sessions sessions;

    PortalLoginActions(Identity.Ground ground, IdentityStore accounts, SessionStore sessionStore, Guesses guesses, Sessions sessions) {
        this.database = ground.database();
        this.clock = ground.clock();
        this.keys = ground.keys();
        this.accounts = accounts;
        this.sessionStore = sessionStore;
        this.guesses = guesses;
        this.sessions = sessions;
    }

    /** What the browser keeps ({@code secret}), draws ({@code scene}) and shows ({@code number}). */
    record Opened(String secret, String scene, int number) {
        @Override
        public String toString() {
            return "Opened";
        }
    }

    Opened open(Portal portal, String userAgent, SourceAddress source) {
        var now = clock.now();
        var opened = new Opened(random(SECRET_BYTES), "l" + random(SCENE_BYTES).substring(0, SCENE_CHARACTERS), number());
        var sourceHash = guesses.hashOf(source);
        var asking = new Asking(portal, BrowserKind.of(userAgent), SystemKind.of(userAgent), sourceHash, opened.number, choices(opened.number), now,
                now.plus(PortalLoginPolicy.LIFETIME));
        return database.transact(tx -> {
            guesses.attempt(tx, List.of(new Tally(Subject.PORTAL_LOGIN_SOURCE, sourceHash)), now);
            store.open(tx, secretHash(opened.secret), sceneHash(opened.scene), asking);
            return opened;
        });
    }

    /** Where it stands, and the session where it was confirmed: for the first who asks. */
    record Progress(PortalLoginState state, Duration left, Optional<SignedIn> signedIn) {
    }

    Progress poll(String secret) {
        var now = clock.now();
        var hash = secretHash(secret);
        var standing = store.standing(database, hash);
        if (standing.isEmpty()) {
            return new Progress(PortalLoginState.EXPIRED, Duration.ZERO, Optional.empty());
        }
        var state = PortalLoginPolicy.stateAt(standing.get().state(), standing.get().expiresAt(), now);
        if (state == PortalLoginState.CONFIRMED) {
            Optional<SignedIn> signedIn = database.transact(tx -> store.take(tx, hash, now).flatMap(by -> open(tx, by, now)));
            return new Progress(signedIn.isPresent() ? state : PortalLoginState.USED, Duration.ZERO, signedIn);
        }
        var left = Duration.between(now, standing.get().expiresAt());
        return new Progress(state, left.isNegative() ? Duration.ZERO : left, Optional.empty());
    }

    /** Nobody where the account was changed or shut, or its phone logged out, since it was confirmed. */
    private Optional<SignedIn> open(Tx tx, Confirmed by, OffsetDateTime now) {
        var confirming = sessionStore.lock(tx, by.account().compoundId(), by.sessionId());
        return confirming.filter(session -> SessionPolicy.isLive(session.course(), now))
                .flatMap(session -> accounts.profile(tx, by.account().compoundId(), by.account().id()))
                .filter(profile -> !profile.disabled() && profile.version() == by.accountVersion())
                .map(profile -> sessions.open(tx, profile, now));
    }

    /** What the phone shows before it asks; {@code sameNetwork}: whether it comes from the same address as the browser. */
    record Scanned(Asking asking, boolean sameNetwork, Duration left) {
    }

    Scanned scan(Caller caller, String scene, SourceAddress source) {
        var now = clock.now();
        var tally = new Tally(Subject.PORTAL_LOGIN_PHONE, keys.searchHash(KeyPurpose.PORTAL_LOGIN_PHONE_SEARCH, caller.accountId().toString()));
        Optional<Asking> found = database.transact(tx -> {
            guesses.check(tx, List.of(tally), now);
            var asking = store.scan(tx, sceneHash(scene), key(caller), now);
            if (asking.isEmpty()) {
                guesses.failed(tx, tally, now);
            }
            return asking;
        });
        var asking = found.orElseThrow(PortalLoginActions::over);
        return new Scanned(asking, MessageDigest.isEqual(asking.sourceHash(), guesses.hashOf(source)),
                Duration.between(now, asking.expiresAt().minus(PortalLoginPolicy.TO_FETCH)));
    }

    private enum Outcome { CONFIRMED, OVER, OTHER_NUMBER }

    /** Another number than the browser's refuses for good: there is one guess. */
    void confirm(Caller caller, String scene, int number) {
        var now = clock.now();
        var hash = sceneHash(scene);
        Outcome outcome = database.transact(tx -> confirm(tx, caller, hash, number, now));
        switch (outcome) {
            case CONFIRMED -> { }
            case OVER -> throw over();
            case OTHER_NUMBER -> throw Problem.of(ProblemType.LOGIN_NUMBER_DIFFERS);
        }
    }

    /** Told rather than thrown, because the refusal must be committed. */
    private Outcome confirm(Tx tx, Caller caller, byte[] hash, int number, OffsetDateTime now) {
        var shown = store.lockNumber(tx, hash, key(caller), now);
        if (shown.isEmpty()) {
            return Outcome.OVER;
        }
        if (shown.get() != number) {
            store.refuse(tx, hash, key(caller));
            return Outcome.OTHER_NUMBER;
        }
        return accounts.profile(tx, caller.compoundId(), caller.accountId())
                .filter(profile -> store.confirm(tx, hash, new Confirmed(key(caller), caller.sessionId(), profile.version())))
                .map(profile -> Outcome.CONFIRMED).orElse(Outcome.OVER);
    }

    void refuse(Caller caller, String scene) {
        boolean refused = database.transact(tx -> store.refuse(tx, sceneHash(scene), key(caller)));
        if (!refused) {
            throw over();
        }
    }

    private static Key key(Caller caller) {
        return new Key(caller.compoundId(), caller.accountId());
    }

    private byte[] secretHash(String secret) {
        return keys.searchHash(KeyPurpose.PORTAL_LOGIN_SEARCH, secret);
    }

    private byte[] sceneHash(String scene) {
        return keys.searchHash(KeyPurpose.PORTAL_LOGIN_SCENE_SEARCH, scene);
    }

    private static String random(int bytes) {
        var drawn = new byte[bytes];
        RANDOM.nextBytes(drawn);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(drawn);
    }

    private static int number() {
        return PortalLoginPolicy.LEAST_NUMBER + RANDOM.nextInt(PortalLoginPolicy.NUMBERS);
    }

    private static List<Integer> choices(int right) {
        var drawn = new LinkedHashSet<Integer>();
        drawn.add(right);
        while (drawn.size() < PortalLoginPolicy.CHOICES) {
            drawn.add(number());
        }
        var shuffled = new java.util.ArrayList<>(drawn);
        Collections.shuffle(shuffled, RANDOM);
        return shuffled;
    }

    /** The same for a scene that never was, has expired, was decided or is another's. */
    private static Problem over() {
        return Problem.of(ProblemType.LOGIN_CODE_OVER);
    }
}
