package gatehouse.outing;

import gatehouse.http.Allow;
import gatehouse.http.Endpoint;
import gatehouse.http.Reply;
import gatehouse.http.Request;
import gatehouse.kernel.Role;
import gatehouse.outing.PreviewPolicy.Outcomes;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;

/** The route of a policy that is only thought of. */
final class PreviewRoutes {
    private final PreviewActions actions;

    PreviewRoutes(PreviewActions actions) {
        this.actions = actions;
    }

    List<Endpoint> endpoints() {
        return List.of(Endpoint.of("previewPolicy", Allow.only(Role.OFFICE, Role.ADMIN), this::preview));
    }

    record PreviewRequest(Map<String, Object> values) {
    }

    record RuleBody(String rule, int present, int imagined) {
    }

    record PreviewBody(OffsetDateTime from, OffsetDateTime until, int requests, Outcomes present, Outcomes imagined, int newlyRefused,
                       int newlyAllowed, List<RuleBody> rules) {
    }

    private Reply preview(Request request) {
        var compound = request.queryId("compoundId").orElseGet(() -> request.caller().compoundId());
        var tried = actions.preview(request.scope(), compound, request.body(PreviewRequest.class).values());
        var preview = tried.preview();
        return Reply.ok(new PreviewBody(tried.from(), tried.until(), preview.requests(), preview.present(), preview.imagined(), preview.newlyRefused(),
                preview.newlyAllowed(), preview.rules().stream().map(each -> new RuleBody(each.rule().slug(), each.present(), each.imagined())).toList()));
    }
}
