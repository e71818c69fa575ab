package gatehouse.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.kernel.KeyRing;
import gatehouse.kernel.Migrations;
import gatehouse.kernel.StartFailure;
import gatehouse.support.Given;
import gatehouse.support.TestDatabase;
import gatehouse.support.TestKeys;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class BackupTest {
    private static final OffsetDateTime NOW = OffsetDateTime.parse("2026-11-22T03:00:00+08:00");
    private static final String NAME = "欧阳备份";

    @TempDir
    Path folder;

    private static TestDatabase house() {
        var rows = TestDatabase.fresh();
        var household = new Given(rows).compound("阳光花园").household("3-2-1402");
        household.resident(NAME);
        household.resident("tab\there, back\\slash, new\nline, \\N");
        return rows;
    }

    private static String one(TestDatabase rows, String sql) throws SQLException {
        try (var connection = rows.connect(); var statement = connection.createStatement(); var found = statement.executeQuery(sql)) {
            found.next();
            return found.getString(1);
        }
    }

    private static KeyRing another() {
        var masters = new LinkedHashMap<String, byte[]>();
        masters.put("test", "another master key, also 32 byte".getBytes(StandardCharsets.US_ASCII));
        return new KeyRing(masters);
    }

    @Test
    void aBackup_isReadableByItsOwnerOnly_holdsNothingInClear_andOverwritesNothing() throws Exception {
        try (var house = house()) {
            var file = folder.resolve("house.backup");
            var report = Backup.write(house.postgresUrl(), TestKeys.ring(), file, NOW);
            assertEquals(2L, report.rows().get("resident"));
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
            var text = Files.readString(file, StandardCharsets.ISO_8859_1);
            assertFalse(text.contains(new String(NAME.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1)) || text.contains("resident"));
            var kept = Files.readAllBytes(file);
            var refused = assertThrows(StartFailure.class, () -> Backup.write(house.postgresUrl(), TestKeys.ring(), file, NOW));
            assertTrue(refused.getMessage().contains("name another"), refused.getMessage());
            assertTrue(Arrays.equals(kept, Files.readAllBytes(file)));
        }
    }

    @Test
    void whatIsChangedCutOffOrSealedByOthers_isRefused_leavesNothing_andTheWholeOneIsRestoredThen() throws Exception {
        try (var house = house(); var target = TestDatabase.fresh()) {
            var file = folder.resolve("house.backup");
            Backup.write(house.postgresUrl(), TestKeys.ring(), file, NOW);
            var good = Files.readAllBytes(file);

            refused(target, TestKeys.ring(), "was changed, or is damaged", flipped(good, good.length / 2));
            refused(target, TestKeys.ring(), "was changed, or is damaged", flipped(good, 40));
            refused(target, TestKeys.ring(), "is cut short", Arrays.copyOf(good, good.length - 1));
            refused(target, TestKeys.ring(), "behind its end", Arrays.copyOf(good, good.length + 1));
            refused(target, TestKeys.ring(), "is not a backup", "hello".getBytes(StandardCharsets.UTF_8));
            refused(target, another(), "was changed, or is damaged", good);

            Restore.read(target.postgresUrl(), TestKeys.ring(), file, NOW);
            assertEquals(one(house, "select string_agg(r::text, '|' order by id) from resident r"), one(target, "select string_agg(r::text, '|' order by id) from resident r"));
            assertEquals(one(house, constraints()), one(target, constraints()), "the foreign keys are there again");
            var full = assertThrows(StartFailure.class, () -> Restore.read(target.postgresUrl(), TestKeys.ring(), file, NOW));
            assertTrue(full.getMessage().contains("is not empty"), full.getMessage());
        }
    }

    private static String constraints() {
        return "select string_agg(conrelid::regclass || conname || pg_get_constraintdef(oid), '|' order by conrelid::regclass::text, conname) from pg_constraint where contype = 'f'";
    }

    private static byte[] flipped(byte[] good, int place) {
        var bad = good.clone();
        bad[place] ^= 1;
        return bad;
    }

    private void refused(TestDatabase target, KeyRing keys, String why, byte[] bytes) throws IOException, SQLException {
        var file = folder.resolve("wrong.backup");
        Files.write(file, bytes);
        var refused = assertThrows(StartFailure.class, () -> Restore.read(target.postgresUrl(), keys, file, NOW));
        assertTrue(refused.getMessage().contains(why), refused.getMessage());
        assertEquals("0", one(target, "select count(*) from compound"));
    }

    @Test
    void aHouseSealedByOtherKeys_isNotBackedUpWithKeysThatCouldNotReadIt() throws Exception {
        try (var house = house()) {
            one(house, "insert into sealing_key values ('k9', '\\x00', now()) returning key_id");
            var file = folder.resolve("house.backup");
            var refused = assertThrows(StartFailure.class, () -> Backup.write(house.postgresUrl(), TestKeys.ring(), file, NOW));
            assertTrue(refused.getMessage().contains("k9"), refused.getMessage());
            try (var left = Files.list(folder)) {
                assertEquals(0, left.count());
            }
        }
    }

    @Test
    void aBackupOfAnOlderVersion_isRestoredAtItsSchema_andThenBroughtForward() throws Exception {
        try (var old = TestDatabase.empty(); var target = TestDatabase.empty()) {
            var script = Migrations.shipped().headMap("V050").lastKey();
            Migrations.migrateTo(old.postgresUrl(), script);
            one(old, "insert into subdistrict values (gen_random_uuid(), '街道') returning id");
            var file = folder.resolve("old.backup");
            assertEquals(script, Backup.write(old.postgresUrl(), TestKeys.ring(), file, NOW).schema());
            Restore.read(target.postgresUrl(), TestKeys.ring(), file, NOW);
            assertEquals("街道", one(target, "select name from subdistrict"));
            assertEquals(Migrations.shipped(), Migrations.applied(target.postgresUrl()));
        }
    }

    @Test
    void aBackupOfANewerVersion_isRefused_namingWhatIsUnknown() throws Exception {
        try (var newer = house(); var target = TestDatabase.fresh()) {
            one(newer, "insert into schema_history (installed_rank, version, description, type, script, checksum, installed_by, execution_time, success)"
                    + " values (9999, '999', 'later', 'SQL', 'V999__later.sql', 1, 'x', 1, true) returning script");
            var file = folder.resolve("newer.backup");
            Backup.write(newer.postgresUrl(), TestKeys.ring(), file, NOW);
            var refused = assertThrows(StartFailure.class, () -> Restore.read(target.postgresUrl(), TestKeys.ring(), file, NOW));
            assertTrue(refused.getMessage().contains("V999__later.sql"), refused.getMessage());
        }
    }

    @Test
    void framesOfAnySize_openToWhatWasSealed_andChangingPlacesIsFound() throws Exception {
        for (int size : new int[] {0, 1, 1 << 20, (1 << 20) + 1, 3 << 20}) {
            var plain = new byte[size];
            new Random(size).nextBytes(plain);
            var sealed = sealed(plain);
            assertTrue(Arrays.equals(plain, SealedFile.open(new ByteArrayInputStream(sealed), TestKeys.ring()).readAllBytes()), size + " bytes");
        }
        var sealed = sealed(new byte[3 << 20]);
        int begin = "GATEHOUSE BACKUP 1\ntest\n".length() + 16;
        int frame = 1 + 4 + (1 << 20) + 16;
        var swapped = sealed.clone();
        System.arraycopy(sealed, begin, swapped, begin + frame, frame);
        System.arraycopy(sealed, begin + frame, swapped, begin, frame);
        assertThrows(IOException.class, () -> SealedFile.open(new ByteArrayInputStream(swapped), TestKeys.ring()).readAllBytes());
    }

    private static byte[] sealed(byte[] plain) throws IOException {
        var file = new ByteArrayOutputStream();
        try (var out = SealedFile.seal(file, TestKeys.ring())) {
            out.write(plain);
        }
        return file.toByteArray();
    }
}
