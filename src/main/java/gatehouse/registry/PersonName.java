package gatehouse.registry;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/** The name of a person as it is kept: settled ({@link CellText#settle}), no space between Chinese signs, one kind of middle dot. */
record PersonName(String text) {
    private static final Pattern SPACE_BETWEEN_HAN = Pattern.compile("(?<=\\p{IsHan}) (?=\\p{IsHan})");
    /** What keyboards and other systems write for the dot between the parts of a name; a full stop only where it stands between Chinese signs. */
    private static final Pattern OTHER_DOT = Pattern.compile(" ?[•・‧⋅∙･] ?|(?<=\\p{IsHan}) ?[.．] ?(?=\\p{IsHan})");
    private static final Pattern ANY_DOT = Pattern.compile("[·•・‧⋅∙･.]");

    static PersonName of(String written) {
        return new PersonName(OTHER_DOT.matcher(SPACE_BETWEEN_HAN.matcher(CellText.settle(written)).replaceAll("")).replaceAll("·"));
    }

    /** The same for names that differ only in width, case, spaces, or kind of middle dot. */
    String comparable() {
        return ANY_DOT.matcher(Normalizer.normalize(CellText.tight(text), Normalizer.Form.NFKC).toLowerCase(Locale.ROOT)).replaceAll("·");
    }

    /** Names do not reach a log. */
    @Override
    public String toString() {
        return "PersonName";
    }
}
