package gatehouse.health;

import gatehouse.audit.AuditLog;
import gatehouse.http.Caller;
import gatehouse.kernel.BusinessClock;
import gatehouse.kernel.Database;
import gatehouse.kernel.FieldFault;
import gatehouse.kernel.Problem;
import gatehouse.kernel.Problem.FieldError;
import gatehouse.kernel.ProblemType;
import gatehouse.kernel.Scope;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;

/** The verbs of the risk list. */
final class RiskRegionActions {
    private final Database database;
    private final BusinessClock clock;
    private final AuditLog audit;

    RiskRegionActions(Database database, BusinessClock clock, AuditLog audit) {
        this.database = database;
        this.clock = clock;
        this.audit = audit;
    }

    /** For everybody of the compound: whoever declares a journey must know what is listed. */
    List<RiskRegion> list(Scope scope, UUID compoundId) {
        if (!Arrays.asList(scope.compounds()).contains(compoundId)) {
            throw Problem.of(ProblemType.NOT_FOUND);
        }
        return RiskRegionStore.current(database, scope, compoundId);
    }

    /** Puts this list in the place of the present one; what stays the same keeps its history, what is gone is kept as taken off. */
    List<RiskRegion> replace(Caller caller, Scope scope, UUID compoundId, List<RiskRegion> wanted) {
        if (!scope.seesWholeCompound(compoundId)) {
            throw Problem.of(ProblemType.NOT_FOUND);
        }
        var errors = faults(wanted);
        if (!errors.isEmpty()) {
            throw Problem.badInput(errors);
        }
        var now = clock.now();
        return database.transact(tx -> {
            if (!RiskRegionStore.lockList(tx, compoundId)) {
                throw Problem.of(ProblemType.NOT_FOUND);
            }
            var present = RiskRegionStore.current(tx, scope, compoundId);
            var takenOff = present.stream().filter(each -> !wanted.contains(each)).toList();
            var added = wanted.stream().filter(each -> !present.contains(each)).toList();
            RiskRegionStore.take(tx, compoundId, takenOff, now, caller.accountId());
            RiskRegionStore.put(tx, compoundId, added, now, caller.accountId());
            if (!takenOff.isEmpty() || !added.isEmpty()) {
                audit.append(tx, HealthTrail.riskListReplaced(compoundId, present.size(), takenOff.size(), added.size(), caller, now));
            }
            return RiskRegionStore.current(tx, scope, compoundId);
        });
    }

    private static List<FieldError> faults(List<RiskRegion> wanted) {
        var errors = new ArrayList<FieldError>();
        var seen = new HashSet<RiskRegion>();
        for (int i = 0; i < wanted.size(); i++) {
            var region = wanted.get(i);
            if (!RegionPolicy.isRegionCode(region.code())) {
                errors.add(new FieldError("/items/" + i + "/regionCode", FieldFault.NOT_A_REGION, List.of()));
            }
            var to = region.to();
            if (to != null && to.isBefore(region.from())) {
                errors.add(new FieldError("/items/" + i + "/to", FieldFault.TOO_SMALL, List.of(region.from())));
            }
            if (!seen.add(region)) {
                errors.add(new FieldError("/items/" + i, FieldFault.REPEATED_ITEMS, List.of()));
            }
        }
        return errors;
    }
}
