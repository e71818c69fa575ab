package gatehouse.delivery;

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
 * @param held       its words wait for a look, or were refused: not for volunteers
 */
record Purchase(UUID compoundId, UUID id, UUID householdId, UUID buildingId, String household, PurchaseState state, List<Item> items, int budgetFen,
                int allowedFen, @Nullable Integer askedFen, @Nullable Integer costFen, PurchasePayBy payBy, LocalDate wantedOn, @Nullable String note,
                OffsetDateTime requestedAt, @Nullable Buyer buyer, @Nullable OffsetDateTime acceptedAt, @Nullable UUID receiptId,
                @Nullable OffsetDateTime boughtAt, @Nullable OffsetDateTime deliveredAt, @Nullable OffsetDateTime endedAt, @Nullable String endNote,
                int version, boolean held) {

    record Item(String name, int quantityTenths, String unit) {
    }

    record Buyer(UUID compoundId, UUID accountId, String name) {
    }
}
