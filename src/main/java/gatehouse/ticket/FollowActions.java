package gatehouse.ticket;

import gatehouse.http.Caller;
import gatehouse.http.Identifiers;
import gatehouse.kernel.BusinessClock;
import gatehouse.kernel.Database;
import gatehouse.kernel.FieldFault;
import gatehouse.kernel.Page;
import gatehouse.kernel.Problem;
import gatehouse.kernel.ProblemType;
import gatehouse.kernel.Scope;
import gatehouse.kernel.Tx;
import gatehouse.ticket.TicketFollowStore.Followed;
import gatehouse.ticket.TicketFollowStore.Shared;
import java.time.Period;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What residents see of what others reported about what all share, and how they follow it. */
final class FollowActions {
    /** So long people see that something was done. */
    private static final Period SHOWN_DONE = Period.ofDays(14);
    private static final int FOLLOWED_AT_MOST = 100;

    private final Database database;
    private final BusinessClock clock;

    FollowActions(Database database, BusinessClock clock) {
        this.database = database;
        this.clock = clock;
    }

    Page<Shared> list(Caller caller, Scope scope, Page.Request page) {
        var before = page.after() == null ? null : Identifiers.parse(page.after())
                .orElseThrow(() -> Problem.badField("?cursor", FieldFault.WRONG_FORMAT, "cursor"));
        return Page.cut(TicketFollowStore.list(database, scope.compounds(), caller.accountId(), clock.now().minus(SHOWN_DONE), page, before), page,
                ticket -> ticket.id().toString());
    }

    /** Open tickets that may be the same; asked before one is sent. */
    List<Shared> nearby(Caller caller, Scope scope, String category, @Nullable String building, @Nullable String place) {
        var wanted = Stream.of(TicketCategory.values()).filter(each -> each.name().equals(category)).findFirst()
                .orElseThrow(() -> Problem.badField("?category", FieldFault.WRONG_FORMAT, "category"));
        return TicketFollowStore.nearby(database, scope.compounds(), caller.accountId(), wanted, building, place);
    }

    List<Followed> followed(Caller caller, Scope scope) {
        return TicketFollowStore.followed(database, scope.compounds(), caller.accountId(), FOLLOWED_AT_MOST);
    }

    Shared follow(Caller caller, Scope scope, UUID id, boolean follow) {
        var now = clock.now();
        return database.transact(tx -> {
            var ticket = find(tx, caller, scope, id);
            if (follow) {
                TicketFollowStore.follow(tx, ticket, caller.compoundId(), caller.accountId(), now);
            } else {
                TicketFollowStore.unfollow(tx, ticket, caller.accountId());
            }
            return find(tx, caller, scope, id);
        });
    }

    private static Shared find(Tx tx, Caller caller, Scope scope, UUID id) {
        return TicketFollowStore.find(tx, scope.compounds(), caller.accountId(), id).orElseThrow(() -> Problem.of(ProblemType.NOT_FOUND));
    }
}
