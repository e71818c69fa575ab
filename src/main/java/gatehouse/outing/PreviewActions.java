package gatehouse.outing;

import gatehouse.http.Json;
import gatehouse.kernel.BusinessClock;
import gatehouse.kernel.Database;
import gatehouse.kernel.Scope;
import gatehouse.outing.OutingStore.Judged;
import gatehouse.outing.PreviewPolicy.Recorded;
import gatehouse.registry.Policies;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.UUID;

/** Tries a policy that is only thought of on the requests that were made. */
final class PreviewActions {
    private static final int DAYS = 7;
    /** Of a busier compound, the first so many of those days. */
    private static final int MOST_REQUESTS = 50_000;

    private final Database database;
    private final BusinessClock clock;
    private final Policies policies;

    PreviewActions(Database database, BusinessClock clock, Policies policies) {
        this.database = database;
        this.clock = clock;
        this.policies = policies;
    }

    /** What it comes to, and of which days. */
    record Tried(OffsetDateTime from, OffsetDateTime until, PreviewPolicy.Preview preview) {
    }

    /** Fails as the change itself would: with the faults of the values, or NOT_FOUND for a compound outside the scope. */
    Tried preview(Scope scope, UUID compound, Map<String, Object> asked) {
        var imagined = policies.imagine(scope, compound, asked);
        var until = clock.now();
        var from = until.minusDays(DAYS);
        var requests = OutingStore.requests(database, compound, from, MOST_REQUESTS).stream().map(PreviewActions::recorded).toList();
        return new Tried(from, until, PreviewPolicy.compare(requests, OutingRules.of(imagined.present()), OutingRules.of(imagined.next())));
    }

    /** Rules are about China's hours, in which the database does not keep them. */
    private static Recorded recorded(Judged judged) {
        return new Recorded(Json.readOwn(judged.facts(), OutingFacts.class),
                judged.requestedAt().atZoneSameInstant(BusinessClock.ZONE).toOffsetDateTime());
    }
}
