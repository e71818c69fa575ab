package gatehouse.delivery;

import gatehouse.audit.AuditLog;
import gatehouse.http.Endpoint;
import gatehouse.kernel.BusinessClock;
import gatehouse.kernel.Database;
import gatehouse.kernel.KeyRing;
import gatehouse.registry.Policies;
import java.util.List;
import java.util.stream.Stream;

/** The feature, put together. */
public final class Deliveries {
    private final List<Endpoint> endpoints;

    /** What deliveries stand on. */
    public record Ground(Database database, BusinessClock clock, KeyRing keys, Policies policies, AuditLog audit) {
    }

    public Deliveries(Ground ground) {
        var shelf = new Shelf(ground.keys);
        var parcels = new ParcelActions(ground.database, ground.clock, ground.policies, shelf, ground.audit);
        this.endpoints = Stream.of(new ParcelRoutes(parcels).endpoints()).flatMap(List::stream).toList();
    }

    public List<Endpoint> endpoints() {
        return endpoints;
    }
}
