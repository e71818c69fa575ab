package gatehouse.gate;

import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A visit as it is stored; phone and ID number only as they may be shown.
 *
 * @param householdId whom they visit; null of workers who come for what all share
 * @param household  its label; else the number of the ticket
 * @param codeKey    the key that its code is computed by
 * @param regionCode where the visitor comes from; null where nobody said
 */
record Visit(UUID compoundId, UUID id, @Nullable UUID householdId, @Nullable UUID buildingId, String household, String codeKey, String visitorName, String phoneMasked,
             @Nullable String idNumberMasked, @Nullable String plate, @Nullable String regionCode, String purpose, OffsetDateTime expectedAt,
             VisitState state, OffsetDateTime invitedAt, @Nullable OffsetDateTime enteredAt, @Nullable OffsetDateTime leftAt) {
}
