package gatehouse.registry;

import java.util.Optional;

/** What people call a subdistrict, a community, a compound, a gate or a grid: one spelling however it was typed. */
public record PlaceName(String text) {

    static final int MOST_CHARACTERS = 50;

    /** Full-width signs halved, spaces settled; nothing where no visible character is left, or too many, or one that cannot be shown. */
    public static Optional<PlaceName> parse(String written) {
        String text = CellText.settle(written).strip();
        boolean shown = !text.isEmpty() && text.length() <= MOST_CHARACTERS && text.codePoints().noneMatch(PlaceName::isUnshowable);
        return shown ? Optional.of(new PlaceName(text)) : Optional.empty();
    }

    private static boolean isUnshowable(int codePoint) {
        return Character.isISOControl(codePoint) || Character.getType(codePoint) == Character.SURROGATE;
    }

    @Override
    public String toString() {
        return text;
    }
}
