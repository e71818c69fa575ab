package gatehouse.gate;

import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An emergency vehicle that was let in; {@code papers} null until somebody has written them down. */
record EmergencyEntry(UUID compoundId, UUID id, UUID gateId, String gate, EmergencyService service, OffsetDateTime enteredAt, boolean offline, @Nullable Papers papers,
                      @Nullable OffsetDateTime registeredAt, @Nullable OffsetDateTime leftAt) {
    /** What is written afterwards: plate, whose they are, how many people, what for. */
    record Papers(@Nullable String plate, String organisation, int people, String purpose) {
    }

    boolean isOpen() {
        return papers == null || leftAt == null;
    }
}
