package gatehouse.outing;

import static gatehouse.kernel.Role.GRID_WORKER;
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
import gatehouse.outing.OutingRoutes.GateRef;
import gatehouse.outing.WaitStore.NamedWaiting;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The routes of the lines for full slots. */
final class WaitRoutes {
    private static final Allow HOUSEHOLDS_AND_HELPERS = Allow.only(RESIDENT, GRID_WORKER, OFFICE);

    private final WaitActions actions;

    WaitRoutes(WaitActions actions) {
        this.actions = actions;
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.of("waitForSlot", HOUSEHOLDS_AND_HELPERS, this::join),
                Endpoint.of("listWaiting", HOUSEHOLDS_AND_HELPERS, this::list),
                Endpoint.of("leaveWaiting", HOUSEHOLDS_AND_HELPERS, this::leave));
    }

    record WaitRequest(@Nullable String residentId) {
    }

    record WaitBody(UUID id, String slotId, @Nullable GateRef gate, OffsetDateTime startsAt, OffsetDateTime endsAt, UUID residentId,
                    String residentName, WaitState state, int ahead, @Nullable OffsetDateTime offeredUntil) {
        static WaitBody of(NamedWaiting named, OffsetDateTime now) {
            var waiting = named.waiting();
            return new WaitBody(waiting.id(), waiting.slot().id(), named.gate() == null ? null : new GateRef(waiting.slot().gateId(), named.gate()),
                    waiting.slot().startsAt(), waiting.slotEndsAt(), waiting.residentId(), named.residentName(), waiting.stateAt(now), named.ahead(),
                    waiting.offeredUntil());
        }
    }

    private Reply join(Request request) {
        var slot = SlotKey.parse(request.path("id")).orElseThrow(() -> Problem.of(ProblemType.NOT_FOUND));
        var asked = request.body(WaitRequest.class).residentId();
        var resident = asked == null ? null : Identifiers.parse(asked).orElseThrow(() -> Problem.of(ProblemType.NOT_FOUND));
        return Reply.of(actions.join(request.caller(), request.scope(), slot, resident,
                request.once(named -> Reply.answer(201, WaitBody.of(named, actions.now())))));
    }

    private Reply list(Request request) {
        var now = actions.now();
        return Reply.ok(new Page<>(actions.open(request.scope()).stream().map(each -> WaitBody.of(each, now)).toList(), null));
    }

    private Reply leave(Request request) {
        actions.leave(request.scope(), request.pathId("id"));
        return Reply.noContent();
    }
}
