package gatehouse.audit;

import gatehouse.kernel.Role;
import java.time.OffsetDateTime;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is entered in a compound's chain.
 *
 * @param at to the microsecond, as {@code BusinessClock} tells it
 * @param by null where the clock did it
 * @param action a code in capitals, for instance {@code VALUE_DISCLOSED}
 * @param subjectKind in small letters, for instance {@code resident}
 * @param details strings by name, never personal data: entries are kept for good
 */
public record AuditEntry(UUID compoundId, OffsetDateTime at, @Nullable Actor by, String action, String subjectKind, String subjectId,
                         SortedMap<String, String> details) {

    public AuditEntry {
        details = Collections.unmodifiableSortedMap(new TreeMap<>(details));
    }

    /** An account of that home compound, and the role by which it did it. */
    public record Actor(UUID homeCompoundId, UUID accountId, Role role) {
    }

    public static AuditEntry of(UUID compoundId, OffsetDateTime at, @Nullable Actor by, String action, String subjectKind, UUID subjectId,
                                Map<String, String> details) {
        return new AuditEntry(compoundId, at, by, action, subjectKind, subjectId.toString(), new TreeMap<>(details));
    }
}
