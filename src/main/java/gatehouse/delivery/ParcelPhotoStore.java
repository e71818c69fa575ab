package gatehouse.delivery;

import gatehouse.kernel.Statements;
import gatehouse.kernel.Tx;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;

/** Which pictures belong to a parcel. */
final class ParcelPhotoStore {
    private ParcelPhotoStore() {
    }

    /** Oldest first. */
    static List<UUID> of(Statements where, UUID compound, UUID parcel) {
        return where.sql("select photo_id from parcel_photo where compound_id = $1 and parcel_id = $2 order by photo_id").bind(compound).bind(parcel)
                .list(row -> row.getUUID("photo_id"));
    }

    static void insert(Tx tx, Parcel parcel, UUID photo, By by, OffsetDateTime now) {
        tx.sql("insert into parcel_photo (compound_id, parcel_id, photo_id, taken_at, by_compound_id, by_account_id) values ($1, $2, $3, $4, $5, $6)")
                .bind(parcel.compoundId()).bind(parcel.id()).bind(photo).bind(now).bind(by.compoundId()).bind(by.accountId()).update();
    }
}
