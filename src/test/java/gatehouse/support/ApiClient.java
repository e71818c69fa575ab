package gatehouse.support;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import gatehouse.http.Contract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscribers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who calls the API, with or without a token. Whatever is answered must be what the contract says of that operation:
 * its status, its media type, its schema. Immutable; {@link #with} and {@link #withToken} give another one.
 */
public final class ApiClient {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(5)).build();

    private final Promises promises;
    private final URI address;
    private final Map<String, String> headers;
    private final @Nullable JsonNode me;
    private final @Nullable String refreshToken;

    ApiClient(Promises promises, URI address) {
        this(promises, address, Map.of("Accept-Language", "en"), null, null);
    }

    private ApiClient(Promises promises, URI address, Map<String, String> headers, @Nullable JsonNode me, @Nullable String refreshToken) {
        this.promises = promises;
        this.address = address;
        this.headers = headers;
        this.me = me;
        this.refreshToken = refreshToken;
    }

    /** What came back, already found to be as the contract says. */
    public record Answer(int status, JsonNode body, HttpResponse<byte[]> raw) {
        public Answer expect(int expected) {
            assertEquals(expected, status, body.toString());
            return this;
        }

        /** A problem of that slug. */
        public Answer expectProblem(int expected, String slug) {
            expect(expected);
            assertEquals("urn:gatehouse:problem:" + slug, body.path("type").asText(), body.toString());
            return this;
        }

        /** A 400 that names this field among others. */
        public Answer expectBadField(String pointer) {
            expectProblem(400, "bad-input");
            assertTrue(body.path("errors").findValuesAsText("pointer").contains(pointer), body.toString());
            return this;
        }

        public Optional<String> header(String name) {
            return raw.headers().firstValue(name);
        }

        /** The text at a JSON pointer, such as {@code /items/0/id}. */
        public String text(String pointer) {
            var node = body.at(pointer);
            assertTrue(node.isValueNode() && !node.isNull(), pointer + " in " + body);
            return node.asText();
        }
    }

    /** The same person with one header more, or another value of it. */
    public ApiClient with(String header, String value) {
        var more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new ApiClient(promises, address, more, me, refreshToken);
    }

    public ApiClient withToken(String accessToken) {
        return with("Authorization", "Bearer " + accessToken);
    }

    /** The same person, without their token. */
    public ApiClient withoutToken() {
        var fewer = new LinkedHashMap<>(headers);
        fewer.remove("Authorization");
        return new ApiClient(promises, address, fewer, null, null);
    }

    /** The same person at the door of another instance. */
    public ApiClient at(ApiClient other) {
        return new ApiClient(promises, other.address, headers, me, refreshToken);
    }

    public ApiClient withKey(UUID idempotencyKey) {
        return with("Idempotency-Key", idempotencyKey.toString());
    }

    public ApiClient logIn(String phone, String password) {
        return as(post("/auth/login", Map.of("phone", phone, "password", password)).expect(200));
    }

    /** Whoever the answer to a login, an activation or a refresh says. */
    public ApiClient as(Answer loggedIn) {
        var next = withToken(loggedIn.text("/accessToken"));
        return new ApiClient(promises, address, next.headers, loggedIn.body.path("me"), loggedIn.text("/refreshToken"));
    }

    /** Whoever these tokens belong to. */
    ApiClient as(String accessToken, String refresh) {
        var next = withToken(accessToken);
        return new ApiClient(promises, address, next.headers, next.get("/me").expect(200).body(), refresh);
    }

    /** The {@code me} that came with the tokens. */
    public JsonNode me() {
        if (me == null) {
            throw new IllegalStateException("nobody is logged in");
        }
        return me;
    }

    public UUID id() {
        return UUID.fromString(me().path("id").asText());
    }

    public String refreshToken() {
        if (refreshToken == null) {
            throw new IllegalStateException("nobody is logged in");
        }
        return refreshToken;
    }

    public String accessToken() {
        return headers.getOrDefault("Authorization", "").replaceFirst("^Bearer ", "");
    }

    public Answer get(String path) {
        return send("GET", path, null);
    }

    public Answer post(String path, Object body) {
        return send("POST", path, body);
    }

    public Answer post(String path) {
        return send("POST", path, null);
    }

    public Answer put(String path, Object body) {
        return send("PUT", path, body);
    }

    public Answer delete(String path) {
        return send("DELETE", path, null);
    }

    /** {@code path} below {@link Contract#BASE_PATH}, with its query; a {@code body} is written as JSON. */
    public Answer send(String method, String path, @Nullable Object body) {
        return body == null ? send(method, path, null, null) : send(method, path, "application/json", bytes(body));
    }

    /** Any body of any media type. */
    public Answer send(String method, String path, @Nullable String mediaType, byte @Nullable [] body) {
        var request = HttpRequest.newBuilder(URI.create(address + Contract.BASE_PATH + path)).timeout(Duration.ofSeconds(30))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
        headers.forEach(request::setHeader);
        if (mediaType != null) {
            request.setHeader("Content-Type", mediaType);
        }
        try {
            var response = ask(request.build());
            for (int again = 0; again < 3 && endedAtOnce(method, response); again++) {
                response = ask(request.build());
            }
            return checked(method, path, response);
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    private static HttpResponse<byte[]> ask(HttpRequest request) throws IOException, InterruptedException {
        return HTTP.send(request, head -> isStream(head.headers().firstValue("Content-Type").orElse("")) ? new FirstEvent() : BodySubscribers.ofByteArray());
    }

    /** A stream whose caller's area changed before its first event: as the contract says, it may be asked for again at once. */
    private static boolean endedAtOnce(String method, HttpResponse<byte[]> response) {
        return method.equals("GET") && isStream(response.headers().firstValue("Content-Type").orElse(""))
                && EventStream.dataIn(new String(response.body(), java.nio.charset.StandardCharsets.UTF_8)).isEmpty();
    }

    /** What is answered by events goes on until the client has enough; here that is the first. Its data is the body. */
    public EventStream stream(String path) {
        var request = HttpRequest.newBuilder(URI.create(address + Contract.BASE_PATH + path)).GET();
        headers.forEach(request::setHeader);
        return new EventStream(HTTP, request.build(), data -> checkedData(path, data));
    }

    private static boolean isStream(String mediaType) {
        return mediaType.startsWith("text/event-stream");
    }

    /** A stream that ends before it told anything, because its caller may no longer, is as if it had been refused. */
    private Answer firstOf(String path, String read, HttpResponse<byte[]> response) {
        var data = EventStream.dataIn(read);
        if (!read.contains("event: end\n")) {
            return new Answer(response.statusCode(), checkedData(path, data), response);
        }
        var problem = tree(data.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        return new Answer(problem.path("status").asInt(), problem, response);
    }

    private JsonNode checkedData(String path, String data) {
        var body = tree(data.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        var schema = promises.schema(promises.operationOf("GET", path.split("\\?", 2)[0]).orElseThrow().operationId(), 200).orElseThrow();
        var faults = schema.validate(body);
        assertTrue(faults.isEmpty(), () -> faults + " in " + data);
        return body;
    }

    private Answer checked(String method, String path, HttpResponse<byte[]> response) {
        var told = method + " " + path + " -> " + response.statusCode() + " " + new String(response.body(), java.nio.charset.StandardCharsets.UTF_8);
        int status = response.statusCode();
        assertTrue(response.headers().firstValue("X-Request-Id").isPresent(), told);
        var mediaType = response.headers().firstValue("Content-Type").orElse("");
        var operation = promises.operationOf(method, path.split("\\?", 2)[0]);
        if (operation.isEmpty()) {
            assertTrue(status == 404 || status == 405, told);
            return new Answer(status, tree(response.body()), response);
        }
        var id = operation.get().operationId();
        assertTrue(promises.answers(id, status), "not in the contract: " + told);
        if (response.body().length == 0) {
            assertTrue(status == 204 || status == 304, told);
            return new Answer(status, JSON.nullNode(), response);
        }
        if (isStream(mediaType)) {
            return firstOf(path, new String(response.body(), java.nio.charset.StandardCharsets.UTF_8), response);
        }
        if (!mediaType.startsWith("application/json") && !mediaType.startsWith("application/problem+json")) {
            return new Answer(status, JSON.nullNode(), response);
        }
        assertEquals(status >= 400 ? "application/problem+json" : "application/json", mediaType, told);
        var body = tree(response.body());
        var schema = promises.schema(id, status);
        assertTrue(schema.isPresent(), () -> "the contract has no body here: " + told);
        var faults = schema.get().validate(body);
        assertTrue(faults.isEmpty(), () -> faults + " in " + told);
        if (status >= 400) {
            assertEquals(status, body.path("status").asInt(), told);
        }
        return new Answer(status, body, response);
    }

    private static byte[] bytes(Object body) {
        try {
            return JSON.writeValueAsBytes(body);
        } catch (JsonProcessingException unwritable) {
            throw new IllegalArgumentException(unwritable);
        }
    }

    private static JsonNode tree(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (IOException noJson) {
            throw new UncheckedIOException(noJson);
        }
    }
}
