package gatehouse.delivery;

import gatehouse.audit.AuditLog;
import gatehouse.http.Endpoint;
import gatehouse.identity.CodeGuesses;
import gatehouse.identity.CourierScenes;
import gatehouse.identity.Scenes;
import gatehouse.kernel.BusinessClock;
import gatehouse.kernel.Database;
import gatehouse.kernel.KeyRing;
import gatehouse.photo.PhotoActions;
import gatehouse.registry.Policies;
import java.net.URI;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The feature, put together. */
public final class Deliveries {
    private final Parcels parcels;
    private final List<Endpoint> endpoints;
    private final DeliveryJobs jobs;
    private final CourierScenes courierScenes;
    private final DemonstrationShelf demonstration;

    /** What deliveries stand on; {@code bringing}: what walks to doors take along. */
    public record Ground(Database database, BusinessClock clock, KeyRing keys, Policies policies, AuditLog audit, PhotoActions photos, Supplier<URI> publicUrl,
                         Executor virtualThreads, Scenes scenes, Bringing bringing) {
    }

    public Deliveries(Ground ground) {
        var shelf = new Shelf(ground.keys);
        this.demonstration = new DemonstrationShelf(ground.database, ground.clock, shelf);
        var parcels = new ParcelActions(ground.database, ground.clock, ground.policies, shelf, ground.audit, ground.bringing);
        this.parcels = new Parcels(shelf, parcels);
        var pickups = new PickupActions(ground.database, ground.clock, ground.keys, ground.policies, shelf,
                new CodeGuesses(ground.database, ground.clock, ground.keys));
        var bookings = new BookingIntake(ground.database, ground.clock, ground.virtualThreads, ground.policies);
        var collectors = new CollectorActions(ground.database, ground.clock, ground.keys, ground.policies);
        var couriers = new CourierActions(ground.database, ground.clock, ground.keys, ground.policies, parcels, ground.audit, ground.publicUrl);
        this.courierScenes = couriers::scene;
        this.jobs = new DeliveryJobs(pickups, new ParcelClock(ground.database, ground.clock, ground.policies, shelf, ground.audit));
        this.endpoints = Stream.of(new ParcelRoutes(parcels, couriers).endpoints(), new PickupRoutes(bookings, pickups, collectors, parcels).endpoints(),
                new CourierRoutes(couriers, ground.scenes).endpoints(),
                new ParcelPhotos(ground.database, ground.clock, ground.policies, ground.photos, parcels, shelf).endpoints()).flatMap(List::stream).toList();
    }

    /** For what carries them to doors. */
    public Parcels parcels() {
        return parcels;
    }

    /** What the codes of couriers' links open. */
    public CourierScenes courierScenes() {
        return courierScenes;
    }

    public List<Endpoint> endpoints() {
        return endpoints;
    }

    public DemonstrationShelf demonstration() {
        return demonstration;
    }

    public DeliveryJobs jobs() {
        return jobs;
    }
}
