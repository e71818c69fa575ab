package gatehouse.door;

import static gatehouse.kernel.Role.DISPATCHER;
import static gatehouse.kernel.Role.GRID_WORKER;
import static gatehouse.kernel.Role.GUARD;
import static gatehouse.kernel.Role.OFFICE;
import static gatehouse.kernel.Role.REPAIRMAN;
import static gatehouse.kernel.Role.RESIDENT;

import gatehouse.delivery.Parcels;
import gatehouse.door.DoorActions.Said;
import gatehouse.door.DoorActions.View;
import gatehouse.door.DoorOfficeActions.Naming;
import gatehouse.door.DoorOfficeActions.OwnDoor;
import gatehouse.door.DoorOfficeActions.Wish;
import gatehouse.door.DoorStore.Entry;
import gatehouse.door.DoorStore.Load;
import gatehouse.http.Allow;
import gatehouse.http.Endpoint;
import gatehouse.http.Identifiers;
import gatehouse.http.Reply;
import gatehouse.http.Request;
import gatehouse.kernel.FieldFault;
import gatehouse.kernel.Problem;
import gatehouse.kernel.ProblemType;
import gatehouse.photo.PhotoSize;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The routes of what is brought to doors. */
final class DoorRoutes {
    /** What somebody may only by being named as volunteer, unless their role carries anyway. */
    static final Set<String> FOR_VOLUNTEERS = Set.of("listDoorTasks", "getDoorTask", "addDoorTaskEvent", "addDoorTaskPhoto", "deliverParcelToDoor",
            "addPurchaseReceipt");

    /** The same, with what a household may of its own door as well. */
    static final Set<String> FOR_VOLUNTEERS_AND_HOUSEHOLDS = Stream.concat(FOR_VOLUNTEERS.stream(), Stream.of("getDoorTaskPhoto", "listPurchases",
            "getPurchase", "addPurchaseEvent", "getPurchaseReceipt")).collect(Collectors.toUnmodifiableSet());

    private final DoorActions actions;
    private final DoorOfficeActions office;
    private final Parcels parcels;

    DoorRoutes(DoorActions actions, DoorOfficeActions office, Parcels parcels) {
        this.actions = actions;
        this.office = office;
        this.parcels = parcels;
    }

    List<Endpoint> endpoints() {
        var carriers = Allow.only(RESIDENT, GUARD, GRID_WORKER, DISPATCHER, REPAIRMAN, OFFICE);
        var homes = Allow.only(RESIDENT, GRID_WORKER, OFFICE);
        return List.of(
                Endpoint.of("listDoorTasks", carriers, this::list),
                Endpoint.of("getDoorTask", carriers, request -> Reply.ok(TaskBody.of(actions.read(request.caller(), request.pathId("id"))))),
                Endpoint.of("addDoorTaskEvent", carriers, this::say),
                Endpoint.of("addDoorTaskPhoto", carriers, this::show),
                Endpoint.of("getDoorTaskPhoto", carriers, this::picture),
                Endpoint.of("deliverParcelToDoor", carriers, this::deliver),
                Endpoint.of("getOwnDoor", Allow.only(RESIDENT), request -> Reply.ok(OwnBody.of(office.home(request.caller())))),
                Endpoint.of("listDoorVolunteers", Allow.only(OFFICE), this::volunteers),
                Endpoint.of("nameDoorVolunteer", Allow.only(OFFICE), this::name),
                Endpoint.of("endDoorVolunteer", Allow.only(OFFICE), this::end),
                Endpoint.of("listDoorArrangements", homes, this::arrangements),
                Endpoint.of("arrangeDoor", homes, this::arrange),
                Endpoint.of("decideDoorArrangement", homes, this::decide));
    }

    /** {@code takenBy, events} are for staff in charge. */
    record TaskBody(UUID id, DoorState state, String household, String building, String unit, String room, @Nullable Integer floor, List<LoadBody> parcels,
                    List<BoughtBody> purchases, boolean perishable, boolean overdue, boolean mine, @Nullable String takenBy, OffsetDateTime openedAt, @Nullable OffsetDateTime takenAt,
                    @Nullable OffsetDateTime placedAt, @Nullable OffsetDateTime shownAt, @Nullable OffsetDateTime rungAt, @Nullable OffsetDateTime endedAt,
                    boolean hasPhoto, List<DoorStep> possible, @Nullable List<EntryBody> events) {
        static TaskBody of(View view) {
            var task = view.task();
            return new TaskBody(task.id(), task.state(), task.household(), task.building(), task.unit(), task.room(), task.floor() == 0 ? null : task.floor(),
                    view.loads().stream().map(LoadBody::of).toList(), view.purchases().stream().map(BoughtBody::of).toList(), view.loads().stream().anyMatch(Load::perishable), view.overdue(), view.mine(),
                    view.staff() ? task.takenBy() : null, task.openedAt(), task.takenAt(), task.placedAt(), task.shownAt(), task.rungAt(), task.endedAt(),
                    task.photoId() != null, view.possible(), view.staff() && !view.entries().isEmpty() ? view.entries().stream().map(EntryBody::of).toList() : null);
        }
    }

    record LoadBody(UUID id, String gate, @Nullable String shelf, String carrier, String trackingTail, boolean perishable) {
        static LoadBody of(Load load) {
            return new LoadBody(load.parcelId(), load.gate(), load.shelf(), load.carrier(), load.trackingTail(), load.perishable());
        }
    }

    record BoughtBody(UUID id, List<PurchaseRoutes.ItemBody> items, PurchasePayBy payBy, @Nullable BigDecimal cost) {
        static BoughtBody of(Purchase purchase) {
            return new BoughtBody(purchase.id(), purchase.items().stream().map(PurchaseRoutes.ItemBody::of).toList(), purchase.payBy(),
                    purchase.costFen() == null ? null : PurchaseRoutes.yuan(purchase.costFen()));
        }
    }

    record EntryBody(DoorEvent event, DoorState state, OffsetDateTime at, @Nullable OffsetDateTime saidAt, @Nullable String by, @Nullable String note) {
        static EntryBody of(Entry entry) {
            return new EntryBody(entry.event(), entry.to(), entry.at(), entry.saidAt(), entry.byName(), entry.note());
        }
    }

    record VolunteerBody(UUID id, UUID accountId, String name, List<String> buildings, LocalDate from, LocalDate until, OffsetDateTime namedAt,
                         @Nullable OffsetDateTime endedAt) {
        static VolunteerBody of(DoorVolunteer volunteer) {
            return new VolunteerBody(volunteer.id(), volunteer.accountId(), volunteer.name(), volunteer.buildings(), volunteer.from(), volunteer.until(),
                    volunteer.namedAt(), volunteer.endedAt());
        }
    }

    record ArrangementBody(UUID id, DoorArrangementState state, UUID householdId, String household, @Nullable String note, LocalDate until,
                           OffsetDateTime askedAt, @Nullable OffsetDateTime decidedAt, @Nullable String answer) {
        static ArrangementBody of(DoorArrangement each) {
            return new ArrangementBody(each.id(), each.state(), each.householdId(), each.household(), each.note(), each.until(), each.askedAt(),
                    each.decidedAt(), each.answer());
        }
    }

    record OwnTask(UUID id, DoorState state, OffsetDateTime openedAt, @Nullable OffsetDateTime shownAt, @Nullable OffsetDateTime endedAt, boolean hasPhoto) {
    }

    record OwnBody(boolean brought, @Nullable ArrangementBody arrangement, List<OwnTask> tasks) {
        static OwnBody of(OwnDoor own) {
            return new OwnBody(own.brought(), own.arrangement().map(ArrangementBody::of).orElse(null), own.tasks().stream().map(task -> new OwnTask(task.id(),
                    task.state(), task.openedAt(), task.shownAt(), task.endedAt(), task.photoId() != null)).toList());
        }
    }

    record SayDoor(DoorStep event, @Nullable OffsetDateTime at, @Nullable String note) {
    }

    record NameVolunteer(String accountId, @Nullable List<String> buildings, LocalDate from, LocalDate until) {
        Naming naming() {
            var ids = new ArrayList<UUID>();
            for (var building : buildings == null ? List.<String>of() : buildings) {
                ids.add(Identifiers.parse(building).orElseThrow(() -> Problem.badField("/buildings", FieldFault.UNKNOWN_BUILDING)));
            }
            return new Naming(Identifiers.parse(accountId).orElseThrow(() -> Problem.badField("/accountId", FieldFault.UNKNOWN_PLACE)), ids, from, until);
        }
    }

    record ArrangeDoor(@Nullable String householdId, @Nullable String note, @Nullable LocalDate until) {
        Wish wish() {
            return new Wish(householdId == null ? null : Identifiers.parse(householdId).orElseThrow(() -> Problem.of(ProblemType.NOT_FOUND)),
                    note, until);
        }
    }

    record DecideDoor(DoorDecision event, @Nullable LocalDate until, @Nullable String note) {
    }

    private Reply list(Request request) {
        return Reply.ok(Request.withCursor(actions.list(request.caller(), request.queryFlag("mine"), request.queryFlag("done"), request.page()).map(TaskBody::of)));
    }

    private Reply say(Request request) {
        var body = request.body(SayDoor.class);
        return Reply.of(actions.say(request.caller(), request.once(view -> Reply.answer(200, TaskBody.of(view))), request.pathId("id"),
                new Said(body.event, body.at, body.note)));
    }

    private Reply show(Request request) {
        return Reply.of(actions.show(request.caller(), request.once(view -> Reply.answer(200, TaskBody.of(view))), request.pathId("id"), request.file("photo")));
    }

    private Reply picture(Request request) {
        return actions.picture(request.caller(), request.pathId("id"), request.query("size").map(PhotoSize::valueOf).orElse(PhotoSize.FULL));
    }

    private Reply deliver(Request request) {
        return Reply.of(actions.deliver(request.caller(), request.once(parcel -> Reply.answer(200, parcels.shown(parcel))),
                request.pathId("id"), request.file("photo")));
    }

    private Reply volunteers(Request request) {
        return Reply.ok(Request.withCursor(office.volunteers(request.scope(), request.queryFlag("past"), request.page()).map(VolunteerBody::of)));
    }

    private Reply name(Request request) {
        return Reply.of(office.name(request.caller(), request.scope(), request.once(named -> Reply.answer(201, VolunteerBody.of(named))),
                request.body(NameVolunteer.class).naming()));
    }

    private Reply end(Request request) {
        return Reply.ok(VolunteerBody.of(office.end(request.caller(), request.scope(), request.pathId("id"))));
    }

    private Reply arrangements(Request request) {
        return Reply.ok(Request.withCursor(office.arrangements(request.scope(), request.query("state").map(DoorArrangementState::valueOf).orElse(null),
                request.page()).map(ArrangementBody::of)));
    }

    private Reply arrange(Request request) {
        return Reply.of(office.arrange(request.caller(), request.once(asked -> Reply.answer(201, ArrangementBody.of(asked))),
                request.body(ArrangeDoor.class).wish()));
    }

    private Reply decide(Request request) {
        var body = request.body(DecideDoor.class);
        return Reply.of(office.decide(request.caller(), request.scope(), request.once(decided -> Reply.answer(200, ArrangementBody.of(decided))),
                request.pathId("id"), body.event, body.until, body.note));
    }
}
