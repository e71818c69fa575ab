package gatehouse.delivery;

import gatehouse.kernel.Statements;
import gatehouse.monitor.Figure;
import gatehouse.monitor.FigureSource;
import gatehouse.monitor.Sight;
import gatehouse.monitor.Tally;
import java.time.LocalDate;

/** The parcels that wait at the gates, in the live picture. */
public final class ParcelFigures implements FigureSource {
    @Override
    public void count(Statements database, Sight sight, LocalDate date, Tally tally) {
        ParcelFigureStore.waiting(database, sight.scope(), date)
                .forEach(each -> tally.building(each.buildingId(), "parcels", new Figure.Count(each.parcels())));
    }
}
