package gatehouse.registry;

import gatehouse.audit.AuditLog;
import gatehouse.http.Caller;
import gatehouse.kernel.BusinessClock;
import gatehouse.kernel.Database;
import gatehouse.kernel.Problem;
import gatehouse.kernel.ProblemType;
import gatehouse.kernel.Scope;
import gatehouse.registry.ControlLevelStore.Place;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How closely buildings and units are managed where it is more closely than their compound, whose level is a policy value. The
 * strictest of the three counts.
 */
final class ControlLevels {
    private final Database database;
    private final BusinessClock clock;
    private final AuditLog audit;

    ControlLevels(Database database, BusinessClock clock, AuditLog audit) {
        this.database = database;
        this.clock = clock;
        this.audit = audit;
    }

    /** The buildings and units of a compound, each building before its units. */
    List<Place> list(Scope scope, UUID compound) {
        if (!scope.seesWholeCompound(compound)) {
            throw Problem.of(ProblemType.NOT_FOUND);
        }
        return ControlLevelStore.places(database, compound);
    }

    /** Sets the level of a building or unit; null lets that of what it lies in hold again. */
    Place set(Caller caller, Scope scope, UUID placeId, @Nullable ControlLevel level, @Nullable String reason) {
        var now = clock.now();
        return database.transact(tx -> {
            var before = ControlLevelStore.lock(tx, scope, placeId).orElseThrow(() -> Problem.of(ProblemType.NOT_FOUND));
            var after = new Place(before.compoundId(), before.buildingId(), before.building(), before.unitId(), before.unit(), level, reason);
            ControlLevelStore.set(tx, after, now, caller.accountId());
            audit.append(tx, RegistryTrail.controlLevelSet(before, after, caller, now));
            return after;
        });
    }
}
