package gatehouse.forms;

import gatehouse.kernel.BusinessClock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;

/** What every form says besides its columns: of where and when it is, and whether that is final. */
final class FormWords {
    private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("H:mm");
    private static final DateTimeFormatter DAY_AND_HOUR = DateTimeFormatter.ofPattern("M-d H:mm");

    /** The last column of every form. */
    static final Column STATE = Column.text("数据状态", "state_of_data", 14);
    static final String SUM = "合计";
    static final String SUM_OF_COMMUNITY = "小计";
    /** Between several codes in one place. */
    static final String AND = "、";

    private FormWords() {
    }

    /** A compound's part of the form. */
    static String state(Optional<OffsetDateTime> frozenAt, LocalDate date, OffsetDateTime asOf) {
        return frozenAt.map(at -> hour(at, date) + " 定稿").orElseGet(() -> hour(asOf, date) + " 实时");
    }

    private static String hour(OffsetDateTime at, LocalDate date) {
        var local = at.atZoneSameInstant(BusinessClock.ZONE);
        return (local.toLocalDate().equals(date) ? HOUR : DAY_AND_HOUR).format(local);
    }

    /** Above the sheet: what, of where, of when, how final. */
    static String title(Form form, List<String> communities, List<String> compounds, LocalDate date, String state) {
        return form.titleChinese() + "（" + place(communities, compounds) + "）  " + date + "  " + state;
    }

    static String fileName(Form form, List<String> communities, List<String> compounds, LocalDate date, boolean frozen) {
        return String.join("-", form.titleChinese(), place(communities, compounds), date.toString(), frozen ? "定稿" : "实时");
    }

    private static String place(List<String> communities, List<String> compounds) {
        if (compounds.size() == 1) {
            return compounds.getFirst();
        }
        return communities.size() == 1 ? communities.getFirst() : communities.size() + "个社区";
    }
}
