package gatehouse.http;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;

/**
 * What is left of a request when its answer is ready: read and forgotten, so that the client can read the answer and use the connection
 * again; but only so much and so long, then the connection is cut.
 */
final class Unread {
    private static final long MOST_BYTES = 32L << 20;
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private long bytes;

    private Unread() {
    }

    /** Call before the answer is written. */
    static void forget(HttpServerRequest http, Vertx vertx) {
        if (!hasBody(http) || http.isEnded()) {
            return;
        }
        if (BoundedBody.awaitsContinue(http)) {
            // Told no, the client may send its body all the same or the next request: it cannot be known which, so neither is read.
            http.response().putHeader("Connection", "close");
        }
        var rest = new Unread();
        http.exceptionHandler(gone -> { });
        http.handler(part -> {
            rest.bytes += part.length();
            if (rest.bytes > MOST_BYTES) {
                http.connection().close();
            }
        });
        long timer = vertx.setTimer(LONGEST.toMillis(), late -> http.connection().close());
        http.endHandler(nothing -> vertx.cancelTimer(timer));
        http.resume();
    }

    /** As its head says; a request without either header has none. */
    static boolean hasBody(HttpServerRequest http) {
        var declared = http.getHeader("Content-Length");
        return http.headers().contains("Transfer-Encoding") || declared != null && !declared.equals("0");
    }
}
