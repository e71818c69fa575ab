package gatehouse.registry;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Rows of a CSV whose separator is found by trying: the one under which the heading reads best. A stray quotation mark breaks the line that
 * it stands in and no other: a quoted cell may run over several lines, but not where separators follow the line break, because then it
 * has swallowed other people's lines.
 */
final class CsvSource implements RosterSource {

    private static final char[] SEPARATORS = {',', ';', '\t'};
    private static final int TRIED_ROWS = 10;
    /** More than anybody writes into one cell; it also bounds how often a line is looked at. */
    private static final int CELL_LINES_MAX = 20;

    private final String text;
    private final char separator;
    private int at;
    private int line = 1;

    private CsvSource(String text, char separator) {
        this.text = text;
        this.separator = separator;
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
        for (int i = 0; i < TRIED_ROWS; i++) {
            Optional<WrittenRow> row = trial.next();
            if (row.isEmpty()) {
                break;
            }
            most = Math.max(most, known.in(row.get()));
        }
        return most;
    }

    @Override
    public Optional<WrittenRow> next() {
        while (at < text.length()) {
            WrittenRow row = row();
            if (row.brokenAt().isPresent() || !row.cells().stream().allMatch(WrittenCell::isBlank)) {
                return Optional.of(row);
            }
        }
        return Optional.empty();
    }

    private WrittenRow row() {
        int begin = at;
        int first = line;
        var cells = new ArrayList<WrittenCell>();
        while (true) {
            Optional<String> cell = is('"') ? quoted() : Optional.of(plain());
            if (cell.isEmpty()) {
                at = begin;
                line = first;
                skipLine();
                return new WrittenRow(first, List.of(), Optional.of(TableFile.letters(cells.size())));
            }
            cells.add(WrittenCell.of(cell.get()));
            if (!is(separator)) {
                skipLine();
                return new WrittenRow(first, cells, Optional.empty());
            }
            at++;
        }
    }

    private String plain() {
        int begin = at;
        while (at < text.length() && !is(separator) && !isLineEnd(at)) {
            at++;
        }
        return text.substring(begin, at);
    }

    /** What stands between the quotation marks, then it stands behind them; nothing where they cannot be right. */
    private Optional<String> quoted() {
        var cell = new StringBuilder();
        int lines = 0;
        boolean separated = false;
        for (int i = at + 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' && (i + 1 == text.length() || text.charAt(i + 1) != '"')) {
                at = i + 1;
                line += lines;
                return closed() ? Optional.of(cell.toString()) : Optional.empty();
            }
            i += c == '"' ? 1 : 0;
            lines += endsLine(i) ? 1 : 0;
            separated |= c == separator;
            if (lines > 0 && separated || lines > CELL_LINES_MAX) {
                return Optional.empty();
            }
            cell.append(c);
        }
        return Optional.empty();
    }

    /** Spaces behind a closing quotation mark mean nothing; anything else does. */
    private boolean closed() {
        while (is(' ')) {
            at++;
        }
        return at == text.length() || is(separator) || isLineEnd(at);
    }

    /** To the beginning of the next line of the file. */
    private void skipLine() {
        while (at < text.length() && !endsLine(at)) {
            at++;
        }
        at = Math.min(at + 1, text.length());
        line++;
    }

    private boolean is(char c) {
        return at < text.length() && text.charAt(at) == c;
    }

    private boolean isLineEnd(int index) {
        return text.charAt(index) == '\n' || text.charAt(index) == '\r';
    }

    /** True for the last character of a line end, whichever system wrote it. */
    private boolean endsLine(int index) {
        return text.charAt(index) == '\n' || text.charAt(index) == '\r' && (index + 1 == text.length() || text.charAt(index + 1) != '\n');
    }

    /** Nothing to close: the text is in memory. */
    @Override
    public void close() {}
}
