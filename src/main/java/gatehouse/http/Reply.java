package gatehouse.http;

import gatehouse.kernel.Answer;
import io.vertx.core.buffer.Buffer;
import java.util.LinkedHashMap;
import java.util.Map;

/** What an endpoint answers: status, headers, and a body already written. */
public record Reply(int status, Map<String, String> headers, Buffer body) {
    private static final String JSON = "application/json";

    public static Reply ok(Object body) {
        return json(200, body);
    }

    public static Reply created(Object body) {
        return json(201, body);
    }

    public static Reply noContent() {
        return new Reply(204, Map.of(), Buffer.buffer());
    }

    public static Reply json(int status, Object body) {
        return new Reply(status, Map.of("Content-Type", JSON), Buffer.buffer(Json.write(body)));
    }

    public static Reply bytes(String mediaType, byte[] body) {
        return new Reply(200, Map.of("Content-Type", mediaType), Buffer.buffer(body));
    }

    /** An answer that may be the one given before to the same idempotency key. */
    public static Reply of(Answer answer) {
        var reply = new Reply(answer.status(), Map.of("Content-Type", JSON), Buffer.buffer(answer.json()));
        return answer.replayed() ? reply.header("Idempotent-Replay", "true") : reply;
    }

    /** How a result is written as an answer that can be kept; for {@code request.once(…)}. */
    public static Answer answer(int status, Object body) {
        return new Answer(status, Json.writeText(body));
    }

    public Reply header(String name, String value) {
        var more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Reply(status, more, body);
    }
}
