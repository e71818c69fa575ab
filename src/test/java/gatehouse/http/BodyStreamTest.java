package gatehouse.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Answers that are written piece by piece, over real connections. */
class BodyStreamTest {
    private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static TestDoor door;

    @BeforeAll
    static void open() {
        door = new TestDoor();
    }

    @AfterAll
    static void close() {
        door.close();
    }

    private static HttpResponse<byte[]> ask(String method, String kind) throws IOException, InterruptedException {
        return HTTP.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + door.port() + "/api/v1/texts/" + kind))
                .method(method, HttpRequest.BodyPublishers.noBody()).build(), BodyHandlers.ofByteArray());
    }

    @Test
    void shortBody_isSentWithItsLength() throws Exception {
        var answer = ask("GET", "short");
        assertEquals(200, answer.statusCode());
        assertEquals("text/plain", answer.headers().firstValue("Content-Type").orElseThrow());
        assertEquals(String.valueOf(TestDoor.LINE.length), answer.headers().firstValue("Content-Length").orElseThrow());
        assertArrayEquals(TestDoor.LINE, answer.body());
    }

    @Test
    void longBody_arrivesWhole_inPieces() throws Exception {
        var answer = ask("GET", "long");
        assertEquals("chunked", answer.headers().firstValue("Transfer-Encoding").orElseThrow());
        assertEquals("no-store", answer.headers().firstValue("Cache-Control").orElseThrow());
        assertEquals(new String(TestDoor.LINE, StandardCharsets.US_ASCII).repeat(100_000), new String(answer.body(), StandardCharsets.US_ASCII));
    }

    @Test
    void head_isAnsweredWithoutWriting() throws Exception {
        var answer = ask("HEAD", "long");
        assertEquals(200, answer.statusCode());
        assertEquals(0, answer.body().length);
    }

    @Test
    void refusalBeforeTheFirstPiece_isAProblem() throws Exception {
        var answer = ask("GET", "refused");
        assertEquals(503, answer.statusCode());
        assertEquals("3", answer.headers().firstValue("Retry-After").orElseThrow());
        assertEquals("urn:gatehouse:problem:overloaded", Json.read(answer.body()).path("type").asText());
    }

    @Test
    void failureLater_cutsTheConnection_soThatAPartIsNotTakenForTheWhole() {
        assertThrows(IOException.class, () -> ask("GET", "broken"));
    }

    @Test
    void clientWhoDoesNotRead_slowsTheWriting_andEndsItByGoing() throws Exception {
        try (var socket = new Socket("127.0.0.1", door.port())) {
            socket.getOutputStream().write("GET /api/v1/texts/endless HTTP/1.1\r\nHost: test\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertEquals('H', socket.getInputStream().read());
            long before;
            long after = door.linesWritten.get();
            do {
                before = after;
                TimeUnit.MILLISECONDS.sleep(500);
                after = door.linesWritten.get();
            } while (after > before);
            assertTrue(after * TestDoor.LINE.length < 64L << 20, "written without a reader: " + after);
            socket.setSoLinger(true, 0);
        }
        assertTrue(door.writingEnded.await(10, TimeUnit.SECONDS), "nobody reads, and it is written on");
    }
}
