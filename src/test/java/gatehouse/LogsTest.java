package gatehouse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.spi.FilterReply;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class LogsTest {

    private static final long MORNING_MILLIS = 1_795_309_392_123L;
    private final LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    private final Logger logger = context.getLogger("gatehouse.test");

    @Test
    void line_ofAnEvent_isOneJsonObjectWithTimeInChinaAndTheRequest() throws JsonProcessingException {
        LoggingEvent event = event(Level.WARN, "pump {} stopped", MORNING_MILLIS, null, "notify");
        event.setMDCPropertyMap(Map.of("request", "4bf92f3577b34da6a3ce929d0e0e4736"));
        JsonNode line = parsed(event);
        assertEquals("2026-11-22T09:03:12.123+08:00", line.get("at").textValue());
        assertEquals("WARN", line.get("level").textValue());
        assertEquals("pump notify stopped", line.get("message").textValue());
        assertEquals("4bf92f3577b34da6a3ce929d0e0e4736", line.get("request").textValue());
    }

    @Test
    void line_ofHostileText_staysOneLineAndMovesNoCursor() throws JsonProcessingException {
        String hostile = "a\"}\n{\"level\":\"FAKE\"}\r\u001b[2J\u0000\u0085\u2028\u2029\u202e\ud800 阳光花园";
        String line = encoded(event(Level.INFO, "{}", MORNING_MILLIS, null, hostile));
        assertEquals(1, line.chars().filter(letter -> letter == '\n').count());
        assertFalse(line.matches("(?s).*[\\u0000-\\u0009\\u000b-\\u001f\\u007f-\\u009f\\u2028\\u2029\\u202e].*"), line);
        assertTrue(line.contains("阳光花园"));
        assertTrue(new ObjectMapper().readTree(line).get("message").textValue().startsWith("a\"}\n{\"level\":\"FAKE\"}\r\u001b[2J"));
    }

    @Test
    void line_ofAFailure_holdsItsStackAndCauseInsideTheObject() throws JsonProcessingException {
        JsonNode line = parsed(event(Level.ERROR, "failed", MORNING_MILLIS, new IllegalStateException("outer", new RuntimeException("inner"))));
        assertEquals("java.lang.IllegalStateException: outer", line.get("error").textValue());
        assertTrue(line.get("stack").textValue().contains("caused by java.lang.RuntimeException: inner"));
    }

    @Test
    void floodGate_sameWarningOverAndOver_passesFiveThenCountsThem() {
        FloodGate gate = new FloodGate();
        int passed = 0;
        for (int number = 0; number < 1_000; number++) {
            passed += gate.decide(event(Level.ERROR, "database gone {}", MORNING_MILLIS + number, null, number)) == FilterReply.DENY ? 0 : 1;
        }
        assertEquals(5, passed);
        LoggingEvent later = event(Level.ERROR, "database gone {}", MORNING_MILLIS + 10_000, null, 1_000);
        assertEquals(FilterReply.NEUTRAL, gate.decide(later));
        assertEquals("suppressed", later.getKeyValuePairs().getFirst().key);
        assertEquals(995L, later.getKeyValuePairs().getFirst().value);
    }

    @Test
    void floodGate_otherWarningsAndOrdinaryEvents_passBesideAFlood() {
        FloodGate gate = new FloodGate();
        for (int number = 0; number < 100; number++) {
            gate.decide(event(Level.ERROR, "database gone", MORNING_MILLIS, null));
            assertEquals(FilterReply.NEUTRAL, gate.decide(event(Level.INFO, "request", MORNING_MILLIS, null)));
        }
        assertEquals(FilterReply.NEUTRAL, gate.decide(event(Level.ERROR, "another", MORNING_MILLIS, null)));
    }

    @Test
    void levels_ofLibrariesThatPrintSecrets_areOff() {
        for (String name : new String[] {"cn.binarywang.wx.miniapp", "me.chanjar.weixin.common", "org.apache.http.wire"}) {
            assertFalse(context.getLogger(name).isErrorEnabled(), name);
        }
    }

    private LoggingEvent event(Level level, String message, long atMillis, Throwable failure, Object... arguments) {
        LoggingEvent event = new LoggingEvent(LogsTest.class.getName(), logger, level, message, failure, arguments);
        event.setInstant(java.time.Instant.ofEpochMilli(atMillis));
        return event;
    }

    private static String encoded(LoggingEvent event) {
        return new String(new JsonLines().encode(event), StandardCharsets.UTF_8);
    }

    private static JsonNode parsed(LoggingEvent event) throws JsonProcessingException {
        return new ObjectMapper().readTree(encoded(event));
    }
}
