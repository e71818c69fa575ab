package gatehouse.health;

import gatehouse.audit.AuditLog;
import gatehouse.health.AlertPolicy.Decision;
import gatehouse.health.AlertStore.Audience;
import gatehouse.health.AlertStore.Filter;
import gatehouse.health.AlertStore.JoinedReport;
import gatehouse.health.AlertStore.NamedStep;
import gatehouse.http.Caller;
import gatehouse.kernel.Answer;
import gatehouse.kernel.BusinessClock;
import gatehouse.kernel.Database;
import gatehouse.kernel.FieldFault;
import gatehouse.kernel.Once;
import gatehouse.kernel.Page;
import gatehouse.kernel.Problem;
import gatehouse.kernel.ProblemType;
import gatehouse.kernel.Role;
import gatehouse.kernel.Scope;
import gatehouse.kernel.Statements;
import gatehouse.kernel.TimePlace;
import gatehouse.kernel.Tx;
import gatehouse.notify.Message;
import gatehouse.notify.MessageTemplate;
import gatehouse.notify.Outbox;
import gatehouse.notify.Recipient;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The verbs of alerts. */
public final class AlertActions {
    /** How long a household still sees that it is over. */
    private static final Duration SHOWN_AFTER_CLOSING = Duration.ofHours(24);
    private static final int ESCALATED_AT_ONCE = 200;

    private final Database database;
    private final BusinessClock clock;
    private final AuditLog audit;

    public AlertActions(Database database, BusinessClock clock, AuditLog audit) {
        this.database = database;
        this.clock = clock;
        this.audit = audit;
    }

    /** An alert as somebody sees it: with or without names, and what they may do now. */
    record View(Alert alert, boolean named, List<JoinedReport> reports, List<NamedStep> steps, List<AlertEvent> possible, OffsetDateTime now) {
        boolean overdue() {
            return AlertPolicy.isOverdue(alert.standing(), alert.acknowledgeBy(), now);
        }

        /** How long it has been open, or was. */
        Duration age() {
            var closedAt = alert.closedAt();
            return Duration.between(alert.openedAt(), closedAt == null ? now : closedAt);
        }
    }

    /** A wish to take a step; with {@code version} only where the alert is still as it was seen. */
    record Wish(UUID alertId, AlertEvent event, @Nullable String note, @Nullable Integer version) {
    }

    Page<View> list(Caller caller, Filter filter, Page.Request page) {
        var after = TimePlace.of(page.after());
        var alerts = Page.cut(AlertStore.list(database, audience(caller), filter, page, after), page,
                alert -> new TimePlace(alert.openedAt(), alert.id()).text());
        var views = views(database, caller, alerts.items());
        return new Page<>(views, alerts.next());
    }

    View find(Caller caller, Scope scope, UUID id) {
        var alert = AlertStore.find(database, scope, id).filter(found -> sees(caller, found));
        return views(database, caller, List.of(alert.orElseThrow(() -> Problem.of(ProblemType.NOT_FOUND)))).getFirst();
    }

    /** What goes on about the members of one's household. */
    List<Alert> ofHousehold(Caller caller) {
        if (caller.householdId() == null) {
            throw Problem.of(ProblemType.NOT_PERMITTED);
        }
        return AlertStore.ofHousehold(database, Scope.ofHousehold(caller.compoundId(), caller.householdId()), clock.now().minus(SHOWN_AFTER_CLOSING));
    }

    /**
     * Takes a step, once per key. Fails with {@code NOT_FOUND} for what the caller does not see, {@code NOT_PERMITTED} where others do
     * this, {@code NOT_ALLOWED_NOW} where the state does not allow it or the alert is no longer as it was seen.
     */
    Answer step(Caller caller, Scope scope, Wish wish, Once<View> once) {
        if (wish.event == AlertEvent.CLOSE && (wish.note == null || wish.note.isBlank())) {
            throw Problem.badField("/note", FieldFault.REQUIRED);
        }
        var now = clock.now();
        return database.transact(once, tx -> {
            var found = AlertStore.lock(tx, scope, wish.alertId).orElseThrow(() -> Problem.of(ProblemType.NOT_FOUND));
            boolean asSeen = wish.version == null || wish.version == found.version();
            boolean late = AlertPolicy.isEscalatedByTheClock(found.standing(), found.acknowledgeBy(), now);
            var alert = late ? moved(tx, found, new Decision.Taken(AlertState.ESCALATED, Role.OFFICE, true), AlertEvent.ESCALATE, null, null, now)
                    : found;
            return switch (AlertPolicy.decide(wish.event, rolesOver(caller, alert), alert.standing())) {
                case Decision.NotSeen() -> throw Problem.of(ProblemType.NOT_FOUND);
                case Decision.NotYours() -> throw Problem.of(ProblemType.NOT_PERMITTED);
                case Decision.NotNow() -> throw Problem.of(ProblemType.NOT_ALLOWED_NOW);
                case Decision.Taken taken when !asSeen -> throw Problem.of(ProblemType.NOT_ALLOWED_NOW);
                case Decision.Taken taken -> {
                    var by = new AlertStep.Actor(caller.compoundId(), caller.accountId(), taken.by());
                    var view = views(tx, caller, List.of(moved(tx, alert, taken, wish.event, wish.note, by, now))).getFirst();
                    var entry = HealthTrail.step(alert.compoundId(), alert.residentId(), alert.id(), wish.event, by, now);
                    audit.append(tx, late ? List.of(HealthTrail.escalatedByTheClock(alert.compoundId(), alert.residentId(), alert.id(), now), entry)
                            : List.of(entry));
                    yield view;
                }
            };
        });
    }

    /** Stores the step and what follows from it. */
    private static Alert moved(Tx tx, Alert alert, Decision.Taken taken, AlertEvent event, @Nullable String note, AlertStep.@Nullable Actor by,
                               OffsetDateTime now) {
        var after = after(alert, taken, by != null, now);
        if (!AlertStore.move(tx, alert, after)) {
            throw Problem.of(ProblemType.NOT_ALLOWED_NOW);
        }
        tx.changes(alert.compoundId());
        var words = note == null || note.isBlank() ? null : note.strip();
        AlertStore.addStep(tx, new AlertStep(alert.compoundId(), alert.id(), after.version(), event, alert.state(), taken.to(), words, now, by));
        if (taken.handsOn()) {
            Outbox.put(tx, now, handedOn(alert.compoundId(), alert.id(), by == null));
        }
        return after;
    }

    /** Whoever does anything with it has acknowledged it; the clock has not. */
    private static Alert after(Alert alert, Decision.Taken taken, boolean byPerson, OffsetDateTime now) {
        return new Alert(alert.compoundId(), alert.compound(), alert.id(), alert.residentId(), alert.residentName(), alert.householdId(),
                alert.household(), alert.buildingId(), alert.building(), alert.phoneMasked(), taken.to(), alert.openedAt(), alert.acknowledgeBy(),
                byPerson ? firstOf(alert.acknowledgedAt(), now) : alert.acknowledgedAt(),
                taken.handsOn() ? firstOf(alert.escalatedAt(), now) : alert.escalatedAt(),
                taken.to() == AlertState.TRANSFERRED ? now : alert.transferredAt(),
                taken.to() == AlertState.CLOSED ? now : alert.closedAt(), alert.version() + 1);
    }

    private static OffsetDateTime firstOf(@Nullable OffsetDateTime earlier, OffsetDateTime now) {
        return earlier == null ? now : earlier;
    }

    /** Tells those beyond the office; and the office where the clock did it. Once per alert, whoever hands it on first. */
    private static List<Message> handedOn(UUID compoundId, UUID alertId, boolean byTheClock) {
        var messages = Stream.of(Role.HEALTH_CENTRE, Role.SUBDISTRICT)
                .map(role -> handedOn(compoundId, alertId, role, MessageTemplate.ALERT_ESCALATED)).collect(Collectors.toCollection(ArrayList::new));
        if (byTheClock) {
            messages.add(handedOn(compoundId, alertId, Role.OFFICE, MessageTemplate.ALERT_OVERDUE));
        }
        return messages;
    }

    private static Message handedOn(UUID compoundId, UUID alertId, Role role, MessageTemplate template) {
        return Message.of(compoundId, "alert-escalated/%s/%s".formatted(alertId, role), template, new Recipient.HoldersOfCompound(role))
                .about(alertId);
    }

    /** Escalates what was not acknowledged in time; answers how many. For a job every minute; running twice does nothing more. */
    int escalateOverdue() {
        int escalated = 0;
        for (int batch = ESCALATED_AT_ONCE; batch == ESCALATED_AT_ONCE; escalated += batch) {
            var now = clock.now();
            batch = database.transact(tx -> {
                var keys = AlertStore.escalateOverdue(tx, now, ESCALATED_AT_ONCE);
                Outbox.put(tx, now, keys.stream().flatMap(key -> handedOn(key.compoundId(), key.id(), true).stream()).toList());
                audit.append(tx, keys.stream().map(key -> HealthTrail.escalatedByTheClock(key.compoundId(), key.residentId(), key.id(), now)).toList());
                keys.forEach(key -> tx.changes(key.compoundId()));
                return keys.size();
            });
        }
        return escalated;
    }

    private List<View> views(Statements where, Caller caller, List<Alert> alerts) {
        if (alerts.isEmpty()) {
            return List.of();
        }
        var now = clock.now();
        var reports = AlertStore.reports(where, alerts).stream().collect(Collectors.groupingBy(JoinedReport::alertId));
        var steps = AlertStore.steps(where, alerts).stream().collect(Collectors.groupingBy(each -> each.step().alertId()));
        return alerts.stream().map(alert -> {
            var roles = rolesOver(caller, alert);
            boolean named = roles.stream().anyMatch(role -> AlertPolicy.sees(role, alert.standing()) && AlertPolicy.readsNames(role));
            return new View(alert, named, reports.getOrDefault(alert.id(), List.of()), steps.getOrDefault(alert.id(), List.of()),
                    AlertPolicy.possible(roles, alert.standing()), now);
        }).toList();
    }

    private static boolean sees(Caller caller, Alert alert) {
        return rolesOver(caller, alert).stream().anyMatch(role -> AlertPolicy.sees(role, alert.standing()));
    }

    private static Set<Role> rolesOver(Caller caller, Alert alert) {
        var roles = EnumSet.noneOf(Role.class);
        caller.grants().stream().filter(grant -> grant.scope().sees(alert.compoundId(), alert.buildingId(), alert.householdId()))
                .forEach(grant -> roles.add(grant.role()));
        return roles;
    }

    private static Audience audience(Caller caller) {
        return new Audience(caller.scopeBy(Set.of(Role.OFFICE, Role.HEALTH_CENTRE, Role.SUBDISTRICT, Role.GRID_WORKER)),
                caller.scopeBy(Set.of(Role.OFFICE)), caller.scopeBy(Set.of(Role.HEALTH_CENTRE, Role.SUBDISTRICT)),
                caller.scopeBy(Set.of(Role.GRID_WORKER)));
    }
}
