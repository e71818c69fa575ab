package gatehouse.forms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import gatehouse.support.ApiClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.ReadingOptions;

/** A form as somebody else's program reads it. */
public record Table(List<String> headings, List<List<String>> lines) {

    public static Table csv(ApiClient.Answer answer) {
        answer.expect(200);
        assertEquals("text/csv; charset=utf-8", answer.header("Content-Type").orElseThrow());
        var text = new String(answer.raw().body(), StandardCharsets.UTF_8);
        assertEquals('\ufeff', text.charAt(0));
        assertTrue(text.endsWith("\r\n") && !text.replace("\r\n", "").contains("\n"), "lines end with CR LF");
        var records = CsvReader.builder().ofCsvRecord(text.substring(1)).stream().map(CsvRecord::getFields).toList();
        return new Table(records.getFirst(), records.subList(1, records.size()));
    }

    /** Numbers as they stand in the file, dates as the numbers that they are there. */
    public static Table xlsx(ApiClient.Answer answer) {
        var rows = rows(answer);
        var headings = rows.get(1).stream().map(Cell::getRawValue).toList();
        return new Table(headings, rows.subList(2, rows.size()).stream()
                .map(row -> row.stream().map(cell -> cell == null || cell.getRawValue() == null ? "" : cell.getRawValue()).toList()).toList());
    }

    static List<List<Cell>> rows(ApiClient.Answer answer) {
        answer.expect(200);
        assertEquals("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", answer.header("Content-Type").orElseThrow());
        try (var workbook = new ReadableWorkbook(new ByteArrayInputStream(answer.raw().body()), new ReadingOptions(true, true));
             var rows = workbook.getFirstSheet().openStream()) {
            return rows.map(row -> row.stream().toList()).toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static boolean isFormula(Cell cell) {
        return cell != null && (cell.getType() == CellType.FORMULA || cell.getFormula() != null);
    }

    /** A line by its headings. */
    public Map<String, String> line(int number) {
        var byHeading = new LinkedHashMap<String, String>();
        IntStream.range(0, headings.size()).forEach(i -> byHeading.put(headings.get(i), lines.get(number).get(i)));
        return byHeading;
    }

    public List<String> column(String heading) {
        int at = headings.indexOf(heading);
        return lines.stream().map(line -> line.get(at)).toList();
    }
}
