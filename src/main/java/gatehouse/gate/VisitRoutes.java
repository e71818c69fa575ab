package gatehouse.gate;

import static gatehouse.kernel.Role.GUARD;
import static gatehouse.kernel.Role.OFFICE;
import static gatehouse.kernel.Role.RESIDENT;

import gatehouse.gate.VisitActions.Arrival;
import gatehouse.gate.VisitActions.Decided;
import gatehouse.gate.VisitActions.Telling;
import gatehouse.gate.VisitActions.View;
import gatehouse.gate.VisitActions.WalkIn;
import gatehouse.gate.VisitActions.Wish;
import gatehouse.gate.VisitPolicy.Check;
import gatehouse.http.Allow;
import gatehouse.http.Endpoint;
import gatehouse.http.Identifiers;
import gatehouse.http.Json;
import gatehouse.http.Reply;
import gatehouse.http.Request;
import gatehouse.kernel.Answer;
import gatehouse.kernel.FieldFault;
import gatehouse.kernel.Problem;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The routes of visits. */
final class VisitRoutes {
    private final VisitActions actions;

    VisitRoutes(VisitActions actions) {
        this.actions = actions;
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.of("createVisit", Allow.only(RESIDENT), this::invite),
                Endpoint.of("listVisits", Allow.only(RESIDENT, GUARD, OFFICE), this::list),
                Endpoint.of("findVisit", Allow.only(GUARD), this::find),
                Endpoint.of("cancelVisit", Allow.only(RESIDENT), this::cancel),
                Endpoint.of("enterVisit", Allow.only(GUARD), this::enter),
                Endpoint.of("leaveVisit", Allow.only(GUARD), this::leave),
                Endpoint.of("registerWalkIn", Allow.only(GUARD), this::walkIn));
    }

    record VisitBody(UUID id, VisitState state, String visitorName, String phone, @Nullable String idNumber, @Nullable String plate,
                     @Nullable String regionCode, String purpose, String household, OffsetDateTime expectedAt, OffsetDateTime validFrom,
                     OffsetDateTime validUntil, OffsetDateTime invitedAt, @Nullable OffsetDateTime enteredAt, @Nullable OffsetDateTime leftAt,
                     boolean overstayed, boolean forgotten, @Nullable String code, @Nullable String codeTag) {
        VisitBody withCode(@Nullable String shown) {
            return new VisitBody(id, state, visitorName, phone, idNumber, plate, regionCode, purpose, household, expectedAt, validFrom, validUntil, invitedAt,
                    enteredAt, leftAt, overstayed, forgotten, shown, codeTag);
        }

        /** {@code toGuard}: without the ID number, which a gate does not need; with the tag of the code, which only a gate does. */
        static VisitBody of(View view, boolean toGuard) {
            var visit = view.visit();
            return new VisitBody(visit.id(), view.state(), visit.visitorName(), visit.phoneMasked(), toGuard ? null : visit.idNumberMasked(),
                    visit.plate(), visit.regionCode(), visit.purpose(), visit.household(), visit.expectedAt(), view.validFrom(), view.validUntil(),
                    visit.invitedAt(), visit.enteredAt(), visit.leftAt(), view.overstayed(), visit.visitorName().isEmpty(), view.code() == null ? null : view.code().printed(),
                    toGuard ? view.codeTag() : null);
        }
    }

    /** An invitation as the table of idempotency keys may hold it: with what its code is computed by, without the code. */
    record Kept(VisitBody visit, String codeKey) {
        static Kept of(View view) {
            return new Kept(VisitBody.of(view, false).withCode(null), view.visit().codeKey());
        }
    }

    record CreateVisit(String visitorName, @Nullable String idNumber, String phone, @Nullable String plate, @Nullable String regionCode,
                       OffsetDateTime expectedAt, String purpose) {
        Wish wish() {
            return new Wish(visitorName, phone, idNumber, plate, regionCode, expectedAt, purpose);
        }
    }

    record FindVisit(String code) {
    }

    record EnterVisit(String gateId, boolean nameChecked, boolean hostPresent, HealthCode healthCode, BigDecimal temperature, boolean mask,
                      @Nullable String regionCode, @Nullable UUID nonce, @Nullable OffsetDateTime enteredAt, @Nullable Boolean admitted) {
        Arrival arrival(UUID visitId, Request request) {
            return new Arrival(visitId, gate(gateId), regionCode,
                    new Check(nameChecked, hostPresent, healthCode, temperature.movePointRight(1).intValueExact(), mask),
                    new Telling(nonce, ToldTime.of(request, enteredAt), admitted), false);
        }
    }

    record RegisterWalkIn(UUID nonce, String gateId, String household, String visitorName, String phone, @Nullable String code, @Nullable String plate,
                          @Nullable String regionCode, @Nullable String purpose, OffsetDateTime enteredAt, boolean nameChecked, boolean hostPresent,
                          HealthCode healthCode, BigDecimal temperature, boolean mask) {
        WalkIn walkIn(Request request) {
            return new WalkIn(nonce, gate(gateId), household, visitorName, phone, code, plate, regionCode, purpose, ToldTime.of(request, enteredAt),
                    new Check(nameChecked, hostPresent, healthCode, temperature.movePointRight(1).intValueExact(), mask));
        }
    }

    record CancelVisit(@Nullable String note) {
    }

    record LeaveVisit(String gateId, @Nullable UUID nonce, @Nullable OffsetDateTime leftAt, @Nullable Boolean admitted) {
        Telling telling(Request request) {
            return new Telling(nonce, ToldTime.of(request, leftAt), admitted);
        }
    }

    record EnteredBody(boolean allowed, String reason, boolean moved, @Nullable String conflict, VisitBody visit) {
        static EnteredBody of(Decided decided) {
            var passage = decided.passage();
            return new EnteredBody(passage.reason() == VisitReason.OK, passage.reason().slug(), passage.moved(),
                    passage.conflict().map(VisitReason::slug).orElse(null), VisitBody.of(decided.view(), true));
        }
    }

    /** What is no id of ours is no gate of theirs. */
    static UUID gate(String gateId) {
        return Identifiers.parse(gateId).orElseThrow(() -> Problem.badField("/gateId", FieldFault.NOT_YOUR_GATE));
    }

    private static boolean readsAsGuard(Request request) {
        return !request.caller().is(RESIDENT) && !request.caller().is(OFFICE);
    }

    private Reply invite(Request request) {
        var answer = actions.invite(request.caller(), request.once(view -> Reply.answer(201, Kept.of(view))), request.body(CreateVisit.class).wish());
        var kept = Json.readOwn(answer.json(), Kept.class);
        var code = actions.code(kept.codeKey, kept.visit.id).map(VisitCode::printed).orElse(null);
        return Reply.of(new Answer(answer.status(), Json.writeText(kept.visit.withCode(code)), answer.replayed()));
    }

    private Reply list(Request request) {
        var filter = new VisitStore.Filter(request.query("state").map(VisitState::valueOf).orElse(null), request.queryDate("date").orElse(null),
                request.queryFlag("atGate"));
        boolean toGuard = readsAsGuard(request);
        var page = actions.list(request.caller(), request.scope(), filter, request.page());
        return Reply.ok(Request.withCursor(page.map(view -> VisitBody.of(view, toGuard))));
    }

    private Reply find(Request request) {
        return Reply.ok(VisitBody.of(actions.ofCode(request.scope(), request.body(FindVisit.class).code()), true));
    }

    private Reply cancel(Request request) {
        return Reply.of(actions.cancel(request.caller(), request.scope(), request.once(view -> Reply.answer(200, VisitBody.of(view, false))),
                request.pathId("id"), request.body(CancelVisit.class).note()));
    }

    private Reply enter(Request request) {
        return Reply.of(actions.enter(request.caller(), request.scope(), request.once(VisitRoutes::entered),
                request.body(EnterVisit.class).arrival(request.pathId("id"), request)));
    }

    private static Answer entered(Decided decided) {
        return Reply.answer(200, EnteredBody.of(decided));
    }

    private Reply walkIn(Request request) {
        return Reply.of(actions.walkIn(request.caller(), request.scope(), request.once(decided -> Reply.answer(201, EnteredBody.of(decided))),
                request.body(RegisterWalkIn.class).walkIn(request)));
    }

    private Reply leave(Request request) {
        var wish = request.body(LeaveVisit.class);
        return Reply.of(actions.leave(request.caller(), request.scope(),
                request.once(decided -> Reply.answer(200, VisitBody.of(decided.view(), true))), request.pathId("id"), gate(wish.gateId()), wish.telling(request)));
    }
}
