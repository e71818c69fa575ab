package gatehouse.wording;

import java.text.Normalizer;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads words as people do who want to get past a list: whatever their width, case, spacing and punctuation. */
final class WordingPolicy {
    /** WeChat that did not answer is asked again by then, and staff may be faster. */
    static final Duration ASK_AGAIN_AFTER = Duration.ofMinutes(10);

    private static final Pattern BETWEEN_LETTERS = Pattern.compile("[^\\p{L}\\p{N}]+");
    private static final Pattern PHONE = Pattern.compile("1[3-9]\\d{9}");
    private static final Pattern ID_NUMBER = Pattern.compile("\\d{17}[\\dx]");

    private WordingPolicy() {
    }

    /** Full-width becomes plain, capitals small; marks, spaces and signs go. */
    static String normal(String text) {
        return BETWEEN_LETTERS.matcher(Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT)).replaceAll("");
    }

    /** The words of a list, one in a line or between commas; a line that begins with # says nothing. */
    static List<String> parsed(String list) {
        return list.lines().filter(line -> !line.startsWith("#")).flatMap(line -> Stream.of(line.split("[,，]")))
                .map(WordingPolicy::normal).filter(word -> !word.isEmpty()).distinct().toList();
    }

    /** Why they are held at once; nothing where the list has nothing against them. */
    static Optional<WordingWhy> fault(String text, Collection<String> listed) {
        var normal = normal(text);
        if (listed.stream().anyMatch(normal::contains)) {
            return Optional.of(WordingWhy.LISTED);
        }
        return PHONE.matcher(normal).find() || ID_NUMBER.matcher(normal).find() ? Optional.of(WordingWhy.PERSONAL) : Optional.empty();
    }
}
