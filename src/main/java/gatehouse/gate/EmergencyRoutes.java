package gatehouse.gate;

import static gatehouse.kernel.Role.GUARD;
import static gatehouse.kernel.Role.OFFICE;

import gatehouse.gate.EmergencyEntry.Papers;
import gatehouse.http.Allow;
import gatehouse.http.Endpoint;
import gatehouse.http.Reply;
import gatehouse.http.Request;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The routes of emergency vehicles. */
final class EmergencyRoutes {
    private final EmergencyActions actions;

    EmergencyRoutes(EmergencyActions actions) {
        this.actions = actions;
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.of("admitEmergency", Allow.only(GUARD), this::admit),
                Endpoint.of("listEmergencies", Allow.only(GUARD, OFFICE), this::list),
                Endpoint.of("registerEmergency", Allow.only(GUARD, OFFICE), this::register),
                Endpoint.of("leaveEmergency", Allow.only(GUARD), this::leave));
    }

    record AdmitEmergency(String gateId, EmergencyService service) {
    }

    record RegisterEmergency(@Nullable String plate, String organisation, int people, String purpose) {
        Papers papers() {
            return new Papers(VisitActions.plate(plate), organisation.strip(), people, purpose.strip());
        }
    }

    record EmergencyBody(UUID id, EmergencyService service, UUID gateId, String gate, OffsetDateTime enteredAt, boolean registered,
                         @Nullable String plate, @Nullable String organisation, @Nullable Integer people, @Nullable String purpose,
                         @Nullable OffsetDateTime registeredAt, @Nullable OffsetDateTime leftAt) {
        static EmergencyBody of(EmergencyEntry entry) {
            var papers = entry.papers();
            return new EmergencyBody(entry.id(), entry.service(), entry.gateId(), entry.gate(), entry.enteredAt(), papers != null,
                    papers == null ? null : papers.plate(), papers == null ? null : papers.organisation(), papers == null ? null : papers.people(),
                    papers == null ? null : papers.purpose(), entry.registeredAt(), entry.leftAt());
        }
    }

    private Reply admit(Request request) {
        var wish = request.body(AdmitEmergency.class);
        return Reply.of(actions.admit(request.caller(), request.scope(), request.once(entry -> Reply.answer(201, EmergencyBody.of(entry))),
                VisitRoutes.gate(wish.gateId()), wish.service()));
    }

    private Reply list(Request request) {
        var page = actions.list(request.scope(), request.queryFlag("open"), request.queryDate("date").orElse(null), request.page());
        return Reply.ok(Request.withCursor(page.map(EmergencyBody::of)));
    }

    private Reply register(Request request) {
        return Reply.of(actions.register(request.caller(), request.scope(), request.once(entry -> Reply.answer(200, EmergencyBody.of(entry))),
                request.pathId("id"), request.body(RegisterEmergency.class).papers()));
    }

    private Reply leave(Request request) {
        return Reply.of(actions.leave(request.caller(), request.scope(), request.once(entry -> Reply.answer(200, EmergencyBody.of(entry))),
                request.pathId("id"), VisitRoutes.gate(request.body(VisitRoutes.AtGate.class).gateId())));
    }
}
