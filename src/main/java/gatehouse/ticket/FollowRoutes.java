package gatehouse.ticket;

import static gatehouse.kernel.Role.DISPATCHER;
import static gatehouse.kernel.Role.OFFICE;
import static gatehouse.kernel.Role.RESIDENT;

import gatehouse.http.Allow;
import gatehouse.http.Endpoint;
import gatehouse.http.Reply;
import gatehouse.http.Request;
import gatehouse.kernel.FieldFault;
import gatehouse.kernel.Page;
import gatehouse.kernel.Problem;
import gatehouse.ticket.TicketFollowStore.Followed;
import gatehouse.ticket.TicketFollowStore.Shared;
import gatehouse.ticket.TicketRoutes.PlaceBody;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The routes of tickets that all residents may know of. */
final class FollowRoutes {
    private final FollowActions actions;

    FollowRoutes(FollowActions actions) {
        this.actions = actions;
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.of("listPublicTickets", Allow.only(RESIDENT, DISPATCHER, OFFICE), this::list),
                Endpoint.of("listNearbyTickets", Allow.only(RESIDENT, DISPATCHER, OFFICE), this::nearby),
                Endpoint.of("listFollowedTickets", Allow.only(RESIDENT), this::followed),
                Endpoint.of("followTicket", Allow.only(RESIDENT), request -> follow(request, true)),
                Endpoint.of("unfollowTicket", Allow.only(RESIDENT), request -> follow(request, false)));
    }

    record SharedBody(UUID id, String number, TicketCategory category, PlaceBody place, TicketState state, OffsetDateTime submittedAt,
                      OffsetDateTime dueAt, @Nullable OffsetDateTime doneAt, int followers, boolean following, boolean own) {
        static SharedBody of(Shared ticket) {
            return new SharedBody(ticket.id(), ticket.number(), ticket.category(), new PlaceBody(PlaceArea.PUBLIC, ticket.place(), ticket.building()),
                    ticket.state(), ticket.submittedAt(), ticket.dueAt(), ticket.doneAt(), ticket.followers(), ticket.following(), ticket.own());
        }
    }

    private Reply list(Request request) {
        return Reply.ok(Request.withCursor(actions.list(request.caller(), request.scope(), request.page()).map(SharedBody::of)));
    }

    private Reply nearby(Request request) {
        var category = request.query("category").orElseThrow(() -> Problem.badField("?category", FieldFault.REQUIRED));
        return Reply.ok(new Page<>(actions.nearby(request.caller(), request.scope(), category, request.query("building").orElse(null),
                request.query("place").orElse(null)).stream().map(SharedBody::of).toList(), null));
    }

    record StageBody(TicketState state, OffsetDateTime at) {
    }

    record FollowedBody(UUID id, String number, @Nullable TicketCategory category, TicketState state, OffsetDateTime dueAt,
                        @Nullable OffsetDateTime doneAt, @Nullable UUID mergedInto, List<StageBody> stages) {
        static FollowedBody of(Followed ticket) {
            return new FollowedBody(ticket.id(), ticket.number(), ticket.category(), ticket.state(), ticket.dueAt(), ticket.doneAt(), ticket.mergedInto(),
                    ticket.stages().stream().map(stage -> new StageBody(stage.state(), stage.at())).toList());
        }
    }

    private Reply followed(Request request) {
        return Reply.ok(new Page<>(actions.followed(request.caller(), request.scope()).stream().map(FollowedBody::of).toList(), null));
    }

    private Reply follow(Request request, boolean follow) {
        return Reply.ok(SharedBody.of(actions.follow(request.caller(), request.scope(), request.pathId("id"), follow)));
    }
}
