package gatehouse.registry;

import static gatehouse.registry.RosterSamples.HEADING;
import static gatehouse.registry.RosterSamples.idNumber;
import static gatehouse.registry.RosterSamples.utf8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.kernel.Answer;
import gatehouse.kernel.IdempotencyKey;
import gatehouse.kernel.Ids;
import gatehouse.kernel.Language;
import gatehouse.kernel.Once;
import gatehouse.kernel.Page;
import gatehouse.kernel.Problem;
import gatehouse.kernel.ProblemType;
import gatehouse.kernel.Scope;
import io.vertx.core.json.JsonObject;
import java.nio.charset.Charset;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RosterActionsTest {

    private static final String ID = idNumber("370202", LocalDate.of(1980, 6, 1), 123);
    private static final String OTHER_ID = idNumber("370202", LocalDate.of(1985, 6, 1), 124);

    private final RegistryGiven given = new RegistryGiven();

    @AfterEach
    void close() {
        given.close();
    }

    @Test
    void importRoster_makesBuildingsHouseholdsAndResidents_andAgainChangesNothing() {
        String[] lines = {"3号楼,2单元,1402,张三,13900000001," + ID + ",户主,", "3,2,1402室,李四,,,配偶,1985-06-01", "1,1,101,王五,,,,"};
        assertReport("households 2 residents 3 created 3 updated 0 rejected 0", given.importLines(lines));
        assertEquals("2", given.value("select count(*) from building"));
        assertEquals("张三 HEAD 1980-06-01 139****0001 " + RosterSamples.id(ID).masked(), given.value("""
                select concat_ws(' ', name, relation, born_on, phone_masked, id_number_masked) from resident where name = '张三'"""));
        String rowsBefore = given.value("select string_agg(r::text, '|' order by id) from resident r");
        assertReport("households 2 residents 3 created 0 updated 0 rejected 0", given.importLines(lines));
        assertEquals(rowsBefore, given.value("select string_agg(r::text, '|' order by id) from resident r"));
    }

    @Test
    void importRoster_sealsPhoneAndIdNumberToTheirRow_andFindsThemByHash() {
        given.importLines("3,2,1402,张三,13900000001," + ID + ",户主,", "3,2,1403,李四,13900000002," + OTHER_ID + ",户主,");
        String all = given.value("select string_agg(r::text, '|') from resident r");
        assertFalse(all.contains(ID) || all.contains("13900000001"), all);
        UUID row = UUID.fromString(given.value("select id::text from resident where name = '张三'"));
        byte[] sealed = HexFormat.of().parseHex(given.value("select encode(id_number_sealed, 'hex') from resident where name = '张三'"));
        assertEquals(ID, given.personalData.openIdNumber(sealed, "resident", row));
        UUID otherRow = UUID.fromString(given.value("select id::text from resident where name = '李四'"));
        assertThrows(IllegalStateException.class, () -> given.personalData.openIdNumber(sealed, "resident", otherRow));
        var page = new Page.Request(50, null);
        for (String search : List.of(ID, ID.toLowerCase(), "13900000001", "139-0000-0001", "0001", "张三", "张", "1402", "3-2-1402")) {
            var found = given.registry.find(given.office(), Optional.empty(), Optional.empty(), Optional.of(search), page);
            assertTrue(found.items().stream().anyMatch(household -> household.label().toString().equals("3-2-1402")), search);
        }
        assertEquals(1, given.registry.find(given.office(), Optional.empty(), Optional.empty(), Optional.of(ID), page).items().size());
        assertEquals(0, given.registry.find(given.office(), Optional.empty(), Optional.empty(), Optional.of(ID.substring(0, 17)), page).items().size());
    }

    @Test
    void importRoster_ofChanges_updates_andABlankCellChangesNothing() {
        given.importLines("3,2,1402,张三,13900000001," + ID + ",户主,", "1,1,101,李四,13900000002,,,");
        assertReport("households 2 residents 2 created 0 updated 2 rejected 0",
                given.importLines("1,1,102,张三丰,," + ID + ",,", "1,1,101,李四,13900000003,,租户,1985-06-01"));
        assertEquals("1-1-102 张三丰 HEAD 139****0001", given.value("""
                select concat_ws(' ', label, name, relation, phone_masked) from resident r join household h on h.id = r.household_id
                where name like '张三%'"""));
        assertEquals("TENANT 1985-06-01 139****0003", given.value("""
                select concat_ws(' ', relation, born_on, phone_masked) from resident where name = '李四'"""));
    }

    @Test
    void importRoster_ofSwappedPhones_swapsThem() {
        given.importLines("1,1,101,甲,13900000001,,,", "1,1,102,乙,13900000002,,,");
        assertReport("households 2 residents 2 created 0 updated 2 rejected 0", given.importLines("1,1,101,甲,13900000002,,,", "1,1,102,乙,13900000001,,,"));
        assertEquals("甲 139****0002, 乙 139****0001",
                given.value("select string_agg(name || ' ' || phone_masked, ', ' order by name collate \"C\" desc) from resident"));
        UUID row = UUID.fromString(given.value("select id::text from resident where name = '甲'"));
        byte[] sealed = HexFormat.of().parseHex(given.value("select encode(phone_sealed, 'hex') from resident where name = '甲'"));
        assertEquals("13900000002", given.personalData.openPhone(sealed, "resident", row));
    }

    @Test
    void importRoster_ofBadLines_takesTheGoodOnes_andNamesEachFault() {
        given.importLines("3,2,1402,张三,13900000001,,,");
        var report = given.importLines("1,1,101,甲,13900000001,,,", "1,1,102,乙,13900000002," + ID.substring(0, 17) + "A,,",
                "1,1,103,丙,13900000003,,,", "1,1,104,丁,13900000003,,,", "1,1,105,戊,,,,");
        assertReport("households 2 residents 2 created 2 updated 0 rejected 3", report);
        assertEquals("[2 手机 该手机号已登记在3-2-1402的另一位居民名下, 3 身份证号 身份证号前17位应为数字，末位为数字或X, 5 手机 与第4行的手机号重复]",
                report.getJsonArray("rejected").stream().map(JsonObject.class::cast)
                        .map(each -> each.getInteger("line") + " " + each.getString("column") + " " + each.getString("reason")).toList().toString());
        assertEquals("0", given.value("select count(*) from household where label in ('1-1-101', '1-1-102', '1-1-104')"));
    }

    @Test
    void importRoster_inTwoCompounds_keepsThemApart() {
        UUID other = given.compound("月桂苑");
        given.importLines("3,2,1402,张三,13900000001," + ID + ",户主,");
        byte[] file = utf8(HEADING, "3,2,1402,张三,13900000001," + ID + ",户主,");
        assertReport("households 1 residents 1 created 1 updated 0 rejected 0", given.importFile(other, Ids.next(), file, false));
        assertEquals(1, given.registry.find(given.office(), Optional.empty(), Optional.empty(), Optional.of(ID), new Page.Request(50, null)).items().size());
        var foreign = new RosterActions.Upload(other, given.caller(), Ids.next(), false, file);
        assertEquals(ProblemType.NOT_FOUND, assertThrows(Problem.class,
                () -> given.rosters.importRoster(given.office(), foreign, new Once<>(Optional.empty(), report -> new Answer(200, "{}")))).type());
    }

    @Test
    void importRoster_dryRun_saysTheSameAndChangesNothing() {
        byte[] file = utf8(HEADING, "3,2,1402,张三,13900000001," + ID + ",户主,", "3,2,1403,李四,13900000001,,,");
        assertReport("households 1 residents 1 created 1 updated 0 rejected 1", given.importFile(file, true));
        assertEquals("0", given.value("select count(*) from building"));
        assertReport("households 1 residents 1 created 1 updated 0 rejected 1", given.importFile(file, false));
    }

    @Test
    void importRoster_ofAGbkFile_keepsTheNames() {
        given.importFile((HEADING + "\r\n3,2,1402,张三,,,,").getBytes(Charset.forName("GBK")), false);
        assertEquals("张三", given.value("select name from resident"));
    }

    @Test
    void importRoster_ofTenThousandLines_takesAFewSeconds_andTellsItsProgress() throws Exception {
        byte[] file = tenThousandLines();
        UUID id = Ids.next();
        var seen = new HashSet<String>();
        var done = new AtomicBoolean();
        var watcher = Thread.ofVirtual().start(() -> {
            while (!done.get()) {
                String now = given.value("select coalesce(max(case when lines_read between 1 and 9999 then state end), '-') from roster_import");
                seen.add(now);
            }
        });
        long start = System.nanoTime();
        assertReport("households 4000 residents 10000 created 10000 updated 0 rejected 0", given.importFile(given.compound, id, file, false));
        long millis = (System.nanoTime() - start) / 1_000_000;
        done.set(true);
        watcher.join();
        System.out.println("10,000 lines: " + millis + " ms");
        assertTrue(millis < 20_000, millis + " ms");
        assertTrue(seen.contains("RUNNING"), "progress " + seen);
        var progress = given.rosters.progress(given.office(), id);
        assertEquals(RosterProgress.State.DONE, progress.state());
        assertEquals(10_000, progress.linesRead());
        assertEquals(10_000, progress.report().orElseThrow().created());
        start = System.nanoTime();
        assertReport("households 4000 residents 10000 created 0 updated 0 rejected 0", given.importFile(file, false));
        millis = (System.nanoTime() - start) / 1_000_000;
        System.out.println("10,000 lines again: " + millis + " ms");
        assertTrue(millis < 20_000, millis + " ms");
    }

    private static byte[] tenThousandLines() {
        Random random = new Random(7);
        var numbers = new HashSet<String>();
        var lines = new ArrayList<String>(List.of(HEADING));
        for (int i = 0; i < 10_000; i++) {
            String idNumber = idNumber(random);
            while (!numbers.add(idNumber)) {
                idNumber = idNumber(random);
            }
            lines.add("%d,%d,%d,居民%d,%d,%s,,".formatted(1 + i % 40, 1 + i / 40 % 2, 101 + i / 80 % 50, i, 13_800_000_000L + i, idNumber));
        }
        return utf8(lines.toArray(String[]::new));
    }

    @Test
    void importRoster_ofOneFileManyTimesAtOnce_makesEachResidentOnce() throws Exception {
        byte[] file = utf8(HEADING, "3,2,1402,张三,13900000001," + ID + ",户主,", "3,2,1402,李四,,,,", "4,1,101,王五,,,,");
        var reports = atOnce(8, () -> given.importFile(file, false));
        assertEquals(3, reports.stream().mapToInt(report -> report.getInteger("created")).sum());
        assertEquals("3", given.value("select count(*) from resident"));
        assertEquals("8", given.value("select count(*) from roster_import where state = 'DONE'"));
    }

    @Test
    void importRoster_withOneKeyManyTimesAtOnce_isOneImport() throws Exception {
        given.execute("""
                insert into account (compound_id, id, name, phone_sealed, phone_hash, phone_masked, created_at)
                values (?, ?, '办公室', 'x', 'x', 'x', now())""", given.compound, given.account);
        UUID key = Ids.next();
        byte[] file = utf8(HEADING, "3,2,1402,张三,,,,");
        var upload = new RosterActions.Upload(given.compound, given.caller(), key, false, file);
        var once = new Once<RosterReport>(Optional.of(new IdempotencyKey(given.compound, given.account, key, new byte[] {1})),
                report -> new Answer(200, "created " + report.created()));
        var answers = atOnce(8, () -> given.rosters.importRoster(given.office(), upload, once));
        assertEquals(List.of("created 1"), answers.stream().map(Answer::json).distinct().toList());
        assertEquals(7, answers.stream().filter(Answer::replayed).count());
        assertEquals(1, given.rosters.progress(given.office(), key).report().orElseThrow().created());
    }

    private static <T> List<T> atOnce(int times, Callable<T> work) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var results = new ArrayList<T>();
            for (Future<T> each : threads.invokeAll(Collections.nCopies(times, work))) {
                results.add(each.get());
            }
            return results;
        }
    }

    @Test
    void importRoster_thatBreaksHalfWay_leavesNothing_andSaysItFailed() {
        given.execute("alter table resident add constraint no_wang check (name <> '王五')");
        UUID id = Ids.next();
        assertThrows(RuntimeException.class, () -> given.importFile(given.compound, id, utf8(HEADING, "1,1,101,张三,,,,", "1,1,102,王五,,,,"), false));
        assertEquals("0", given.value("select (select count(*) from resident) + (select count(*) from building)"));
        assertEquals(RosterProgress.State.FAILED, given.rosters.progress(given.office(), id).state());
        given.execute("alter table resident drop constraint no_wang");
        assertReport("households 2 residents 2 created 2 updated 0 rejected 0",
                given.importFile(given.compound, id, utf8(HEADING, "1,1,101,张三,,,,", "1,1,102,王五,,,,"), false));
        assertEquals(RosterProgress.State.DONE, given.rosters.progress(given.office(), id).state());
    }

    @Test
    void importRoster_repeatedWhileItRuns_doesNotCallItFailed() {
        given.execute("""
                insert into account (compound_id, id, name, phone_sealed, phone_hash, phone_masked, created_at)
                values (?, ?, '办公室', 'x', 'x', 'x', now())""", given.compound, given.account);
        UUID id = Ids.next();
        RosterStore.begin(given.database, RosterProgress.beginning(given.compound, id, false, 10, given.clock.now()), given.account);
        var repetition = new RosterActions.Upload(given.compound, given.caller(), id, false, utf8(HEADING, "3,2,1402,张三,,,,"));
        assertThrows(IllegalStateException.class, () -> given.rosters.importRoster(given.office(), repetition,
                new Once<>(Optional.of(new IdempotencyKey(given.compound, given.account, id, new byte[] {1})), report -> {
                    throw new IllegalStateException("it broke");
                })));
        assertEquals("RUNNING", given.value("select state from roster_import where id = ?", id));
    }

    @Test
    void importRoster_ofANameWithAnotherMiddleDot_isTheSamePerson() {
        given.importLines("3,2,1402,阿不都•买买提,,,,", "3,2,1403,Maria‧Lopez,,,,");
        assertEquals("Maria·Lopez, 阿不都·买买提", given.value("select string_agg(name, ', ' order by name collate \"C\") from resident"));
        for (String dot : List.of("·", "・", "‧", ".", "．")) {
            assertReport("households 1 residents 1 created 0 updated 0 rejected 0", given.importLines("3,2,1402,阿不都" + dot + "买买提,,,,"));
        }
        assertReport("households 1 residents 1 created 0 updated 0 rejected 1", given.importLines("3,2,1402,阿不都·买买提,,,,", "3,2,1402,阿不都・买买提,,,,"));
    }

    @Test
    void progress_ofAnImportWhoseProcessDied_isFailed_andOutsideTheScopeIsNotFound() {
        UUID id = Ids.next();
        given.execute("""
                insert into roster_import (compound_id, id, account_id, state, dry_run, lines_total, lines_read, started_at)
                values (?, ?, ?, 'RUNNING', false, 10, 5, '2026-11-22T08:00:00+08:00')""", given.compound, id, given.account);
        assertEquals(RosterProgress.State.FAILED, given.rosters.progress(given.office(), id).state());
        Scope other = Scope.ofCompounds(List.of(given.compound("月桂苑")));
        assertEquals(ProblemType.NOT_FOUND, assertThrows(Problem.class, () -> given.rosters.progress(other, id)).type());
    }

    @Test
    void importRoster_ofAnUnreadableFile_isAProblemWithTheReason() {
        var problem = assertThrows(Problem.class, () -> given.importFile(utf8("楼栋,姓名", "3,张三"), false));
        assertEquals(ProblemType.UNREADABLE_FILE, problem.type());
        assertTrue(problem.detail(Language.ENGLISH).startsWith("missing column: 单元, 房号"));
        assertEquals(ProblemType.WRONG_MEDIA_TYPE, assertThrows(Problem.class, () -> given.importFile("\0\1\2".getBytes(), false)).type());
        assertEquals("0", given.value("select count(*) from roster_import"));
    }

    private static void assertReport(String expected, JsonObject report) {
        assertEquals(expected, "households %d residents %d created %d updated %d rejected %d".formatted(report.getInteger("households"),
                report.getInteger("residents"), report.getInteger("created"), report.getInteger("updated"), report.getInteger("rejectedLines")));
    }
}
