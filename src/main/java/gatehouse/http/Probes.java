package gatehouse.http;

import gatehouse.kernel.Readiness;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What the operator's machines ask: is it alive, may it get traffic, how is it doing. */
public final class Probes {
    private final Supplier<Future<Readiness>> readiness;
    private final PrometheusMeterRegistry metrics;
    private volatile boolean draining;

    /** {@code readiness}: asked anew each time; fails where the database does not answer. */
    public Probes(Supplier<Future<Readiness>> readiness, PrometheusMeterRegistry metrics) {
        this.readiness = readiness;
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
        Future<String> asked = draining ? Future.succeededFuture("draining")
                : readiness.get().timeout(2, TimeUnit.SECONDS).map(Readiness::words).otherwise("database unavailable");
        asked.onSuccess(words -> context.response().setStatusCode(words.equals(Readiness.READY.words()) ? 200 : 503)
                .putHeader("Content-Type", "text/plain").putHeader("Cache-Control", "no-store").end(words + "\n"));
    }
}
