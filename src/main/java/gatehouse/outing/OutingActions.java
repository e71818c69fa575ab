package gatehouse.outing;

import gatehouse.audit.AuditLog;
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
import gatehouse.kernel.Tx;
import gatehouse.http.Identifiers;
import gatehouse.notify.Message;
import gatehouse.notify.MessageTemplate;
import gatehouse.notify.Outbox;
import gatehouse.notify.Recipient;
import gatehouse.outing.OutingGround.Question;
import gatehouse.outing.OutingStore.By;
import gatehouse.outing.OutingStore.Entry;
import gatehouse.outing.OutingStore.Filter;
import gatehouse.outing.OutingStore.NamedEntry;
import gatehouse.outing.OutingStore.NamedPass;
import gatehouse.registry.Policies;
import java.time.Duration;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.Period;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The verbs of passes that there are, and of the slots that they may be asked for. */
final class OutingActions {
    private static final int MARKED_AT_ONCE = 1_000;
    private static final Duration REQUESTS_KEPT = Duration.ofDays(30);

    private final Database database;
    private final BusinessClock clock;
    private final Function<UUID, OutingRules> rulesOf;
    private final WaitActions lines;
    private final AuditLog audit;

    OutingActions(Database database, BusinessClock clock, Policies policies, WaitActions lines, AuditLog audit) {
        this.lines = lines;
        this.database = database;
        this.clock = clock;
        this.audit = audit;
        this.rulesOf = compound -> OutingRules.of(policies.of(compound));
    }

    /**
     * A pass as somebody sees it now.
     *
     * @param broken     every rule that does not hold now, for those who decide
     * @param suspending the rules by which it lets nobody out now
     * @param forStaff   whether the reader decides or helps to: they see age and conditions
     */
    record View(NamedPass named, PassState state, Set<PassRule> broken, Set<PassRule> suspending, List<PassEvent> possible, boolean forStaff,
                OffsetDateTime now) {
        Optional<Integer> age() {
            return Optional.ofNullable(named.bornOn()).map(born -> Period.between(born, named.pass().outingDate()).getYears());
        }
    }

    /** A slot with the places of it that are taken; without places the gate is closed on that day. */
    record SlotView(SlotStore.GateDay gate, SlotKey slot, OffsetDateTime endsAt, int capacity, int taken) {
    }

    /** The slots of a day at one gate or at all of the compound's; fails with NOT_FOUND for a gate outside the scope. */
    List<SlotView> slots(Scope scope, @Nullable UUID gateId, @Nullable LocalDate date) {
        var now = clock.now();
        var day = date == null ? now.toLocalDate() : date;
        var gates = SlotStore.gates(database, scope, gateId, day);
        if (gates.isEmpty() && gateId != null) {
            throw Problem.of(ProblemType.NOT_FOUND);
        }
        var compounds = gates.stream().map(SlotStore.GateDay::compoundId).distinct().toList();
        var taken = new java.util.HashMap<SlotKey, Integer>();
        SlotStore.taken(database, compounds, day).forEach(each -> taken.put(each.slot(), each.taken()));
        return gates.stream().flatMap(gate -> {
            var rules = rulesOf.apply(gate.compoundId());
            return SlotPolicy.day(day, rules, now).stream().map(time -> {
                var key = new SlotKey(gate.gateId(), time.startsAt());
                int capacity = gate.capacity() == null ? rules.slotCapacity() : gate.capacity();
                return new SlotView(gate, key, time.endsAt(), capacity, taken.getOrDefault(key, 0));
            });
        }).toList();
    }

    Page<View> list(Caller caller, Scope scope, @Nullable PassState state, @Nullable LocalDate date, @Nullable UUID residentId, Page.Request page) {
        var now = clock.now();
        var before = page.after() == null ? null : Identifiers.parse(page.after())
                .orElseThrow(() -> Problem.badField("?cursor", FieldFault.WRONG_FORMAT, "cursor"));
        var rows = Page.cut(OutingStore.passes(database, scope, new Filter(state, date, residentId, now), page, before), page,
                each -> each.pass().id().toString());
        return new Page<>(views(database, caller, rows.items(), now), rows.next());
    }

    /** A pass with its history, oldest first. */
    record Detail(View view, List<NamedEntry> entries) {
    }

    Detail read(Caller caller, Scope scope, UUID id) {
        var named = OutingStore.pass(database, scope, id).orElseThrow(() -> Problem.of(ProblemType.NOT_FOUND));
        return new Detail(views(database, caller, List.of(named), clock.now()).getFirst(),
                OutingStore.entries(database, named.pass().compoundId(), id));
    }

    /** As the caller sees a pass that was just made. */
    View fresh(Caller caller, NamedPass named) {
        var now = named.pass().requestedAt();
        var roles = rolesOver(caller, named.pass());
        return new View(named, named.pass().state(), Set.of(), Set.of(), PassPolicy.possible(roles, named.pass().state()), false, now);
    }

    private List<View> views(Statements where, Caller caller, List<NamedPass> passes, OffsetDateTime now) {
        var live = passes.stream().map(NamedPass::pass).filter(pass -> isAsking(PassPolicy.stateAt(pass.state(), pass.window(), now)))
                .map(Question::about).toList();
        var ground = OutingGround.read(where, live, rulesOf, now);
        return passes.stream().map(named -> {
            var pass = named.pass();
            var state = PassPolicy.stateAt(pass.state(), pass.window(), now);
            var roles = rolesOver(caller, pass);
            var facts = isAsking(state) ? ground.facts(pass) : Optional.<OutingFacts>empty();
            var rules = rulesOf.apply(pass.compoundId());
            return new View(named, state, facts.map(known -> OutingPolicy.broken(known, rules, now)).orElse(Set.of()),
                    facts.map(known -> OutingPolicy.suspending(known, rules, now)).orElse(Set.of()), PassPolicy.possible(roles, state),
                    roles.contains(Role.OFFICE) || roles.contains(Role.GRID_WORKER), now);
        }).toList();
    }

    /** The rules matter to it still. */
    private static boolean isAsking(PassState state) {
        return state == PassState.PENDING || state == PassState.APPROVED;
    }

    private static Set<Role> rolesOver(Caller caller, OutingPass pass) {
        var roles = EnumSet.noneOf(Role.class);
        caller.grants().stream().filter(grant -> grant.scope().sees(pass.compoundId(), pass.buildingId(), pass.householdId()))
                .forEach(grant -> roles.add(grant.role()));
        return roles;
    }

    /**
     * Approves, rejects or cancels a pass, or writes down that somebody is back whom no gate saw return, which wants its reason; once per
     * key. Fails with NOT_FOUND outside the scope, with NOT_ALLOWED_NOW in another state, and an approval with the problem of the rule that
     * stands in its way.
     */
    Answer decide(Caller caller, Scope scope, UUID id, PassEvent event, @Nullable String reason, Once<View> once) {
        return database.transact(once, tx -> {
            var now = clock.now();
            var before = OutingStore.lock(tx, scope, id).orElseThrow(() -> Problem.of(ProblemType.NOT_FOUND));
            var pass = before.pass();
            var to = PassPolicy.after(PassPolicy.stateAt(pass.state(), pass.window(), now), event)
                    .orElseThrow(() -> Problem.of(ProblemType.NOT_ALLOWED_NOW));
            var words = reason == null || reason.isBlank() ? null : reason.strip();
            if (event == PassEvent.RETURN && words == null) {
                throw Problem.badField("/reason", FieldFault.REQUIRED);
            }
            var window = pass.window();
            if (event == PassEvent.APPROVE) {
                demandPermitted(tx, pass, now);
                window = pass.slot() == null ? OutingPolicy.window(pass.kind(), null, rulesOf.apply(pass.compoundId()), now) : window;
            }
            boolean decision = event == PassEvent.APPROVE || event == PassEvent.REJECT;
            var after = pass.moved(to, window, decision ? now : pass.decidedAt(), event == PassEvent.REJECT ? words : pass.reason());
            write(tx, pass, after, event, words, now, caller);
            if (event == PassEvent.REJECT || event == PassEvent.CANCEL) {
                lines.giveBack(tx, pass, now);
            }
            if (decision) {
                Outbox.put(tx, now, told(after, event));
            }
            OutingTrail.acted(event, after, caller, now).ifPresent(entry -> audit.append(tx, entry));
            return views(tx, caller, List.of(new NamedPass(after, before.residentName(), before.household(), before.gate(), before.bornOn())), now)
                    .getFirst();
        });
    }

    /** The conditions are asked again when staff approve; the place and the day are the pass's own already. */
    private void demandPermitted(Tx tx, OutingPass pass, OffsetDateTime now) {
        var rules = rulesOf.apply(pass.compoundId());
        var ground = OutingGround.hold(tx, List.of(Question.about(pass)), rulesOf, now);
        var facts = ground.facts(pass).orElseThrow(() -> Problem.of(ProblemType.NOT_ALLOWED_NOW));
        OutingPolicy.preventsApproval(facts, rules, now).ifPresent(rule -> {
            throw PassProblems.of(rule, OutingPolicy.missingRounds(facts, rules, now));
        });
    }

    private static void write(Tx tx, OutingPass before, OutingPass after, PassEvent event, @Nullable String reason, OffsetDateTime now, Caller caller) {
        if (!OutingStore.move(tx, before, after)) {
            throw Problem.of(ProblemType.NOT_ALLOWED_NOW);
        }
        OutingStore.append(tx, List.of(new Entry(after.compoundId(), after.id(), after.version(), event, before.state(), after.state(), reason, now,
                new By(caller.compoundId(), caller.accountId()))));
        tx.changes(after.compoundId());
    }

    private static Message told(OutingPass pass, PassEvent event) {
        return Message.of(pass.compoundId(), "pass-decided/%s/%d".formatted(pass.id(), pass.version()),
                event == PassEvent.APPROVE ? MessageTemplate.PASS_APPROVED : MessageTemplate.PASS_REJECTED,
                new Recipient.Household(pass.householdId())).about(pass.id());
    }

    // --- codes

    /** A pass whose code may be shown: the gate has still to do with it. Else NOT_ALLOWED_NOW, outside the scope NOT_FOUND. */
    NamedPass live(Scope scope, UUID id) {
        var named = OutingStore.pass(database, scope, id).orElseThrow(() -> Problem.of(ProblemType.NOT_FOUND));
        if (!PassPolicy.isLive(PassPolicy.stateAt(named.pass().state(), named.pass().window(), clock.now()))) {
            throw Problem.of(ProblemType.NOT_ALLOWED_NOW);
        }
        return named;
    }

    /** Makes every printing of the pass's card so far worthless; the next has another serial. */
    Answer revokeCard(Caller caller, Scope scope, UUID id, Once<View> once) {
        return database.transact(once, tx -> {
            var now = clock.now();
            var before = OutingStore.lock(tx, scope, id).orElseThrow(() -> Problem.of(ProblemType.NOT_FOUND));
            var pass = before.pass();
            if (PassPolicy.after(PassPolicy.stateAt(pass.state(), pass.window(), now), PassEvent.REVOKE_CARD).isEmpty()) {
                throw Problem.of(ProblemType.NOT_ALLOWED_NOW);
            }
            var after = pass.withCardSerial(pass.cardSerial() + 1);
            write(tx, pass, after, PassEvent.REVOKE_CARD, null, now, caller);
            OutingTrail.acted(PassEvent.REVOKE_CARD, after, caller, now).ifPresent(entry -> audit.append(tx, entry));
            return views(tx, caller, List.of(new NamedPass(after, before.residentName(), before.household(), before.gate(), before.bornOn())), now)
                    .getFirst();
        });
    }

    OffsetDateTime now() {
        return clock.now();
    }

    // --- the household's buyer

    Optional<UUID> buyer(Caller caller) {
        return OutingStore.buyer(database, caller.compoundId(), household(caller));
    }

    /** Names a member of the caller's own household, or nobody. */
    Optional<UUID> nameBuyer(Caller caller, @Nullable UUID residentId) {
        var household = household(caller);
        return database.transact(tx -> {
            if (residentId != null && OutingStore.subjects(tx, List.of(caller.compoundId()), List.of(residentId)).stream()
                    .noneMatch(subject -> subject.householdId().equals(household))) {
                throw Problem.of(ProblemType.NOT_FOUND);
            }
            OutingStore.nameBuyer(tx, caller.compoundId(), household, residentId, caller.accountId(), clock.now());
            return Optional.ofNullable(residentId);
        });
    }

    private static UUID household(Caller caller) {
        if (caller.householdId() == null) {
            throw Problem.of(ProblemType.NOT_PERMITTED);
        }
        return caller.householdId();
    }

    // --- the calendar

    /**
     * Gives a day of a gate other places than the policy says, none (closed), or with {@code capacity} null the policy's again. Closing
     * wants its reason: the passes of that day are cancelled by it, and whoever booked is told.
     */
    SlotStore.GateDay setDay(Caller caller, Scope scope, UUID gateId, LocalDate date, @Nullable Integer capacity, @Nullable String reason) {
        var now = clock.now();
        boolean closing = capacity != null && capacity == 0;
        var words = reason == null || reason.isBlank() ? null : reason.strip();
        var set = database.transact(tx -> {
            SlotStore.lockGate(tx, scope, gateId);
            var before = SlotStore.gate(tx, scope, gateId, date).orElseThrow(() -> Problem.of(ProblemType.NOT_FOUND));
            if (closing && words == null) {
                throw Problem.badField("/reason", FieldFault.REQUIRED);
            }
            var day = new SlotStore.GateDay(before.compoundId(), gateId, before.gate(), date, capacity, words);
            if (day.equals(before)) {
                return day;
            }
            SlotStore.setDay(tx, day, new By(caller.compoundId(), caller.accountId()), now);
            if (closing) {
                SlotStore.close(tx, day, SlotPolicy.day(date, rulesOf.apply(day.compoundId()), now));
            } else {
                SlotStore.open(tx, day);
            }
            audit.append(tx, OutingTrail.gateDaySet(before, day, caller, now));
            return day;
        });
        if (closing) {
            cancelClosed();
        }
        return set;
    }

    /**
     * Cancels what was booked of slots that were closed, in the name of whoever closed them, and tells each household once; answers how
     * many passes. In transactions of its own, after nobody can book any more: first the offers are withdrawn, which waits for those who
     * take one at this moment, so that their passes are cancelled with the others. What is left undone the clock finishes.
     */
    int cancelClosed() {
        var now = clock.now();
        lines.withdrawOffers(now);
        int cancelled = 0;
        int together;
        do {
            together = database.transact(tx -> cancelSome(tx, now));
            cancelled += together;
        } while (together == MARKED_AT_ONCE);
        return cancelled;
    }

    private static int cancelSome(Tx tx, OffsetDateTime now) {
        var closed = OutingStore.closed(tx, now, MARKED_AT_ONCE);
        var entries = new ArrayList<Entry>();
        for (var each : closed) {
            var before = each.pass();
            var after = before.moved(PassState.CANCELLED, before.window(), before.decidedAt(), each.reason());
            if (!OutingStore.move(tx, before, after)) {
                throw new IllegalStateException("a pass that is held was moved");
            }
            entries.add(new Entry(after.compoundId(), after.id(), after.version(), PassEvent.CANCEL, before.state(), after.state(), each.reason(), now, each.by()));
            SlotStore.free(tx, before.compoundId(), before.slot());
            tx.changes(before.compoundId());
        }
        OutingStore.append(tx, entries);
        Outbox.put(tx, now, closed.stream().map(OutingActions::told).distinct().toList());
        return closed.size();
    }

    private static Message told(OutingStore.Closed closed) {
        var pass = closed.pass();
        return Message.of(pass.compoundId(), "gate-closed/%s/%s/%s/%d".formatted(pass.slot().gateId(), pass.outingDate(), pass.householdId(),
                closed.closedAt().toInstant().toEpochMilli()), MessageTemplate.PASS_GATE_CLOSED, new Recipient.Household(pass.householdId()),
                pass.outingDate(), closed.gate());
    }

    // --- by the clock

    /** Writes down which passes were not used and who is not back in time; answers how many. What is read says so before. */
    int markLate() {
        var now = clock.now();
        return database.transact(tx -> {
            var marked = Stream.of(OutingStore.expire(tx, now, MARKED_AT_ONCE), OutingStore.overdue(tx, now, MARKED_AT_ONCE))
                    .flatMap(List::stream).toList();
            marked.forEach(tx::changes);
            return marked.size();
        });
    }

    int sweepRequests() {
        var before = clock.now().minus(REQUESTS_KEPT);
        return database.transact(tx -> OutingStore.sweepRequests(tx, before) + OutingStore.sweepQuota(tx, before.toLocalDate()));
    }
}
