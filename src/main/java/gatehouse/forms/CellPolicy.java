package gatehouse.forms;

import java.util.regex.Pattern;

/** What of a text may stand in a sheet: pure functions. A cell must never do anything when it is opened. */
final class CellPolicy {
    /** The most that a spreadsheet takes in one cell. */
    private static final int LONGEST = 32_767;
    /** Controls, marks that turn or hide what is written, halves of characters, and what XML cannot hold. */
    private static final Pattern UNSEEN = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Co}\\p{Cn}\\u2028\\u2029]+");
    /** Also as a keyboard for Chinese writes them; spreadsheets overlook space before them. */
    private static final Pattern FORMULA = Pattern.compile("[\\s\\u00a0\\u3000]*[=+\\-@\\uff1d\\uff0b\\uff0d\\uff20].*", Pattern.DOTALL);

    private CellPolicy() {
    }

    /** One line of visible characters. */
    static String tidy(String text) {
        var visible = UNSEEN.matcher(text).replaceAll(" ").strip();
        return visible.length() <= LONGEST ? visible : UNSEEN.matcher(visible.substring(0, LONGEST)).replaceAll("");
    }

    /** True where a spreadsheet would take the text of a CSV file for a formula. */
    static boolean isFormula(String text) {
        return FORMULA.matcher(text).matches();
    }

    /** For CSV, which cannot say that something is text: an apostrophe in front of what would be a formula. */
    static String inert(String text) {
        var tidy = tidy(text);
        return isFormula(tidy) ? "'" + tidy : tidy;
    }
}
