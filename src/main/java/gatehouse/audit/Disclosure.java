package gatehouse.audit;

import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * That somebody was shown a hidden value of a resident or a visitor, and why; not the value.
 *
 * @param personId    of the resident, or of the visit
 * @param householdId the resident's household then, or whom they visited; null for who came for what all share
 * @param field       the name of what was shown
 */
public record Disclosure(UUID compoundId, UUID id, UUID personId, @Nullable UUID householdId, String field, Words reason, OffsetDateTime at,
                         AuditEntry.Actor by) {
}
