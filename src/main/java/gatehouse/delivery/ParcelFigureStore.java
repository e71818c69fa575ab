package gatehouse.delivery;

import gatehouse.kernel.Scope;
import gatehouse.kernel.Statements;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Counts of what waits. */
final class ParcelFigureStore {
    private ParcelFigureStore() {
    }

    record Waiting(UUID buildingId, int parcels) {
    }

    /** What lies at a gate, and what of it wants somebody. */
    record Overview(int waiting, int booked, int perishable, int toSort, int returnDue, int lost) {
    }

    /** Every building in reach; what came on that day or before and waits now. */
    static List<Waiting> waiting(Statements where, Scope scope, LocalDate date) {
        return where.sql("""
                select b.id, count(p.id)::int as parcels
                from building b
                left join parcel p on p.compound_id = b.compound_id and p.building_id = b.id and p.state in ('AT_GATE', 'BOOKED') and p.registered_date <= $4
                where b.compound_id = any($1) and (b.compound_id = any($2) or b.id = any($3))
                group by b.id""")
                .bind(scope.compounds()).bind(scope.wholeCompounds()).bind(scope.buildings()).bind(date)
                .list(row -> new Waiting(row.getUUID("id"), row.getInteger("parcels")));
    }

    /** {@code gates} null: all of the scope. */
    static Overview overview(Statements where, Scope scope, UUID @Nullable [] gates, OffsetDateTime dueSince, OffsetDateTime now) {
        return where.sql("""
                select count(*) filter (where p.state <> 'LOST')::int as waiting,
                    count(*) filter (where p.state = 'BOOKED' and u.slot_ends_at > $4)::int as booked,
                    count(*) filter (where p.state <> 'LOST' and p.perishable)::int as perishable,
                    count(*) filter (where p.state <> 'LOST' and p.household_id is null)::int as to_sort,
                    count(*) filter (where p.state <> 'LOST' and p.registered_at <= $3 and not
                    """ + ParcelStore.BROUGHT + """
                    )::int as return_due,
                    count(*) filter (where p.state = 'LOST')::int as lost
                from parcel p left join pickup u on u.compound_id = p.compound_id and u.id = p.pickup_id
                where p.compound_id = any($1) and ($2::uuid[] is null or p.gate_id = any($2))
                  and (p.state in ('AT_GATE', 'BOOKED') or p.state = 'LOST' and p.ended_at > $4 - interval '7 days')""")
                .bind(scope.wholeCompounds()).bind(gates).bind(dueSince).bind(now)
                .only(row -> new Overview(row.getInteger("waiting"), row.getInteger("booked"), row.getInteger("perishable"), row.getInteger("to_sort"),
                        row.getInteger("return_due"), row.getInteger("lost")));
    }
}
