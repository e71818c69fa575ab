package gatehouse.forms;

import gatehouse.kernel.Role;
import gatehouse.kernel.Sql;
import gatehouse.kernel.Statements;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * A form of the field: everything that there is to say about it.
 *
 * @param name    in its address, for instance {@code daily-summary}
 * @param readers the roles that may fetch it, each within its own reach
 * @param end     when it is final
 * @param query   its rows as they are now
 */
public record Form(String name, String titleChinese, String titleEnglish, Set<Role> readers, Content content, End end, List<Column> columns,
                   Query query) {

    public enum Content {
        /** Of whole compounds, with sums; names nobody. */
        NUMBERS,
        /** People; who fetches it is entered in the audit. */
        NAMES
    }

    public enum End {
        /** Frozen with the daily summary, whose figures it must bear out. */
        WITH_SUMMARY,
        /** Never frozen: what it tells of is only ever added to, until the date is over and after. */
        OPEN
    }

    /** A select in the form's order whose columns have the names that {@link Column#field} says, and {@code building_id} of people. */
    public interface Query {
        Sql rows(Statements statements, Asked asked);
    }

    public Form {
        readers = Set.copyOf(EnumSet.copyOf(readers));
        columns = List.copyOf(columns);
    }
}
