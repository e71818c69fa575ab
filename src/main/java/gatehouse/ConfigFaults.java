package gatehouse;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** Everything that is wrong with the configuration, each fault in English and Chinese: what is wrong and what to write instead. */
final class ConfigFaults extends RuntimeException {

    private static final long serialVersionUID = 1;
    private static final String TEXTS = "/gatehouse/config-faults.properties";

    private ConfigFaults(String message) {
        super(message);
    }

    /** Gathers faults while the configuration is read. */
    static final class Found {

        private final List<String> faults = new ArrayList<>();

        /** @param slug of a text in config-faults.properties; @param values for its placeholders, never a secret */
        void add(String slug, Object... values) {
            faults.add("  - %s%n    %s".formatted(text(slug + ".en").formatted(values), text(slug + ".zh").formatted(values)));
        }

        void throwIfAny() {
            if (!faults.isEmpty()) {
                throw new ConfigFaults("%s%n%s%n%s".formatted(text("title.en").formatted(faults.size()), String.join("%n".formatted(), faults), text("end.en")));
            }
        }

        private static String text(String key) {
            String text = Texts.ALL.getProperty(key);
            if (text == null) {
                throw new IllegalStateException(TEXTS + " lacks " + key);
            }
            return text;
        }
    }

    /** Read only when there is a fault to tell. */
    private static final class Texts {

        static final Properties ALL = load();

        private static Properties load() {
            try (InputStream file = ConfigFaults.class.getResourceAsStream(TEXTS)) {
                if (file == null) {
                    throw new IllegalStateException(TEXTS + " is missing");
                }
                Properties texts = new Properties();
                texts.load(new InputStreamReader(file, StandardCharsets.UTF_8));
                return texts;
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        }
    }
}
