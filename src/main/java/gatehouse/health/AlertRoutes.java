package gatehouse.health;

import static gatehouse.kernel.Role.GRID_WORKER;
import static gatehouse.kernel.Role.HEALTH_CENTRE;
import static gatehouse.kernel.Role.OFFICE;
import static gatehouse.kernel.Role.RESIDENT;
import static gatehouse.kernel.Role.SUBDISTRICT;

import gatehouse.disclosure.HealthLooks;
import gatehouse.health.AlertActions.View;
import gatehouse.health.AlertActions.Wish;
import gatehouse.http.Allow;
import gatehouse.http.Endpoint;
import gatehouse.http.Reply;
import gatehouse.http.Request;
import gatehouse.kernel.Answer;
import gatehouse.kernel.Page;
import gatehouse.kernel.Role;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The routes of alerts. */
public final class AlertRoutes {
    private final AlertActions actions;
    private final HealthLooks looks;

    public AlertRoutes(AlertActions actions, HealthLooks looks) {
        this.actions = actions;
        this.looks = looks;
    }

    public List<Endpoint> endpoints() {
        return List.of(
                Endpoint.of("listAlerts", Allow.only(OFFICE, GRID_WORKER, HEALTH_CENTRE, SUBDISTRICT), this::list),
                Endpoint.of("getAlert", Allow.only(OFFICE, GRID_WORKER, HEALTH_CENTRE, SUBDISTRICT), this::find),
                Endpoint.of("acknowledgeAlert", Allow.only(OFFICE, HEALTH_CENTRE, SUBDISTRICT), request -> step(request, AlertEvent.ACKNOWLEDGE)),
                Endpoint.of("escalateAlert", Allow.only(OFFICE), request -> step(request, AlertEvent.ESCALATE)),
                Endpoint.of("transferAlert", Allow.only(OFFICE, HEALTH_CENTRE), request -> step(request, AlertEvent.TRANSFER)),
                Endpoint.of("closeAlert", Allow.only(OFFICE, HEALTH_CENTRE), request -> step(request, AlertEvent.CLOSE)),
                Endpoint.of("listMyAlerts", Allow.only(RESIDENT), this::mine));
    }

    record ReportBody(String id, LocalDate date, Round round, BigDecimal temperature, List<Symptom> symptoms, @Nullable String note,
                      OffsetDateTime receivedAt, boolean opened) {
        static ReportBody of(AlertStore.JoinedReport report, boolean named) {
            var measurement = report.measurement();
            return new ReportBody(report.key().id(), report.key().date(), report.key().round(), HealthRoutes.degrees(measurement.temperatureTenths()),
                    measurement.symptoms(), named ? measurement.note() : null, report.receivedAt(), report.opened());
        }
    }

    record ActorBody(@Nullable String name, Role role) {
    }

    record StepBody(AlertEvent event, AlertState from, AlertState to, OffsetDateTime at, @Nullable ActorBody by, @Nullable String note) {
        static StepBody of(AlertStore.NamedStep named, boolean withNote) {
            var step = named.step();
            var by = step.by();
            return new StepBody(step.event(), step.from(), step.to(), step.takenAt(), by == null ? null : new ActorBody(named.byName(), by.role()),
                    withNote ? step.note() : null);
        }
    }

    record PlaceBody(UUID id, String name) {
    }

    record AlertBody(UUID id, AlertState state, PlaceBody compound, String building, UUID residentId, @Nullable String residentName,
                     @Nullable String household, @Nullable String phone, OffsetDateTime openedAt, long ageMinutes, OffsetDateTime acknowledgeBy,
                     boolean overdue, @Nullable OffsetDateTime acknowledgedAt, @Nullable OffsetDateTime escalatedAt,
                     @Nullable OffsetDateTime transferredAt, @Nullable OffsetDateTime closedAt, int version, List<ReportBody> reports,
                     List<StepBody> steps, List<AlertEvent> possible) {
        static AlertBody of(View view) {
            var alert = view.alert();
            boolean named = view.named();
            return new AlertBody(alert.id(), alert.state(), new PlaceBody(alert.compoundId(), alert.compound()), alert.building(), alert.residentId(),
                    named ? alert.residentName() : null, named ? alert.household() : null, named ? alert.phoneMasked() : null,
                    alert.openedAt(), Math.max(0, view.age().toMinutes()), alert.acknowledgeBy(), view.overdue(), alert.acknowledgedAt(),
                    alert.escalatedAt(), alert.transferredAt(), alert.closedAt(), alert.version(),
                    view.reports().stream().map(report -> ReportBody.of(report, named)).toList(),
                    view.steps().stream().map(step -> StepBody.of(step, named)).toList(), view.possible());
        }
    }

    private Reply list(Request request) {
        var filter = new AlertStore.Filter(request.query("state").map(AlertState::valueOf).orElse(null), request.queryFlag("unclosed"),
                request.query("building").orElse(null));
        return Reply.ok(Request.withCursor(actions.list(request.caller(), filter, request.page()).map(AlertBody::of)));
    }

    private Reply find(Request request) {
        var view = actions.find(request.caller(), request.scope(), request.pathId("id"));
        if (view.named()) {
            looks.enterAndWait(request.caller(), view.alert().compoundId(), view.alert().residentId());
        }
        return Reply.ok(AlertBody.of(view));
    }

    record StepRequest(@Nullable String note, @Nullable Integer version) {
    }

    private Reply step(Request request, AlertEvent event) {
        var asked = request.body(StepRequest.class);
        var wish = new Wish(request.pathId("id"), event, asked.note(), asked.version());
        return Reply.of(actions.step(request.caller(), request.scope(), wish, request.once(AlertRoutes::answer)));
    }

    private static Answer answer(View view) {
        return Reply.answer(200, AlertBody.of(view));
    }

    record MyAlertBody(UUID id, UUID residentId, String residentName, AlertState state, OffsetDateTime openedAt, OffsetDateTime acknowledgeBy,
                       @Nullable OffsetDateTime acknowledgedAt, @Nullable OffsetDateTime escalatedAt, @Nullable OffsetDateTime transferredAt,
                       @Nullable OffsetDateTime closedAt, boolean passesSuspended) {
        static MyAlertBody of(Alert alert) {
            return new MyAlertBody(alert.id(), alert.residentId(), alert.residentName(), alert.state(), alert.openedAt(), alert.acknowledgeBy(),
                    alert.acknowledgedAt(), alert.escalatedAt(), alert.transferredAt(), alert.closedAt(), alert.state() != AlertState.CLOSED);
        }
    }

    private Reply mine(Request request) {
        return Reply.ok(new Page<>(actions.ofHousehold(request.caller()).stream().map(MyAlertBody::of).toList(), null));
    }
}
