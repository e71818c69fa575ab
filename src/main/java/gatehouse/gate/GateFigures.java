package gatehouse.gate;

import gatehouse.kernel.BusinessClock;
import gatehouse.kernel.Statements;
import gatehouse.monitor.Figure;
import gatehouse.monitor.FigureSource;
import gatehouse.monitor.Sight;
import gatehouse.monitor.Tally;
import java.time.LocalDate;

/** Who is out, who is late, and the booked places of the day in the live picture. */
public final class GateFigures implements FigureSource {
    private final BusinessClock clock;

    public GateFigures(BusinessClock clock) {
        this.clock = clock;
    }

    @Override
    public void count(Statements database, Sight sight, LocalDate date, Tally tally) {
        var scope = sight.scope();
        for (var figures : GateFigureStore.outside(database, scope, date, clock.now())) {
            tally.building(figures.buildingId(), "outside", new Figure.Count(figures.outside()));
            tally.building(figures.buildingId(), "overdue", new Figure.Count(figures.overdue()));
        }
        GateFigureStore.booked(database, scope, date).forEach(each -> tally.building(each.buildingId(), "slots", new Figure.Count(each.places())));
    }
}
