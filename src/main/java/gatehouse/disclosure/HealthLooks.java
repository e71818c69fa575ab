package gatehouse.disclosure;

import gatehouse.audit.AuditEntry.Actor;
import gatehouse.http.Caller;
import gatehouse.kernel.Await;
import gatehouse.kernel.BusinessClock;
import gatehouse.kernel.Database;
import gatehouse.kernel.Role;
import io.vertx.core.Future;
import java.util.List;
import java.util.UUID;

/**
 * Enters who of the staff opened one person's reports, journeys, alert or observation, once a day, for the household to read. Lists of many
 * people are the staff's daily work and are not entered; nor is what somebody reads of their own household.
 */
public final class HealthLooks {
    private static final List<Role> STAFF = List.of(Role.OFFICE, Role.GRID_WORKER, Role.HEALTH_CENTRE);

    private final Database database;
    private final BusinessClock clock;

    public HealthLooks(Database database, BusinessClock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** For the event loop; what was opened is answered only once this is done. */
    public Future<Void> enter(Caller caller, UUID compound, UUID resident) {
        if (STAFF.stream().noneMatch(caller::is)) {
            return Future.succeededFuture();
        }
        return HealthLookStore.insert(database, Actor.of(caller, compound, STAFF), caller.householdId(), compound, resident, clock.now());
    }

    /** The same on a thread that may wait. */
    public void enterAndWait(Caller caller, UUID compound, UUID resident) {
        Await.on(enter(caller, compound, resident));
    }
}
