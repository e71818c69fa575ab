package gatehouse.delivery;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Who did something: somebody with an account, a courier by a gate link, or, without either, the clock. */
public record By(@Nullable UUID compoundId, @Nullable UUID accountId, @Nullable UUID linkId) {
    public static final By CLOCK = new By(null, null, null);

    public static By account(UUID compound, UUID account) {
        return new By(compound, account, null);
    }

    public static By link(UUID link) {
        return new By(null, null, link);
    }
}
