package gatehouse.door;

import gatehouse.delivery.By;
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

/** Walks to doors, what is carried on them, and their trail. */
final class DoorStore {
    private static final String TASKS = """
            select t.*, h.label, h.room, b.number as building, u.number as unit, a.name as taker
            from door_task t
            join household h on h.compound_id = t.compound_id and h.id = t.household_id
            join building b on b.compound_id = t.compound_id and b.id = t.building_id
            join unit u on u.compound_id = h.compound_id and u.id = h.unit_id
            left join account a on a.compound_id = t.taken_by_compound_id and a.id = t.taken_by
            """;
    /** {@link Scope#seesSinceHome}, of a task. */
    private static final String SEEN = """
            where t.compound_id = any($1) and (t.compound_id = any($2) or t.building_id = any($3)
                or (t.household_id = any($4) and t.opened_at >= h.inhabited_since))
            """;

    private DoorStore() {
    }

    /** A household that something waits for, and one of those who live there; null where nobody does. */
    record Waiting(UUID compoundId, UUID householdId, UUID buildingId, @Nullable UUID residentId, boolean arranged) {
    }

    /** What is carried: as much of a parcel as one needs to find it on its shelf. */
    record Load(UUID taskId, UUID parcelId, String gate, @Nullable String shelf, String carrier, String trackingTail, boolean perishable) {
    }

    record Entry(DoorEvent event, DoorState to, OffsetDateTime at, @Nullable OffsetDateTime saidAt, @Nullable String note, @Nullable String byName) {
    }

    /**
     * Everybody of each household that parcels wait for and that has no open task; within one compound and household where these are named. What was
     * put into another unfinished walk does not wait.
     */
    static List<Waiting> waiting(Statements where, @Nullable UUID compound, @Nullable UUID household, LocalDate today) {
        return where.sql("""
                select p.compound_id, p.household_id, p.building_id, r.id as resident_id, exists (select 1 from door_arrangement d
                    where d.compound_id = p.compound_id and d.household_id = p.household_id and d.state = 'GRANTED' and d.until_date >= $3) as arranged
                from (select distinct compound_id, household_id, building_id from parcel q
                      where q.state in ('AT_GATE', 'BOOKED') and q.household_id is not null
                        and ($1::uuid is null or q.compound_id = $1) and ($2::uuid is null or q.household_id = $2)
                        and not exists (select 1 from door_task_parcel c join door_task t on t.compound_id = c.compound_id and t.id = c.task_id
                            where c.compound_id = q.compound_id and c.parcel_id = q.id and t.state not in ('DONE', 'CANCELLED', 'OPEN'))) p
                left join resident r on r.compound_id = p.compound_id and r.household_id = p.household_id and r.moved_out_at is null
                where not exists (select 1 from door_task t where t.compound_id = p.compound_id and t.household_id = p.household_id and t.state = 'OPEN')
                order by p.compound_id, p.household_id""")
                .bind(compound).bind(household).bind(today)
                .list(row -> new Waiting(row.getUUID("compound_id"), row.getUUID("household_id"), row.getUUID("building_id"), row.getUUID("resident_id"),
                        row.getBoolean("arranged")));
    }

    /** Everybody of each household that has an open task: whether it is still wanted is asked anew. {@code arranged} says so without asking health. */
    static List<Waiting> open(Statements where, LocalDate today) {
        return where.sql("""
                select t.compound_id, t.household_id, t.building_id, r.id as resident_id, exists (select 1 from door_arrangement d
                    where d.compound_id = t.compound_id and d.household_id = t.household_id and d.state = 'GRANTED' and d.until_date >= $1) as arranged
                from door_task t
                left join resident r on r.compound_id = t.compound_id and r.household_id = t.household_id and r.moved_out_at is null
                where t.state = 'OPEN' order by t.compound_id, t.household_id""")
                .bind(today)
                .list(row -> new Waiting(row.getUUID("compound_id"), row.getUUID("household_id"), row.getUUID("building_id"), row.getUUID("resident_id"),
                        row.getBoolean("arranged")));
    }

    /** Everybody of a household. */
    static List<Waiting> of(Statements where, UUID compound, UUID household, LocalDate today) {
        return where.sql("""
                select h.compound_id, h.id as household_id, h.building_id, r.id as resident_id, exists (select 1 from door_arrangement d
                    where d.compound_id = h.compound_id and d.household_id = h.id and d.state = 'GRANTED' and d.until_date >= $3) as arranged
                from household h
                left join resident r on r.compound_id = h.compound_id and r.household_id = h.id and r.moved_out_at is null
                where h.compound_id = $1 and h.id = $2""")
                .bind(compound).bind(household).bind(today)
                .list(row -> new Waiting(row.getUUID("compound_id"), row.getUUID("household_id"), row.getUUID("building_id"), row.getUUID("resident_id"),
                        row.getBoolean("arranged")));
    }

    /** False where the household has an open task already. */
    static boolean insert(Tx tx, UUID compound, UUID id, UUID household, UUID building, OffsetDateTime now) {
        return tx.sql("""
                insert into door_task (compound_id, id, household_id, building_id, state, opened_at, version) values ($1, $2, $3, $4, 'OPEN', $5, 1)
                on conflict (compound_id, household_id) where state = 'OPEN' do nothing""")
                .bind(compound).bind(id).bind(household).bind(building).bind(now).update() == 1;
    }

    /** Writes what an event changed; false where the task is not what it was when it was read. */
    static boolean change(Tx tx, DoorTask before, DoorTask after) {
        return tx.sql("""
                update door_task set state = $4, taken_at = $5, taken_by_compound_id = $6, taken_by = $7, placed_at = $8, shown_at = $9, photo_id = $10,
                    rung_at = $11, ended_at = $12, version = $13
                where compound_id = $1 and id = $2 and version = $3""")
                .bind(before.compoundId()).bind(before.id()).bind(before.version()).bind(after.state().name()).bind(after.takenAt())
                .bind(after.takerCompoundId()).bind(after.takerId()).bind(after.placedAt()).bind(after.shownAt()).bind(after.photoId())
                .bind(after.rungAt()).bind(after.endedAt()).bind(after.version()).update() == 1;
    }

    static void append(Tx tx, UUID compound, UUID task, int version, DoorEvent event, DoorState to, @Nullable OffsetDateTime saidAt, @Nullable String note,
                       By by, OffsetDateTime at) {
        tx.sql("""
                insert into door_task_event (compound_id, task_id, version, event, to_state, said_at, note, event_at, by_compound_id, by_account_id)
                values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)""")
                .bind(compound).bind(task).bind(version).bind(event.name()).bind(to.name()).bind(saidAt).bind(note).bind(at).bind(by.compoundId())
                .bind(by.accountId()).update();
    }

    static Optional<DoorTask> find(Statements where, Scope scope, UUID id) {
        return where.sql(TASKS + SEEN + "and t.id = $5").within(scope).bind(id).first(DoorStore::task);
    }

    /** The task, held until the transaction ends. */
    static Optional<DoorTask> lock(Tx tx, Scope scope, UUID id) {
        return tx.sql(TASKS + SEEN + "and t.id = $5 for no key update of t").within(scope).bind(id).first(DoorStore::task);
    }

    static Optional<DoorTask> openOf(Statements where, UUID compound, UUID household) {
        return where.sql(TASKS + "where t.compound_id = $1 and t.household_id = $2 and t.state = 'OPEN'").bind(compound).bind(household).first(DoorStore::task);
    }

    /** The unfinished walk on which that account carries the parcel, held until the transaction ends. */
    static Optional<DoorTask> lockCarrying(Tx tx, UUID parcelCompound, UUID parcel, UUID accountCompound, UUID account) {
        return tx.sql(TASKS + """
                where t.compound_id = $1 and t.taken_by_compound_id = $3 and t.taken_by = $4 and t.state in ('TAKEN', 'PLACED')
                  and exists (select 1 from door_task_parcel c where c.compound_id = t.compound_id and c.task_id = t.id and c.parcel_id = $2)
                for no key update of t""")
                .bind(parcelCompound).bind(parcel).bind(accountCompound).bind(account).first(DoorStore::task);
    }

    /** Unfinished ones, and those that ended on or after a day; in no order. */
    static List<DoorTask> tasks(Statements where, Scope scope, @Nullable OffsetDateTime endedSince, int most) {
        return where.sql(TASKS + SEEN + """
                and (t.state not in ('DONE', 'CANCELLED') or ($5::timestamptz is not null and t.ended_at >= $5)) order by t.id desc limit $6""")
                .within(scope).bind(endedSince).bind(most).list(DoorStore::task);
    }

    /** What waits for an open task's household now, or was taken on a walk. */
    static List<Load> loads(Statements where, List<DoorTask> tasks) {
        return where.sql("""
                select t.id as task_id, p.id, g.name as gate, p.shelf, p.carrier, p.tracking_tail, p.perishable
                from door_task t
                join lateral (
                    select q.* from parcel q where t.state = 'OPEN' and q.compound_id = t.compound_id and q.household_id = t.household_id
                        and q.state in ('AT_GATE', 'BOOKED') and not exists (select 1 from door_task_parcel c join door_task o
                            on o.compound_id = c.compound_id and o.id = c.task_id
                            where c.compound_id = q.compound_id and c.parcel_id = q.id and o.state not in ('DONE', 'CANCELLED', 'OPEN'))
                    union all
                    select q.* from door_task_parcel c join parcel q on q.compound_id = c.compound_id and q.id = c.parcel_id
                        where t.state <> 'OPEN' and c.compound_id = t.compound_id and c.task_id = t.id) p on true
                join gate g on g.compound_id = p.compound_id and g.id = p.gate_id
                where t.compound_id = any($1) and t.id = any($2) order by g.name, p.shelf, p.id""")
                .bind(tasks.stream().map(DoorTask::compoundId).distinct().toArray(UUID[]::new)).bind(tasks.stream().map(DoorTask::id).toArray(UUID[]::new))
                .list(row -> new Load(row.getUUID("task_id"), row.getUUID("id"), row.getString("gate"), row.getString("shelf"), row.getString("carrier"),
                        row.getString("tracking_tail"), row.getBoolean("perishable")));
    }

    static void carry(Tx tx, DoorTask task, List<UUID> parcels) {
        tx.sql("insert into door_task_parcel (compound_id, task_id, parcel_id) select $1, $2, parcel from unnest($3::uuid[]) as p (parcel) on conflict do nothing")
                .bind(task.compoundId()).bind(task.id()).bind(parcels.toArray(UUID[]::new)).update();
    }

    /** What was taken on a walk and still lies on its shelf. */
    static List<UUID> stillWaiting(Statements where, DoorTask task) {
        return where.sql("""
                select c.parcel_id from door_task_parcel c join parcel p on p.compound_id = c.compound_id and p.id = c.parcel_id
                where c.compound_id = $1 and c.task_id = $2 and p.state in ('AT_GATE', 'BOOKED')""")
                .bind(task.compoundId()).bind(task.id()).list(row -> row.getUUID("parcel_id"));
    }

    /** Whether somebody is on the way with it. */
    static boolean isCarried(Statements where, UUID compound, UUID parcel) {
        return where.sql("""
                select 1 from door_task_parcel c join door_task t on t.compound_id = c.compound_id and t.id = c.task_id
                where c.compound_id = $1 and c.parcel_id = $2 and t.state not in ('DONE', 'CANCELLED', 'OPEN')""").bind(compound).bind(parcel).exists();
    }

    /** Nobody opens a walk to it until the transaction ends. */
    static void holdHousehold(Tx tx, DoorTask task) {
        tx.sql("select id from household where compound_id = $1 and id = $2 for update").bind(task.compoundId()).bind(task.householdId())
                .only(row -> row.getUUID("id"));
    }

    static void putDown(Tx tx, DoorTask task) {
        tx.sql("delete from door_task_parcel where compound_id = $1 and task_id = $2").bind(task.compoundId()).bind(task.id()).update();
    }

    static void picture(Tx tx, DoorTask task, UUID parcel, UUID photo) {
        tx.sql("update door_task_parcel set photo_id = $4 where compound_id = $1 and task_id = $2 and parcel_id = $3")
                .bind(task.compoundId()).bind(task.id()).bind(parcel).bind(photo).update();
    }

    static List<Entry> entries(Statements where, DoorTask task) {
        return where.sql("""
                select e.*, a.name from door_task_event e
                left join account a on a.compound_id = e.by_compound_id and a.id = e.by_account_id and a.compound_id = e.compound_id
                where e.compound_id = $1 and e.task_id = $2 order by e.version""")
                .bind(task.compoundId()).bind(task.id())
                .list(row -> new Entry(DoorEvent.valueOf(row.getString("event")), DoorState.valueOf(row.getString("to_state")), row.getOffsetDateTime("event_at"),
                        row.getOffsetDateTime("said_at"), row.getString("note"), row.getString("name")));
    }

    /** Every open one, held. */
    static List<DoorTask> lockOpen(Tx tx) {
        return tx.sql(TASKS + "where t.state = 'OPEN' order by t.id for no key update of t skip locked").list(DoorStore::task);
    }

    /** Those that lie at their doors since then or longer, held; of one compound. */
    static List<DoorTask> lockLying(Tx tx, UUID compound, OffsetDateTime shownBy) {
        return tx.sql(TASKS + """
                where t.compound_id = $1 and t.state in ('SHOWN', 'RUNG') and t.shown_at <= $2 order by t.id for no key update of t""")
                .bind(compound).bind(shownBy).list(DoorStore::task);
    }

    /** On their way, that nobody was told of and that were opened by then, held; of one compound. */
    static List<DoorTask> lockSlow(Tx tx, UUID compound, OffsetDateTime openedBy) {
        return tx.sql(TASKS + """
                where t.compound_id = $1 and t.state in ('OPEN', 'TAKEN', 'PLACED') and t.overdue_told_at is null and t.opened_at <= $2
                order by t.id for no key update of t""").bind(compound).bind(openedBy).list(DoorStore::task);
    }

    static void told(Tx tx, DoorTask task, OffsetDateTime now) {
        tx.sql("update door_task set overdue_told_at = $3 where compound_id = $1 and id = $2").bind(task.compoundId()).bind(task.id()).bind(now).update();
    }

    /** The compounds that have walks to be chased or ended. */
    static List<UUID> compoundsWithTasks(Statements where) {
        return where.sql("select distinct compound_id from door_task where state not in ('DONE', 'CANCELLED') and (overdue_told_at is null or shown_at is not null)")
                .list(row -> row.getUUID("compound_id"));
    }

    record Figures(UUID buildingId, UUID compoundId, int tasks, OffsetDateTime @Nullable [] openedAt) {
    }

    /** Every building in reach, with how many unfinished walks it has, and when each that is still on its way was opened. */
    static List<Figures> figures(Statements where, Scope scope) {
        return where.sql("""
                select b.id, b.compound_id, count(t.id)::int as tasks, array_agg(t.opened_at) filter (where t.state in ('OPEN', 'TAKEN', 'PLACED')) as opened
                from building b left join door_task t on t.compound_id = b.compound_id and t.building_id = b.id and t.state not in ('DONE', 'CANCELLED')
                where b.compound_id = any($1) and (b.compound_id = any($2) or b.id = any($3)) group by b.id, b.compound_id""")
                .bind(scope.compounds()).bind(scope.wholeCompounds()).bind(scope.buildings())
                .list(row -> new Figures(row.getUUID("id"), row.getUUID("compound_id"), row.getInteger("tasks"), row.getArrayOfOffsetDateTimes("opened")));
    }

    private static DoorTask task(Row row) {
        var room = row.getString("room");
        return new DoorTask(row.getUUID("compound_id"), row.getUUID("id"), row.getUUID("household_id"), row.getUUID("building_id"), row.getString("label"),
                row.getString("building"), row.getString("unit"), room, DoorPolicy.floor(room), DoorState.valueOf(row.getString("state")),
                row.getOffsetDateTime("opened_at"), row.getOffsetDateTime("taken_at"), row.getUUID("taken_by_compound_id"), row.getUUID("taken_by"),
                row.getString("taker"), row.getOffsetDateTime("placed_at"), row.getOffsetDateTime("shown_at"), row.getUUID("photo_id"),
                row.getOffsetDateTime("rung_at"), row.getOffsetDateTime("ended_at"), row.getInteger("version"));
    }
}
