package gatehouse.gate;

import gatehouse.kernel.Scope;
import gatehouse.kernel.Statements;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;

/** Counts of those who are out and of booked places, by building. */
final class GateFigureStore {
    private GateFigureStore() {
    }

    record Outside(UUID buildingId, int outside, int overdue) {
    }

    record Booked(UUID buildingId, int places) {
    }

    /** Every building in reach; who left on that day or before and is out now. */
    static List<Outside> outside(Statements where, Scope scope, LocalDate date, OffsetDateTime now) {
        return where.sql("""
                select b.id, count(p.id)::int as outside, count(p.id) filter (where p.valid_until < $5)::int as overdue
                from building b
                left join outing_pass p on p.compound_id = b.compound_id and p.building_id = b.id and p.state in ('OUT', 'OVERDUE')
                    and p.outing_date <= $4
                where b.compound_id = any($1) and (b.compound_id = any($2) or b.id = any($3))
                group by b.id""")
                .bind(scope.compounds()).bind(scope.wholeCompounds()).bind(scope.buildings()).bind(date).bind(now)
                .list(row -> new Outside(row.getUUID("id"), row.getInteger("outside"), row.getInteger("overdue")));
    }

    /** Every building in reach; the places of that day's slots that its passes hold. */
    static List<Booked> booked(Statements where, Scope scope, LocalDate date) {
        return where.sql("""
                select b.id, count(p.id)::int as places
                from building b
                left join outing_pass p on p.compound_id = b.compound_id and p.building_id = b.id and p.outing_date = $4
                    and p.slot_starts_at is not null and p.state in ('PENDING', 'APPROVED', 'OUT', 'RETURNED', 'OVERDUE')
                where b.compound_id = any($1) and (b.compound_id = any($2) or b.id = any($3))
                group by b.id""")
                .bind(scope.compounds()).bind(scope.wholeCompounds()).bind(scope.buildings()).bind(date)
                .list(row -> new Booked(row.getUUID("id"), row.getInteger("places")));
    }
}
