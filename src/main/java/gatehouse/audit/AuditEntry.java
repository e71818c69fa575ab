package gatehouse.audit;

import gatehouse.http.Caller;
import gatehouse.kernel.Role;
import java.time.OffsetDateTime;
import java.util.Collections;
import java.util.List;
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
 * @param action a code in capitals, see {@link AuditAction}
 * @param subjectKind in small letters, for instance {@code resident}
 * @param details strings by name, never personal data: only they can be blanked later
 */
public record AuditEntry(UUID compoundId, OffsetDateTime at, @Nullable Actor by, String action, String subjectKind, String subjectId,
                         SortedMap<String, String> details) {

    public AuditEntry {
        details = Collections.unmodifiableSortedMap(new TreeMap<>(details));
    }

    /** An account of that home compound, and the role by which it did it. */
    public record Actor(UUID homeCompoundId, UUID accountId, Role role) {

        /** By the first of these roles that reaches the whole compound, or else that the caller has at all. */
        public static Actor of(Caller caller, UUID compound, List<Role> roles) {
            var role = roles.stream().filter(each -> caller.grants().stream()
                    .anyMatch(grant -> grant.role() == each && grant.scope().seesWholeCompound(compound))).findFirst()
                    .or(() -> roles.stream().filter(caller::is).findFirst()).orElseGet(() -> caller.grants().getFirst().role());
            return new Actor(caller.compoundId(), caller.accountId(), role);
        }
    }

    public static AuditEntry of(UUID compoundId, OffsetDateTime at, @Nullable Actor by, String action, String subjectKind, UUID subjectId,
                                Map<String, String> details) {
        return new AuditEntry(compoundId, at, by, action, subjectKind, subjectId.toString(), new TreeMap<>(details));
    }

    public static AuditEntry of(UUID compoundId, OffsetDateTime at, @Nullable Actor by, AuditAction action, String subjectKind, UUID subjectId,
                                Map<String, String> details) {
        return of(compoundId, at, by, action.name(), subjectKind, subjectId, details);
    }
}
