package gatehouse.registry;

import com.github.benmanes.caffeine.cache.AsyncLoadingCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import gatehouse.kernel.Database;
import gatehouse.kernel.Notifications;
import gatehouse.kernel.Tx;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * Which compounds belong to a community and a subdistrict, and which buildings to a grid: read with nearly every request of staff,
 * changed a few times a year. Kept in memory, dropped by {@link #changed} on every instance, and by age. Safe on event loops.
 */
public final class RegistryDirectory {
    private static final String CHANNEL = "registry";
    private static final Duration AGE = Duration.ofMinutes(5);
    private static final int MOST_COMPOUNDS = 10_000;

    /** All compounds, by what they belong to. */
    public record Tree(Set<UUID> all, Map<UUID, Set<UUID>> byCommunity, Map<UUID, Set<UUID>> bySubdistrict) {
        public Set<UUID> ofCommunity(UUID community) {
            return byCommunity.getOrDefault(community, Set.of());
        }

        public Set<UUID> ofSubdistrict(UUID subdistrict) {
            return bySubdistrict.getOrDefault(subdistrict, Set.of());
        }
    }

    /** The grids of one compound with their buildings. */
    public record Grids(Map<UUID, Set<UUID>> buildings) {
        public Set<UUID> buildingsOf(UUID grid) {
            return buildings.getOrDefault(grid, Set.of());
        }
    }

    private enum Whole { TREE }

    private final AsyncLoadingCache<Whole, Tree> tree;
    private final AsyncLoadingCache<UUID, Grids> grids;

    public RegistryDirectory(Database database, Notifications notifications) {
        var store = new RegistryDirectoryStore(database);
        this.tree = Caffeine.newBuilder().expireAfterWrite(AGE).buildAsync((whole, executor) -> stage(store.tree()));
        this.grids = Caffeine.newBuilder().expireAfterWrite(AGE).maximumSize(MOST_COMPOUNDS)
                .buildAsync((compound, executor) -> stage(store.grids(compound)));
        notifications.on(CHANNEL, payload -> drop());
    }

    /** Tells every instance, when {@code tx} commits, that compounds, buildings or grids are not what they were. */
    public static void changed(Tx tx, UUID compound) {
        Notifications.send(tx, CHANNEL, compound.toString());
    }

    public Future<Tree> tree() {
        return future(tree.get(Whole.TREE));
    }

    public Future<Grids> grids(UUID compound) {
        return future(grids.get(compound));
    }

    /**
     * What is being read at this moment is dropped as well: it may have begun before the change. Whoever made a change calls it after
     * the commit, so that the next request here need not wait for the notification.
     */
    void drop() {
        tree.synchronous().invalidateAll();
        grids.synchronous().invalidateAll();
    }

    private static <T> CompletableFuture<T> stage(Future<T> future) {
        return future.toCompletionStage().toCompletableFuture();
    }

    private static <T> Future<T> future(CompletableFuture<T> stage) {
        if (stage.isDone() && !stage.isCompletedExceptionally()) {
            return Future.succeededFuture(stage.join());
        }
        Context context = Vertx.currentContext();
        return context == null ? Future.fromCompletionStage(stage) : Future.fromCompletionStage(stage, context);
    }
}
