package gatehouse.monitor;

import static gatehouse.kernel.Role.ADMIN;
import static gatehouse.kernel.Role.GRID_WORKER;
import static gatehouse.kernel.Role.HEALTH_CENTRE;
import static gatehouse.kernel.Role.OFFICE;
import static gatehouse.kernel.Role.SUBDISTRICT;

import gatehouse.http.Allow;
import gatehouse.http.Endpoint;
import gatehouse.http.Reply;
import gatehouse.http.Request;
import gatehouse.kernel.BusinessClock;
import gatehouse.kernel.Database;
import gatehouse.monitor.MonitorStore.BuildingFigures;
import gatehouse.monitor.MonitorStore.RoundFigure;
import gatehouse.registry.Policies;
import gatehouse.registry.PolicyName;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The routes of the monitor. */
public final class MonitorRoutes {
    private final Database database;
    private final BusinessClock clock;
    private final Policies policies;

    public MonitorRoutes(Database database, BusinessClock clock, Policies policies) {
        this.database = database;
        this.clock = clock;
        this.policies = policies;
    }

    public List<Endpoint> endpoints() {
        return List.of(Endpoint.of("getMonitor", Allow.only(GRID_WORKER, OFFICE, HEALTH_CENTRE, SUBDISTRICT, ADMIN), this::figures));
    }

    record RoundBody(int expected, int reported, int late, int missing) {
        static RoundBody of(RoundFigure figure) {
            return new RoundBody(figure.expected(), figure.reported(), figure.late(), figure.missing());
        }
    }

    record BuildingBody(String building, Map<String, RoundBody> rounds, int fevers, int alerts) {
    }

    record CompoundBody(UUID id, String name, Map<String, RoundBody> rounds, int fevers, int alerts, List<BuildingBody> buildings) {
    }

    record MonitorBody(LocalDate date, List<CompoundBody> compounds) {
    }

    private Reply figures(Request request) {
        var date = request.queryDate("date").orElseGet(clock::today);
        var figures = MonitorStore.figures(database, request.scope(), date,
                compound -> policies.of(compound).amount(PolicyName.FEVER_ABOVE));
        var byCompound = new LinkedHashMap<UUID, List<BuildingFigures>>();
        figures.forEach(each -> byCompound.computeIfAbsent(each.compoundId(), id -> new ArrayList<>()).add(each));
        return Reply.ok(new MonitorBody(date, byCompound.values().stream().map(MonitorRoutes::compound).toList()));
    }

    private static CompoundBody compound(List<BuildingFigures> buildings) {
        var none = new RoundFigure(0, 0, 0);
        return new CompoundBody(buildings.getFirst().compoundId(), buildings.getFirst().compound(),
                rounds(buildings.stream().map(BuildingFigures::morning).reduce(none, RoundFigure::plus),
                        buildings.stream().map(BuildingFigures::afternoon).reduce(none, RoundFigure::plus)),
                buildings.stream().mapToInt(BuildingFigures::fevers).sum(), buildings.stream().mapToInt(BuildingFigures::alerts).sum(),
                buildings.stream().map(each -> new BuildingBody(each.building(), rounds(each.morning(), each.afternoon()), each.fevers(),
                        each.alerts())).toList());
    }

    private static Map<String, RoundBody> rounds(RoundFigure morning, RoundFigure afternoon) {
        var rounds = new LinkedHashMap<String, RoundBody>();
        rounds.put("MORNING", RoundBody.of(morning));
        rounds.put("AFTERNOON", RoundBody.of(afternoon));
        return rounds;
    }
}
