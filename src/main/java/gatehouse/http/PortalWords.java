package gatehouse.http;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * All that an app of the portal says in one language as one file, {@code /<app>/all-words.<language>.js}: the files that its {@code words.js}
 * lists, joined. Words are kept a file a feature; a phone on a slow line fetches one instead of twenty.
 */
final class PortalWords {
    private static final Pattern ALL = Pattern.compile("((?:/[a-z]+)+)/all-words\\.(zh|en)\\.js");
    private static final Pattern LISTED = Pattern.compile("import\\('([^']+)\\.(zh|en)\\.js'\\)");
    private static final String BEGINS = "export default {";
    private static final String ENDS = "};";

    private PortalWords() {
    }

    /** @param read a file of the portal by its name, empty where there is none */
    static Optional<byte[]> joined(String name, Function<String, Optional<byte[]>> read) {
        var asked = ALL.matcher(name);
        if (!asked.matches()) {
            return Optional.empty();
        }
        return read.apply(asked.group(1) + "/words.js").map(list -> LISTED.matcher(text(list)).results()
                .filter(listed -> listed.group(2).equals(asked.group(2)))
                .map(listed -> resolve(asked.group(1), listed.group(1) + "." + listed.group(2) + ".js"))
                .map(file -> wordsIn(file, text(read.apply(file).orElseThrow(() -> new IllegalStateException(file + " is listed and not there")))))
                .collect(Collectors.joining("", BEGINS + "\n", ENDS + "\n")).getBytes(StandardCharsets.UTF_8));
    }

    private static String resolve(String app, String relative) {
        return URI.create(app + "/").resolve(relative).getPath();
    }

    private static String wordsIn(String file, String script) {
        var whole = script.strip();
        if (!whole.startsWith(BEGINS) || !whole.endsWith(",\n" + ENDS)) {
            throw new IllegalStateException(file + " is no file of words");
        }
        return whole.substring(BEGINS.length() + 1, whole.length() - ENDS.length());
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
