package gatehouse.health;

import java.time.OffsetDateTime;

/** Somebody was at the door. {@code by}: the name of whoever it was. */
record Knock(KnockOutcome outcome, OffsetDateTime at, String by) {
}
