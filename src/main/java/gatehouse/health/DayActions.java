package gatehouse.health;

import gatehouse.health.DayPolicy.Day;
import gatehouse.health.DayPolicy.Due;
import gatehouse.health.DayStore.Calls;
import gatehouse.health.DayStore.Done;
import gatehouse.health.DayStore.Waiting;
import gatehouse.health.DayStore.Window;
import gatehouse.health.KnockStore.Doors;
import gatehouse.kernel.BusinessClock;
import gatehouse.kernel.Database;
import gatehouse.kernel.Page;
import gatehouse.kernel.Role;
import gatehouse.kernel.Scope;
import gatehouse.kernel.Tx;
import gatehouse.notify.Message;
import gatehouse.notify.MessageTemplate;
import gatehouse.notify.Outbox;
import gatehouse.notify.Recipient;
import gatehouse.registry.Policies;
import gatehouse.registry.PolicyValues;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The verbs of a compound's day: remind, close the rounds, hand out the call list. */
public final class DayActions {
    private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("H:mm");

    private final Database database;
    private final BusinessClock clock;
    private final Policies policies;

    public DayActions(Database database, BusinessClock clock, Policies policies) {
        this.database = database;
        this.clock = clock;
        this.policies = policies;
    }

    /**
     * Does what is due in every compound, each thing in a transaction of its own with its mark; answers how many were done here. Where
     * one fails, the others are done all the same and the first fault is thrown at the end.
     */
    int keepTheDay() {
        var now = clock.now();
        var valuesOf = policies.all();
        var done = DayStore.done(database, DayPolicy.oldest(now)).stream()
                .collect(Collectors.groupingBy(Done::compoundId, Collectors.mapping(Done::day, Collectors.toSet())));
        RuntimeException fault = null;
        int count = 0;
        for (var compound : DayStore.compounds(database)) {
            var values = valuesOf.apply(compound.id());
            var rules = DayRules.of(values);
            for (var due : DayPolicy.due(rules, compound.createdAt(), done.getOrDefault(compound.id(), Set.<Day>of()), now)) {
                try {
                    count += database.transact(tx -> doOnce(tx, compound.id(), values, due, now)) ? 1 : 0;
                } catch (RuntimeException failed) {
                    fault = fault == null ? failed : fault;
                }
            }
        }
        if (fault != null) {
            throw fault;
        }
        return count;
    }

    private static boolean doOnce(Tx tx, UUID compound, PolicyValues values, Due due, OffsetDateTime now) {
        if (!DayStore.mark(tx, compound, due, now)) {
            return false;
        }
        var rules = DayRules.of(values);
        var date = due.day().date();
        switch (due.day().mark()) {
            case OBSERVATION_REMINDER -> ObservationReminder.send(tx, compound, values, now);
            case MORNING_REMINDER -> remind(tx, compound, rules, due, List.of(Round.MORNING), MessageTemplate.ROUND_REMINDER, now);
            case AFTERNOON_REMINDER -> remind(tx, compound, rules, due, List.of(Round.AFTERNOON), MessageTemplate.ROUND_REMINDER, now);
            case LAST_REMINDER -> remind(tx, compound, rules, due, List.of(Round.values()), MessageTemplate.ROUND_MISSING, now);
            case KNOCK_LIST -> sendOut(tx, compound, date, KnockPolicy.window(rules, now), now);
            case CUT_OFF -> DayStore.countRounds(tx, compound, date, DayPolicy.cutOff(rules, date, now), now);
            case CALL_LIST -> callOut(tx, window(compound, rules, new DayPolicy.DayRound(date, Round.AFTERNOON)), now);
        }
        return true;
    }

    private static void remind(Tx tx, UUID compound, DayRules rules, Due due, List<Round> rounds, MessageTemplate template, OffsetDateTime now) {
        var messages = DayStore.waiting(tx, compound, due.day().date(), rounds).stream()
                .map(waiting -> reminder(compound, rules, due.day(), waiting, template)).toList();
        Outbox.put(tx, now, messages);
    }

    private static Message reminder(UUID compound, DayRules rules, Day day, Waiting waiting, MessageTemplate template) {
        var missing = Stream.of(waiting.morningMissing() ? HOUR.format(rules.morningAt()) : "",
                waiting.afternoonMissing() ? HOUR.format(rules.afternoonAt()) : "").filter(hour -> !hour.isEmpty()).collect(Collectors.joining(" / "));
        return Message.of(compound, "health-day/%s/%s/%s".formatted(day.date(), day.mark(), waiting.householdId()), template,
                new Recipient.Household(waiting.householdId()), missing, HOUR.format(rules.cutOffAt())).about(waiting.householdId());
    }

    private static void callOut(Tx tx, Window window, OffsetDateTime now) {
        Outbox.put(tx, now, DayStore.calls(tx, window).stream().map(calls -> toCaller(window, calls)).toList());
    }

    /** To the grid's worker, whom any of its buildings finds; where a building has no grid the office must call. */
    private static Message toCaller(Window window, Calls calls) {
        var grid = calls.gridId();
        var recipient = grid.isPresent() ? new Recipient.HoldersOfBuilding(Role.GRID_WORKER, calls.buildingId())
                : new Recipient.HoldersOfCompound(Role.OFFICE);
        return Message.of(window.compoundId(), "call-list/%s/%s".formatted(window.until().date(), grid.map(UUID::toString).orElse("no-grid")),
                MessageTemplate.CALL_LIST, recipient, calls.residents()).about(window.compoundId());
    }

    /** To each grid's worker, once: so many doors; those of buildings without a grid are the office's. */
    private static void sendOut(Tx tx, UUID compound, LocalDate date, KnockPolicy.Window window, OffsetDateTime now) {
        var byGrid = new HashMap<Optional<UUID>, List<Doors>>();
        KnockStore.doorsByBuilding(tx, Scope.ofCompounds(List.of(compound)), Map.of(compound, window), date)
                .forEach(doors -> byGrid.computeIfAbsent(doors.gridId(), nothing -> new ArrayList<>()).add(doors));
        Outbox.put(tx, now, byGrid.entrySet().stream().map(grid -> toKnocker(compound, date, grid.getKey(), grid.getValue())).toList());
        // the live picture counts them from now on
        tx.changes(compound);
    }

    private static Message toKnocker(UUID compound, LocalDate date, Optional<UUID> grid, List<Doors> doors) {
        var recipient = grid.isPresent() ? new Recipient.HoldersOfBuilding(Role.GRID_WORKER, doors.getFirst().buildingId())
                : new Recipient.HoldersOfCompound(Role.OFFICE);
        return Message.of(compound, "knock-list/%s/%s".formatted(date, grid.map(UUID::toString).orElse("no-grid")), MessageTemplate.KNOCK_LIST, recipient,
                doors.stream().mapToInt(Doors::doors).sum()).about(compound);
    }

    private static Window window(UUID compound, DayRules rules, DayPolicy.DayRound until) {
        return new Window(compound, until, DayPolicy.earliestMissed(until, rules.missedRoundsForCall()));
    }

    /** Somebody to be called: how many rounds they missed in a row up to the last cut-off. */
    record Call(HealthStore.Missing resident, int missedRounds) {
    }

    /** Who is on the call list now; whoever reports drops off it. */
    Page<Call> callList(Scope scope, Page.Request page) {
        var now = clock.now();
        Function<UUID, Window> windowOf = compound -> {
            var rules = DayRules.of(policies.of(compound));
            return window(compound, rules, DayPolicy.lastClosed(rules, now));
        };
        var windows = Stream.of(scope.compounds()).map(windowOf).collect(Collectors.toMap(Window::compoundId, Function.identity()));
        var rows = DayStore.callList(database, scope, List.copyOf(windows.values()), page);
        return Page.cut(rows, page, HealthStore.Missing::place).map(row -> new Call(row, missed(row, windows.get(row.compoundId()).until())));
    }

    private static int missed(HealthStore.Missing row, DayPolicy.DayRound until) {
        return HealthPolicy.missedRounds(new RoundKey(row.residentId(), until.date(), until.round()), row.lastReport(), row.firstDay());
    }
}
