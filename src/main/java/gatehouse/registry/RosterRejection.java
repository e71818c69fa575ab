package gatehouse.registry;

import gatehouse.kernel.Language;
import java.util.List;

/**
 * Why a line, or a column of the heading line, was not taken.
 *
 * @param column the heading the reason is about
 */
record RosterRejection(int line, String column, RosterFault fault, List<String> args) {

    String reason(Language language) {
        return fault.text(language, args);
    }
}
