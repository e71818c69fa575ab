package gatehouse.sms;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import gatehouse.kernel.BusinessClock;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A provider that takes JSON: {@code POST url {id, phone, sign, template, arguments, text}} and, for what became of it, {@code GET url/id}, which
 * answers {@code {"status": "PENDING" | "DELIVERED" | "UNDELIVERED"}}. What a real provider wants instead is a few lines in a gateway before it.
 *
 * <p>Each request carries {@code X-Sms-Key}, {@code X-Sms-Timestamp} (seconds) and {@code X-Sms-Signature}: HMAC-SHA256 by the secret, in
 * hexadecimal, over method, path, timestamp and the SHA-256 of the body in hexadecimal, each followed by a line feed but the last. The status
 * says it all: 2xx and 409 (this id was taken before) accepted; 400, 413, 422 refused; 429 and 503 not now, with {@code Retry-After} in seconds;
 * 3xx, 401, 403, 404, 405 the settings are wrong; anything else says nothing. {@code {"code": …}} in it is kept for the operator.
 */
final class HttpSmsProvider implements SmsProvider, AutoCloseable {
    /** How long a connection, and the whole answer, may take. */
    record Limits(Duration connecting, Duration deadline) {
        static final Limits DEFAULT = new Limits(Duration.ofSeconds(2), Duration.ofSeconds(5));
    }

    private static final JsonMapper JSON = JsonMapper.builder().build();
    /** Nothing in which a phone number could hide. */
    private static final Pattern CODE = Pattern.compile("(?!.*[0-9]{7})[A-Za-z0-9][A-Za-z0-9._-]{0,39}");
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,5}");

    private final SmsAccount account;
    private final BusinessClock clock;
    private final Limits limits;
    private final HttpClient client;

    HttpSmsProvider(SmsAccount account, BusinessClock clock, Limits limits) {
        this.account = account;
        this.clock = clock;
        this.limits = limits;
        this.client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(limits.connecting).build();
    }

    /** No answer that says anything; {@code sent}: the request may have arrived. */
    private static final class NoAnswer extends Exception {
        private static final long serialVersionUID = 1L;
        private final boolean sent;

        NoAnswer(boolean sent) {
            super(null, null, false, false);
            this.sent = sent;
        }
    }

    @Override
    public Answer send(Sms sms) {
        var body = new LinkedHashMap<String, Object>();
        body.put("id", sms.deliveryId());
        body.put("phone", sms.phone());
        body.put("sign", account.sign());
        body.put("template", sms.template());
        body.put("arguments", sms.arguments());
        body.put("text", sms.text());
        try {
            return answer(exchange("POST", account.url(), JSON.writeValueAsBytes(body)));
        } catch (NoAnswer none) {
            return none.sent ? new Answer.Silent() : new Answer.NotNow(Optional.empty(), "unreachable");
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Answer answer(HttpResponse<String> response) {
        int status = response.statusCode();
        var code = Optional.of(json(response).path("code").asText()).filter(word -> CODE.matcher(word).matches()).orElse(Integer.toString(status));
        if (status / 100 == 2 || status == 409) {
            return new Answer.Accepted();
        }
        return switch (status) {
            case 400, 413, 422 -> new Answer.Refused(code);
            case 429, 503 -> new Answer.NotNow(response.headers().firstValue("Retry-After").filter(text -> SECONDS.matcher(text).matches())
                    .map(text -> Duration.ofSeconds(Long.parseLong(text))), code);
            case 301, 302, 303, 307, 308, 401, 403, 404, 405 -> new Answer.Denied(code);
            // an open set of numbers
            default -> new Answer.Silent();
        };
    }

    @Override
    public Receipt receipt(UUID deliveryId) {
        try {
            var response = exchange("GET", URI.create(account.url() + "/" + deliveryId), new byte[0]);
            return response.statusCode() != 200 ? Receipt.UNKNOWN : switch (json(response).path("status").asText()) {
                case "PENDING" -> Receipt.PENDING;
                case "DELIVERED" -> Receipt.DELIVERED;
                case "UNDELIVERED" -> Receipt.UNDELIVERED;
                case String other -> Receipt.UNKNOWN;
            };
        } catch (NoAnswer none) {
            return Receipt.UNKNOWN;
        }
    }

    private static JsonNode json(HttpResponse<String> response) {
        try {
            var read = JSON.readTree(response.body());
            return read == null ? JSON.missingNode() : read;
        } catch (JsonProcessingException otherwise) {
            return JSON.missingNode();
        }
    }

    private HttpResponse<String> exchange(String method, URI url, byte[] body) throws NoAnswer {
        var timestamp = Long.toString(clock.now().toEpochSecond());
        var request = HttpRequest.newBuilder(url).method(method, method.equals("GET") ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body))
                .header("Content-Type", "application/json").header("Accept", "application/json")
                .header("X-Sms-Key", account.key()).header("X-Sms-Timestamp", timestamp)
                .header("X-Sms-Signature", signature(account.secret(), method, url.getRawPath(), timestamp, body)).build();
        var answer = client.sendAsync(request, BodyHandlers.ofString());
        try {
            return answer.get(limits.deadline.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            answer.cancel(true);
            throw new NoAnswer(true);
        } catch (ExecutionException failed) {
            throw new NoAnswer(!(failed.getCause() instanceof ConnectException || failed.getCause() instanceof HttpConnectTimeoutException));
        } catch (InterruptedException stopped) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new NoAnswer(true);
        }
    }

    private static String signature(String secret, String method, String path, String timestamp, byte[] body) {
        try {
            var hex = HexFormat.of();
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            var signed = String.join("\n", method, path, timestamp, hex.formatHex(MessageDigest.getInstance("SHA-256").digest(body)));
            return hex.formatHex(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException(missing);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
