package gatehouse.monitor;

import gatehouse.kernel.Scope;
import gatehouse.kernel.Statements;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The places that figures are of. */
final class MonitorStore {
    private MonitorStore() {
    }

    /** A building with its compound and, where it has one, its grid. */
    record Place(UUID compoundId, String compound, UUID buildingId, String building, @Nullable UUID gridId, @Nullable String grid) {
    }

    /** The buildings within the scope, compound by compound, as people count them. */
    static List<Place> places(Statements database, Scope scope) {
        return database.sql("""
                select b.compound_id, c.name as compound, b.id, b.number, b.grid_id, g.name as grid
                from building b
                join compound c on c.id = b.compound_id
                left join grid g on g.compound_id = b.compound_id and g.id = b.grid_id
                where b.compound_id = any($1) and (b.compound_id = any($2) or b.id = any($3))
                order by c.name, c.id, length(b.number), b.number""")
                .bind(scope.compounds()).bind(scope.wholeCompounds()).bind(scope.buildings())
                .list(row -> new Place(row.getUUID("compound_id"), row.getString("compound"), row.getUUID("id"), row.getString("number"),
                        row.getUUID("grid_id"), row.getString("grid")));
    }
}
