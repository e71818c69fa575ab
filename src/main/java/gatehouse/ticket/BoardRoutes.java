package gatehouse.ticket;

import static gatehouse.kernel.Role.DISPATCHER;
import static gatehouse.kernel.Role.GRID_WORKER;
import static gatehouse.kernel.Role.OFFICE;
import static gatehouse.kernel.Role.REPAIRMAN;
import static gatehouse.kernel.Role.RESIDENT;
import static gatehouse.kernel.Role.SUBDISTRICT;

import gatehouse.http.Allow;
import gatehouse.http.Endpoint;
import gatehouse.http.Identifiers;
import gatehouse.http.Reply;
import gatehouse.http.Request;
import gatehouse.kernel.BusinessClock;
import gatehouse.kernel.FieldFault;
import gatehouse.kernel.Page;
import gatehouse.kernel.Problem;
import gatehouse.ticket.BoardActions.RuleWish;
import gatehouse.ticket.BoardActions.Summary;
import gatehouse.ticket.BoardStore.Load;
import gatehouse.ticket.BoardStore.Rule;
import gatehouse.ticket.CalendarActions.Day;
import gatehouse.ticket.CalendarActions.YearView;
import gatehouse.ticket.SummaryStore.Level;
import gatehouse.ticket.TicketRoutes.PersonBody;
import gatehouse.ticket.TicketRoutes.TicketBody;
import java.time.LocalDate;
import java.time.Year;
import java.time.YearMonth;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The routes of planning: rules, loads, the way of the day, follow-ups, the month, the calendar. */
final class BoardRoutes {
    private static final int PERCENT = 100;

    private final BoardActions actions;
    private final CalendarActions calendar;
    private final BusinessClock clock;

    BoardRoutes(BoardActions actions, CalendarActions calendar, BusinessClock clock) {
        this.actions = actions;
        this.calendar = calendar;
        this.clock = clock;
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.of("listTicketRules", Allow.only(DISPATCHER, OFFICE), request -> rules(actions.rules(request.scope(), compound(request)))),
                Endpoint.of("replaceTicketRules", Allow.only(DISPATCHER, OFFICE), this::replaceRules),
                Endpoint.of("listRepairmen", Allow.only(DISPATCHER, OFFICE, REPAIRMAN), this::loads),
                Endpoint.of("getTicketRoute", Allow.only(REPAIRMAN), this::route),
                Endpoint.of("listFollowUps", Allow.only(DISPATCHER, OFFICE), this::followUps),
                Endpoint.of("getServiceLevels", Allow.only(RESIDENT, DISPATCHER, REPAIRMAN, GRID_WORKER, OFFICE, SUBDISTRICT), this::summary),
                Endpoint.of("getWorkingCalendar", Allow.only(DISPATCHER, OFFICE), this::year),
                Endpoint.of("setWorkingDay", Allow.only(OFFICE), this::setDay),
                Endpoint.of("removeWorkingDay", Allow.only(OFFICE), this::removeDay));
    }

    /** The caller's own where they name none. */
    private static UUID compound(Request request) {
        return request.queryId("compoundId").orElse(request.caller().compoundId());
    }

    record RuleBody(UUID id, @Nullable TicketCategory category, @Nullable String building, PersonBody assignee) {
        static RuleBody of(Rule rule) {
            return new RuleBody(rule.id(), rule.category(), rule.building(), new PersonBody(rule.assignee().accountId(), rule.assignee().name()));
        }
    }

    record RuleRequest(@Nullable String category, @Nullable String building, String assigneeId) {
    }

    record RulesRequest(List<RuleRequest> items) {
    }

    record LoadBody(UUID id, String name, int assigned, int onSite, int waiting, int late) {
        static LoadBody of(Load load) {
            return new LoadBody(load.who().accountId(), load.who().name(), load.assigned(), load.onSite(), load.waiting(), load.late());
        }
    }

    private static Reply rules(List<Rule> rules) {
        return Reply.ok(new Page<>(rules.stream().map(RuleBody::of).toList(), null));
    }

    private Reply replaceRules(Request request) {
        var items = request.body(RulesRequest.class).items();
        var wishes = items.stream().map(each -> new RuleWish(each.category, each.building, Identifiers.parse(each.assigneeId)
                .orElseThrow(() -> Problem.badField("/items/" + items.indexOf(each) + "/assigneeId", FieldFault.NOT_A_REPAIRMAN)))).toList();
        return rules(actions.replaceRules(request.caller(), request.scope(), compound(request), wishes));
    }

    private Reply loads(Request request) {
        return Reply.ok(new Page<>(actions.loads(request.scope(), compound(request)).stream().map(LoadBody::of).toList(), null));
    }

    private Reply route(Request request) {
        return Reply.ok(new Page<>(actions.route(request.caller()).stream().map(view -> TicketBody.of(view, false)).toList(), null));
    }

    record FollowUpsBody(YearMonth month, int closed, int wanted, int done, List<TicketBody> items) {
    }

    private Reply followUps(Request request) {
        var month = month(request);
        var found = actions.followUps(request.caller(), request.scope(), compound(request), month);
        return Reply.ok(new FollowUpsBody(month, found.closed(), found.wanted(), found.done(),
                found.items().stream().map(view -> TicketBody.of(view, false)).toList()));
    }

    record LevelBody(ServiceLevel level, int submitted, int done, int open, int late, @Nullable Integer onTimePercent, @Nullable Integer meanMinutes) {
        static LevelBody of(Level level) {
            return new LevelBody(level.level(), level.submitted(), level.done(), level.open(), level.late(),
                    percent(level.submitted() - level.late(), level.submitted()), level.minutes());
        }
    }

    record SummaryBody(UUID id, String name, int submitted, int done, int open, int late, @Nullable Integer onTimePercent, int closed, int rated,
                       int satisfied, @Nullable Integer satisfactionPercent, int satisfactionGoal, int followUps, int followUpsWanted,
                       List<LevelBody> levels) {
        static SummaryBody of(Summary summary) {
            var levels = summary.levels();
            int submitted = levels.stream().mapToInt(Level::submitted).sum();
            int late = levels.stream().mapToInt(Level::late).sum();
            var opinions = summary.opinions();
            return new SummaryBody(summary.compoundId(), summary.name(), submitted, levels.stream().mapToInt(Level::done).sum(),
                    levels.stream().mapToInt(Level::open).sum(), late, percent(submitted - late, submitted), opinions.closed(), opinions.rated(),
                    opinions.satisfied(), percent(opinions.satisfied(), opinions.rated()), summary.satisfactionGoal(), opinions.followedUp(),
                    summary.followUpsWanted(), levels.stream().sorted(Comparator.comparing(Level::level)).map(LevelBody::of).toList());
        }
    }

    record MonthBody(YearMonth month, List<SummaryBody> compounds) {
    }

    /** Null of nothing. */
    private static @Nullable Integer percent(int part, int whole) {
        return whole == 0 ? null : Math.round((float) part * PERCENT / whole);
    }

    private Reply summary(Request request) {
        var month = month(request);
        return Reply.ok(new MonthBody(month, actions.summaries(request.scope(), month).stream().map(SummaryBody::of).toList()));
    }

    /** This month where none is named. */
    private YearMonth month(Request request) {
        return request.query("month").map(YearMonth::parse).orElseGet(() -> YearMonth.from(clock.now()));
    }

    record DayBody(LocalDate date, boolean worked, @Nullable String name, boolean own) {
        static DayBody of(Day day) {
            return new DayBody(day.date(), day.worked(), day.name(), day.own());
        }
    }

    record YearBody(int year, boolean listed, List<DayBody> items) {
        static YearBody of(YearView view) {
            return new YearBody(view.year(), view.listed(), view.days().stream().map(DayBody::of).toList());
        }
    }

    record DayRequest(boolean worked, String name) {
    }

    private Reply year(Request request) {
        var year = request.query("year").map(text -> Year.of(Integer.parseInt(text))).orElseGet(() -> Year.from(clock.now()));
        return Reply.ok(YearBody.of(calendar.year(request.scope(), compound(request), year)));
    }

    private Reply setDay(Request request) {
        var asked = request.body(DayRequest.class);
        return Reply.ok(YearBody.of(calendar.set(request.caller(), request.scope(), compound(request), day(request), asked.worked, asked.name)));
    }

    private Reply removeDay(Request request) {
        return Reply.ok(YearBody.of(calendar.remove(request.caller(), request.scope(), compound(request), day(request))));
    }

    private static LocalDate day(Request request) {
        return LocalDate.parse(request.path("date"));
    }
}
