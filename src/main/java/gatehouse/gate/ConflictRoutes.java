package gatehouse.gate;

import static gatehouse.kernel.Role.OFFICE;

import gatehouse.gate.Conflict.Finding;
import gatehouse.gate.ConflictStore.Waiting;
import gatehouse.http.Allow;
import gatehouse.http.Endpoint;
import gatehouse.http.Reply;
import gatehouse.http.Request;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The routes of what the office has to look into at the gates. */
final class ConflictRoutes {
    private final ConflictActions actions;

    ConflictRoutes(ConflictActions actions) {
        this.actions = actions;
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.of("getGateTasks", Allow.only(OFFICE), this::tasks),
                Endpoint.of("listGateConflicts", Allow.only(OFFICE), this::list),
                Endpoint.of("reviewGateConflict", Allow.only(OFFICE), this::review));
    }

    record TaskBody(int count, @Nullable OffsetDateTime oldestAt) {
        static TaskBody of(Waiting waiting) {
            return new TaskBody(waiting.count(), waiting.oldestAt());
        }
    }

    record TasksBody(TaskBody conflicts, TaskBody missingPapers) {
    }

    record ReviewConflict(Finding finding, String note) {
    }

    record BeforeBody(OffsetDateTime at, String gate, Direction direction) {
    }

    record ReviewBody(Finding finding, String note, OffsetDateTime at, @Nullable String by) {
    }

    record ConflictBody(UUID id, Conflict.Kind kind, OffsetDateTime at, OffsetDateTime receivedAt, boolean offline, UUID gateId, String gate,
                        Direction direction, String reason, @Nullable String household, @Nullable String name, @Nullable String passKind,
                        @Nullable BigDecimal temperature, @Nullable Boolean mask, @Nullable String guard, @Nullable BeforeBody before,
                        @Nullable ReviewBody review) {
        static ConflictBody of(Conflict conflict) {
            var before = conflict.before();
            var review = conflict.review();
            return new ConflictBody(conflict.id(), conflict.kind(), conflict.at(), conflict.receivedAt(), conflict.offline(), conflict.gateId(),
                    conflict.gate(), conflict.direction(), conflict.reason(), conflict.household(), conflict.name(), conflict.passKind(),
                    conflict.temperatureTenths() == null ? null : BigDecimal.valueOf(conflict.temperatureTenths(), 1), conflict.mask(),
                    conflict.guard(), before == null ? null : new BeforeBody(before.at(), before.gate(), before.direction()),
                    review == null ? null : new ReviewBody(review.finding(), review.note(), review.at(), review.by()));
        }
    }

    private Reply tasks(Request request) {
        var tasks = actions.tasks(request.scope());
        return Reply.ok(new TasksBody(TaskBody.of(tasks.conflicts()), TaskBody.of(tasks.missingPapers())));
    }

    private Reply list(Request request) {
        return Reply.ok(Request.withCursor(actions.list(request.scope(), request.queryFlag("open"), request.page()).map(ConflictBody::of)));
    }

    private Reply review(Request request) {
        var wish = request.body(ReviewConflict.class);
        return Reply.of(actions.review(request.caller(), request.scope(), request.once(done -> Reply.answer(200, ConflictBody.of(done))),
                request.pathId("id"), wish.finding(), wish.note()));
    }
}
