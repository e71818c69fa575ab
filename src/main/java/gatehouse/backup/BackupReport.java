package gatehouse.backup;

import java.time.OffsetDateTime;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is in a backup.
 *
 * @param schema the newest migration that its database had
 * @param rows   by table
 */
public record BackupReport(OffsetDateTime takenAt, String schema, SortedMap<String, Long> rows) {

    static BackupReport of(BackupHead head, BackupManifest manifest) {
        var rows = new TreeMap<String, Long>();
        manifest.tables().forEach((table, part) -> rows.put(table, part.rows()));
        return new BackupReport(head.takenAt(), head.lastScript(), rows);
    }

    public long allRows() {
        return rows.values().stream().mapToLong(Long::longValue).sum();
    }
}
