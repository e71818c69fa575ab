package gatehouse.gate;

import gatehouse.gate.GateStore.Filter;
import gatehouse.gate.GateStore.Late;
import gatehouse.gate.GateStore.NamedScan;
import gatehouse.gate.GateStore.Outside;
import gatehouse.http.Caller;
import gatehouse.kernel.BusinessClock;
import gatehouse.kernel.Database;
import gatehouse.kernel.Page;
import gatehouse.kernel.Role;
import gatehouse.kernel.Scope;
import gatehouse.kernel.TimePlace;
import gatehouse.notify.Message;
import gatehouse.notify.MessageTemplate;
import gatehouse.notify.Outbox;
import gatehouse.notify.Recipient;
import gatehouse.registry.Policies;
import gatehouse.registry.PolicyName;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What the gates have seen: scans, movements, who is out, who is late. */
final class LedgerActions {
    /** Nobody keeps more people in sight; who is due first comes first. */
    private static final int OUTSIDE_AT_MOST = 2_000;
    /** For so many days somebody who left against the rules counts as out until seen again. */
    private static final int CONFLICT_DAYS = 1;
    private static final int TOLD_AT_ONCE = 500;
    private static final Set<Role> READ_NAMES = Set.of(Role.OFFICE, Role.GRID_WORKER, Role.RESIDENT);

    private final Database database;
    private final BusinessClock clock;
    private final Policies policies;

    LedgerActions(Database database, BusinessClock clock, Policies policies) {
        this.database = database;
        this.clock = clock;
        this.policies = policies;
    }

    /** @param named whether the reader may know who it was */
    record ScanView(NamedScan scan, boolean named) {
    }

    record OutsideView(Outside outside, boolean named, boolean overdue, OffsetDateTime now) {
    }

    Page<ScanView> scans(Caller caller, Scope scope, Filter filter, Page.Request page) {
        var rows = GateStore.scans(database, scope, filter, page, TimePlace.of(page.after()));
        var names = caller.scopeBy(READ_NAMES);
        return Page.cut(rows, page, each -> new TimePlace(each.scan().scannedAt(), each.scan().nonce()).text()).map(each -> {
            var scan = each.scan();
            boolean named = scan.householdId() != null && scan.buildingId() != null
                    && names.sees(scan.compoundId(), scan.buildingId(), scan.householdId());
            return new ScanView(each, named);
        });
    }

    List<OutsideView> outside(Caller caller, Scope scope) {
        var now = clock.now();
        var names = caller.scopeBy(READ_NAMES);
        return GateStore.outside(database, scope, now.toLocalDate().minusDays(CONFLICT_DAYS), OUTSIDE_AT_MOST).stream()
                .map(each -> new OutsideView(each, names.sees(each.compoundId(), each.buildingId(), each.householdId()), now.isAfter(each.dueAt()), now))
                .toList();
    }

    /** Tells households, and later their grid workers, who is not back in time; answers how many messages. For every minute; each is told once. */
    int chaseOverdue() {
        var now = clock.now();
        return database.transact(tx -> {
            var messages = new ArrayList<Message>();
            for (var late : GateStore.late(tx, now, TOLD_AT_ONCE)) {
                messages.add(Message.of(late.compoundId(), "outing-overdue/" + late.passId(), MessageTemplate.OUTING_OVERDUE,
                        new Recipient.Household(late.householdId())).about(late.passId()));
                if (now.isAfter(late.dueAt().plus(policies.of(late.compoundId()).duration(PolicyName.OVERDUE_TO_GRID_WORKER_AFTER)))) {
                    messages.add(toGridWorker(late));
                }
            }
            return Outbox.put(tx, now, messages);
        });
    }

    private static Message toGridWorker(Late late) {
        return Message.of(late.compoundId(), "outing-overdue-grid/" + late.passId(), MessageTemplate.OUTING_OVERDUE_GRID,
                new Recipient.HoldersOfBuilding(Role.GRID_WORKER, late.buildingId())).about(late.passId());
    }
}
