package gatehouse.door;

import gatehouse.delivery.By;
import gatehouse.door.Purchase.Buyer;
import gatehouse.door.Purchase.Item;
import gatehouse.kernel.Page;
import gatehouse.kernel.Scope;
import gatehouse.kernel.Statements;
import gatehouse.kernel.Tx;
import gatehouse.wording.Standing;
import gatehouse.wording.WordingState;
import io.vertx.sqlclient.Row;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Purchases, their items and their trail. */
final class PurchaseStore {
    private static final String PURCHASES = """
            select p.*, h.label as household, a.name as buyer_name,
                w.state as wording_state, w.answer as wording_answer,
                exists (select 1 from resident r where r.compound_id = p.compound_id and r.household_id = p.household_id and r.account_id is not null
                    and r.moved_out_at is null) as reachable,
                array(select i.name from purchase_item i where i.compound_id = p.compound_id and i.purchase_id = p.id order by i.position) as names,
                array(select i.quantity_tenths from purchase_item i where i.compound_id = p.compound_id and i.purchase_id = p.id order by i.position) as tenths,
                array(select i.unit from purchase_item i where i.compound_id = p.compound_id and i.purchase_id = p.id order by i.position) as units
            from purchase p
            join household h on h.compound_id = p.compound_id and h.id = p.household_id
            left join account a on a.compound_id = p.buyer_compound_id and a.id = p.buyer_id
            left join wording w on w.compound_id = p.compound_id and w.kind = 'PURCHASE' and w.thing_id = p.id and w.state <> 'SHOWN'
            """;
    /** {@link Scope#seesSinceHome}, of a purchase. */
    private static final String SEEN = """
            where p.compound_id = any($1) and (p.compound_id = any($2) or p.building_id = any($3)
                or (p.household_id = any($4) and p.requested_at >= h.inhabited_since))
            """;

    private PurchaseStore() {
    }

    record Entry(PurchaseEvent event, PurchaseState to, @Nullable Integer fen, OffsetDateTime at, @Nullable String note, @Nullable String byName) {
    }

    /** The household's purchases are counted by nobody else until the transaction ends; answers how many are unfinished. */
    static int lockUnfinished(Tx tx, UUID compound, UUID household) {
        tx.sql("select id from household where compound_id = $1 and id = $2 for update").bind(compound).bind(household).only(row -> row.getUUID("id"));
        return tx.sql("""
                select count(*)::int as unfinished from purchase
                where compound_id = $1 and household_id = $2 and state in ('REQUESTED', 'ACCEPTED', 'ASKING', 'BOUGHT')""")
                .bind(compound).bind(household).only(row -> row.getInteger("unfinished"));
    }

    static void insert(Tx tx, Purchase purchase, By by) {
        tx.sql("""
                insert into purchase (compound_id, id, household_id, building_id, state, budget_fen, allowed_fen, pay_by, wanted_date, note, requested_at,
                    requested_by_compound_id, requested_by, version)
                values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)""")
                .bind(purchase.compoundId()).bind(purchase.id()).bind(purchase.householdId()).bind(purchase.buildingId()).bind(purchase.state().name())
                .bind(purchase.budgetFen()).bind(purchase.allowedFen()).bind(purchase.payBy().name()).bind(purchase.wantedOn()).bind(purchase.note())
                .bind(purchase.requestedAt()).bind(by.compoundId()).bind(by.accountId()).bind(purchase.version()).update();
        list(tx, purchase, purchase.items());
    }

    /** Other words instead of those that it had. */
    static void reword(Tx tx, Purchase purchase, List<Item> items, @Nullable String note) {
        tx.sql("delete from purchase_item where compound_id = $1 and purchase_id = $2").bind(purchase.compoundId()).bind(purchase.id()).update();
        list(tx, purchase, items);
        tx.sql("update purchase set note = $3 where compound_id = $1 and id = $2").bind(purchase.compoundId()).bind(purchase.id()).bind(note).update();
    }

    private static void list(Tx tx, Purchase purchase, List<Item> items) {
        tx.sql("""
                insert into purchase_item (compound_id, purchase_id, position, name, quantity_tenths, unit)
                select $1, $2, i.position, i.name, i.tenths, i.unit
                from unnest($3::text[], $4::int[], $5::text[]) with ordinality as i (name, tenths, unit, position)""")
                .bind(purchase.compoundId()).bind(purchase.id()).bind(items.stream().map(Item::name).toArray(String[]::new))
                .bind(items.stream().map(Item::quantityTenths).toArray(Integer[]::new))
                .bind(items.stream().map(Item::unit).toArray(String[]::new)).update();
    }

    /** Writes what an event changed; false where the purchase is not what it was when it was read. */
    static boolean change(Tx tx, Purchase before, Purchase after) {
        var buyer = after.buyer();
        return tx.sql("""
                update purchase set state = $4, allowed_fen = $5, asked_fen = $6, cost_fen = $7, buyer_compound_id = $8, buyer_id = $9, accepted_at = $10,
                    receipt_photo_id = $11, bought_at = $12, delivered_at = $13, ended_at = $14, end_note = $15, version = $16
                where compound_id = $1 and id = $2 and version = $3""")
                .bind(before.compoundId()).bind(before.id()).bind(before.version()).bind(after.state().name()).bind(after.allowedFen()).bind(after.askedFen())
                .bind(after.costFen()).bind(buyer == null ? null : buyer.compoundId()).bind(buyer == null ? null : buyer.accountId()).bind(after.acceptedAt())
                .bind(after.receiptId()).bind(after.boughtAt()).bind(after.deliveredAt()).bind(after.endedAt()).bind(after.endNote()).bind(after.version())
                .update() == 1;
    }

    static void append(Tx tx, Purchase after, PurchaseEvent event, @Nullable Integer fen, @Nullable String note, By by, OffsetDateTime at) {
        tx.sql("""
                insert into purchase_event (compound_id, purchase_id, version, event, to_state, fen, note, event_at, by_compound_id, by_account_id)
                values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)""")
                .bind(after.compoundId()).bind(after.id()).bind(after.version()).bind(event.name()).bind(after.state().name()).bind(fen).bind(note).bind(at)
                .bind(by.compoundId()).bind(by.accountId()).update();
    }

    static Optional<Purchase> find(Statements where, Scope scope, UUID id) {
        return where.sql(PURCHASES + SEEN + "and p.id = $5").within(scope).bind(id).first(PurchaseStore::purchase);
    }

    static Optional<Purchase> lock(Tx tx, Scope scope, UUID id) {
        return tx.sql(PURCHASES + SEEN + "and p.id = $5 for no key update of p").within(scope).bind(id).first(PurchaseStore::purchase);
    }

    /**
     * The newest first.
     *
     * @param free    whose purchases are seen within {@code free} only while nobody has taken them
     * @param account who sees those that they buy as well; null: nobody
     */
    static List<Purchase> purchases(Statements where, Scope scope, Scope free, @Nullable UUID accountCompound, @Nullable UUID account, boolean unfinished, Page.Request page,
                                    @Nullable UUID before) {
        return where.sql(PURCHASES + """
                where ((p.compound_id = any($1) and (p.compound_id = any($2) or p.building_id = any($3) or p.household_id = any($4)))
                    or (p.state = 'REQUESTED' and w.id is null and p.compound_id = any($5) and (p.compound_id = any($6) or p.building_id = any($7) or p.household_id = any($8)))
                    or (p.buyer_compound_id = $9 and p.buyer_id = $10))
                  and (not $11 or p.state not in ('CLOSED', 'CANCELLED', 'REJECTED')) and ($12::uuid is null or p.id < $12)
                order by p.id desc limit $13""")
                .within(scope).within(free).bind(accountCompound).bind(account).bind(unfinished).bind(before).bind(page.rows()).list(PurchaseStore::purchase);
    }

    /** Where something was brought and is not closed. */
    static List<UUID> compoundsWithBrought(Statements where) {
        return where.sql("select distinct compound_id from purchase where state = 'DELIVERED'").list(row -> row.getUUID("compound_id"));
    }

    /** What was brought by then and is not closed. */
    static List<UUID> brought(Statements where, UUID compound, OffsetDateTime before, int most) {
        return where.sql("""
                select id from purchase where compound_id = $1 and state = 'DELIVERED' and delivered_at <= $2 order by delivered_at, id limit $3""")
                .bind(compound).bind(before).bind(most).list(row -> row.getUUID("id"));
    }

    /** What was bought for a household and nobody carries yet. */
    static List<Purchase> toCarry(Statements where, UUID compound, UUID household) {
        return where.sql(PURCHASES + """
                where p.compound_id = $1 and p.household_id = $2 and p.state = 'BOUGHT' and not exists (
                    select 1 from door_task_purchase c join door_task t on t.compound_id = c.compound_id and t.id = c.task_id
                    where c.compound_id = p.compound_id and c.purchase_id = p.id and t.state not in ('DONE', 'CANCELLED', 'OPEN')) order by p.id""")
                .bind(compound).bind(household).list(PurchaseStore::purchase);
    }

    /** What is carried on a walk; of an open one, what would be. */
    static List<Purchase> carried(Statements where, DoorTask task) {
        return task.state() == DoorState.OPEN ? toCarry(where, task.compoundId(), task.householdId()) : where.sql(PURCHASES + """
                where p.compound_id = $1 and exists (select 1 from door_task_purchase c where c.compound_id = p.compound_id and c.task_id = $2
                    and c.purchase_id = p.id) order by p.id""").bind(task.compoundId()).bind(task.id()).list(PurchaseStore::purchase);
    }

    static void carry(Tx tx, DoorTask task, List<Purchase> purchases) {
        tx.sql("insert into door_task_purchase (compound_id, task_id, purchase_id) select $1, $2, bought from unnest($3::uuid[]) as p (bought) on conflict do nothing")
                .bind(task.compoundId()).bind(task.id()).bind(purchases.stream().map(Purchase::id).toArray(UUID[]::new)).update();
    }

    static void putDown(Tx tx, DoorTask task) {
        tx.sql("delete from door_task_purchase where compound_id = $1 and task_id = $2").bind(task.compoundId()).bind(task.id()).update();
    }

    static List<Entry> entries(Statements where, Purchase purchase) {
        return where.sql("""
                select e.*, a.name from purchase_event e
                left join account a on a.compound_id = e.by_compound_id and a.id = e.by_account_id and a.compound_id = e.compound_id
                where e.compound_id = $1 and e.purchase_id = $2 order by e.version""")
                .bind(purchase.compoundId()).bind(purchase.id())
                .list(row -> new Entry(PurchaseEvent.valueOf(row.getString("event")), PurchaseState.valueOf(row.getString("to_state")), row.getInteger("fen"),
                        row.getOffsetDateTime("event_at"), row.getString("note"), row.getString("name")));
    }

    private static @Nullable Standing standing(Row row) {
        var state = row.getString("wording_state");
        return state == null ? null : new Standing(WordingState.valueOf(state), row.getString("wording_answer"));
    }

    private static Purchase purchase(Row row) {
        var names = row.getArrayOfStrings("names");
        var tenths = row.getArrayOfIntegers("tenths");
        var units = row.getArrayOfStrings("units");
        var items = new ArrayList<Item>();
        for (int i = 0; i < names.length; i++) {
            items.add(new Item(names[i], tenths[i], units[i]));
        }
        var buyer = row.getUUID("buyer_id");
        return new Purchase(row.getUUID("compound_id"), row.getUUID("id"), row.getUUID("household_id"), row.getUUID("building_id"), row.getString("household"),
                PurchaseState.valueOf(row.getString("state")), List.copyOf(items), row.getInteger("budget_fen"), row.getInteger("allowed_fen"),
                row.getInteger("asked_fen"), row.getInteger("cost_fen"), PurchasePayBy.valueOf(row.getString("pay_by")), row.getLocalDate("wanted_date"),
                row.getString("note"), row.getOffsetDateTime("requested_at"),
                buyer == null ? null : new Buyer(row.getUUID("buyer_compound_id"), buyer, row.getString("buyer_name")), row.getOffsetDateTime("accepted_at"),
                row.getUUID("receipt_photo_id"), row.getOffsetDateTime("bought_at"), row.getOffsetDateTime("delivered_at"), row.getOffsetDateTime("ended_at"),
                row.getString("end_note"), row.getInteger("version"), standing(row), row.getBoolean("reachable"));
    }
}
