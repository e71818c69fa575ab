package gatehouse.notify;

import com.fasterxml.jackson.annotation.JsonInclude;
import gatehouse.http.Allow;
import gatehouse.http.Endpoint;
import gatehouse.http.Identifiers;
import gatehouse.http.Reply;
import gatehouse.http.Request;
import gatehouse.kernel.FieldFault;
import gatehouse.kernel.Language;
import gatehouse.kernel.Page;
import gatehouse.kernel.Problem;
import gatehouse.kernel.Role;
import gatehouse.notify.Channel.Addressee;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The inbox of whoever is logged in. */
public final class NotifyRoutes {
    private final NotifyActions actions;

    public NotifyRoutes(NotifyActions actions) {
        this.actions = actions;
    }

    public List<Endpoint> endpoints() {
        return List.of(
                Endpoint.of("listParkedMessages", Allow.only(Role.OFFICE, Role.ADMIN), this::parked),
                Endpoint.of("retryParkedMessage", Allow.only(Role.OFFICE, Role.ADMIN), this::retry),
                Endpoint.of("dropParkedMessage", Allow.only(Role.OFFICE, Role.ADMIN), this::drop),
                Endpoint.of("listNotifications", Allow.loggedIn(), this::list),
                Endpoint.of("readNotification", Allow.loggedIn(), this::read),
                Endpoint.of("readNotifications", Allow.loggedIn(), this::readAll));
    }

    @JsonInclude(JsonInclude.Include.ALWAYS)
    record InboxJson(List<NotificationJson> items, @Nullable String next, int unread) {
    }

    record NotificationJson(UUID id, String kind, String title, String text, @Nullable SubjectJson subject, OffsetDateTime createdAt,
                            @Nullable OffsetDateTime readAt) {
    }

    /** Where the portal leads to. */
    record SubjectJson(String kind, UUID id) {
    }

    record ParkedJson(UUID id, PlaceJson compound, String kind, String title, String recipient, @Nullable String role, String fault, int attempts,
                      OffsetDateTime createdAt, OffsetDateTime parkedAt) {
    }

    record PlaceJson(UUID id, String name) {
    }

    private Reply parked(Request request) {
        var page = request.page();
        return Reply.ok(Request.withCursor(actions.parked(request.scope(), page, place(page)).map(each -> new ParkedJson(each.id(),
                new PlaceJson(each.compoundId(), each.compound()), each.template().name(), each.template().title(request.language()),
                each.recipientKind(), each.role(), each.fault(), each.attempts(), each.createdAt(), each.parkedAt()))));
    }

    private Reply retry(Request request) {
        actions.retry(request.caller(), request.scope(), request.pathId("id"));
        return Reply.noContent();
    }

    private Reply drop(Request request) {
        actions.drop(request.caller(), request.scope(), request.pathId("id"));
        return Reply.noContent();
    }

    private Reply list(Request request) {
        var page = request.page();
        var inbox = actions.inbox(owner(request), request.queryFlag("unread"), page, place(page));
        var shown = Request.withCursor(inbox.page().map(each -> json(each, request.language())));
        return Reply.ok(new InboxJson(shown.items(), shown.next(), inbox.unread()));
    }

    private Reply read(Request request) {
        return Reply.ok(json(actions.markRead(owner(request), request.pathId("id")), request.language()));
    }

    record ReadAllJson(String upTo) {
    }

    record UnreadJson(int unread) {
    }

    private Reply readAll(Request request) {
        var upTo = Identifiers.parse(request.body(ReadAllJson.class).upTo)
                .orElseThrow(() -> Problem.badField("/upTo", FieldFault.WRONG_FORMAT, "id"));
        return Reply.ok(new UnreadJson(actions.markAllRead(owner(request), upTo)));
    }

    private static Addressee owner(Request request) {
        return new Addressee(request.caller().compoundId(), request.caller().accountId());
    }

    private static @Nullable UUID place(Page.Request page) {
        var after = page.after();
        return after == null ? null
                : Identifiers.parse(after).orElseThrow(() -> Problem.badField("?cursor", FieldFault.WRONG_FORMAT, "cursor"));
    }

    private static NotificationJson json(Notification each, Language language) {
        var arguments = language == Language.CHINESE ? each.argumentsChinese() : each.argumentsEnglish();
        return new NotificationJson(each.id(), each.template().name(), each.template().title(language),
                each.template().text(language, arguments),
                each.subjectId().map(id -> new SubjectJson(each.template().subject(), id)).orElse(null),
                each.createdAt(), each.readAt().orElse(null));
    }
}
