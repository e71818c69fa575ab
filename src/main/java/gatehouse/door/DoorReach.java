package gatehouse.door;

import gatehouse.http.Caller;
import gatehouse.kernel.Problem;
import gatehouse.kernel.ProblemType;
import gatehouse.kernel.Role;
import gatehouse.kernel.Scope;
import gatehouse.kernel.Statements;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;

/**
 * To which doors somebody may carry: a grid worker and the office to those in their charge, whoever was named as volunteer to those of the buildings they
 * were named for, on the days they were named for.
 *
 * @param scope all of them
 * @param staff those where they may also take a walk out of somebody's hands, and read who carries
 */
record DoorReach(Scope scope, Scope staff) {
    private static final Set<Role> STAFF = Set.of(Role.GRID_WORKER, Role.OFFICE);

    /** Fails with NOT_PERMITTED for who is neither. */
    static DoorReach of(Statements where, Caller caller, LocalDate today) {
        var staff = caller.scopeBy(STAFF);
        var serving = DoorVolunteerStore.serving(where, caller.compoundId(), caller.accountId(), today);
        if (serving.nowhere() && staff.compounds().length == 0) {
            throw Problem.of(ProblemType.NOT_PERMITTED);
        }
        return new DoorReach(serving.nowhere() ? staff : staff.union(serving.whole() ? Scope.ofCompounds(List.of(caller.compoundId()))
                : Scope.ofBuildings(caller.compoundId(), serving.buildings())), staff);
    }

    boolean isStaffFor(DoorTask task) {
        return staff.seesBuilding(task.compoundId(), task.buildingId());
    }
}
