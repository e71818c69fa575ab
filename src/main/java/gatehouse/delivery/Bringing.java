package gatehouse.delivery;

import gatehouse.kernel.Tx;
import java.time.OffsetDateTime;

/** The other room's part in a parcel's arrival: walks to doors. */
@FunctionalInterface
public interface Bringing {
    /** Whether a parcel that came is brought to its household, which was told so then. */
    boolean takeAlong(Tx tx, Parcel parcel, Home home, OffsetDateTime now);
}
