package gatehouse.http;

import com.fasterxml.jackson.databind.JsonNode;
import gatehouse.kernel.Language;
import gatehouse.kernel.Problem;
import gatehouse.kernel.ProblemType;
import gatehouse.kernel.Scope;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Leads each request through token, {@code Allow}, and schema to its endpoint. It refuses to be built where an operation of the
 * contract has no endpoint, an endpoint no operation, or an endpoint no {@code Allow}.
 */
public final class ContractRouter implements Handler<RoutingContext> {
    private final RouteTable<Route> routes = new RouteTable<>();
    private final Authenticator authenticator;
    private final ProxyTrust proxies;
    private final Executor virtualThreads;
    private final RequestMeter meter;

    private record Route(Contract.Operation operation, Endpoint endpoint) {
    }

    /** A call on its way: what is known of it before its endpoint is reached. */
    private record Call(HttpServerRequest http, Route route, Map<String, String> path, MultiMap query, String requestId) {
    }

    public ContractRouter(Contract contract, List<Endpoint> endpoints, Authenticator authenticator, ProxyTrust proxies,
                          Executor virtualThreads, RequestMeter meter) {
        this.authenticator = authenticator;
        this.proxies = proxies;
        this.virtualThreads = virtualThreads;
        this.meter = meter;
        var byId = byOperationId(endpoints);
        var missing = new HashSet<>(contract.operations().keySet());
        missing.removeAll(byId.keySet());
        var orphans = new HashSet<>(byId.keySet());
        orphans.removeAll(contract.operations().keySet());
        if (!missing.isEmpty() || !orphans.isEmpty()) {
            throw new IllegalStateException("operations without an endpoint: %s; endpoints without an operation: %s"
                    .formatted(missing, orphans));
        }
        contract.operations().values().forEach(operation ->
                routes.add(operation.method(), operation.path(), new Route(operation, byId.get(operation.operationId()))));
    }

    private static Map<String, Endpoint> byOperationId(List<Endpoint> endpoints) {
        var byId = new HashMap<String, Endpoint>();
        for (var endpoint : endpoints) {
            if (endpoint.allow() == null) {
                throw new IllegalStateException("endpoint without Allow: " + endpoint.operationId());
            }
            if (byId.put(endpoint.operationId(), endpoint) != null) {
                throw new IllegalStateException("two endpoints for " + endpoint.operationId());
            }
        }
        return byId;
    }

    @Override
    public void handle(RoutingContext context) {
        var http = context.request();
        var requestId = RequestId.of(http.getHeader("traceparent"));
        var path = http.path().substring(Contract.BASE_PATH.length());
        switch (routes.find(http.method().name(), path.isEmpty() ? "/" : path)) {
            case RouteTable.Match.Found<Route>(var route, var raw) -> answer(http, route, raw, requestId);
            case RouteTable.Match.OtherMethods<Route>(var methods) -> respond(http, requestId,
                    ProblemHandler.reply(Problem.of(ProblemType.METHOD_NOT_ALLOWED), languageOf(http), requestId)
                            .header("Allow", String.join(", ", methods)));
            case RouteTable.Match.Nothing<Route>() -> respond(http, requestId,
                    ProblemHandler.reply(Problem.of(ProblemType.NOT_FOUND), languageOf(http), requestId));
        }
    }

    private void answer(HttpServerRequest http, Route route, Map<String, String> rawPath, String requestId) {
        var timing = meter.begin(route.operation.operationId());
        http.pause();
        attempt(() -> authenticated(http, route, rawPath, requestId))
                .onComplete(done -> {
                    var reply = done.succeeded() ? done.result() : ProblemHandler.reply(
                            ProblemHandler.problemOf(done.cause(), requestId), languageOf(http), requestId);
                    timing.end(reply.status());
                    respond(http, requestId, reply);
                });
    }

    private Future<Reply> authenticated(HttpServerRequest http, Route route, Map<String, String> rawPath, String requestId) {
        var call = new Call(http, route, decoded(rawPath), http.params(), requestId);
        if (!route.endpoint.allow().needsToken()) {
            return allowed(call, null, Scope.NOTHING);
        }
        return authenticator.callerOf(bearerToken(http))
                .compose(caller -> allowed(call, caller, route.endpoint.allow().check(caller)));
    }

    private Future<Reply> allowed(Call call, @Nullable Caller caller, Scope scope) {
        var operation = call.route.operation;
        InputCheck.parameters(operation, call.path, call.query, call.http.headers());
        var body = operation.body();
        if (body == null) {
            call.http.resume();
            return run(call, caller, scope, Buffer.buffer(), null);
        }
        checkMediaType(body, call.http);
        return BoundedBody.read(call.http, body.limitBytes()).compose(bytes -> attempt(() -> {
            if (body.schema() == null) {
                return run(call, caller, scope, bytes, null);
            }
            var json = bytes.length() == 0 && !body.required() ? Json.read("{}".getBytes(StandardCharsets.UTF_8)) : Json.read(bytes.getBytes());
            InputCheck.body(body.schema(), json);
            return run(call, caller, scope, bytes, json);
        }));
    }

    private Future<Reply> run(Call call, @Nullable Caller caller, Scope scope, Buffer bytes, @Nullable JsonNode json) {
        var request = new Request(caller, scope, call.path, call.query, call.http.headers(), bytes, json,
                call.http.method() + " " + call.http.uri(), proxies.clientOf(call.http), call.requestId);
        return switch (call.route.endpoint.handling()) {
            case Endpoint.Handling.Hot(var method) -> method.apply(request);
            case Endpoint.Handling.StraightDown(var method) -> onVirtualThread(() -> method.apply(request), call.requestId);
        };
    }

    private Future<Reply> onVirtualThread(Callable<Reply> work, String requestId) {
        var promise = io.vertx.core.Promise.<Reply>promise();
        virtualThreads.execute(() -> {
            try (var mdc = MDC.putCloseable("request", requestId)) {
                promise.complete(work.call());
            } catch (Throwable failure) {
                promise.fail(failure);
            }
        });
        return promise.future();
    }

    private static Future<Reply> attempt(Callable<Future<Reply>> step) {
        try {
            return step.call();
        } catch (Exception refused) {
            return Future.failedFuture(refused);
        }
    }

    private static String bearerToken(HttpServerRequest http) {
        var header = http.getHeader("Authorization");
        if (header == null || !header.regionMatches(true, 0, "Bearer ", 0, 7)) {
            throw Problem.of(ProblemType.NOT_LOGGED_IN);
        }
        return header.substring(7).strip();
    }

    private static void checkMediaType(Contract.Body body, HttpServerRequest http) {
        var header = http.getHeader("Content-Type");
        if (header == null && !body.required()) {
            return;
        }
        var mediaType = header == null ? "" : header.split(";", 2)[0].strip().toLowerCase(java.util.Locale.ROOT);
        if (!body.mediaTypes().contains(mediaType)) {
            throw Problem.of(ProblemType.WRONG_MEDIA_TYPE, String.join(", ", body.mediaTypes()));
        }
    }

    private static Map<String, String> decoded(Map<String, String> rawPath) {
        if (rawPath.isEmpty()) {
            return rawPath;
        }
        var decoded = new HashMap<String, String>();
        rawPath.forEach((name, value) -> {
            try {
                decoded.put(name, URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8));
            } catch (IllegalArgumentException malformed) {
                throw Problem.of(ProblemType.NOT_FOUND);
            }
        });
        return decoded;
    }

    private static Language languageOf(HttpServerRequest http) {
        return Language.accepting(http.getHeader("Accept-Language"));
    }

    private static void respond(HttpServerRequest http, String requestId, Reply reply) {
        var response = http.response();
        if (response.ended() || response.closed()) {
            return;
        }
        response.setStatusCode(reply.status());
        reply.headers().forEach(response::putHeader);
        response.putHeader("X-Request-Id", requestId);
        response.putHeader("X-Content-Type-Options", "nosniff");
        if (!reply.headers().containsKey("Cache-Control")) {
            response.putHeader("Cache-Control", "no-store");
        }
        if (!http.isEnded()) {
            // An answer that came before the body was read: the rest of it is not wanted on this connection.
            if (http.version() != HttpVersion.HTTP_2) {
                response.putHeader("Connection", "close");
            }
            http.resume();
        }
        response.end(reply.body());
    }
}
