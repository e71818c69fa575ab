package gatehouse.gate;

import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who went through a gate although the rules said no.
 *
 * @param id       the nonce of a scan, or the id of a visit's event
 * @param reason   the slug of what spoke against it
 * @param passKind null where it is a visitor, or the code named no pass
 * @param name     the resident or visitor; null where nobody knows, or it is forgotten
 * @param before   when the same pass or visitor was seen going through last before that
 * @param review   null while the office has not looked into it
 */
record Conflict(UUID compoundId, UUID id, Kind kind, OffsetDateTime at, OffsetDateTime receivedAt, boolean offline, UUID gateId, String gate,
                Direction direction, String reason, @Nullable String household, @Nullable String name, @Nullable String passKind,
                @Nullable Integer temperatureTenths, @Nullable Boolean mask, @Nullable String guard, @Nullable Passage before,
                @Nullable Review review) {
    enum Kind {
        PASS, VISIT
    }

    /** What became clear of it: nothing was wrong; it was written down wrongly and did not happen so; a rule was broken. */
    enum Finding {
        EXPLAINED, MISTAKEN, BREACH
    }

    record Passage(OffsetDateTime at, String gate, Direction direction) {
    }

    /** @param by who found it out; null where their account is gone */
    record Review(Finding finding, String note, OffsetDateTime at, @Nullable String by) {
    }
}
