package gatehouse.audit;

import org.jspecify.annotations.Nullable;

/** What was found of a compound's chain. {@code head}: hexadecimal; {@code brokenAt} and {@code fault} are null where it is sound. */
public record AuditVerdict(String compound, long entries, String head, @Nullable Long brokenAt, @Nullable AuditFault fault) {
    public boolean intact() {
        return brokenAt == null;
    }
}
