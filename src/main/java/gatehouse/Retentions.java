package gatehouse;

import static gatehouse.registry.PolicyName.DOOR_RECORDS_KEPT;
import static gatehouse.registry.PolicyName.EMERGENCY_VEHICLES_KEPT;
import static gatehouse.registry.PolicyName.FORMS_KEPT;
import static gatehouse.registry.PolicyName.HEALTH_RECORDS_KEPT;
import static gatehouse.registry.PolicyName.INBOX_KEPT;
import static gatehouse.registry.PolicyName.MOVED_OUT_KEPT;
import static gatehouse.registry.PolicyName.OUTINGS_KEPT;
import static gatehouse.registry.PolicyName.UNDELIVERED_KEPT;

import gatehouse.audit.Retention.Forgetting;
import gatehouse.audit.Retention.Rule;
import gatehouse.disclosure.HealthLookStore;
import gatehouse.door.DoorRetentionStore;
import gatehouse.forms.FormActions;
import gatehouse.gate.EmergencyRetentionStore;
import gatehouse.gate.ScanRetentionStore;
import gatehouse.health.HealthRetentionStore;
import gatehouse.identity.AccountRetentionStore;
import gatehouse.notify.InboxRetentionStore;
import gatehouse.outing.OutingRetentionStore;
import gatehouse.registry.Policies;
import gatehouse.registry.PolicyName;
import gatehouse.registry.ResidentRetentionStore;
import java.util.List;
import java.util.stream.Stream;

/**
 * What is deleted when its days are over, where one can read it together. Visitors, tickets, parcels, pictures and the audit's own words
 * have jobs of their own, because of them something stays.
 */
public final class Retentions {
    private Retentions() {
    }

    /** In this order; each compound's days are those of its policy. */
    public static List<Rule> of(Policies policies, FormActions forms) {
        return Stream.of(
                new Kept("healthReports", HEALTH_RECORDS_KEPT, HealthRetentionStore::reports),
                new Kept("alerts", HEALTH_RECORDS_KEPT, HealthRetentionStore::alerts),
                new Kept("observations", HEALTH_RECORDS_KEPT, HealthRetentionStore::observations),
                new Kept("journeys", HEALTH_RECORDS_KEPT, HealthRetentionStore::journeys),
                new Kept("knocks", HEALTH_RECORDS_KEPT, HealthRetentionStore::knocks),
                new Kept("healthLooks", HEALTH_RECORDS_KEPT, HealthLookStore::forget),
                new Kept("scans", OUTINGS_KEPT, ScanRetentionStore::scans),
                new Kept("passes", OUTINGS_KEPT, OutingRetentionStore::passes),
                new Kept("waiting", OUTINGS_KEPT, OutingRetentionStore::waiting),
                new Kept("walks", DOOR_RECORDS_KEPT, DoorRetentionStore::walks),
                new Kept("purchases", DOOR_RECORDS_KEPT, DoorRetentionStore::purchases),
                new Kept("arrangements", DOOR_RECORDS_KEPT, DoorRetentionStore::arrangements),
                new Kept("volunteers", DOOR_RECORDS_KEPT, DoorRetentionStore::volunteers),
                new Kept("forms", FORMS_KEPT, forms::forgetNames),
                new Kept("inboxMessages", INBOX_KEPT, InboxRetentionStore::messages),
                new Kept("emergencyVehicles", EMERGENCY_VEHICLES_KEPT, EmergencyRetentionStore::vehicles),
                new Kept("undeliveredMessages", UNDELIVERED_KEPT, InboxRetentionStore::parked),
                new Kept("movedOutAccounts", MOVED_OUT_KEPT, AccountRetentionStore::movedOut),
                new Kept("movedOutResidents", MOVED_OUT_KEPT, ResidentRetentionStore::movedOut))
                .map(kept -> new Rule(kept.what, compound -> policies.of(compound).amount(kept.days), kept.forgetting)).toList();
    }

    private record Kept(String what, PolicyName days, Forgetting forgetting) {
    }
}
