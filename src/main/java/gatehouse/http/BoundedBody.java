package gatehouse.http;

import gatehouse.kernel.Problem;
import gatehouse.kernel.ProblemType;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.regex.Pattern;

/** Reads a body up to its limit and no further. */
final class BoundedBody {
    private static final Pattern DIGITS = Pattern.compile("[0-9]+");

    private BoundedBody() {
    }

    static Future<Buffer> read(HttpServerRequest http, int limitBytes) {
        var declared = http.getHeader("Content-Length");
        if (declared != null && DIGITS.matcher(declared).matches() && (declared.length() > 18 || Long.parseLong(declared) > limitBytes)) {
            return Future.failedFuture(tooLarge(limitBytes));
        }
        var promise = Promise.<Buffer>promise();
        var body = Buffer.buffer();
        http.handler(part -> {
            if (body.length() + part.length() > limitBytes) {
                http.pause();
                promise.tryFail(tooLarge(limitBytes));
            } else {
                body.appendBuffer(part);
            }
        });
        http.exceptionHandler(promise::tryFail);
        http.endHandler(nothing -> promise.tryComplete(body));
        http.resume();
        return promise.future();
    }

    private static Problem tooLarge(int limitBytes) {
        return Problem.of(ProblemType.TOO_LARGE, limitBytes >= 1 << 20 ? (limitBytes >> 20) + " MB" : (limitBytes >> 10) + " KB");
    }
}
