package gatehouse.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.audit.AuditEntry.Actor;
import gatehouse.kernel.Await;
import gatehouse.kernel.Database;
import gatehouse.kernel.Ids;
import gatehouse.kernel.Role;
import gatehouse.support.Given;
import gatehouse.support.TestClock;
import gatehouse.support.TestDatabase;
import gatehouse.support.TestKeys;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The nightly watch over the chains, their heads outside the database, and the blanking of words whose time is over. */
class AuditWatchTest {
    private static final int DETAILS_DAYS = 200;
    private static final int REASONS_DAYS = 100;

    @TempDir
    Path folder;

    private final TestDatabase rows = TestDatabase.fresh();
    private final Vertx vertx = Vertx.vertx();
    private final Database database = new Database(vertx, rows.postgresUrl().connectOptions(), 4);
    private final TestClock clock = new TestClock("2026-11-22T00:10:00+08:00");
    private final AuditLog log = TestKeys.audit();
    private final Given given = new Given(rows);
    private final List<String> told = new ArrayList<>();
    private Given.Compound compound;
    private UUID resident;
    private AuditJobs jobs;

    @BeforeEach
    void aChain() {
        compound = given.compound("阳光花园");
        resident = compound.household("3-2-1402").resident("王小明");
        jobs = new AuditJobs(database, clock.business(), log, folder, (where, number, fault, date) -> told.add(number + " " + fault),
                new AuditJobs.KeptDays(where -> DETAILS_DAYS, where -> REASONS_DAYS));
    }

    @AfterEach
    void stop() {
        database.close();
        Await.on(vertx.close());
        rows.close();
    }

    @Test
    void heads_areNotedEachNight_inAFileForTheProgramOnly() throws Exception {
        enter(3);
        jobs.watch();
        var file = folder.resolve("audit-heads.jsonl");
        var line = Files.readAllLines(file).getFirst();
        assertTrue(line.matches("\\{\"compound\":\"" + compound.id() + "\",\"number\":3,\"hash\":\"[0-9a-f]{64}\",\"date\":\"2026-11-22\",\"at\":\"2026-11-22T00:10\\+08:00\"}"), line);
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        jobs.watch();
        assertEquals(1, Files.readAllLines(file).size(), "a chain that did not move has the same head");
        enter(1);
        clock.move(Duration.ofDays(1));
        jobs.watch();
        assertEquals(2, Files.readAllLines(file).size());
        assertEquals(List.of(), told);
        assertEquals(0, jobs.brokenChains());
    }

    @Test
    void changedNewEntry_isFoundAtNight_andEachNightAgain() throws Exception {
        enter(3);
        jobs.watch();
        enter(4);
        tamper("update audit_entry set subject_id = 'another' where number = 5");
        jobs.watch();
        jobs.watch();
        assertEquals(List.of("5 ALTERED", "5 ALTERED"), told);
        assertEquals(1, jobs.brokenChains());
        assertEquals(1, Files.readAllLines(folder.resolve("audit-heads.jsonl")).size());
    }

    @Test
    void deletedNewEntry_isFound() throws Exception {
        enter(3);
        jobs.watch();
        enter(4);
        tamper("delete from audit_entry where number = 5");
        jobs.watch();
        assertEquals(List.of("5 MISSING"), told);
    }

    @Test
    void oldEntry_isNotWalkedAtNight_butFoundByTheWholeCheck() throws Exception {
        enter(3);
        jobs.watch();
        tamper("update audit_entry set subject_id = 'another' where number = 2");
        jobs.watch();
        assertEquals(List.of(), told);
        assertEquals(List.of("2 ALTERED"), wholeCheck());
    }

    @Test
    void cutTail_withTheHeadPutBack_isFoundByTheHeadOutside() throws Exception {
        enter(5);
        jobs.watch();
        tamper("delete from audit_entry where number > 3; update audit_head set number = 3, hash = (select hash from audit_entry where number = 3)");
        jobs.watch();
        assertEquals(List.of("4 MISSING"), told);
        assertEquals(List.of("4 MISSING"), wholeCheck());
    }

    /** As a restore leaves it: the chain is shorter, and the process that restored has noted it in a folder of its own. */
    private void restored(int number) throws Exception {
        tamper("delete from audit_entry where number > " + number + "; update audit_head set number = " + number
                + ", hash = (select hash from audit_entry where number = " + number + ")");
        var elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
        new AuditCheck(database, log, elsewhere).restored(clock.business().now().minusHours(1), clock.business().now());
    }

    @Test
    void chainThatWasRestored_byAnotherProcess_isSound_alsoWhenItHasGrownPastTheNote() throws Exception {
        enter(5);
        jobs.watch();
        clock.move(Duration.ofHours(9));
        restored(3);
        jobs.watch();
        assertEquals(List.of(), told);
        assertEquals(List.of("sound"), wholeCheck());
        enter(5);
        jobs.watch();
        assertEquals(List.of(), told);
    }

    @Test
    void cutTail_afterARestore_isFound() throws Exception {
        enter(5);
        clock.move(Duration.ofHours(9));
        restored(3);
        enter(5);
        clock.move(Duration.ofHours(15));
        jobs.watch();
        tamper("delete from audit_entry where number > 6; update audit_head set number = 6, hash = (select hash from audit_entry where number = 6)");
        jobs.watch();
        assertEquals(List.of("7 MISSING"), told);
    }

    @Test
    void entryOfARestore_thatNobodySealed_savesNothing() throws Exception {
        enter(5);
        jobs.watch();
        clock.move(Duration.ofHours(9));
        tamper("delete from audit_entry where number > 3; update audit_entry set action = 'BACKUP_RESTORED', entered_at = now() + interval '100 years' where number = 3;"
                + " update audit_head set number = 3, hash = (select hash from audit_entry where number = 3)");
        jobs.watch();
        assertEquals(List.of("3 ALTERED"), told);
    }

    @Test
    void chainThatWasRemovedWholly_isFoundByTheHeadOutside() throws Exception {
        enter(5);
        jobs.watch();
        tamper("delete from audit_entry; delete from audit_head");
        jobs.watch();
        assertEquals(List.of("1 MISSING"), told);
    }

    @Test
    void chainWrittenAnew_withTheKey_isFoundOnlyByTheHeadOutside() throws Exception {
        enter(5);
        jobs.watch();
        tamper("delete from audit_entry; delete from audit_head");
        enter(6);
        assertEquals(List.of("sound"), new AuditCheck(database, log, folder.resolve("elsewhere")).everything().stream()
                .map(each -> each.intact() ? "sound" : "broken").toList());
        jobs.watch();
        assertEquals(List.of("5 NOT_AS_NOTED"), told);
        assertEquals(List.of("5 NOT_AS_NOTED"), wholeCheck());
    }

    @Test
    void headsFile_withALineCutByACrash_goesOnBehindIt() throws Exception {
        enter(3);
        jobs.watch();
        var file = folder.resolve("audit-heads.jsonl");
        Files.writeString(file, "{\"compound\":\"" + compound.id(), StandardOpenOption.APPEND);
        enter(1);
        jobs.watch();
        assertEquals(3, Files.readAllLines(file).size());
        enter(1);
        tamper("update audit_entry set hash = sha256('x') where number = 4");
        jobs.watch();
        assertEquals(List.of("4 NOT_AS_NOTED"), told);
    }

    @Test
    void words_areBlankedWhenTheirTimeIsOver_againstACertificate() throws Exception {
        enter(3);
        disclose("回访未接，核对电话");
        clock.move(Duration.ofDays(REASONS_DAYS));
        jobs.applyRetention();
        assertEquals("0", one("select count(*) from audit_entry where action = 'RETENTION_APPLIED'"), "the last day is still kept");
        clock.move(Duration.ofDays(1));
        disclose("核对电话，第二次");
        jobs.applyRetention();
        jobs.applyRetention();
        assertEquals("1", one("select count(*) from disclosure where reason is null and reason_salt is null and blanked_by = 6"));
        assertEquals("核对电话，第二次", one("select reason from disclosure where reason is not null"));
        assertEquals("{\"entries\": \"0\", \"reasons\": \"1\", \"entriesBefore\": \"2026-08-15\", \"reasonsBefore\": \"2026-11-23\"}",
                one("select details from audit_entry where action = 'RETENTION_APPLIED'"));
        clock.move(Duration.ofDays(DETAILS_DAYS - REASONS_DAYS));
        jobs.applyRetention();
        assertEquals("4", one("select count(*) from audit_entry where details = '{}' and details_salt is null and blanked_by = 7"));
        assertEquals("0", one("select count(*) from audit_entry where details::text like '%回访%' or details ->> 'n' = '1'"));
        assertEquals(List.of("sound"), wholeCheck());
        clock.move(Duration.ofDays(1_000));
        jobs.applyRetention();
        assertEquals("2", one("select count(*) from audit_entry where action = 'RETENTION_APPLIED' and details <> '{}' and number <= 7"), "certificates stay");
        assertEquals(List.of("sound"), wholeCheck());
    }

    @Test
    void manyWords_areBlankedUnderSeveralCertificates() throws Exception {
        enter(AuditRetention.AT_ONCE + 5);
        clock.move(Duration.ofDays(DETAILS_DAYS + 1));
        jobs.applyRetention();
        assertEquals("2000, 5", one("select string_agg(details ->> 'entries', ', ' order by number) from audit_entry where action = 'RETENTION_APPLIED'"));
        assertEquals(List.of("sound"), wholeCheck());
        jobs.watch();
        assertEquals(List.of(), told);
    }

    @Test
    void blankingWithoutACertificate_isFound() throws Exception {
        enter(3);
        disclose("回访未接，核对电话");
        clock.move(Duration.ofDays(DETAILS_DAYS + 1));
        jobs.applyRetention();
        enter(2);
        assertEquals(List.of("sound"), wholeCheck());
        var blank = "update audit_entry set details = '{}', details_salt = null, blanked_by = %d where number = 6";
        breaks(blank.formatted(7), "6 UNCERTIFIED");
        breaks("update disclosure set blanked_by = 7", "4 UNCERTIFIED");
        breaks("update audit_entry set details = '{}', details_salt = null where number = 6", "6 ALTERED");
        assertEquals("5", one("select number from audit_entry where action = 'RETENTION_APPLIED'"));
        breaks("alter table audit_entry drop constraint audit_entry_check1; update audit_entry set blanked_by = 5, details = '{}', details_salt = null where number = 7",
                "5 UNCERTIFIED");
    }

    @Test
    void database_letsNothingChangeButBlanking() throws Exception {
        enter(2);
        disclose("回访未接，核对电话");
        for (var sql : List.of("update audit_entry set action = 'OTHER_ACTION'", "update audit_entry set details = '{}'",
                "update audit_entry set details = '{}', details_salt = null, blanked_by = 9, action = 'OTHER_ACTION'", "delete from audit_entry",
                "truncate audit_entry cascade", "update disclosure set reason = 'another reason'", "delete from disclosure",
                "update disclosure set reason = null, reason_salt = null, blanked_by = 9, field = 'NAME'")) {
            assertThrows(SQLException.class, () -> execute(sql), sql);
        }
        assertEquals(List.of("sound"), wholeCheck());
    }

    private void enter(int entries) {
        database.transact(tx -> {
            for (int i = 0; i < entries; i++) {
                log.append(tx, AuditEntry.of(compound.id(), clock.business().now(), new Actor(compound.id(), resident, Role.OFFICE),
                        AuditAction.ALERT_CLOSED, "resident", resident, Map.of("n", Integer.toString(i))));
            }
            return entries;
        });
    }

    private void disclose(String reason) throws SQLException {
        var by = new Actor(compound.id(), resident, Role.OFFICE);
        var now = clock.business().now();
        var disclosure = log.disclosure(compound.id(), Ids.next(), resident, UUID.randomUUID(), "PHONE", reason, now, by);
        long number = database.transact(tx -> log.append(tx, AuditEntry.of(compound.id(), now, by, AuditAction.VALUE_DISCLOSED, "resident", resident,
                Map.of("field", "PHONE")), disclosure));
        try (var connection = rows.connect(); var insert = connection.prepareStatement("""
                insert into disclosure (compound_id, id, audit_number, resident_id, household_id, field, reason, disclosed_at, by_compound_id, by_account_id,
                    by_role, reason_hash, reason_salt) values (?, ?, ?, ?, ?, 'PHONE', ?, ?, ?, ?, 'OFFICE', ?, ?)""")) {
            insert.setObject(1, compound.id());
            insert.setObject(2, disclosure.id());
            insert.setLong(3, number);
            insert.setObject(4, resident);
            insert.setObject(5, disclosure.householdId());
            insert.setString(6, reason);
            insert.setObject(7, now);
            insert.setObject(8, compound.id());
            insert.setObject(9, resident);
            insert.setBytes(10, disclosure.reason().hash());
            insert.setBytes(11, disclosure.reason().salt());
            insert.executeUpdate();
        }
    }

    private List<String> wholeCheck() {
        return new AuditCheck(database, log, folder).everything().stream()
                .map(each -> each.intact() ? "sound" : each.brokenAt() + " " + each.fault()).toList();
    }

    /** Tries it out and takes it back. */
    private void breaks(String sql, String fault) throws SQLException {
        tamper("create table kept_entry as select * from audit_entry; create table kept_disclosure as select * from disclosure; " + sql);
        assertEquals(List.of(fault), wholeCheck(), sql);
        tamper("delete from disclosure; delete from audit_entry; insert into audit_entry select * from kept_entry;"
                + " insert into disclosure select * from kept_disclosure; drop table kept_entry; drop table kept_disclosure");
        assertEquals(List.of("sound"), wholeCheck());
    }

    private void tamper(String sql) throws SQLException {
        var text = new StringBuilder();
        List.of("audit_entry", "disclosure").forEach(table -> text.append("alter table ").append(table).append(" disable trigger user; "));
        text.append(sql);
        List.of("audit_entry", "disclosure").forEach(table -> text.append("; alter table ").append(table).append(" enable trigger user"));
        execute(text.toString());
    }

    private void execute(String sql) throws SQLException {
        try (var connection = rows.connect(); var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private String one(String sql) throws SQLException {
        try (var connection = rows.connect(); var statement = connection.createStatement(); var found = statement.executeQuery(sql)) {
            assertTrue(found.next());
            return found.getString(1);
        }
    }
}
