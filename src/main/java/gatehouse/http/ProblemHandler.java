package gatehouse.http;

import gatehouse.kernel.Language;
import gatehouse.kernel.Problem;
import gatehouse.kernel.ProblemType;
import io.vertx.core.buffer.Buffer;
import io.vertx.pgclient.PgException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes every failure as {@code application/problem+json} (RFC 9457), in the caller's language, and never shows its insides. */
public final class ProblemHandler {
    private static final Logger LOG = LoggerFactory.getLogger(ProblemHandler.class);
    private static final String TYPE_PREFIX = "urn:gatehouse:problem:";

    private ProblemHandler() {
    }

    /** The problem behind a failure; what is none is logged with its request id and becomes {@code INTERNAL}. */
    public static Problem problemOf(Throwable failure, String requestId) {
        var cause = failure instanceof CompletionException wrapped && wrapped.getCause() != null ? wrapped.getCause() : failure;
        if (cause instanceof Problem problem) {
            return problem;
        }
        if (cause instanceof PgException pg) {
            // The message may quote a row, so only what names no data is logged.
            LOG.error("database objected: sqlstate={} constraint={} table={} request={}", pg.getSqlState(), pg.getConstraint(),
                    pg.getTable(), requestId, withoutMessage(pg));
        } else {
            LOG.error("request failed: request={}", requestId, cause);
        }
        return Problem.of(ProblemType.INTERNAL);
    }

    public static Reply reply(Problem problem, Language language, String requestId) {
        var type = problem.type();
        var reply = new Reply(type.status(), Map.of("Content-Type", "application/problem+json"),
                Buffer.buffer(Json.write(body(problem, language, requestId))))
                .header("Content-Language", language.tag());
        var retryAfter = problem.extensions().get("retryAfter");
        if (retryAfter != null) {
            reply = reply.header("Retry-After", retryAfter.toString());
        }
        return type.status() == 401 ? reply.header("WWW-Authenticate", "Bearer") : reply;
    }

    /** The problem's JSON object; also for the member of a batch. */
    public static Map<String, Object> body(Problem problem, Language language, String requestId) {
        var type = problem.type();
        var body = new LinkedHashMap<String, Object>();
        body.put("type", TYPE_PREFIX + type.slug());
        body.put("title", type.title(language));
        body.put("status", type.status());
        body.put("detail", problem.detail(language));
        body.put("instance", "urn:gatehouse:request:" + requestId);
        if (!problem.errors().isEmpty()) {
            var errors = new ArrayList<Map<String, String>>();
            problem.errors().forEach(error -> errors.add(Map.of("pointer", error.pointer(), "detail", error.detail(language))));
            body.put("errors", errors);
        }
        body.putAll(problem.extensions());
        return body;
    }

    private static Throwable withoutMessage(PgException fault) {
        var bare = new IllegalStateException("sqlstate " + fault.getSqlState());
        bare.setStackTrace(fault.getStackTrace());
        return bare;
    }
}
