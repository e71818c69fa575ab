package gatehouse.door;

import gatehouse.audit.AuditLog;
import gatehouse.delivery.Home;
import gatehouse.delivery.Parcel;
import gatehouse.delivery.Parcels;
import gatehouse.http.Endpoint;
import gatehouse.kernel.BusinessClock;
import gatehouse.kernel.Database;
import gatehouse.kernel.Role;
import gatehouse.kernel.Tx;
import gatehouse.photo.PhotoActions;
import gatehouse.registry.Policies;
import gatehouse.wording.Wordings;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/** What is brought to doors, put together: its routes, its job, and what volunteers may. */
public final class Doors {
    private static final Set<Role> CARRY_ANYWAY = Set.of(Role.GRID_WORKER, Role.OFFICE);

    private final Database database;
    private final BusinessClock clock;
    private final DoorActions actions;
    private final PurchaseActions purchases;
    private final DemonstrationDoors demonstration;
    private final List<Endpoint> endpoints;

    /** What it stands on. */
    public record Ground(Database database, BusinessClock clock, Policies policies, AuditLog audit, PhotoActions photos, Parcels parcels, Wordings wordings) {
    }

    public Doors(Ground ground) {
        this.database = ground.database;
        this.clock = ground.clock;
        this.actions = new DoorActions(database, clock, ground.policies, ground.parcels, ground.photos);
        var office = new DoorOfficeActions(database, clock, ground.policies, ground.audit);
        this.purchases = new PurchaseActions(database, clock, ground.policies, ground.photos, ground.wordings);
        this.demonstration = new DemonstrationDoors(database, clock, ground.photos, ground.wordings);
        this.endpoints = Stream.of(new DoorRoutes(actions, office, ground.parcels).endpoints(),
                new PurchaseRoutes(purchases).endpoints()).flatMap(List::stream).toList();
    }

    public List<Endpoint> endpoints() {
        return endpoints;
    }

    public DemonstrationDoors demonstration() {
        return demonstration;
    }

    /** {@link gatehouse.delivery.Bringing}: whether a parcel that came joins a walk. */
    public static boolean takeAlong(Tx tx, Parcel parcel, Home home, OffsetDateTime now) {
        return DoorRounds.takeAlong(tx, parcel, home, now);
    }

    /** Opens and cancels walks, tells of those that take too long, and closes purchases that were brought long ago; answers how many of both. For every minute. */
    public int keepRounds() {
        return actions.keepRounds() + purchases.closeBrought();
    }

    /** For {@link gatehouse.identity.Appointments}: what only volunteers may of those whose role does not carry anyway. */
    public Set<String> withheld(UUID compound, UUID account, Set<Role> roles) {
        boolean carries = roles.stream().anyMatch(CARRY_ANYWAY::contains)
                || !DoorVolunteerStore.serving(database, compound, account, clock.today()).nowhere();
        return carries ? Set.of() : roles.contains(Role.RESIDENT) ? DoorRoutes.FOR_VOLUNTEERS : DoorRoutes.FOR_VOLUNTEERS_AND_HOUSEHOLDS;
    }
}
