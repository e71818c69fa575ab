package gatehouse.registry;

import gatehouse.kernel.Database;
import gatehouse.kernel.Ids;
import gatehouse.kernel.Scope;
import gatehouse.kernel.Sql;
import gatehouse.kernel.Statements;
import gatehouse.kernel.Tx;
import gatehouse.registry.RegistryStore.Named;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Row;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Subdistricts, communities, compounds, gates and grids. The directory above the compounds is the administrator's, who reaches
 * everything, so subdistricts and communities are in no scope; from compounds downward every statement takes one.
 */
final class OrganisationStore {

    private static final String UNIQUE_VIOLATION = "23505";
    private static final String AS_COUNTED = RegistryStore.COUNTED.formatted("b.number") + " collate \"C\"";
    private static final String COMMUNITY = """
            select c.id, c.name, s.id as subdistrict_id, s.name as subdistrict
            from community c join subdistrict s on s.id = c.subdistrict_id
            """;
    private static final String COMPOUND = """
            select p.id, p.name, c.id as community_id, c.name as community, s.id as subdistrict_id, s.name as subdistrict
            from compound p join community c on c.id = p.community_id join subdistrict s on s.id = c.subdistrict_id
            """;
    private static final String GATE = """
            select g.id, g.name, p.id as compound_id, p.name as compound
            from gate g join compound p on p.id = g.compound_id
            """;
    private static final String GRID = """
            select g.id, g.name, p.id as compound_id, p.name as compound
            from grid g join compound p on p.id = g.compound_id
            """;

    private OrganisationStore() {}

    /** A place of a list ordered by name: what comes after this one. */
    record After(UUID id, String name) {}

    record Community(UUID id, String name, Named subdistrict) {}

    record Compound(UUID id, String name, Named community, Named subdistrict) {}

    record Gate(UUID id, String name, Named compound) {}

    record Grid(UUID id, String name, Named compound, List<Named> buildings) {}

    /** A building and the grid that it belongs to. */
    record Assigned(UUID building, String number, Optional<Named> grid) {}

    // --- the beginning

    static boolean hasCompound(Statements in) {
        return in.sql("select exists (select from compound)").only(row -> row.getBoolean(0));
    }

    /** Held until the transaction ends. */
    static void lockBeginning(Tx tx) {
        tx.sql("select pg_advisory_xact_lock(hashtextextended('first compound', 0))").list(row -> true);
    }

    /** The one of that name, made where there is none. */
    static UUID subdistrict(Tx tx, PlaceName name) {
        return addSubdistrict(tx, name).orElseGet(() -> tx.sql("select id from subdistrict where name = $1")
                .bind(name.text()).only(row -> row.getUUID(0)));
    }

    static UUID community(Tx tx, UUID subdistrict, PlaceName name) {
        return addCommunity(tx, subdistrict, name).orElseGet(() -> tx
                .sql("select id from community where subdistrict_id = $1 and name = $2").bind(subdistrict).bind(name.text()).only(row -> row.getUUID(0)));
    }

    // --- making; nothing where the name is taken, also by a transaction that is about to commit

    static Optional<UUID> addSubdistrict(Tx tx, PlaceName name) {
        return added(id -> tx.sql("insert into subdistrict (id, name) values ($1, $2) on conflict do nothing").bind(id).bind(name.text()));
    }

    static Optional<UUID> addCommunity(Tx tx, UUID subdistrict, PlaceName name) {
        return added(id -> tx.sql("insert into community (id, subdistrict_id, name) values ($1, $2, $3) on conflict do nothing")
                .bind(id).bind(subdistrict).bind(name.text()));
    }

    static Optional<UUID> addCompound(Tx tx, UUID community, PlaceName name, OffsetDateTime now) {
        return added(id -> tx.sql("""
                insert into compound (id, community_id, name, created_at) values ($1, $2, $3, $4) on conflict do nothing""")
                .bind(id).bind(community).bind(name.text()).bind(now));
    }

    static Optional<UUID> addGate(Tx tx, UUID compound, PlaceName name) {
        return added(id -> tx.sql("insert into gate (compound_id, id, name) values ($1, $2, $3) on conflict do nothing")
                .bind(compound).bind(id).bind(name.text()));
    }

    static Optional<UUID> addGrid(Tx tx, UUID compound, PlaceName name) {
        return added(id -> tx.sql("insert into grid (compound_id, id, name) values ($1, $2, $3) on conflict do nothing")
                .bind(compound).bind(id).bind(name.text()));
    }

    private interface Insert {
        Sql of(UUID id);
    }

    private static Optional<UUID> added(Insert insert) {
        UUID id = Ids.next();
        return insert.of(id).update() == 1 ? Optional.of(id) : Optional.empty();
    }

    // --- renaming

    enum Renamed { DONE, TAKEN, NOT_THERE }

    static Renamed renameSubdistrict(Tx tx, UUID id, PlaceName name) {
        return renamed(tx.sql("update subdistrict set name = $2 where id = $1").bind(id).bind(name.text()));
    }

    static Renamed renameCommunity(Tx tx, UUID id, PlaceName name) {
        return renamed(tx.sql("update community set name = $2 where id = $1").bind(id).bind(name.text()));
    }

    static Renamed renameCompound(Tx tx, Scope scope, UUID id, PlaceName name) {
        return renamed(tx.sql("update compound set name = $3 where id = any($1) and id = $2")
                .bind(scope.wholeCompounds()).bind(id).bind(name.text()));
    }

    static Renamed renameGate(Tx tx, Scope scope, UUID id, PlaceName name) {
        return renamed(tx.sql("update gate set name = $3 where compound_id = any($1) and id = $2")
                .bind(scope.wholeCompounds()).bind(id).bind(name.text()));
    }

    static Renamed renameGrid(Tx tx, Scope scope, UUID id, PlaceName name) {
        return renamed(tx.sql("update grid set name = $3 where compound_id = any($1) and id = $2")
                .bind(scope.wholeCompounds()).bind(id).bind(name.text()));
    }

    /** Where the name is taken the transaction can only be rolled back. */
    private static Renamed renamed(Sql update) {
        try {
            return update.update() == 1 ? Renamed.DONE : Renamed.NOT_THERE;
        } catch (PgException refused) {
            if (UNIQUE_VIOLATION.equals(refused.getSqlState())) {
                return Renamed.TAKEN;
            }
            throw refused;
        }
    }

    // --- lists

    static List<Named> subdistricts(Statements in, @Nullable After after, int limit) {
        return after(in.sql("""
                select id, name from subdistrict
                where ($1::text is null or (name collate "C", id) > ($1, $2::uuid))
                order by name collate "C", id limit $3"""), after, limit).list(OrganisationStore::named);
    }

    static Optional<Named> subdistrict(Statements in, UUID id) {
        return in.sql("select id, name from subdistrict where id = $1").bind(id).first(OrganisationStore::named);
    }

    static List<Community> communities(Statements in, @Nullable UUID subdistrict, @Nullable After after, int limit) {
        return after(in.sql(COMMUNITY + """
                where ($1::text is null or (c.name collate "C", c.id) > ($1, $2::uuid)) and ($4::uuid is null or c.subdistrict_id = $4)
                order by c.name collate "C", c.id limit $3"""), after, limit).bind(subdistrict).list(OrganisationStore::community);
    }

    static Optional<Community> community(Statements in, UUID id) {
        return in.sql(COMMUNITY + "where c.id = $1").bind(id).first(OrganisationStore::community);
    }

    static List<Compound> compounds(Database database, Scope scope, @Nullable UUID community, @Nullable After after, int limit) {
        return after(database.sql(COMPOUND + """
                where ($1::text is null or (p.name collate "C", p.id) > ($1, $2::uuid)) and ($4::uuid is null or p.community_id = $4)
                  and p.id = any($5)
                order by p.name collate "C", p.id limit $3"""), after, limit).bind(community).bind(scope.wholeCompounds())
                .list(OrganisationStore::compound);
    }

    static Optional<Compound> compound(Statements in, UUID id) {
        return in.sql(COMPOUND + "where p.id = $1").bind(id).first(OrganisationStore::compound);
    }

    static List<Gate> gates(Statements in, Scope scope, @Nullable UUID compound, @Nullable After after, int limit) {
        return after(in.sql(GATE + """
                where ($1::text is null or (g.name collate "C", g.id) > ($1, $2::uuid)) and ($4::uuid is null or g.compound_id = $4)
                  and g.compound_id = any($5)
                order by g.name collate "C", g.id limit $3"""), after, limit).bind(compound).bind(scope.compounds())
                .list(OrganisationStore::gate);
    }

    static Optional<Gate> gate(Statements in, Scope scope, UUID id) {
        return in.sql(GATE + "where g.compound_id = any($1) and g.id = $2").bind(scope.compounds()).bind(id).first(OrganisationStore::gate);
    }

    static List<Grid> grids(Statements in, Scope scope, @Nullable UUID compound, @Nullable After after, int limit) {
        return withBuildings(in, scope, after(in.sql(GRID + """
                where ($1::text is null or (g.name collate "C", g.id) > ($1, $2::uuid)) and ($4::uuid is null or g.compound_id = $4)
                  and g.compound_id = any($5)
                order by g.name collate "C", g.id limit $3"""), after, limit).bind(compound).bind(scope.wholeCompounds())
                .list(OrganisationStore::grid));
    }

    static Optional<Grid> grid(Statements in, Scope scope, UUID id) {
        return withBuildings(in, scope, in.sql(GRID + "where g.compound_id = any($1) and g.id = $2")
                .bind(scope.wholeCompounds()).bind(id).list(OrganisationStore::grid)).stream().findFirst();
    }

    private static List<Grid> withBuildings(Statements in, Scope scope, List<Grid> grids) {
        if (grids.isEmpty()) {
            return grids;
        }
        Map<UUID, List<Named>> buildings = new LinkedHashMap<>();
        in.sql("""
                select b.grid_id, b.id, b.number as name from building b
                where b.compound_id = any($1) and b.grid_id = any($2) order by %s""".formatted(AS_COUNTED))
                .bind(scope.wholeCompounds()).bind(grids.stream().map(Grid::id).toArray(UUID[]::new))
                .list(row -> buildings.computeIfAbsent(row.getUUID("grid_id"), id -> new ArrayList<>()).add(named(row)));
        return grids.stream().map(each -> new Grid(each.id, each.name, each.compound, buildings.getOrDefault(each.id, List.of()))).toList();
    }

    // --- which building belongs to which grid

    /** Changes of a compound's grids come one after the other; what only refers to the compound does not wait. */
    static void lockGrids(Tx tx, UUID compound) {
        tx.sql("select from compound where id = $1 for no key update").bind(compound).list(row -> true);
    }

    /** Those of these buildings that the compound has. */
    static List<Assigned> buildings(Tx tx, UUID compound, Collection<UUID> ids) {
        return tx.sql("""
                select b.id, b.number, g.id as grid_id, g.name as grid
                from building b left join grid g on g.compound_id = b.compound_id and g.id = b.grid_id
                where b.compound_id = $1 and b.id = any($2) order by %s""".formatted(AS_COUNTED))
                .bind(compound).bind(ids.toArray(UUID[]::new))
                .list(row -> new Assigned(row.getUUID("id"), row.getString("number"),
                        Optional.ofNullable(row.getUUID("grid_id")).map(id -> new Named(id, row.getString("grid")))));
    }

    /** Exactly these buildings make the grid from now on. */
    static void assign(Tx tx, UUID compound, UUID grid, Collection<UUID> buildings) {
        tx.sql("""
                update building set grid_id = case when id = any($3) then $2::uuid end
                where compound_id = $1 and (id = any($3)) is distinct from (grid_id is not distinct from $2)""")
                .bind(compound).bind(grid).bind(buildings.toArray(UUID[]::new)).update();
    }

    // --- rows

    private static Sql after(Sql sql, @Nullable After after, int limit) {
        return sql.bind(after == null ? null : after.name).bind(after == null ? null : after.id).bind(limit);
    }

    private static Named named(Row row) {
        return new Named(row.getUUID("id"), row.getString("name"));
    }

    private static Named named(Row row, String id, String name) {
        return new Named(row.getUUID(id), row.getString(name));
    }

    private static Community community(Row row) {
        return new Community(row.getUUID("id"), row.getString("name"), named(row, "subdistrict_id", "subdistrict"));
    }

    private static Compound compound(Row row) {
        return new Compound(row.getUUID("id"), row.getString("name"), named(row, "community_id", "community"),
                named(row, "subdistrict_id", "subdistrict"));
    }

    private static Gate gate(Row row) {
        return new Gate(row.getUUID("id"), row.getString("name"), named(row, "compound_id", "compound"));
    }

    private static Grid grid(Row row) {
        return new Grid(row.getUUID("id"), row.getString("name"), named(row, "compound_id", "compound"), List.of());
    }
}
