package gatehouse.wechat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import gatehouse.http.Allow;
import gatehouse.http.Endpoint;
import gatehouse.http.Reply;
import gatehouse.http.Request;
import gatehouse.identity.Openids;
import gatehouse.kernel.KeyPurpose;
import gatehouse.kernel.Problem;
import gatehouse.kernel.ProblemType;
import gatehouse.kernel.Tx;
import gatehouse.wechat.Envelope.Stamp;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * What WeChat's servers tell: a person switched messages off, or one could not be delivered. Each is heard once. WeChat waits five seconds for
 * an answer and then says it again, up to three times: what could not be written by the deadline is answered with 503, which it takes for no
 * answer, and may be written all the same; told again it is known.
 */
final class PushRoutes {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int NO_CONSENT = 43101;
    private static final Duration DEADLINE = Duration.ofSeconds(4);

    private final TokenGround ground;
    private final Map<String, Envelope> envelopes;
    private final PushStore store = new PushStore();
    private final CreditStore credits = new CreditStore();

    PushRoutes(TokenGround ground, Map<String, Envelope> envelopes) {
        this.ground = ground;
        this.envelopes = envelopes;
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.of("verifyWeChatPush", Allow.everyone(), this::verify),
                Endpoint.of("receiveWeChatPush", Allow.everyone(), this::receive));
    }

    private Reply verify(Request request) {
        var stamp = stamp(request, "signature");
        if (!envelope(request).isGenuine(stamp) || !stamp.isFresh(ground.clock().now())) {
            throw Problem.of(ProblemType.NOT_FOUND);
        }
        return plain(request.query("echostr").orElse(""));
    }

    private Reply receive(Request request) {
        var stamp = stamp(request, "msg_signature");
        var text = envelope(request).open(stamp, request.body(JsonNode.class).path("Encrypt").asText()).filter(opened -> stamp.isFresh(ground.clock().now()))
                .orElseThrow(() -> Problem.of(ProblemType.NOT_FOUND));
        var event = event(text);
        var appId = request.path("appId");
        var now = ground.clock().now();
        var hash = ground.keys().searchHash(KeyPurpose.WECHAT_PUSH_SEARCH, text);
        byTheDeadline(() -> ground.database().transact(tx -> {
            store.hurry(tx, DEADLINE);
            if (store.isNew(tx, appId, hash, event.path("Event").asText(), now)) {
                hear(tx, appId, event, now);
            }
            return event;
        }));
        return plain("success");
    }

    /** What is late goes on by itself: a statement is over at the deadline, and an interrupt would lose its connection. */
    private static void byTheDeadline(Runnable writing) {
        try {
            CompletableFuture.runAsync(writing, Thread::startVirtualThread).get(DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            throw unheard();
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(failed.getCause());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw unheard();
        }
    }

    private static Problem unheard() {
        return Problem.of(ProblemType.UNAVAILABLE).with("retryAfter", 1);
    }

    private void hear(Tx tx, String appId, JsonNode event, OffsetDateTime now) {
        var person = store.person(tx, appId, Openids.hash(ground.keys(), appId, event.path("FromUserName").asText()));
        if (person.isEmpty()) {
            return;
        }
        var list = event.path("List");
        var items = list.isArray() ? list : JSON.createArrayNode().add(list);
        for (var item : items) {
            boolean off = switch (event.path("Event").asText()) {
                case "subscribe_msg_change_event" -> item.path("SubscribeStatusString").asText().equals("reject");
                case "subscribe_msg_sent_event" -> item.path("ErrorCode").asInt() == NO_CONSENT;
                // accepts are counted where the mini program tells them, under a key; the rest concerns others
                case String other -> false;
            };
            if (off) {
                credits.zero(tx, person.get(), appId, item.path("TemplateId").asText(), now);
            }
        }
    }

    private static JsonNode event(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException xml) {
            throw Problem.of(ProblemType.MALFORMED_BODY);
        }
    }

    private Envelope envelope(Request request) {
        var found = envelopes.get(request.path("appId"));
        if (found == null) {
            throw Problem.of(ProblemType.NOT_FOUND);
        }
        return found;
    }

    private static Stamp stamp(Request request, String signature) {
        return new Stamp(request.query("timestamp").orElse(""), request.query("nonce").orElse(""), request.query(signature).orElse(""));
    }

    private static Reply plain(String text) {
        return Reply.bytes("text/plain", text.getBytes(StandardCharsets.UTF_8));
    }
}
