package gatehouse.registry;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A list as people keep it: CSV in UTF-8, UTF-16 or GBK, or a workbook (.xlsx); told apart by content, not by name. The heading line
 * may stand below a title, its columns in any order.
 */
public final class TableFile {
    static final int BYTES_MAX_MB = 20;
    static final int LINES_MAX = 100_000;
    /** Running numbers mean nothing; nearly every hand-kept list has them. */
    private static final String RUNNING_NUMBER = "序号";
    /** A heading stands among the first rows with text; titles and notes may stand above it. */
    private static final int HEADING_SEARCH_ROWS = 10;
    private static final int UNKNOWN_COLUMNS_NAMED_MAX = 20;
    private static final int HEADING_SHOWN_CHARACTERS_MAX = 20;

    private TableFile() {
    }

    /** A column by the heading of the contract and what people also write. {@code isDate}: a spreadsheet's number in it is a day. */
    public record Column(String heading, boolean required, boolean isDate, List<String> alsoWritten) {
        public static Column required(String heading, String... alsoWritten) {
            return new Column(heading, true, false, List.of(alsoWritten));
        }

        public static Column optional(String heading, String... alsoWritten) {
            return new Column(heading, false, false, List.of(alsoWritten));
        }

        public Column ofDates() {
            return new Column(heading, required, true, alsoWritten);
        }
    }

    /**
     * One row as it was written.
     *
     * @param line         as the user's editor or spreadsheet counts it, from 1
     * @param cells        settled text by the heading of the contract; a blank cell is absent
     * @param strayColumns letters of columns that have text but no heading
     * @param brokenAt     letters of a cell whose quotation marks cannot be right; then there are no cells
     */
    public record Row(int line, Map<String, String> cells, List<String> strayColumns, Optional<String> brokenAt) {
        public String cell(String heading) {
            return cells.getOrDefault(heading, "");
        }

        /** Rows may hold names and numbers of people: only the line may reach a log. */
        @Override
        public String toString() {
            return "Row[line=" + line + "]";
        }
    }

    /** A column of the heading line that nobody knows; its cells are left out. */
    public record Unknown(int line, String heading) {
    }

    /** A whole table. */
    public record Table(List<Row> rows, List<Unknown> unknown) {
    }

    /** Reads a table of these columns. Fails with {@code UNREADABLE_FILE} and what would be right where it cannot be taken. */
    public static Table read(byte[] content, List<Column> columns) {
        var rows = new ArrayList<Row>();
        try {
            return new Table(rows, read(content, columns, rows::add));
        } catch (RosterUnreadable unreadable) {
            throw unreadable.problem();
        }
    }

    /**
     * Reads every row below the heading into {@code rows}, in order.
     *
     * @throws RosterUnreadable if the file as a whole cannot be taken; rows read before it count for nothing
     */
    static List<Unknown> read(byte[] content, List<Column> columns, Consumer<Row> rows) throws RosterUnreadable {
        if (content.length > BYTES_MAX_MB << 20) {
            throw new RosterUnreadable(RosterFault.TOO_LARGE, Integer.toString(BYTES_MAX_MB));
        }
        if (content.length == 0) {
            throw new RosterUnreadable(RosterFault.EMPTY_FILE);
        }
        var headings = new Headings(columns);
        try (RosterSource source = open(content, headings)) {
            return read(source, headings, rows);
        }
    }

    private static RosterSource open(byte[] content, Headings headings) throws RosterUnreadable {
        if (startsWith(content, 'P', 'K')) {
            return new WorkbookSource(content, headings);
        }
        if (startsWith(content, 0xD0, 0xCF, 0x11, 0xE0)) {
            throw new RosterUnreadable(RosterFault.OLD_OR_LOCKED_WORKBOOK);
        }
        return CsvSource.of(CsvText.decode(content), headings);
    }

    private static boolean startsWith(byte[] content, int... signature) {
        if (content.length < signature.length) {
            return false;
        }
        for (int i = 0; i < signature.length; i++) {
            if ((content[i] & 0xFF) != signature[i]) {
                return false;
            }
        }
        return true;
    }

    private static List<Unknown> read(RosterSource source, Headings headings, Consumer<Row> rows) throws RosterUnreadable {
        Deque<RosterSource.WrittenRow> ahead = readAhead(source);
        Heading heading = Heading.find(ahead, headings);
        int lines = 0;
        for (var row = nextOf(ahead, source); row.isPresent(); row = nextOf(ahead, source)) {
            if (++lines > LINES_MAX) {
                throw new RosterUnreadable(RosterFault.TOO_MANY_LINES, Integer.toString(LINES_MAX));
            }
            rows.accept(heading.read(row.get()));
        }
        if (lines == 0) {
            throw new RosterUnreadable(RosterFault.EMPTY_FILE);
        }
        return heading.unknown;
    }

    private static Deque<RosterSource.WrittenRow> readAhead(RosterSource source) throws RosterUnreadable {
        var ahead = new ArrayDeque<RosterSource.WrittenRow>();
        while (ahead.size() < HEADING_SEARCH_ROWS) {
            var row = source.next();
            if (row.isEmpty()) {
                break;
            }
            ahead.add(row.get());
        }
        if (ahead.isEmpty()) {
            throw new RosterUnreadable(RosterFault.EMPTY_FILE);
        }
        return ahead;
    }

    private static Optional<RosterSource.WrittenRow> nextOf(Deque<RosterSource.WrittenRow> ahead, RosterSource source) throws RosterUnreadable {
        return ahead.isEmpty() ? source.next() : Optional.of(ahead.poll());
    }

    /** The columns that a table may have. */
    static final class Headings {
        private final List<Column> columns;
        private final Map<String, Column> byText = new HashMap<>();

        Headings(List<Column> columns) {
            this.columns = columns;
            columns.forEach(column -> Stream.concat(Stream.of(column.heading), column.alsoWritten.stream()).forEach(text -> byText.put(text, column)));
        }

        Optional<Column> of(String written) {
            String heading = CellText.tight(written).replace("*", "").replaceFirst("\\((必填|选填|可选)\\)$", "");
            return Optional.ofNullable(byText.get(heading));
        }

        /** How many of a row's cells are headings of this table. */
        int in(RosterSource.WrittenRow row) {
            return (int) row.cells().stream().filter(cell -> of(cell.text()).isPresent()).count();
        }

        String all() {
            return columns.stream().map(Column::heading).collect(Collectors.joining(", "));
        }
    }

    /** Columns as a spreadsheet names them: A, B … Z, AA. */
    static String letters(int index) {
        String last = Character.toString('A' + index % 26);
        return index < 26 ? last : letters(index / 26 - 1) + last;
    }

    /** Which cell of a row is which column. */
    private static final class Heading {
        private final Map<Integer, Column> columns = new HashMap<>();
        private final Set<Integer> leftOut = new HashSet<>();
        private final List<Unknown> unknown = new ArrayList<>();

        /** The row with the most known headings; it and all above it are taken from {@code ahead}. */
        static Heading find(Deque<RosterSource.WrittenRow> ahead, Headings headings) throws RosterUnreadable {
            RosterSource.WrittenRow best = ahead.element();
            for (RosterSource.WrittenRow row : ahead) {
                best = headings.in(row) > headings.in(best) ? row : best;
            }
            RosterSource.WrittenRow passed;
            do {
                passed = ahead.remove();
            } while (passed != best);
            return new Heading(best, headings);
        }

        private Heading(RosterSource.WrittenRow row, Headings headings) throws RosterUnreadable {
            Set<Column> seen = new HashSet<>();
            for (int i = 0; i < row.cells().size(); i++) {
                String text = row.cells().get(i).text();
                Optional<Column> column = headings.of(text);
                if (column.isPresent() && !seen.add(column.get())) {
                    throw new RosterUnreadable(RosterFault.DOUBLE_COLUMN, column.get().heading);
                }
                if (column.isPresent()) {
                    columns.put(i, column.get());
                } else if (!text.isEmpty()) {
                    leaveOut(i, text, row.line());
                }
            }
            String missing = headings.columns.stream().filter(column -> column.required && !seen.contains(column)).map(Column::heading)
                    .collect(Collectors.joining(", "));
            if (!missing.isEmpty()) {
                throw new RosterUnreadable(RosterFault.MISSING_COLUMN, missing, headings.all());
            }
        }

        private void leaveOut(int index, String text, int line) {
            leftOut.add(index);
            if (!text.equals(RUNNING_NUMBER) && unknown.size() < UNKNOWN_COLUMNS_NAMED_MAX) {
                unknown.add(new Unknown(line, text.substring(0, Math.min(text.length(), HEADING_SHOWN_CHARACTERS_MAX))));
            }
        }

        Row read(RosterSource.WrittenRow row) {
            Map<String, String> cells = new HashMap<>();
            List<String> stray = new ArrayList<>();
            for (int i = 0; i < row.cells().size(); i++) {
                RosterSource.WrittenCell cell = row.cells().get(i);
                Column column = columns.get(i);
                if (cell.isBlank() || leftOut.contains(i)) {
                    continue;
                }
                if (column == null) {
                    stray.add(letters(i));
                } else if (column.isDate && cell.date().isPresent()) {
                    cells.put(column.heading, cell.date().get().toString());
                } else {
                    cells.put(column.heading, cell.text());
                }
            }
            return new Row(row.line(), cells, List.copyOf(stray), row.brokenAt());
        }
    }
}
