package gatehouse.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.kernel.Problem;
import gatehouse.kernel.ProblemType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SseTest {
    private static final String NEWS = "GET /api/v1/news HTTP/1.1\r\nAccept-Language: en\r\nAuthorization: ";

    private final TestDoor door = new TestDoor();
    private final List<RawHttp> connections = new ArrayList<>();

    @AfterEach
    void close() {
        connections.forEach(RawHttp::close);
        door.close();
    }

    private RawHttp ask(String token) {
        return ask(door, token);
    }

    private RawHttp ask(TestDoor door, String token) {
        var connection = RawHttp.connect(door.port());
        connections.add(connection);
        return connection.send(NEWS + token + "\r\nHost: test\r\n\r\n");
    }

    private RawHttp follow(String token) {
        return follow(door, token);
    }

    private RawHttp follow(TestDoor door, String token) {
        var connection = ask(door, token);
        var head = connection.read();
        assertEquals(200, head.status());
        assertEquals("text/event-stream", head.header("Content-Type"));
        assertEquals("no-store", head.header("Cache-Control"));
        assertEquals("no", head.header("X-Accel-Buffering"));
        assertTrue(connection.readUntil("data: {\"first\":true}\n\n").startsWith("retry: 2000\n\n"));
        return connection;
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(5).toNanos();
        while (!condition.getAsBoolean() && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        assertTrue(condition.getAsBoolean());
    }

    @Test
    void follower_hearsWhatIsTold_andAHeartbeatInQuietTimes() {
        var one = follow(TestDoor.RESIDENT);
        door.followers.forEach(each -> each.accept("{\"n\":1}"));
        assertTrue(one.readUntil("data: {\"n\":1}\n\n").contains("data"));
        assertTrue(one.readUntil(":\n\n").contains(":"));
    }

    @Test
    void clientThatGoes_isFollowedNoMore() {
        var one = follow(TestDoor.RESIDENT);
        assertEquals(1, door.followers.size());
        one.close();
        await(door.followers::isEmpty);
    }

    @Test
    void account_hasOnlySoMany_andAllTogetherToo() {
        var first = follow(TestDoor.RESIDENT);
        follow(TestDoor.RESIDENT);
        var refused = ask(TestDoor.RESIDENT).read();
        assertEquals(429, refused.status());
        assertEquals("15", refused.header("Retry-After"));
        assertTrue(refused.text().contains("urn:gatehouse:problem:too-many-streams"), refused::text);
        follow(TestDoor.OFFICE);
        var full = ask(TestDoor.OFFICE).read();
        assertEquals(503, full.status());
        assertTrue(full.text().contains("urn:gatehouse:problem:overloaded"), full::text);
        first.close();
        await(() -> door.followers.size() == 2);
        follow(TestDoor.OFFICE);
    }

    @Test
    void sessionThatEnds_endsTheStreamWithItsProblem() {
        var one = follow(TestDoor.RESIDENT);
        door.refusal = Problem.of(ProblemType.SESSION_ENDED);
        long began = System.nanoTime();
        var farewell = one.readUntil("\n\n0\r\n\r\n");
        assertTrue(System.nanoTime() - began < Duration.ofSeconds(1).toNanos());
        assertTrue(farewell.contains("event: end\ndata: {\"type\":\"urn:gatehouse:problem:session-ended\""), farewell);
        assertEquals(0, door.followers.size());
    }

    @Test
    void callerWhoCannotBeChecked_isTrustedForAShortWhileOnly() {
        var one = follow(TestDoor.RESIDENT);
        door.refusal = Problem.of(ProblemType.UNAVAILABLE);
        long began = System.nanoTime();
        var farewell = one.readUntil("\n\n0\r\n\r\n");
        assertTrue(System.nanoTime() - began > Duration.ofMillis(800).toNanos());
        assertTrue(farewell.contains("urn:gatehouse:problem:unavailable"), farewell);
    }

    @Test
    void clientThatDoesNotRead_getsTheNewestOnly_andIsCutIfItNeverDoes() {
        var slow = follow(TestDoor.RESIDENT);
        var much = "\"" + "x".repeat(1 << 20) + "\"";
        for (int i = 0; i < 60; i++) {
            door.followers.forEach(each -> each.accept(much));
        }
        door.followers.forEach(each -> each.accept("{\"newest\":true}"));
        await(door.followers::isEmpty);
        assertTrue(slow.readToEnd() < 60L << 20, "what it could not take was not kept for it");
    }

    @Test
    void head_hasNoEvents() {
        var connection = RawHttp.connect(door.port());
        connections.add(connection);
        var head = connection.send(NEWS.replace("GET", "HEAD") + TestDoor.RESIDENT + "\r\nHost: test\r\n\r\n").read();
        assertEquals(200, head.status());
        assertEquals(0, door.followers.size());
        follow(TestDoor.RESIDENT);
        follow(TestDoor.RESIDENT);
    }

    @Test
    void closing_endsStreamsAtOnce() {
        var closing = new TestDoor();
        var one = follow(closing, TestDoor.RESIDENT);
        var close = Thread.startVirtualThread(closing::close);
        assertTrue(one.readUntil("0\r\n\r\n").endsWith("0\r\n\r\n"));
        assertTrue(one.isClosedByServer());
        assertTimeout(Duration.ofSeconds(2), () -> close.join());
    }
}
