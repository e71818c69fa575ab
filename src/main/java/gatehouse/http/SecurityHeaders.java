package gatehouse.http;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/** What every answer tells the browser: what it may load and run, and to whom it may tell where it came from. */
final class SecurityHeaders {
    private static final String PAGE_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
            + "connect-src 'self'; font-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'; "
            + "frame-ancestors 'none'";
    private static final String DATA_POLICY = "default-src 'none'; frame-ancestors 'none'";

    private SecurityHeaders() {
    }

    /** For the portal's files and everything else that a browser may show. */
    static void page(HttpServerRequest request, ProxyTrust proxies) {
        common(request.response(), proxies.isBehindTls(request)).putHeader("Content-Security-Policy", PAGE_POLICY)
                .putHeader("Cross-Origin-Opener-Policy", "same-origin")
                .putHeader("Permissions-Policy", "camera=(self), geolocation=(), microphone=()");
    }

    /** For answers of the API, which are data: nothing in them is ever run. */
    static void data(HttpServerRequest request, ProxyTrust proxies) {
        common(request.response(), proxies.isBehindTls(request)).putHeader("Content-Security-Policy", DATA_POLICY);
    }

    private static HttpServerResponse common(HttpServerResponse response, boolean behindTls) {
        response.putHeader("X-Content-Type-Options", "nosniff").putHeader("Referrer-Policy", "no-referrer");
        return behindTls ? response.putHeader("Strict-Transport-Security", "max-age=31536000") : response;
    }
}
