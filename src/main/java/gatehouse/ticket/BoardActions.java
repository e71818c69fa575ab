package gatehouse.ticket;

import gatehouse.audit.AuditAction;
import gatehouse.audit.AuditEntry;
import gatehouse.audit.AuditEntry.Actor;
import gatehouse.audit.AuditLog;
import gatehouse.http.Caller;
import gatehouse.kernel.BusinessClock;
import gatehouse.kernel.Database;
import gatehouse.kernel.FieldFault;
import gatehouse.kernel.Ids;
import gatehouse.kernel.Problem;
import gatehouse.kernel.ProblemType;
import gatehouse.kernel.Role;
import gatehouse.kernel.Scope;
import gatehouse.kernel.Tx;
import gatehouse.registry.Policies;
import gatehouse.registry.PolicyName;
import gatehouse.ticket.BoardStore.Load;
import gatehouse.ticket.BoardStore.Rule;
import gatehouse.ticket.FollowUpPolicy.Closed;
import gatehouse.ticket.SummaryStore.Level;
import gatehouse.ticket.SummaryStore.Opinions;
import gatehouse.ticket.TicketActions.View;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What dispatchers and the office plan by: rules, loads, the way of the day, whom to ask afterwards, and how a month went. */
final class BoardActions {
    private static final int LONGEST_ROUTE = 100;

    private final Database database;
    private final BusinessClock clock;
    private final Policies policies;
    private final AuditLog audit;
    private final TicketActions tickets;

    BoardActions(Database database, BusinessClock clock, Policies policies, AuditLog audit, TicketActions tickets) {
        this.database = database;
        this.clock = clock;
        this.policies = policies;
        this.audit = audit;
        this.tickets = tickets;
    }

    /** Absent category or building: any. */
    record RuleWish(@Nullable String category, @Nullable String building, UUID assigneeId) {
    }

    List<Rule> rules(Scope scope, UUID compound) {
        demandWhole(scope, compound);
        return BoardStore.rules(database, compound);
    }

    List<Load> loads(Scope scope, UUID compound) {
        demandWhole(scope, compound);
        return BoardStore.loads(database, compound);
    }

    /** All rules at once; of two that say the same of whom, the later counts. */
    List<Rule> replaceRules(Caller caller, Scope scope, UUID compound, List<RuleWish> wishes) {
        demandWhole(scope, compound);
        var now = clock.now();
        return database.transact(tx -> {
            BoardStore.clear(tx, compound);
            for (int i = 0; i < wishes.size(); i++) {
                insert(tx, compound, wishes.get(i), "/items/" + i);
            }
            audit.append(tx, AuditEntry.of(compound, now, Actor.of(caller, compound, List.of(Role.OFFICE, Role.DISPATCHER)), AuditAction.TICKET_RULES_CHANGED,
                    "compound", compound, Map.of("entries", Integer.toString(wishes.size()))));
            return BoardStore.rules(tx, compound);
        });
    }

    private static void insert(Tx tx, UUID compound, RuleWish wish, String pointer) {
        var category = wish.category == null ? null : Stream.of(TicketCategory.values()).filter(each -> each.name().equals(wish.category)).findFirst()
                .orElseThrow(() -> Problem.badField(pointer + "/category", FieldFault.NOT_LISTED, String.join(", ",
                        Stream.of(TicketCategory.values()).map(Enum::name).toList())));
        var building = wish.building == null ? null : TicketStore.building(tx, compound, wish.building)
                .orElseThrow(() -> Problem.badField(pointer + "/building", FieldFault.UNKNOWN_BUILDING));
        var assignee = TicketStore.repairman(tx, compound, wish.assigneeId)
                .orElseThrow(() -> Problem.badField(pointer + "/assigneeId", FieldFault.NOT_A_REPAIRMAN));
        BoardStore.insert(tx, compound, Ids.next(), category, building, assignee);
    }

    /** Where a repairman goes today, in the order in which they go. */
    List<View> route(Caller caller) {
        var now = clock.now();
        return RoutePolicy.ofToday(BoardStore.toVisit(database, TicketSight.of(caller), caller.accountId(), LONGEST_ROUTE), now.toLocalDate()).stream()
                .map(ticket -> tickets.listed(caller, ticket)).toList();
    }

    /**
     * Whom to ask how it was.
     *
     * @param wanted how many of the closed ones the policy asks for
     */
    record FollowUps(int closed, int wanted, int done, List<View> items) {
    }

    /** Of a month: the sample of its closed tickets, those not asked yet first. */
    FollowUps followUps(Caller caller, Scope scope, UUID compound, YearMonth month) {
        demandWhole(scope, compound);
        var values = policies.of(compound);
        var closed = BoardStore.closed(database, TicketSight.of(caller), compound, startOf(month), startOf(month.plusMonths(1)));
        var sample = FollowUpPolicy.sample(closed.stream().map(each -> new Closed(each.id(), each.category().isSerious(),
                        each.opinion().followedUpAt() != null)).toList(), values.amount(PolicyName.FOLLOW_UP_SHARE),
                values.amount(PolicyName.SERIOUS_FOLLOW_UP_SHARE));
        var open = closed.stream().filter(each -> sample.contains(each.id()) && each.opinion().followedUpAt() == null)
                .map(ticket -> tickets.listed(caller, ticket)).toList();
        return new FollowUps(closed.size(), sample.size(), (int) closed.stream().filter(each -> each.opinion().followedUpAt() != null).count(), open);
    }

    /** @param followUpsWanted what the policy asks for, by the sample */
    record Summary(UUID compoundId, String name, List<Level> levels, Opinions opinions, int satisfactionGoal, int followUpsWanted) {
    }

    List<Summary> summaries(Scope scope, YearMonth month) {
        return SummaryStore.compounds(database, scope.compounds()).stream().map(compound -> summary(compound, month)).toList();
    }

    private Summary summary(SummaryStore.Compound compound, YearMonth month) {
        var values = policies.of(compound.id());
        var from = startOf(month);
        var until = startOf(month.plusMonths(1));
        var opinions = SummaryStore.opinions(database, compound.id(), from, until);
        int wanted = FollowUpPolicy.wanted(opinions.closed() - opinions.serious(), values.amount(PolicyName.FOLLOW_UP_SHARE))
                + FollowUpPolicy.wanted(opinions.serious(), values.amount(PolicyName.SERIOUS_FOLLOW_UP_SHARE));
        return new Summary(compound.id(), compound.name(), SummaryStore.levels(database, compound.id(), from, until), opinions,
                values.amount(PolicyName.SATISFACTION_GOAL), wanted);
    }

    private static OffsetDateTime startOf(YearMonth month) {
        return month.atDay(1).atStartOfDay(BusinessClock.ZONE).toOffsetDateTime();
    }

    private static void demandWhole(Scope scope, UUID compound) {
        if (!scope.seesWholeCompound(compound)) {
            throw Problem.of(ProblemType.NOT_FOUND);
        }
    }
}
