package gatehouse.backup;

import gatehouse.backup.BackupManifest.Part;
import gatehouse.kernel.KeyRing;
import gatehouse.kernel.KeyRingStore;
import gatehouse.kernel.Migrations;
import gatehouse.kernel.PostgresUrl;
import gatehouse.kernel.StartFailure;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes everything that a database holds into one file, sealed: a zip of what COPY writes, a head before it and a manifest behind it. */
public final class Backup {
    static final String HEAD = "head.json";
    static final String MANIFEST = "manifest.json";
    static final String TABLES = "tables/";

    private Backup() {
    }

    /**
     * Made while people work. The file is there whole, on disk and readable by its owner only, or not at all.
     *
     * @throws StartFailure where the file is there already, the ring could not open what the database holds, or anything else prevents it
     */
    public static BackupReport write(PostgresUrl database, KeyRing keys, Path file, OffsetDateTime now) {
        var unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
        try {
            if (Files.exists(file)) {
                throw new FileAlreadyExistsException(file.toString());
            }
            Files.deleteIfExists(unfinished);
            BackupReport report;
            try (var channel = FileChannel.open(unfinished, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
                report = write(database, keys, new BufferedOutputStream(Channels.newOutputStream(channel)), now);
                channel.force(true);
            } catch (IOException | SQLException | RuntimeException failed) {
                Files.deleteIfExists(unfinished);
                throw failed;
            }
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
            return report;
        } catch (FileAlreadyExistsException there) {
            throw new StartFailure("There is a file " + file + " already; name another. Nothing was written.", there);
        } catch (IOException | SQLException failed) {
            throw new StartFailure("The backup " + file + " was not made: " + failed.getMessage(), failed);
        }
    }

    private static BackupReport write(PostgresUrl database, KeyRing keys, OutputStream raw, OffsetDateTime now) throws SQLException, IOException {
        try (var store = BackupStore.reading(database); var zip = new ZipOutputStream(SealedFile.seal(raw, keys))) {
            var head = new BackupHead(now, Migrations.applied(database), store.keys(), store.tables());
            var lacking = KeyRingStore.lacking(keys, head.keys());
            if (!lacking.isEmpty()) {
                throw new StartFailure("""
                        The database was sealed by keys that this process does not have: %s. A backup without them could never be read.
                        Set GATEHOUSE_KEYS as the service has it.""".formatted(String.join(", ", lacking)));
            }
            put(zip, HEAD, head.json());
            var parts = new TreeMap<String, Part>();
            for (var table : head.tables()) {
                zip.putNextEntry(new ZipEntry(TABLES + table.name()));
                var counted = new Counted(zip);
                long rows = store.copyOut(table, counted);
                parts.put(table.name(), counted.part(rows));
                zip.closeEntry();
            }
            var manifest = new BackupManifest(parts);
            put(zip, MANIFEST, manifest.json());
            return BackupReport.of(head, manifest);
        }
    }

    private static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(content);
        zip.closeEntry();
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException(missing);
        }
    }

    /** Counts what passes, and never closes what is below. */
    private static final class Counted extends FilterOutputStream {
        private final DigestOutputStream digesting;
        private long bytes;

        Counted(OutputStream below) {
            super(below);
            this.digesting = new DigestOutputStream(below, sha256());
        }

        @Override
        public void write(int one) throws IOException {
            digesting.write(one);
            bytes++;
        }

        @Override
        public void write(byte[] some, int from, int length) throws IOException {
            digesting.write(some, from, length);
            bytes += length;
        }

        @Override
        public void close() throws IOException {
            flush();
        }

        Part part(long rows) {
            return new Part(rows, bytes, HexFormat.of().formatHex(digesting.getMessageDigest().digest()));
        }
    }
}
