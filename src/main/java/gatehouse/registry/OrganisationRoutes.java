package gatehouse.registry;

import gatehouse.http.Allow;
import gatehouse.http.Endpoint;
import gatehouse.http.Identifiers;
import gatehouse.http.Reply;
import gatehouse.http.Request;
import gatehouse.kernel.BusinessClock;
import gatehouse.kernel.Database;
import gatehouse.kernel.FieldFault;
import gatehouse.kernel.Page;
import gatehouse.kernel.Problem;
import gatehouse.kernel.ProblemType;
import gatehouse.kernel.Role;
import gatehouse.registry.OrganisationActions.GridWish;
import gatehouse.registry.RegistryStore.Named;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The operations of the contract by which a place is divided: subdistricts, communities, compounds; gates and grids. */
public final class OrganisationRoutes {

    private static final Allow ADMINISTRATOR = Allow.only(Role.ADMIN);
    private static final Allow OFFICE = Allow.only(Role.OFFICE, Role.ADMIN);

    private final OrganisationActions actions;

    public OrganisationRoutes(Database database, BusinessClock clock, RegistryDirectory directory) {
        this.actions = new OrganisationActions(database, clock, directory);
    }

    public List<Endpoint> endpoints() {
        return List.of(
                Endpoint.of("listSubdistricts", ADMINISTRATOR, this::listSubdistricts),
                Endpoint.of("createSubdistrict", ADMINISTRATOR, this::createSubdistrict),
                Endpoint.of("renameSubdistrict", ADMINISTRATOR, this::renameSubdistrict),
                Endpoint.of("listCommunities", ADMINISTRATOR, this::listCommunities),
                Endpoint.of("createCommunity", ADMINISTRATOR, this::createCommunity),
                Endpoint.of("renameCommunity", ADMINISTRATOR, this::renameCommunity),
                Endpoint.of("listCompounds", OFFICE, this::listCompounds),
                Endpoint.of("createCompound", ADMINISTRATOR, this::createCompound),
                Endpoint.of("renameCompound", ADMINISTRATOR, this::renameCompound),
                Endpoint.of("listGates", Allow.loggedIn(), this::listGates),
                Endpoint.of("createGate", OFFICE, this::createGate),
                Endpoint.of("renameGate", OFFICE, this::renameGate),
                Endpoint.of("listGrids", OFFICE, this::listGrids),
                Endpoint.of("createGrid", OFFICE, this::createGrid),
                Endpoint.of("changeGrid", OFFICE, this::changeGrid));
    }

    private record NewName(String name) {}

    private record NewCommunity(String subdistrictId, String name) {}

    private record NewCompound(String communityId, String name) {}

    private record NewGate(@Nullable String compoundId, String name) {}

    private record GridBody(@Nullable String compoundId, String name, @Nullable List<String> buildings, @Nullable Boolean move) {}

    private record Ref(UUID id, String name) {}

    private record CommunityView(UUID id, String name, Ref subdistrict) {}

    private record CompoundView(UUID id, String name, Ref community, Ref subdistrict) {}

    private record GateView(UUID id, String name, Ref compound) {}

    private record BuildingRef(UUID id, String building) {}

    private record GridView(UUID id, String name, Ref compound, List<BuildingRef> buildings) {}

    // --- subdistricts, communities, compounds

    private Reply listSubdistricts(Request request) {
        return page(actions.subdistricts(request.page()), OrganisationRoutes::ref);
    }

    private Reply createSubdistrict(Request request) {
        var name = name(request.body(NewName.class).name);
        return Reply.of(actions.createSubdistrict(request.once(made -> Reply.answer(201, ref(made))), name));
    }

    private Reply renameSubdistrict(Request request) {
        return Reply.ok(ref(actions.renameSubdistrict(request.pathId("id"), name(request.body(NewName.class).name))));
    }

    private Reply listCommunities(Request request) {
        return page(actions.communities(request.queryId("subdistrictId"), request.page()), OrganisationRoutes::view);
    }

    private Reply createCommunity(Request request) {
        var body = request.body(NewCommunity.class);
        return Reply.of(actions.createCommunity(request.once(made -> Reply.answer(201, view(made))), id(body.subdistrictId),
                name(body.name)));
    }

    private Reply renameCommunity(Request request) {
        return Reply.ok(view(actions.renameCommunity(request.pathId("id"), name(request.body(NewName.class).name))));
    }

    private Reply listCompounds(Request request) {
        return page(actions.compounds(request.scope(), request.queryId("communityId"), request.page()), OrganisationRoutes::view);
    }

    private Reply createCompound(Request request) {
        var body = request.body(NewCompound.class);
        return Reply.of(actions.createCompound(request.once(made -> Reply.answer(201, view(made))), id(body.communityId), name(body.name)));
    }

    private Reply renameCompound(Request request) {
        return Reply.ok(view(actions.renameCompound(request.scope(), request.pathId("id"), name(request.body(NewName.class).name))));
    }

    // --- gates and grids

    private Reply listGates(Request request) {
        return page(actions.gates(request.scope(), request.queryId("compoundId"), request.page()), OrganisationRoutes::view);
    }

    private Reply createGate(Request request) {
        var body = request.body(NewGate.class);
        return Reply.of(actions.createGate(request.once(made -> Reply.answer(201, view(made))), request.scope(),
                compound(request, body.compoundId), name(body.name)));
    }

    private Reply renameGate(Request request) {
        return Reply.ok(view(actions.renameGate(request.scope(), request.pathId("id"), name(request.body(NewName.class).name))));
    }

    private Reply listGrids(Request request) {
        return page(actions.grids(request.scope(), request.queryId("compoundId"), request.page()), OrganisationRoutes::view);
    }

    private Reply createGrid(Request request) {
        var body = request.body(GridBody.class);
        return Reply.of(actions.createGrid(request.once(made -> Reply.answer(201, view(made))), request.scope(),
                compound(request, body.compoundId), wish(body)));
    }

    private Reply changeGrid(Request request) {
        return Reply.ok(view(actions.changeGrid(request.scope(), request.pathId("id"), wish(request.body(GridBody.class)))));
    }

    private static GridWish wish(GridBody body) {
        return new GridWish(name(body.name), body.buildings == null ? List.of() : body.buildings, Boolean.TRUE.equals(body.move));
    }

    // ---

    private static PlaceName name(String written) {
        return PlaceName.parse(written).orElseThrow(() -> Problem.badField("/name", FieldFault.NOT_A_NAME, PlaceName.MOST_CHARACTERS));
    }

    /** The place in which something is made; what is no id of ours is simply not found. */
    private static UUID id(String written) {
        return Identifiers.parse(written).orElseThrow(() -> Problem.of(ProblemType.NOT_FOUND));
    }

    /** The compound that is meant: the one named, else the caller's own. */
    private static UUID compound(Request request, @Nullable String written) {
        return written == null ? request.caller().compoundId() : id(written);
    }

    private static <T, V> Reply page(Page<T> page, Function<T, V> view) {
        return Reply.ok(Request.withCursor(page.map(view)));
    }

    private static Ref ref(Named named) {
        return new Ref(named.id(), named.name());
    }

    private static CommunityView view(OrganisationStore.Community community) {
        return new CommunityView(community.id(), community.name(), ref(community.subdistrict()));
    }

    private static CompoundView view(OrganisationStore.Compound compound) {
        return new CompoundView(compound.id(), compound.name(), ref(compound.community()), ref(compound.subdistrict()));
    }

    private static GateView view(OrganisationStore.Gate gate) {
        return new GateView(gate.id(), gate.name(), ref(gate.compound()));
    }

    private static GridView view(OrganisationStore.Grid grid) {
        return new GridView(grid.id(), grid.name(), ref(grid.compound()),
                grid.buildings().stream().map(each -> new BuildingRef(each.id(), each.name())).toList());
    }
}
