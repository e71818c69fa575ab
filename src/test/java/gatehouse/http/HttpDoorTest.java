package gatehouse.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The door over real connections: what is let in, what is refused and how the connection fares afterwards. */
class HttpDoorTest {
    private static TestDoor door;

    @BeforeAll
    static void open() {
        door = new TestDoor("127.0.0.1");
    }

    @AfterAll
    static void close() {
        door.close();
    }

    private static RawHttp.Response ask(String head) {
        return RawHttp.once(door.port(), head);
    }

    private static RawHttp.Response ask(String head, String body) {
        return RawHttp.once(door.port(), head, body);
    }

    private static String as(String token, String requestLine, String... headers) {
        var head = new StringBuilder(requestLine + " HTTP/1.1\r\nAuthorization: " + token);
        for (var header : headers) {
            head.append("\r\n").append(header);
        }
        return head.toString();
    }

    private static JsonNode problem(RawHttp.Response response, int status, String slug) {
        var body = Json.read(response.body());
        assertEquals(status, response.status(), response::text);
        assertEquals("application/problem+json", response.header("Content-Type"));
        assertEquals("urn:gatehouse:problem:" + slug, body.path("type").asText());
        assertEquals(status, body.path("status").asInt());
        assertEquals("urn:gatehouse:request:" + response.header("X-Request-Id"), body.path("instance").asText());
        assertFalse(body.path("title").asText().isEmpty());
        assertFalse(body.path("detail").asText().isEmpty());
        return body;
    }

    @Test
    void call_ofAllowedCaller_isAnswered() {
        var response = ask(as(TestDoor.RESIDENT, "GET /api/v1/things?limit=7&q=%E9%97%A8"));
        assertEquals(200, response.status());
        assertEquals("application/json", response.header("Content-Type"));
        assertEquals("7", Json.read(response.body()).path("limit").asText());
        assertEquals("门", Json.read(response.body()).path("q").asText());
    }

    @Test
    void apiAnswers_carrySecurityHeaders() {
        for (var response : java.util.List.of(ask(as(TestDoor.RESIDENT, "GET /api/v1/things")), ask("GET /api/v1/things HTTP/1.1"),
                ask("GET /api/v1/nowhere HTTP/1.1"), ask("PATCH /api/v1/things HTTP/1.1"))) {
            assertEquals("no-store", response.header("Cache-Control"));
            assertEquals("2026-11-22T09:03:12+08:00", response.header("Gatehouse-Time"));
            assertEquals("nosniff", response.header("X-Content-Type-Options"));
            assertEquals("no-referrer", response.header("Referrer-Policy"));
            assertEquals("default-src 'none'; frame-ancestors 'none'", response.header("Content-Security-Policy"));
            assertNull(response.header("Strict-Transport-Security"));
        }
        assertNotNull(ask(as(TestDoor.RESIDENT, "GET /api/v1/things", "X-Forwarded-Proto: https")).header("Strict-Transport-Security"));
    }

    @Test
    void token_missingOrUnknown_is401BeforeAnythingElse() {
        for (var head : new String[] {"GET /api/v1/things?limit=wrong HTTP/1.1", "GET /api/v1/things HTTP/1.1\r\nAuthorization: Basic eDp5",
            as("Bearer", "GET /api/v1/things"), as("Bearer stale", "GET /api/v1/things/%zz"), as("Bearer ", "POST /api/v1/things")}) {
            var response = ask(head);
            problem(response, 401, "not-logged-in");
            assertEquals("Bearer", response.header("WWW-Authenticate"));
        }
    }

    @Test
    void role_thatMayNot_is403BeforeItsInputIsRead() {
        problem(ask(as(TestDoor.RESIDENT, "POST /api/v1/things", "Content-Type: text/plain"), "not even JSON"), 403, "not-permitted");
    }

    @Test
    void scheme_isReadWithoutCase() {
        assertEquals(200, ask(as("bearer resident", "GET /api/v1/things")).status());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1", "/api/v1/", "/api/v1/things/", "/api/v1//things", "/api/v1/thing", "/api/v1x/things", "/api/v1/things/a/b",
        "/x/../api/v1/things", "/%61pi/v1/things", "/api/v1/x/../things", "/api/v1/things/%2e%2e/things"})
    void path_thatIsNotExactlyARoute_isNotFound(String path) {
        assertEquals(404, ask(as(TestDoor.RESIDENT, "GET " + path)).status());
    }

    @Test
    void literalSegment_goesBeforeParameter() {
        assertEquals("{\"special\":true}", ask(as(TestDoor.RESIDENT, "GET /api/v1/things/special")).text());
        assertEquals("{\"id\":\"specials\"}", ask(as(TestDoor.RESIDENT, "GET /api/v1/things/specials")).text());
    }

    @Test
    void encodedSlash_isPartOfTheSegment() {
        assertEquals("{\"id\":\"a/b c+d\"}", ask(as(TestDoor.RESIDENT, "GET /api/v1/things/a%2Fb%20c+d")).text());
    }

    @Test
    void path_withBrokenEncoding_isNotFound() {
        problem(ask(as(TestDoor.RESIDENT, "GET /api/v1/things/%zz")), 404, "not-found");
        problem(ask(as(TestDoor.RESIDENT, "GET /api/v1/things/%")), 404, "not-found");
    }

    @Test
    void query_withBrokenEncoding_is400() {
        assertEquals("?", problem(ask(as(TestDoor.RESIDENT, "GET /api/v1/things?q=%zz")), 400, "bad-input").at("/errors/0/pointer").asText());
    }

    @Test
    void otherMethod_is405WithAllow() {
        var response = ask(as(TestDoor.OFFICE, "PUT /api/v1/things/x"), "{}");
        problem(response, 405, "method-not-allowed");
        assertEquals("DELETE, GET, HEAD, OPTIONS", response.header("Allow"));
        assertEquals("OPTIONS, POST", ask("GET /api/v1/files HTTP/1.1").header("Allow"));
    }

    @Test
    void options_saysWhatIsAllowed() {
        var response = ask("OPTIONS /api/v1/things HTTP/1.1");
        assertEquals(204, response.status());
        assertEquals("GET, HEAD, OPTIONS, POST", response.header("Allow"));
        assertEquals(404, ask("OPTIONS /api/v1/nowhere HTTP/1.1").status());
    }

    @Test
    void head_isGetWithoutBody() {
        var get = ask(as(TestDoor.RESIDENT, "GET /api/v1/things"));
        try (var connection = RawHttp.connect(door.port())) {
            var head = connection.ask(as(TestDoor.RESIDENT, "HEAD /api/v1/things"), "");
            assertEquals(200, head.status());
            assertEquals(get.header("Content-Length"), head.header("Content-Length"));
            assertEquals(200, connection.ask(as(TestDoor.RESIDENT, "GET /api/v1/things"), "").status());
        }
        assertEquals(401, ask("HEAD /api/v1/things HTTP/1.1").status());
    }

    @Test
    void mediaType_thatIsNotTaken_is415() {
        for (var header : new String[] {"Content-Type: text/plain", "Content-Type: application/jsonx", "X-None: 1"}) {
            var problem = problem(ask(as(TestDoor.OFFICE, "POST /api/v1/things", header, "Accept-Language: en"), "{\"name\":\"door\"}"),
                    415, "wrong-media-type");
            assertEquals("Send application/json.", problem.path("detail").asText());
        }
        assertEquals(201, ask(as(TestDoor.OFFICE, "POST /api/v1/things", "Content-Type: Application/JSON; charset=utf-8"), "{\"name\":\"door\"}").status());
    }

    @Test
    void body_thatIsOptional_mayBeLeftOut() {
        assertEquals(200, ask("POST /api/v1/open HTTP/1.1").status());
        assertEquals(200, ask("POST /api/v1/open HTTP/1.1\r\nContent-Type: application/json", "{}").status());
        assertEquals(400, ask("POST /api/v1/open HTTP/1.1\r\nContent-Type: application/json", "{\"x\":1}").status());
    }

    @Test
    void body_thatIsMissing_isMalformedHoweverLongTheCallerTookToKnow() {
        for (var length : new String[] {"X-None: 1", "Content-Length: 0"}) {
            problem(ask(as("Bearer later office", "POST /api/v1/things", "Content-Type: application/json", length)), 400, "malformed-body");
            assertEquals(200, ask(as("Bearer later resident", "POST /api/v1/files", "Content-Type: text/csv", length)).status());
        }
    }

    @Test
    void body_tooLargeAsDeclared_is413AndConnectionServesOn() {
        try (var connection = RawHttp.connect(door.port())) {
            problem(connection.ask(as(TestDoor.RESIDENT, "POST /api/v1/files", "Content-Type: text/csv"), "x".repeat(2049)), 413, "too-large");
            assertEquals(200, connection.ask(as(TestDoor.RESIDENT, "POST /api/v1/files", "Content-Type: text/csv"), "x".repeat(2048)).status());
        }
    }

    @Test
    void body_farTooLarge_isAnsweredAllTheSame() {
        var response = ask(as(TestDoor.RESIDENT, "POST /api/v1/files", "Content-Type: text/csv"), "x".repeat(8 << 20));
        problem(response, 413, "too-large");
    }

    @Test
    void body_beyondAllBounds_cutsTheConnection() {
        try (var connection = RawHttp.connect(door.port())) {
            connection.send(as(TestDoor.RESIDENT, "POST /api/v1/files", "Content-Type: text/csv", "Host: test", "Content-Length: 99999999999999999999\r\n\r\n"));
            assertEquals(400, connection.read().status());
        }
        try (var connection = RawHttp.connect(door.port())) {
            connection.send(as(TestDoor.RESIDENT, "POST /api/v1/files", "Content-Type: text/csv", "Host: test", "Content-Length: 99999999999\r\n\r\n"));
            assertEquals(413, connection.read().status());
            assertTrue(isCut(connection));
        }
    }

    private static boolean isCut(RawHttp connection) {
        var chunk = new byte[1 << 20];
        try {
            for (int i = 0; i < 64; i++) {
                connection.send(chunk);
            }
            return false;
        } catch (java.io.UncheckedIOException cut) {
            return true;
        }
    }

    @Test
    void body_inChunks_isReadUpToItsLimit() {
        var head = as(TestDoor.RESIDENT, "POST /api/v1/files", "Content-Type: text/csv", "Host: test", "Transfer-Encoding: chunked\r\n\r\n");
        try (var connection = RawHttp.connect(door.port())) {
            assertEquals("{\"bytes\":6}", connection.send(head + "3\r\nabc\r\n3\r\ndef\r\n0\r\n\r\n").read().text());
            connection.send(head + ("400\r\n" + "x".repeat(1024) + "\r\n").repeat(3) + "0\r\n\r\n");
            problem(connection.read(), 413, "too-large");
            assertEquals("{\"bytes\":1}", connection.send(head + "1\r\nz\r\n0\r\n\r\n").read().text());
        }
    }

    @Test
    void body_withBrokenChunks_isRefused() {
        var head = as(TestDoor.RESIDENT, "POST /api/v1/files", "Content-Type: text/csv", "Host: test", "Transfer-Encoding: chunked\r\n\r\n");
        try (var connection = RawHttp.connect(door.port())) {
            connection.send(head + "zz\r\nabc\r\n");
            assertTrue(isRefused(connection));
        }
    }

    private static boolean isRefused(RawHttp connection) {
        try {
            return connection.read().status() == 400;
        } catch (java.io.UncheckedIOException closed) {
            return true;
        }
    }

    @Test
    void body_thatDoesNotCome_is408() {
        assertTimeout(Duration.ofSeconds(5), () -> {
            try (var connection = RawHttp.connect(door.port())) {
                connection.send(as(TestDoor.RESIDENT, "POST /api/v1/files", "Content-Type: text/csv", "Host: test", "Accept-Language: en",
                        "Content-Length: 10\r\n\r\nabc"));
                var problem = problem(connection.read(), 408, "too-slow");
                assertEquals("The whole body must arrive within 1 seconds; try again.", problem.path("detail").asText());
            }
        });
    }

    @Test
    void body_thatBreaksOff_harmsNobody() {
        RawHttp.connect(door.port()).send(as(TestDoor.RESIDENT, "POST /api/v1/files", "Content-Type: text/csv", "Host: test",
                "Content-Length: 10\r\n\r\nabc")).close();
        assertEquals(200, ask(as(TestDoor.RESIDENT, "GET /api/v1/things")).status());
    }

    @Test
    void body_heldBackUntilContinue_isAskedForOnlyWhereItIsWanted() {
        var headers = new String[] {"Content-Type: text/csv", "Host: test", "Expect: 100-continue", "Content-Length: 3\r\n\r\n"};
        try (var connection = RawHttp.connect(door.port())) {
            connection.send(as(TestDoor.RESIDENT, "POST /api/v1/files", headers));
            assertEquals(100, connection.read().status());
            assertEquals("{\"bytes\":3}", connection.send("abc").read().text());
        }
        try (var connection = RawHttp.connect(door.port())) {
            connection.send(as("Bearer stale", "POST /api/v1/files", headers));
            var refused = connection.read();
            assertEquals(401, refused.status());
            assertEquals("close", refused.header("Connection"));
        }
    }

    @Test
    void requestsInAPipeline_areAnsweredInOrderAfterAnEarlyRefusal() {
        try (var connection = RawHttp.connect(door.port())) {
            var smuggled = "GET /api/v1/things/smuggled HTTP/1.1\r\nHost: test\r\nAuthorization: " + TestDoor.RESIDENT + "\r\n\r\n";
            connection.send("POST /api/v1/things HTTP/1.1\r\nHost: test\r\nContent-Length: " + smuggled.length() + "\r\n\r\n" + smuggled
                    + as(TestDoor.RESIDENT, "POST /api/v1/nowhere", "Host: test", "Content-Length: 2\r\n\r\n{}")
                    + as(TestDoor.RESIDENT, "GET /api/v1/things/second", "Host: test\r\n\r\n")
                    + as(TestDoor.RESIDENT, "GET /api/v1/things/third", "Host: test\r\n\r\n"));
            assertEquals(401, connection.read().status());
            assertEquals(404, connection.read().status());
            assertEquals("{\"id\":\"second\"}", connection.read().text());
            assertEquals("{\"id\":\"third\"}", connection.read().text());
        }
    }

    @Test
    void refusalOfABodylessCall_keepsTheConnection() {
        try (var connection = RawHttp.connect(door.port())) {
            for (var head : new String[] {"GET /api/v1/things HTTP/1.1", "GET /api/v1/nowhere HTTP/1.1", "DELETE /api/v1/things HTTP/1.1",
                as(TestDoor.RESIDENT, "GET /api/v1/things?x=1")}) {
                var response = connection.ask(head, "");
                assertTrue(response.status() >= 400);
                assertNull(response.header("Connection"));
            }
        }
    }

    @Test
    void fault_isProblemWithoutItsInside() {
        for (var kind : new String[] {"thrown", "failed"}) {
            var response = ask("GET /api/v1/faults/" + kind + " HTTP/1.1");
            problem(response, 500, "internal");
            assertFalse(response.text().contains("secret"));
        }
    }

    @Test
    void answer_thatCannotBeWritten_cutsTheConnectionInsteadOfHanging() {
        try (var connection = RawHttp.connect(door.port())) {
            connection.send("GET /api/v1/faults/unwritable HTTP/1.1\r\nHost: test\r\n\r\n");
            assertTimeout(Duration.ofSeconds(5), () -> assertTrue(connection.isClosedByServer()));
        }
    }

    @Test
    void overload_saysWhenToComeBack() {
        var response = ask("GET /api/v1/faults/overloaded HTTP/1.1");
        problem(response, 503, "overloaded");
        assertEquals("3", response.header("Retry-After"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"en|Not found|en", "en-GB,zh;q=0.5|Not found|en", "zh-CN|没有找到|zh-CN", "fr, en;q=0.1|Not found|en", "|没有找到|zh-CN",
        ";q=,,,;;|没有找到|zh-CN", "en;q=abc|没有找到|zh-CN", "*|没有找到|zh-CN"})
    void problem_speaksTheCallersLanguage(String accept, String title, String language) {
        var response = ask("GET /api/v1/nowhere HTTP/1.1\r\nAccept-Language: " + (accept == null ? "" : accept));
        assertEquals(title, problem(response, 404, "not-found").path("title").asText());
        assertEquals(language, response.header("Content-Language"));
    }

    @Test
    void requestId_isTheCallersTraceIdWhereItIsValid() {
        var trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        assertEquals(trace, ask("GET /api/v1/x HTTP/1.1\r\ntraceparent: 00-" + trace + "-00f067aa0ba902b7-01").header("X-Request-Id"));
        assertFalse(ask("GET /api/v1/x HTTP/1.1\r\ntraceparent: 00-" + "0".repeat(32) + "-00f067aa0ba902b7-01").header("X-Request-Id").startsWith("0000"));
    }

    @Test
    void strangeRequests_areRefusedAndSurvived() {
        for (var raw : new String[] {"GARBAGE\r\n\r\n", "GET\r\n\r\n", "OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n", "GET foo HTTP/1.1\r\nHost: x\r\n\r\n",
            "GET /" + "a".repeat(9000) + " HTTP/1.1\r\nHost: x\r\n\r\n", "GET / HTTP/1.1\r\nHost: x\r\nX-Big: " + "a".repeat(20_000) + "\r\n\r\n",
            "CONNECT x:1 HTTP/1.1\r\nHost: x\r\n\r\n", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "GET /\u0000 HTTP/1.1\r\nHost: x\r\n\r\n",
            "TRACE /api/v1/things HTTP/1.1\r\nHost: x\r\n\r\n", "GET /docs%zz HTTP/1.1\r\nHost: x\r\n\r\n", "MADE-UP /resident/ HTTP/1.1\r\nHost: x\r\n\r\n"}) {
            try (var connection = RawHttp.connect(door.port())) {
                connection.send(raw.getBytes(StandardCharsets.ISO_8859_1));
                var status = statusOf(connection);
                assertTrue(status >= 400 && status != 500, () -> status + " for " + raw.substring(0, Math.min(40, raw.length())));
            }
        }
        assertEquals(200, ask(as(TestDoor.RESIDENT, "GET /api/v1/things")).status());
    }

    private static int statusOf(RawHttp connection) {
        try {
            return connection.read().status();
        } catch (java.io.UncheckedIOException closedWithoutAWord) {
            return 400;
        }
    }

    @Test
    void forwardedAddress_isBelievedOfAProxyAlone() {
        var head = as(TestDoor.RESIDENT, "GET /api/v1/things", "X-Forwarded-For: 203.0.113.9, 198.51.100.7");
        assertEquals("198.51.100.7", Json.read(ask(head).body()).path("client").asText());
        try (var alone = new TestDoor()) {
            assertEquals("127.0.0.1", Json.read(RawHttp.once(alone.port(), head).body()).path("client").asText());
        }
    }

    @Test
    void probes_sayAliveAndNotReadyWithoutDatabase() {
        assertEquals("alive\n", ask("GET /livez HTTP/1.1").text());
        var ready = ask("GET /readyz HTTP/1.1");
        assertEquals(503, ready.status());
        assertEquals("database unavailable\n", ready.text());
        ask(as(TestDoor.RESIDENT, "GET /api/v1/things"));
        assertTrue(ask("GET /metrics HTTP/1.1").text().contains("gatehouse_requests_seconds_count{operation=\"listThings\",status=\"200\"}"));
        for (var path : new String[] {"/livez", "/readyz", "/metrics"}) {
            assertEquals("nosniff", ask("GET " + path + " HTTP/1.1").header("X-Content-Type-Options"));
            assertEquals(405, ask("POST " + path + " HTTP/1.1").status());
        }
    }

    @Test
    void document_isTheContract() {
        var response = ask("GET /openapi.json HTTP/1.1");
        assertEquals("application/json", response.header("Content-Type"));
        assertEquals(door.contract.document(), Json.read(response.body()));
    }

    @Test
    void docs_showEveryOperationEscapedAndWithoutScript() {
        var response = ask("GET /docs HTTP/1.1");
        var page = response.text();
        assertEquals("text/html; charset=utf-8", response.header("Content-Type"));
        assertTrue(response.header("Content-Security-Policy").contains("script-src 'self'"));
        door.contract.operations().keySet().forEach(id -> assertTrue(page.contains("id=\"" + id + "\""), id));
        assertTrue(page.contains("Make &lt;one&gt; &amp; &quot;tell&quot;."));
        assertTrue(page.contains("Test &lt;door&gt;"));
        assertFalse(page.contains("<script"));
        var sheet = page.replaceAll("(?s).*<link rel=\"stylesheet\" href=\"([^\"]+)\".*", "$1");
        assertEquals(200, ask("GET " + sheet + " HTTP/1.1").status());
    }

    @Test
    void closing_letsTheRequestUnderWayFinishAndSaysNotReady() {
        var closing = new TestDoor();
        try (var connection = RawHttp.connect(closing.port())) {
            connection.send("GET /api/v1/faults/slow HTTP/1.1\r\nHost: test\r\n\r\n");
            RawHttp.once(closing.port(), "GET /livez HTTP/1.1");
            var close = Thread.startVirtualThread(closing::close);
            var answer = connection.read();
            assertEquals("{\"waited\":true}", answer.text());
            assertTimeout(Duration.ofSeconds(9), () -> close.join());
        }
    }

    /** Silence is no sign of quiet where nobody gets to listen. */
    @Test
    void closing_onStarvedEventLoops_answersWhatWasSentMeanwhile() throws Exception {
        var closing = new TestDoor();
        try (var connection = RawHttp.connect(closing.port())) {
            assertEquals(200, connection.ask(as(TestDoor.RESIDENT, "GET /api/v1/things"), "").status());
            closing.starve();
            connection.send(as(TestDoor.RESIDENT, "GET /api/v1/things/sent", "Host: test") + "\r\n\r\n");
            var close = Thread.startVirtualThread(closing::close);
            var answer = connection.read();
            assertEquals("{\"id\":\"sent\"}", answer.text());
            assertEquals("close", answer.header("Connection"));
            assertTimeout(Duration.ofSeconds(20), () -> close.join());
        }
    }
}
