package gatehouse.backup;

import gatehouse.backup.BackupManifest.Part;
import gatehouse.backup.BackupStore.Table;
import gatehouse.kernel.KeyRing;
import gatehouse.kernel.KeyRingStore;
import gatehouse.kernel.Migrations;
import gatehouse.kernel.PostgresUrl;
import gatehouse.kernel.StartFailure;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.zip.ZipInputStream;

/** Puts a backup back into an empty database, at the schema that it was made of, and then brings it to this program's. */
public final class Restore {
    private final PostgresUrl database;
    private final KeyRing keys;
    private final Path file;
    private final OffsetDateTime now;

    private Restore(PostgresUrl database, KeyRing keys, Path file, OffsetDateTime now) {
        this.database = database;
        this.keys = keys;
        this.file = file;
        this.now = now;
    }

    /**
     * All of it, checked against the backup's own counts and checksums, or nothing but an empty schema.
     *
     * @throws StartFailure saying what is wrong: the file, the keys, a newer program's schema, or a database that holds something
     */
    public static BackupReport read(PostgresUrl database, KeyRing keys, Path file, OffsetDateTime now) {
        var restore = new Restore(database, keys, file, now);
        try (var raw = new BufferedInputStream(Files.newInputStream(file))) {
            var report = restore.read(SealedFile.open(raw, keys));
            Migrations.migrate(database);
            return report;
        } catch (NoSuchFileException missing) {
            throw new StartFailure("There is no file " + file + ".", missing);
        } catch (IOException wrong) {
            throw new StartFailure("The backup " + file + " " + wrong.getMessage() + ". Nothing was restored.", wrong);
        } catch (SQLException failed) {
            throw restore.refused(failed);
        }
    }

    private StartFailure refused(Exception byDatabase) {
        return new StartFailure("The backup " + file + " was not restored into " + database + ": " + byDatabase.getMessage(), byDatabase);
    }

    private BackupReport read(InputStream opened) throws IOException, SQLException {
        var zip = new ZipInputStream(opened);
        var head = BackupHead.parse(entry(zip, Backup.HEAD));
        checkKeys(head);
        checkSchema(head);
        Migrations.migrateTo(database, head.lastScript());
        try (var store = BackupStore.writing(database)) {
            var filled = store.filledTables();
            if (!filled.isEmpty()) {
                throw new StartFailure("""
                        The database %s is not empty (%s …). A backup is restored into an empty one: another folder as GATEHOUSE_DATA_DIR, or
                        a new PostgreSQL database as GATEHOUSE_DATABASE_URL. Nothing was changed.""".formatted(database, filled.getFirst()));
            }
            var found = new TreeMap<String, Part>();
            var manifest = new BackupManifest[1];
            store.withoutForeignKeys(() -> manifest[0] = load(store, head, zip, found));
            drain(opened);
            if (!manifest[0].tables().equals(found)) {
                throw new IOException("does not hold what its manifest says");
            }
            store.endSessions(now);
            store.commit();
            store.analyse();
            return BackupReport.of(head, manifest[0]);
        }
    }

    private static BackupManifest load(BackupStore store, BackupHead head, ZipInputStream zip, Map<String, Part> found) throws IOException, SQLException {
        var tables = head.tables().stream().collect(Collectors.toMap(Table::name, Function.identity()));
        while (true) {
            var entry = zip.getNextEntry();
            if (entry == null) {
                throw new IOException("has no manifest");
            }
            if (entry.getName().equals(Backup.MANIFEST)) {
                return BackupManifest.parse(zip.readAllBytes());
            }
            var table = tables.get(entry.getName().substring(Backup.TABLES.length()));
            var counted = new Counted(zip);
            long rows = store.copyIn(table, counted);
            found.put(table.name(), counted.part(rows));
        }
    }

    private void checkKeys(BackupHead head) {
        var lacking = KeyRingStore.lacking(keys, head.keys());
        if (!lacking.isEmpty()) {
            throw new StartFailure("""
                    The backup %s holds values sealed by keys that this process does not have: %s.
                    Set GATEHOUSE_KEYS to the keys of the service that it was made of. Nothing was restored.""".formatted(file, String.join(", ", lacking)));
        }
    }

    private void checkSchema(BackupHead head) {
        var shipped = Migrations.shipped();
        var unknown = head.schema().keySet().stream().filter(script -> !head.schema().get(script).equals(shipped.get(script))).toList();
        if (!unknown.isEmpty()) {
            throw new StartFailure("The backup %s was made by a newer or another Gatehouse (%s). Restore it with that one. Nothing was restored."
                    .formatted(file, unknown.getFirst()));
        }
    }

    private static byte[] entry(ZipInputStream zip, String name) throws IOException {
        var entry = zip.getNextEntry();
        if (entry == null || !entry.getName().equals(name)) {
            throw new IOException("does not begin with " + name);
        }
        return zip.readAllBytes();
    }

    /** To the seal of the last frame. */
    private static void drain(InputStream opened) throws IOException {
        opened.transferTo(OutputStream.nullOutputStream());
    }

    private static final class Counted extends FilterInputStream {
        private final MessageDigest digest = Backup.sha256();
        private long bytes;

        Counted(InputStream below) {
            super(below);
        }

        @Override
        public int read() throws IOException {
            int one = in.read();
            if (one >= 0) {
                digest.update((byte) one);
                bytes++;
            }
            return one;
        }

        @Override
        public int read(byte[] some, int from, int length) throws IOException {
            int read = in.read(some, from, length);
            if (read > 0) {
                digest.update(some, from, read);
                bytes += read;
            }
            return read;
        }

        Part part(long rows) {
            return new Part(rows, bytes, HexFormat.of().formatHex(digest.digest()));
        }
    }
}
