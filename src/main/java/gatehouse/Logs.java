package gatehouse;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ConfiguratorRank;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.util.Map;
import org.slf4j.LoggerFactory;

/**
 * Logback's configuration, found by it as a service. In Java because reading XML costs a fifth of the start-up time; a file named with
 * {@code -Dlogback.configurationFile} still wins.
 */
@ConfiguratorRank(ConfiguratorRank.CUSTOM_NORMAL_PRIORITY)
public final class Logs extends ContextAwareBase implements Configurator {

    private static final Map<String, Level> LEVELS = Map.of(
            "gatehouse", Level.INFO,
            // print URLs with tokens at WARN, session keys at DEBUG
            "cn.binarywang.wx", Level.OFF,
            "me.chanjar.weixin", Level.OFF,
            "org.apache.http", Level.OFF,
            // a lost database is told once by whoever needed it
            "io.vertx.sqlclient", Level.ERROR,
            "io.vertx.pgclient", Level.ERROR,
            "io.netty", Level.ERROR,
            "com.networknt.schema", Level.ERROR);

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        if (System.getProperty("logback.configurationFile") != null) {
            return ExecutionStatus.INVOKE_NEXT_IF_ANY;
        }
        JsonLines lines = new JsonLines();
        lines.setContext(context);
        lines.start();
        FloodGate gate = new FloodGate();
        gate.start();
        ConsoleAppender<ILoggingEvent> stdout = new ConsoleAppender<>();
        stdout.setContext(context);
        stdout.setName("STDOUT");
        stdout.setEncoder(lines);
        stdout.addFilter(gate);
        stdout.start();
        context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.WARN);
        context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(stdout);
        LEVELS.forEach((logger, level) -> context.getLogger(logger).setLevel(level));
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    /** For the program's own events; libraries stay at the levels above. */
    static void setLevel(org.slf4j.event.Level level) {
        ((Logger) LoggerFactory.getLogger("gatehouse")).setLevel(Level.convertAnSLF4JLevel(level));
    }
}
