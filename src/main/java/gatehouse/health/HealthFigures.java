package gatehouse.health;

import gatehouse.health.HealthFigureStore.Observed;
import gatehouse.health.KnockStore.Doors;
import gatehouse.kernel.BusinessClock;
import gatehouse.kernel.Role;
import gatehouse.kernel.Scope;
import gatehouse.kernel.Statements;
import gatehouse.monitor.Figure;
import gatehouse.monitor.FigureSource;
import gatehouse.monitor.Sight;
import gatehouse.monitor.Tally;
import gatehouse.registry.Policies;
import gatehouse.registry.PolicyName;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reports, fevers, alerts and people under observation in the live picture. */
public final class HealthFigures implements FigureSource {
    /** Who may know who is under observation; others see the number of a whole compound, which points at nobody. */
    private static final Set<Role> OBSERVERS = Set.of(Role.OFFICE, Role.GRID_WORKER, Role.HEALTH_CENTRE);

    private final Policies policies;
    private final BusinessClock clock;

    public HealthFigures(Policies policies, BusinessClock clock) {
        this.policies = policies;
        this.clock = clock;
    }

    @Override
    public void count(Statements database, Sight sight, LocalDate date, Tally tally) {
        var scope = sight.scope();
        var knocks = knocks(database, scope, date);
        boolean past = date.isBefore(clock.today());
        for (var figures : HealthFigureStore.ofBuildings(database, scope, date, past, compound -> policies.of(compound).amount(PolicyName.FEVER_ABOVE))) {
            var building = figures.buildingId();
            tally.building(building, "rounds", new Figure.Rounds(
                    new Figure.Round(figures.residents(), figures.morning(), figures.morningLate()),
                    new Figure.Round(figures.residents(), figures.afternoon(), figures.afternoonLate())));
            tally.building(building, "fevers", new Figure.Count(figures.fevers()));
            tally.building(building, "alerts", new Figure.Count(figures.alerts()));
            tally.building(building, "unacknowledged", new Figure.Count(figures.unacknowledged()));
            knocks.ifPresent(doors -> tally.building(building, "knocks", new Figure.Count(doors.getOrDefault(building, 0))));
            figures.unacknowledgedSince().ifPresent(since -> tally.building(building, "unacknowledgedSince", new Figure.Since(since)));
        }
        for (var compound : scope.compounds()) {
            var cutOffAt = policies.of(compound).time(PolicyName.REPORT_CUT_OFF_AT);
            tally.compound(compound, "cutOffAt", new Figure.Since(date.atTime(cutOffAt).atZone(BusinessClock.ZONE).toOffsetDateTime()));
        }
        var observers = sight.scopeBy(OBSERVERS);
        HealthFigureStore.observed(database, scope, date).stream().collect(Collectors.groupingBy(Observed::compoundId))
                .forEach((compound, buildings) -> addObserved(observers, compound, buildings, tally));
    }

    /** Doors to knock at now, by building; of a day that is over nobody asks. */
    private Optional<Map<UUID, Integer>> knocks(Statements database, Scope scope, LocalDate date) {
        var now = clock.now();
        if (!date.equals(now.toLocalDate())) {
            return Optional.empty();
        }
        var windows = Stream.of(scope.compounds()).distinct().collect(Collectors.toMap(Function.identity(), compound -> KnockPolicy.window(DayRules.of(policies.of(compound)), now)));
        return Optional.of(KnockStore.doorsByBuilding(database, scope, windows, date).stream().collect(Collectors.toMap(Doors::buildingId, Doors::doors)));
    }

    /** By building for who may know; for nobody else by less than the compound. */
    private static void addObserved(Scope observers, UUID compound, List<Observed> buildings, Tally tally) {
        var known = buildings.stream().filter(each -> observers.seesBuilding(compound, each.buildingId())).toList();
        if (known.size() == buildings.size()) {
            known.forEach(each -> tally.building(each.buildingId(), "observations", new Figure.Count(each.people())));
        } else {
            tally.compound(compound, "observations", new Figure.Count(buildings.stream().mapToInt(Observed::people).sum()));
        }
    }
}
