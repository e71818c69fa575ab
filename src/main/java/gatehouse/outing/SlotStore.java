package gatehouse.outing;

import gatehouse.kernel.Scope;
import gatehouse.kernel.Statements;
import gatehouse.kernel.Tx;
import gatehouse.outing.OutingStore.By;
import io.vertx.sqlclient.Row;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The tables of slots. */
final class SlotStore {
    private SlotStore() {
    }

    /** A gate with the places that its calendar gives it on a day; null where the policy's number holds. */
    record GateDay(UUID compoundId, UUID gateId, String gate, LocalDate date, @Nullable Integer capacity, @Nullable String reason) {
    }

    /** How many places of a slot are taken. */
    record Taken(SlotKey slot, int taken) {
    }

    /** A slot that somebody asks for, with the calendar and what is taken of it. */
    record AskedSlot(UUID compoundId, SlotKey slot, String gate, @Nullable Integer ownCapacity, int taken) {
    }

    /** Places taken in a slot by one list of requests. */
    record Booking(UUID compoundId, SlotKey slot, OffsetDateTime endsAt, LocalDate date, int capacity, int places) {
    }

    /** The gates within the scope, all or one of them, with their calendar of a day. */
    static List<GateDay> gates(Statements where, Scope scope, @Nullable UUID gateId, LocalDate date) {
        return where.sql("""
                select g.compound_id, g.id, g.name, d.capacity, d.reason from gate g
                left join outing_gate_day d on d.compound_id = g.compound_id and d.gate_id = g.id and d.slot_date = $3
                where g.compound_id = any($1) and ($2::uuid is null or g.id = $2)
                order by g.compound_id, g.name""")
                .bind(scope.compounds()).bind(gateId).bind(date)
                .list(row -> new GateDay(row.getUUID("compound_id"), row.getUUID("id"), row.getString("name"), date,
                        row.getInteger("capacity"), row.getString("reason")));
    }

    static List<Taken> taken(Statements where, List<UUID> compounds, LocalDate date) {
        return where.sql("select gate_id, starts_at, taken from outing_slot where compound_id = any($1) and slot_date = $2")
                .bind(compounds.toArray(UUID[]::new)).bind(date)
                .list(row -> new Taken(new SlotKey(row.getUUID("gate_id"), row.getOffsetDateTime("starts_at")), row.getInteger("taken")));
    }

    /** Those of the slots whose gate there is in that compound. */
    static List<AskedSlot> asked(Statements where, List<UUID> compounds, List<SlotKey> slots, List<LocalDate> dates) {
        if (slots.isEmpty()) {
            return List.of();
        }
        return where.sql("""
                select distinct w.compound_id, w.gate_id, w.starts_at, g.name, d.capacity, coalesce(s.taken, 0) as taken
                from unnest($1::uuid[], $2::uuid[], $3::timestamptz[], $4::date[]) as w (compound_id, gate_id, starts_at, slot_date)
                join gate g on g.compound_id = w.compound_id and g.id = w.gate_id
                left join outing_gate_day d on d.compound_id = w.compound_id and d.gate_id = w.gate_id and d.slot_date = w.slot_date
                left join outing_slot s on s.compound_id = w.compound_id and s.gate_id = w.gate_id and s.starts_at = w.starts_at""")
                .bind(compounds.toArray(UUID[]::new)).bind(slots.stream().map(SlotKey::gateId).toArray(UUID[]::new))
                .bind(slots.stream().map(SlotKey::startsAt).toArray(OffsetDateTime[]::new)).bind(dates.toArray(LocalDate[]::new))
                .list(row -> new AskedSlot(row.getUUID("compound_id"), new SlotKey(row.getUUID("gate_id"), row.getOffsetDateTime("starts_at")),
                        row.getString("name"), row.getInteger("capacity"), row.getInteger("taken")));
    }

    /** Makes lists wait for each other that collided over these slots once already. */
    static void takeTurns(Tx tx, List<UUID> compounds, List<SlotKey> slots) {
        tx.sql("""
                select 1 from outing_slot
                where (compound_id, gate_id, starts_at) in (select * from unnest($1::uuid[], $2::uuid[], $3::timestamptz[]))
                order by compound_id, gate_id, starts_at for no key update""")
                .bind(compounds.toArray(UUID[]::new)).bind(slots.stream().map(SlotKey::gateId).toArray(UUID[]::new))
                .bind(slots.stream().map(SlotKey::startsAt).toArray(OffsetDateTime[]::new)).exists();
    }

    /**
     * Takes places, of each slot only where all that are asked for are still free and it is not closed; answers the number of slots of which they were
     * taken. In the order of the keys, so that two lists never wait for each other.
     */
    static int book(Tx tx, List<Booking> bookings) {
        if (bookings.isEmpty()) {
            return 0;
        }
        return tx.sql("""
                insert into outing_slot as s (compound_id, gate_id, starts_at, ends_at, slot_date, capacity, taken)
                select * from unnest($1::uuid[], $2::uuid[], $3::timestamptz[], $4::timestamptz[], $5::date[], $6::integer[], $7::integer[])
                order by 1, 2, 3
                on conflict (compound_id, gate_id, starts_at) do update set taken = s.taken + excluded.taken, capacity = excluded.capacity
                where s.taken + excluded.taken <= excluded.capacity and not s.closed""")
                .bind(bookings.stream().map(Booking::compoundId).toArray(UUID[]::new))
                .bind(bookings.stream().map(each -> each.slot.gateId()).toArray(UUID[]::new))
                .bind(bookings.stream().map(each -> each.slot.startsAt()).toArray(OffsetDateTime[]::new))
                .bind(bookings.stream().map(Booking::endsAt).toArray(OffsetDateTime[]::new))
                .bind(bookings.stream().map(Booking::date).toArray(LocalDate[]::new))
                .bind(bookings.stream().map(Booking::capacity).toArray(Integer[]::new))
                .bind(bookings.stream().map(Booking::places).toArray(Integer[]::new))
                .update();
    }

    /** Whether more places are taken than the slot has now; {@code places}: by the policy, where the gate's calendar has no number of its own. */
    static boolean isOverfull(Tx tx, UUID compound, SlotKey slot, int places) {
        return tx.sql("""
                select 1 from outing_slot s
                left join outing_gate_day d on d.compound_id = s.compound_id and d.gate_id = s.gate_id and d.slot_date = s.slot_date
                where s.compound_id = $1 and s.gate_id = $2 and s.starts_at = $3 and s.taken > coalesce(d.capacity, $4)""")
                .bind(compound).bind(slot.gateId()).bind(slot.startsAt()).bind(places).exists();
    }

    /** Gives one place back. */
    static void free(Tx tx, UUID compound, SlotKey slot) {
        tx.sql("update outing_slot set taken = taken - 1 where compound_id = $1 and gate_id = $2 and starts_at = $3")
                .bind(compound).bind(slot.gateId()).bind(slot.startsAt()).update();
    }

    /** What the calendar says of a gate's days; empty where there is no such gate within the scope. */
    static Optional<GateDay> gate(Statements where, Scope scope, UUID gateId, LocalDate date) {
        return gates(where, scope, gateId, date).stream().findFirst();
    }

    /** Lets only one transaction at a time change a gate's calendar. */
    static void lockGate(Tx tx, Scope scope, UUID gateId) {
        tx.sql("select 1 from gate where compound_id = any($1) and id = $2 for no key update").bind(scope.compounds()).bind(gateId).exists();
    }

    /** {@code capacity} null: as many as the policy says again. */
    static void setDay(Tx tx, GateDay day, By by, OffsetDateTime now) {
        if (day.capacity == null) {
            tx.sql("delete from outing_gate_day where compound_id = $1 and gate_id = $2 and slot_date = $3")
                    .bind(day.compoundId).bind(day.gateId).bind(day.date).update();
            return;
        }
        tx.sql("""
                insert into outing_gate_day (compound_id, gate_id, slot_date, capacity, reason, changed_at, changed_by_compound_id, changed_by)
                values ($1, $2, $3, $4, $5, $6, $7, $8)
                on conflict (compound_id, gate_id, slot_date) do update
                set capacity = excluded.capacity, reason = excluded.reason, changed_at = excluded.changed_at,
                    changed_by_compound_id = excluded.changed_by_compound_id, changed_by = excluded.changed_by""")
                .bind(day.compoundId).bind(day.gateId).bind(day.date).bind(day.capacity).bind(day.reason).bind(now)
                .bind(by.compoundId()).bind(by.accountId()).update();
    }

    /**
     * Closes the slots of a gate's day, also those of which no place was taken yet: whoever books one at this moment has it before or not at all.
     */
    static void close(Tx tx, GateDay day, List<SlotPolicy.SlotTime> times) {
        tx.sql("""
                insert into outing_slot (compound_id, gate_id, starts_at, ends_at, slot_date, capacity, taken, closed)
                select $1, $2, w.starts_at, w.ends_at, $3, 0, 0, true from unnest($4::timestamptz[], $5::timestamptz[]) as w (starts_at, ends_at)
                order by w.starts_at
                on conflict (compound_id, gate_id, starts_at) do update set closed = true""")
                .bind(day.compoundId).bind(day.gateId).bind(day.date)
                .bind(times.stream().map(SlotPolicy.SlotTime::startsAt).toArray(OffsetDateTime[]::new))
                .bind(times.stream().map(SlotPolicy.SlotTime::endsAt).toArray(OffsetDateTime[]::new)).update();
        markClosed(tx, day, true);
    }

    static void open(Tx tx, GateDay day) {
        markClosed(tx, day, false);
    }

    private static void markClosed(Tx tx, GateDay day, boolean closed) {
        tx.sql("update outing_slot set closed = $4 where compound_id = $1 and gate_id = $2 and slot_date = $3 and closed <> $4")
                .bind(day.compoundId).bind(day.gateId).bind(day.date).bind(closed).update();
    }

    static SlotKey key(Row row) {
        return new SlotKey(row.getUUID("gate_id"), row.getOffsetDateTime("slot_starts_at"));
    }
}
