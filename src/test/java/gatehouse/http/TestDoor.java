package gatehouse.http;

import gatehouse.kernel.BusinessClock;
import gatehouse.kernel.Database;
import gatehouse.kernel.Problem;
import gatehouse.kernel.ProblemType;
import gatehouse.kernel.Readiness;
import gatehouse.kernel.Role;
import gatehouse.kernel.Scope;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.pgclient.PgConnectOptions;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The whole door on a free port, before a contract of its own with endpoints that only say what they got; no database behind it. */
final class TestDoor implements AutoCloseable {
    static final String RESIDENT = "Bearer resident";
    static final String OFFICE = "Bearer office";
    static final Duration BODY_DEADLINE = Duration.ofSeconds(1);
    /** Two for an account, three in all. */
    static final Sse.Limits STREAMS = new Sse.Limits(2, 3, Duration.ofMillis(100), Duration.ofMillis(300), Duration.ofSeconds(1), Duration.ofSeconds(1));
    static final long LONG_BODY_BYTES = 300_000;
    private static final UUID COMPOUND = new UUID(1, 1);

    static final String CONTRACT = """
            openapi: 3.1.0
            info: { title: Test <door>, version: 1.0.0, description: For tests. }
            tags: [{ name: test }]
            paths:
              /things:
                get:
                  operationId: listThings
                  tags: [test]
                  summary: A list.
                  parameters:
                    - { name: limit, in: query, schema: { type: integer, minimum: 1, maximum: 200 } }
                    - { name: flag, in: query, schema: { type: boolean } }
                    - { name: q, in: query, schema: { type: string, maxLength: 5 } }
                    - { name: on, in: query, schema: { type: string, format: date } }
                    - { name: X-Key, in: header, schema: { type: string, format: uuid } }
                  responses: { '200': { $ref: '#/components/responses/Said' }, default: { $ref: '#/components/responses/Problem' } }
                post:
                  operationId: createThing
                  tags: [test]
                  summary: Make <one> & "tell".
                  requestBody:
                    required: true
                    content: { application/json: { schema: { $ref: '#/components/schemas/Thing' } } }
                  responses: { '201': { $ref: '#/components/responses/Said' }, default: { $ref: '#/components/responses/Problem' } }
              /things/special:
                get:
                  operationId: getSpecial
                  tags: [test]
                  responses: { '200': { $ref: '#/components/responses/Said' }, default: { $ref: '#/components/responses/Problem' } }
              /things/{id}:
                get:
                  operationId: getThing
                  tags: [test]
                  parameters: [{ name: id, in: path, required: true, schema: { type: string, maxLength: 20 } }]
                  responses: { '200': { $ref: '#/components/responses/Said' }, default: { $ref: '#/components/responses/Problem' } }
                delete:
                  operationId: deleteThing
                  tags: [test]
                  parameters: [{ name: id, in: path, required: true, schema: { type: string, maxLength: 20 } }]
                  responses: { '204': { description: Gone. }, default: { $ref: '#/components/responses/Problem' } }
              /files:
                post:
                  operationId: sendFile
                  tags: [test]
                  requestBody: { required: true, x-limit-bytes: 2048, content: { text/csv: { schema: { type: string } } } }
                  responses: { '200': { $ref: '#/components/responses/Said' }, default: { $ref: '#/components/responses/Problem' } }
              /pictures:
                post:
                  operationId: sendPicture
                  tags: [test]
                  requestBody:
                    required: true
                    x-limit-bytes: 262144
                    content: { multipart/form-data: { schema: { type: object, additionalProperties: false, required: [photo], properties: { photo: { type: string, contentMediaType: application/octet-stream } } } } }
                  responses: { '200': { $ref: '#/components/responses/Said' }, default: { $ref: '#/components/responses/Problem' } }
              /texts/{kind}:
                get:
                  operationId: readText
                  tags: [test]
                  security: []
                  parameters: [{ name: kind, in: path, required: true, schema: { type: string } }]
                  responses:
                    '200': { description: A text., content: { text/plain: { schema: { type: string } } } }
                    default: { $ref: '#/components/responses/Problem' }
              /open:
                post:
                  operationId: knock
                  tags: [test]
                  security: []
                  requestBody: { content: { application/json: { schema: { type: object, additionalProperties: false } } } }
                  responses: { '200': { $ref: '#/components/responses/Said' }, default: { $ref: '#/components/responses/Problem' } }
              /news:
                get:
                  operationId: followNews
                  tags: [test]
                  responses: { '200': { description: News., content: { text/event-stream: { schema: { type: object } } } }, default: { $ref: '#/components/responses/Problem' } }
              /faults/{kind}:
                get:
                  operationId: fail
                  tags: [test]
                  security: []
                  parameters: [{ name: kind, in: path, required: true, schema: { type: string } }]
                  responses: { default: { $ref: '#/components/responses/Problem' } }
            components:
              responses:
                Said: { description: What was said., content: { application/json: { schema: { type: object } } } }
                Problem: { description: A problem., content: { application/problem+json: { schema: { $ref: '#/components/schemas/Problem' } } } }
              schemas:
                Problem: { type: object, required: [type, title, status, instance] }
                Kind: { type: string, enum: [ROUND, SQUARE] }
                Thing:
                  type: object
                  additionalProperties: false
                  required: [name]
                  properties:
                    name: { type: string, minLength: 2, maxLength: 5 }
                    code: { type: string, pattern: '^[A-Z]{3}$' }
                    on: { type: string, format: date }
                    at: { type: string, format: date-time }
                    key: { type: string, format: uuid }
                    kind: { $ref: '#/components/schemas/Kind' }
                    size: { type: number, minimum: 34.0, maximum: 43.0, multipleOf: 0.1 }
                    count: { type: [integer, boolean] }
                    tags: { type: array, minItems: 1, maxItems: 3, uniqueItems: true, items: { type: string } }
                    inner: { type: object, additionalProperties: false, required: [a/b], properties: { a/b: { type: integer }, m~n: { type: integer } } }
                    free: { type: object, maxProperties: 2, additionalProperties: true }
            """;

    private static final Instant NOW = Instant.parse("2026-11-22T01:03:12.987Z");
    private final Vertx vertx = Vertx.vertx();
    private final ExecutorService virtualThreads = Executors.newVirtualThreadPerTaskExecutor();
    private final Database database = new Database(vertx, List.of(new PgConnectOptions().setHost("127.0.0.1").setPort(1)), 1);
    private final HttpDoor door;
    final Contract contract = Contract.of(List.of(CONTRACT));
    final CountDownLatch slowMayGoOn = new CountDownLatch(1);
    private static final int STARVED_MILLIS = 800;
    final List<Consumer<String>> followers = new CopyOnWriteArrayList<>();
    /** What becomes of every token from now on. */
    volatile @Nullable Throwable refusal;

    TestDoor(String... trustedProxies) {
        var proxies = new ProxyTrust(List.of(trustedProxies));
        var metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        var api = new ContractRouter(contract, endpoints(), this::caller, proxies, virtualThreads, new RequestMeter(metrics),
                new BusinessClock(() -> NOW), new ContractRouter.Limits(BODY_DEADLINE, STREAMS, LONG_BODY_BYTES));
        this.door = HttpDoor.open(vertx, "127.0.0.1", 0, new HttpDoor.Rooms(contract, api, new StaticPortal(virtualThreads),
                new Probes(() -> database.ping().map(Readiness.READY), metrics), proxies));
    }

    int port() {
        return door.port();
    }

    /** All event loops do nothing for a while, as on a machine that gives them no processor; returns when they do so. */
    void starve() throws InterruptedException {
        var starving = new Semaphore(0);
        vertx.deployVerticle(() -> new VerticleBase() {
            @Override
            public Future<?> start() {
                context.runOnContext(nothing -> {
                    starving.release();
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(STARVED_MILLIS));
                });
                return Future.succeededFuture();
            }
        }, new DeploymentOptions().setInstances(VertxOptions.DEFAULT_EVENT_LOOP_POOL_SIZE));
        if (!starving.tryAcquire(VertxOptions.DEFAULT_EVENT_LOOP_POOL_SIZE, 10, TimeUnit.SECONDS)) {
            throw new IllegalStateException("not all event loops are starving");
        }
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.of("listThings", Allow.loggedIn(), request -> Reply.ok(Map.of("client", request.clientAddress(),
                        "limit", request.query("limit").orElse(""), "q", request.query("q").orElse("")))),
                Endpoint.hot("createThing", Allow.only(Role.OFFICE), request -> Future.succeededFuture(Reply.created(Map.of("size", request.rawBody().length())))),
                Endpoint.of("getSpecial", Allow.loggedIn(), request -> Reply.ok(Map.of("special", true))),
                Endpoint.of("getThing", Allow.loggedIn(), request -> Reply.ok(Map.of("id", request.path("id")))),
                Endpoint.of("deleteThing", Allow.only(Role.OFFICE), request -> Reply.noContent()),
                Endpoint.of("sendFile", Allow.loggedIn(), request -> Reply.ok(Map.of("bytes", request.rawBody().length()))),
                Endpoint.of("sendPicture", Allow.loggedIn(), request -> Reply.ok(Map.of("bytes", request.file("photo").length,
                        "hash", HexFormat.of().formatHex(request.idempotencyKey().orElseThrow().requestHash())))),
                Endpoint.of("readText", Allow.everyone(), request -> Reply.written(Map.of("Content-Type", "text/plain"), out -> text(request.path("kind"), out))),
                Endpoint.of("knock", Allow.everyone(), request -> Reply.ok(Map.of("open", true))),
                Endpoint.streaming("followNews", Allow.loggedIn(), request -> this::follow),
                Endpoint.hot("fail", Allow.everyone(), this::fail));
    }

    private Runnable follow(Consumer<String> follower) {
        followers.add(follower);
        follower.accept("{\"first\":true}");
        return () -> followers.remove(follower);
    }

    static final byte[] LINE = "a line of forty characters and its end.\n".getBytes(StandardCharsets.US_ASCII);
    final CountDownLatch writingEnded = new CountDownLatch(1);
    final AtomicLong linesWritten = new AtomicLong();

    private void text(String kind, OutputStream out) throws IOException {
        switch (kind) {
            case "short" -> out.write(LINE);
            case "long" -> lines(out, 100_000);
            case "refused" -> {
                out.write(LINE);
                throw Problem.of(ProblemType.OVERLOADED).with("retryAfter", 3);
            }
            case "broken" -> {
                lines(out, 10_000);
                throw new IllegalStateException("secret inside");
            }
            default -> {
                try {
                    lines(out, Long.MAX_VALUE);
                } finally {
                    writingEnded.countDown();
                }
            }
        }
    }

    private void lines(OutputStream out, long count) throws IOException {
        for (long i = 0; i < count; i++) {
            out.write(LINE);
            linesWritten.incrementAndGet();
        }
    }

    private Future<Reply> fail(Request request) {
        return switch (request.path("kind")) {
            case "thrown" -> throw new IllegalStateException("secret inside");
            case "failed" -> Future.failedFuture(new IllegalStateException("secret inside"));
            case "unwritable" -> Future.succeededFuture(Reply.ok(Map.of()).header("X-Bad", "a\r\nb"));
            case "overloaded" -> Future.failedFuture(Problem.of(ProblemType.OVERLOADED).with("retryAfter", 3));
            case "slow" -> slow();
            default -> Future.failedFuture(Problem.of(ProblemType.NOT_FOUND));
        };
    }

    private Future<Reply> slow() {
        var promise = io.vertx.core.Promise.<Reply>promise();
        virtualThreads.execute(() -> {
            try {
                promise.complete(Reply.ok(Map.of("waited", slowMayGoOn.await(8, TimeUnit.SECONDS))));
            } catch (InterruptedException stopped) {
                promise.fail(stopped);
            }
        });
        return promise.future();
    }

    /** The token names the role. */
    private Future<Caller> caller(String token) {
        var refused = refusal;
        if (refused != null) {
            return Future.failedFuture(refused);
        }
        return switch (token) {
            case "later resident", "later office" -> vertx.timer(50, TimeUnit.MILLISECONDS).compose(nothing -> caller(token.substring(6)));
            case "resident" -> Future.succeededFuture(caller(Role.RESIDENT));
            case "office" -> Future.succeededFuture(caller(Role.OFFICE));
            default -> Future.failedFuture(Problem.of(ProblemType.NOT_LOGGED_IN));
        };
    }

    static Caller caller(Role role) {
        return new Caller(new UUID(2, role.ordinal()), COMPOUND, new UUID(3, 3), null, null,
                List.of(new Caller.Grant(role, Scope.ofCompounds(Set.of(COMPOUND)))));
    }

    @Override
    public void close() {
        slowMayGoOn.countDown();
        door.close();
        database.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
        virtualThreads.close();
    }
}
