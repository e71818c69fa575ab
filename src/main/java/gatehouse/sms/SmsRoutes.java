package gatehouse.sms;

import gatehouse.http.Allow;
import gatehouse.http.Endpoint;
import gatehouse.http.Reply;
import gatehouse.http.Request;
import gatehouse.kernel.BusinessClock;
import gatehouse.kernel.Database;
import gatehouse.kernel.Role;
import gatehouse.notify.Channel.Addressee;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The operations of sms.yaml: whether somebody is reminded by SMS. */
final class SmsRoutes {
    private final Database database;
    private final BusinessClock clock;
    private final boolean offered;
    private final DeclinedStore declined = new DeclinedStore();

    SmsRoutes(Database database, BusinessClock clock, boolean offered) {
        this.database = database;
        this.clock = clock;
        this.offered = offered;
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.of("getSmsPreference", Allow.only(Role.RESIDENT), this::get),
                Endpoint.of("setSmsPreference", Allow.only(Role.RESIDENT), this::set));
    }

    record Preference(boolean offered, boolean wanted, @Nullable OffsetDateTime since) {
    }

    record Choice(boolean wanted) {
    }

    private Reply get(Request request) {
        return Reply.ok(preference(declined.since(database, person(request))));
    }

    private Reply set(Request request) {
        boolean wanted = request.body(Choice.class).wanted;
        var person = person(request);
        var now = clock.now();
        return Reply.ok(preference(database.transact(tx -> {
            if (wanted) {
                declined.want(tx, person);
                return Optional.<OffsetDateTime>empty();
            }
            return Optional.of(declined.decline(tx, person, now));
        })));
    }

    private Preference preference(Optional<OffsetDateTime> since) {
        return new Preference(offered, since.isEmpty(), since.orElse(null));
    }

    private static Addressee person(Request request) {
        return new Addressee(request.caller().compoundId(), request.caller().accountId());
    }
}
