package gatehouse.delivery;

import static gatehouse.kernel.Role.GUARD;
import static gatehouse.kernel.Role.OFFICE;
import static gatehouse.kernel.Role.RESIDENT;

import gatehouse.http.Allow;
import gatehouse.http.Endpoint;
import gatehouse.http.Identifiers;
import gatehouse.http.Reply;
import gatehouse.http.Request;
import gatehouse.kernel.BusinessClock;
import gatehouse.kernel.Database;
import gatehouse.kernel.FieldFault;
import gatehouse.kernel.Problem;
import gatehouse.kernel.ProblemType;
import gatehouse.photo.PhotoActions;
import gatehouse.photo.PhotoSize;
import gatehouse.registry.Policies;
import gatehouse.registry.PolicyName;
import java.util.List;
import java.util.UUID;

/** Pictures of parcels: taken by the gate or the office, seen by whoever sees the parcel. */
final class ParcelPhotos {
    private static final int MOST = 6;

    private final Database database;
    private final BusinessClock clock;
    private final Policies policies;
    private final PhotoActions photos;
    private final ParcelActions parcels;
    private final Shelf shelf;

    ParcelPhotos(Database database, BusinessClock clock, Policies policies, PhotoActions photos, ParcelActions parcels, Shelf shelf) {
        this.database = database;
        this.clock = clock;
        this.policies = policies;
        this.photos = photos;
        this.parcels = parcels;
        this.shelf = shelf;
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.of("addParcelPhoto", Allow.only(GUARD, OFFICE), this::add),
                Endpoint.of("getParcelPhoto", Allow.only(RESIDENT, GUARD, OFFICE), this::show));
    }

    record PhotoBody(UUID id) {
    }

    /** A seventh is a bad field. */
    private Reply add(Request request) {
        var caller = request.caller();
        var scope = request.scope();
        var id = request.pathId("id");
        parcels.read(caller, scope, id);
        var clean = photos.clean(request.file("photo"));
        var now = clock.now();
        return Reply.of(database.transact(request.once((UUID photo) -> Reply.answer(201, new PhotoBody(photo))), tx -> {
            var parcel = shelf.hold(tx, scope, id);
            if (ParcelPhotoStore.of(tx, parcel.compoundId(), id).size() >= MOST) {
                throw Problem.badField("/photo", FieldFault.TOO_MANY_ITEMS, MOST);
            }
            var photo = photos.keep(tx, parcel.compoundId(), clean,
                    now.toLocalDate().plusDays(policies.of(parcel.compoundId()).amount(PolicyName.PARCELS_KEPT)));
            ParcelPhotoStore.insert(tx, parcel, photo, By.account(caller.compoundId(), caller.accountId()), now);
            return photo;
        }));
    }

    private Reply show(Request request) {
        var parcel = parcels.read(request.caller(), request.scope(), request.pathId("id")).view().parcel();
        var photo = Identifiers.parse(request.path("photoId")).filter(ParcelPhotoStore.of(database, parcel.compoundId(), parcel.id())::contains)
                .orElseThrow(() -> Problem.of(ProblemType.NOT_FOUND));
        return photos.show(parcel.compoundId(), photo, request.query("size").map(PhotoSize::valueOf).orElse(PhotoSize.FULL));
    }
}
