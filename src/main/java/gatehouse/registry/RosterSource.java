package gatehouse.registry;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** Rows of cells, one after the other, whatever the file's format. Rows without any text are left out. */
interface RosterSource extends AutoCloseable {

    /** Empty after the last row. */
    Optional<WrittenRow> next() throws RosterUnreadable;

    @Override
    void close() throws RosterUnreadable;

    /**
     * @param line     as the user's editor or spreadsheet counts it, from 1
     * @param brokenAt letters of the cell that cannot be read; then there are no cells
     */
    record WrittenRow(int line, List<WrittenCell> cells, Optional<String> brokenAt) {}

    /**
     * @param text settled ({@link CellText#settle})
     * @param date the day, where a spreadsheet's number may be one
     */
    record WrittenCell(String text, Optional<LocalDate> date) {

        static final WrittenCell BLANK = new WrittenCell("", Optional.empty());

        static WrittenCell of(String written) {
            String text = CellText.settle(written);
            return text.isEmpty() ? BLANK : new WrittenCell(text, Optional.empty());
        }

        boolean isBlank() {
            return text.isEmpty();
        }
    }
}
