package gatehouse.identity;

import gatehouse.identity.SessionStore.EndReason;
import gatehouse.kernel.BusinessClock;
import gatehouse.kernel.Database;
import gatehouse.kernel.Ids;
import gatehouse.kernel.KeyRing;
import gatehouse.kernel.Problem;
import gatehouse.kernel.ProblemType;
import gatehouse.kernel.Tx;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;

/** Opens sessions, goes on with them, ends them. */
final class Sessions {
    private final Database database;
    private final BusinessClock clock;
    private final KeyRing keys;
    private final IdentityStore accounts;
    private final SessionStore store;
    private final AccessTokens accessTokens;

    Sessions(Database database, BusinessClock clock, KeyRing keys, IdentityStore accounts, SessionStore store, AccessTokens accessTokens) {
        this.database = database;
        this.clock = clock;
        this.keys = keys;
        this.accounts = accounts;
        this.store = store;
        this.accessTokens = accessTokens;
    }

    SignedIn open(Tx tx, Profile account, OffsetDateTime now) {
        var token = RefreshToken.first(account.compound().id(), Ids.next());
        store.open(tx, token, account, now);
        return signedIn(token, account, now);
    }

    /** New tokens for a refresh token, and what else is to be done with it in the same transaction; {@link ProblemType#SESSION_ENDED} where it is worth nothing, and after reuse for good. */
    SignedIn refresh(String text, BiConsumer<Tx, Profile> goingOn) {
        var token = RefreshToken.read(text).orElseThrow(() -> Problem.of(ProblemType.SESSION_ENDED));
        var now = clock.now();
        Optional<SignedIn> result = database.transact(tx -> refresh(tx, token, goingOn, now));
        return result.orElseThrow(() -> Problem.of(ProblemType.SESSION_ENDED));
    }

    /** Empty rather than thrown, because the end of a session that was misused must be committed. */
    private Optional<SignedIn> refresh(Tx tx, RefreshToken token, BiConsumer<Tx, Profile> goingOn, OffsetDateTime now) {
        var session = store.lock(tx, token.compoundId(), token.sessionId());
        if (session.isEmpty()) {
            return Optional.empty();
        }
        var account = accounts.profile(tx, token.compoundId(), session.get().accountId()).filter(each -> !each.disabled());
        var stored = session.get();
        return switch (SessionPolicy.judge(stored.course(), stored.shown(token), now)) {
            case PRESENT -> account.map(each -> {
                goingOn.accept(tx, each);
                return rotate(tx, token, each, now);
            });
            case LOST_REPLY -> account.flatMap(each ->
                    token.successorWith(keys, stored.presentHash()).map(successor -> signedIn(successor, each, now)));
            case REUSED -> {
                store.end(tx, token.compoundId(), token.sessionId(), EndReason.REUSE, now);
                yield Optional.empty();
            }
            case OVER -> Optional.empty();
        };
    }

    private SignedIn rotate(Tx tx, RefreshToken token, Profile account, OffsetDateTime now) {
        var next = token.successor(keys, keys.currentId());
        if (!store.rotate(tx, token, next, account.version(), now)) {
            throw new IllegalStateException("a locked session changed");
        }
        return signedIn(next, account, now);
    }

    private SignedIn signedIn(RefreshToken token, Profile account, OffsetDateTime now) {
        return new SignedIn(accessTokens.issue(account, token.sessionId(), now.toInstant()), token.text(), account);
    }

    void end(UUID compound, UUID session) {
        var now = clock.now();
        database.transact(tx -> {
            store.end(tx, compound, session, EndReason.LOGOUT, now);
            return session;
        });
    }
}
