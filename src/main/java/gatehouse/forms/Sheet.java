package gatehouse.forms;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/** A form being written, line after line; closing it writes its end. */
interface Sheet extends Closeable {
    /** A cell for each column. */
    void line(List<Cell> cells) throws IOException;

    /** A line of sums, which stands out where the format can. */
    void sum(List<Cell> cells) throws IOException;
}
