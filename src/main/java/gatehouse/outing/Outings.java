package gatehouse.outing;

import gatehouse.http.Endpoint;
import gatehouse.kernel.BusinessClock;
import gatehouse.kernel.Database;
import gatehouse.registry.Policies;
import java.util.List;
import java.util.concurrent.Executor;

/** The feature, put together: its routes and its jobs. */
public final class Outings {
    private final OutingActions actions;
    private final OutingRoutes routes;

    public Outings(Database database, BusinessClock clock, Executor virtualThreads, Policies policies) {
        this.actions = new OutingActions(database, clock, policies);
        this.routes = new OutingRoutes(new OutingIntake(database, clock, virtualThreads, policies), actions);
    }

    public List<Endpoint> endpoints() {
        return routes.endpoints();
    }

    public OutingJobs jobs() {
        return new OutingJobs(actions);
    }
}
