package gatehouse.http;

import gatehouse.kernel.Problem;
import gatehouse.kernel.ProblemType;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.regex.Pattern;

/** Reads a body up to its limit and no further, and not for ever. */
final class BoundedBody {
    private static final Pattern DIGITS = Pattern.compile("[0-9]+");

    private BoundedBody() {
    }

    /**
     * The whole body; fails with {@code TOO_LARGE}, {@code TOO_SLOW}, {@code MALFORMED_BODY} where it broke off, or {@code OVERLOADED}
     * where all the bodies that are held now leave it no room.
     */
    static Future<Buffer> read(HttpServerRequest http, Vertx vertx, int limitBytes, Duration deadline, LongBodies.Share share) {
        var declared = http.getHeader("Content-Length");
        if (declared != null && isMoreThan(declared, limitBytes)) {
            return Future.failedFuture(tooLarge(limitBytes));
        }
        if (!Unread.hasBody(http)) {
            // Not held back either, so that by now it may have ended.
            return Future.succeededFuture(Buffer.buffer());
        }
        var promise = Promise.<Buffer>promise();
        var body = Buffer.buffer();
        http.handler(part -> {
            if (body.length() + part.length() > limitBytes) {
                http.handler(nothing -> { });
                promise.tryFail(tooLarge(limitBytes));
            } else if (!share.grow(part.length())) {
                http.handler(nothing -> { });
                promise.tryFail(Problem.of(ProblemType.OVERLOADED).with("retryAfter", 3));
            } else {
                body.appendBuffer(part);
            }
        });
        http.exceptionHandler(brokenOff -> promise.tryFail(Problem.of(ProblemType.MALFORMED_BODY)));
        http.endHandler(nothing -> promise.tryComplete(body));
        if (awaitsContinue(http)) {
            http.response().writeContinue();
        }
        http.resume();
        var whole = promise.future();
        if (!whole.isComplete()) {
            long timer = vertx.setTimer(deadline.toMillis(), late -> promise.tryFail(Problem.of(ProblemType.TOO_SLOW, deadline.toSeconds())));
            whole.onComplete(done -> vertx.cancelTimer(timer));
        }
        return whole;
    }

    /** True where the client holds its body back until it is told to go on. */
    static boolean awaitsContinue(HttpServerRequest http) {
        return "100-continue".equalsIgnoreCase(http.getHeader("Expect"));
    }

    private static boolean isMoreThan(String declared, int limitBytes) {
        return DIGITS.matcher(declared).matches() && (declared.length() > 18 || Long.parseLong(declared) > limitBytes);
    }

    private static Problem tooLarge(int limitBytes) {
        return Problem.of(ProblemType.TOO_LARGE, limitBytes >= 1 << 20 ? (limitBytes >> 20) + " MB" : (limitBytes >> 10) + " KB");
    }
}
