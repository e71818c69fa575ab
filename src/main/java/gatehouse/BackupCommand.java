package gatehouse;

import gatehouse.backup.BackupReport;
import java.nio.file.Path;
import java.util.Locale;

/** {@code java -jar gatehouse.jar backup FILE} and {@code restore FILE}: what they print. */
final class BackupCommand {
    private BackupCommand() {
    }

    static String written(Path file, BackupReport report, long millis) {
        return """
                Backup %s: %s.
                Made in %.1f s, sealed by the key ring. Without the keys it cannot be read: keep a copy of them elsewhere.
                """.formatted(file, contents(report), millis / 1_000.0);
    }

    static String restored(Path file, Gatehouse.Restored restored, long millis) {
        long broken = restored.chains().stream().filter(chain -> !chain.intact()).count();
        String lost = restored.lostEntries() == 0 ? "" : """
                %d audit entries that were noted outside the database were made after the backup and are lost with what they tell of.
                """.formatted(restored.lostEntries());
        return """
                Restored %s: %s.
                Counts and checksums are the backup's. Nobody is logged in. What was due until now is forgotten. Audit: %d chains, broken: %d.
                %sIn %.1f s. Now look through what was decided after the backup: revoked cards, shut accounts, changed roles and rules.
                """.formatted(file, contents(restored.backup()), restored.chains().size(), broken, lost, millis / 1_000.0)
                + (broken == 0 ? "" : AuditCommand.report(restored.chains(), millis));
    }

    private static String contents(BackupReport report) {
        long tables = report.rows().values().stream().filter(rows -> rows > 0).count();
        return String.format(Locale.ROOT, "%,d rows of %d tables as of %s, schema %s", report.allRows(), tables, report.takenAt(), report.schema());
    }
}
