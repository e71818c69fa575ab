package gatehouse.registry;

/** Written text made comparable: full-width characters halved, invisible ones dropped, spaces settled. */
final class CellText {

    private CellText() {}

    /** Full-width letters, digits and signs to their usual width; any space or line break to one space; ends trimmed. */
    static String settle(String written) {
        var text = new StringBuilder(written.length());
        for (int i = 0; i < written.length(); i++) {
            char c = halfWidth(written.charAt(i));
            if (isInvisible(c)) {
                continue;
            }
            boolean space = Character.isWhitespace(c) || Character.isSpaceChar(c);
            if (!space) {
                text.append(c);
            } else if (!text.isEmpty() && text.charAt(text.length() - 1) != ' ') {
                text.append(' ');
            }
        }
        return text.toString().stripTrailing();
    }

    /** {@link #settle} and no space at all: for numbers, labels and headings. */
    static String tight(String written) {
        return settle(written).replace(" ", "");
    }

    private static char halfWidth(char c) {
        return c >= '！' && c <= '～' ? (char) (c - 0xFEE0) : c;
    }

    /** Zero-width spaces and joiners, marks of direction (WeChat and Excel leave them around pasted numbers), byte order mark. */
    private static boolean isInvisible(char c) {
        return c >= '\u200B' && c <= '\u200F' || c >= '\u202A' && c <= '\u202E' || c >= '\u2060' && c <= '\u2069' || c == '\uFEFF';
    }
}
