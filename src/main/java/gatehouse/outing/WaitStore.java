package gatehouse.outing;

import gatehouse.kernel.Scope;
import gatehouse.kernel.Statements;
import gatehouse.kernel.Tx;
import io.vertx.sqlclient.Row;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The lines for full slots. */
final class WaitStore {
    private WaitStore() {
    }

    /** With what a reader wants beside it; {@code ahead}: how many stand before it in the line. */
    record NamedWaiting(Waiting waiting, String residentName, @Nullable String gate, int ahead) {
    }

    /** A line in which somebody waits, and what is taken of its slot; {@code taken} null where nobody has taken a place yet. */
    record Line(UUID compoundId, SlotKey slot, OffsetDateTime endsAt, @Nullable Integer ownCapacity, @Nullable Integer taken) {
    }

    /** False where the household stands in this line already. */
    static boolean join(Tx tx, Waiting waiting, UUID byCompound, UUID byAccount) {
        return tx.sql("""
                insert into outing_wait (compound_id, id, gate_id, slot_starts_at, slot_ends_at, resident_id, household_id, building_id, state,
                    asked_at, asked_by_compound_id, asked_by)
                values ($1, $2, $3, $4, $5, $6, $7, $8, 'WAITING', $9, $10, $11)
                on conflict do nothing""")
                .bind(waiting.compoundId()).bind(waiting.id()).bind(waiting.slot().gateId()).bind(waiting.slot().startsAt()).bind(waiting.slotEndsAt())
                .bind(waiting.residentId()).bind(waiting.householdId()).bind(waiting.buildingId()).bind(waiting.askedAt())
                .bind(byCompound).bind(byAccount).update() == 1;
    }

    private static final String WAITING = """
            select w.*, r.name as resident_name, g.name as gate,
                case when w.state = 'WAITING' then (select count(*) from outing_wait o where o.compound_id = w.compound_id and o.gate_id = w.gate_id
                    and o.slot_starts_at = w.slot_starts_at and o.state = 'WAITING' and o.id < w.id) else 0 end as ahead
            from outing_wait w
            join household h on h.compound_id = w.compound_id and h.id = w.household_id
            join resident r on r.compound_id = w.compound_id and r.id = w.resident_id
            left join gate g on g.compound_id = w.compound_id and g.id = w.gate_id
            """;

    /** Who waits or has an offer, within the scope, by the order of the lines. */
    static List<NamedWaiting> open(Statements where, Scope scope, OffsetDateTime now, int limit) {
        return where.sql(WAITING + "where w.state in ('WAITING', 'OFFERED') and w.slot_ends_at > $5 and" + Scope.SEES_RESIDENT
                + "order by w.slot_starts_at, w.id limit $6").within(scope).bind(now).bind(limit).list(WaitStore::named);
    }

    static Optional<NamedWaiting> read(Statements where, Scope scope, UUID id) {
        return where.sql(WAITING + "where w.id = $5 and" + Scope.SEES_RESIDENT).within(scope).bind(id).first(WaitStore::named);
    }

    static Optional<NamedWaiting> lock(Tx tx, Scope scope, UUID id) {
        return tx.sql(WAITING + "where w.id = $5 and" + Scope.SEES_RESIDENT + "for update of w").within(scope).bind(id).first(WaitStore::named);
    }

    /** The offers that these households have for these slots and that are good at {@code now}. */
    static List<Waiting> offers(Statements where, List<UUID> compounds, List<UUID> households, List<SlotKey> slots, OffsetDateTime now) {
        return slots.isEmpty() ? List.of() : where.sql("""
                select w.* from outing_wait w
                where (w.compound_id, w.household_id, w.gate_id, w.slot_starts_at) in
                      (select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::timestamptz[]))
                  and w.state = 'OFFERED' and w.offered_until >= $5""")
                .bind(compounds.toArray(UUID[]::new)).bind(households.toArray(UUID[]::new))
                .bind(slots.stream().map(SlotKey::gateId).toArray(UUID[]::new))
                .bind(slots.stream().map(SlotKey::startsAt).toArray(OffsetDateTime[]::new)).bind(now)
                .list(WaitStore::waiting);
    }

    /** Marks offers as taken; fewer where one ran out meanwhile. */
    static int take(Tx tx, List<Waiting> offers, OffsetDateTime now) {
        return offers.isEmpty() ? 0 : tx.sql("""
                update outing_wait w set state = 'TAKEN', ended_at = $3
                from unnest($1::uuid[], $2::uuid[]) as t (compound_id, id)
                where w.compound_id = t.compound_id and w.id = t.id and w.state = 'OFFERED'""")
                .bind(offers.stream().map(Waiting::compoundId).toArray(UUID[]::new)).bind(offers.stream().map(Waiting::id).toArray(UUID[]::new))
                .bind(now).update();
    }

    /** Offers a place to the first of a line until then; empty where nobody waits or the slot is closed. */
    static Optional<Waiting> offerNext(Tx tx, UUID compound, SlotKey slot, OffsetDateTime until) {
        return tx.sql("""
                update outing_wait set state = 'OFFERED', offered_until = $4
                where (compound_id, id) = (
                    select compound_id, id from outing_wait
                    where compound_id = $1 and gate_id = $2 and slot_starts_at = $3 and state = 'WAITING'
                      and not exists (select 1 from outing_slot s where s.compound_id = $1 and s.gate_id = $2 and s.starts_at = $3 and s.closed)
                    order by id limit 1 for update skip locked)
                returning *""")
                .bind(compound).bind(slot.gateId()).bind(slot.startsAt()).bind(until).first(WaitStore::waiting);
    }

    /** Somebody's offer of a place that was closed since; {@code date}: the day of it, at which gate and when it was closed. */
    record Withdrawn(Waiting waiting, LocalDate date, String gate, OffsetDateTime closedAt) {
    }

    /** Puts those who have an offer for a slot that is closed back to the head of its line; their places are the caller's to free. */
    static List<Withdrawn> withdrawOffers(Tx tx, OffsetDateTime now) {
        return tx.sql("""
                update outing_wait w set state = 'WAITING', offered_until = null
                from outing_slot s
                join outing_gate_day d on d.compound_id = s.compound_id and d.gate_id = s.gate_id and d.slot_date = s.slot_date
                join gate g on g.compound_id = s.compound_id and g.id = s.gate_id
                where s.closed and s.ends_at > $1 and w.compound_id = s.compound_id and w.gate_id = s.gate_id and w.slot_starts_at = s.starts_at
                  and w.state = 'OFFERED'
                returning w.*, s.slot_date, g.name as gate, d.changed_at as closed_at""").bind(now)
                .list(row -> new Withdrawn(waiting(row), row.getLocalDate("slot_date"), row.getString("gate"), row.getOffsetDateTime("closed_at")));
    }

    /** Ends somebody's waiting; the place that was offered is the caller's to give on. */
    static void end(Tx tx, Waiting waiting, WaitState state, OffsetDateTime now) {
        tx.sql("update outing_wait set state = $3, ended_at = $4 where compound_id = $1 and id = $2")
                .bind(waiting.compoundId()).bind(waiting.id()).bind(state.name()).bind(now).update();
    }

    /** Where these people wait or have an offer, held until the transaction ends. */
    static List<Waiting> waitingOf(Tx tx, UUID compound, List<UUID> residents) {
        return tx.sql("""
                select * from outing_wait where compound_id = $1 and resident_id = any($2) and state in ('WAITING', 'OFFERED')
                order by gate_id, slot_starts_at, id for update""")
                .bind(compound).bind(residents.toArray(UUID[]::new)).list(WaitStore::waiting);
    }

    /** Offers that ran out, held until the transaction ends. */
    static List<Waiting> ranOut(Tx tx, OffsetDateTime now, int limit) {
        return tx.sql("""
                select * from outing_wait where state = 'OFFERED' and offered_until < $1
                order by compound_id, gate_id, slot_starts_at, id limit $2 for update skip locked""")
                .bind(now).bind(limit).list(WaitStore::waiting);
    }

    /** Ends the lines of slots that are over; answers how many waited in vain. */
    static int endLines(Tx tx, OffsetDateTime now) {
        return tx.sql("update outing_wait set state = 'LAPSED', ended_at = $1 where state = 'WAITING' and slot_ends_at <= $1").bind(now).update();
    }

    /** The lines in which somebody waits now. */
    static List<Line> lines(Statements where, OffsetDateTime now, int limit) {
        return where.sql("""
                select distinct w.compound_id, w.gate_id, w.slot_starts_at, w.slot_ends_at, d.capacity, s.taken
                from outing_wait w
                left join outing_slot s on s.compound_id = w.compound_id and s.gate_id = w.gate_id and s.starts_at = w.slot_starts_at
                left join outing_gate_day d on d.compound_id = w.compound_id and d.gate_id = w.gate_id
                    and d.slot_date = (w.slot_starts_at at time zone 'Asia/Shanghai')::date
                where w.state = 'WAITING' and w.slot_ends_at > $1
                order by 1, 2, 3 limit $2""")
                .bind(now).bind(limit)
                .list(row -> new Line(row.getUUID("compound_id"), SlotStore.key(row), row.getOffsetDateTime("slot_ends_at"),
                        row.getInteger("capacity"), row.getInteger("taken")));
    }

    private static NamedWaiting named(Row row) {
        return new NamedWaiting(waiting(row), row.getString("resident_name"), row.getString("gate"), row.getInteger("ahead"));
    }

    private static Waiting waiting(Row row) {
        return new Waiting(row.getUUID("compound_id"), row.getUUID("id"), SlotStore.key(row), row.getOffsetDateTime("slot_ends_at"),
                row.getUUID("resident_id"), row.getUUID("household_id"), row.getUUID("building_id"), WaitState.valueOf(row.getString("state")),
                row.getOffsetDateTime("asked_at"), row.getOffsetDateTime("offered_until"));
    }
}
