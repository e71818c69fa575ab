package gatehouse.demonstration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.zxing.BarcodeFormat;
import com.google.zxing.WriterException;
import com.google.zxing.client.j2se.MatrixToImageWriter;
import com.google.zxing.qrcode.QRCodeWriter;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * WeChat's servers as far as the product calls them, on this machine's loopback: for the demonstration, which starts it only where it is
 * wanted and no mini program is configured, and for tests, which make it ill. A login code is {@code person.anything} and is good once, as is a
 * code for a phone number, {@code 13900000001.anything}; what begins with {@code invalid} is no code. Tokens are checked as WeChat does.
 */
public final class WeChatEmulator implements AutoCloseable {
    /** The mini program of the demonstration. */
    public static final String APP_ID = "wxdemonstration";
    public static final String SECRET = "demonstration-secret";
    /** The templates of its console, as they are configured. */
    public static final String TEMPLATES = "ROUND=template-round/thing1/thing2,OUTING=template-outing/thing1/thing2,PARCEL=template-parcel/thing1/thing2,"
            + "TICKET=template-ticket/thing1/thing2,NOTICE=template-notice/thing1/thing2";
    /** In every session key and access token, so that one that escapes is recognised. */
    public static final String SESSION_KEY_MARK = "SESSIONKEYCANARY";
    public static final String TOKEN_MARK = "ACCESSTOKENCANARY";

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int OK = 0;
    private static final int TOKEN_SECONDS = 7_200;
    private static final int LEAST_PIXELS = 280;
    private static final int MOST_PIXELS = 1280;

    /** What is called, by the last part of its path. */
    public enum Door {
        TOKEN("/cgi-bin/token"), STABLE_TOKEN("/cgi-bin/stable_token"), CODE_TO_SESSION("/sns/jscode2session"),
        PHONE("/wxa/business/getuserphonenumber"), SUBSCRIBE_SEND("/cgi-bin/message/subscribe/send"),
        TEXT_CHECK("/wxa/msg_sec_check"), UNLIMITED_CODE("/wxa/getwxacodeunlimit");

        private final String path;

        Door(String path) {
            this.path = path;
        }
    }

    /** How a call goes other than well. */
    public sealed interface Illness {
        /** WeChat's error number. */
        record Number(int errcode) implements Illness {
        }

        /** Does what was asked, and answers with that number all the same. */
        record DoneBut(int errcode) implements Illness {
        }

        record Late(long millis) implements Illness {
        }

        /** Takes the request and never answers. */
        record Hang() implements Illness {
        }

        /** Answers with what is no JSON. */
        record Nonsense() implements Illness {
        }
    }

    /** A subscribe message as it arrived. */
    public record Sent(String openid, String templateId, Map<String, String> data, String page, String state) {
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Map<Door, Illness> ill = new ConcurrentHashMap<>();
    private final Map<Door, Deque<Illness>> next = new ConcurrentHashMap<>();
    private final Map<Door, AtomicInteger> counts = new ConcurrentHashMap<>();
    private final AtomicInteger forced = new AtomicInteger();
    private final AtomicInteger numbers = new AtomicInteger();
    private final Set<String> usedCodes = ConcurrentHashMap.newKeySet();
    private final Map<String, String> tokens = new ConcurrentHashMap<>();
    private final List<Sent> sent = new CopyOnWriteArrayList<>();
    private volatile String codeVersion = "";

    private WeChatEmulator() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        server.setExecutor(threads);
        for (var door : Door.values()) {
            counts.put(door, new AtomicInteger());
            next.put(door, new ConcurrentLinkedDeque<>());
            server.createContext(door.path, exchange -> answer(door, exchange));
        }
        server.start();
    }

    /** On a free port of the loopback address; nobody else can reach it. */
    public static WeChatEmulator start() {
        try {
            return new WeChatEmulator();
        } catch (IOException taken) {
            throw new UncheckedIOException(taken);
        }
    }

    public URI host() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** From now on, until {@link #heal}. */
    public void fallIll(Door door, Illness illness) {
        ill.put(door, illness);
    }

    /** Only the next time. */
    public void stumble(Door door, Illness illness) {
        next.get(door).add(illness);
    }

    public void heal() {
        ill.clear();
        next.values().forEach(Deque::clear);
    }

    /** The access tokens in use are void from now on, as after a change of the secret. */
    public void voidTokens() {
        tokens.clear();
    }

    /** Which version of the mini program the code that was drawn last opens. */
    public String codeVersion() {
        return codeVersion;
    }

    public int calls(Door door) {
        return counts.get(door).get();
    }

    /** How many tokens were taken by force. */
    public int forcedTokens() {
        return forced.get();
    }

    public List<Sent> sent() {
        return new ArrayList<>(sent);
    }

    private void answer(Door door, HttpExchange exchange) throws IOException {
        try (exchange) {
            var body = exchange.getRequestBody().readAllBytes();
            counts.get(door).incrementAndGet();
            var asked = new Asked(query(exchange.getRequestURI()), body.length == 0 ? JSON.createObjectNode() : JSON.readTree(body));
            var illness = Optional.ofNullable(next.get(door).poll()).or(() -> Optional.ofNullable(ill.get(door)));
            if (illness.isEmpty()) {
                write(exchange, does(door, asked));
                return;
            }
            switch (illness.get()) {
                case Illness.Number(var errcode) -> write(exchange, error(errcode));
                case Illness.DoneBut(var errcode) -> {
                    does(door, asked);
                    write(exchange, error(errcode));
                }
                case Illness.Late(var millis) -> {
                    closing.await(millis, TimeUnit.MILLISECONDS);
                    write(exchange, does(door, asked));
                }
                case Illness.Hang hang -> closing.await();
                case Illness.Nonsense nonsense -> write(exchange, "<html>502 Bad Gateway</html>".getBytes(StandardCharsets.UTF_8));
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private record Asked(Map<String, String> query, JsonNode body) {
        String of(String name) {
            return query.getOrDefault(name, body.path(name).asText());
        }
    }

    private byte[] does(Door door, Asked asked) throws IOException {
        return switch (door) {
            case TOKEN -> token(asked, true);
            case STABLE_TOKEN -> token(asked, asked.body.path("force_refresh").asBoolean());
            case CODE_TO_SESSION -> session(asked);
            case PHONE -> hasToken(asked) ? phone(asked) : error(40001);
            case SUBSCRIBE_SEND -> hasToken(asked) ? send(asked) : error(40001);
            case TEXT_CHECK -> hasToken(asked) ? checked(asked) : error(40001);
            case UNLIMITED_CODE -> hasToken(asked) ? picture(asked) : error(40001);
        };
    }

    private byte[] token(Asked asked, boolean anew) throws IOException {
        var appId = asked.of("appid");
        if (appId.isEmpty() || asked.of("secret").isEmpty()) {
            return error(40013);
        }
        if (asked.body.path("force_refresh").asBoolean()) {
            forced.incrementAndGet();
        }
        var token = tokens.compute(appId, (id, old) -> old == null || anew ? TOKEN_MARK + numbers.incrementAndGet() : old);
        return json(Map.of("access_token", token, "expires_in", TOKEN_SECONDS));
    }

    private boolean hasToken(Asked asked) {
        return tokens.containsValue(asked.of("access_token"));
    }

    private byte[] session(Asked asked) throws IOException {
        var code = asked.of("js_code");
        if (code.startsWith("invalid") || !code.contains(".")) {
            return error(40029);
        }
        if (!usedCodes.add(code)) {
            return error(40163);
        }
        var person = code.substring(0, code.indexOf('.'));
        return json(Map.of("openid", "openid-" + asked.of("appid") + "-" + person, "session_key", SESSION_KEY_MARK + numbers.incrementAndGet()));
    }

    private byte[] phone(Asked asked) throws IOException {
        var code = asked.of("code");
        if (!code.matches("1[0-9]{10}\\..+")) {
            return error(40029);
        }
        if (!usedCodes.add("phone/" + code)) {
            return error(40163);
        }
        var number = code.substring(0, 11);
        return json(Map.of("errcode", OK, "errmsg", "ok", "phone_info",
                Map.of("phoneNumber", number, "purePhoneNumber", number, "countryCode", "86")));
    }

    private byte[] send(Asked asked) throws IOException {
        var data = new LinkedHashMap<String, String>();
        asked.body.path("data").properties().forEach(field -> data.put(field.getKey(), field.getValue().path("value").asText()));
        if (data.entrySet().stream().anyMatch(field -> !fits(field.getKey(), field.getValue()))) {
            return error(47003);
        }
        sent.add(new Sent(asked.of("touser"), asked.of("template_id"), data, asked.of("page"), asked.of("miniprogram_state")));
        return error(OK);
    }

    /** As WeChat counts: characters, not bytes, and no line breaks. */
    private static boolean fits(String field, String value) {
        int most = field.startsWith("thing") ? 20 : field.startsWith("phrase") ? 5 : field.startsWith("name") ? 10 : 32;
        return !value.isEmpty() && value.codePointCount(0, value.length()) <= most && !value.contains("\n");
    }

    private static byte[] checked(Asked asked) throws IOException {
        boolean risky = asked.of("content").contains("违法违规");
        return json(Map.of("errcode", OK, "errmsg", "ok", "trace_id", "1", "result",
                Map.of("suggest", risky ? "risky" : "pass", "label", risky ? 20001 : 100)));
    }

    private byte[] picture(Asked asked) throws IOException {
        codeVersion = asked.of("env_version");
        if (!asked.of("scene").matches("[0-9a-zA-Z!#$&'()*+,/:;=?@._~-]{1,32}")) {
            return error(40129);
        }
        return drawn(asked.of("page") + "?scene=" + asked.of("scene"), Math.clamp(asked.body.path("width").asInt(), LEAST_PIXELS, MOST_PIXELS));
    }

    /** An ordinary QR code of the page with its scene, where WeChat draws a round one. */
    private static byte[] drawn(String text, int pixels) throws IOException {
        try {
            var png = new ByteArrayOutputStream();
            MatrixToImageWriter.writeToStream(new QRCodeWriter().encode(text, BarcodeFormat.QR_CODE, pixels, pixels), "PNG", png);
            return png.toByteArray();
        } catch (WriterException tooLong) {
            throw new IOException(tooLong);
        }
    }

    private static byte[] error(int errcode) throws IOException {
        return json(Map.of("errcode", errcode, "errmsg", errcode == OK ? "ok" : "emulated, rid: 0"));
    }

    private static byte[] json(Map<String, ?> members) throws IOException {
        return JSON.writeValueAsBytes(new HashMap<>(members));
    }

    private static void write(HttpExchange exchange, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", body.length > 0 && body[0] != '{' && body[0] != '<' ? "image/png" : "application/json");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
    }

    private static Map<String, String> query(URI uri) {
        var found = new LinkedHashMap<String, String>();
        for (var pair : Optional.ofNullable(uri.getRawQuery()).orElse("").split("&")) {
            var parts = pair.split("=", 2);
            found.put(parts[0], parts.length < 2 ? "" : URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return found;
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
