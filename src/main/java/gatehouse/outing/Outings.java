package gatehouse.outing;

import gatehouse.audit.AuditLog;
import gatehouse.http.Endpoint;
import gatehouse.kernel.BusinessClock;
import gatehouse.kernel.Database;
import gatehouse.kernel.KeyRing;
import gatehouse.registry.HouseholdMoves;
import gatehouse.registry.Policies;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.stream.Stream;

/** The feature, put together: its routes, its jobs, and the codes that a gate reads. */
public final class Outings implements AutoCloseable {
    private final OutingActions actions;
    private final WaitActions lines;
    private final PassCodes codes;
    private final PassPictures pictures = new PassPictures();
    private final List<Endpoint> endpoints;

    public Outings(Database database, BusinessClock clock, Executor virtualThreads, Policies policies, KeyRing keys, AuditLog audit) {
        this.lines = new WaitActions(database, clock, policies);
        this.actions = new OutingActions(database, clock, policies, lines, audit);
        this.codes = new PassCodes(keys);
        this.endpoints = Stream.of(new OutingRoutes(new OutingIntake(database, clock, virtualThreads, policies), actions).endpoints(),
                new CodeRoutes(actions, codes, pictures).endpoints(), new WaitRoutes(lines).endpoints(),
                new PreviewRoutes(new PreviewActions(database, clock, policies)).endpoints()).flatMap(List::stream).toList();
    }

    public List<Endpoint> endpoints() {
        return endpoints;
    }

    public OutingJobs jobs() {
        return new OutingJobs(actions, lines);
    }

    /** For the registry, when residents move. */
    public HouseholdMoves moves() {
        return new MovedPasses(lines);
    }

    public PassCodes codes() {
        return codes;
    }

    @Override
    public void close() {
        pictures.close();
    }
}
