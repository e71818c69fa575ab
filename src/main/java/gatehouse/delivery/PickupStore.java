package gatehouse.delivery;

import gatehouse.kernel.Scope;
import gatehouse.kernel.Statements;
import gatehouse.kernel.Tx;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The table of pickups. */
final class PickupStore {
    static final String PICKUPS = """
            select u.*, h.label as household, g.name as gate from pickup u
            join household h on h.compound_id = u.compound_id and h.id = u.household_id
            join gate g on g.compound_id = u.compound_id and g.id = u.gate_id
            """;

    private PickupStore() {
    }

    /** The household's open pickup at that gate, held until the transaction ends. */
    static Optional<Pickup> lockOpen(Tx tx, UUID compound, UUID household, UUID gate) {
        return tx.sql(PICKUPS + """
                where u.compound_id = $1 and u.household_id = $2 and u.gate_id = $3 and u.state = 'OPEN' for no key update of u""")
                .bind(compound).bind(household).bind(gate).first(PickupStore::pickup);
    }

    /** False where the household has one already, or another pickup has the same code. */
    static boolean insert(Tx tx, Home home, UUID gate, UUID id, String codeKey, byte[] codeHash, OffsetDateTime now) {
        return tx.sql("""
                insert into pickup (compound_id, id, household_id, building_id, gate_id, state, code_key, code_hash, opened_at)
                values ($1, $2, $3, $4, $5, 'OPEN', $6, $7, $8) on conflict do nothing""")
                .bind(home.compoundId()).bind(id).bind(home.householdId()).bind(home.buildingId()).bind(gate).bind(codeKey).bind(Buffer.buffer(codeHash))
                .bind(now).update() == 1;
    }

    static Optional<Pickup> lock(Tx tx, UUID compound, UUID id) {
        return tx.sql(PICKUPS + "where u.compound_id = $1 and u.id = $2 for no key update of u").bind(compound).bind(id).first(PickupStore::pickup);
    }

    static Optional<Pickup> ofCode(Statements where, Scope scope, byte[] codeHash) {
        return where.sql(PICKUPS + "where u.code_hash = $5 and" + Scope.SEES_HOUSEHOLD).within(scope).bind(Buffer.buffer(codeHash))
                .first(PickupStore::pickup);
    }

    static Optional<String> codeKey(Statements where, UUID compound, UUID id) {
        return where.sql("select code_key from pickup where compound_id = $1 and id = $2 and state = 'OPEN'").bind(compound).bind(id)
                .first(row -> row.getString("code_key"));
    }

    /** The booked slot of a held pickup; null for none. */
    static void setSlot(Tx tx, Pickup pickup, Parcel.@Nullable Slot slot) {
        tx.sql("update pickup set slot_starts_at = $3, slot_ends_at = $4 where compound_id = $1 and id = $2").bind(pickup.compoundId()).bind(pickup.id())
                .bind(slot == null ? null : slot.startsAt()).bind(slot == null ? null : slot.endsAt()).update();
    }

    /** Of a held one; {@code collector} where it was none of the household. */
    static void collected(Tx tx, Pickup pickup, @Nullable UUID collector, OffsetDateTime now) {
        tx.sql("update pickup set state = 'COLLECTED', closed_at = $3, collector_id = $4 where compound_id = $1 and id = $2 and state = 'OPEN'")
                .bind(pickup.compoundId()).bind(pickup.id()).bind(now).bind(collector).update();
    }

    /** Open ones whose booked slot is over. */
    static List<Pickup> lapsed(Statements where, OffsetDateTime now, int most) {
        return where.sql(PICKUPS + "where u.state = 'OPEN' and u.slot_ends_at <= $1 order by u.slot_ends_at, u.id limit $2").bind(now).bind(most)
                .list(PickupStore::pickup);
    }

    static boolean close(Tx tx, Pickup pickup, PickupState as, OffsetDateTime now) {
        return tx.sql("update pickup set state = $3, closed_at = $4 where compound_id = $1 and id = $2 and state = 'OPEN'")
                .bind(pickup.compoundId()).bind(pickup.id()).bind(as.name()).bind(now).update() == 1;
    }

    static Pickup pickup(Row row) {
        var starts = row.getOffsetDateTime("slot_starts_at");
        return new Pickup(row.getUUID("compound_id"), row.getUUID("id"), row.getUUID("household_id"), row.getUUID("building_id"),
                row.getString("household"), row.getUUID("gate_id"), row.getString("gate"), PickupState.valueOf(row.getString("state")),
                row.getString("code_key"), starts == null ? null : new Parcel.Slot(starts, row.getOffsetDateTime("slot_ends_at")));
    }
}
