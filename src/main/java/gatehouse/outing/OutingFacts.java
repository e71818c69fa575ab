package gatehouse.outing;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a request is judged by, as it stood then. Kept with the request, so that a policy that is only thought of can judge it again.
 *
 * @param outingDate    the day of the slot, or today
 * @param slot          null where none was chosen
 * @param bornOn        null where nobody knows it
 * @param observedUntil the earliest end of a home observation; null where there is none
 * @param placeSealed   the building or the unit is sealed
 * @param buyer         whom the household named to go shopping; null where it named nobody
 * @param supplies      the household's supplies outings around that day, this one apart
 * @param documentSeenAt when staff last approved this person's outing of this kind with this certificate; null where never
 */
record OutingFacts(PassKind kind, UUID residentId, LocalDate outingDate, @Nullable Slot slot, @Nullable LocalDate bornOn,
                   boolean morningReported, boolean afternoonReported, boolean alertOpen, @Nullable LocalDate observedUntil,
                   boolean placeSealed, @Nullable UUID buyer, List<Outing> supplies, @Nullable OffsetDateTime documentSeenAt) {

    /**
     * A slot as it stood.
     *
     * @param ownCapacity places that this day of the gate has by the calendar; null where it has as many as the policy says
     * @param held        a place is kept for this request already
     */
    record Slot(OffsetDateTime startsAt, OffsetDateTime endsAt, @Nullable Integer ownCapacity, int taken, boolean held) {
        int capacity(OutingRules rules) {
            return ownCapacity == null ? rules.slotCapacity() : ownCapacity;
        }
    }

    /** Somebody of the household goes, or went, for supplies on that day. */
    record Outing(LocalDate date, UUID residentId) {
    }
}
