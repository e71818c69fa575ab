package gatehouse.registry;

import static gatehouse.registry.RosterSamples.HEADING;
import static gatehouse.registry.RosterSamples.TODAY;
import static gatehouse.registry.RosterSamples.handmade;
import static gatehouse.registry.RosterSamples.idNumber;
import static gatehouse.registry.RosterSamples.inlineRow;
import static gatehouse.registry.RosterSamples.put;
import static gatehouse.registry.RosterSamples.rows;
import static gatehouse.registry.RosterSamples.utf8;
import static gatehouse.registry.RosterSamples.workbook;
import static gatehouse.registry.RosterSamples.zip;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.kernel.Language;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RosterFileTest {

    private static final String ID = idNumber("370202", LocalDate.of(1980, 6, 1), 123);
    private static final String LINE = "3号楼,2单元,1402,张三,13900000001," + ID + ",户主,1980-06-01";

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "GBK", "GB18030", "UTF-16"})
    void read_ofACsv_findsItsEncoding(String charset) throws RosterUnreadable {
        assertGood(rows((HEADING + "\r\n" + LINE + "\r\n").getBytes(Charset.forName(charset))));
    }

    @Test
    void read_ofACsv_takesAByteOrderMark() throws RosterUnreadable {
        assertGood(rows(utf8("\uFEFF" + HEADING, LINE)));
        byte[] littleEndian = (HEADING + "\n" + LINE).replace(',', '\t').getBytes(StandardCharsets.UTF_16LE);
        var marked = new byte[littleEndian.length + 2];
        marked[0] = (byte) 0xFF;
        marked[1] = (byte) 0xFE;
        System.arraycopy(littleEndian, 0, marked, 2, littleEndian.length);
        assertGood(rows(marked));
    }

    @Test
    void read_ofARareNameInGb18030_keepsIt() throws RosterUnreadable {
        String rare = "张\uD841\uDF0E㼆";
        byte[] content = (HEADING + "\n3,2,1402," + rare + ",,,,").getBytes(Charset.forName("GB18030"));
        assertEquals(rare, rows(content).getFirst().cell(RosterColumn.NAME));
        var judgement = RosterPolicy.judge(rows(content), TODAY);
        assertEquals(List.of(), judgement.rejected());
    }

    @ParameterizedTest
    @ValueSource(strings = {",", ";", "\t"})
    void read_ofACsv_findsItsSeparator(String separator) throws RosterUnreadable {
        assertGood(rows(utf8(HEADING.replace(",", separator), LINE.replace(",", separator))));
    }

    @Test
    void read_ofQuotedCells_keepsSeparatorsAndCountsLinesOfTheFile() throws RosterUnreadable {
        var rows = rows(utf8("阳光花园花名册,,,,", "", "姓名,楼栋,单元,\"房\n号\"", "\"张\n三\",3,2,\"1402\"", "", "\"李,四\",3,2,1403"));
        assertEquals(List.of(5, 8), rows.stream().map(RosterRow::line).toList());
        assertEquals("张 三", rows.getFirst().cell(RosterColumn.NAME));
        assertEquals("李,四", rows.get(1).cell(RosterColumn.NAME));
    }

    @Test
    void read_ofStrayQuotes_breaksTheirLinesOnly() throws RosterUnreadable {
        var rows = rows(utf8(HEADING, "3,2,1401,\"张三,,,,", "3,2,1402,李四,,,,", "3,2,1403,王五\",,,,", "3,2,1404,\"赵\"六,,,,", "3,2,1405,\"孙七\" ,,,,",
                "3,2,1406,\"周\"\"八,,,,", "3,2,1407,吴九,,,,\""));
        var judgement = RosterPolicy.judge(rows, TODAY);
        assertEquals(List.of("李四", "孙七"), judgement.accepted().stream().map(RosterLine::name).toList());
        assertEquals(List.of("2 D OPEN_QUOTE", "4 姓名 NAME", "5 D OPEN_QUOTE", "7 D OPEN_QUOTE", "8 H OPEN_QUOTE"),
                judgement.rejected().stream().map(each -> each.line() + " " + each.column() + " " + each.fault()).toList());
        assertTrue(judgement.rejected().getFirst().reason(Language.CHINESE).startsWith("D列这一格的引号没有成对"));
    }

    @Test
    void read_ofTwoStrayQuotes_swallowsNoLineBetween() throws RosterUnreadable {
        var rows = rows(utf8(HEADING, "3,2,1401,\"张三,,,,", "3,2,1402,李四,,,,", "3,2,1403,王五\",,,,"));
        assertEquals(List.of(2, 3, 4), rows.stream().map(RosterRow::line).toList());
        var separated = rows((HEADING + "\r\n3,2,1401,\"张三\r3,2,1402,李四\n3,2,1403,\"王五").getBytes(StandardCharsets.UTF_8));
        assertEquals(List.of(2, 3, 4), separated.stream().map(RosterRow::line).toList());
    }

    @Test
    @Timeout(10)
    void read_ofManyStrayQuotes_takesNoLongerForIt() throws RosterUnreadable {
        var rows = rows((HEADING + "\n" + "\"x\"\"\n".repeat(RosterFile.LINES_MAX)).getBytes(StandardCharsets.UTF_8));
        assertEquals(RosterFile.LINES_MAX, rows.size());
    }

    @Test
    void read_withColumnsInAnyOrder_belowATitle_withFullWidthAndSpaces_readsThem() throws RosterUnreadable {
        var rows = rows(utf8("　阳光花园 2026 年花名册,,,,,,,", "填表人：物业,,,,,,,", "序号, 出生日期,手 机（必填）,＊姓名,房号,楼栋,单元,身份证号,与户主关系",
                "1,1980-06-01,１３９０００００００１,　张三　,１４０２,３号楼,２单元," + ID + ",户主"));
        assertEquals(4, rows.getFirst().line());
        assertGood(rows);
    }

    @Test
    void read_ofAnUnknownColumn_reportsItAndReadsTheRest() throws RosterUnreadable {
        var rows = new ArrayList<RosterRow>();
        var unknown = RosterFile.read(utf8(HEADING + ",血型", LINE + ",AB"), rows::add);
        assertGood(rows);
        assertEquals(1, unknown.size());
        assertEquals(1, unknown.getFirst().line());
        assertEquals("血型", unknown.getFirst().column());
        assertTrue(unknown.getFirst().reason(Language.ENGLISH).startsWith("unknown column"));
    }

    @Test
    void read_ofAFileThatIsNoRoster_saysWhy() {
        assertFault(RosterFault.EMPTY_FILE, new byte[0]);
        assertFault(RosterFault.EMPTY_FILE, utf8("", "  ", ",,,"));
        assertFault(RosterFault.EMPTY_FILE, utf8(HEADING));
        assertFault(RosterFault.MISSING_COLUMN, utf8("楼栋,单元,姓名", "3,2,张三"));
        assertFault(RosterFault.MISSING_COLUMN, utf8("<html><table><tr><td>3</td></tr></table></html>"));
        assertFault(RosterFault.DOUBLE_COLUMN, utf8(HEADING + ",手机号", LINE));
        assertFault(RosterFault.UNKNOWN_ENCODING, new byte[] {'a', ',', (byte) 0xFF, (byte) 0xFF, '\n'});
        assertFault(RosterFault.NOT_A_SPREADSHEET, "%PDF-1.7\n\0\1\2".getBytes(StandardCharsets.UTF_8));
        assertFault(RosterFault.OLD_OR_LOCKED_WORKBOOK, new byte[] {(byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0, 0, 0, 0, 0});
        assertFault(RosterFault.NOT_A_SPREADSHEET, zip("hello.txt", "hello"));
        assertFault(RosterFault.BROKEN_WORKBOOK, "PK\3\4 nothing else".getBytes(StandardCharsets.UTF_8));
        assertFault(RosterFault.BROKEN_WORKBOOK, zip("[Content_Types].xml", "<Types/>"));
        assertFault(RosterFault.TOO_LARGE, new byte[(20 << 20) + 1]);
    }

    @Test
    void read_ofMissingColumns_namesThem() {
        var fault = assertThrows(RosterUnreadable.class, () -> rows(utf8("楼栋,姓名", "3,张三")));
        assertTrue(fault.text(Language.CHINESE).startsWith("缺少列：单元, 房号；"), fault.text(Language.CHINESE));
    }

    @Test
    void read_ofTheMostLines_isTaken_andOneMoreIsNot() throws RosterUnreadable {
        String most = HEADING + "\n" + "3,2,1402,张三,,,,\n".repeat(RosterFile.LINES_MAX);
        assertEquals(RosterFile.LINES_MAX, rows(most.getBytes(StandardCharsets.UTF_8)).size());
        assertFault(RosterFault.TOO_MANY_LINES, (most + "3,2,1402,张三,,,,").getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void read_ofAWorkbookByAWriter_readsTextNumbersAndDates() throws RosterUnreadable {
        byte[] content = workbook(sheet -> {
            put(sheet, 0, "阳光花园花名册");
            put(sheet, 2, (Object[]) HEADING.split(","));
            put(sheet, 3, 3, 2, 1402, "张三", 13900000001L, ID, "户主", LocalDate.of(1980, 6, 1));
            put(sheet, 5, "3号楼", "2单元", "1402", "李四", "13900000002", new BigDecimal("370202198006011220"), "配偶", 29373);
        });
        var rows = rows(content);
        assertEquals(List.of(4, 6), rows.stream().map(RosterRow::line).toList());
        assertGood(rows);
        assertEquals("1980-06-01", rows.get(1).cell(RosterColumn.BIRTH_DATE));
        assertEquals("370202198006011220", rows.get(1).cell(RosterColumn.ID_NUMBER));
    }

    @Test
    void read_ofAnIdNumberThatExcelRounded_saysSo() throws RosterUnreadable {
        for (String number : List.of("3.7020219800601101E+17", "370202198006011000", "3.70202198006011E17")) {
            byte[] content = handmade(inlineRow(1, HEADING.split(",")) + """
                    <row r="2"><c r="A2"><v>3</v></c><c r="B2"><v>2</v></c><c r="C2"><v>1402</v></c>\
                    <c r="D2" t="inlineStr"><is><t>张三</t></is></c><c r="F2"><v>%s</v></c></row>""".formatted(number));
            var judgement = RosterPolicy.judge(rows(content), TODAY);
            assertEquals(List.of(RosterFault.ID_ROUNDED), judgement.rejected().stream().map(RosterRejection::fault).toList(), number);
        }
    }

    @Test
    void read_ofNumbersInAHandmadeWorkbook_readsThemAsPeopleDo() throws RosterUnreadable {
        String sheet = inlineRow(1, HEADING.split(",")) + """
                <row r="7"><c r="A7"><v>3.0</v></c><c r="B7"><f>1+1</f><v>2</v></c><c r="C7" t="str"><f>"1402"</f><v>1402</v></c>\
                <c r="D7" t="inlineStr"><is><r><t>张</t></r><r><t>三</t></r></is></c><c r="E7"><v>1.3900000001E10</v></c>\
                <c r="F7" t="inlineStr"><is><t>%s</t></is></c><c r="G7" t="inlineStr"><is><t>户主</t></is></c><c r="H7"><v>%s</v></c></row>""";
        var rows = rows(handmade(sheet.formatted(ID, "29373.5")));
        assertEquals(7, rows.getFirst().line());
        assertGood(rows);
        assertGood(rows(handmade("<workbookPr date1904=\"1\"/>", sheet.formatted(ID, 29373 - 1462))));
        assertGood(rows(handmade(sheet.formatted(ID, 19800601))));
        assertEquals("1980", rows(handmade(sheet.formatted(ID, 1980))).getFirst().cell(RosterColumn.BIRTH_DATE));
    }

    @Test
    void read_ofAWorkbookWithANoteSheetFirst_findsTheRoster() throws RosterUnreadable {
        var bytes = new ByteArrayOutputStream();
        try (var workbook = new org.dhatim.fastexcel.Workbook(bytes, "Gatehouse test", "1.0")) {
            put(workbook.newWorksheet("说明"), 0, "请填写下一页");
            var sheet = workbook.newWorksheet("名单");
            put(sheet, 0, (Object[]) HEADING.split(","));
            put(sheet, 1, (Object[]) LINE.split(","));
        } catch (java.io.IOException impossible) {
            throw new AssertionError(impossible);
        }
        assertGood(rows(bytes.toByteArray()));
    }

    @Test
    void read_ofAnUnpackingBomb_stopsEarly() throws Exception {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("[Content_Types].xml"));
            zip.closeEntry();
            zip.putNextEntry(new ZipEntry("xl/media/image1.png"));
            byte[] megabyte = new byte[1 << 20];
            for (int i = 0; i < 250; i++) {
                zip.write(megabyte);
            }
            zip.closeEntry();
        }
        assertTrue(bytes.size() < 1 << 20);
        assertFault(RosterFault.WORKBOOK_TOO_LARGE, bytes.toByteArray());
    }

    @Test
    void read_ofAWorkbookMadeToExhaust_isRefused() {
        assertFault(RosterFault.BROKEN_WORKBOOK, handmade("<row r=\"1\"><c r=\"ZZZZZZ1\"><v>1</v></c></row>"));
        assertFault(RosterFault.WORKBOOK_TOO_LARGE, handmade("<row r=\"1\"><c r=\"XFD1\"><v>1</v></c></row>".repeat(2_000)));
        assertFault(RosterFault.WORKBOOK_TOO_LARGE, handmade("<row r=\"1\"><c r=\"A1\"><v>" + "9".repeat(50_000) + "</v></c></row>"));
        assertFault(RosterFault.WORKBOOK_TOO_LARGE,
                handmade("<row r=\"1\">" + "<c r=\"A1\"><f t=\"array\" ref=\"A1:B2\">1</f><v>1</v></c>".repeat(300) + "</row>"));
        assertFault(RosterFault.MISSING_COLUMN, handmade("<row r=\"1\"><c r=\"A1\"><v>1E2147483647</v></c><c><v>1E-2147483647</v></c></row>"));
    }

    @Test
    void read_ofEntitiesAndDoctypes_expandsNothing() throws Exception {
        byte[] content = zip("[Content_Types].xml", "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/hostname\">]><Types>&x;</Types>");
        assertFault(RosterFault.BROKEN_WORKBOOK, content);
    }

    @Test
    void read_ofMutatedFiles_onlyEverThrowsTheTypedFault() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        byte[] csv = (HEADING + "\n" + LINE + "\n\"李\n四\",1\n").getBytes(Charset.forName("GBK"));
        byte[] handmade = handmade(inlineRow(1, HEADING.split(",")) + inlineRow(2, LINE.split(",")));
        byte[] written = workbook(sheet -> {
            put(sheet, 0, (Object[]) HEADING.split(","));
            put(sheet, 1, (Object[]) LINE.split(","));
        });
        int refused = 0;
        for (int i = 0; i < 3_000; i++) {
            byte[] original = List.of(csv, handmade, written).get(i % 3);
            byte[] mutated = random.nextInt(4) == 0 ? cut(original, random) : flipped(original, random);
            try {
                RosterPolicy.judge(rows(mutated), TODAY);
            } catch (RosterUnreadable typed) {
                refused++;
                assertFalse(typed.text(Language.CHINESE).isBlank());
            }
        }
        assertTrue(refused > 300, "refused " + refused);
    }

    /** Flipping bits of the XML itself, packed again with a right checksum, gets past the zip layer. */
    @Test
    void read_ofMutatedXml_onlyEverThrowsTheTypedFault() throws Exception {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        String sheet = inlineRow(1, HEADING.split(",")) + inlineRow(2, LINE.split(","))
                + "<row r=\"3\"><c r=\"A3\" t=\"s\"><v>0</v></c><c r=\"B3\"><f t=\"shared\" si=\"0\">A1</f><v>2</v></c><c t=\"b\"><v>1</v></c></row>";
        for (int i = 0; i < 3_000; i++) {
            byte[] mutated = flipped(sheet.getBytes(StandardCharsets.UTF_8), random);
            try {
                RosterPolicy.judge(rows(handmade(new String(mutated, StandardCharsets.UTF_8))), TODAY);
            } catch (RosterUnreadable typed) {
                assertFalse(typed.text(Language.ENGLISH).isBlank());
            }
        }
    }

    private static byte[] cut(byte[] content, Random random) {
        return Arrays.copyOf(content, random.nextInt(content.length));
    }

    private static byte[] flipped(byte[] content, Random random) {
        byte[] mutated = content.clone();
        for (int i = 0; i <= random.nextInt(6); i++) {
            mutated[random.nextInt(mutated.length)] = (byte) (random.nextBoolean() ? random.nextInt(256) : "<>\"'0A9/=&;,\n".charAt(random.nextInt(13)));
        }
        return mutated;
    }

    private static void assertGood(List<RosterRow> rows) {
        RosterLine line = RosterPolicy.judge(rows.subList(0, 1), TODAY).accepted().getFirst();
        assertEquals("3-2-1402 张三 13900000001 %s HEAD 1980-06-01".formatted(ID), "%s %s %s %s %s %s".formatted(line.household(), line.name(),
                line.phone().orElseThrow().reveal(), line.idNumber().orElseThrow().reveal(), line.relation().orElseThrow(), line.bornOn().orElseThrow()));
    }

    private static void assertFault(RosterFault fault, byte[] content) {
        assertEquals(fault, assertThrows(RosterUnreadable.class, () -> rows(content)).fault());
    }
}
