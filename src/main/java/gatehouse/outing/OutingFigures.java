package gatehouse.outing;

import gatehouse.kernel.BusinessClock;
import gatehouse.kernel.Statements;
import gatehouse.monitor.Figure;
import gatehouse.monitor.FigureSource;
import gatehouse.monitor.Sight;
import gatehouse.monitor.Tally;
import java.time.LocalDate;

/** The requests that wait for staff in the live picture, and since when the oldest does. */
public final class OutingFigures implements FigureSource {
    private final BusinessClock clock;

    public OutingFigures(BusinessClock clock) {
        this.clock = clock;
    }

    @Override
    public void count(Statements database, Sight sight, LocalDate date, Tally tally) {
        for (var pending : OutingStore.pending(database, sight.scope(), date, clock.now())) {
            tally.building(pending.buildingId(), "pendingPasses", new Figure.Count(pending.passes()));
            pending.since().ifPresent(since -> tally.building(pending.buildingId(), "pendingPassesSince", new Figure.Since(since)));
        }
    }
}
