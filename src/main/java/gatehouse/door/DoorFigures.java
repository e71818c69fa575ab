package gatehouse.door;

import gatehouse.kernel.BusinessClock;
import gatehouse.kernel.Statements;
import gatehouse.monitor.Figure;
import gatehouse.monitor.FigureSource;
import gatehouse.monitor.Sight;
import gatehouse.monitor.Tally;
import gatehouse.registry.Policies;
import java.time.LocalDate;
import java.util.stream.Stream;

/** How many walks to doors are not done, and how many of them are late, in the live picture. */
public final class DoorFigures implements FigureSource {
    private final BusinessClock clock;
    private final Policies policies;

    public DoorFigures(BusinessClock clock, Policies policies) {
        this.clock = clock;
        this.policies = policies;
    }

    @Override
    public void count(Statements database, Sight sight, LocalDate date, Tally tally) {
        var now = clock.now();
        for (var each : DoorStore.figures(database, sight.scope())) {
            var opened = each.openedAt();
            var within = DoorRules.of(policies.of(each.compoundId())).within();
            int overdue = opened == null ? 0 : (int) Stream.of(opened).filter(at -> DoorPolicy.isOverdue(DoorState.OPEN, at, within, now)).count();
            tally.building(each.buildingId(), "doorTasks", new Figure.Count(each.tasks()));
            tally.building(each.buildingId(), "doorTasksOverdue", new Figure.Count(overdue));
        }
    }
}
