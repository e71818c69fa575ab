package gatehouse.audit;

import java.time.OffsetDateTime;
import java.util.UUID;

/** That somebody was shown a hidden value of a resident, and why; not the value. {@code householdId}: the resident's household then, {@code field}: the name of what was shown. */
public record Disclosure(UUID compoundId, UUID id, UUID residentId, UUID householdId, String field, Words reason, OffsetDateTime at,
                         AuditEntry.Actor by) {
}
