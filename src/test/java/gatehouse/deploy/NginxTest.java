package gatehouse.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The site by itself, in front of something that answers with the headers it was sent. */
@Timeout(120)
class NginxTest {
    private static final int LONG = 3_000;

    private static final CountDownLatch FIRST_WAS_READ = new CountDownLatch(1);
    private static final CountDownLatch ROSTER_BEGAN = new CountDownLatch(1);

    private static HttpServer instance;
    private static Nginx nginx;
    private static HttpClient client;

    @BeforeAll
    static void start() throws Exception {
        instance = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        instance.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        instance.createContext("/", exchange -> {
            var told = new StringBuilder("{");
            exchange.getRequestHeaders().forEach((name, values) -> told.append('"').append(name).append("\":\"").append(values).append("\","));
            var body = told.append("\"filling\":\"").append("x".repeat(LONG)).append("\"}").toString().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        instance.createContext("/api/v1/monitor/stream", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write("data: first\n\n".getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
            try {
                FIRST_WAS_READ.await(20, TimeUnit.SECONDS);
            } catch (InterruptedException stopped) {
                throw new IllegalStateException(stopped);
            }
            exchange.getResponseBody().write("data: second\n\n".getBytes(StandardCharsets.UTF_8));
            exchange.close();
        });
        instance.createContext("/api/v1/imports/", exchange -> {
            ROSTER_BEGAN.countDown();
            var taken = Integer.toString(exchange.getRequestBody().readAllBytes().length).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, taken.length);
            exchange.getResponseBody().write(taken);
            exchange.close();
        });
        instance.createContext("/shared/", exchange -> {
            var page = "x".repeat(LONG).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Vary", "Accept-Encoding");
            exchange.getResponseHeaders().set("Content-Type", "text/html");
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
            exchange.close();
        });
        instance.start();
        nginx = Nginx.inFrontOf(instance.getAddress().getPort());
        client = nginx.client(Version.HTTP_2);
    }

    @AfterAll
    static void stop() throws InterruptedException {
        if (instance != null) {
            instance.stop(0);
        }
        if (nginx != null) {
            nginx.close();
        }
    }

    private static HttpResponse<String> get(URI address, String... headers) throws Exception {
        var request = HttpRequest.newBuilder(address);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    @Test
    void plainHttp_isSentToTls() throws Exception {
        var answer = get(nginx.plainAt("/resident/"));
        assertEquals(301, answer.statusCode());
        assertTrue(answer.headers().firstValue("Location").orElse("").startsWith("https://"));
    }

    @Test
    void browsers_areAnsweredByHttp2() throws Exception {
        var answer = get(nginx.at("/resident/"));
        assertEquals(200, answer.statusCode());
        assertEquals(Version.HTTP_2, answer.version());
    }

    @Test
    void metrics_stayInside() throws Exception {
        assertEquals(404, get(nginx.at("/metrics")).statusCode());
        assertEquals(404, get(nginx.at("/metrics/")).statusCode());
        assertEquals(404, get(nginx.at("/x/../metrics")).statusCode());
        assertEquals(404, get(nginx.at("/%6Detrics")).statusCode());
    }

    @Test
    void anInstance_learnsWhoReallyConnected_whateverTheyClaim() throws Exception {
        var told = get(nginx.at("/api/v1/me"), "X-Forwarded-For", "203.0.113.9", "X-Forwarded-Proto", "http").body();
        assertTrue(told.contains("\"X-forwarded-for\":\"[127.0.0.1]\""), told);
        assertTrue(told.contains("\"X-forwarded-proto\":\"[https]\""), told);
        assertFalse(told.contains("203.0.113.9"), told);
    }

    @Test
    void answersOfTheApi_areCompressed_butNotThoseWithSecrets() throws Exception {
        assertEquals("gzip", get(nginx.at("/api/v1/households"), "Accept-Encoding", "gzip").headers().firstValue("Content-Encoding").orElse(""));
        assertEquals("", get(nginx.at("/api/v1/auth/refresh"), "Accept-Encoding", "gzip").headers().firstValue("Content-Encoding").orElse(""));
    }

    @Test
    void files_sayOnceByWhatTheyVary() throws Exception {
        assertEquals(List.of("Accept-Encoding"), get(nginx.at("/shared/app.css")).headers().allValues("Vary"));
    }

    @Test
    void aRoster_goesStraightThrough_notByWayOfADisk() throws Exception {
        var lines = "3,2,1402,某人\n".repeat(200_000).getBytes(StandardCharsets.UTF_8);
        var halves = HttpRequest.BodyPublishers.ofByteArrays(() -> new java.util.Iterator<>() {
            private int half;

            @Override
            public boolean hasNext() {
                return half < 2;
            }

            @Override
            public byte[] next() {
                if (half == 1) {
                    awaitBegin();
                }
                return Arrays.copyOfRange(lines, half * (lines.length / 2), ++half == 2 ? lines.length : lines.length / 2);
            }
        });
        var answer = client.sendAsync(HttpRequest.newBuilder(nginx.at("/api/v1/imports/roster")).POST(halves).build(), BodyHandlers.ofString());
        assertEquals(Integer.toString(lines.length), answer.get(30, TimeUnit.SECONDS).body());
    }

    private static void awaitBegin() {
        try {
            assertTrue(ROSTER_BEGAN.await(20, TimeUnit.SECONDS), "the instance hears of a roster only when nginx has all of it");
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    @Test
    void tooLargeABody_isAProblem() throws Exception {
        var body = HttpRequest.BodyPublishers.ofByteArray(new byte[23_000_000]);
        // nginx answers before it has read all, and a client of HTTP/1.1 may still be writing then.
        var answer = client.send(HttpRequest.newBuilder(nginx.at("/api/v1/tickets")).POST(body).build(), BodyHandlers.ofString());
        isProblem(answer, 413, "too-large");
    }

    @Test
    void whereNoInstanceAnswers_aProblemSaysWhenToComeBack() throws Exception {
        try (var alone = Nginx.inFrontOf(Nginx.freePort())) {
            for (var path : List.of("/api/v1/me", "/resident/")) {
                var answer = alone.client(Version.HTTP_2).send(HttpRequest.newBuilder(alone.at(path)).build(), BodyHandlers.ofString());
                isProblem(answer, 503, "unavailable");
                assertEquals("5", answer.headers().firstValue("Retry-After").orElse(""));
            }
        }
    }

    private static void isProblem(HttpResponse<String> answer, int status, String slug) {
        assertEquals(status, answer.statusCode());
        assertEquals("application/problem+json", answer.headers().firstValue("Content-Type").orElse(""));
        var problem = new JsonObject(answer.body());
        assertEquals(status, problem.getInteger("status"));
        assertEquals("urn:gatehouse:problem:" + slug, problem.getString("type"));
    }

    @Test
    void queries_areNotLogged() throws Exception {
        get(nginx.at("/resident/?code=K7Q2SECRET"), "Referer", "https://localhost/?code=K7Q2SECRET");
        get(nginx.plainAt("/resident/?code=K7Q2SECRET"));
        long end = System.nanoTime() + 5_000_000_000L;
        while (!nginx.log().contains("\"path\":\"/resident/\"") && System.nanoTime() < end) {
            Thread.sleep(20);
        }
        assertTrue(nginx.log().contains("\"path\":\"/resident/\""), nginx.log());
        assertFalse(nginx.log().contains("K7Q2SECRET"));
        assertFalse(nginx.errors().contains("K7Q2SECRET"));
    }

    @Test
    void oneSessionThatFloods_isSlowed_withAProblemAndWhenToComeBack() throws Exception {
        var answers = atOnce(IntStream.range(0, 300).mapToObj(i -> "flooding").toList());
        var refused = answers.stream().filter(answer -> answer.statusCode() == 429).findFirst().orElseThrow();
        assertEquals("2", refused.headers().firstValue("Retry-After").orElse(""));
        isProblem(refused, 429, "too-many-attempts");
    }

    @Test
    void aCompoundBehindOneAddress_isNotSlowed() throws Exception {
        // Two hundred homes open the page: its files count apart.
        assertEquals(List.of(200), atOnce("/shared/app.css", IntStream.range(0, 5_000).mapToObj(i -> "resident-" + i % 200).toList())
                .stream().map(HttpResponse::statusCode).distinct().toList());
        var answers = atOnce(IntStream.range(0, 1_200).mapToObj(i -> "resident-" + i % 300).toList());
        assertEquals(List.of(200), answers.stream().map(HttpResponse::statusCode).distinct().toList());
    }

    @Test
    void homesBehindOneAddress_thatAreNotLoggedInYet_areNotSlowed() throws Exception {
        var answers = atOnce(IntStream.range(0, 600).mapToObj(i -> "").toList());
        assertEquals(List.of(200), answers.stream().map(HttpResponse::statusCode).distinct().toList());
    }

    @Test
    void anEvent_arrivesBeforeTheNextIsWritten_uncompressed() throws Exception {
        var answer = client.send(HttpRequest.newBuilder(nginx.at("/api/v1/monitor/stream")).header("Accept-Encoding", "gzip").build(), BodyHandlers.ofInputStream());
        assertEquals("", answer.headers().firstValue("Content-Encoding").orElse(""));
        try (var lines = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
            assertEquals("data: first", lines.readLine());
            FIRST_WAS_READ.countDown();
            assertEquals("", lines.readLine());
            assertEquals("data: second", lines.readLine());
        }
    }

    /** One request for each of these sessions; an empty one bears no token. */
    private static List<HttpResponse<String>> atOnce(List<String> sessions) throws Exception {
        return atOnce("/api/v1/me", sessions);
    }

    private static List<HttpResponse<String>> atOnce(String path, List<String> sessions) throws Exception {
        try (var people = Executors.newFixedThreadPool(16)) {
            var asked = new ArrayList<java.util.concurrent.Future<HttpResponse<String>>>();
            sessions.forEach(session -> asked.add(people.submit(() -> session.isEmpty() ? get(nginx.at(path))
                    : get(nginx.at(path), "Authorization", "Bearer " + session))));
            var answers = new ArrayList<HttpResponse<String>>();
            for (var each : asked) {
                answers.add(each.get());
            }
            return answers;
        }
    }
}
