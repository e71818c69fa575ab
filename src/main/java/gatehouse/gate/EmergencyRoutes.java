package gatehouse.gate;

import static gatehouse.kernel.Role.GUARD;
import static gatehouse.kernel.Role.OFFICE;

import gatehouse.gate.EmergencyActions.Admission;
import gatehouse.gate.EmergencyActions.Filter;
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

    record AdmitEmergency(String gateId, EmergencyService service, @Nullable UUID nonce, @Nullable OffsetDateTime enteredAt) {
        Admission admission(Request request) {
            return new Admission(VisitRoutes.gate(gateId), service, nonce, ToldTime.of(request, enteredAt));
        }
    }

    record LeaveEmergency(String gateId, @Nullable OffsetDateTime leftAt) {
    }

    record RegisterEmergency(@Nullable String plate, String organisation, int people, String purpose) {
        Papers papers() {
            return new Papers(VisitActions.plate(plate), organisation.strip(), people, purpose.strip());
        }
    }

    record EmergencyBody(UUID id, EmergencyService service, UUID gateId, String gate, OffsetDateTime enteredAt, boolean offline, boolean registered,
                         @Nullable String plate, @Nullable String organisation, @Nullable Integer people, @Nullable String purpose,
                         @Nullable OffsetDateTime registeredAt, @Nullable OffsetDateTime leftAt) {
        static EmergencyBody of(EmergencyEntry entry) {
            var papers = entry.papers();
            return new EmergencyBody(entry.id(), entry.service(), entry.gateId(), entry.gate(), entry.enteredAt(), entry.offline(), papers != null,
                    papers == null ? null : papers.plate(), papers == null ? null : papers.organisation(), papers == null ? null : papers.people(),
                    papers == null ? null : papers.purpose(), entry.registeredAt(), entry.leftAt());
        }
    }

    private Reply admit(Request request) {
        return Reply.of(actions.admit(request.caller(), request.scope(), request.once(entry -> Reply.answer(201, EmergencyBody.of(entry))),
                request.body(AdmitEmergency.class).admission(request)));
    }

    private Reply list(Request request) {
        var page = actions.list(request.scope(), new Filter(request.queryFlag("open"), request.queryFlag("unregistered"), request.queryDate("date").orElse(null)),
                request.page());
        return Reply.ok(Request.withCursor(page.map(EmergencyBody::of)));
    }

    private Reply register(Request request) {
        return Reply.of(actions.register(request.caller(), request.scope(), request.once(entry -> Reply.answer(200, EmergencyBody.of(entry))),
                request.pathId("id"), request.body(RegisterEmergency.class).papers()));
    }

    private Reply leave(Request request) {
        var wish = request.body(LeaveEmergency.class);
        return Reply.of(actions.leave(request.caller(), request.scope(), request.once(entry -> Reply.answer(200, EmergencyBody.of(entry))),
                request.pathId("id"), VisitRoutes.gate(wish.gateId()), ToldTime.of(request, wish.leftAt())));
    }
}
