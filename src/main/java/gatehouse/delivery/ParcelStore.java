package gatehouse.delivery;

import gatehouse.kernel.Page;
import gatehouse.kernel.Scope;
import gatehouse.kernel.Statements;
import gatehouse.kernel.Tx;
import io.vertx.sqlclient.Row;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The tables of parcels and their trail. */
final class ParcelStore {
    /** Whether somebody brings it: a free walk to its household takes everything along that waits, one that was taken what was put into it. */
    static final String BROUGHT = """
            (p.state in ('AT_GATE', 'BOOKED') and (
                exists (select 1 from door_task d where d.compound_id = p.compound_id and d.household_id = p.household_id and d.state = 'OPEN')
                or exists (select 1 from door_task_parcel c join door_task d on d.compound_id = c.compound_id and d.id = c.task_id
                    where c.compound_id = p.compound_id and c.parcel_id = p.id and d.state not in ('DONE', 'CANCELLED', 'OPEN'))))
            """;
    static final String PARCELS = "select p.*, " + BROUGHT + """
            as brought, g.name as gate, h.label as household, u.slot_starts_at, u.slot_ends_at
            from parcel p
            join gate g on g.compound_id = p.compound_id and g.id = p.gate_id
            left join household h on h.compound_id = p.compound_id and h.id = p.household_id
            left join pickup u on u.compound_id = p.compound_id and u.id = p.pickup_id
            """;
    /** As {@link Scope#seesSinceHome}, of a parcel; one that nobody knows the owner of is seen by those who see the whole compound. */
    private static final String SEEN = """
            where p.compound_id = any($1) and (p.compound_id = any($2) or p.building_id = any($3)
                or (p.household_id = any($4) and p.registered_at >= h.inhabited_since))
            """;

    private ParcelStore() {
    }

    /** An event of a parcel, which made its version. */
    record Entry(int version, ParcelEvent event, @Nullable ParcelState from, ParcelState to, @Nullable String note, OffsetDateTime at,
                 @Nullable String byName, boolean byCourier) {
    }

    /**
     * What a list shows; absent conditions let everything through.
     *
     * @param gates    only those at one of them
     * @param dueSince only those that wait since then or longer
     */
    record Filter(@Nullable ParcelState state, UUID @Nullable [] gates, boolean waiting, boolean toSort, @Nullable OffsetDateTime dueSince,
                  @Nullable String household, @Nullable String tracking) {
    }

    static void insert(Tx tx, Parcel parcel) {
        tx.sql("""
                insert into parcel (compound_id, id, gate_id, household_id, building_id, pickup_id, written, state, carrier, tracking_tail, shelf,
                    perishable, disinfected, registered_at, registered_date, version)
                values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)""")
                .bind(parcel.compoundId()).bind(parcel.id()).bind(parcel.gateId()).bind(parcel.householdId()).bind(parcel.buildingId())
                .bind(parcel.pickupId()).bind(parcel.written()).bind(parcel.state().name()).bind(parcel.carrier()).bind(parcel.trackingTail())
                .bind(parcel.shelf()).bind(parcel.perishable()).bind(parcel.disinfected()).bind(parcel.registeredAt())
                .bind(parcel.registeredAt().toLocalDate()).bind(parcel.version()).update();
    }

    /** Writes what an event changed; false where the parcel is not what it was when it was read. */
    static boolean change(Tx tx, Parcel before, Parcel after) {
        return tx.sql("""
                update parcel set household_id = $4, building_id = $5, pickup_id = $6, written = $7, state = $8, shelf = $9, reminded_at = $10,
                    return_due_at = $11, ended_at = $12, version = $13
                where compound_id = $1 and id = $2 and version = $3""")
                .bind(before.compoundId()).bind(before.id()).bind(before.version()).bind(after.householdId()).bind(after.buildingId())
                .bind(after.pickupId()).bind(after.written()).bind(after.state().name()).bind(after.shelf()).bind(after.remindedAt())
                .bind(after.returnDueAt()).bind(after.endedAt()).bind(after.version()).update() == 1;
    }

    static void append(Tx tx, Parcel after, ParcelEvent event, @Nullable ParcelState from, By by, @Nullable String note, OffsetDateTime at) {
        tx.sql("""
                insert into parcel_event (compound_id, parcel_id, version, event, from_state, to_state, note, event_at, by_compound_id, by_account_id,
                    by_link_id)
                values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)""")
                .bind(after.compoundId()).bind(after.id()).bind(after.version()).bind(event.name()).bind(from == null ? null : from.name())
                .bind(after.state().name()).bind(note).bind(at).bind(by.compoundId()).bind(by.accountId()).bind(by.linkId()).update();
    }

    static Optional<Parcel> find(Statements where, Scope scope, UUID id) {
        return where.sql(PARCELS + SEEN + "and p.id = $5").within(scope).bind(id).first(ParcelStore::parcel);
    }

    /** The parcel, held until the transaction ends. */
    static Optional<Parcel> lock(Tx tx, Scope scope, UUID id) {
        return tx.sql(PARCELS + SEEN + "and p.id = $5 for no key update of p").within(scope).bind(id).first(ParcelStore::parcel);
    }

    /** What waits in a pickup, held until the transaction ends. */
    static List<Parcel> lockWaiting(Tx tx, UUID compound, UUID pickup) {
        return tx.sql(PARCELS + """
                where p.compound_id = $1 and p.pickup_id = $2 and p.state in ('AT_GATE', 'BOOKED') order by p.id for no key update of p""")
                .bind(compound).bind(pickup).list(ParcelStore::parcel);
    }

    static List<Parcel> waiting(Statements where, UUID compound, UUID pickup) {
        return where.sql(PARCELS + "where p.compound_id = $1 and p.pickup_id = $2 and p.state in ('AT_GATE', 'BOOKED') order by p.shelf, p.id")
                .bind(compound).bind(pickup).list(ParcelStore::parcel);
    }

    /** Parcels within the scope, the newest first. */
    static List<Parcel> parcels(Statements where, Scope scope, Filter filter, OffsetDateTime now, Page.Request page, @Nullable UUID before) {
        return where.sql(PARCELS + SEEN + """
                  and ($5::text is null or $5 = case when p.state = 'BOOKED' and u.slot_ends_at <= $6 then 'AT_GATE' else p.state end)
                  and ($7::uuid[] is null or p.gate_id = any($7)) and (not $8 or p.state in ('AT_GATE', 'BOOKED'))
                  and (not $9 or (p.household_id is null and p.state in ('AT_GATE', 'BOOKED')))
                  and ($10::timestamptz is null or (p.registered_at <= $10 and p.state in ('AT_GATE', 'BOOKED') and not
                  """ + BROUGHT + """
                  ))
                  and ($11::text is null or h.label = $11) and ($12::text is null or p.tracking_tail = $12) and ($13::uuid is null or p.id < $13)
                order by p.id desc limit $14""")
                .within(scope).bind(filter.state == null ? null : filter.state.name()).bind(now).bind(filter.gates).bind(filter.waiting)
                .bind(filter.toSort).bind(filter.dueSince).bind(filter.household).bind(filter.tracking).bind(before).bind(page.rows())
                .list(ParcelStore::parcel);
    }

    /** A parcel's trail, oldest first; a person's name only where they belong to its compound. */
    static List<Entry> entries(Statements where, Parcel parcel) {
        return where.sql("""
                select e.*, a.name from parcel_event e
                left join account a on a.compound_id = e.by_compound_id and a.id = e.by_account_id and a.compound_id = e.compound_id
                where e.compound_id = $1 and e.parcel_id = $2 order by e.version""")
                .bind(parcel.compoundId()).bind(parcel.id())
                .list(row -> new Entry(row.getInteger("version"), ParcelEvent.valueOf(row.getString("event")),
                        row.getString("from_state") == null ? null : ParcelState.valueOf(row.getString("from_state")),
                        ParcelState.valueOf(row.getString("to_state")), row.getString("note"), row.getOffsetDateTime("event_at"), row.getString("name"),
                        row.getUUID("by_link_id") != null));
    }

    /** Where the last parcel of that building that still waits at the gate was put. */
    static Optional<String> lastShelf(Statements where, UUID compound, UUID gate, UUID building) {
        return where.sql("""
                select shelf from parcel where compound_id = $1 and gate_id = $2 and building_id = $3 and state in ('AT_GATE', 'BOOKED')
                  and shelf is not null order by registered_at desc, id desc limit 1""")
                .bind(compound).bind(gate).bind(building).first(row -> row.getString("shelf"));
    }

    static Parcel parcel(Row row) {
        var starts = row.getOffsetDateTime("slot_starts_at");
        return new Parcel(row.getUUID("compound_id"), row.getUUID("id"), row.getUUID("gate_id"), row.getString("gate"), row.getUUID("household_id"),
                row.getUUID("building_id"), row.getString("household"), row.getUUID("pickup_id"),
                starts == null ? null : new Parcel.Slot(starts, row.getOffsetDateTime("slot_ends_at")), row.getString("written"),
                ParcelState.valueOf(row.getString("state")), row.getString("carrier"), row.getString("tracking_tail"), row.getString("shelf"),
                row.getBoolean("perishable"), row.getBoolean("disinfected"), row.getOffsetDateTime("registered_at"),
                row.getOffsetDateTime("reminded_at"), row.getOffsetDateTime("return_due_at"), row.getOffsetDateTime("ended_at"),
                row.getBoolean("brought"), row.getInteger("version"));
    }
}
