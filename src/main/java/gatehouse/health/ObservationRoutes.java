package gatehouse.health;

import static gatehouse.kernel.Role.GRID_WORKER;
import static gatehouse.kernel.Role.HEALTH_CENTRE;
import static gatehouse.kernel.Role.OFFICE;
import static gatehouse.kernel.Role.RESIDENT;

import gatehouse.disclosure.HealthLooks;
import gatehouse.health.ObservationActions.Start;
import gatehouse.health.ObservationActions.View;
import gatehouse.health.ObservationActions.Wish;
import gatehouse.health.ObservationEntry.Test;
import gatehouse.http.Allow;
import gatehouse.http.Endpoint;
import gatehouse.http.Identifiers;
import gatehouse.http.Reply;
import gatehouse.http.Request;
import gatehouse.kernel.Page;
import gatehouse.kernel.Problem;
import gatehouse.kernel.ProblemType;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The routes of home observation. */
public final class ObservationRoutes {
    private final ObservationActions actions;
    private final HealthLooks looks;

    public ObservationRoutes(ObservationActions actions, HealthLooks looks) {
        this.actions = actions;
        this.looks = looks;
    }

    public List<Endpoint> endpoints() {
        return List.of(
                Endpoint.of("listObservations", Allow.only(OFFICE, GRID_WORKER, HEALTH_CENTRE, RESIDENT), this::list),
                Endpoint.of("getObservation", Allow.only(OFFICE, GRID_WORKER, HEALTH_CENTRE, RESIDENT), this::get),
                Endpoint.of("startObservations", Allow.only(OFFICE), this::start),
                Endpoint.of("addFollowUp", Allow.only(OFFICE, GRID_WORKER), this::followUp),
                Endpoint.of("addTest", Allow.only(OFFICE), this::test),
                Endpoint.of("withdrawTest", Allow.only(OFFICE), this::withdrawTest),
                Endpoint.of("releaseObservation", Allow.only(OFFICE), request -> end(request, ObservationEvent.RELEASE)),
                Endpoint.of("transferObservation", Allow.only(OFFICE), request -> end(request, ObservationEvent.TRANSFER)));
    }

    record PlaceBody(UUID id, String name) {
    }

    /** {@code note}, {@code takenOn}, {@code result}, {@code days}, {@code of} and {@code withdrawn} where the event has them. */
    record EntryBody(int number, ObservationEvent event, OffsetDateTime at, @Nullable String by, @Nullable String note, @Nullable LocalDate takenOn,
                     @Nullable TestResult result, @Nullable Integer days, @Nullable Integer of, @Nullable Boolean withdrawn) {
        static EntryBody of(ObservationStore.NamedEntry named, boolean notes, Set<Integer> withdrawn) {
            var entry = named.entry();
            var test = entry.test();
            return new EntryBody(entry.version(), entry.event(), entry.at(), notes ? named.byName() : null, notes ? entry.note() : null,
                    test == null ? null : test.takenOn(), test == null ? null : test.result(), entry.days(), entry.of(),
                    test == null ? null : withdrawn.contains(entry.version()));
        }
    }

    record ObservationBody(UUID id, PlaceBody compound, String building, String household, UUID residentId, String residentName,
                           @Nullable String phone, ObservationCause cause, @Nullable String reason, ObservationState state, LocalDate startsOn,
                           int days, int day, int daysLeft, LocalDate endsOn, OffsetDateTime openedAt, @Nullable OffsetDateTime endedAt,
                           @Nullable LocalDate testDueOn, List<ObservationDuty> due, List<Round> roundsDue, List<EntryBody> events, List<ObservationEvent> possible) {
        static ObservationBody of(View view) {
            var of = view.observation();
            var withdrawn = ObservationActions.withdrawn(view.entries());
            return new ObservationBody(of.id(), new PlaceBody(of.compoundId(), of.compound()), of.building(), of.household(), of.residentId(),
                    of.residentName(), of.phoneMasked(), of.cause(), of.reason(), of.state(), of.startsOn(), of.days(), view.day(),
                    (int) Math.max(0, of.endsOn().toEpochDay() - view.today().toEpochDay()), of.endsOn(), of.openedAt(), of.endedAt(),
                    view.testDueOn().orElse(null), view.due(), view.roundsDue(),
                    view.entries().stream().map(each -> EntryBody.of(each, view.notes(), withdrawn)).toList(), view.possible());
        }
    }

    private Reply list(Request request) {
        var state = request.query("state").map(ObservationState::valueOf).orElse(null);
        return Reply.ok(Request.withCursor(actions.list(request.caller(), request.scope(), state, request.page()).map(ObservationBody::of)));
    }

    private Reply get(Request request) {
        var view = actions.get(request.caller(), request.scope(), request.pathId("id"));
        looks.enterAndWait(request.caller(), view.observation().compoundId(), view.observation().residentId());
        return Reply.ok(ObservationBody.of(view));
    }

    record StartRequest(List<String> residentIds, @Nullable Boolean withHousehold, String reason, LocalDate startsOn, int days) {
        Start wish() {
            var residents = residentIds.stream().map(id -> Identifiers.parse(id).orElseThrow(() -> Problem.of(ProblemType.NOT_FOUND)))
                    .collect(Collectors.toSet());
            return new Start(residents, Boolean.TRUE.equals(withHousehold), reason, startsOn, days);
        }
    }

    private Reply start(Request request) {
        return Reply.of(actions.start(request.caller(), request.scope(), request.body(StartRequest.class).wish(),
                request.once(views -> Reply.answer(201, new Page<>(views.stream().map(ObservationBody::of).toList(), null)))));
    }

    record NoteRequest(@Nullable String note) {
    }

    private Reply followUp(Request request) {
        return enter(request, new Wish(request.pathId("id"), ObservationEvent.FOLLOW_UP, note(request), null, null), 201);
    }

    record TestRequest(LocalDate takenOn, TestResult result, @Nullable String note) {
    }

    private Reply test(Request request) {
        var asked = request.body(TestRequest.class);
        var test = new Test(asked.takenOn(), asked.result());
        return enter(request, new Wish(request.pathId("id"), ObservationEvent.TEST, asked.note(), test, null), 201);
    }

    private Reply withdrawTest(Request request) {
        int number = Integer.parseInt(request.path("number"));
        return enter(request, new Wish(request.pathId("id"), ObservationEvent.WITHDRAW_TEST, note(request), null, number), 200);
    }

    private Reply end(Request request, ObservationEvent event) {
        return enter(request, new Wish(request.pathId("id"), event, note(request), null, null), 200);
    }

    private static @Nullable String note(Request request) {
        return request.body(NoteRequest.class).note();
    }

    private Reply enter(Request request, Wish wish, int status) {
        return Reply.of(actions.enter(request.caller(), request.scope(), wish,
                request.once(view -> Reply.answer(status, ObservationBody.of(view)))));
    }
}
