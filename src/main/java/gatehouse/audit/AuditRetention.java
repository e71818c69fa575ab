package gatehouse.audit;

import gatehouse.audit.AuditJobs.KeptDays;
import gatehouse.audit.RetentionPolicy.Certificate;
import gatehouse.kernel.BusinessClock;
import gatehouse.kernel.Database;
import java.time.OffsetDateTime;
import java.util.UUID;

/** Blanks words whose time is over. */
final class AuditRetention {
    /** As many as are blanked under one certificate, so that a chain is locked for moments only. */
    static final int AT_ONCE = 2_000;

    private final Database database;
    private final AuditLog log;
    private final KeptDays keptDays;

    AuditRetention(Database database, AuditLog log, KeptDays keptDays) {
        this.database = database;
        this.log = log;
        this.keptDays = keptDays;
    }

    void apply(OffsetDateTime now) {
        var today = now.atZoneSameInstant(BusinessClock.ZONE).toLocalDate();
        for (var compound : AuditStore.chains(database)) {
            var entriesBefore = RetentionPolicy.keptFrom(today, keptDays.ofDetails().applyAsInt(compound));
            var reasonsBefore = RetentionPolicy.keptFrom(today, keptDays.ofReasons().applyAsInt(compound));
            boolean more = true;
            while (more) {
                more = blank(compound, new Certificate(0, entriesBefore, 0, reasonsBefore), now);
            }
        }
    }

    /** One certificate; false where nothing was due. */
    private boolean blank(UUID compound, Certificate due, OffsetDateTime now) {
        return database.transact(tx -> {
            if (!AuditStore.isDue(tx, compound, RetentionPolicy.midnight(due.entriesBefore()), RetentionPolicy.midnight(due.reasonsBefore()))) {
                return false;
            }
            log.append(tx, compound, number -> {
                long entries = AuditStore.blankDetails(tx, compound, number, RetentionPolicy.midnight(due.entriesBefore()), AT_ONCE);
                long reasons = AuditStore.blankReasons(tx, compound, number, RetentionPolicy.midnight(due.reasonsBefore()), AT_ONCE);
                return AuditEntry.of(compound, now, null, AuditAction.RETENTION_APPLIED, "compound", compound,
                        new Certificate(entries, due.entriesBefore(), reasons, due.reasonsBefore()).details());
            }, null);
            return true;
        });
    }
}
