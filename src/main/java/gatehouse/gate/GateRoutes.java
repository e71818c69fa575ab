package gatehouse.gate;

import static gatehouse.kernel.Role.GRID_WORKER;
import static gatehouse.kernel.Role.GUARD;
import static gatehouse.kernel.Role.OFFICE;
import static gatehouse.kernel.Role.RESIDENT;

import com.fasterxml.jackson.databind.JsonNode;
import gatehouse.gate.GateActions.Scanned;
import gatehouse.gate.GateActions.Wish;
import gatehouse.gate.GateStore.Filter;
import gatehouse.gate.LedgerActions.OutsideView;
import gatehouse.gate.LedgerActions.ScanView;
import gatehouse.http.Allow;
import gatehouse.http.Contract;
import gatehouse.http.Endpoint;
import gatehouse.http.ProblemHandler;
import gatehouse.http.Reply;
import gatehouse.http.Request;
import gatehouse.kernel.Page;
import gatehouse.kernel.Problem;
import io.vertx.core.Future;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The routes of scans and of what they have seen. */
final class GateRoutes {
    private final GateActions actions;
    private final LedgerActions ledger;
    private final KitActions kit;
    private final Contract contract;

    GateRoutes(GateActions actions, LedgerActions ledger, KitActions kit, Contract contract) {
        this.actions = actions;
        this.ledger = ledger;
        this.kit = kit;
        this.contract = contract;
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.hot("scanPass", Allow.only(GUARD), this::scan),
                Endpoint.hot("scanPasses", Allow.only(GUARD), this::scanBatch),
                Endpoint.of("listGateScans", Allow.only(GUARD, OFFICE), request -> scans(request, false)),
                Endpoint.of("listMovements", Allow.only(GUARD, OFFICE, GRID_WORKER, RESIDENT), request -> scans(request, true)),
                Endpoint.of("listOutside", Allow.only(GUARD, OFFICE, GRID_WORKER, RESIDENT), this::outside),
                Endpoint.of("getGateKit", Allow.only(GUARD), this::kit));
    }

    record ScanPass(String code, String gateId, Direction direction, @Nullable BigDecimal temperature, @Nullable Boolean mask, UUID nonce,
                    @Nullable OffsetDateTime scannedAt, @Nullable Boolean admitted) {
        Wish wish(Request request) {
            return new Wish(nonce, VisitRoutes.gate(gateId), direction, code, temperature == null ? null : temperature.movePointRight(1).intValueExact(),
                    mask, ToldTime.of(request, scannedAt), admitted);
        }
    }

    record ScanPasses(List<JsonNode> scans) {
    }

    record ScanBody(UUID nonce, boolean allowed, String reason, UUID gateId, Direction direction, OffsetDateTime scannedAt, boolean moved,
                    @Nullable String conflict, @Nullable UUID passId, @Nullable String colour, @Nullable String household, List<String> warnings) {
        static ScanBody of(Scanned scanned) {
            var scan = scanned.scan();
            return new ScanBody(scan.nonce(), scan.allowed(), scan.reason().slug(), scan.gateId(), scan.direction(), scan.scannedAt(), scan.moved(),
                    scan.conflict() == null ? null : scan.conflict().slug(), scan.passId(), scanned.colour(), scanned.household(),
                    scanned.warnings().stream().map(GateWarning::slug).toList());
        }
    }

    private Future<Reply> scan(Request request) {
        return actions.scan(request.caller(), request.body(ScanPass.class).wish(request)).map(scanned -> Reply.ok(ScanBody.of(scanned)));
    }

    /** One member of a batch's answer. */
    private record Result(int status, @Nullable ScanBody scan, @Nullable Map<String, Object> problem) {
    }

    private Future<Reply> scanBatch(Request request) {
        var pending = new ArrayList<Future<Scanned>>();
        for (var member : request.body(ScanPasses.class).scans()) {
            pending.add(scanMember(request, member));
        }
        return Future.join(pending).transform(allDone ->
                Future.succeededFuture(Reply.ok(Map.of("results", pending.stream().map(each -> result(each, request)).toList()))));
    }

    private Future<Scanned> scanMember(Request request, JsonNode member) {
        try {
            return actions.scanOfBatch(request.caller(), contract.read("ScanPass", member, ScanPass.class).wish(request));
        } catch (Problem bad) {
            return Future.failedFuture(bad);
        }
    }

    private static Result result(Future<Scanned> done, Request request) {
        if (done.succeeded()) {
            return new Result(200, ScanBody.of(done.result()), null);
        }
        var problem = ProblemHandler.problemOf(done.cause(), request.requestId());
        return new Result(problem.type().status(), null, ProblemHandler.body(problem, request.language(), request.requestId()));
    }

    record SeenBody(UUID id, OffsetDateTime at, OffsetDateTime receivedAt, boolean offline, UUID gateId, String gate, Direction direction,
                    boolean allowed, String reason, boolean moved, @Nullable String conflict, @Nullable UUID passId, @Nullable String kind,
                    @Nullable String household, @Nullable String residentName, @Nullable BigDecimal temperature, @Nullable Boolean mask) {
        static SeenBody of(ScanView view) {
            var named = view.scan();
            var scan = named.scan();
            Function<GateReason, String> word = view.named() ? GateReason::slug : GateReason::generalSlug;
            return new SeenBody(scan.nonce(), scan.scannedAt(), scan.receivedAt(), scan.offline(), scan.gateId(), named.gate(), scan.direction(),
                    scan.allowed(), word.apply(scan.reason()), scan.moved(), scan.conflict() == null ? null : word.apply(scan.conflict()), scan.passId(),
                    named.kind(), named.household(), view.named() ? named.residentName() : null,
                    scan.temperatureTenths() == null ? null : BigDecimal.valueOf(scan.temperatureTenths(), 1), scan.mask());
        }
    }

    private Reply scans(Request request, boolean movedOnly) {
        var filter = new Filter(request.queryDate("date").orElse(null), request.queryId("gateId").orElse(null), movedOnly,
                request.queryFlag("conflict"));
        return Reply.ok(Request.withCursor(ledger.scans(request.caller(), request.scope(), filter, request.page()).map(SeenBody::of)));
    }

    record OutsideBody(UUID passId, String household, @Nullable String residentName, String kind, OffsetDateTime since, @Nullable String gate,
                       OffsetDateTime dueAt, boolean overdue, @Nullable String conflict) {
        static OutsideBody of(OutsideView view) {
            var outside = view.outside();
            return new OutsideBody(outside.passId(), outside.household(), view.named() ? outside.residentName() : null, outside.kind(), outside.since(),
                    outside.gate(), outside.dueAt(), view.overdue(), outside.conflict() == null ? null : view.named() ? outside.conflict().slug() : outside.conflict().generalSlug());
        }
    }

    private Reply outside(Request request) {
        return Reply.ok(new Page<>(ledger.outside(request.caller(), request.scope()).stream().map(OutsideBody::of).toList(), null));
    }

    private Reply kit(Request request) {
        return kit.kit(request.caller().compoundId(), request.header("If-None-Match").orElse(null));
    }
}
