package gatehouse.ticket;

import static gatehouse.kernel.Role.DISPATCHER;
import static gatehouse.kernel.Role.OFFICE;
import static gatehouse.kernel.Role.REPAIRMAN;
import static gatehouse.kernel.Role.RESIDENT;
import static gatehouse.kernel.Role.SUBDISTRICT;

import gatehouse.http.Allow;
import gatehouse.http.Endpoint;
import gatehouse.http.Identifiers;
import gatehouse.http.Reply;
import gatehouse.http.Request;
import gatehouse.kernel.FieldFault;
import gatehouse.kernel.Page;
import gatehouse.kernel.Problem;
import gatehouse.ticket.MailRoutes.ShotBody;
import gatehouse.ticket.TicketActions.Step;
import gatehouse.ticket.TicketActions.View;
import gatehouse.ticket.TicketActions.Wish;
import gatehouse.ticket.TicketStore.Entry;
import gatehouse.ticket.TicketStore.Filter;
import gatehouse.wording.Standing;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The routes of tickets themselves. */
final class TicketRoutes {
    private static final String ME = "me";
    private static final String NOBODY = "none";

    private final TicketActions actions;
    private final ClassificationActions classification;

    TicketRoutes(TicketActions actions, ClassificationActions classification) {
        this.actions = actions;
        this.classification = classification;
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.of("listTicketCategories", Allow.loggedIn(), this::categories),
                Endpoint.of("submitTicket", Allow.only(RESIDENT, DISPATCHER, OFFICE), this::submit),
                Endpoint.of("listTickets", Allow.only(RESIDENT, DISPATCHER, REPAIRMAN, OFFICE, SUBDISTRICT), this::list),
                Endpoint.of("getTicket", Allow.only(RESIDENT, DISPATCHER, REPAIRMAN, OFFICE, SUBDISTRICT), this::find),
                Endpoint.of("moveTicket", Allow.only(RESIDENT, DISPATCHER, REPAIRMAN, OFFICE), this::act),
                Endpoint.of("classifyTicket", Allow.only(DISPATCHER, OFFICE), this::classify));
    }

    record CategoryBody(TicketCategory code, TicketKind kind, String name, LevelsBody levels, boolean serious, boolean consentInControl,
                        boolean suspendedInControl) {
    }

    /** Which service level is promised, as the summary of levels names it. */
    record LevelsBody(ServiceLevel normal, ServiceLevel emergency) {
    }

    record PlaceBody(PlaceArea area, String text, @Nullable String building) {
    }

    record DueBody(@Nullable OffsetDateTime onSite, OffsetDateTime done) {
    }

    record PersonBody(UUID id, String name) {
    }

    record ContactBody(@Nullable String household, @Nullable String name, @Nullable String phone) {
    }

    record ByBody(TicketActor role, @Nullable String name) {
    }

    record EntryBody(TrailEvent event, OffsetDateTime at, ByBody by, @Nullable String note, @Nullable TicketState from, @Nullable TicketState to,
                     boolean internal, @Nullable TrailReason reason, @Nullable OffsetDateTime until, @Nullable Integer rating,
                     @Nullable String assignee) {
        static EntryBody of(Entry entry, TicketReading reading) {
            var words = entry.words();
            boolean names = reading.names(entry);
            return new EntryBody(entry.event(), entry.at(), new ByBody(entry.actor(), names ? entry.byName() : null), words.note(), entry.from(), entry.to(),
                    words.internal(), words.reason(), words.until(), words.rating(),
                    words.assignee() == null || !reading.staffNames() ? null : words.assignee().name());
        }
    }

    record TicketBody(UUID id, String number, TicketKind kind, TicketCategory category, ServiceLevel level, TicketState state, Urgency urgency,
                      PlaceBody place, String description, boolean anonymous, boolean own, OffsetDateTime submittedAt, DueBody dueAt, boolean paused,
                      @Nullable OffsetDateTime resumeAt, @Nullable OffsetDateTime agreedUntil, @Nullable OffsetDateTime contactAt,
                      @Nullable OffsetDateTime onSiteAt, @Nullable OffsetDateTime doneAt, @Nullable OffsetDateTime closedAt,
                      @Nullable OffsetDateTime breachedAt, @Nullable Breach breach, @Nullable Rung escalatedTo, Consent consent,
                      @Nullable PersonBody assignee, @Nullable ContactBody contact, @Nullable Integer rating, @Nullable String ratingWords,
                      int followers, @Nullable UUID mergedInto, List<TicketEvent> possible, @Nullable List<ShotBody> photos, @Nullable List<EntryBody> events,
                      @Nullable Standing placeStanding) {
        static TicketBody of(View view, boolean withTrail) {
            var ticket = view.ticket();
            var reading = view.reading();
            var course = ticket.course();
            var clocks = ticket.clocks();
            var reporter = ticket.reporter();
            return new TicketBody(ticket.id(), ticket.number(), ticket.category().kind(), ticket.category(), ticket.level(), ticket.state(), ticket.urgency(),
                    new PlaceBody(ticket.place().area(), ticket.place().text(), ticket.place().building()), ticket.description(), reporter.anonymous(),
                    reading.own(), course.submittedAt(), new DueBody(clocks.onSiteDueAt(), clocks.doneDueAt()), clocks.pausedAt() != null,
                    clocks.resumeAt(), clocks.agreedUntil(), ticket.contactAt(), course.onSiteAt(), course.doneAt(), course.closedAt(), course.breachedAt(),
                    course.breach(), course.escalatedTo() == 0 ? null : Rung.values()[course.escalatedTo() - 1], view.consent(),
                    ticket.assignee() == null || !reading.staffNames() ? null : new PersonBody(ticket.assignee().accountId(), ticket.assignee().name()),
                    reading.contact() ? new ContactBody(reporter.household(), reporter.name(), reporter.phoneMasked()) : null,
                    ticket.opinion().rating(), ticket.opinion().words(), ticket.followers(), ticket.mergedInto(), view.possible(),
                    withTrail ? view.photos().stream().map(ShotBody::of).toList() : null,
                    withTrail ? view.trail().stream().filter(reading::shows).map(entry -> EntryBody.of(entry, reading)).toList() : null,
                    view.placeStanding());
        }
    }

    record PlaceRequest(PlaceArea area, String text, @Nullable String building) {
    }

    record SubmitRequest(TicketKind kind, String category, PlaceRequest place, String description, Urgency urgency, @Nullable Boolean anonymous,
                         @Nullable OffsetDateTime contactAt, @Nullable String householdId) {
        Wish wish() {
            return new Wish(kind, category, place.area, place.text, place.building, description, urgency, anonymous != null && anonymous, contactAt,
                    householdId == null ? null : Identifiers.parse(householdId)
                            .orElseThrow(() -> Problem.badField("/householdId", FieldFault.UNKNOWN_PLACE)));
        }
    }

    record StepRequest(TicketEvent event, @Nullable String note, @Nullable String assigneeId, @Nullable OffsetDateTime until, @Nullable Integer rating,
                       @Nullable String mergeInto) {
        Step step() {
            return new Step(event, note, assigneeId == null ? null : Identifiers.parse(assigneeId)
                    .orElseThrow(() -> Problem.badField("/assigneeId", FieldFault.NOT_A_REPAIRMAN)), until, rating, mergeInto);
        }
    }

    record ClassifyRequest(String category, Urgency urgency, String reason) {
        ClassificationActions.Wish wish() {
            return new ClassificationActions.Wish(category, urgency, reason);
        }
    }

    private Reply categories(Request request) {
        var language = request.language();
        return Reply.ok(new Page<>(Stream.of(TicketCategory.values()).map(each -> new CategoryBody(each, each.kind(), each.text(language),
                new LevelsBody(each.level(), each.levelFor(Urgency.EMERGENCY)), each.isSerious(), each.isUtility(), each.isConstruction())).toList(), null));
    }

    private Reply submit(Request request) {
        return Reply.of(actions.submit(request.caller(), request.once(view -> Reply.answer(201, TicketBody.of(view, true))),
                request.body(SubmitRequest.class).wish()));
    }

    private Reply list(Request request) {
        var assignee = request.query("assignee");
        var filter = new Filter(request.query("kind").map(TicketKind::valueOf).orElse(null), request.query("state").map(TicketState::valueOf).orElse(null),
                assignee.filter(who -> !who.equals(NOBODY)).map(who -> who.equals(ME) ? request.caller().accountId() : accountOf(who)).orElse(null),
                assignee.filter(NOBODY::equals).isPresent(), request.queryFlag("breached"), request.queryFlag("open"), request.query("building").orElse(null));
        return Reply.ok(Request.withCursor(actions.list(request.caller(), filter, request.page()).map(view -> TicketBody.of(view, false))));
    }

    private static UUID accountOf(String who) {
        return Identifiers.parse(who).orElseThrow(() -> Problem.badField("?assignee", FieldFault.WRONG_FORMAT, "me, none, id"));
    }

    private Reply find(Request request) {
        return Reply.ok(TicketBody.of(actions.find(request.caller(), request.pathId("id")), true));
    }

    private Reply act(Request request) {
        return Reply.of(actions.act(request.caller(), request.once(view -> Reply.answer(200, TicketBody.of(view, true))), request.pathId("id"),
                request.body(StepRequest.class).step()));
    }

    private Reply classify(Request request) {
        return Reply.ok(TicketBody.of(classification.classify(request.caller(), request.pathId("id"), request.body(ClassifyRequest.class).wish()), true));
    }
}
