package gatehouse.registry;

import gatehouse.http.Identifiers;
import gatehouse.kernel.Answer;
import gatehouse.kernel.BusinessClock;
import gatehouse.kernel.Database;
import gatehouse.kernel.FieldFault;
import gatehouse.kernel.Once;
import gatehouse.kernel.Page;
import gatehouse.kernel.Problem;
import gatehouse.kernel.ProblemType;
import gatehouse.kernel.Scope;
import gatehouse.kernel.Tx;
import gatehouse.registry.OrganisationStore.After;
import gatehouse.registry.OrganisationStore.Assigned;
import gatehouse.registry.OrganisationStore.Community;
import gatehouse.registry.OrganisationStore.Compound;
import gatehouse.registry.OrganisationStore.Gate;
import gatehouse.registry.OrganisationStore.Grid;
import gatehouse.registry.OrganisationStore.Renamed;
import gatehouse.registry.RegistryStore.Named;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How the place is divided: what the administrator and the community office make and rename. */
final class OrganisationActions {

    private final Database database;
    private final BusinessClock clock;
    private final RegistryDirectory directory;

    OrganisationActions(Database database, BusinessClock clock, RegistryDirectory directory) {
        this.database = database;
        this.clock = clock;
        this.directory = directory;
    }

    // --- subdistricts

    Page<Named> subdistricts(Page.Request page) {
        return Page.cut(OrganisationStore.subdistricts(database, after(page), page.rows()), page, each -> cursor(each.id(), each.name()));
    }

    Answer createSubdistrict(Once<Named> once, PlaceName name) {
        return database.transact(once, tx -> new Named(free(OrganisationStore.addSubdistrict(tx, name)), name.text()));
    }

    Named renameSubdistrict(UUID id, PlaceName name) {
        return database.transact(tx ->
                renamed(OrganisationStore.renameSubdistrict(tx, id, name), () -> OrganisationStore.subdistrict(tx, id)));
    }

    // --- communities

    Page<Community> communities(Optional<UUID> subdistrict, Page.Request page) {
        var rows = OrganisationStore.communities(database, subdistrict.orElse(null), after(page), page.rows());
        return Page.cut(rows, page, each -> cursor(each.id(), each.name()));
    }

    Answer createCommunity(Once<Community> once, UUID subdistrict, PlaceName name) {
        return database.transact(once, tx -> {
            there(OrganisationStore.subdistrict(tx, subdistrict));
            return there(OrganisationStore.community(tx, free(OrganisationStore.addCommunity(tx, subdistrict, name))));
        });
    }

    Community renameCommunity(UUID id, PlaceName name) {
        return database.transact(tx ->
                renamed(OrganisationStore.renameCommunity(tx, id, name), () -> OrganisationStore.community(tx, id)));
    }

    // --- compounds

    Page<Compound> compounds(Scope scope, Optional<UUID> community, Page.Request page) {
        var rows = OrganisationStore.compounds(database, scope, community.orElse(null), after(page), page.rows());
        return Page.cut(rows, page, each -> cursor(each.id(), each.name()));
    }

    /** With its commit it is within the administrators' reach, and its community's and subdistrict's, on every instance. */
    Answer createCompound(Once<Compound> once, UUID community, PlaceName name) {
        var now = clock.now();
        var answer = database.transact(once, tx -> {
            there(OrganisationStore.community(tx, community));
            UUID id = free(OrganisationStore.addCompound(tx, community, name, now));
            RegistryDirectory.changed(tx, id);
            return there(OrganisationStore.compound(tx, id));
        });
        directory.drop();
        return answer;
    }

    Compound renameCompound(Scope scope, UUID id, PlaceName name) {
        return database.transact(tx ->
                renamed(OrganisationStore.renameCompound(tx, scope, id, name), () -> OrganisationStore.compound(tx, id)));
    }

    // --- gates

    Page<Gate> gates(Scope scope, Optional<UUID> compound, Page.Request page) {
        var rows = OrganisationStore.gates(database, scope, compound.orElse(null), after(page), page.rows());
        return Page.cut(rows, page, each -> cursor(each.id(), each.name()));
    }

    Answer createGate(Once<Gate> once, Scope scope, UUID compound, PlaceName name) {
        requireInside(scope, compound);
        return database.transact(once, tx ->
                there(OrganisationStore.gate(tx, scope, free(OrganisationStore.addGate(tx, compound, name)))));
    }

    Gate renameGate(Scope scope, UUID id, PlaceName name) {
        return database.transact(tx ->
                renamed(OrganisationStore.renameGate(tx, scope, id, name), () -> OrganisationStore.gate(tx, scope, id)));
    }

    // --- grids

    /**
     * What a grid shall be.
     *
     * @param buildings ids as the client sent them, in its order
     * @param move      true where buildings of other grids shall come over
     */
    record GridWish(PlaceName name, List<String> buildings, boolean move) {}

    Page<Grid> grids(Scope scope, Optional<UUID> compound, Page.Request page) {
        var rows = OrganisationStore.grids(database, scope, compound.orElse(null), after(page), page.rows());
        return Page.cut(rows, page, each -> cursor(each.id(), each.name()));
    }

    Answer createGrid(Once<Grid> once, Scope scope, UUID compound, GridWish wish) {
        requireInside(scope, compound);
        var answer = database.transact(once, tx -> {
            OrganisationStore.lockGrids(tx, compound);
            return settle(tx, scope, compound, free(OrganisationStore.addGrid(tx, compound, wish.name)), wish);
        });
        directory.drop();
        return answer;
    }

    /** Exactly these buildings are the grid's with the commit, and its grid workers reach no others from then on, on every instance. */
    Grid changeGrid(Scope scope, UUID id, GridWish wish) {
        var changed = database.transact(tx -> {
            UUID compound = there(OrganisationStore.grid(tx, scope, id)).compound().id();
            OrganisationStore.lockGrids(tx, compound);
            renamed(OrganisationStore.renameGrid(tx, scope, id, wish.name), () -> Optional.of(id));
            return settle(tx, scope, compound, id, wish);
        });
        directory.drop();
        return changed;
    }

    private static Grid settle(Tx tx, Scope scope, UUID compound, UUID grid, GridWish wish) {
        var buildings = buildings(wish, ids -> OrganisationStore.buildings(tx, compound, ids));
        var elsewhere = buildings.stream().filter(each -> each.grid().isPresent() && !each.grid().get().id().equals(grid)).toList();
        if (!elsewhere.isEmpty() && !wish.move) {
            throw Problem.of(ProblemType.BUILDING_IN_OTHER_GRID, elsewhere.stream()
                    .map(each -> each.number() + " (" + each.grid().orElseThrow().name() + ")").collect(Collectors.joining(", ")));
        }
        OrganisationStore.assign(tx, compound, grid, buildings.stream().map(Assigned::building).toList());
        RegistryDirectory.changed(tx, compound);
        tx.changes(compound);
        return there(OrganisationStore.grid(tx, scope, grid));
    }

    private interface Lookup {
        List<Assigned> of(Set<UUID> ids);
    }

    /** The buildings that are wanted; what is no building of the compound is a fault at its place. */
    private static List<Assigned> buildings(GridWish wish, Lookup lookup) {
        var wanted = wish.buildings.stream().map(Identifiers::parse).toList();
        var found = lookup.of(wanted.stream().flatMap(Optional::stream).collect(Collectors.toSet()));
        var known = new HashSet<UUID>();
        found.forEach(each -> known.add(each.building()));
        for (int i = 0; i < wanted.size(); i++) {
            if (wanted.get(i).filter(known::contains).isEmpty()) {
                throw Problem.badField("/buildings/" + i, FieldFault.UNKNOWN_BUILDING);
            }
        }
        return found;
    }

    // ---

    private static void requireInside(Scope scope, UUID compound) {
        if (!scope.seesWholeCompound(compound)) {
            throw Problem.of(ProblemType.NOT_FOUND);
        }
    }

    private static <T> T there(Optional<T> found) {
        return found.orElseThrow(() -> Problem.of(ProblemType.NOT_FOUND));
    }

    private static UUID free(Optional<UUID> added) {
        return added.orElseThrow(() -> Problem.of(ProblemType.NAME_TAKEN));
    }

    private static <T> T renamed(Renamed outcome, Supplier<Optional<T>> now) {
        return switch (outcome) {
            case DONE -> there(now.get());
            case TAKEN -> throw Problem.of(ProblemType.NAME_TAKEN);
            case NOT_THERE -> throw Problem.of(ProblemType.NOT_FOUND);
        };
    }

    private static String cursor(UUID id, String name) {
        return id + "/" + name;
    }

    private static @Nullable After after(Page.Request page) {
        if (page.after() == null) {
            return null;
        }
        String[] parts = page.after().split("/", 2);
        var id = Identifiers.parse(parts[0]);
        if (parts.length < 2 || id.isEmpty()) {
            throw Problem.badField("?cursor", FieldFault.WRONG_FORMAT, "cursor");
        }
        return new After(id.get(), parts[1]);
    }
}
