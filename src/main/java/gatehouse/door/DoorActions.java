package gatehouse.door;

import gatehouse.delivery.By;
import gatehouse.delivery.Parcel;
import gatehouse.delivery.Parcels;
import gatehouse.door.DoorStore.Entry;
import gatehouse.door.DoorStore.Load;
import gatehouse.http.Caller;
import gatehouse.http.Reply;
import gatehouse.kernel.Answer;
import gatehouse.kernel.BusinessClock;
import gatehouse.kernel.Database;
import gatehouse.kernel.Ids;
import gatehouse.kernel.Once;
import gatehouse.kernel.Page;
import gatehouse.kernel.Problem;
import gatehouse.kernel.ProblemType;
import gatehouse.kernel.Role;
import gatehouse.kernel.Scope;
import gatehouse.kernel.Statements;
import gatehouse.kernel.Tx;
import gatehouse.notify.Message;
import gatehouse.notify.MessageTemplate;
import gatehouse.notify.Outbox;
import gatehouse.notify.Recipient;
import gatehouse.photo.CleanPhoto;
import gatehouse.photo.PhotoActions;
import gatehouse.photo.PhotoSize;
import gatehouse.registry.Policies;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The verbs of walks to doors: look, take, place, photograph, ring, leave. */
final class DoorActions {
    private static final int MOST_TASKS = 2_000;

    private final Database database;
    private final BusinessClock clock;
    private final Policies policies;
    private final Parcels parcels;
    private final PhotoActions photos;

    DoorActions(Database database, BusinessClock clock, Policies policies, Parcels parcels, PhotoActions photos) {
        this.database = database;
        this.clock = clock;
        this.policies = policies;
        this.parcels = parcels;
        this.photos = photos;
    }

    /**
     * A walk as one of those who carry sees it.
     *
     * @param mine  whether the caller took it
     * @param staff whether the caller reads who did
     */
    record View(DoorTask task, List<Load> loads, List<Purchase> purchases, boolean overdue, boolean mine, boolean staff, List<DoorStep> possible, List<Entry> entries) {
    }

    /** What somebody says of a walk; {@code at}: by their own clock, where it is told later. */
    record Said(DoorStep step, @Nullable OffsetDateTime at, @Nullable String note) {
    }

    /** In the order in which one walks: building, unit, floor, room. Volunteers see what is free and what is theirs. */
    Page<View> list(Caller caller, boolean mine, boolean done, Page.Request page) {
        var now = clock.now();
        var reach = DoorReach.of(database, caller, now.toLocalDate());
        var today = now.truncatedTo(ChronoUnit.DAYS);
        var tasks = DoorStore.tasks(database, reach.scope(), done ? today : null, MOST_TASKS).stream()
                .filter(task -> isMine(caller, task) || !mine && (task.state() == DoorState.OPEN || reach.isStaffFor(task)))
                .sorted(Comparator.comparing(DoorActions::place))
                .filter(task -> page.after() == null || place(task).compareTo(page.after()) > 0).limit(page.rows()).toList();
        var cut = Page.cut(tasks, page, DoorActions::place);
        var loads = loads(database, cut.items());
        return cut.map(task -> view(caller, reach, task, loads.getOrDefault(task.id(), List.of()), PurchaseStore.carried(database, task), List.of(), now));
    }

    View read(Caller caller, UUID id) {
        var now = clock.now();
        var reach = DoorReach.of(database, caller, now.toLocalDate());
        return seen(database, caller, reach, id, now);
    }

    Answer say(Caller caller, Once<View> once, UUID id, Said said) {
        var now = clock.now();
        var reach = DoorReach.of(database, caller, now.toLocalDate());
        return database.transact(once, tx -> {
            var task = DoorStore.lock(tx, reach.scope(), id).orElseThrow(() -> Problem.of(ProblemType.NOT_FOUND));
            if (!DoorPolicy.may(said.step, isMine(caller, task), reach.isStaffFor(task))) {
                throw Problem.of(ProblemType.NOT_ALLOWED_NOW);
            }
            step(tx, caller, task, said, now);
            return seen(tx, caller, reach, id, now);
        });
    }

    private void step(Tx tx, Caller caller, DoorTask task, Said said, OffsetDateTime now) {
        var event = said.step.event();
        if (said.step == DoorStep.TAKE) {
            var waiting = DoorStore.loads(tx, List.of(task)).stream().map(Load::parcelId).toList();
            var bought = PurchaseStore.carried(tx, task);
            if (waiting.isEmpty() && bought.isEmpty()) {
                throw Problem.of(ProblemType.NOT_ALLOWED_NOW);
            }
            happen(tx, task, event, caller, said, null, now);
            DoorStore.carry(tx, task, waiting);
            PurchaseStore.carry(tx, task, bought);
        } else if (said.step == DoorStep.GIVE_BACK) {
            allowed(task, event);
            DoorStore.holdHousehold(tx, task);
            // What came meanwhile has opened another walk: then what was carried goes with that.
            boolean another = DoorStore.openOf(tx, task.compoundId(), task.householdId()).isPresent();
            happen(tx, task, another ? DoorEvent.CANCEL : event, caller, said, task.photoId(), now);
            putDown(tx, task);
        } else {
            happen(tx, task, event, caller, said, task.photoId(), now);
            if (said.step == DoorStep.CANCEL) {
                putDown(tx, task);
            }
        }
    }

    private static void putDown(Tx tx, DoorTask task) {
        DoorStore.putDown(tx, task);
        PurchaseStore.putDown(tx, task);
    }

    /** The picture of everything that was placed: from now on it is at the door, and the household is told. */
    Answer show(Caller caller, Once<View> once, UUID id, byte[] sent) {
        var now = clock.now();
        var reach = DoorReach.of(database, caller, now.toLocalDate());
        DoorStore.find(database, reach.scope(), id).orElseThrow(() -> Problem.of(ProblemType.NOT_FOUND));
        var photo = photos.clean(sent);
        return database.transact(once, tx -> {
            var task = DoorStore.lock(tx, reach.scope(), id).orElseThrow(() -> Problem.of(ProblemType.NOT_FOUND));
            if (!isMine(caller, task)) {
                throw Problem.of(ProblemType.NOT_ALLOWED_NOW);
            }
            allowed(task, DoorEvent.SHOW);
            var carried = DoorStore.loads(tx, List.of(task)).stream().map(Load::parcelId).sorted().toList();
            int placed = 0;
            for (var parcel : carried) {
                placed += place(tx, caller, task.compoundId(), parcel, now) ? 1 : 0;
            }
            for (var bought : PurchaseStore.carried(tx, task)) {
                PurchaseActions.delivered(tx, caller, bought, now);
                placed++;
            }
            if (placed == 0) {
                throw Problem.of(ProblemType.NOT_ALLOWED_NOW);
            }
            happen(tx, task, DoorEvent.SHOW, caller, null, keep(tx, task, photo, now), now);
            tellPlaced(tx, task, now);
            return seen(tx, caller, reach, id, now);
        });
    }

    /**
     * One parcel placed and photographed by itself. What nobody has taken yet is taken by it; what somebody else carries is NOT_ALLOWED_NOW. With
     * the last thing that was carried the walk is done.
     */
    Answer deliver(Caller caller, Once<Parcel> once, UUID parcelId, byte[] sent) {
        var now = clock.now();
        var reach = DoorReach.of(database, caller, now.toLocalDate());
        var compound = parcels.find(database, reach.scope(), parcelId).filter(parcel -> parcel.householdId() != null)
                .orElseThrow(() -> Problem.of(ProblemType.NOT_FOUND)).compoundId();
        var photo = photos.clean(sent);
        return database.transact(once, tx -> {
            var task = walkFor(tx, caller, reach, compound, parcelId, now);
            if (!place(tx, caller, compound, parcelId, now)) {
                throw Problem.of(ProblemType.NOT_ALLOWED_NOW);
            }
            var kept = keep(tx, task, photo, now);
            DoorStore.picture(tx, task, parcelId, kept);
            if (DoorStore.stillWaiting(tx, task).isEmpty() && PurchaseStore.carried(tx, task).stream().noneMatch(each -> each.state() == PurchaseState.BOUGHT)) {
                var placed = task.state() == DoorState.TAKEN ? happen(tx, task, DoorEvent.PLACE, caller, null, null, now) : task;
                var shown = happen(tx, placed, DoorEvent.SHOW, caller, null, kept, now);
                var rung = happen(tx, shown, DoorEvent.RING, caller, null, kept, now);
                happen(tx, rung, DoorEvent.LEAVE, caller, null, kept, now);
                tellPlaced(tx, task, now);
            }
            return parcels.find(tx, reach.scope(), parcelId).orElseThrow();
        });
    }

    private DoorTask walkFor(Tx tx, Caller caller, DoorReach reach, UUID compound, UUID parcelId, OffsetDateTime now) {
        var carrying = DoorStore.lockCarrying(tx, compound, parcelId, caller.compoundId(), caller.accountId());
        if (carrying.isPresent()) {
            return carrying.get();
        }
        var parcel = parcels.find(tx, reach.scope(), parcelId).orElseThrow(() -> Problem.of(ProblemType.NOT_FOUND));
        if (!parcel.state().isWaiting() || DoorStore.isCarried(tx, compound, parcelId)) {
            throw Problem.of(ProblemType.NOT_ALLOWED_NOW);
        }
        var household = Objects.requireNonNull(parcel.householdId());
        if (DoorStore.openOf(tx, compound, household).isEmpty()) {
            var id = Ids.next();
            if (DoorStore.insert(tx, compound, id, household, Objects.requireNonNull(parcel.buildingId()), now)) {
                DoorStore.append(tx, compound, id, 1, DoorEvent.OPEN, DoorState.OPEN, null, null, By.account(caller.compoundId(), caller.accountId()), now);
            }
        }
        var open = DoorStore.openOf(tx, compound, household).flatMap(task -> DoorStore.lock(tx, reach.scope(), task.id()))
                .orElseThrow(() -> Problem.of(ProblemType.NOT_ALLOWED_NOW));
        var taken = happen(tx, open, DoorEvent.TAKE, caller, null, null, now);
        DoorStore.carry(tx, taken, List.of(parcelId));
        return taken;
    }

    /** False where it was collected or taken away meanwhile. */
    private boolean place(Tx tx, Caller caller, UUID compound, UUID parcelId, OffsetDateTime now) {
        return parcels.placeAtDoor(tx, compound, parcelId, By.account(caller.compoundId(), caller.accountId()), now);
    }

    private UUID keep(Tx tx, DoorTask task, CleanPhoto photo, OffsetDateTime now) {
        return photos.keep(tx, task.compoundId(), photo, now.toLocalDate().plusDays(rules(task.compoundId()).photoDays()));
    }

    private static void tellPlaced(Tx tx, DoorTask task, OffsetDateTime now) {
        DoorRounds.tellHousehold(tx, task.compoundId(), task.householdId(), "door-placed/" + task.id(), MessageTemplate.DOOR_PLACED, task.id(), now);
    }

    /** The picture of a walk; for who carried, staff in charge, and the household. */
    Reply picture(Caller caller, UUID id, PhotoSize size) {
        if (!caller.is(Role.RESIDENT)) {
            DoorReach.of(database, caller, clock.today());
        }
        var staff = caller.scopeBy(Set.of(Role.GRID_WORKER, Role.OFFICE));
        var own = caller.scopeBy(Set.of(Role.RESIDENT));
        var task = DoorStore.find(database, staff.union(own).union(Scope.ofCompounds(List.of(caller.compoundId()))), id)
                .filter(found -> isMine(caller, found) || staff.sees(found.compoundId(), found.buildingId(), found.householdId())
                        || own.sees(found.compoundId(), found.buildingId(), found.householdId()))
                .orElseThrow(() -> Problem.of(ProblemType.NOT_FOUND));
        if (task.photoId() == null) {
            throw Problem.of(ProblemType.NOT_FOUND);
        }
        return photos.show(task.compoundId(), task.photoId(), size);
    }

    private static DoorState allowed(DoorTask task, DoorEvent event) {
        return DoorPolicy.after(task.state(), event).orElseThrow(() -> Problem.of(ProblemType.NOT_ALLOWED_NOW));
    }

    private static DoorTask happen(Tx tx, DoorTask task, DoorEvent event, Caller caller, @Nullable Said said, @Nullable UUID photo, OffsetDateTime now) {
        var saidAt = said == null ? null : said.at;
        var at = saidAt != null && DoorPolicy.isPlausible(saidAt, task.openedAt(), now) ? saidAt : now;
        var after = next(task, event, allowed(task, event), photo, caller, at);
        if (!DoorStore.change(tx, task, after)) {
            throw Problem.of(ProblemType.NOT_ALLOWED_NOW);
        }
        DoorStore.append(tx, task.compoundId(), task.id(), after.version(), event, after.state(), saidAt, said == null ? null : said.note,
                By.account(caller.compoundId(), caller.accountId()), now);
        tx.changes(task.compoundId());
        return after;
    }

    /** The task after an event; {@code caller} null: the clock. */
    static DoorTask next(DoorTask task, DoorEvent event, DoorState state, @Nullable UUID photo, @Nullable Caller caller, OffsetDateTime at) {
        boolean taken = event == DoorEvent.TAKE && caller != null;
        boolean free = state == DoorState.OPEN;
        return new DoorTask(task.compoundId(), task.id(), task.householdId(), task.buildingId(), task.household(), task.building(), task.unit(), task.room(),
                task.floor(), state, task.openedAt(), free ? null : taken ? at : task.takenAt(), free ? null : taken ? caller.compoundId() : task.takerCompoundId(),
                free ? null : taken ? caller.accountId() : task.takerId(), free ? null : task.takenBy(),
                free ? null : event == DoorEvent.PLACE ? at : task.placedAt(), event == DoorEvent.SHOW ? at : task.shownAt(), photo,
                event == DoorEvent.RING ? at : task.rungAt(), state.isUnfinished() ? null : at, task.version() + 1);
    }

    private View seen(Statements where, Caller caller, DoorReach reach, UUID id, OffsetDateTime now) {
        var task = DoorStore.find(where, reach.scope(), id).orElseThrow(() -> Problem.of(ProblemType.NOT_FOUND));
        return view(caller, reach, task, loads(where, List.of(task)).getOrDefault(id, List.of()), PurchaseStore.carried(where, task), DoorStore.entries(where, task), now);
    }

    private View view(Caller caller, DoorReach reach, DoorTask task, List<Load> loads, List<Purchase> purchases, List<Entry> entries,
                      OffsetDateTime now) {
        boolean mine = isMine(caller, task);
        boolean staff = reach.isStaffFor(task);
        return new View(task, loads, purchases, DoorPolicy.isOverdue(task.state(), task.openedAt(), rules(task.compoundId()).within(), now), mine, staff,
                DoorPolicy.possible(task.state(), mine, staff), entries);
    }

    private static Map<UUID, List<Load>> loads(Statements where, List<DoorTask> tasks) {
        return DoorStore.loads(where, tasks).stream().collect(Collectors.groupingBy(Load::taskId));
    }

    private static boolean isMine(Caller caller, DoorTask task) {
        return caller.accountId().equals(task.takerId()) && caller.compoundId().equals(task.takerCompoundId());
    }

    /** The place of a task on the way. */
    static String place(DoorTask task) {
        return "%8s|%8s|%3d|%8s|%s".formatted(task.building(), task.unit(), task.floor(), task.room(), task.id());
    }

    private DoorRules rules(UUID compound) {
        return DoorRules.of(policies.of(compound));
    }

    /** Opens, cancels and ends walks, and tells the grid worker of those that take too long; answers how many messages. For every minute. */
    int keepRounds() {
        var now = clock.now();
        database.transact(tx -> {
            DoorArrangementStore.endPast(tx, now.toLocalDate(), now);
            return DoorRounds.cancel(tx, now) + DoorRounds.open(tx, now);
        });
        int told = 0;
        for (var compound : DoorStore.compoundsWithTasks(database)) {
            told += database.transact(tx -> {
                endWhatLies(tx, compound, now);
                return chase(tx, compound, now);
            });
        }
        return told;
    }

    /** What lies at its door is brought, also where nobody said that they rang or left. */
    private void endWhatLies(Tx tx, UUID compound, OffsetDateTime now) {
        var within = rules(compound).within();
        for (var task : DoorStore.lockLying(tx, compound, now.minus(within))) {
            if (!DoorPolicy.endsByItself(task.state(), Objects.requireNonNull(task.shownAt()), within, now)) {
                continue;
            }
            var after = next(task, DoorEvent.LEAVE, DoorState.DONE, task.photoId(), null, now);
            if (DoorStore.change(tx, task, after)) {
                DoorStore.append(tx, compound, task.id(), after.version(), DoorEvent.LEAVE, DoorState.DONE, null, null, By.CLOCK, now);
                tx.changes(compound);
            }
        }
    }

    private int chase(Tx tx, UUID compound, OffsetDateTime now) {
        int told = 0;
        for (var task : DoorStore.lockSlow(tx, compound, now.minus(rules(compound).within()))) {
            DoorStore.told(tx, task, now);
            told += Outbox.put(tx, now, Message.of(compound, "door-overdue/" + task.id(), MessageTemplate.DOOR_OVERDUE,
                    new Recipient.HoldersOfBuilding(Role.GRID_WORKER, task.buildingId())).about(task.id()));
            tx.changes(compound);
        }
        return told;
    }
}
