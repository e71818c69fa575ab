package gatehouse.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Forms with a file in them, over real connections. */
class FormBodyTest {
    private static final String KEY = "0190a8c2-7b7d-7cc3-9f6e-0a0b0c0d0e0f";
    private static TestDoor door;

    @BeforeAll
    static void open() {
        door = new TestDoor();
    }

    @AfterAll
    static void close() {
        door.close();
    }

    private static String head(String contentType) {
        return "POST /api/v1/pictures HTTP/1.1\r\nAuthorization: " + TestDoor.RESIDENT + "\r\nContent-Type: " + contentType + "\r\nIdempotency-Key: " + KEY;
    }

    private static RawHttp.Response send(String boundary, String body) {
        return RawHttp.once(door.port(), head("multipart/form-data; boundary=" + boundary), body);
    }

    private static String part(String boundary, String name, String content) {
        return "--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + name + "\"; filename=\"../../evil.exe\"\r\nContent-Type: text/html\r\n\r\n" + content + "\r\n";
    }

    private static JsonNode problem(RawHttp.Response response, int status, String slug) {
        assertEquals(status, response.status(), response::text);
        var body = Json.read(response.body());
        assertEquals("urn:gatehouse:problem:" + slug, body.path("type").asText());
        return body;
    }

    @Test
    void file_isTakenAsItIs() {
        var response = send("abc", part("abc", "photo", "--abd\r\n\0--ab\r\n") + "--abc--\r\n");
        assertEquals(14, Json.read(response.body()).path("bytes").asInt(), response::text);
    }

    @Test
    void sameFile_inAnotherBoundary_isTheSameRequest() {
        var hashes = new String[3];
        hashes[0] = Json.read(send("abc", part("abc", "photo", "one") + "--abc--\r\n").body()).path("hash").asText();
        hashes[1] = Json.read(send("wxyz0", part("wxyz0", "photo", "one") + "--wxyz0--\r\n").body()).path("hash").asText();
        hashes[2] = Json.read(send("abc", part("abc", "photo", "two") + "--abc--\r\n").body()).path("hash").asText();
        assertEquals(hashes[0], hashes[1]);
        assertNotEquals(hashes[0], hashes[2]);
    }

    @Test
    void field_missingUnknownOrTwice_isNamed() {
        var body = problem(send("abc", part("abc", "a/b", "x") + "--abc--\r\n"), 400, "bad-input");
        assertEquals("/a~1b", body.at("/errors/0/pointer").asText());
        assertEquals("/photo", body.at("/errors/1/pointer").asText());
        body = problem(send("abc", part("abc", "photo", "x") + part("abc", "photo", "y") + "--abc--\r\n"), 400, "bad-input");
        assertEquals("/photo", body.at("/errors/0/pointer").asText());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nonsense", "--abc", "--abc\r\n\r\n", "--abc\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"x\"\r\n\r\nno end",
        "--abc\r\nContent-Disposition: form-data\r\n\r\nx\r\n--abc--\r\n", 
        "--abc\r\nContent-Type: multipart/mixed; boundary=q\r\nContent-Disposition: form-data; name=\"photo\"\r\n\r\n--q\r\n--q--\r\n--abc--\r\n", "\0\0\0"})
    void whatIsNoForm_isRefused(String body) {
        var response = send("abc", body);
        assertEquals(400, response.status(), response::text);
    }

    @Test
    void form_withoutBoundary_isRefused() {
        for (var type : new String[] {"multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=\"", "multipart/form-data; boundary=a b", "multipart/form-data; charset=x; boundary=abc"}) {
            var response = RawHttp.once(door.port(), head(type), part("abc", "other", "x") + "--abc--\r\n");
            assertEquals(400, response.status(), response::text);
        }
        problem(RawHttp.once(door.port(), head("image/jpeg"), "x"), 415, "wrong-media-type");
    }

    @Test
    void form_beyondItsLimit_is413_howeverItComes() {
        problem(send("abc", "x".repeat(262_145)), 413, "too-large");
        try (var connection = RawHttp.connect(door.port())) {
            connection.send(head("multipart/form-data; boundary=abc") + "\r\nHost: test\r\nTransfer-Encoding: chunked\r\n\r\n");
            for (int i = 0; i < 5; i++) {
                connection.send("10000\r\n" + "x".repeat(0x10000) + "\r\n");
            }
            problem(connection.read(), 413, "too-large");
        }
    }

    @Test
    void longBodies_togetherBeyondTheMemory_areToldToComeAgain_andThereIsRoomAfterwards() {
        var begun = new ArrayList<RawHttp>();
        for (int i = 0; i < 4; i++) {
            begun.add(RawHttp.connect(door.port()).send(head("multipart/form-data; boundary=abc") + "\r\nHost: test\r\nContent-Length: 260000\r\n\r\n"
                    + "x".repeat(250_000)));
        }
        int refused = 0;
        for (var each : begun) {
            var answer = each.send("x".repeat(10_000)).read();
            if (answer.status() == 503) {
                problem(answer, 503, "overloaded");
                assertTrue(Integer.parseInt(answer.header("Retry-After")) > 0);
                refused++;
            }
            each.close();
        }
        assertTrue(refused > 0);
        problem(send("abc", "x".repeat(250_000)), 400, "malformed-form");
    }

    @Test
    void room_isSharedByTheLongOnly_andGivenBackOnce() {
        var bodies = new LongBodies(1000);
        var first = bodies.share();
        var second = bodies.share();
        assertTrue(first.grow(64 * 1024) && second.grow(64 * 1024));
        assertTrue(first.grow(900));
        assertFalse(second.grow(101));
        assertTrue(bodies.share().grow(64 * 1024 + 100));
        first.giveBack();
        first.giveBack();
        assertFalse(first.grow(1));
        assertTrue(bodies.share().grow(64 * 1024 + 900));
        assertFalse(bodies.share().grow(64 * 1024 + 1));
    }
}
