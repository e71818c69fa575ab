package gatehouse.forms;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import gatehouse.kernel.BusinessClock;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.format.DateTimeFormatter;
import java.util.List;

/** RFC 4180 in UTF-8 with the mark by which spreadsheets know it; the headings, then the lines. */
final class CsvSheet implements Sheet {
    private static final char BYTE_ORDER_MARK = '\ufeff';
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");

    private final CsvWriter csv;

    CsvSheet(OutputStream out, List<Column> columns) throws IOException {
        var writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
        writer.write(BYTE_ORDER_MARK);
        csv = CsvWriter.builder().lineDelimiter(LineDelimiter.CRLF).build(writer);
        csv.writeRecord(columns.stream().map(Column::heading).toList());
    }

    @Override
    public void line(List<Cell> cells) {
        csv.writeRecord(cells.stream().map(CsvSheet::text).toList());
    }

    @Override
    public void sum(List<Cell> cells) {
        line(cells);
    }

    private static String text(Cell cell) {
        return switch (cell) {
            case Cell.Nothing() -> "";
            case Cell.Text(var value) -> CellPolicy.inert(value);
            case Cell.Count(var value) -> Long.toString(value);
            case Cell.Degrees(var tenths) -> BigDecimal.valueOf(tenths, 1).toPlainString();
            case Cell.Day(var date) -> date.toString();
            case Cell.Time(var at) -> MINUTE.format(at.atZoneSameInstant(BusinessClock.ZONE));
        };
    }

    @Override
    public void close() throws IOException {
        csv.close();
    }
}
