package gatehouse.door;

import gatehouse.wording.Standing;
import gatehouse.wording.WordingState;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Goods that somebody buys for a household.
 *
 * @param allowedFen what the household agreed to: its budget, or more where it was asked
 * @param askedFen   what the buyer asks for now
 * @param version    counts up with every event
 * @param reachable  whether somebody of the household has an account
 * @param standing   where its words wait for a look, or were refused: then it is not for volunteers
 */
record Purchase(UUID compoundId, UUID id, UUID householdId, UUID buildingId, String household, PurchaseState state, List<Item> items, int budgetFen,
                int allowedFen, @Nullable Integer askedFen, @Nullable Integer costFen, PurchasePayBy payBy, LocalDate wantedOn, @Nullable String note,
                OffsetDateTime requestedAt, @Nullable Buyer buyer, @Nullable OffsetDateTime acceptedAt, @Nullable UUID receiptId,
                @Nullable OffsetDateTime boughtAt, @Nullable OffsetDateTime deliveredAt, @Nullable OffsetDateTime endedAt, @Nullable String endNote,
                int version, @Nullable Standing standing, boolean reachable) {

    boolean isHeld() {
        return standing != null;
    }

    boolean isRefused() {
        return standing != null && standing.state() == WordingState.REFUSED;
    }

    record Item(String name, int quantityTenths, String unit) {
    }

    record Buyer(UUID compoundId, UUID accountId, String name) {
    }
}
