package gatehouse.ticket;

import gatehouse.kernel.Statements;
import gatehouse.monitor.FigureSource;
import gatehouse.monitor.Sight;
import gatehouse.monitor.Tally;
import java.time.LocalDate;

/** Tickets by state, and those that missed a promise, in the live picture as they are now. */
public final class TicketFigures implements FigureSource {
    private static final String NAME = "tickets";

    @Override
    public void count(Statements database, Sight sight, LocalDate date, Tally tally) {
        var scope = sight.scope();
        TicketFigureStore.ofBuildings(database, scope).forEach(each -> tally.building(each.placeId(), NAME, each.figure()));
        // What lies between the buildings, what is about staff, and anonymous complaints are told of no smaller place than the compound.
        TicketFigureStore.ofCompounds(database, scope).forEach(each -> tally.compound(each.placeId(), NAME, each.figure()));
    }
}
