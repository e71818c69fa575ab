package gatehouse.http;

import gatehouse.kernel.Answer;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an endpoint answers: status, headers, and a body, already written or yet to be written piece by piece; or events that follow.
 */
public record Reply(int status, Map<String, String> headers, Buffer body, @Nullable Writing writing, Sse.@Nullable Stream events) {
    private static final String JSON = "application/json";

    /**
     * Writes a body that is too long for the memory, straight down on a virtual thread, as fast as the client reads; not called for HEAD.
     * What it throws before the first piece is sent is answered as a problem, later it cuts the connection.
     */
    public interface Writing {
        /** @param out fails where the client is gone or too slow; closing it does nothing */
        void to(OutputStream out) throws IOException;
    }

    public Reply(int status, Map<String, String> headers, Buffer body) {
        this(status, headers, body, null, null);
    }

    static Reply events(Sse.Stream events) {
        // A proxy that collects its answer before it hands it on would hand on nothing.
        return new Reply(200, Map.of("Content-Type", Sse.MEDIA_TYPE, "X-Accel-Buffering", "no"), Buffer.buffer(), null, events);
    }

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

    public static Reply written(Map<String, String> headers, Writing writing) {
        return new Reply(200, headers, Buffer.buffer(), writing, null);
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
        return new Reply(status, more, body, writing, events);
    }
}
