package gatehouse.forms;

import java.util.Map;

/**
 * One column of a form.
 *
 * @param heading as the field calls it; also how frozen rows find their column again, so a heading that changes is a new column
 * @param field   the name of its value in the rows of the form's query
 * @param width   in characters of a spreadsheet, of which one Chinese takes two
 * @param words   how codes are said, of {@link Kind#WORD} and {@link Kind#WORDS}; a code without words is shown as it is
 */
public record Column(String heading, String field, Kind kind, int width, Map<String, String> words) {
    private static final int WIDTH_OF_COUNT = 10;
    private static final int WIDTH_OF_DATE = 12;
    private static final int WIDTH_OF_TIME = 18;

    public enum Kind {
        TEXT, WORD, WORDS, COUNT, DEGREES, DATE, TIME
    }

    public static Column text(String heading, String field, int width) {
        return new Column(heading, field, Kind.TEXT, width, Map.of());
    }

    public static Column word(String heading, String field, int width, Map<String, String> words) {
        return new Column(heading, field, Kind.WORD, width, words);
    }

    /** Several codes in one place. */
    public static Column words(String heading, String field, int width, Map<String, String> words) {
        return new Column(heading, field, Kind.WORDS, width, words);
    }

    /** Is added up where a form has sums. */
    public static Column count(String heading, String field) {
        return new Column(heading, field, Kind.COUNT, WIDTH_OF_COUNT, Map.of());
    }

    public static Column degrees(String heading, String field) {
        return new Column(heading, field, Kind.DEGREES, WIDTH_OF_COUNT, Map.of());
    }

    public static Column date(String heading, String field) {
        return new Column(heading, field, Kind.DATE, WIDTH_OF_DATE, Map.of());
    }

    public static Column time(String heading, String field) {
        return new Column(heading, field, Kind.TIME, WIDTH_OF_TIME, Map.of());
    }
}
