package gatehouse.audit;

import static gatehouse.kernel.Role.ADMIN;
import static gatehouse.kernel.Role.OFFICE;

import gatehouse.audit.AuditStore.Filter;
import gatehouse.audit.AuditStore.Told;
import gatehouse.http.Allow;
import gatehouse.http.Endpoint;
import gatehouse.http.Reply;
import gatehouse.http.Request;
import gatehouse.kernel.BusinessClock;
import gatehouse.kernel.Database;
import gatehouse.kernel.Role;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The routes of the audit. */
public final class AuditRoutes {
    private final AuditActions audit;

    public AuditRoutes(Database database, AuditLog log, Path dataDirectory) {
        this.audit = new AuditActions(database, log, dataDirectory);
    }

    public List<Endpoint> endpoints() {
        return List.of(
                Endpoint.of("listAudit", Allow.only(OFFICE, ADMIN), this::list),
                Endpoint.of("verifyAudit", Allow.only(OFFICE, ADMIN), this::verify));
    }

    record PersonBody(UUID id, @Nullable String name, Role role) {
    }

    record PlaceBody(UUID id, String name) {
    }

    record SubjectBody(String kind, String id, @Nullable String name, @Nullable String household) {
    }

    record EntryBody(PlaceBody compound, long number, OffsetDateTime at, @Nullable PersonBody by, String action, SubjectBody subject,
                     Map<String, String> details, @Nullable String reason, String hash) {
        static EntryBody of(Told told) {
            var entry = told.entry();
            var by = entry.by();
            return new EntryBody(new PlaceBody(entry.compoundId(), told.compound()), told.number(), entry.at(),
                    by == null ? null : new PersonBody(by.accountId(), told.byName(), by.role()), entry.action(),
                    new SubjectBody(entry.subjectKind(), entry.subjectId(), told.subjectName(), told.household()), entry.details(), told.reason(),
                    HexFormat.of().formatHex(told.hash()));
        }
    }

    private Reply list(Request request) {
        var filter = new Filter(request.queryDate("from").map(AuditRoutes::midnight).orElse(null),
                request.queryDate("to").map(date -> midnight(date.plusDays(1))).orElse(null), request.query("action").orElse(null),
                request.query("subject").orElse(null), request.queryId("by").orElse(null));
        var health = request.caller().scopeBy(Set.of(OFFICE));
        return Reply.ok(Request.withCursor(audit.list(request.scope(), health, filter, request.page()).map(EntryBody::of)));
    }

    private static OffsetDateTime midnight(LocalDate date) {
        return date.atStartOfDay(BusinessClock.ZONE).toOffsetDateTime();
    }

    record BreakBody(long number, AuditFault fault) {
    }

    record VerificationBody(PlaceBody compound, long entries, String head, boolean intact, @Nullable BreakBody broken) {
    }

    private Reply verify(Request request) {
        var found = audit.verify(request.scope(), request.queryId("compoundId").orElseGet(() -> request.caller().compoundId()));
        var broken = found.broken();
        return Reply.ok(new VerificationBody(new PlaceBody(found.compound().id(), found.compound().name()), found.head().number(),
                HexFormat.of().formatHex(found.head().hash()), broken == null, broken == null ? null : new BreakBody(broken.number(), broken.fault())));
    }
}
