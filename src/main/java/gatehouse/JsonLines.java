package gatehouse;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import ch.qos.logback.core.encoder.EncoderBase;
import gatehouse.kernel.BusinessClock;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;

/**
 * One event, one line of JSON: {@code at, level, logger, thread, message}, the MDC (request, traceparent) and key-value pairs as
 * fields beside them, {@code error} and {@code stack} for a Throwable. Nothing in an event can begin a line of its own or move a
 * terminal's cursor.
 */
public final class JsonLines extends EncoderBase<ILoggingEvent> {

    private static final byte[] NOTHING = new byte[0];
    private static final int MOST_MESSAGE_CHARS = 8_000;
    private static final int MOST_FRAMES = 30;
    private static final int MOST_CAUSES = 4;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSXXX").withZone(BusinessClock.ZONE);

    @Override
    public byte[] encode(ILoggingEvent event) {
        StringBuilder line = new StringBuilder(256);
        field(line.append('{'), "at", TIME.format(Instant.ofEpochMilli(event.getTimeStamp())));
        field(line.append(','), "level", event.getLevel().toString());
        field(line.append(','), "logger", event.getLoggerName());
        field(line.append(','), "thread", event.getThreadName());
        field(line.append(','), "message", event.getFormattedMessage());
        beside(event).forEach((name, value) -> field(line.append(','), name, value));
        IThrowableProxy fault = event.getThrowableProxy();
        if (fault != null) {
            field(line.append(','), "error", fault.getClassName() + ": " + fault.getMessage());
            field(line.append(','), "stack", stack(fault));
        }
        return line.append("}\n").toString().getBytes(StandardCharsets.UTF_8);
    }

    private static Map<String, String> beside(ILoggingEvent event) {
        Map<String, String> fields = new TreeMap<>(event.getMDCPropertyMap());
        if (event.getKeyValuePairs() != null) {
            for (KeyValuePair pair : event.getKeyValuePairs()) {
                fields.put(pair.key, String.valueOf(pair.value));
            }
        }
        return fields;
    }

    private static String stack(IThrowableProxy fault) {
        StringBuilder text = new StringBuilder();
        IThrowableProxy cause = fault;
        for (int depth = 0; cause != null && depth < MOST_CAUSES; depth++, cause = cause.getCause()) {
            if (depth > 0) {
                text.append("caused by ").append(cause.getClassName()).append(": ").append(cause.getMessage()).append('\n');
            }
            StackTraceElementProxy[] frames = cause.getStackTraceElementProxyArray();
            for (int frame = 0; frame < Math.min(frames.length, MOST_FRAMES); frame++) {
                text.append(frames[frame].getStackTraceElement()).append('\n');
            }
        }
        return text.toString();
    }

    private static void field(StringBuilder line, String name, @Nullable String value) {
        string(line, name);
        line.append(':');
        string(line, value == null ? "" : value.length() > MOST_MESSAGE_CHARS ? value.substring(0, MOST_MESSAGE_CHARS) + "…" : value);
    }

    private static void string(StringBuilder line, String value) {
        line.append('"');
        for (int place = 0; place < value.length(); place++) {
            char letter = value.charAt(place);
            if (letter == '"' || letter == '\\') {
                line.append('\\').append(letter);
            } else if (letter == '\n') {
                line.append("\\n");
            } else if (steersTerminal(letter)) {
                line.append("\\u%04x".formatted((int) letter));
            } else {
                line.append(letter);
            }
        }
        line.append('"');
    }

    /** Control characters, line separators, marks that turn the writing direction, and halves of characters. */
    private static boolean steersTerminal(char letter) {
        return switch (Character.getType(letter)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.FORMAT -> true;
            default -> false;
        };
    }

    @Override
    public byte[] headerBytes() {
        return NOTHING;
    }

    @Override
    public byte[] footerBytes() {
        return NOTHING;
    }
}
