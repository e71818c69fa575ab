package gatehouse.disclosure;

import static gatehouse.kernel.Role.GRID_WORKER;
import static gatehouse.kernel.Role.GUARD;
import static gatehouse.kernel.Role.HEALTH_CENTRE;
import static gatehouse.kernel.Role.OFFICE;
import static gatehouse.kernel.Role.RESIDENT;
import static gatehouse.kernel.Role.SUBDISTRICT;

import gatehouse.disclosure.DisclosureStore.Seen;
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
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The routes of disclosures. */
public final class DisclosureRoutes {
    private final DisclosureActions disclosures;

    public DisclosureRoutes(Database database, BusinessClock clock, PersonalData personalData, Disclosures entries) {
        this.disclosures = new DisclosureActions(database, clock, personalData, entries);
    }

    public List<Endpoint> endpoints() {
        return List.of(
                Endpoint.of("discloseValue", Allow.only(OFFICE, GRID_WORKER, HEALTH_CENTRE, SUBDISTRICT), this::disclose),
                Endpoint.of("discloseVisitor", Allow.only(OFFICE, GUARD), this::discloseVisitor),
                Endpoint.of("listMyDisclosures", Allow.only(RESIDENT), this::mine));
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

    record DiscloseVisitor(VisitorField field, String reason) {
    }

    private Reply discloseVisitor(Request request) {
        var asked = request.body(DiscloseVisitor.class);
        return Reply.ok(new ValueBody(disclosures.discloseVisitor(request.caller(), request.pathId("id"), asked.field(), asked.reason())));
    }

    record PersonBody(@Nullable String name, Role role) {
    }

    record SeenBody(UUID id, UUID residentId, String residentName, DisclosureField field, @Nullable String reason,
                    OffsetDateTime at, PersonBody by) {
        static SeenBody of(Seen seen) {
            return new SeenBody(seen.id(), seen.residentId(), seen.residentName(), seen.field(), seen.reason(), seen.at(),
                    new PersonBody(seen.byName(), seen.byRole()));
        }
    }

    private Reply mine(Request request) {
        return Reply.ok(Request.withCursor(disclosures.ofHousehold(request.scope(), request.page()).map(SeenBody::of)));
    }
}
