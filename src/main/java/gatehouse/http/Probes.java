package gatehouse.http;

import gatehouse.kernel.Database;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What the operator's machines ask: is it alive, may it get traffic, how is it doing. */
public final class Probes {
    private final Database database;
    private final PrometheusMeterRegistry metrics;
    private volatile boolean draining;

    public Probes(Database database, PrometheusMeterRegistry metrics) {
        this.database = database;
        this.metrics = metrics;
    }

    /** From now on {@code /readyz} says no, so that a load balancer sends nobody here any more. */
    public void drain() {
        draining = true;
    }

    static boolean isOne(@Nullable String path) {
        return "/livez".equals(path) || "/readyz".equals(path) || "/metrics".equals(path);
    }

    public void mount(Router router) {
        router.route("/livez").handler(context -> context.response().putHeader("Content-Type", "text/plain").putHeader("Cache-Control", "no-store").end("alive\n"));
        router.route("/readyz").handler(this::ready);
        router.route("/metrics").handler(context ->
                context.response().putHeader("Content-Type", "text/plain; version=0.0.4; charset=utf-8").end(metrics.scrape()));
    }

    private void ready(RoutingContext context) {
        Future<String> state = draining ? Future.failedFuture("draining")
                : database.ping().timeout(2, TimeUnit.SECONDS).map("ready").recover(
                        gone -> Future.failedFuture("database unavailable"));
        state.onComplete(done -> context.response().setStatusCode(done.succeeded() ? 200 : 503)
                .putHeader("Content-Type", "text/plain").putHeader("Cache-Control", "no-store").end((done.succeeded() ? done.result() : done.cause().getMessage()) + "\n"));
    }
}
