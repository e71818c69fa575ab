package gatehouse.audit;

import gatehouse.audit.AuditActions.Verification;
import gatehouse.kernel.Database;
import java.nio.file.Path;
import java.time.OffsetDateTime;
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

    /** A chain after a restore; {@code lost}: entries that were noted outside the database and did not come back. */
    public record Restored(AuditVerdict verdict, long lost) {
    }

    /** After a restore of a backup taken then; sound chains tell of it from now on. */
    public List<Restored> restored(OffsetDateTime takenAt, OffsetDateTime now) {
        return actions.acceptRestored(takenAt, now).stream().map(back -> new Restored(verdict(back.verification()), back.lost())).toList();
    }

    private static AuditVerdict verdict(Verification found) {
        var fault = found.broken();
        return new AuditVerdict(found.compound().name(), found.head().number(), HexFormat.of().formatHex(found.head().hash()),
                fault == null ? null : fault.number(), fault == null ? null : fault.fault());
    }
}
