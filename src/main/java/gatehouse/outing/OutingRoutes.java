package gatehouse.outing;

import static gatehouse.kernel.Role.GRID_WORKER;
import static gatehouse.kernel.Role.GUARD;
import static gatehouse.kernel.Role.OFFICE;
import static gatehouse.kernel.Role.RESIDENT;

import gatehouse.http.Allow;
import gatehouse.http.Endpoint;
import gatehouse.http.Identifiers;
import gatehouse.http.Reply;
import gatehouse.http.Request;
import gatehouse.kernel.Page;
import gatehouse.kernel.Problem;
import gatehouse.kernel.ProblemType;
import gatehouse.outing.OutingActions.SlotView;
import gatehouse.outing.OutingActions.View;
import gatehouse.outing.OutingIntake.Wish;
import gatehouse.outing.OutingStore.NamedEntry;
import io.vertx.core.Future;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The routes of passes and slots. */
final class OutingRoutes {
    private final OutingIntake intake;
    private final OutingActions actions;

    OutingRoutes(OutingIntake intake, OutingActions actions) {
        this.intake = intake;
        this.actions = actions;
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.of("listOutingSlots", Allow.only(RESIDENT, GUARD, GRID_WORKER, OFFICE), this::listSlots),
                Endpoint.of("setGateDay", Allow.only(OFFICE), this::setGateDay),
                Endpoint.hot("requestOutingPass", Allow.only(RESIDENT, GRID_WORKER, OFFICE), this::request),
                Endpoint.of("listOutingPasses", Allow.only(RESIDENT, GRID_WORKER, OFFICE), this::list),
                Endpoint.of("getOutingPass", Allow.only(RESIDENT, GRID_WORKER, OFFICE), this::read),
                Endpoint.of("approveOutingPass", Allow.only(OFFICE), request -> decide(request, PassEvent.APPROVE)),
                Endpoint.of("rejectOutingPass", Allow.only(OFFICE), request -> decide(request, PassEvent.REJECT)),
                Endpoint.of("cancelOutingPass", Allow.only(RESIDENT, GRID_WORKER, OFFICE), request -> decide(request, PassEvent.CANCEL)),
                Endpoint.of("returnOutingPass", Allow.only(GRID_WORKER, OFFICE), request -> decide(request, PassEvent.RETURN)),
                Endpoint.of("getBuyer", Allow.only(RESIDENT), this::buyer),
                Endpoint.of("nameBuyer", Allow.only(RESIDENT), this::nameBuyer));
    }

    record GateRef(UUID id, String name) {
    }

    record SlotBody(String id, GateRef gate, OffsetDateTime startsAt, OffsetDateTime endsAt, int capacity, int taken) {
        static SlotBody of(SlotView view) {
            return new SlotBody(view.slot().id(), new GateRef(view.gate().gateId(), view.gate().gate()), view.slot().startsAt(), view.endsAt(),
                    view.capacity(), view.taken());
        }
    }

    private Reply listSlots(Request request) {
        var slots = actions.slots(request.scope(), request.queryId("gateId").orElse(null), request.queryDate("date").orElse(null));
        return Reply.ok(new Page<>(slots.stream().map(SlotBody::of).toList(), null));
    }

    record GateDayRequest(@Nullable Integer capacity, @Nullable String reason) {
    }

    record GateDayBody(GateRef gate, LocalDate date, @Nullable Integer capacity, @Nullable String reason) {
    }

    private Reply setGateDay(Request request) {
        var asked = request.body(GateDayRequest.class);
        var day = actions.setDay(request.caller(), request.scope(), request.pathId("id"), LocalDate.parse(request.path("date")), asked.capacity(),
                asked.reason());
        return Reply.ok(new GateDayBody(new GateRef(day.gateId(), day.gate()), day.date(), day.capacity(), day.reason()));
    }

    record PassRequest(@Nullable String residentId, PassKind kind, @Nullable String slotId, @Nullable String purpose, @Nullable String document,
                       @Nullable String vehiclePlate) {
        Wish wish() {
            var resident = residentId == null ? null : Identifiers.parse(residentId).orElseThrow(() -> Problem.of(ProblemType.NOT_FOUND));
            var slot = slotId == null ? null : SlotKey.parse(slotId).orElseThrow(() -> Problem.of(ProblemType.NOT_FOUND));
            return new Wish(resident, kind, slot, written(purpose), written(document), written(vehiclePlate));
        }

        private static @Nullable String written(@Nullable String text) {
            return text == null || text.isBlank() ? null : text.strip();
        }
    }

    /** Absent where it does not apply; {@code age} and {@code conditions} are for those who decide. */
    record PassBody(UUID id, PassState state, PassKind kind, UUID residentId, String residentName, String household, @Nullable Integer age,
                    @Nullable GateRef gate, @Nullable String slotId, OffsetDateTime validFrom, OffsetDateTime leaveBy, OffsetDateTime validUntil,
                    @Nullable String purpose, @Nullable String document, @Nullable String vehiclePlate, PassColour colour,
                    OffsetDateTime requestedAt, DecidedBy decidedBy, @Nullable OffsetDateTime decidedAt, @Nullable String reason,
                    @Nullable List<String> suspendedBy, @Nullable List<String> conditions, List<PassEvent> possible,
                    @Nullable List<EntryBody> events) {
        static PassBody of(View view, @Nullable List<NamedEntry> entries) {
            var named = view.named();
            var pass = named.pass();
            var slot = pass.slot();
            boolean decides = view.forStaff() && view.state() == PassState.PENDING;
            return new PassBody(pass.id(), view.state(), pass.kind(), pass.residentId(), named.residentName(), named.household(),
                    view.forStaff() ? view.age().orElse(null) : null,
                    slot == null || named.gate() == null ? null : new GateRef(slot.gateId(), named.gate()), slot == null ? null : slot.id(),
                    pass.window().validFrom(), pass.window().leaveBy(), pass.window().validUntil(), pass.purpose(), pass.document(),
                    pass.vehiclePlate(), pass.colour(), pass.requestedAt(), pass.decidedBy(), pass.decidedAt(), pass.reason(),
                    view.state() != PassState.APPROVED || view.suspending().isEmpty() ? null : slugs(view.suspending()),
                    decides ? slugs(view.broken()) : null, view.possible(),
                    entries == null ? null : entries.stream().map(entry -> EntryBody.of(entry, view.forStaff())).toList());
        }

        private static List<String> slugs(Collection<PassRule> rules) {
            return rules.stream().sorted().map(PassRule::slug).toList();
        }
    }

    record EntryBody(PassEvent event, PassState state, OffsetDateTime at, @Nullable String by, @Nullable String reason) {
        /** Residents read what happened, not which of the staff did it. */
        static EntryBody of(NamedEntry named, boolean forStaff) {
            var entry = named.entry();
            return new EntryBody(entry.event(), entry.to(), entry.at(), forStaff ? named.byName() : null, entry.reason());
        }
    }

    private Future<Reply> request(Request request) {
        return intake.request(request.caller(), request.scope(), request.body(PassRequest.class).wish(),
                request.once(named -> Reply.answer(201, PassBody.of(actions.fresh(request.caller(), named), null)))).map(Reply::of);
    }

    private Reply list(Request request) {
        var page = actions.list(request.caller(), request.scope(), request.query("state").map(PassState::valueOf).orElse(null),
                request.queryDate("date").orElse(null), request.queryId("residentId").orElse(null), request.page());
        return Reply.ok(Request.withCursor(page.map(view -> PassBody.of(view, null))));
    }

    private Reply read(Request request) {
        var detail = actions.read(request.caller(), request.scope(), request.pathId("id"));
        return Reply.ok(PassBody.of(detail.view(), detail.entries()));
    }

    record ReasonRequest(@Nullable String reason) {
    }

    private Reply decide(Request request, PassEvent event) {
        return Reply.of(actions.decide(request.caller(), request.scope(), request.pathId("id"), event,
                request.body(ReasonRequest.class).reason(), request.once(view -> Reply.answer(200, PassBody.of(view, null)))));
    }

    record BuyerRequest(@Nullable String residentId) {
    }

    record BuyerBody(@Nullable UUID residentId) {
    }

    private Reply buyer(Request request) {
        return Reply.ok(new BuyerBody(actions.buyer(request.caller()).orElse(null)));
    }

    private Reply nameBuyer(Request request) {
        var named = request.body(BuyerRequest.class).residentId();
        var resident = named == null ? null : Identifiers.parse(named).orElseThrow(() -> Problem.of(ProblemType.NOT_FOUND));
        return Reply.ok(new BuyerBody(actions.nameBuyer(request.caller(), resident).orElse(null)));
    }
}
