package gatehouse.ticket;

import gatehouse.http.Caller;
import gatehouse.identity.Reach;
import gatehouse.identity.RoleGrant;
import gatehouse.identity.TestAccounts;
import gatehouse.kernel.Answer;
import gatehouse.kernel.Await;
import gatehouse.kernel.Database;
import gatehouse.kernel.Ids;
import gatehouse.kernel.Notifications;
import gatehouse.kernel.Once;
import gatehouse.kernel.Role;
import gatehouse.kernel.Scope;
import gatehouse.registry.Policies;
import gatehouse.support.ApiServer;
import gatehouse.support.Given;
import gatehouse.support.TestClock;
import gatehouse.support.TestDatabase;
import gatehouse.support.TestKeys;
import gatehouse.ticket.TicketActions.Step;
import gatehouse.ticket.TicketActions.View;
import gatehouse.ticket.TicketActions.Wish;
import gatehouse.wechat.WeChat;
import gatehouse.wording.Wordings;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The feature on a database and a clock of its own, without HTTP in front: for months in which much happens. */
public final class TicketDesk implements AutoCloseable {
    private final TestDatabase rows = TestDatabase.fresh();
    private final Vertx vertx = Vertx.vertx();
    private final Database database = new Database(vertx, rows.postgresUrl().connectOptions(), 4);
    private final TestClock clock;
    private final Given.Compound compound;
    private final CalendarActions calendar;
    private TicketActions actions;
    private TicketClock jobs;
    private final Calendars calendars;
    private final Caller resident;
    private final Caller dispatcher;
    private final Caller repairman;
    private final Caller office;

    /** What somebody does, in the words of the API; {@code note} where it wants one. */
    public record Act(String event, @Nullable OffsetDateTime until, @Nullable Integer rating) {
    }

    /** A ticket as it stands. */
    public record Seen(UUID id, String number, String level, String state, @Nullable OffsetDateTime onSiteDueAt, OffsetDateTime doneDueAt,
                       @Nullable OffsetDateTime breachedAt, @Nullable String breach, @Nullable String escalatedTo) {
        static Seen of(Ticket ticket) {
            var course = ticket.course();
            return new Seen(ticket.id(), ticket.number(), ticket.level().name(), ticket.state().name(), ticket.clocks().onSiteDueAt(),
                    ticket.clocks().doneDueAt(), course.breachedAt(), course.breach() == null ? null : course.breach().name(),
                    course.escalatedTo() == 0 ? null : Rung.values()[course.escalatedTo() - 1].name());
        }
    }

    /** With no control, and staff of every rung. */
    public TicketDesk(String start) {
        clock = new TestClock(start);
        compound = new Given(rows).compound("阳光花园").withPolicy("controlLevel", "\"NORMAL\"");
        var home = compound.household("3-2-1402");
        var accounts = new TestAccounts(database, TestKeys.ring(), clock.business());
        var member = home.resident("王小明");
        resident = caller(accounts.open(compound.id(), "王小明", ApiServer.phone(), member, List.of(new RoleGrant(Role.RESIDENT, Reach.HOUSEHOLD, home.id()))),
                member, home.id(), Role.RESIDENT, Scope.ofHousehold(compound.id(), home.id()));
        dispatcher = staff(accounts, Role.DISPATCHER);
        repairman = staff(accounts, Role.REPAIRMAN);
        office = staff(accounts, Role.OFFICE);
        var published = PublishedDays.read();
        calendars = new Calendars(published, clock.business());
        calendar = new CalendarActions(database, clock.business(), TestKeys.audit(), published);
        readPolicies();
    }

    private Caller staff(TestAccounts accounts, Role role) {
        var id = accounts.open(compound.id(), role.name(), ApiServer.phone(), null, List.of(new RoleGrant(role, Reach.COMPOUND, compound.id())));
        return caller(id, null, null, role, Scope.ofCompounds(List.of(compound.id())));
    }

    private Caller caller(UUID account, @Nullable UUID member, @Nullable UUID home, Role role, Scope scope) {
        return new Caller(account, compound.id(), Ids.next(), member, home, List.of(new Caller.Grant(role, scope)));
    }

    private void readPolicies() {
        var policies = new Policies(database, database, clock.business(), new Notifications(vertx, rows.postgresUrl().connectOptions().getFirst()));
        jobs = new TicketClock(database, clock.business(), policies, calendars);
        actions = new TicketActions(database, clock.business(), policies, calendars, jobs, TestKeys.audit(),
                new Wordings(database, clock.business(), new WeChat(database, clock.business(), TestKeys.ring(), WeChat.Setup.NONE), Optional.empty()));
    }

    public TestClock clock() {
        return clock;
    }

    /** A policy value is another from now on. */
    public void setPolicy(String name, Object value) {
        database.transact(tx -> tx.sql("update policy set version = version + 1, changed_values = changed_values || $2 where compound_id = $1")
                .bind(compound.id()).bind(new JsonObject(Map.of(name, value))).update());
        readPolicies();
    }

    /** The office says of a day whether it is worked. */
    public void setDay(LocalDate day, boolean worked) {
        calendar.set(office, Scope.ofCompounds(List.of(compound.id())), compound.id(), day, worked, "小区通知");
    }

    public Seen submit(String kind, String category, boolean atHome, String urgency) {
        return seen(done -> actions.submit(resident, done, new Wish(TicketKind.valueOf(kind), category, atHome ? PlaceArea.HOME : PlaceArea.PUBLIC, "门口",
                null, "坏了", Urgency.valueOf(urgency), false, null, null)));
    }

    /** Given to the one repairman that there is. */
    public Seen assign(UUID ticket) {
        return step(dispatcher, ticket, new Step(TicketEvent.ASSIGN, null, repairman.accountId(), null, null, null));
    }

    public Seen byResident(UUID ticket, Act act) {
        return step(resident, ticket, step(act));
    }

    public Seen byRepairman(UUID ticket, Act act) {
        return step(repairman, ticket, step(act));
    }

    public Seen byDispatcher(UUID ticket, Act act) {
        return step(dispatcher, ticket, step(act));
    }

    private static Step step(Act act) {
        return new Step(TicketEvent.valueOf(act.event), "说明", null, act.until, act.rating, null);
    }

    private Seen step(Caller caller, UUID ticket, Step step) {
        return seen(done -> actions.act(caller, done, ticket, step));
    }

    private static Seen seen(Consumer<Once<View>> call) {
        var seen = new AtomicReference<Seen>();
        call.accept(new Once<>(Optional.empty(), view -> {
            seen.set(Seen.of(view.ticket()));
            return new Answer(200, "{}");
        }));
        return seen.get();
    }

    /** What the clock does every minute. */
    public int keepTime() {
        return jobs.keepTime();
    }

    public Seen find(UUID ticket) {
        return Seen.of(actions.find(dispatcher, ticket).ticket());
    }

    /** What stands in the trail, as event or event/reason. */
    public List<String> trail(UUID ticket) {
        return actions.find(office, ticket).trail().stream().map(entry -> entry.event() + (entry.words().reason() == null ? "" : "/" + entry.words().reason()))
                .toList();
    }

    public TestDatabase rows() {
        return rows;
    }

    @Override
    public void close() {
        database.close();
        Await.on(vertx.close());
        rows.close();
    }
}
