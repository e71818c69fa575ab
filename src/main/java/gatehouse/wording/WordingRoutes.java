package gatehouse.wording;

import gatehouse.http.Allow;
import gatehouse.http.Endpoint;
import gatehouse.http.Reply;
import gatehouse.http.Request;
import gatehouse.kernel.Role;
import gatehouse.wording.WordingStore.Words;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The operations of wording.yaml. */
final class WordingRoutes {
    private final Wordings wordings;

    WordingRoutes(Wordings wordings) {
        this.wordings = wordings;
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.of("listHeldWords", Allow.only(Role.OFFICE), this::list),
                Endpoint.of("decideHeldWords", Allow.only(Role.OFFICE), this::decide));
    }

    private record HeldView(UUID id, WordingKind kind, UUID thingId, String text, @Nullable WordingWhy why, OffsetDateTime saidAt) {
        static HeldView of(Words words) {
            return new HeldView(words.id(), words.kind(), words.thingId(), words.text(), words.why(), words.saidAt());
        }
    }

    private record Decide(WordingDecision event, @Nullable String reason) {
    }

    private Reply list(Request request) {
        return Reply.ok(Request.withCursor(wordings.held(request.scope(), request.page()).map(HeldView::of)));
    }

    private Reply decide(Request request) {
        var body = request.body(Decide.class);
        wordings.decide(request.caller(), request.scope(), request.pathId("id"), body.event, body.reason);
        return Reply.noContent();
    }
}
