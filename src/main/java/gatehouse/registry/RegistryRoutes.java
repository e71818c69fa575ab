package gatehouse.registry;

import com.fasterxml.jackson.annotation.JsonProperty;
import gatehouse.audit.AuditLog;
import gatehouse.http.Allow;
import gatehouse.http.Caller;
import gatehouse.http.Endpoint;
import gatehouse.http.Reply;
import gatehouse.http.Request;
import gatehouse.kernel.BusinessClock;
import gatehouse.kernel.Database;
import gatehouse.kernel.IdempotencyKey;
import gatehouse.kernel.Ids;
import gatehouse.kernel.Language;
import gatehouse.kernel.Page;
import gatehouse.kernel.Problem;
import gatehouse.kernel.ProblemType;
import gatehouse.kernel.Role;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The registry's operations of the contract. */
public final class RegistryRoutes {

    private static final Allow OFFICE = Allow.only(Role.OFFICE, Role.ADMIN);
    private static final Allow LOOKING_AFTER_HOUSEHOLDS = Allow.only(Role.OFFICE, Role.ADMIN, Role.GRID_WORKER);
    private static final Allow STAFF = Allow.only(Role.OFFICE, Role.ADMIN, Role.GRID_WORKER, Role.DISPATCHER, Role.HEALTH_CENTRE, Role.SUBDISTRICT);
    private static final Pattern ETAG = Pattern.compile("(?:W/)?\"?([0-9]{1,9})\"?");

    private final RosterActions rosters;
    private final RegistryActions registry;
    private final Policies policies;
    private final AuditLog audit;

    public RegistryRoutes(Database database, BusinessClock clock, PersonalData personalData, Policies policies, AuditLog audit, HouseholdMoves moves) {
        this.rosters = new RosterActions(database, clock, personalData, audit, moves);
        this.registry = new RegistryActions(database, clock, personalData, audit, moves);
        this.policies = policies;
        this.audit = audit;
    }

    public List<Endpoint> endpoints() {
        return List.of(
                Endpoint.of("importRoster", OFFICE, this::importRoster),
                Endpoint.of("getImport", OFFICE, this::getImport),
                Endpoint.of("listHouseholds", LOOKING_AFTER_HOUSEHOLDS, this::listHouseholds),
                Endpoint.of("getHousehold", LOOKING_AFTER_HOUSEHOLDS, this::getHousehold),
                Endpoint.of("moveOutResident", Allow.only(Role.OFFICE), this::moveOut),
                Endpoint.of("listOwnHousehold", Allow.only(Role.RESIDENT), this::listOwnHousehold),
                Endpoint.of("listBuildings", STAFF, this::listBuildings),
                Endpoint.of("getPolicy", STAFF, this::getPolicy),
                Endpoint.of("changePolicy", OFFICE, this::changePolicy),
                Endpoint.of("listPolicyHistory", STAFF, this::listPolicyHistory));
    }

    private record Ref(UUID id, String name) {}

    // --- rosters

    /** An import is named by its idempotency key, so that a client can ask for its progress while it waits for the answer. */
    private Reply importRoster(Request request) {
        Caller caller = request.caller();
        UUID id = request.idempotencyKey().map(IdempotencyKey::key).orElseGet(Ids::next);
        var upload = new RosterActions.Upload(compound(request), caller, id, request.queryFlag("dryRun"), request.rawBody().getBytes());
        return Reply.of(rosters.importRoster(request.scope(), upload,
                request.once(report -> Reply.answer(200, report.show(id, request.language())))));
    }

    private record ProgressView(UUID id, RosterProgress.State state, boolean dryRun, int linesRead, int linesTotal, OffsetDateTime startedAt,
                                @Nullable OffsetDateTime finishedAt, RosterReport.@Nullable Shown report) {}

    private Reply getImport(Request request) {
        RosterProgress progress = rosters.progress(request.scope(), request.pathId("id"));
        return Reply.ok(new ProgressView(progress.id(), progress.state(), progress.dryRun(), progress.linesRead(), progress.linesTotal(),
                progress.startedAt(), progress.finishedAt().orElse(null),
                progress.report().map(report -> report.show(progress.id(), request.language())).orElse(null)));
    }

    // --- households

    private record HouseholdView(UUID id, String label, Ref compound, String building, String unit, String room, List<MemberView> members) {}

    private record MemberView(UUID id, String name, boolean hasAccount, Relation relation, @Nullable LocalDate bornOn,
                              @Nullable String phone, @Nullable String idNumber) {}

    private record OwnMemberView(UUID id, String name, Relation relation, @Nullable LocalDate bornOn, boolean hasAccount) {}

    private Reply listHouseholds(Request request) {
        var page = registry.find(request.scope(), request.query("building"), request.query("unit"), request.query("q"), request.page());
        return Reply.ok(Request.withCursor(page.map(RegistryRoutes::view)));
    }

    private Reply getHousehold(Request request) {
        return Reply.ok(view(registry.household(request.scope(), request.pathId("id"))));
    }

    private Reply moveOut(Request request) {
        registry.moveOut(request.caller(), request.scope(), request.pathId("id"));
        return Reply.noContent();
    }

    private Reply listOwnHousehold(Request request) {
        UUID own = request.caller().householdId();
        List<Household.Member> members = own == null ? List.of() : registry.household(request.scope(), own).members();
        return Reply.ok(all(members, each ->
                new OwnMemberView(each.id(), each.name(), each.relation(), each.bornOn().orElse(null), each.hasAccount())));
    }

    private static HouseholdView view(Household household) {
        HouseholdLabel label = household.label();
        return new HouseholdView(household.id(), label.toString(), new Ref(household.compoundId(), household.compoundName()),
                label.building(), label.unit(), label.room(), household.members().stream().map(RegistryRoutes::view).toList());
    }

    private static MemberView view(Household.Member member) {
        return new MemberView(member.id(), member.name(), member.hasAccount(), member.relation(), member.bornOn().orElse(null),
                member.maskedPhone().orElse(null), member.maskedIdNumber().orElse(null));
    }

    // --- buildings

    private record BuildingView(UUID id, String building, Ref compound, @Nullable Ref grid, int households, int residents) {}

    private Reply listBuildings(Request request) {
        var page = registry.buildings(request.scope(), request.queryId("compoundId"), request.page());
        return Reply.ok(Request.withCursor(page.map(each -> new BuildingView(each.id(), each.number(), ref(each.compound()),
                each.grid().map(RegistryRoutes::ref).orElse(null), each.households(), each.residents()))));
    }

    private static Ref ref(RegistryStore.Named named) {
        return new Ref(named.id(), named.name());
    }

    // --- policy

    private record PolicyView(Ref compound, int version, List<ValueView> values) {}

    private record ValueView(String name, PolicyGroup group, Object value, @JsonProperty("default") Object standard, String unit,
                             @Nullable BigDecimal minimum, @Nullable BigDecimal maximum, @Nullable List<String> options, String description) {}

    private record PolicyWish(Map<String, Object> values) {}

    private record EntryView(int version, OffsetDateTime at, @Nullable String by, List<?> changes) {}

    private Reply getPolicy(Request request) {
        return reply(policies.read(request.scope(), compound(request)), request.language());
    }

    private Reply changePolicy(Request request) {
        String etag = request.header("If-Match").orElseThrow(() -> Problem.of(ProblemType.VERSION_REQUIRED));
        Matcher version = ETAG.matcher(etag.strip());
        if (!version.matches()) {
            throw Problem.of(ProblemType.STALE_VERSION);
        }
        var wish = request.body(PolicyWish.class);
        return reply(policies.change(audit, request.caller(), request.scope(), compound(request), Integer.parseInt(version.group(1)),
                wish.values()), request.language());
    }

    private Reply listPolicyHistory(Request request) {
        var page = policies.history(request.scope(), compound(request), request.page());
        return Reply.ok(Request.withCursor(page.map(
                each -> new EntryView(each.version(), each.at(), each.by().orElse(null), each.changes().getList()))));
    }

    private static Reply reply(Policies.Policy policy, Language language) {
        PolicyValues values = policy.values();
        var view = new PolicyView(new Ref(policy.compoundId(), policy.compoundName()), values.version(),
                Arrays.stream(PolicyName.values()).map(name -> view(name, values.amount(name), language)).toList());
        return Reply.ok(view).header("ETag", "\"" + values.version() + "\"");
    }

    private static ValueView view(PolicyName name, int amount, Language language) {
        List<String> options = PolicyRules.words(name.unit());
        return new ValueView(name.key(), PolicyGroup.of(name), PolicyRules.write(name.unit(), amount), PolicyRules.write(name.unit(), name.standard()),
                name.unit().text(), limit(name, name.least()), limit(name, name.most()), options.isEmpty() ? null : options,
                name.description(language));
    }

    /** Only numbers have limits that the contract can write as numbers. */
    private static @Nullable BigDecimal limit(PolicyName name, int amount) {
        return PolicyRules.write(name.unit(), amount) instanceof Number number ? new BigDecimal(number.toString()) : null;
    }

    // ---

    /** The compound that is meant: the one asked for, else the caller's own. */
    private static UUID compound(Request request) {
        return request.queryId("compoundId").orElseGet(() -> request.caller().compoundId());
    }

    private static <T, V> Page<V> all(List<T> items, Function<T, V> view) {
        return new Page<>(items.stream().map(view).toList(), null);
    }
}
