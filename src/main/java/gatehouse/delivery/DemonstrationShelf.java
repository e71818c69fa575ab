package gatehouse.delivery;

import gatehouse.delivery.ParcelActions.Waybill;
import gatehouse.delivery.ParcelAddress.Door;
import gatehouse.delivery.ParcelAddress.Meaning;
import gatehouse.kernel.BusinessClock;
import gatehouse.kernel.Database;
import gatehouse.kernel.Tx;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What lies at the gate of the demonstration: something new, something fresh, something to sort, and something that nobody came for. */
public final class DemonstrationShelf {
    /** A parcel that came so many hours ago; without a door nobody knows whose it is. */
    private record Came(@Nullable Door door, String carrier, String tail, boolean perishable, int hoursAgo, @Nullable ParcelEvent then) {
    }

    private static final List<Came> PARCELS = List.of(
            new Came(new Door("3", "2", "1402"), "SF", "3817", false, 3, null),
            new Came(new Door("3", "2", "1402"), "JD", "0926", false, 26, null),
            new Came(new Door("1", "1", "101"), "MEITUAN", "5512", true, 0, null),
            new Came(new Door("2", "1", "301"), "YTO", "7740", false, 5, null),
            new Came(new Door("4", "1", "602"), "ZTO", "2268", false, 75, null),
            new Came(new Door("5", "2", "1101"), "EMS", "9034", false, 9, ParcelEvent.COLLECT),
            new Came(new Door("6", "1", "201"), "STO", "1187", false, 20, ParcelEvent.DAMAGE),
            new Came(null, "YUNDA", "6650", false, 1, null));
    private static final String UNREADABLE = "*0000";

    private final Database database;
    private final BusinessClock clock;
    private final Shelf shelf;

    DemonstrationShelf(Database database, BusinessClock clock, Shelf shelf) {
        this.database = database;
        this.clock = clock;
        this.shelf = shelf;
    }

    /** Puts them at the gate of every guard there is; nobody is told. Once, on the fresh data of the demonstration. */
    public void fill() {
        var now = clock.now();
        database.transact(tx -> {
            var guards = DemonstrationShelfStore.guards(tx);
            guards.forEach(guard -> PARCELS.forEach(came -> put(tx, guard, came, now)));
            return guards.size();
        });
    }

    private void put(Tx tx, DemonstrationShelfStore.Guard guard, Came came, OffsetDateTime now) {
        var at = now.minusHours(came.hoursAgo);
        var by = By.account(guard.compoundId(), guard.accountId());
        var home = came.door != null && Addresses.meaning(tx, guard.compoundId(), came.door) instanceof Meaning.Found(var found) ? found : null;
        if (came.door != null && home == null) {
            return;
        }
        var waybill = new Waybill(came.door == null ? new ParcelAddress.PhoneTail("0000") : came.door, came.carrier, came.tail, null, came.perishable, true);
        var parcel = shelf.put(tx, ParcelActions.parcel(tx, guard.compoundId(), guard.gateId(), waybill, home, home == null ? UNREADABLE : null, at), home, by, at);
        if (came.then != null) {
            shelf.happen(tx, parcel, came.then, by, null, at.plusHours(1));
        }
    }
}
