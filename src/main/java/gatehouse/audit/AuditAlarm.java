package gatehouse.audit;

import java.time.LocalDate;
import java.util.UUID;

/** Who is told that a chain is broken. */
@FunctionalInterface
public interface AuditAlarm {
    /** {@code number}: the first entry that is not as it was entered; told once a day while it stays so. */
    void broken(UUID compound, long number, AuditFault fault, LocalDate date);
}
