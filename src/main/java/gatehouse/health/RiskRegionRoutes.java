package gatehouse.health;

import static gatehouse.kernel.Role.GRID_WORKER;
import static gatehouse.kernel.Role.GUARD;
import static gatehouse.kernel.Role.HEALTH_CENTRE;
import static gatehouse.kernel.Role.OFFICE;
import static gatehouse.kernel.Role.RESIDENT;

import gatehouse.audit.AuditLog;
import gatehouse.health.RiskListTable.Rejection;
import gatehouse.health.RiskRegionActions.Imported;
import gatehouse.health.RiskRegionActions.Upload;
import gatehouse.http.Allow;
import gatehouse.http.Endpoint;
import gatehouse.http.Reply;
import gatehouse.http.Request;
import gatehouse.kernel.BusinessClock;
import gatehouse.kernel.Database;
import gatehouse.kernel.Language;
import gatehouse.kernel.Page;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The routes of the risk list. */
public final class RiskRegionRoutes {
    /** A list for a person to work through; a file with more faults than this is better mended and sent again. */
    private static final int REJECTIONS_NAMED_MAX = 1_000;

    private final RiskRegionActions actions;

    public RiskRegionRoutes(Database database, BusinessClock clock, AuditLog audit) {
        this.actions = new RiskRegionActions(database, clock, audit);
    }

    public List<Endpoint> endpoints() {
        return List.of(
                Endpoint.of("listRiskRegions", Allow.only(OFFICE, GRID_WORKER, HEALTH_CENTRE, RESIDENT, GUARD), this::list),
                Endpoint.of("replaceRiskRegions", Allow.only(OFFICE), this::replace),
                Endpoint.of("importRiskRegions", Allow.only(OFFICE), this::importList));
    }

    record RegionBody(String regionCode, String regionName, RiskLevel level, LocalDate from, @Nullable LocalDate to) {
        static RegionBody of(RiskRegion region) {
            return new RegionBody(region.code(), region.name(), region.level(), region.from(), region.to());
        }

        RiskRegion region() {
            return new RiskRegion(regionCode, regionName.strip(), level, from, to);
        }
    }

    record ReplaceRiskRegions(List<RegionBody> items) {
    }

    private Reply list(Request request) {
        return reply(actions.list(request.scope(), compound(request)));
    }

    private Reply replace(Request request) {
        var wanted = request.body(ReplaceRiskRegions.class).items().stream().map(RegionBody::region).toList();
        return reply(actions.replace(request.caller(), request.scope(), compound(request), wanted));
    }

    record RejectedBody(int line, String column, String reason) {
    }

    record ImportedBody(int listed, int created, int updated, int unchanged, int rejectedLines, List<RejectedBody> rejected) {
        static ImportedBody of(Imported imported, Language language) {
            var merged = imported.merged();
            return new ImportedBody(imported.listed(), merged.created(), merged.updated(), merged.unchanged(),
                    (int) imported.rejected().stream().mapToInt(Rejection::line).distinct().count(),
                    imported.rejected().stream().limit(REJECTIONS_NAMED_MAX)
                            .map(each -> new RejectedBody(each.line(), each.column(), each.reason(language))).toList());
        }
    }

    private Reply importList(Request request) {
        var upload = new Upload(compound(request), request.queryFlag("dryRun"), request.rawBody().getBytes());
        return Reply.of(actions.importList(request.caller(), request.scope(), upload,
                request.once(imported -> Reply.answer(200, ImportedBody.of(imported, request.language())))));
    }

    private static UUID compound(Request request) {
        return request.queryId("compoundId").orElseGet(() -> request.caller().compoundId());
    }

    private static Reply reply(List<RiskRegion> regions) {
        return Reply.ok(new Page<>(regions.stream().map(RegionBody::of).toList(), null));
    }
}
