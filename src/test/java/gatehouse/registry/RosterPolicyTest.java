package gatehouse.registry;

import static gatehouse.registry.RosterSamples.TODAY;
import static gatehouse.registry.RosterSamples.idNumber;
import static gatehouse.registry.RosterSamples.judged;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.kernel.Language;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RosterPolicyTest {

    private static final String ID = idNumber("370202", LocalDate.of(1980, 6, 1), 123);
    private static final String OTHER_ID = idNumber("370202", LocalDate.of(1985, 6, 1), 124);

    @Test
    void judge_ofAGoodLine_takesEveryValue() throws RosterUnreadable {
        RosterLine line = onlyLine("3号楼,2单元,1402室,张 三,139 0000 0001," + ID + ",户主,1980/6/1");
        assertEquals(2, line.line());
        assertEquals(new HouseholdLabel("3", "2", "1402"), line.household());
        assertEquals("张三", line.name());
        assertEquals("13900000001", line.phone().orElseThrow().reveal());
        assertEquals(ID, line.idNumber().orElseThrow().reveal());
        assertEquals(Optional.of(Relation.HEAD), line.relation());
        assertEquals(Optional.of(LocalDate.of(1980, 6, 1)), line.bornOn());
    }

    @Test
    void judge_withoutOptionalCells_takesTheLine() throws RosterUnreadable {
        RosterLine line = onlyLine("3,2,1402,Anna O'Neill-Smith,,,,");
        assertEquals("Anna O'Neill-Smith", line.name());
        assertEquals(List.of(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()),
                List.of(line.phone(), line.idNumber(), line.relation(), line.bornOn()));
    }

    @Test
    void judge_withoutBirthDate_takesItFromTheIdNumber() throws RosterUnreadable {
        assertEquals(Optional.of(LocalDate.of(1980, 6, 1)), onlyLine("3,2,1402,张三,," + ID + ",,").bornOn());
    }

    @Test
    void judge_ofABadLine_neverStopsAGoodOne_andSaysEveryFault() throws RosterUnreadable {
        var judgement = judged(
                "3,2,1402,张三,13900000001," + ID + ",户主,",
                ",2,1402,=1+1,12345,370202198006011230,邻居,2010-13-01",
                "3,2,1402,李四,13900000002," + OTHER_ID + ",配偶,");
        assertEquals(List.of(2, 4), judgement.accepted().stream().map(RosterLine::line).toList());
        assertEquals(List.of("楼栋 MISSING", "姓名 NAME", "手机 PHONE", "身份证号 ID_CHECK_DIGIT", "与户主关系 RELATION", "出生日期 BORN_ON"),
                judgement.rejected().stream().map(each -> each.column() + " " + each.fault()).toList());
        assertTrue(judgement.rejected().stream().allMatch(each -> each.line() == 3));
    }

    @Test
    void judge_ofADoublePhone_namesTheLineThatHadItFirst() throws RosterUnreadable {
        var judgement = judged("3,2,1402,张三,13900000001,,,", "3,2,1403,李四,+86 139-0000-0001,,,", "3,2,1404,王五,13900000001,,,");
        assertEquals(1, judgement.accepted().size());
        assertEquals(List.of("3 DOUBLE_PHONE [2]", "4 DOUBLE_PHONE [2]"), faults(judgement));
        assertEquals("与第2行的手机号重复", judgement.rejected().getFirst().reason(Language.CHINESE));
        assertEquals("the same phone as on line 2", judgement.rejected().getFirst().reason(Language.ENGLISH));
    }

    @Test
    void judge_ofADoubleIdNumber_namesTheLineThatHadItFirst() throws RosterUnreadable {
        assertEquals(List.of("3 DOUBLE_ID_NUMBER [2]"),
                faults(judged("3,2,1402,张三,," + ID + ",,", "3,2,1403,张三丰,," + ID.toLowerCase() + ",,")));
    }

    @Test
    void judge_ofNamesakesAtHome_needsThemToldApart() throws RosterUnreadable {
        assertEquals(List.of("3 DOUBLE_PERSON [2]"), faults(judged("3,2,1402,张伟,,,,", "3,2,1402,张 伟,13900000001,,,")));
        assertEquals(List.of("3 DOUBLE_PERSON [2]"), faults(judged("3,2,1402,张伟,," + ID + ",,", "3,2,1402,张伟,,,,")));
        assertEquals(List.of(), faults(judged("3,2,1402,张伟,," + ID + ",,", "3,2,1402,张伟,," + OTHER_ID + ",,")));
        assertEquals(List.of(), faults(judged("3,2,1402,张伟,,,,2010-05-01", "3,2,1402,张伟,,,,1980-05-01")));
        assertEquals(List.of(), faults(judged("3,2,1402,张伟,,,,", "3,2,1403,张伟,,,,")));
    }

    @Test
    void judge_ofABirthDateAgainstTheIdNumber_refuses() throws RosterUnreadable {
        assertEquals(List.of("2 BORN_ON_CONTRADICTS_ID []"), faults(judged("3,2,1402,张三,," + ID + ",,1980-06-02")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2010-05-01", "2010-5-1", "2010/5/1", "2010.05.01", "20100501", "2010年5月1日", "2010 年 5 月 1 日", "２０１０－０５－０１",
            "2010-05-01 00:00:00", "2010-05-01T00:00"})
    void judge_ofABirthDate_readsTheUsualWays(String written) throws RosterUnreadable {
        assertEquals(Optional.of(LocalDate.of(2010, 5, 1)), onlyLine("3,2,1402,张三,,,," + written).bornOn());
    }

    @ParameterizedTest
    @CsvSource({"5/1/2010,BORN_ON", "2010-02-30,BORN_ON", "2010,BORN_ON", "201005,BORN_ON", "昨天,BORN_ON", "40299,BORN_ON",
            "2026-11-23,BORN_ON_IMPOSSIBLE", "1899-12-31,BORN_ON_IMPOSSIBLE"})
    void judge_ofAnImpossibleBirthDate_refuses(String written, RosterFault fault) throws RosterUnreadable {
        assertEquals(fault, judged("3,2,1402,张三,,,," + written).rejected().getFirst().fault());
    }

    @Test
    void judge_ofABirthToday_takesIt() throws RosterUnreadable {
        assertEquals(Optional.of(TODAY), onlyLine("3,2,1402,张三,,,," + TODAY).bornOn());
    }

    @ParameterizedTest
    @EnumSource(Relation.class)
    void judge_ofARelation_readsItsWord(Relation relation) throws RosterUnreadable {
        assertEquals(Optional.of(relation), onlyLine("3,2,1402,张三,,," + relation.word() + ",").relation());
    }

    @ParameterizedTest
    @CsvSource({"保姆,CARER", "护工,CARER", "儿子,CHILD", "奶奶,GRANDPARENT", "其它,OTHER", "租客,TENANT"})
    void judge_ofARelation_readsOtherWordsForIt(String written, Relation relation) throws RosterUnreadable {
        assertEquals(Optional.of(relation), onlyLine("3,2,1402,张三,,," + written + ",").relation());
    }

    @Test
    void judge_ofALongCell_refusesTheLineOnly() throws RosterUnreadable {
        assertEquals(List.of("2 CELL_TOO_LONG [200]"), faults(judged("3,2,1402," + "张".repeat(201) + ",,,,", "3,2,1402,张三,,,,")));
        assertEquals(List.of("2 NAME []"), faults(judged("3,2,1402," + "张".repeat(51) + ",,,,")));
    }

    @Test
    void judge_ofAShiftedLine_refusesIt() throws RosterUnreadable {
        assertEquals(List.of("2 NO_HEADING [I]"), faults(judged("3,2,1402,张三,,,,,1980-06-01")));
    }

    @Test
    void reasons_neverHoldAWholeIdNumberOrPhone_andAreInBothLanguages() throws RosterUnreadable {
        var judgement = judged("3,2,1402,张三,13900000001," + ID + ",户主,", "3,2,1402,李四,13900000001," + ID + ",户主,1999-01-01",
                "3,2,1402,王五,1390000000,370202198006011230,户主,");
        assertFalse(judgement.rejected().isEmpty());
        for (RosterRejection each : judgement.rejected()) {
            String words = each.toString() + each.reason(Language.CHINESE) + each.reason(Language.ENGLISH);
            assertFalse(words.contains("139000") || words.contains("3702021980"), words);
        }
        assertFalse((judgement.accepted() + "" + RosterSamples.rows(RosterSamples.utf8(RosterSamples.HEADING, "3,2,1402,张三,13900000001,,,")))
                .contains("1390000"));
    }

    @Test
    void everyFault_hasWordsInBothLanguages_withTheSamePlaces() {
        for (RosterFault fault : RosterFault.values()) {
            String chinese = fault.text(Language.CHINESE, List.of("☃", "☃"));
            String english = fault.text(Language.ENGLISH, List.of("☃", "☃"));
            assertTrue(chinese.codePoints().anyMatch(c -> Character.UnicodeScript.of(c) == Character.UnicodeScript.HAN), chinese);
            assertEquals(places(chinese), places(english), fault.name());
        }
    }

    private static long places(String text) {
        return text.chars().filter(c -> c == '☃').count();
    }

    private static RosterLine onlyLine(String line) throws RosterUnreadable {
        var judgement = judged(line);
        assertEquals(List.of(), judgement.rejected());
        return judgement.accepted().getFirst();
    }

    private static List<String> faults(RosterJudgement judgement) {
        return judgement.rejected().stream().map(each -> each.line() + " " + each.fault() + " " + each.args()).toList();
    }
}
