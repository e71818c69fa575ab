package gatehouse.forms;

import gatehouse.kernel.BusinessClock;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A workbook of one sheet (ECMA-376), written while its lines come: a title over all columns and the headings, which stay in sight,
 * then the lines. Texts are cells of type string with the format of text, so nothing in them is ever reckoned. The same lines make the
 * same bytes: what the format wants to know of time is the time that is given, which no library for it lets one set; see decision 0015.
 */
final class XlsxSheet implements Sheet {
    private static final LocalDate DAY_ZERO = LocalDate.of(1899, 12, 30);
    private static final BigDecimal MINUTES_A_DAY = BigDecimal.valueOf(1_440);
    private static final int LINES_ABOVE = 2;
    private static final int LONGEST_SHEET_NAME = 31;
    private static final String XML = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
    private static final String MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private static final String PACKAGE = "http://schemas.openxmlformats.org/package/2006/";
    private static final String DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    /** The formats of cells, in the order of {@link #STYLES}. */
    private enum Look {
        PLAIN, TEXT, COUNT, DEGREES, DATE, TIME, TITLE, HEADING, SUM_TEXT, SUM_COUNT
    }

    private static final String STYLES = XML + """
            <styleSheet xmlns="%s">
            <numFmts count="3"><numFmt numFmtId="164" formatCode="0.0"/><numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd"/>\
            <numFmt numFmtId="166" formatCode="yyyy\\-mm\\-dd\\ hh:mm"/></numFmts>
            <fonts count="3"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font>\
            <font><b/><sz val="14"/><name val="Calibri"/></font></fonts>
            <fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>\
            <fill><patternFill patternType="solid"><fgColor rgb="FFE8F0EC"/><bgColor indexed="64"/></patternFill></fill></fills>
            <borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border><border><left style="thin"><color auto="1"/></left>\
            <right style="thin"><color auto="1"/></right><top style="thin"><color auto="1"/></top><bottom style="thin"><color auto="1"/></bottom>\
            <diagonal/></border></borders>
            <cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>
            <cellXfs count="10"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>\
            <xf numFmtId="49" fontId="0" fillId="0" borderId="1" xfId="0" applyNumberFormat="1" applyBorder="1"/>\
            <xf numFmtId="1" fontId="0" fillId="0" borderId="1" xfId="0" applyNumberFormat="1" applyBorder="1"/>\
            <xf numFmtId="164" fontId="0" fillId="0" borderId="1" xfId="0" applyNumberFormat="1" applyBorder="1"/>\
            <xf numFmtId="165" fontId="0" fillId="0" borderId="1" xfId="0" applyNumberFormat="1" applyBorder="1"/>\
            <xf numFmtId="166" fontId="0" fillId="0" borderId="1" xfId="0" applyNumberFormat="1" applyBorder="1"/>\
            <xf numFmtId="49" fontId="2" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1" applyAlignment="1">\
            <alignment horizontal="center" vertical="center"/></xf>\
            <xf numFmtId="49" fontId="1" fillId="2" borderId="1" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1" \
            applyAlignment="1"><alignment horizontal="center" vertical="center" wrapText="1"/></xf>\
            <xf numFmtId="49" fontId="1" fillId="2" borderId="1" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1"/>\
            <xf numFmtId="1" fontId="1" fillId="2" borderId="1" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1"/>\
            </cellXfs>
            <cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>
            </styleSheet>""".formatted(MAIN);

    private final ZipOutputStream zip;
    private final Writer xml;
    private final OffsetDateTime made;
    private final int columns;
    private int lines;

    /** @param made the time that the file says it is from */
    XlsxSheet(OutputStream out, String title, String sheetName, List<Column> columns, OffsetDateTime made) throws IOException {
        this.zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
        this.xml = new BufferedWriter(new OutputStreamWriter(zip, StandardCharsets.UTF_8), 8_192);
        this.made = made;
        this.columns = columns.size();
        writePackage(title, sheetName.substring(0, Math.min(LONGEST_SHEET_NAME, sheetName.length())));
        beginSheet(title, columns);
    }

    private void writePackage(String title, String sheetName) throws IOException {
        part("[Content_Types].xml", """
                <Types xmlns="%1$scontent-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>\
                <Default Extension="xml" ContentType="application/xml"/>\
                <Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>\
                <Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>\
                <Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>\
                <Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>"""
                .formatted(PACKAGE));
        part("_rels/.rels", """
                <Relationships xmlns="%1$srelationships"><Relationship Id="rId1" Type="%2$s/officeDocument" Target="xl/workbook.xml"/>\
                <Relationship Id="rId2" Type="%1$srelationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>"""
                .formatted(PACKAGE, DOCUMENT));
        part("docProps/core.xml", """
                <cp:coreProperties xmlns:cp="%1$smetadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" \
                xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">\
                <dc:title>%2$s</dc:title><dc:creator>Gatehouse</dc:creator>\
                <dcterms:created xsi:type="dcterms:W3CDTF">%3$s</dcterms:created></cp:coreProperties>"""
                .formatted(PACKAGE, escaped(title), made.withOffsetSameInstant(ZoneOffset.UTC).truncatedTo(ChronoUnit.SECONDS).toInstant()));
        part("xl/workbook.xml", """
                <workbook xmlns="%1$s" xmlns:r="%2$s"><sheets><sheet name="%3$s" sheetId="1" r:id="rId1"/></sheets>\
                <definedNames><definedName name="_xlnm.Print_Titles" localSheetId="0">'%3$s'!$1:$%4$d</definedName></definedNames></workbook>"""
                .formatted(MAIN, DOCUMENT, escaped(sheetName), LINES_ABOVE));
        part("xl/_rels/workbook.xml.rels", """
                <Relationships xmlns="%1$srelationships"><Relationship Id="rId1" Type="%2$s/worksheet" Target="worksheets/sheet1.xml"/>\
                <Relationship Id="rId2" Type="%2$s/styles" Target="styles.xml"/></Relationships>""".formatted(PACKAGE, DOCUMENT));
        beginPart("xl/styles.xml");
        xml.write(STYLES);
        endPart();
    }

    private void part(String name, String content) throws IOException {
        beginPart(name);
        xml.write(XML);
        xml.write(content);
        endPart();
    }

    private void beginPart(String name) throws IOException {
        var entry = new ZipEntry(name);
        entry.setTimeLocal(made.atZoneSameInstant(BusinessClock.ZONE).toLocalDateTime());
        zip.putNextEntry(entry);
    }

    private void endPart() throws IOException {
        xml.flush();
        zip.closeEntry();
    }

    private void beginSheet(String title, List<Column> shown) throws IOException {
        beginPart("xl/worksheets/sheet1.xml");
        xml.write(XML + """
                <worksheet xmlns="%1$s"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>\
                <sheetViews><sheetView tabSelected="1" workbookViewId="0">\
                <pane ySplit="%2$d" topLeftCell="A%3$d" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>\
                <sheetFormatPr defaultRowHeight="15"/><cols>""".formatted(MAIN, LINES_ABOVE, LINES_ABOVE + 1));
        for (int i = 0; i < columns; i++) {
            xml.write("<col min=\"%1$d\" max=\"%1$d\" width=\"%2$d\" customWidth=\"1\"/>".formatted(i + 1, shown.get(i).width()));
        }
        xml.write("</cols><sheetData>");
        beginLine(" ht=\"30\" customHeight=\"1\"");
        text(0, title, Look.TITLE);
        xml.write("</row>");
        beginLine(" ht=\"32\" customHeight=\"1\"");
        for (int i = 0; i < columns; i++) {
            text(i, shown.get(i).heading(), Look.HEADING);
        }
        xml.write("</row>");
    }

    private void beginLine(String attributes) throws IOException {
        lines++;
        xml.write("<row r=\"" + lines + "\"" + attributes + ">");
    }

    @Override
    public void line(List<Cell> cells) throws IOException {
        beginLine("");
        for (int i = 0; i < columns; i++) {
            cell(i, cells.get(i), Look.TEXT, Look.COUNT);
        }
        xml.write("</row>");
    }

    @Override
    public void sum(List<Cell> cells) throws IOException {
        beginLine("");
        for (int i = 0; i < columns; i++) {
            cell(i, cells.get(i), Look.SUM_TEXT, Look.SUM_COUNT);
        }
        xml.write("</row>");
    }

    private void cell(int column, Cell cell, Look text, Look count) throws IOException {
        switch (cell) {
            case Cell.Nothing() -> xml.write("<c r=\"" + place(column) + "\" s=\"" + text.ordinal() + "\"/>");
            case Cell.Text(var value) -> text(column, value, text);
            case Cell.Count(var value) -> number(column, Long.toString(value), count);
            case Cell.Degrees(var tenths) -> number(column, BigDecimal.valueOf(tenths, 1).toPlainString(), Look.DEGREES);
            case Cell.Day(var date) -> number(column, Long.toString(ChronoUnit.DAYS.between(DAY_ZERO, date)), Look.DATE);
            case Cell.Time(var at) -> number(column, serial(at), Look.TIME);
        }
    }

    private void text(int column, String value, Look look) throws IOException {
        xml.write("<c r=\"" + place(column) + "\" s=\"" + look.ordinal() + "\" t=\"inlineStr\"><is><t xml:space=\"preserve\">");
        xml.write(escaped(CellPolicy.tidy(value)));
        xml.write("</t></is></c>");
    }

    private void number(int column, String value, Look look) throws IOException {
        xml.write("<c r=\"" + place(column) + "\" s=\"" + look.ordinal() + "\"><v>" + value + "</v></c>");
    }

    /** Days since {@link #DAY_ZERO}, to the minute. */
    private static String serial(OffsetDateTime at) {
        var local = at.atZoneSameInstant(BusinessClock.ZONE).toLocalDateTime();
        var minutes = BigDecimal.valueOf(local.getHour() * 60L + local.getMinute());
        return BigDecimal.valueOf(ChronoUnit.DAYS.between(DAY_ZERO, local.toLocalDate())).add(minutes.divide(MINUTES_A_DAY, 10, RoundingMode.HALF_UP))
                .toPlainString();
    }

    private String place(int column) {
        var letters = column < 26 ? "" + (char) ('A' + column) : "" + (char) ('A' + column / 26 - 1) + (char) ('A' + column % 26);
        return letters + lines;
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }

    @Override
    public void close() throws IOException {
        try (zip) {
            lines = 1;
            xml.write("</sheetData><mergeCells count=\"1\"><mergeCell ref=\"A1:" + place(columns - 1) + "\"/></mergeCells>"
                    + "<pageMargins left=\"0.4\" right=\"0.4\" top=\"0.5\" bottom=\"0.5\" header=\"0.3\" footer=\"0.3\"/>"
                    + "<pageSetup paperSize=\"9\" orientation=\"landscape\" fitToHeight=\"0\"/></worksheet>");
            endPart();
        }
    }
}
