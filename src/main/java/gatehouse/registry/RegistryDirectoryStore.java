package gatehouse.registry;

import gatehouse.kernel.Database;
import gatehouse.registry.RegistryDirectory.Grids;
import gatehouse.registry.RegistryDirectory.Tree;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

/** What the directory keeps in memory, read whole. */
final class RegistryDirectoryStore {
    private final Database database;

    RegistryDirectoryStore(Database database) {
        this.database = database;
    }

    Future<Tree> tree() {
        return database.sql("""
                select compound.id, community.id as community_id, community.subdistrict_id
                from compound join community on community.id = compound.community_id""").execute().map(rows -> {
            var all = new HashSet<UUID>();
            var byCommunity = new HashMap<UUID, Set<UUID>>();
            var bySubdistrict = new HashMap<UUID, Set<UUID>>();
            for (var row : rows) {
                var compound = row.getUUID("id");
                all.add(compound);
                byCommunity.computeIfAbsent(row.getUUID("community_id"), id -> new HashSet<>()).add(compound);
                bySubdistrict.computeIfAbsent(row.getUUID("subdistrict_id"), id -> new HashSet<>()).add(compound);
            }
            return new Tree(all, byCommunity, bySubdistrict);
        });
    }

    Future<Grids> grids(UUID compound) {
        return database.sql("select grid_id, id from building where compound_id = $1 and grid_id is not null")
                .bind(compound).execute().map(rows -> {
                    var buildings = new HashMap<UUID, Set<UUID>>();
                    rows.forEach(row -> buildings.computeIfAbsent(row.getUUID("grid_id"), id -> new HashSet<>()).add(row.getUUID("id")));
                    return new Grids(buildings);
                });
    }
}
