package gatehouse.http;

import com.fasterxml.jackson.databind.JsonNode;
import gatehouse.kernel.BusinessClock;
import gatehouse.kernel.FieldFault;
import gatehouse.kernel.Language;
import gatehouse.kernel.Problem;
import gatehouse.kernel.ProblemType;
import gatehouse.kernel.Scope;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Leads each request through token, {@code Allow}, and schema to its endpoint. It refuses to be built where an operation of the
 * contract has no endpoint, an endpoint no operation, or an endpoint no {@code Allow}.
 */
public final class ContractRouter {
    private static final Logger LOG = LoggerFactory.getLogger(ContractRouter.class);
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssXXX");
    private static final Duration BODY_DEADLINE = Duration.ofSeconds(60);

    private final RouteTable<Route> routes = new RouteTable<>();
    private final Authenticator authenticator;
    private final ProxyTrust proxies;
    private final Executor virtualThreads;
    private final RequestMeter meter;
    private volatile boolean draining;
    private final BusinessClock clock;
    private final Duration bodyDeadline;
    private final Sse streams;
    private final LongBodies longBodies;

    private record Route(Contract.Operation operation, Endpoint endpoint) {
    }

    /** A call on its way: what is known of it before its endpoint is reached. */
    private record Call(HttpServerRequest http, Vertx vertx, Route route, Map<String, String> path, MultiMap query, String requestId) {
    }

    /** An HTTP request and what its answer needs. */
    private record Visit(HttpServerRequest http, Vertx vertx, Context context, String requestId) {
        Language language() {
            return Language.accepting(http.getHeader("Accept-Language"));
        }

        Reply refusal(Throwable cause) {
            return ProblemHandler.reply(ProblemHandler.problemOf(cause, requestId), language(), requestId);
        }
    }

    public ContractRouter(Contract contract, List<Endpoint> endpoints, Authenticator authenticator, ProxyTrust proxies,
                          Executor virtualThreads, RequestMeter meter, BusinessClock clock) {
        this(contract, endpoints, authenticator, proxies, virtualThreads, meter, clock, new Limits(BODY_DEADLINE, Sse.Limits.DEFAULT, LongBodies.MOST_BYTES));
    }

    record Limits(Duration bodyDeadline, Sse.Limits streams, long longBodyBytes) {
    }

    ContractRouter(Contract contract, List<Endpoint> endpoints, Authenticator authenticator, ProxyTrust proxies,
                   Executor virtualThreads, RequestMeter meter, BusinessClock clock, Limits limits) {
        this.clock = clock;
        this.bodyDeadline = limits.bodyDeadline;
        this.streams = new Sse(limits.streams);
        this.longBodies = new LongBodies(limits.longBodyBytes);
        meter.watch(streams);
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
        for (var operation : contract.operations().values()) {
            var endpoint = byId.get(operation.operationId());
            if (operation.needsToken() != endpoint.allow().needsToken()) {
                throw new IllegalStateException("the contract says that %s needs %s token, its Allow says that it needs %s".formatted(
                        operation.operationId(), operation.needsToken() ? "a" : "no", endpoint.allow().needsToken() ? "one" : "none"));
            }
            routes.add(operation.method(), operation.path(), new Route(operation, endpoint));
        }
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

    /** Answers a request whose path begins with {@link Contract#BASE_PATH}. */
    public void handle(HttpServerRequest http, Vertx vertx) {
        if (Unread.hasBody(http)) {
            http.pause();
        }
        var visit = new Visit(http, vertx, vertx.getOrCreateContext(), RequestId.of(http.getHeader("traceparent")));
        var below = http.path().substring(Contract.BASE_PATH.length());
        var method = http.method().name();
        switch (routes.find(method.equals("HEAD") ? "GET" : method, below.isEmpty() ? "/" : below)) {
            case RouteTable.Match.Found<Route>(var route, var raw) -> answer(visit, route, raw);
            case RouteTable.Match.OtherMethods<Route>(var methods) -> respond(visit, otherMethod(visit, methods));
            case RouteTable.Match.Nothing<Route>() -> respond(visit, visit.refusal(Problem.of(ProblemType.NOT_FOUND)));
        }
    }

    private static Reply otherMethod(Visit visit, Set<String> known) {
        var methods = new TreeSet<>(known);
        methods.add("OPTIONS");
        if (methods.contains("GET")) {
            methods.add("HEAD");
        }
        var reply = visit.http.method().equals(HttpMethod.OPTIONS) ? Reply.noContent()
                : visit.refusal(Problem.of(ProblemType.METHOD_NOT_ALLOWED));
        return reply.header("Allow", String.join(", ", methods));
    }

    private void answer(Visit visit, Route route, Map<String, String> rawPath) {
        var timing = meter.begin(route.operation.operationId());
        attempt(() -> authenticated(visit, route, rawPath))
                .onComplete(done -> {
                    var reply = done.succeeded() ? done.result() : visit.refusal(done.cause());
                    if (reply.writing() != null && !visit.http.method().equals(HttpMethod.HEAD)) {
                        virtualThreads.execute(() -> timing.end(write(visit, reply, reply.writing())));
                    } else {
                        timing.end(reply.status());
                        respond(visit, reply);
                    }
                });
    }

    /** Answers the status that the client was told. */
    private int write(Visit visit, Reply reply, Reply.Writing writing) {
        var out = new BodyStream(visit.http.response(), () -> writeHead(visit, reply));
        try (var mdc = MDC.putCloseable("request", visit.requestId)) {
            writing.to(out);
            out.end();
            return reply.status();
        } catch (BodyStream.ClientGone gone) {
            LOG.info("answer not read to its end: request={}", visit.requestId);
            out.cut();
            return reply.status();
        } catch (Throwable failure) {
            var refusal = visit.refusal(failure);
            if (out.hasBegun()) {
                LOG.warn("answer broken off: status={} request={}", refusal.status(), visit.requestId);
                out.cut();
            } else {
                respond(visit, refusal);
            }
            return refusal.status();
        }
    }

    private Future<Reply> authenticated(Visit visit, Route route, Map<String, String> rawPath) {
        if (route.endpoint.allow().admitsWithoutToken(visit.http.headers())) {
            return allowed(call(visit, route, rawPath), null, Scope.NOTHING);
        }
        return callerOf(visit.http).compose(caller -> {
            var scope = route.endpoint.allow().check(caller);
            return allowed(call(visit, route, rawPath), caller, scope);
        });
    }

    private Future<Caller> callerOf(HttpServerRequest http) {
        return authenticator.callerOf(bearerToken(http)).map(caller -> caller.as(http.getHeader(Side.HEADER)));
    }

    private static Call call(Visit visit, Route route, Map<String, String> rawPath) {
        return new Call(visit.http, visit.vertx, route, decoded(rawPath), query(visit.http), visit.requestId);
    }

    private static MultiMap query(HttpServerRequest http) {
        var parameters = MultiMap.caseInsensitiveMultiMap();
        try {
            new QueryStringDecoder(http.uri()).parameters().forEach(parameters::add);
        } catch (IllegalArgumentException malformed) {
            throw Problem.badField("?", FieldFault.WRONG_FORMAT, "percent-encoding");
        }
        return parameters;
    }

    private Future<Reply> allowed(Call call, @Nullable Caller caller, Scope scope) {
        var operation = call.route.operation;
        InputCheck.parameters(operation, call.path, call.query, call.http.headers());
        var body = operation.body();
        if (body == null) {
            return run(call, caller, scope, Buffer.buffer(), null);
        }
        checkMediaType(body, call.http);
        var share = longBodies.share();
        return BoundedBody.read(call.http, call.vertx, body.limitBytes(), bodyDeadline, share).compose(bytes -> attempt(() -> {
            if (body.schema() == null) {
                return run(call, caller, scope, bytes, null);
            }
            var json = bytes.length() == 0 && !body.required() ? Json.read("{}".getBytes(StandardCharsets.UTF_8)) : Json.read(bytes.getBytes());
            InputCheck.body(body.schema(), json);
            return run(call, caller, scope, bytes, json);
        })).onComplete(done -> share.giveBack());
    }

    private Future<Reply> run(Call call, @Nullable Caller caller, Scope scope, Buffer bytes, @Nullable JsonNode json) {
        var body = call.route.operation.body();
        var form = body == null || body.form() == null ? null : new FormBody(call.http.getHeader("Content-Type"), bytes, body.form());
        var request = new Request(caller, scope, call.path, call.query, call.http.headers(), bytes, json, form,
                call.http.method() + " " + call.http.uri(), proxies.clientOf(call.http), call.requestId);
        return switch (call.route.endpoint.handling()) {
            case Endpoint.Handling.Hot(var method) -> method.apply(request);
            case Endpoint.Handling.StraightDown(var method) -> onVirtualThread(() -> method.apply(request), call.requestId);
            case Endpoint.Handling.Streaming(var method) -> Future.succeededFuture(Reply.events(
                    streams.seat(request.caller(), method.apply(request), () -> stillMay(call, scope))));
        };
    }

    /** Whether who began the stream would begin the same one now. */
    private Future<Boolean> stillMay(Call call, Scope scope) {
        return callerOf(call.http).map(caller -> call.route.endpoint.allow().check(caller).equals(scope));
    }

    /** From now on each answer is the last of its connection; ends what would otherwise go on for ever. */
    void drain() {
        draining = true;
        streams.close();
    }

    /** How many requests are not answered yet. */
    int underWay() {
        return meter.underWay();
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

    private void respond(Visit visit, Reply reply) {
        var http = visit.http;
        var response = http.response();
        var events = reply.events();
        if (response.ended() || response.closed()) {
            if (events != null) {
                events.release();
            }
            return;
        }
        try {
            writeHead(visit, reply);
            if (events != null) {
                events.begin(http, visit.vertx, visit.context);
                return;
            }
            HttpDoor.end(http, response, reply.body());
        } catch (RuntimeException unwritable) {
            LOG.error("answer could not be written: request={}", visit.requestId, unwritable);
            http.connection().close();
        }
    }

    private void writeHead(Visit visit, Reply reply) {
        var response = visit.http.response();
        response.setStatusCode(reply.status());
        SecurityHeaders.data(visit.http, proxies);
        response.putHeader("X-Request-Id", visit.requestId);
        response.putHeader("Cache-Control", "no-store");
        response.putHeader("Gatehouse-Time", SECONDS.format(clock.now()));
        reply.headers().forEach(response::putHeader);
        if (draining) {
            response.putHeader("Connection", "close");
        }
        Unread.forget(visit.http, visit.vertx);
    }
}
