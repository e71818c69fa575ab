package gatehouse.identity;

import gatehouse.http.Authenticator;
import gatehouse.http.Caller;
import gatehouse.kernel.Batcher;
import gatehouse.kernel.BusinessClock;
import gatehouse.kernel.Problem;
import gatehouse.kernel.ProblemType;
import gatehouse.kernel.Scope;
import gatehouse.registry.RegistryDirectory;
import gatehouse.registry.RegistryDirectory.Grids;
import gatehouse.registry.RegistryDirectory.Tree;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executor;

/**
 * Tells who a token belongs to. The token is verified by computing alone; its session and the version of its account are read every
 * time, many requests in one statement, so that what was ended or changed on one instance has ended on all.
 */
final class SessionAuthenticator implements Authenticator {
    private static final Tree NO_TREE = new Tree(Set.of(), Map.of(), Map.of());
    private static final Grids NO_GRIDS = new Grids(Map.of());

    private final AccessTokens tokens;
    private final RegistryDirectory directory;
    private final BusinessClock clock;
    private final Batcher<SessionStore.Key, Optional<SessionStore.Live>> sessions;

    SessionAuthenticator(AccessTokens tokens, SessionStore store, RegistryDirectory directory, BusinessClock clock, Executor virtualThreads) {
        this.tokens = tokens;
        this.directory = directory;
        this.clock = clock;
        this.sessions = new Batcher<>(Batcher.Limits.DEFAULT, virtualThreads, keys -> {
            var live = store.live(keys);
            return keys.stream().<Batcher.Outcome<Optional<SessionStore.Live>>>map(
                    key -> new Batcher.Outcome.Done<>(Optional.ofNullable(live.get(key.id())))).toList();
        });
    }

    @Override
    public Future<Caller> callerOf(String bearerToken) {
        var verified = tokens.verify(bearerToken);
        if (verified.isEmpty()) {
            return Future.failedFuture(Problem.of(ProblemType.NOT_LOGGED_IN));
        }
        var claims = verified.get();
        return sessions.submit(new SessionStore.Key(claims.compoundId(), claims.sessionId())).compose(live -> judged(claims, live));
    }

    private Future<Caller> judged(AccessClaims claims, Optional<SessionStore.Live> live) {
        if (live.isEmpty() || live.get().ended() || live.get().disabled() || !clock.now().isBefore(live.get().expiresAt())) {
            return Future.failedFuture(Problem.of(ProblemType.SESSION_ENDED));
        }
        if (live.get().accountVersion() != claims.version()) {
            // The session goes on: with its refresh token the client gets an access token that says what is true now.
            return Future.failedFuture(Problem.of(ProblemType.NOT_LOGGED_IN));
        }
        boolean needsTree = false;
        boolean needsGrids = false;
        for (var grant : claims.grants()) {
            switch (grant.reach()) {
                case HOUSEHOLD, GATE, COMPOUND -> { }
                case GRID -> needsGrids = true;
                case COMMUNITY, SUBDISTRICT, EVERYTHING -> needsTree = true;
            }
        }
        if (!needsTree && !needsGrids) {
            return Future.succeededFuture(caller(claims, NO_TREE, NO_GRIDS));
        }
        var tree = needsTree ? directory.tree() : Future.succeededFuture(NO_TREE);
        var grids = needsGrids ? directory.grids(claims.compoundId()) : Future.succeededFuture(NO_GRIDS);
        return Future.all(tree, grids).map(both -> caller(claims, tree.result(), grids.result()));
    }

    private static Caller caller(AccessClaims claims, Tree tree, Grids grids) {
        var territory = new Known(tree, grids);
        List<Caller.Grant> grants = claims.grants().stream().map(grant -> {
            Scope scope = grant.scope(claims.compoundId(), territory);
            return new Caller.Grant(grant.role(), scope, grant.reach() == Reach.GATE ? Set.of(grant.reachId()) : Set.of());
        }).toList();
        return new Caller(claims.accountId(), claims.compoundId(), claims.sessionId(), claims.residentId(), claims.householdId(), grants);
    }

    private record Known(Tree tree, Grids grids) implements Territory {
        @Override
        public Set<UUID> allCompounds() {
            return tree.all();
        }

        @Override
        public Set<UUID> compoundsOfCommunity(UUID community) {
            return tree.ofCommunity(community);
        }

        @Override
        public Set<UUID> compoundsOfSubdistrict(UUID subdistrict) {
            return tree.ofSubdistrict(subdistrict);
        }

        @Override
        public Set<UUID> buildingsOfGrid(UUID grid) {
            return grids.buildingsOf(grid);
        }
    }
}
