package gatehouse;

import java.util.ArrayList;
import java.util.List;

/** Everything that is wrong with the configuration, each fault in English and Chinese: what is wrong and what to write instead. */
final class ConfigFaults extends RuntimeException {

    private static final long serialVersionUID = 1;

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
            return Told.TEXTS.get(key);
        }
    }

    /** Read only when there is a fault to tell. */
    private static final class Told {

        static final Texts TEXTS = new Texts("/gatehouse/config-faults.properties");
    }
}
