package gatehouse.registry;

import gatehouse.http.Caller;
import gatehouse.kernel.Tx;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Who is told, within its transaction, that residents leave a household: their accounts and passes must not go on opening it. */
@FunctionalInterface
public interface HouseholdMoves {
    /** {@code to} is null where somebody leaves the compound. */
    record Move(UUID residentId, UUID from, @Nullable UUID to) {
    }

    /** Answers the accounts that it concerned, by resident; {@code caller}: in whose name it is done. */
    Map<UUID, UUID> moved(Tx tx, UUID compound, List<Move> moves, Caller caller, OffsetDateTime now);
}
