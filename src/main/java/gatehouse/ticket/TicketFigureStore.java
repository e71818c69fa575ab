package gatehouse.ticket;

import gatehouse.kernel.Scope;
import gatehouse.kernel.Statements;
import gatehouse.monitor.Figure;
import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.UUID;

/** Counts of tickets by place and state; the index of open tickets answers them, however many are closed. */
final class TicketFigureStore {
    private static final String COUNTS = """
            count(t.id) filter (where t.state = 'SUBMITTED')::int as submitted, count(t.id) filter (where t.state = 'ACCEPTED')::int as accepted,
            count(t.id) filter (where t.state = 'ASSIGNED')::int as assigned, count(t.id) filter (where t.state = 'ON_SITE')::int as on_site,
            count(t.id) filter (where t.state = 'WAITING')::int as waiting, count(t.id) filter (where t.state = 'REOPENED')::int as reopened,
            count(t.id) filter (where t.state = 'DONE')::int as done,
            count(t.id) filter (where t.breached_at is not null and t.state <> 'DONE')::int as breached
            """;
    private static final String LIVE = " t.state in ('SUBMITTED', 'ACCEPTED', 'ASSIGNED', 'ON_SITE', 'WAITING', 'REOPENED', 'DONE') ";

    private TicketFigureStore() {
    }

    record Counted(UUID placeId, Figure.Tickets figure) {
    }

    /** Every building in reach. */
    static List<Counted> ofBuildings(Statements where, Scope scope) {
        return where.sql("select b.id as place, " + COUNTS + """
                from building b
                left join ticket t on t.compound_id = b.compound_id and t.building_id = b.id and not t.office_only and""" + LIVE + """
                where b.compound_id = any($1) and (b.compound_id = any($2) or b.id = any($3))
                group by b.id""").bind(scope.compounds()).bind(scope.wholeCompounds()).bind(scope.buildings()).list(TicketFigureStore::counted);
    }

    /** Compounds in whole reach that have tickets of no building. */
    static List<Counted> ofCompounds(Statements where, Scope scope) {
        return where.sql("select t.compound_id as place, " + COUNTS + "from ticket t where t.compound_id = any($1) and (t.building_id is null or t.office_only) and"
                + LIVE + "group by t.compound_id").bind(scope.wholeCompounds()).list(TicketFigureStore::counted);
    }

    private static Counted counted(Row row) {
        return new Counted(row.getUUID("place"), new Figure.Tickets(row.getInteger("submitted"), row.getInteger("accepted"), row.getInteger("assigned"),
                row.getInteger("on_site"), row.getInteger("waiting"), row.getInteger("reopened"), row.getInteger("done"), row.getInteger("breached")));
    }
}
