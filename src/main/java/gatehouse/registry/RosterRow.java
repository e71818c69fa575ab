package gatehouse.registry;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One row as it was written.
 *
 * @param line as the user's editor or spreadsheet counts it, from 1
 * @param cells settled text by column; a blank cell is absent
 * @param strayColumns letters of columns that have text but no heading
 * @param brokenAt letters of a cell that cannot be read; then there are no cells
 */
record RosterRow(int line, Map<RosterColumn, String> cells, List<String> strayColumns, Optional<String> brokenAt) {

    String cell(RosterColumn column) {
        return cells.getOrDefault(column, "");
    }

    /** Rows hold ID numbers, names and phones: only the line may reach a log. */
    @Override
    public String toString() {
        return "RosterRow[line=" + line + "]";
    }
}
