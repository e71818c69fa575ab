package gatehouse.delivery;

import gatehouse.audit.AuditAction;
import gatehouse.audit.AuditEntry;
import gatehouse.audit.AuditLog;
import gatehouse.kernel.BusinessClock;
import gatehouse.kernel.Database;
import gatehouse.kernel.Tx;
import gatehouse.notify.Message;
import gatehouse.notify.MessageTemplate;
import gatehouse.notify.Outbox;
import gatehouse.notify.Recipient;
import gatehouse.registry.Policies;
import gatehouse.registry.PolicyName;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What time does to parcels: a reminder, the way back to the courier, and in the end forgetting. Each compound's hours are those of its policy. */
final class ParcelClock {
    private static final int AT_ONCE = 500;

    private final Database database;
    private final BusinessClock clock;
    private final Policies policies;
    private final Shelf shelf;
    private final AuditLog audit;

    ParcelClock(Database database, BusinessClock clock, Policies policies, Shelf shelf, AuditLog audit) {
        this.audit = audit;
        this.database = database;
        this.clock = clock;
        this.policies = policies;
        this.shelf = shelf;
    }

    /** Reminds households once of what waits too long, and makes what waits much too long the guard's task; answers how many parcels. */
    int chase() {
        var now = clock.now();
        var valuesOf = policies.all();
        int chased = 0;
        for (var compound : ParcelClockStore.compounds(database)) {
            var rules = DeliveryRules.of(valuesOf.apply(compound));
            for (var id : ParcelClockStore.toReturn(database, compound, now.minus(rules.returnAfter()), AT_ONCE)) {
                chased += happened(compound, id, ParcelEvent.RETURN_DUE, MessageTemplate.PARCEL_RETURN_DUE, rules.returnAfter().toHours(), now);
            }
            for (var id : ParcelClockStore.toRemind(database, compound, now.minus(rules.remindAfter()), AT_ONCE)) {
                chased += happened(compound, id, ParcelEvent.REMIND, MessageTemplate.PARCEL_REMINDER, rules.remindAfter().toHours(), now);
            }
        }
        return chased;
    }

    private int happened(UUID compound, UUID id, ParcelEvent event, MessageTemplate template, long hours, OffsetDateTime now) {
        return database.transact(tx -> {
            var parcel = shelf.hold(tx, ParcelClockStore.whole(compound), id);
            if (parcel.brought() || ParcelPolicy.after(parcel, event).isEmpty() || (event == ParcelEvent.REMIND ? parcel.remindedAt() : parcel.returnDueAt()) != null) {
                return 0;
            }
            shelf.happen(tx, parcel, event, By.CLOCK, null, now);
            tell(tx, parcel, event, template, hours, now);
            return 1;
        });
    }

    /** Once a day for whatever waits at one gate. */
    private static void tell(Tx tx, Parcel parcel, ParcelEvent event, MessageTemplate template, long hours, OffsetDateTime now) {
        var household = parcel.householdId();
        if (household != null && AddressStore.known(tx, parcel.compoundId(), household).filter(Home::reachable).isPresent()) {
            Outbox.put(tx, now, Message.of(parcel.compoundId(), "parcel-%s/%s/%s".formatted(event, parcel.pickupId(), now.toLocalDate()), template,
                    new Recipient.Household(household), hours).about(parcel.id()));
        }
    }

    /** Forgets what has been kept as long as the policy says; answers how many parcels. */
    int forget() {
        var now = clock.now();
        var valuesOf = policies.all();
        int forgotten = 0;
        for (var compound : ParcelClockStore.compounds(database)) {
            var before = now.minus(valuesOf.apply(compound).duration(PolicyName.PARCELS_KEPT));
            forgotten += database.transact(tx -> forget(tx, compound, before, now));
        }
        return forgotten;
    }

    private int forget(Tx tx, UUID compound, OffsetDateTime before, OffsetDateTime now) {
        int parcels = ParcelClockStore.forget(tx, compound, before);
        if (parcels > 0) {
            audit.append(tx, List.of(AuditEntry.of(compound, now, null, AuditAction.RETENTION_APPLIED, "parcels", compound,
                    Map.of("parcels", String.valueOf(parcels), "before", before.toString()))));
        }
        return parcels;
    }
}
