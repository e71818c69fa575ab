package gatehouse.demonstration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * An SMS provider on this machine's loopback, for the demonstration and for tests, which make it ill. It checks signatures, and knows a message
 * again by its id only where it is told to: most real ones do not.
 */
public final class SmsEmulator implements AutoCloseable {
    public static final String KEY = "demonstration";
    public static final String SECRET = "demonstration-sms-secret";
    public static final String SIGN = "门房演示";

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String PATH = "/v1/messages";

    /** How a request to send goes other than well. */
    public sealed interface Illness {
        /** Does nothing and answers with that status. */
        record Status(int status) implements Illness {
        }

        /** Sends, and answers with that status all the same. */
        record DoneBut(int status) implements Illness {
        }

        /** Takes the request and never answers. */
        record Hang() implements Illness {
        }
    }

    /** A message as it arrived. */
    public record Sent(String id, String phone, String sign, String template, String text) {
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Deque<Illness> next = new ConcurrentLinkedDeque<>();
    private final List<Sent> sent = new CopyOnWriteArrayList<>();
    private final Set<String> unreachable = ConcurrentHashMap.newKeySet();
    private final AtomicInteger calls = new AtomicInteger();
    private volatile Optional<Illness> ill = Optional.empty();
    private volatile boolean knowsIds;

    private SmsEmulator() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        server.setExecutor(threads);
        server.createContext(PATH, this::answer);
        server.start();
    }

    /** On a free port of the loopback address; nobody else can reach it. */
    public static SmsEmulator start() {
        try {
            return new SmsEmulator();
        } catch (IOException taken) {
            throw new UncheckedIOException(taken);
        }
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + PATH);
    }

    /** From now on, until {@link #heal}. */
    public void fallIll(Illness illness) {
        ill = Optional.of(illness);
    }

    /** Only the next time. */
    public void stumble(Illness illness) {
        next.add(illness);
    }

    public void heal() {
        ill = Optional.empty();
        next.clear();
    }

    /** From now on it sends what it had before no second time. */
    public void knowIds() {
        knowsIds = true;
    }

    /** That phone is switched off: what is sent to it does not arrive. */
    public void switchOff(String phone) {
        unreachable.add(phone);
    }

    public List<Sent> sent() {
        return new ArrayList<>(sent);
    }

    /** Requests to send. */
    public int calls() {
        return calls.get();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var body = exchange.getRequestBody().readAllBytes();
            if (!isSigned(exchange, body)) {
                write(exchange, 401, Map.of("code", "SIGNATURE"));
            } else if (exchange.getRequestMethod().equals("GET")) {
                receipt(exchange);
            } else {
                calls.incrementAndGet();
                take(exchange, JSON.readTree(body));
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void take(HttpExchange exchange, JsonNode asked) throws IOException, InterruptedException {
        var illness = Optional.ofNullable(next.poll()).or(() -> ill);
        if (illness.isEmpty()) {
            boolean known = knowsIds && sent.stream().anyMatch(each -> each.id().equals(asked.path("id").asText()));
            if (!known) {
                send(asked);
            }
            write(exchange, known ? 409 : 202, Map.of("status", "PENDING"));
            return;
        }
        switch (illness.get()) {
            case Illness.Status(var status) -> write(exchange, status, Map.of("code", "EMULATED"));
            case Illness.DoneBut(var status) -> {
                send(asked);
                write(exchange, status, Map.of("code", "EMULATED"));
            }
            case Illness.Hang hang -> closing.await();
        }
    }

    private void send(JsonNode asked) {
        sent.add(new Sent(asked.path("id").asText(), asked.path("phone").asText(), asked.path("sign").asText(), asked.path("template").asText(),
                asked.path("text").asText()));
    }

    private void receipt(HttpExchange exchange) throws IOException {
        var id = exchange.getRequestURI().getPath().substring(PATH.length() + 1);
        var message = sent.stream().filter(each -> each.id().equals(id)).findFirst();
        if (message.isEmpty()) {
            write(exchange, 404, Map.of("code", "UNKNOWN"));
        } else {
            write(exchange, 200, Map.of("status", unreachable.contains(message.get().phone()) ? "UNDELIVERED" : "DELIVERED"));
        }
    }

    private static boolean isSigned(HttpExchange exchange, byte[] body) {
        var headers = exchange.getRequestHeaders();
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            var signed = exchange.getRequestMethod() + "\n" + exchange.getRequestURI().getRawPath() + "\n" + headers.getFirst("X-Sms-Timestamp") + "\n"
                    + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
            return KEY.equals(headers.getFirst("X-Sms-Key"))
                    && HexFormat.of().formatHex(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8))).equals(headers.getFirst("X-Sms-Signature"));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException(missing);
        }
    }

    private static void write(HttpExchange exchange, int status, Map<String, String> members) throws IOException {
        var body = JSON.writeValueAsBytes(members);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
