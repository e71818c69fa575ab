package gatehouse.registry;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.util.List;
import java.util.Optional;

/** Rows of a CSV whose separator is found by trying: the one under which the heading reads best. */
final class CsvSource implements RosterSource {

    private static final char[] SEPARATORS = {',', ';', '\t'};
    private static final int TRIED_ROWS = 10;

    private final CloseableIterator<CsvRecord> records;

    private CsvSource(String text, char separator) {
        this.records = CsvReader.builder()
                .fieldSeparator(separator)
                .allowUnclosedQuote(false)
                .allowExtraFields(true)
                .allowMissingFields(true)
                .allowExtraCharsAfterClosingQuote(true)
                .ofCsvRecord(text)
                .iterator();
    }

    static CsvSource of(String text, TableFile.Headings known) {
        char best = SEPARATORS[0];
        int mostHeadings = 0;
        for (char separator : SEPARATORS) {
            int headings = headings(new CsvSource(text, separator), known);
            if (headings > mostHeadings) {
                best = separator;
                mostHeadings = headings;
            }
        }
        return new CsvSource(text, best);
    }

    private static int headings(CsvSource trial, TableFile.Headings known) {
        int most = 0;
        try {
            for (int i = 0; i < TRIED_ROWS; i++) {
                Optional<WrittenRow> row = trial.next();
                if (row.isEmpty()) {
                    break;
                }
                most = Math.max(most, known.in(row.get()));
            }
            return most;
        } catch (RosterUnreadable underThisSeparator) {
            return most;
        }
    }

    @Override
    public Optional<WrittenRow> next() throws RosterUnreadable {
        try {
            while (records.hasNext()) {
                CsvRecord next = records.next();
                List<WrittenCell> cells = next.getFields().stream().map(WrittenCell::of).toList();
                if (!cells.stream().allMatch(WrittenCell::isBlank)) {
                    return Optional.of(new WrittenRow(Math.toIntExact(next.getStartingLineNumber()), cells));
                }
            }
            return Optional.empty();
        } catch (CsvParseException unclosed) {
            throw new RosterUnreadable(RosterFault.OPEN_QUOTE, unclosed);
        }
    }

    /** Nothing to close: the text is in memory. */
    @Override
    public void close() {}
}
