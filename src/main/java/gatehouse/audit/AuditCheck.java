package gatehouse.audit;

import gatehouse.audit.AuditActions.Verification;
import gatehouse.kernel.Database;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;

/** Walks every chain from its beginning, and against what was noted outside the database; takes some seconds for 100,000 entries. */
public final class AuditCheck {
    private final AuditActions actions;

    public AuditCheck(Database database, AuditLog log, Path dataDirectory) {
        this.actions = new AuditActions(database, log, dataDirectory);
    }

    public List<AuditVerdict> everything() {
        return actions.verifyAll().stream().map(AuditCheck::verdict).toList();
    }

    private static AuditVerdict verdict(Verification found) {
        var fault = found.broken();
        return new AuditVerdict(found.compound().name(), found.head().number(), HexFormat.of().formatHex(found.head().hash()),
                fault == null ? null : fault.number(), fault == null ? null : fault.fault());
    }
}
