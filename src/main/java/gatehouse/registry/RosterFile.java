package gatehouse.registry;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * A roster (花名册) as people keep it: CSV in UTF-8, UTF-16 or GBK, or a workbook (.xlsx); told apart by content, not by name.
 * The heading line may stand below a title, its columns in any order.
 */
final class RosterFile {

    static final int BYTES_MAX_MB = 20;
    static final int LINES_MAX = 100_000;
    /** A heading stands among the first rows with text; titles and notes may stand above it. */
    private static final int HEADING_SEARCH_ROWS = 10;
    private static final int UNKNOWN_COLUMNS_NAMED_MAX = 20;
    private static final int HEADING_SHOWN_CHARACTERS_MAX = 20;

    private RosterFile() {}

    /**
     * Reads every row below the heading into {@code rows}, in order.
     *
     * @return columns of the heading line that nobody knows; their cells are left out
     * @throws RosterUnreadable if the file as a whole cannot be taken; rows read before it count for nothing
     */
    static List<RosterRejection> read(byte[] content, Consumer<RosterRow> rows) throws RosterUnreadable {
        if (content.length > BYTES_MAX_MB << 20) {
            throw new RosterUnreadable(RosterFault.TOO_LARGE, Integer.toString(BYTES_MAX_MB));
        }
        if (content.length == 0) {
            throw new RosterUnreadable(RosterFault.EMPTY_FILE);
        }
        try (RosterSource source = open(content)) {
            return read(source, rows);
        }
    }

    private static RosterSource open(byte[] content) throws RosterUnreadable {
        if (startsWith(content, 'P', 'K')) {
            return new WorkbookSource(content);
        }
        if (startsWith(content, 0xD0, 0xCF, 0x11, 0xE0)) {
            throw new RosterUnreadable(RosterFault.OLD_OR_LOCKED_WORKBOOK);
        }
        return CsvSource.of(CsvText.decode(content));
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

    private static List<RosterRejection> read(RosterSource source, Consumer<RosterRow> rows) throws RosterUnreadable {
        Deque<RosterSource.WrittenRow> ahead = readAhead(source);
        Heading heading = Heading.find(ahead);
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

    /** How many of a row's cells are headings of a roster. */
    static int headingsIn(RosterSource.WrittenRow row) {
        return (int) row.cells().stream().filter(cell -> RosterColumn.ofHeading(cell.text()).isPresent()).count();
    }

    /** Which cell of a row is which column. */
    private static final class Heading {
        private final Map<Integer, RosterColumn> columns = new HashMap<>();
        private final Set<Integer> leftOut = new HashSet<>();
        private final List<RosterRejection> unknown = new ArrayList<>();

        /** The row with the most known headings; it and all above it are taken from {@code ahead}. */
        static Heading find(Deque<RosterSource.WrittenRow> ahead) throws RosterUnreadable {
            RosterSource.WrittenRow best = ahead.element();
            for (RosterSource.WrittenRow row : ahead) {
                best = headingsIn(row) > headingsIn(best) ? row : best;
            }
            RosterSource.WrittenRow passed;
            do {
                passed = ahead.remove();
            } while (passed != best);
            return new Heading(best);
        }

        private Heading(RosterSource.WrittenRow row) throws RosterUnreadable {
            Set<RosterColumn> seen = EnumSet.noneOf(RosterColumn.class);
            for (int i = 0; i < row.cells().size(); i++) {
                String text = row.cells().get(i).text();
                Optional<RosterColumn> column = RosterColumn.ofHeading(text);
                if (column.isPresent() && !seen.add(column.get())) {
                    throw new RosterUnreadable(RosterFault.DOUBLE_COLUMN, column.get().heading());
                }
                if (column.isPresent()) {
                    columns.put(i, column.get());
                } else if (!text.isEmpty()) {
                    leaveOut(i, text, row.line());
                }
            }
            String missing = Arrays.stream(RosterColumn.values())
                    .filter(column -> column.required() && !seen.contains(column)).map(RosterColumn::heading).collect(Collectors.joining(", "));
            if (!missing.isEmpty()) {
                throw new RosterUnreadable(RosterFault.MISSING_COLUMN, missing, RosterColumn.allHeadings());
            }
        }

        private void leaveOut(int index, String text, int line) {
            leftOut.add(index);
            if (!text.equals(RosterColumn.RUNNING_NUMBER) && unknown.size() < UNKNOWN_COLUMNS_NAMED_MAX) {
                String shown = text.substring(0, Math.min(text.length(), HEADING_SHOWN_CHARACTERS_MAX));
                unknown.add(new RosterRejection(line, shown, RosterFault.UNKNOWN_COLUMN, List.of(RosterColumn.allHeadings())));
            }
        }

        RosterRow read(RosterSource.WrittenRow row) {
            Map<RosterColumn, String> cells = new EnumMap<>(RosterColumn.class);
            List<String> stray = new ArrayList<>();
            for (int i = 0; i < row.cells().size(); i++) {
                RosterSource.WrittenCell cell = row.cells().get(i);
                RosterColumn column = columns.get(i);
                if (cell.isBlank() || leftOut.contains(i)) {
                    continue;
                }
                if (column == null) {
                    stray.add(letters(i));
                } else if (column == RosterColumn.BIRTH_DATE && cell.date().isPresent()) {
                    cells.put(column, cell.date().get().toString());
                } else {
                    cells.put(column, cell.text());
                }
            }
            return new RosterRow(row.line(), cells, List.copyOf(stray));
        }

        /** Columns as a spreadsheet names them: A, B … Z, AA. */
        private static String letters(int index) {
            String last = Character.toString('A' + index % 26);
            return index < 26 ? last : letters(index / 26 - 1) + last;
        }
    }
}
