package gatehouse.outing;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A pass as it is stored.
 *
 * @param slot       null where none was chosen
 * @param document   the number or name of a certificate that staff are shown
 * @param decidedBy  who decided it, or has to
 * @param reason     what staff said when they refused it, or closed its gate
 * @param codeNumber what its codes name it by
 * @param cardSerial which printing of its card is good
 * @param version    counts up with every event
 */
record OutingPass(UUID compoundId, UUID id, UUID householdId, UUID buildingId, UUID residentId, PassKind kind, PassState state,
                  @Nullable SlotKey slot, LocalDate outingDate, PassWindow window, @Nullable String purpose, @Nullable String document,
                  @Nullable String vehiclePlate, PassColour colour, OffsetDateTime requestedAt, DecidedBy decidedBy,
                  @Nullable OffsetDateTime decidedAt, @Nullable String reason, long codeNumber, int cardSerial, int version) {

    /** The pass after an event at that moment; {@code window} and {@code reason} as they are then. */
    OutingPass moved(PassState to, PassWindow then, @Nullable OffsetDateTime decided, @Nullable String why) {
        return new OutingPass(compoundId, id, householdId, buildingId, residentId, kind, to, slot, outingDate, then, purpose, document,
                vehiclePlate, colour, requestedAt, decidedBy, decided, why, codeNumber, cardSerial, version + 1);
    }

    OutingPass withCardSerial(int serial) {
        return new OutingPass(compoundId, id, householdId, buildingId, residentId, kind, state, slot, outingDate, window, purpose, document,
                vehiclePlate, colour, requestedAt, decidedBy, decidedAt, reason, codeNumber, serial, version + 1);
    }
}
