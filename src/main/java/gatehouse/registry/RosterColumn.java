package gatehouse.registry;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The columns of a roster, by the headings the field writes. */
enum RosterColumn {
    BUILDING(true, "楼栋", "楼栋号", "楼号", "栋号", "幢号"),
    UNIT(true, "单元", "单元号"),
    ROOM(true, "房号", "房间号", "室号", "门牌号"),
    NAME(true, "姓名"),
    PHONE(false, "手机", "手机号", "手机号码", "联系电话"),
    ID_NUMBER(false, "身份证号", "身份证", "身份证号码", "公民身份号码"),
    RELATION(false, "与户主关系", "与户主的关系"),
    BIRTH_DATE(false, "出生日期", "出生年月日");

    private static final List<TableFile.Column> COLUMNS = Arrays.stream(values()).map(RosterColumn::column).toList();

    private final boolean required;
    private final List<String> headings;

    RosterColumn(boolean required, String heading, String... alsoWritten) {
        this.required = required;
        this.headings = Stream.concat(Stream.of(heading), Arrays.stream(alsoWritten)).toList();
    }

    private TableFile.Column column() {
        return new TableFile.Column(heading(), required, this == BIRTH_DATE, headings);
    }

    static List<TableFile.Column> columns() {
        return COLUMNS;
    }

    /** The heading of the contract. */
    String heading() {
        return headings.getFirst();
    }

    static String allHeadings() {
        return Arrays.stream(values()).map(RosterColumn::heading).collect(Collectors.joining(", "));
    }
}
