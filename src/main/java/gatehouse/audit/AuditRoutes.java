package gatehouse.audit;

import static gatehouse.kernel.Role.ADMIN;
import static gatehouse.kernel.Role.GRID_WORKER;
import static gatehouse.kernel.Role.HEALTH_CENTRE;
import static gatehouse.kernel.Role.OFFICE;
import static gatehouse.kernel.Role.RESIDENT;
import static gatehouse.kernel.Role.SUBDISTRICT;

import gatehouse.audit.AuditStore.Filter;
import gatehouse.audit.AuditStore.Told;
import gatehouse.audit.DisclosureStore.Seen;
import gatehouse.http.Allow;
import gatehouse.http.Endpoint;
import gatehouse.http.Identifiers;
import gatehouse.http.Reply;
import gatehouse.http.Request;
import gatehouse.kernel.BusinessClock;
import gatehouse.kernel.Database;
import gatehouse.kernel.Problem;
import gatehouse.kernel.ProblemType;
import gatehouse.kernel.Role;
import gatehouse.registry.PersonalData;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The routes of disclosures and of the audit. */
public final class AuditRoutes {
    private final AuditActions audit;
    private final DisclosureActions disclosures;

    public AuditRoutes(Database database, BusinessClock clock, PersonalData personalData, AuditLog log) {
        this.audit = new AuditActions(database, log);
        this.disclosures = new DisclosureActions(database, clock, personalData, log);
    }

    public List<Endpoint> endpoints() {
        return List.of(
                Endpoint.of("discloseValue", Allow.only(OFFICE, GRID_WORKER, HEALTH_CENTRE, SUBDISTRICT), this::disclose),
                Endpoint.of("listMyDisclosures", Allow.only(RESIDENT), this::mine),
                Endpoint.of("listAudit", Allow.only(OFFICE, ADMIN), this::list),
                Endpoint.of("verifyAudit", Allow.only(OFFICE, ADMIN), this::verify));
    }

    record DiscloseRequest(String residentId, DisclosureField field, String reason) {
    }

    /** Masked, so that no log line or message shows it by accident. */
    record ValueBody(String value) {
        @Override
        public String toString() {
            return "ValueBody[***]";
        }
    }

    /** Takes no idempotency key: the answer is not kept anywhere, and to be shown a value twice is to be shown it twice. */
    private Reply disclose(Request request) {
        var asked = request.body(DiscloseRequest.class);
        var resident = Identifiers.parse(asked.residentId()).orElseThrow(() -> Problem.of(ProblemType.NOT_FOUND));
        var value = disclosures.disclose(request.caller(), new DisclosureActions.Wish(resident, asked.field(), asked.reason()));
        return Reply.ok(new ValueBody(value));
    }

    record PersonBody(@Nullable String name, Role role) {
    }

    record SeenBody(UUID id, UUID residentId, String residentName, DisclosureField field, String reason, OffsetDateTime at, PersonBody by) {
        static SeenBody of(Seen seen) {
            return new SeenBody(seen.id(), seen.residentId(), seen.residentName(), seen.field(), seen.reason(), seen.at(),
                    new PersonBody(seen.byName(), seen.byRole()));
        }
    }

    private Reply mine(Request request) {
        return Reply.ok(Request.withCursor(disclosures.ofHousehold(request.scope(), request.page()).map(SeenBody::of)));
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
                    by == null ? null : new PersonBody(told.byName(), by.role()), entry.action(),
                    new SubjectBody(entry.subjectKind(), entry.subjectId(), told.subjectName(), told.household()), entry.details(), told.reason(),
                    HexFormat.of().formatHex(told.hash()));
        }
    }

    private Reply list(Request request) {
        var filter = new Filter(request.queryDate("from").map(AuditRoutes::midnight).orElse(null),
                request.queryDate("to").map(date -> midnight(date.plusDays(1))).orElse(null), request.query("action").orElse(null),
                request.query("subject").orElse(null));
        return Reply.ok(Request.withCursor(audit.list(request.scope(), filter, request.page()).map(EntryBody::of)));
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
