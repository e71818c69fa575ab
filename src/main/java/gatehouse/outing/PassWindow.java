package gatehouse.outing;

import java.time.OffsetDateTime;

/** When a pass is good: from when one may go out, until when at the latest, and by when one is back. */
record PassWindow(OffsetDateTime validFrom, OffsetDateTime leaveBy, OffsetDateTime validUntil) {
}
