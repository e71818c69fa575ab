package gatehouse.delivery;

import gatehouse.audit.AuditLog;
import gatehouse.http.Endpoint;
import gatehouse.kernel.BusinessClock;
import gatehouse.kernel.Database;
import gatehouse.kernel.KeyRing;
import gatehouse.photo.PhotoActions;
import gatehouse.registry.Policies;
import java.util.List;
import java.util.stream.Stream;

/** The feature, put together. */
public final class Deliveries {
    private final Doors doors;
    private final List<Endpoint> endpoints;

    /** What deliveries stand on. */
    public record Ground(Database database, BusinessClock clock, KeyRing keys, Policies policies, AuditLog audit, PhotoActions photos) {
    }

    public Deliveries(Ground ground) {
        var shelf = new Shelf(ground.keys);
        var parcels = new ParcelActions(ground.database, ground.clock, ground.policies, shelf, ground.audit);
        this.doors = new Doors(new Doors.Ground(ground.database, ground.clock, ground.policies, ground.audit, ground.photos, shelf, parcels));
        this.endpoints = Stream.of(new ParcelRoutes(parcels).endpoints(), doors.endpoints()).flatMap(List::stream).toList();
    }

    public Doors doors() {
        return doors;
    }

    public List<Endpoint> endpoints() {
        return endpoints;
    }
}
