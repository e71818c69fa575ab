package gatehouse.door;

import gatehouse.delivery.AddressStore;
import gatehouse.delivery.By;
import gatehouse.delivery.Home;
import gatehouse.delivery.Parcel;
import gatehouse.door.DoorStore.Waiting;
import gatehouse.health.HealthStanding;
import gatehouse.kernel.Ids;
import gatehouse.kernel.Statements;
import gatehouse.kernel.Tx;
import gatehouse.notify.Message;
import gatehouse.notify.MessageTemplate;
import gatehouse.notify.Outbox;
import gatehouse.notify.Recipient;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Which walks there are: one for each household that things are brought to and that something waits for. Here alone the two reasons meet, and
 * here they end: what comes out is the same row.
 */
final class DoorRounds {
    private DoorRounds() {
    }

    /** Opens walks where something waits, in all compounds; answers how many. */
    static int open(Tx tx, OffsetDateTime now) {
        return open(tx, DoorStore.waiting(tx, null, null, now.toLocalDate()), now);
    }

    /** The same, of one household, in the transaction that changed something about it. */
    static void open(Tx tx, UUID compound, UUID household, OffsetDateTime now) {
        open(tx, DoorStore.waiting(tx, compound, household, now.toLocalDate()), now);
    }

    /** Whether a parcel that came is brought; then the household was told, of each walk once and of each parcel that joins one that is open. */
    static boolean takeAlong(Tx tx, Parcel parcel, Home home, OffsetDateTime now) {
        if (DoorStore.openOf(tx, home.compoundId(), home.householdId()).isPresent()) {
            tellHousehold(tx, home.compoundId(), home.householdId(), "door-joined/" + parcel.id(), MessageTemplate.DOOR_COMING, parcel.id(), now);
            return true;
        }
        return open(tx, DoorStore.waiting(tx, home.compoundId(), home.householdId(), now.toLocalDate()), now) > 0;
    }

    private static int open(Tx tx, List<Waiting> people, OffsetDateTime now) {
        int opened = 0;
        for (var home : broughtTo(tx, people, now)) {
            opened += openOne(tx, home, now) ? 1 : 0;
        }
        return opened;
    }

    private static boolean openOne(Tx tx, Waiting home, OffsetDateTime now) {
        var id = Ids.next();
        if (!DoorStore.insert(tx, home.compoundId(), id, home.householdId(), home.buildingId(), now)) {
            return false;
        }
        DoorStore.append(tx, home.compoundId(), id, 1, DoorEvent.OPEN, DoorState.OPEN, null, null, By.CLOCK, now);
        tellHousehold(tx, home.compoundId(), home.householdId(), "door-opened/" + id, MessageTemplate.DOOR_COMING, id, now);
        tx.changes(home.compoundId());
        return true;
    }

    /** A walk for what was bought, whoever it is for. */
    static void openFor(Tx tx, UUID compound, UUID household, UUID building, OffsetDateTime now) {
        openOne(tx, new Waiting(compound, household, building, null, false), now);
    }

    /** Told where somebody there has an account. */
    static void tellHousehold(Tx tx, UUID compound, UUID household, String key, MessageTemplate template, UUID about, OffsetDateTime now) {
        if (AddressStore.known(tx, compound, household).filter(Home::reachable).isPresent()) {
            Outbox.put(tx, now, Message.of(compound, key, template, new Recipient.Household(household)).about(about));
        }
    }

    /** Cancels open walks on which nothing is left to carry, or to a household that fetches its parcels itself again; answers how many. */
    static int cancel(Tx tx, OffsetDateTime now) {
        int cancelled = 0;
        var wanted = broughtTo(tx, DoorStore.open(tx, now.toLocalDate()), now).stream().map(Waiting::householdId).toList();
        for (var task : DoorStore.lockOpen(tx)) {
            if (!isWanted(tx, task, wanted)) {
                var after = DoorActions.next(task, DoorEvent.CANCEL, DoorState.CANCELLED, task.photoId(), null, now);
                if (DoorStore.change(tx, task, after)) {
                    DoorStore.append(tx, task.compoundId(), task.id(), after.version(), DoorEvent.CANCEL, DoorState.CANCELLED, null, null, By.CLOCK, now);
                    tx.changes(task.compoundId());
                    cancelled++;
                }
            }
        }
        return cancelled;
    }

    /** What was bought is brought in any case. */
    private static boolean isWanted(Tx tx, DoorTask task, List<UUID> broughtTo) {
        return !PurchaseStore.carried(tx, task).isEmpty() || broughtTo.contains(task.householdId()) && !DoorStore.loads(tx, List.of(task)).isEmpty();
    }

    /** Whether things are brought to that household today. */
    static boolean isBroughtTo(Statements where, UUID compound, UUID household, OffsetDateTime now) {
        return !broughtTo(where, DoorStore.of(where, compound, household, now.toLocalDate()), now).isEmpty();
    }

    /** One of each household that things are brought to. */
    private static List<Waiting> broughtTo(Statements where, List<Waiting> people, OffsetDateTime now) {
        var today = now.toLocalDate();
        var asked = people.stream().filter(each -> each.residentId() != null)
                .map(each -> new HealthStanding.Person(each.compoundId(), each.residentId(), today)).toList();
        Map<UUID, HealthStanding> standings = HealthStanding.of(where, asked, today);
        var homes = new LinkedHashMap<UUID, Waiting>();
        for (var each : people) {
            var standing = each.residentId() == null ? null : standings.get(each.residentId());
            if (each.arranged() || standing != null && standing.observedUntil() != null) {
                homes.putIfAbsent(each.householdId(), each);
            }
        }
        return new ArrayList<>(homes.values());
    }
}
