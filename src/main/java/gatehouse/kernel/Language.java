package gatehouse.kernel;

import java.text.MessageFormat;
import java.util.Locale;

/** The two languages that the product speaks; Chinese unless English is asked for first. */
public enum Language {
    CHINESE, ENGLISH;

    /** Reads an {@code Accept-Language} header: the tag of the highest quality that we speak wins, the earlier one among equals. */
    public static Language accepting(String header) {
        if (header == null || header.isBlank()) {
            return CHINESE;
        }
        try {
            for (var range : Locale.LanguageRange.parse(header)) {
                if (range.getWeight() > 0 && range.getRange().startsWith("en")) {
                    return ENGLISH;
                }
                if (range.getWeight() > 0 && range.getRange().startsWith("zh")) {
                    return CHINESE;
                }
            }
        } catch (IllegalArgumentException malformedHeader) {
            return CHINESE;
        }
        return CHINESE;
    }

    public String choose(String chinese, String english) {
        return this == CHINESE ? chinese : english;
    }

    /** Fills {@code {0}}, {@code {1}} …; an argument with words of its own ({@link ProblemType.Worded}) speaks this language. */
    public String fill(String pattern, Object... arguments) {
        if (arguments.length == 0) {
            return pattern;
        }
        var plain = new Object[arguments.length];
        for (int i = 0; i < arguments.length; i++) {
            plain[i] = arguments[i] instanceof ProblemType.Worded worded ? worded.text(this) : String.valueOf(arguments[i]);
        }
        return MessageFormat.format(pattern.replace("'", "''"), plain);
    }

    public String tag() {
        return this == CHINESE ? "zh-CN" : "en";
    }
}
