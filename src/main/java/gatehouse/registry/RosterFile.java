package gatehouse.registry;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A roster (花名册) as people keep it; see {@link TableFile}. */
final class RosterFile {
    static final int BYTES_MAX_MB = TableFile.BYTES_MAX_MB;
    static final int LINES_MAX = TableFile.LINES_MAX;

    private RosterFile() {}

    /**
     * Reads every row below the heading into {@code rows}, in order.
     *
     * @return columns of the heading line that nobody knows; their cells are left out
     * @throws RosterUnreadable if the file as a whole cannot be taken; rows read before it count for nothing
     */
    static List<RosterRejection> read(byte[] content, Consumer<RosterRow> rows) throws RosterUnreadable {
        return TableFile.read(content, RosterColumn.columns(), row -> rows.accept(rosterRow(row))).stream()
                .map(column -> new RosterRejection(column.line(), column.heading(), RosterFault.UNKNOWN_COLUMN, List.of(RosterColumn.allHeadings())))
                .toList();
    }

    private static RosterRow rosterRow(TableFile.Row row) {
        Map<RosterColumn, String> cells = new EnumMap<>(RosterColumn.class);
        for (RosterColumn column : RosterColumn.values()) {
            String text = row.cell(column.heading());
            if (!text.isEmpty()) {
                cells.put(column, text);
            }
        }
        return new RosterRow(row.line(), cells, row.strayColumns(), row.brokenAt());
    }
}
