package gatehouse.ticket;

import gatehouse.audit.AuditLog;
import gatehouse.http.Caller;
import gatehouse.http.Identifiers;
import gatehouse.kernel.Answer;
import gatehouse.kernel.BusinessClock;
import gatehouse.kernel.Database;
import gatehouse.kernel.FieldFault;
import gatehouse.kernel.Ids;
import gatehouse.kernel.Once;
import gatehouse.kernel.Page;
import gatehouse.kernel.Problem;
import gatehouse.kernel.ProblemType;
import gatehouse.kernel.Role;
import gatehouse.kernel.Statements;
import gatehouse.kernel.Tx;
import gatehouse.registry.Policies;
import gatehouse.ticket.Ticket.Clocks;
import gatehouse.ticket.Ticket.Course;
import gatehouse.ticket.Ticket.Opinion;
import gatehouse.ticket.Ticket.Place;
import gatehouse.ticket.Ticket.Reporter;
import gatehouse.ticket.TicketPhotoStore.Shot;
import gatehouse.ticket.TicketPolicy.Move;
import gatehouse.ticket.TicketStore.Author;
import gatehouse.ticket.TicketStore.Entry;
import gatehouse.ticket.TicketStore.Filter;
import gatehouse.ticket.TicketStore.Words;
import gatehouse.wording.Standing;
import gatehouse.wording.WordingKind;
import gatehouse.wording.Wordings;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What people do with tickets. */
final class TicketActions {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyyMMdd");
    private static final int LOWEST_RATING = 1;

    private final Database database;
    private final BusinessClock clock;
    private final Policies policies;
    private final Calendars calendars;
    private final TicketClock ticketClock;
    private final AuditLog audit;
    private final Wordings wordings;

    TicketActions(Database database, BusinessClock clock, Policies policies, Calendars calendars, TicketClock ticketClock, AuditLog audit, Wordings wordings) {
        this.database = database;
        this.clock = clock;
        this.policies = policies;
        this.calendars = calendars;
        this.ticketClock = ticketClock;
        this.audit = audit;
        this.wordings = wordings;
    }

    /** What somebody reports; {@code householdId} where staff write down what a household told them. */
    record Wish(TicketKind kind, String category, PlaceArea area, String place, @Nullable String building, String description, Urgency urgency,
                boolean anonymous, @Nullable OffsetDateTime contactAt, @Nullable UUID householdId) {
    }

    /** What somebody wants done with a ticket. */
    record Step(TicketEvent event, @Nullable String note, @Nullable UUID assigneeId, @Nullable OffsetDateTime until, @Nullable Integer rating,
                @Nullable String mergeInto) {
    }

    /** A ticket as its reader may see it. */
    record View(Ticket ticket, TicketReading reading, Consent consent, List<Entry> trail, List<Shot> photos, List<TicketEvent> possible,
                @Nullable Standing placeStanding) {
    }

    /** Fails with a bad field, or {@code WORK_SUSPENDED} for construction during control. */
    Answer submit(Caller caller, Once<View> once, Wish wish) {
        var now = clock.now();
        var compound = caller.compoundId();
        var rules = TicketRules.of(policies.of(compound));
        var category = category(wish);
        var id = Ids.next();
        var sight = TicketSight.whole(compound);
        return database.transact(once, tx -> {
            var reporter = reporter(tx, caller, wish);
            var place = place(tx, compound, wish, reporter);
            boolean controlled = rules.controlled() || place.controlled();
            if (TicketPolicy.isSuspended(category, controlled)) {
                throw Problem.of(ProblemType.WORK_SUSPENDED);
            }
            var face = calendars.face(tx, compound, rules);
            var level = category.levelFor(wish.urgency);
            var due = ClockPolicy.due(level, face, now, null, List.of());
            var prefix = prefix(category.kind());
            var number = "%s-%s-%04d".formatted(prefix, DAY.format(now), TicketStore.nextNumber(tx, compound, prefix, now.toLocalDate()));
            var ticket = new Ticket(compound, id, number, category, level, wish.urgency, place, text("/description", wish.description), wish.contactAt,
                    reporter, category.isOfficeOnly(), TicketState.SUBMITTED, null,
                    new Clocks(now, null, due.onSite(), due.done(), null, null, rules.version(), face.calendar().version()),
                    new Course(now, null, null, null, null, null, null, 0, null), TicketPolicy.consentFor(category, wish.urgency, controlled),
                    new Opinion(null, null, null, null), null, 0);
            TicketStore.insert(tx, ticket);
            TicketStore.append(tx, ticket, TrailEvent.SUBMIT, TicketState.SUBMITTED, now,
                    new Author(TicketReading.reportsAs(caller), caller.compoundId(), caller.accountId()), Words.NONE);
            if (place.area() == PlaceArea.PUBLIC && category.kind() == TicketKind.REPAIR) {
                // the only words of a ticket that its reporter's neighbours read
                wordings.offer(tx, new Wordings.Said(WordingKind.TICKET_PLACE, compound, id, caller.compoundId(), caller.accountId(), place.text()), now);
            }
            TicketNews.submitted(tx, ticket, now);
            assignByRule(tx, ticket, now);
            tx.changes(compound);
            return view(tx, caller, TicketStore.lock(tx, sight, id).orElseThrow(), now, true);
        });
    }

    /** What is about staff is given to nobody by a rule. */
    private static void assignByRule(Tx tx, Ticket ticket, OffsetDateTime now) {
        var assignee = ticket.officeOnly() ? Optional.<Ticket.Assignee>empty() : BoardStore.byRule(tx, ticket);
        assignee.ifPresent(who -> {
            demand(TicketStore.assign(tx, ticket, TicketState.ASSIGNED, who));
            TicketStore.append(tx, ticket, TrailEvent.ASSIGN, TicketState.ASSIGNED, now, Author.CLOCK,
                    new Words(null, false, TrailReason.BY_RULE, null, null, who));
            TicketNews.happened(tx, ticket, TicketEvent.ASSIGN, TicketActor.CLOCK, who, now);
        });
    }

    private static TicketCategory category(Wish wish) {
        return Stream.of(TicketCategory.values()).filter(each -> each.name().equals(wish.category) && each.kind() == wish.kind).findFirst()
                .orElseThrow(() -> Problem.badField("/category", FieldFault.NOT_LISTED, String.join(", ",
                        Stream.of(TicketCategory.values()).filter(each -> each.kind() == wish.kind).map(Enum::name).toList())));
    }

    private static String prefix(TicketKind kind) {
        return switch (kind) {
            case REPAIR -> "WX";
            case COMPLAINT -> "TS";
            case ENQUIRY -> "ZX";
            case SUGGESTION -> "JY";
        };
    }

    private static Reporter reporter(Tx tx, Caller caller, Wish wish) {
        if (wish.anonymous && wish.kind != TicketKind.COMPLAINT) {
            throw Problem.badField("/anonymous", FieldFault.NOT_ALLOWED);
        }
        var household = caller.householdId();
        if (household != null && wish.householdId != null && !household.equals(wish.householdId)) {
            throw Problem.badField("/householdId", FieldFault.UNKNOWN_PLACE);
        }
        if (household == null && wish.householdId != null) {
            household = TicketStore.home(tx, new UUID[] {caller.compoundId()}, wish.householdId)
                    .orElseThrow(() -> Problem.badField("/householdId", FieldFault.UNKNOWN_PLACE)).householdId();
        }
        return new Reporter(caller.compoundId(), caller.accountId(), household, caller.residentId(), wish.anonymous, null, null, null);
    }

    /** An anonymous complaint bears no building of its own making: its reporter's would tell who it is. */
    private static Place place(Tx tx, UUID compound, Wish wish, Reporter reporter) {
        var text = text("/place/text", wish.place);
        if (wish.building != null) {
            var building = TicketStore.building(tx, compound, wish.building)
                    .orElseThrow(() -> Problem.badField("/place/building", FieldFault.UNKNOWN_BUILDING));
            return place(tx, compound, wish, text, building, reporter.householdId());
        }
        if (wish.area == PlaceArea.PUBLIC || reporter.anonymous()) {
            return new Place(wish.area, text, null, null, false);
        }
        if (reporter.householdId() == null) {
            throw Problem.badField("/householdId", FieldFault.REQUIRED);
        }
        var building = TicketStore.home(tx, new UUID[] {compound}, reporter.householdId()).orElseThrow().buildingId();
        return place(tx, compound, wish, text, building, reporter.householdId());
    }

    private static Place place(Tx tx, UUID compound, Wish wish, String text, UUID building, @Nullable UUID household) {
        return new Place(wish.area, text, building, wish.building,
                TicketStore.isControlled(tx, compound, building, wish.area == PlaceArea.HOME ? household : null));
    }

    private static String text(String pointer, String written) {
        if (written.isBlank()) {
            throw Problem.badField(pointer, FieldFault.REQUIRED);
        }
        return written.strip();
    }

    Page<View> list(Caller caller, Filter filter, Page.Request page) {
        var now = clock.now();
        var before = page.after() == null ? null : Identifiers.parse(page.after())
                .orElseThrow(() -> Problem.badField("?cursor", FieldFault.WRONG_FORMAT, "cursor"));
        return Page.cut(TicketStore.list(database, TicketSight.of(caller), filter, page, before), page, ticket -> ticket.id().toString())
                .map(ticket -> view(database, caller, ticket, now, false));
    }

    View find(Caller caller, UUID id) {
        return view(database, caller, found(TicketStore.find(database, TicketSight.of(caller), id)), clock.now(), true);
    }

    private static Ticket found(Optional<Ticket> ticket) {
        return ticket.orElseThrow(() -> Problem.of(ProblemType.NOT_FOUND));
    }

    /**
     * Does one thing with a ticket: {@code NOT_PERMITTED} where the caller never may, {@code NOT_ALLOWED_NOW}, {@code CONSENT_MISSING},
     * {@code WORK_SUSPENDED} or {@code TOO_LATE_TO_REOPEN} where not now.
     */
    Answer act(Caller caller, Once<View> once, UUID id, Step step) {
        var now = clock.now();
        return database.transact(once, tx -> {
            var ticket = found(TicketStore.lock(tx, TicketSight.of(caller), id));
            TicketClock.markLate(tx, ticket, now);
            var rules = TicketRules.of(policies.of(ticket.compoundId()));
            var actor = demandMove(caller, ticket, step, rules, now);
            take(tx, caller, actor, ticket, step, now);
            var after = TicketStore.lock(tx, TicketSight.whole(ticket.compoundId()), id).orElseThrow();
            if (step.event == TicketEvent.CONFIRM && step.rating != null) {
                take(tx, caller, new Acting(actor.actor, TicketState.CLOSED), after, new Step(TicketEvent.RATE, step.note, null, null, step.rating, null), now);
                after = TicketStore.lock(tx, TicketSight.whole(ticket.compoundId()), id).orElseThrow();
            }
            tx.changes(ticket.compoundId());
            TicketTrail.entry(after, step.event, actor.actor, caller, now).ifPresent(entry -> audit.append(tx, entry));
            return view(tx, caller, after, now, true);
        });
    }

    /** As what somebody does something, and where it leads. */
    private record Acting(TicketActor actor, TicketState to) {
    }

    private static Acting demandMove(Caller caller, Ticket ticket, Step step, TicketRules rules, OffsetDateTime now) {
        var refusals = new ArrayList<Move>();
        for (var actor : TicketReading.actors(caller, ticket)) {
            var move = TicketPolicy.judge(step.event, actor, TicketPolicy.facts(ticket, rules), rules, now);
            if (move instanceof Move.To(var state)) {
                demandFields(step, actor, ticket, now);
                return new Acting(actor, state);
            }
            refusals.add(move);
        }
        throw switch (TicketPolicy.best(refusals)) {
            case Move.To to -> new IllegalStateException("would have been taken");
            case Move.Never never -> Problem.of(ProblemType.NOT_PERMITTED);
            case Move.NotNow notNow -> Problem.of(ProblemType.NOT_ALLOWED_NOW);
            case Move.ConsentMissing consent -> Problem.of(ProblemType.CONSENT_MISSING);
            case Move.Suspended suspended -> Problem.of(ProblemType.WORK_SUSPENDED);
            case Move.TooLate late -> Problem.of(ProblemType.TOO_LATE_TO_REOPEN, rules.reopenWithin().toDays());
        };
    }

    private static void demandFields(Step step, TicketActor actor, Ticket ticket, OffsetDateTime now) {
        if (TicketPolicy.wantsNote(step.event, actor) && (step.note == null || step.note.isBlank())) {
            throw Problem.badField("/note", FieldFault.REQUIRED);
        }
        if (step.event == TicketEvent.RATE && step.rating == null) {
            throw Problem.badField("/rating", FieldFault.REQUIRED);
        }
        if (step.rating != null && step.rating < LOWEST_RATING) {
            throw Problem.badField("/rating", FieldFault.TOO_SMALL, LOWEST_RATING);
        }
        if (step.until != null && !step.until.isAfter(now)) {
            throw Problem.badField("/until", FieldFault.IN_PAST);
        }
        if (step.event == TicketEvent.ASSIGN && step.assigneeId == null && actor != TicketActor.REPAIRMAN) {
            throw Problem.badField("/assigneeId", FieldFault.REQUIRED);
        }
        if (step.event == TicketEvent.MERGE && step.mergeInto == null) {
            throw Problem.badField("/mergeInto", FieldFault.REQUIRED);
        }
        if (step.event == TicketEvent.ACCEPT && step.until != null && ticket.level() != ServiceLevel.OTHER_REPAIR) {
            throw Problem.badField("/until", FieldFault.NOT_ALLOWED);
        }
    }

    private void take(Tx tx, Caller caller, Acting acting, Ticket ticket, Step step, OffsetDateTime now) {
        var words = Words.of(step.note == null || step.note.isBlank() ? null : step.note.strip());
        switch (step.event) {
            case ACCEPT -> {
                demand(TicketStore.move(tx, ticket, acting.to, now));
                TicketStore.unassign(tx, ticket);
                if (step.until != null) {
                    TicketStore.agree(tx, ticket, step.until);
                    words = new Words(words.note(), false, null, step.until, null, null);
                }
                ticketClock.redue(tx, ticket);
            }
            case ASSIGN -> words = assign(tx, caller, acting, ticket, step);
            case PAUSE -> {
                demand(TicketStore.pause(tx, ticket, now, step.until));
                words = new Words(words.note(), false, null, step.until, null, null);
            }
            case RESUME -> {
                demand(TicketStore.resume(tx, ticket, acting.to, now));
                ticketClock.redue(tx, ticket);
            }
            case REOPEN -> {
                demand(TicketStore.reopen(tx, ticket, now));
                ticketClock.redue(tx, ticket);
            }
            case MERGE -> merge(tx, caller, ticket, step, now);
            case RATE -> {
                demand(TicketStore.move(tx, ticket, acting.to, now));
                TicketStore.rate(tx, ticket, step.rating == null ? LOWEST_RATING : step.rating, words.note(), now);
                words = new Words(words.note(), false, null, null, step.rating, null);
            }
            case FOLLOW_UP -> {
                TicketStore.followUp(tx, ticket, step.rating, now);
                words = new Words(words.note(), true, null, null, step.rating, null);
            }
            case CONSENT -> TicketStore.consent(tx, ticket, Consent.GIVEN);
            case CANCEL -> demand(ticket.state() == TicketState.WAITING ? TicketStore.resume(tx, ticket, acting.to, now)
                    : TicketStore.move(tx, ticket, acting.to, now));
            case ARRIVE, FINISH, CONFIRM -> demand(TicketStore.move(tx, ticket, acting.to, now));
        }
        TicketStore.append(tx, ticket, TrailEvent.of(step.event), acting.to, now, author(caller, acting.actor), words);
        TicketNews.happened(tx, ticket, step.event, acting.actor, words.assignee(), now);
    }

    private Words assign(Tx tx, Caller caller, Acting acting, Ticket ticket, Step step) {
        var account = step.assigneeId == null ? caller.accountId() : step.assigneeId;
        if (acting.actor == TicketActor.REPAIRMAN && !account.equals(caller.accountId())) {
            throw Problem.badField("/assigneeId", FieldFault.NOT_ALLOWED);
        }
        var assignee = TicketStore.repairman(tx, ticket.compoundId(), account).orElseThrow(() -> Problem.badField("/assigneeId", FieldFault.NOT_A_REPAIRMAN));
        demand(TicketStore.assign(tx, ticket, acting.to, assignee));
        return new Words(step.note == null || step.note.isBlank() ? null : step.note.strip(), false, null, null, null, assignee);
    }

    /** Whoever reported the duplicate follows the other from now on. */
    private void merge(Tx tx, Caller caller, Ticket ticket, Step step, OffsetDateTime now) {
        var into = TicketStore.lockByNumber(tx, TicketSight.of(caller), ticket.compoundId(), step.mergeInto == null ? "" : step.mergeInto)
                .filter(other -> !other.id().equals(ticket.id()) && TicketPolicy.isOpen(other.state()))
                .orElseThrow(() -> Problem.badField("/mergeInto", FieldFault.NOT_AN_OPEN_TICKET));
        demand(TicketStore.merge(tx, ticket, into, now));
        TicketFollowStore.moveFollowers(tx, ticket, into, now);
        TicketStore.append(tx, into, TrailEvent.JOIN, null, now, author(caller, TicketReading.staffActor(caller, ticket)), Words.of(TrailReason.MERGED_HERE));
    }

    private static Author author(Caller caller, TicketActor actor) {
        return new Author(actor, caller.compoundId(), caller.accountId());
    }

    private static void demand(boolean stoodAsRead) {
        if (!stoodAsRead) {
            throw Problem.of(ProblemType.NOT_ALLOWED_NOW);
        }
    }

    /** As the caller reads it in a list. */
    View listed(Caller caller, Ticket ticket) {
        return view(database, caller, ticket, clock.now(), false);
    }

    /** As the caller reads it after something was added to it. */
    View view(Tx tx, Caller caller, Ticket ticket) {
        return view(tx, caller, ticket, clock.now(), true);
    }

    private View view(Statements where, Caller caller, Ticket ticket, OffsetDateTime now, boolean withTrail) {
        var reading = TicketReading.of(caller, ticket);
        var rules = TicketRules.of(policies.of(ticket.compoundId()));
        var actors = TicketReading.actors(caller, ticket);
        var facts = TicketPolicy.facts(ticket, rules);
        var possible = Stream.of(TicketEvent.values()).filter(event -> actors.stream()
                .anyMatch(actor -> TicketPolicy.judge(event, actor, facts, rules, now) instanceof Move.To)).toList();
        return new View(ticket, reading, TicketPolicy.consent(ticket, rules), withTrail ? TicketStore.trail(where, ticket) : List.of(),
                withTrail ? TicketPhotoStore.list(where, ticket) : List.of(), possible, withTrail
                ? Wordings.standing(where, WordingKind.TICKET_PLACE, ticket.compoundId(), ticket.id()).orElse(null) : null);
    }
}
