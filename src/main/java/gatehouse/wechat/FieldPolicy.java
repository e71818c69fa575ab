package gatehouse.wechat;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** What WeChat lets stand in a field of a subscribe message, by the field's type: the name without its number. Counted in code points. */
final class FieldPolicy {
    private static final Map<String, Integer> MOST_CODE_POINTS = Map.of("thing", 20, "phrase", 5, "name", 10, "character_string", 32);
    private static final Pattern NAME = Pattern.compile("([a-z_]+?)([1-9][0-9]?)");
    private static final Pattern HAN = Pattern.compile("\\p{IsHan}+");
    private static final Pattern ASCII = Pattern.compile("[\\x21-\\x7e]+");

    private FieldPolicy() {
    }

    /** Code points that fit; empty for a type that this product does not fill. */
    static Optional<Integer> most(String field) {
        var name = NAME.matcher(field);
        return name.matches() ? Optional.ofNullable(MOST_CODE_POINTS.get(name.group(1))) : Optional.empty();
    }

    /** Whether WeChat would take that text there. */
    static boolean fits(String field, String text) {
        return most(field).filter(most -> !text.isBlank() && text.codePointCount(0, text.length()) <= most && text.chars().noneMatch(Character::isISOControl)
                && hasRightLetters(field, text)).isPresent();
    }

    private static boolean hasRightLetters(String field, String text) {
        return !(field.startsWith("phrase") && !HAN.matcher(text).matches()) && !(field.startsWith("character_string") && !ASCII.matcher(text).matches());
    }
}
