package gatehouse.wechat;

import gatehouse.http.Allow;
import gatehouse.http.Endpoint;
import gatehouse.http.Reply;
import gatehouse.http.Request;
import gatehouse.kernel.BusinessClock;
import gatehouse.kernel.Database;
import gatehouse.kernel.FieldFault;
import gatehouse.kernel.Problem;
import gatehouse.kernel.Statements;
import gatehouse.notify.Channel.Addressee;
import java.util.List;
import java.util.Optional;

/** The operations of wechat.yaml beyond logging in, which are identity's. */
final class WeChatRoutes {
    private final Database database;
    private final BusinessClock clock;
    private final List<SubscribeTemplate> templates;
    private final CreditStore credits = new CreditStore();

    WeChatRoutes(Database database, BusinessClock clock, List<SubscribeTemplate> templates) {
        this.database = database;
        this.clock = clock;
        this.templates = templates;
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.of("listSubscriptions", Allow.loggedIn(), this::list),
                Endpoint.of("acceptSubscriptions", Allow.loggedIn(), this::accept));
    }

    record SubscriptionJson(String templateId, String appId, SubscribeKind kind, int accepted) {
    }

    record ItemsJson(List<SubscriptionJson> items) {
    }

    record Accepts(List<String> templateIds) {
    }

    private Reply list(Request request) {
        return Reply.ok(items(database, person(request)));
    }

    private Reply accept(Request request) {
        var accepted = request.body(Accepts.class).templateIds;
        for (int place = 0; place < accepted.size(); place++) {
            if (template(accepted.get(place)).isEmpty()) {
                throw Problem.badField("/templateIds/" + place, FieldFault.NOT_LISTED, String.join(", ", templates.stream().map(SubscribeTemplate::id).toList()));
            }
        }
        var person = person(request);
        var now = clock.now();
        return Reply.of(database.transact(request.once((ItemsJson done) -> Reply.answer(200, done)), tx -> {
            accepted.forEach(id -> credits.accept(tx, person, template(id).orElseThrow().appId(), id, now));
            return items(tx, person);
        }));
    }

    private ItemsJson items(Statements in, Addressee person) {
        return new ItemsJson(templates.stream().map(each -> new SubscriptionJson(each.id(), each.appId(), each.kind(),
                credits.open(in, person, each.appId()).getOrDefault(each.id(), 0))).toList());
    }

    private Optional<SubscribeTemplate> template(String id) {
        return templates.stream().filter(each -> each.id().equals(id)).findFirst();
    }

    private static Addressee person(Request request) {
        return new Addressee(request.caller().compoundId(), request.caller().accountId());
    }
}
