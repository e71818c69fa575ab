package gatehouse.gate;

import gatehouse.gate.GateStore.Filter;
import gatehouse.gate.GateStore.Late;
import gatehouse.gate.GateStore.NamedScan;
import gatehouse.gate.GateStore.Outside;
import gatehouse.gate.GateStore.Sight;
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
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/** What the gates have seen: scans, movements, who is out, who is late. */
final class LedgerActions {
    /** Nobody keeps more people in sight; who is due first comes first. */
    private static final int OUTSIDE_AT_MOST = 2_000;
    /** For so many days somebody who left against the rules counts as out until seen again. */
    private static final int CONFLICT_DAYS = 1;
    private static final int TOLD_AT_ONCE = 500;
    /** Longer than the longest standstill, shorter than messages are kept: nobody is told twice of the same. */
    private static final int CHASED_DAYS = 14;
    private static final Set<Role> READ_REFUSALS = Set.of(Role.OFFICE);
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

    /** Guards see what was scanned at their own gates, everybody else what concerns the people they answer for. */
    Page<ScanView> scans(Caller caller, Scope scope, Filter filter, Page.Request page) {
        var gates = caller.grants().stream().filter(grant -> grant.role() == Role.GUARD).flatMap(grant -> grant.gates().stream()).toArray(UUID[]::new);
        var sight = new Sight(scope.compounds(), caller.scopeBy(filter.movedOnly() ? READ_NAMES : READ_REFUSALS), gates);
        var rows = GateStore.scans(database, sight, filter, page, TimePlace.of(page.after()));
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
        int told = 0;
        Late last = null;
        List<Late> together;
        do {
            together = GateStore.late(database, now, now.minusDays(CHASED_DAYS), last, TOLD_AT_ONCE);
            var messages = together.stream().flatMap(late -> news(late, now)).toList();
            told += messages.isEmpty() ? 0 : database.transact(tx -> Outbox.put(tx, now, messages));
            last = together.isEmpty() ? null : together.getLast();
        } while (together.size() == TOLD_AT_ONCE);
        return told;
    }

    private Stream<Message> news(Late late, OffsetDateTime now) {
        boolean toGrid = now.isAfter(late.dueAt().plus(policies.of(late.compoundId()).duration(PolicyName.OVERDUE_TO_GRID_WORKER_AFTER)));
        return Stream.concat(late.householdTold() ? Stream.empty() : Stream.of(toHousehold(late)), toGrid ? Stream.of(toGridWorker(late)) : Stream.empty());
    }

    private static Message toHousehold(Late late) {
        return Message.of(late.compoundId(), "outing-overdue/" + late.passId(), MessageTemplate.OUTING_OVERDUE,
                new Recipient.Household(late.householdId())).about(late.passId());
    }

    private static Message toGridWorker(Late late) {
        return Message.of(late.compoundId(), "outing-overdue-grid/" + late.passId(), MessageTemplate.OUTING_OVERDUE_GRID,
                new Recipient.HoldersOfBuilding(Role.GRID_WORKER, late.buildingId())).about(late.passId());
    }
}
