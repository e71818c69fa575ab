package gatehouse.delivery;

import gatehouse.kernel.Scope;
import gatehouse.kernel.Statements;
import gatehouse.kernel.Tx;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What walks to doors do with parcels: find them, place them, show them. */
public final class Parcels {
    private final Shelf shelf;
    private final ParcelActions actions;

    Parcels(Shelf shelf, ParcelActions actions) {
        this.shelf = shelf;
        this.actions = actions;
    }

    /** Empty outside the scope. */
    public Optional<Parcel> find(Statements in, Scope scope, UUID id) {
        return ParcelStore.find(in, scope, id);
    }

    /** Placed at its door; false where it was collected or taken away meanwhile. */
    public boolean placeAtDoor(Tx tx, UUID compound, UUID id, By by, OffsetDateTime now) {
        var parcel = shelf.hold(tx, Scope.ofCompounds(List.of(compound)), id);
        if (!parcel.state().isWaiting()) {
            return false;
        }
        shelf.happen(tx, parcel, ParcelEvent.PLACE_AT_DOOR, by, null, now);
        return true;
    }

    /** As whoever carries it reads it, in the contract's words. */
    public Object shown(Parcel parcel) {
        return ParcelRoutes.ParcelBody.of(actions.view(parcel), false, null);
    }
}
