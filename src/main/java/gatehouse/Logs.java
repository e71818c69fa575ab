package gatehouse;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.slf4j.LoggerFactory;

/** Where the log's level is set; all else about logs is in {@code logback.xml}. */
final class Logs {

    private Logs() {
    }

    /** For the program's own events; libraries stay at the levels of {@code logback.xml}. */
    static void setLevel(org.slf4j.event.Level level) {
        ((Logger) LoggerFactory.getLogger("gatehouse")).setLevel(Level.convertAnSLF4JLevel(level));
    }
}
