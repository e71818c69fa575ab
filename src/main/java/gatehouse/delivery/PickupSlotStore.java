package gatehouse.delivery;

import gatehouse.kernel.Scope;
import gatehouse.kernel.Statements;
import gatehouse.kernel.Tx;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The places of slots. */
final class PickupSlotStore {
    private PickupSlotStore() {
    }

    record Gate(UUID compoundId, UUID id, String name) {
    }

    record Taken(PickupSlot slot, int taken) {
    }

    /** The gates within the scope, all or one of them. */
    static List<Gate> gates(Statements where, Scope scope, @Nullable UUID gateId) {
        return where.sql("""
                select compound_id, id, name from gate where compound_id = any($1) and ($2::uuid is null or id = $2) order by compound_id, name""")
                .bind(scope.compounds()).bind(gateId)
                .list(row -> new Gate(row.getUUID("compound_id"), row.getUUID("id"), row.getString("name")));
    }

    static List<Taken> taken(Statements where, List<UUID> compounds, LocalDate date) {
        return where.sql("select gate_id, starts_at, taken from pickup_slot where compound_id = any($1) and slot_date = $2")
                .bind(compounds.toArray(UUID[]::new)).bind(date)
                .list(row -> new Taken(new PickupSlot(row.getUUID("gate_id"), row.getOffsetDateTime("starts_at")), row.getInteger("taken")));
    }

    static void free(Tx tx, UUID compound, PickupSlot slot) {
        tx.sql("update pickup_slot set taken = taken - 1 where compound_id = $1 and gate_id = $2 and starts_at = $3")
                .bind(compound).bind(slot.gateId()).bind(slot.startsAt()).update();
    }
}
