package gatehouse.door;

import gatehouse.delivery.By;
import gatehouse.kernel.Ids;
import gatehouse.kernel.Statements;
import gatehouse.kernel.Tx;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The homes of the demonstration, and a walk that is over. */
final class DemonstrationDoorStore {
    private DemonstrationDoorStore() {
    }

    /**
     * A household.
     *
     * @param worker  the account of its grid worker
     * @param speaker the account of one who lives there, or else its grid worker's, who speaks for it
     */
    record Home(UUID compoundId, UUID householdId, UUID buildingId, String label, UUID worker, UUID speaker) {
    }

    static List<UUID> compounds(Statements where) {
        return where.sql("select id from compound order by id").list(row -> row.getUUID("id"));
    }

    /** By label. */
    static Map<String, Home> homes(Statements where, UUID compound, List<String> labels) {
        return where.sql("""
                select h.compound_id, h.id, h.building_id, h.label, w.account_id as worker, coalesce((select r.account_id from resident r
                    where r.compound_id = h.compound_id and r.household_id = h.id and r.account_id is not null order by r.id limit 1), w.account_id) as speaker
                from household h
                join building b on b.compound_id = h.compound_id and b.id = h.building_id
                join lateral (select g.account_id from role_grant g where g.compound_id = b.compound_id and g.role = 'GRID_WORKER' and g.reach_id = b.grid_id
                    order by g.account_id limit 1) w on true
                where h.compound_id = $1 and h.label = any($2)""").bind(compound).bind(labels.toArray(String[]::new))
                .list(row -> new Home(row.getUUID("compound_id"), row.getUUID("id"), row.getUUID("building_id"), row.getString("label"),
                        row.getUUID("worker"), row.getUUID("speaker")))
                .stream().collect(Collectors.toMap(Home::label, Function.identity()));
    }

    /** A walk that brought a purchase, with its trail; it was left three minutes after the bell. */
    static void done(Tx tx, Home home, By by, UUID purchase, UUID photo, OffsetDateTime openedAt, OffsetDateTime shownAt) {
        var id = Ids.next();
        tx.sql("""
                insert into door_task (compound_id, id, household_id, building_id, state, opened_at, taken_at, taken_by_compound_id, taken_by, placed_at,
                    shown_at, photo_id, rung_at, ended_at, version)
                values ($1, $2, $3, $4, 'DONE', $5, $6, $7, $8, $9, $9, $10, $11, $12, 6)""")
                .bind(home.compoundId()).bind(id).bind(home.householdId()).bind(home.buildingId()).bind(openedAt).bind(openedAt.plusMinutes(20))
                .bind(by.compoundId()).bind(by.accountId()).bind(shownAt).bind(photo).bind(shownAt.plusMinutes(1)).bind(shownAt.plusMinutes(4)).update();
        DoorStore.append(tx, home.compoundId(), id, 1, DoorEvent.OPEN, DoorState.OPEN, null, null, By.CLOCK, openedAt);
        DoorStore.append(tx, home.compoundId(), id, 2, DoorEvent.TAKE, DoorState.TAKEN, null, null, by, openedAt.plusMinutes(20));
        DoorStore.append(tx, home.compoundId(), id, 3, DoorEvent.PLACE, DoorState.PLACED, null, null, by, shownAt);
        DoorStore.append(tx, home.compoundId(), id, 4, DoorEvent.SHOW, DoorState.SHOWN, null, null, by, shownAt);
        DoorStore.append(tx, home.compoundId(), id, 5, DoorEvent.RING, DoorState.RUNG, null, null, by, shownAt.plusMinutes(1));
        DoorStore.append(tx, home.compoundId(), id, 6, DoorEvent.LEAVE, DoorState.DONE, null, null, by, shownAt.plusMinutes(4));
        tx.sql("insert into door_task_purchase (compound_id, task_id, purchase_id) values ($1, $2, $3)").bind(home.compoundId()).bind(id).bind(purchase).update();
    }
}
