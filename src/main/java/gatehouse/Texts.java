package gatehouse;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

/** What an operator reads, in English and Chinese, from a file of texts beside the classes. */
final class Texts {

    private final String file;
    private final Properties all = new Properties();

    /** @param file a resource, such as {@code /gatehouse/welcome.properties} */
    Texts(String file) {
        this.file = file;
        try (InputStream stream = Texts.class.getResourceAsStream(file)) {
            if (stream == null) {
                throw new IllegalStateException(file + " is missing");
            }
            all.load(new InputStreamReader(stream, StandardCharsets.UTF_8));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    String get(String key) {
        String text = all.getProperty(key);
        if (text == null) {
            throw new IllegalStateException(file + " lacks " + key);
        }
        return text;
    }
}
