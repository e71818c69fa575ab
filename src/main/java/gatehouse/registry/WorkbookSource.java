package gatehouse.registry;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.ReadingOptions;
import org.dhatim.fastexcel.reader.Row;
import org.dhatim.fastexcel.reader.Sheet;
import org.dhatim.fastexcel.reader.SheetVisibility;

/** Rows of the workbook's sheet that reads most like the table that is expected. Formulas count by their stored result. */
final class WorkbookSource implements RosterSource {

    private static final int TRIED_ROWS = 10;
    private static final int SHEETS_MAX = 50;
    /** Excel counts days from here; right for every day after 1900-02-29, which Excel believes in. */
    private static final LocalDate DAY_ZERO = LocalDate.of(1899, 12, 30);
    private static final LocalDate DAY_ZERO_1904 = LocalDate.of(1904, 1, 1);
    /** Below it a number in a date column is a bare year, and no living person's birthday. */
    private static final int DAY_MIN = 2101;
    private static final int DAY_MAX = 80_000;
    /** A double holds that many digits faithfully. */
    private static final int FAITHFUL_DIGITS = 15;
    private static final int ID_NUMBER_DIGITS = 18;
    private static final int DAY_DIGITS_MAX = 5;
    private static final int NUMBER_CHARACTERS_MAX = 40;

    private final ReadableWorkbook workbook;
    private final Stream<Row> stream;
    private final Iterator<Row> rows;

    WorkbookSource(byte[] content, TableFile.Headings known) throws RosterUnreadable {
        WorkbookLimits.check(content);
        this.workbook = reading(() -> new ReadableWorkbook(new ByteArrayInputStream(content), new ReadingOptions(false, true)));
        Sheet sheet = bestSheet(known);
        this.stream = reading(sheet::openStream);
        this.rows = stream.iterator();
    }

    private Sheet bestSheet(TableFile.Headings known) throws RosterUnreadable {
        List<Sheet> visible = workbook.getSheets()
                .filter(sheet -> sheet.getVisibility() == SheetVisibility.VISIBLE).limit(SHEETS_MAX).toList();
        if (visible.isEmpty()) {
            throw new RosterUnreadable(RosterFault.EMPTY_FILE);
        }
        Sheet best = visible.getFirst();
        int mostHeadings = 0;
        for (Sheet sheet : visible) {
            int headings = reading(() -> headings(sheet, known));
            if (headings > mostHeadings) {
                best = sheet;
                mostHeadings = headings;
            }
        }
        return best;
    }

    private int headings(Sheet sheet, TableFile.Headings known) throws IOException {
        try (Stream<Row> trial = sheet.openStream()) {
            return trial.map(this::row).flatMap(Optional::stream).limit(TRIED_ROWS).mapToInt(known::in).max().orElse(0);
        }
    }

    @Override
    public Optional<RosterSource.WrittenRow> next() throws RosterUnreadable {
        return reading(() -> {
            while (rows.hasNext()) {
                Optional<RosterSource.WrittenRow> row = row(rows.next());
                if (row.isPresent()) {
                    return row;
                }
            }
            return Optional.empty();
        });
    }

    private Optional<RosterSource.WrittenRow> row(Row row) {
        var cells = new ArrayList<RosterSource.WrittenCell>(Collections.nCopies(row.getCellCount(), RosterSource.WrittenCell.BLANK));
        boolean blank = true;
        for (int i = 0; i < cells.size(); i++) {
            Cell cell = row.getCell(i);
            if (cell != null) {
                cells.set(i, cell(cell));
                blank &= cells.get(i).isBlank();
            }
        }
        return blank ? Optional.empty() : Optional.of(new RosterSource.WrittenRow(row.getRowNum(), cells, Optional.empty()));
    }

    private RosterSource.WrittenCell cell(Cell cell) {
        String raw = cell.getRawValue();
        if (raw == null || raw.isEmpty()) {
            return RosterSource.WrittenCell.BLANK;
        }
        boolean number = cell.getType() == CellType.NUMBER
                || cell.getType() == CellType.FORMULA && cell.getValue() instanceof BigDecimal;
        return number ? number(raw) : RosterSource.WrittenCell.of(raw);
    }

    /** Whole numbers as people read them; what a double cannot hold keeps an exponent, so that nobody takes it for exact. */
    private RosterSource.WrittenCell number(String raw) {
        if (raw.length() > NUMBER_CHARACTERS_MAX) {
            return RosterSource.WrittenCell.of(raw);
        }
        BigDecimal number = new BigDecimal(raw);
        long wholeDigits = (long) number.precision() - number.scale();
        if (wholeDigits < 1 || wholeDigits > ID_NUMBER_DIGITS) {
            return RosterSource.WrittenCell.of(raw);
        }
        boolean whole = number.stripTrailingZeros().scale() <= 0;
        int day = wholeDigits <= DAY_DIGITS_MAX ? number.intValue() : 0;
        return new RosterSource.WrittenCell(whole ? wholeNumber(raw, number) : raw, date(day));
    }

    private static String wholeNumber(String raw, BigDecimal number) {
        String plain = number.setScale(0, RoundingMode.UNNECESSARY).toPlainString();
        boolean rounded = plain.length() > FAITHFUL_DIGITS && (raw.toUpperCase(Locale.ROOT).contains("E") || plain.endsWith("000"));
        return rounded ? number.round(new MathContext(FAITHFUL_DIGITS)).stripTrailingZeros().toString() : plain;
    }

    private Optional<LocalDate> date(int day) {
        if (day < DAY_MIN || day > DAY_MAX) {
            return Optional.empty();
        }
        return Optional.of((workbook.isDate1904() ? DAY_ZERO_1904 : DAY_ZERO).plusDays(day));
    }

    @Override
    public void close() throws RosterUnreadable {
        reading(() -> {
            stream.close();
            workbook.close();
            return true;
        });
    }

    private interface ReadingStep<T> {
        T read() throws IOException;
    }

    /** The library meets a damaged workbook with whatever exception comes first; for the user it is one thing. */
    private static <T> T reading(ReadingStep<T> step) throws RosterUnreadable {
        try {
            return step.read();
        } catch (IOException | RuntimeException damaged) {
            throw new RosterUnreadable(RosterFault.BROKEN_WORKBOOK, damaged);
        }
    }
}
