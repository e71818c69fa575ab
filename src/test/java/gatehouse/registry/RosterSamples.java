package gatehouse.registry;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/** Rosters to read: rows as people write them, and workbooks made by a writer and by hand. */
final class RosterSamples {

    static final LocalDate TODAY = LocalDate.of(2026, 11, 22);
    static final String HEADING = "楼栋,单元,房号,姓名,手机,身份证号,与户主关系,出生日期";
    private static final DateTimeFormatter PACKED = DateTimeFormatter.BASIC_ISO_DATE;

    private RosterSamples() {}

    /** A well-formed ID number of a region, birth date and sequence. */
    static String idNumber(String region, LocalDate bornOn, int sequence) {
        String digits = region + PACKED.format(bornOn) + "%03d".formatted(sequence);
        return digits + IdNumber.checkCharacter(digits);
    }

    static String idNumber(Random random) {
        LocalDate bornOn = LocalDate.of(1930, 1, 1).plusDays(random.nextInt(35_000));
        return idNumber("370%03d".formatted(200 + random.nextInt(90)), bornOn, 1 + random.nextInt(999));
    }

    static IdNumber id(String number) {
        return IdNumber.parse(number, TODAY).toOptional().orElseThrow();
    }

    static PhoneNumber phone(String number) {
        return PhoneNumber.parse(number).toOptional().orElseThrow();
    }

    static byte[] utf8(String... lines) {
        return String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
    }

    static List<RosterRow> rows(byte[] content) throws RosterUnreadable {
        var rows = new ArrayList<RosterRow>();
        RosterFile.read(content, rows::add);
        return rows;
    }

    static RosterJudgement judged(String... lines) throws RosterUnreadable {
        var all = new ArrayList<>(List.of(lines));
        all.addFirst(HEADING);
        return RosterPolicy.judge(rows(utf8(all.toArray(String[]::new))), TODAY);
    }

    interface Fill {
        void fill(Worksheet sheet);
    }

    /** By the writer of fastexcel, with shared strings and styles. */
    static byte[] workbook(Fill fill) {
        var bytes = new ByteArrayOutputStream();
        try (var workbook = new Workbook(bytes, "Gatehouse test", "1.0")) {
            fill.fill(workbook.newWorksheet("名单"));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    static void put(Worksheet sheet, int row, Object... values) {
        for (int i = 0; i < values.length; i++) {
            switch (values[i]) {
                case Number number -> sheet.value(row, i, number);
                case LocalDate date -> {
                    sheet.value(row, i, date);
                    sheet.style(row, i).format("yyyy-mm-dd").set();
                }
                case Object text -> sheet.value(row, i, text.toString());
            }
        }
    }

    /** By hand: the least that a workbook needs, with the given XML inside {@code <sheetData>}. */
    static byte[] handmade(String sheetData) {
        return handmade("<workbookPr/>", sheetData);
    }

    static byte[] handmade(String properties, String sheetData) {
        return zip(
                "[Content_Types].xml", """
                <Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
                <Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
                <Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>
                <Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>
                </Types>""",
                "xl/workbook.xml", """
                <workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"
                  xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">%s<sheets><sheet name="a" sheetId="1" r:id="rId1"/></sheets></workbook>
                """.formatted(properties),
                "xl/_rels/workbook.xml.rels", """
                <Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
                <Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/>
                </Relationships>""",
                "xl/worksheets/sheet1.xml", """
                <worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>%s</sheetData></worksheet>
                """.formatted(sheetData));
    }

    /** A row of inline strings at that row number. */
    static String inlineRow(int number, String... cells) {
        var xml = new StringBuilder("<row r=\"%d\">".formatted(number));
        for (int i = 0; i < cells.length; i++) {
            xml.append("<c r=\"%c%d\" t=\"inlineStr\"><is><t>%s</t></is></c>".formatted('A' + i, number, cells[i]));
        }
        return xml.append("</row>").toString();
    }

    static byte[] zip(String... namesAndTexts) {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (int i = 0; i < namesAndTexts.length; i += 2) {
                zip.putNextEntry(new ZipEntry(namesAndTexts[i]));
                zip.write(namesAndTexts[i + 1].getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }
}
