package gatehouse.delivery;

import gatehouse.kernel.Statements;
import gatehouse.kernel.Tx;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;

/** The tables of pickups, parcels and slots, for lists of bookings. */
final class BookingStore {
    private BookingStore() {
    }

    /** Somebody of that household wants that slot for what waits with this parcel. */
    record Question(UUID compoundId, UUID householdId, UUID parcelId, PickupSlot slot, By by) {
    }

    /** The places of a slot. */
    record Seats(UUID compoundId, PickupSlot slot, OffsetDateTime endsAt, int capacity, int taken) {
        Seats with(int now) {
            return new Seats(compoundId, slot, endsAt, capacity, now);
        }
    }

    /** A pickup that has another slot now. */
    record Booked(Pickup pickup, Parcel.Slot time, By by) {
    }

    /** The open pickups of the parcels that are asked for, in the order of their ids, held until the transaction ends. */
    static Map<UUID, Pickup> lockPickups(Tx tx, List<Question> questions) {
        var pickups = new HashMap<UUID, Pickup>();
        tx.sql(PickupStore.PICKUPS + """
                where (u.compound_id, u.id) in (
                    select p.compound_id, p.pickup_id from parcel p
                    join unnest($1::uuid[], $2::uuid[], $3::uuid[]) as w (compound_id, household_id, id)
                      on w.compound_id = p.compound_id and w.id = p.id and w.household_id = p.household_id)
                  and u.state = 'OPEN'
                order by u.compound_id, u.id for no key update of u""")
                .bind(column(questions, Question::compoundId, UUID[]::new)).bind(column(questions, Question::householdId, UUID[]::new))
                .bind(column(questions, Question::parcelId, UUID[]::new)).list(PickupStore::pickup).forEach(each -> pickups.put(each.id(), each));
        return pickups;
    }

    /** The parcels that are asked for by those whose they are. */
    static Map<UUID, Parcel> asked(Statements where, List<Question> questions) {
        var parcels = new HashMap<UUID, Parcel>();
        where.sql(ParcelStore.PARCELS + """
                join unnest($1::uuid[], $2::uuid[], $3::uuid[]) as w (compound_id, household_id, id)
                  on w.compound_id = p.compound_id and w.id = p.id and w.household_id = p.household_id""")
                .bind(column(questions, Question::compoundId, UUID[]::new)).bind(column(questions, Question::householdId, UUID[]::new))
                .bind(column(questions, Question::parcelId, UUID[]::new)).list(ParcelStore::parcel).forEach(each -> parcels.put(each.id(), each));
        return parcels;
    }

    /** What is taken of these slots, in the order of their keys, held until the transaction ends; those that nobody booked yet are made. */
    static List<Seats> lockSeats(Tx tx, List<Seats> seats) {
        tx.sql("""
                insert into pickup_slot (compound_id, gate_id, starts_at, ends_at, slot_date, capacity, taken)
                select w.compound_id, w.gate_id, w.starts_at, w.ends_at, (w.starts_at at time zone 'Asia/Shanghai')::date, w.capacity, 0
                from unnest($1::uuid[], $2::uuid[], $3::timestamptz[], $4::timestamptz[], $5::integer[]) as w (compound_id, gate_id, starts_at, ends_at, capacity)
                order by 1, 2, 3 on conflict (compound_id, gate_id, starts_at) do nothing""")
                .bind(column(seats, Seats::compoundId, UUID[]::new)).bind(column(seats, each -> each.slot.gateId(), UUID[]::new))
                .bind(column(seats, each -> each.slot.startsAt(), OffsetDateTime[]::new)).bind(column(seats, Seats::endsAt, OffsetDateTime[]::new))
                .bind(column(seats, Seats::capacity, Integer[]::new)).update();
        return tx.sql("""
                select compound_id, gate_id, starts_at, ends_at, capacity, taken from pickup_slot
                where (compound_id, gate_id, starts_at) in (select * from unnest($1::uuid[], $2::uuid[], $3::timestamptz[]))
                order by compound_id, gate_id, starts_at for no key update""")
                .bind(column(seats, Seats::compoundId, UUID[]::new)).bind(column(seats, each -> each.slot.gateId(), UUID[]::new))
                .bind(column(seats, each -> each.slot.startsAt(), OffsetDateTime[]::new))
                .list(row -> new Seats(row.getUUID("compound_id"), new PickupSlot(row.getUUID("gate_id"), row.getOffsetDateTime("starts_at")),
                        row.getOffsetDateTime("ends_at"), row.getInteger("capacity"), row.getInteger("taken")));
    }

    /** Of held slots; a capacity that was lowered under what is taken already counts for the next who asks. */
    static void keepSeats(Tx tx, List<Seats> seats) {
        tx.sql("""
                update pickup_slot s set taken = w.taken, capacity = case when w.taken > s.taken then w.capacity else s.capacity end
                from unnest($1::uuid[], $2::uuid[], $3::timestamptz[], $4::integer[], $5::integer[]) as w (compound_id, gate_id, starts_at, taken, capacity)
                where s.compound_id = w.compound_id and s.gate_id = w.gate_id and s.starts_at = w.starts_at and s.taken <> w.taken""")
                .bind(column(seats, Seats::compoundId, UUID[]::new)).bind(column(seats, each -> each.slot.gateId(), UUID[]::new))
                .bind(column(seats, each -> each.slot.startsAt(), OffsetDateTime[]::new)).bind(column(seats, Seats::taken, Integer[]::new))
                .bind(column(seats, Seats::capacity, Integer[]::new)).update();
    }

    /** Gives held pickups their slots, and what waits in them its state, with its trail. */
    static void book(Tx tx, List<Booked> booked, OffsetDateTime now) {
        tx.sql("""
                update pickup u set slot_starts_at = w.starts_at, slot_ends_at = w.ends_at
                from unnest($1::uuid[], $2::uuid[], $3::timestamptz[], $4::timestamptz[]) as w (compound_id, id, starts_at, ends_at)
                where u.compound_id = w.compound_id and u.id = w.id""")
                .bind(column(booked, each -> each.pickup.compoundId(), UUID[]::new)).bind(column(booked, each -> each.pickup.id(), UUID[]::new))
                .bind(column(booked, each -> each.time.startsAt(), OffsetDateTime[]::new))
                .bind(column(booked, each -> each.time.endsAt(), OffsetDateTime[]::new)).update();
        tx.sql("""
                with was as (
                    select p.compound_id, p.id, p.state, p.version, w.note, w.by_compound_id, w.by_account_id from parcel p
                    join unnest($1::uuid[], $2::uuid[], $3::text[], $4::uuid[], $5::uuid[]) as w (compound_id, pickup_id, note, by_compound_id, by_account_id)
                      on w.compound_id = p.compound_id and w.pickup_id = p.pickup_id
                    where p.state in ('AT_GATE', 'BOOKED') order by p.id for no key update of p),
                changed as (
                    update parcel p set state = 'BOOKED', version = was.version + 1 from was where p.compound_id = was.compound_id and p.id = was.id)
                insert into parcel_event (compound_id, parcel_id, version, event, from_state, to_state, note, event_at, by_compound_id, by_account_id)
                select compound_id, id, version + 1, 'BOOK', state, 'BOOKED', note, $6, by_compound_id, by_account_id from was""")
                .bind(column(booked, each -> each.pickup.compoundId(), UUID[]::new)).bind(column(booked, each -> each.pickup.id(), UUID[]::new))
                .bind(column(booked, each -> new PickupSlot(each.pickup.gateId(), each.time.startsAt()).id(), String[]::new))
                .bind(column(booked, each -> each.by.compoundId(), UUID[]::new)).bind(column(booked, each -> each.by.accountId(), UUID[]::new))
                .bind(now).update();
    }

    private static <T, R> R[] column(List<T> rows, Function<T, R> field, IntFunction<R[]> array) {
        return rows.stream().map(field).toArray(array);
    }
}
