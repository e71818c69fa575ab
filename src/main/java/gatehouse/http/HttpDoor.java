package gatehouse.http;

import gatehouse.kernel.Await;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The listening HTTP servers, one per event loop on one port, and what they serve. */
public final class HttpDoor implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HttpDoor.class);
    private static final int DRAIN_SECONDS = 10;

    private final List<HttpServer> servers = new CopyOnWriteArrayList<>();
    private final String host;
    private final Probes probes;
    private final ContractRouter api;
    private final AtomicLong lateArrivals = new AtomicLong();
    private volatile boolean draining;

    private HttpDoor(String host, Rooms rooms) {
        this.host = host;
        this.probes = rooms.probes;
        this.api = rooms.api;
    }

    /** Everything that is served. */
    public record Rooms(Contract contract, ContractRouter api, StaticPortal portal, Probes probes, ProxyTrust proxies) {
    }

    /** Listens on {@code host:port}; port 0 takes a free one, see {@link #port()}. */
    public static HttpDoor open(Vertx vertx, String host, int port, Rooms rooms) {
        // Vert.x gives servers of one negative port the same free port; with 0 each would get its own.
        int asked = port == 0 ? -1 : port;
        var door = new HttpDoor(host, rooms);
        int loops = Math.max(2, Runtime.getRuntime().availableProcessors());
        Await.on(vertx.deployVerticle(() -> new VerticleBase() {
            @Override
            public Future<?> start() {
                var rest = router(vertx, rooms);
                var server = vertx.createHttpServer(options(host, asked)).requestHandler(http -> {
                    door.sayFarewell(http);
                    if (isOfTheApi(http.path())) {
                        rooms.api.handle(http, vertx);
                    } else {
                        rest.handle(http);
                    }
                });
                return server.listen().onSuccess(door.servers::add);
            }
        }, new DeploymentOptions().setInstances(loops)));
        return door;
    }

    public int port() {
        return servers.getFirst().actualPort();
    }

    private static HttpServerOptions options(String host, int port) {
        return new HttpServerOptions().setHost(host).setPort(port).setTcpNoDelay(true).setIdleTimeout(75)
                .setMaxHeaderSize(16 * 1024).setMaxInitialLineLength(8 * 1024).setDecompressionSupported(false)
                .setCompressionSupported(false).setHandle100ContinueAutomatically(false).setHttp2ClearTextEnabled(false);
    }

    private static Router router(Vertx vertx, Rooms rooms) {
        var router = Router.router(vertx);
        router.route().handler(context -> readOnly(context, rooms.proxies));
        List.of(400, 404, 405, 500).forEach(status -> router.errorHandler(status, context -> fault(context, status, rooms.proxies)));
        rooms.probes.mount(router);
        var document = Buffer.buffer(Json.write(rooms.contract.document()));
        var page = Buffer.buffer(new DocsPage(rooms.contract).html());
        router.route("/openapi.json").handler(context -> send(context, "application/json", document));
        router.route("/docs").handler(context -> send(context, "text/html; charset=utf-8", page));
        router.route().handler(rooms.portal);
        return router;
    }

    /** By the path as it was sent: a detour such as {@code /x/../api/v1} is no way in. */
    private static boolean isOfTheApi(@Nullable String path) {
        return path != null && path.startsWith(Contract.BASE_PATH)
                && (path.length() == Contract.BASE_PATH.length() || path.charAt(Contract.BASE_PATH.length()) == '/');
    }

    /** Beside the API everything is only read. */
    private static void readOnly(RoutingContext context, ProxyTrust proxies) {
        SecurityHeaders.page(context.request(), proxies);
        var method = context.request().method();
        if (method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD)) {
            context.next();
        } else {
            Unread.forget(context.request(), context.vertx());
            context.response().setStatusCode(405).putHeader("Allow", "GET, HEAD").putHeader("Content-Type", "text/plain").end("405\n");
        }
    }

    private static void fault(RoutingContext context, int status, ProxyTrust proxies) {
        if (status == 500) {
            LOG.error("answer failed: path={}", context.request().path(), context.failure());
        }
        var response = context.response();
        if (!response.ended() && !response.headWritten()) {
            SecurityHeaders.page(context.request(), proxies);
            response.setStatusCode(status).putHeader("Content-Type", "text/plain").end(status + "\n");
        }
    }

    private static void send(RoutingContext context, String mediaType, Buffer body) {
        end(context.request(), context.response().putHeader("Content-Type", mediaType).putHeader("Cache-Control", "no-cache"), body);
    }

    /** Ends an answer; that to HEAD has the length of the body that GET would give. */
    static void end(HttpServerRequest request, HttpServerResponse response, Buffer body) {
        if (request.method().equals(HttpMethod.HEAD)) {
            response.putHeader("Content-Length", String.valueOf(body.length())).end();
        } else {
            response.end(body);
        }
    }

    /** While draining, each answer is the last on its connection: closed unannounced, it would take the client's next request with it. */
    private void sayFarewell(HttpServerRequest http) {
        if (draining) {
            if (!Probes.isOne(http.path())) {
                lateArrivals.incrementAndGet();
            }
            http.response().putHeader("Connection", "close");
        }
    }

    /**
     * Not ready any more, and event streams are ended; then every connection in use is told to end, until none comes any more; then no new connections; then the
     * requests under way are answered. Each at most some seconds long.
     */
    @Override
    public void close() {
        probes.drain();
        draining = true;
        api.drain();
        new Farewell(host, port(), servers.size(), () -> api.underWay() == 0, lateArrivals::get).await();
        Await.on(Future.all(servers.stream().map(server -> server.shutdown(DRAIN_SECONDS, TimeUnit.SECONDS)).toList()));
        servers.clear();
    }
}
