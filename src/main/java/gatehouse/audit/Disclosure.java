package gatehouse.audit;

import java.time.OffsetDateTime;
import java.util.UUID;

/** That somebody was shown a hidden value of a resident, and why; not the value. {@code householdId}: the resident's household then. */
record Disclosure(UUID compoundId, UUID id, UUID residentId, UUID householdId, DisclosureField field, String reason, OffsetDateTime at,
                  AuditEntry.Actor by) {
}
