package gatehouse.identity;

import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;

/** What the code of a courier's link opens, told by whoever keeps such links. */
public interface CourierScenes {
    /** {@code token}: what a courier's page shows of itself in the header {@code Gate-Link}. */
    record Link(String token, String gate, String label, OffsetDateTime expiresAt) {
        @Override
        public String toString() {
            return "Link[" + gate + "]";
        }
    }

    /** The link, where it is good now. */
    Optional<Link> good(UUID compound, UUID link);
}
