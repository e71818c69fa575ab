package gatehouse.door;

import gatehouse.audit.AuditAction;
import gatehouse.audit.AuditEntry;
import gatehouse.audit.AuditLog;
import gatehouse.delivery.AddressStore;
import gatehouse.delivery.Home;
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
import gatehouse.kernel.Scope;
import gatehouse.kernel.Tx;
import gatehouse.notify.Message;
import gatehouse.notify.MessageTemplate;
import gatehouse.notify.Outbox;
import gatehouse.notify.Recipient;
import gatehouse.registry.Policies;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Who carries, and for whom it is arranged. */
final class DoorOfficeActions {
    private static final List<Role> STAFF = List.of(Role.OFFICE, Role.GRID_WORKER);

    private final Database database;
    private final BusinessClock clock;
    private final Policies policies;
    private final AuditLog audit;

    DoorOfficeActions(Database database, BusinessClock clock, Policies policies, AuditLog audit) {
        this.database = database;
        this.clock = clock;
        this.policies = policies;
        this.audit = audit;
    }

    /** Whom the office names; {@code buildings} empty: for the whole compound. */
    record Naming(UUID accountId, List<UUID> buildings, LocalDate from, LocalDate until) {
    }

    /** What is asked for; by staff it is granted at once. */
    record Wish(@Nullable UUID householdId, @Nullable String note, @Nullable LocalDate until) {
    }

    /** What a household reads of itself; {@code brought}: things are brought to it today, for whatever reason. */
    record OwnDoor(boolean brought, Optional<DoorArrangement> arrangement, List<DoorTask> tasks) {
    }

    Page<DoorVolunteer> volunteers(Scope scope, boolean past, Page.Request page) {
        return Page.cut(DoorVolunteerStore.volunteers(database, scope, past ? null : clock.today(), page, after(page)), page, each -> each.id().toString());
    }

    /** Fails with a bad field where it is no account of the office's own compound, no building of it, or too long. */
    Answer name(Caller caller, Scope scope, Once<DoorVolunteer> once, Naming naming) {
        var now = clock.now();
        var compound = caller.compoundId();
        int most = rules(compound).namedDays();
        if (naming.until.isBefore(naming.from) || naming.until.isBefore(now.toLocalDate())) {
            throw Problem.badField("/until", FieldFault.IN_PAST);
        }
        if (naming.until.isAfter(naming.from.plusDays(most))) {
            throw Problem.badField("/until", FieldFault.TOO_MANY_DAYS, most);
        }
        return database.transact(once, tx -> {
            if (!scope.seesWholeCompound(compound) || DoorVolunteerStore.accountName(tx, compound, naming.accountId).isEmpty()) {
                throw Problem.badField("/accountId", FieldFault.UNKNOWN_PLACE);
            }
            if (!DoorVolunteerStore.areBuildings(tx, compound, naming.buildings)) {
                throw Problem.badField("/buildings", FieldFault.UNKNOWN_BUILDING);
            }
            var named = new DoorVolunteer(compound, Ids.next(), naming.accountId, "", List.of(), naming.from, naming.until, now, null);
            DoorVolunteerStore.insert(tx, named, naming.buildings, caller.compoundId(), caller.accountId());
            enter(tx, caller, compound, AuditAction.VOLUNTEER_NAMED, "account", naming.accountId, Map.of("from", naming.from.toString(), "until", naming.until.toString()),
                    now);
            return DoorVolunteerStore.find(tx, scope, named.id()).orElseThrow();
        });
    }

    /** At once: from then on they see no door. */
    DoorVolunteer end(Caller caller, Scope scope, UUID id) {
        var now = clock.now();
        return database.transact(tx -> {
            var volunteer = DoorVolunteerStore.find(tx, scope, id).orElseThrow(() -> Problem.of(ProblemType.NOT_FOUND));
            if (!DoorVolunteerStore.end(tx, volunteer, now)) {
                throw Problem.of(ProblemType.NOT_ALLOWED_NOW);
            }
            enter(tx, caller, volunteer.compoundId(), AuditAction.VOLUNTEER_ENDED, "account", volunteer.accountId(), Map.of(), now);
            return DoorVolunteerStore.find(tx, scope, id).orElseThrow();
        });
    }

    Page<DoorArrangement> arrangements(Scope scope, @Nullable DoorArrangementState state, Page.Request page) {
        return Page.cut(DoorArrangementStore.arrangements(database, scope, state, page, after(page)), page, each -> each.id().toString());
    }

    /** Asked for by a resident for their own home; set by staff for one in their charge, and then granted at once. */
    Answer arrange(Caller caller, Once<DoorArrangement> once, Wish wish) {
        var now = clock.now();
        var staffScope = caller.scopeBy(Set.of(Role.OFFICE, Role.GRID_WORKER));
        boolean staff = wish.householdId != null && !wish.householdId.equals(caller.householdId());
        return database.transact(once, tx -> {
            var home = staff ? AddressStore.within(tx, staffScope, wish.householdId) : ownHome(tx, caller);
            var place = home.orElseThrow(() -> Problem.of(ProblemType.NOT_FOUND));
            var asked = new DoorArrangement(place.compoundId(), Ids.next(), place.householdId(), place.buildingId(), place.label(),
                    staff ? DoorArrangementState.GRANTED : DoorArrangementState.ASKED, wish.note, until(place.compoundId(), wish.until, now), now, staff ? now : null, null);
            if (!DoorArrangementStore.insert(tx, asked, caller.compoundId(), caller.accountId())) {
                throw Problem.of(ProblemType.NOT_ALLOWED_NOW);
            }
            if (staff) {
                granted(tx, asked, now);
                enter(tx, caller, asked, DoorDecision.GRANT, now);
            } else {
                Outbox.put(tx, now, Message.of(asked.compoundId(), "door-asked/" + asked.id(), MessageTemplate.DOOR_ASKED,
                        new Recipient.HoldersOfBuilding(Role.GRID_WORKER, asked.buildingId())).about(asked.id()));
            }
            return asked;
        });
    }

    private static Optional<Home> ownHome(Tx tx, Caller caller) {
        return caller.householdId() == null ? Optional.empty() : AddressStore.known(tx, caller.compoundId(), caller.householdId());
    }

    private LocalDate until(UUID compound, @Nullable LocalDate wished, OffsetDateTime now) {
        int most = rules(compound).arrangeDays();
        var last = now.toLocalDate().plusDays(most);
        if (wished == null) {
            return last;
        }
        if (wished.isBefore(now.toLocalDate())) {
            throw Problem.badField("/until", FieldFault.IN_PAST);
        }
        if (wished.isAfter(last)) {
            throw Problem.badField("/until", FieldFault.TOO_MANY_DAYS, most);
        }
        return wished;
    }

    /** By staff in charge of the home; the household itself may only END. */
    Answer decide(Caller caller, Scope scope, Once<DoorArrangement> once, UUID id, DoorDecision decision, @Nullable LocalDate until, @Nullable String answer) {
        var now = clock.now();
        var staffScope = caller.scopeBy(Set.of(Role.OFFICE, Role.GRID_WORKER));
        return database.transact(once, tx -> {
            var asked = DoorArrangementStore.find(tx, scope, id).orElseThrow(() -> Problem.of(ProblemType.NOT_FOUND));
            boolean staff = staffScope.sees(asked.compoundId(), asked.buildingId(), asked.householdId());
            if (decision != DoorDecision.END && !staff) {
                throw Problem.of(ProblemType.NOT_FOUND);
            }
            var to = DoorOfficeActions.after(asked.state(), decision).orElseThrow(() -> Problem.of(ProblemType.NOT_ALLOWED_NOW));
            var last = decision == DoorDecision.GRANT && until != null ? until(asked.compoundId(), until, now) : asked.until();
            if (!DoorArrangementStore.decide(tx, asked, to, last, answer, now, caller.compoundId(), caller.accountId())) {
                throw Problem.of(ProblemType.NOT_ALLOWED_NOW);
            }
            if (staff) {
                enter(tx, caller, asked, decision, now);
            }
            switch (decision) {
                case GRANT -> granted(tx, asked, now);
                case REFUSE -> DoorRounds.tellHousehold(tx, asked.compoundId(), asked.householdId(), "door-refused/" + asked.id(),
                        MessageTemplate.DOOR_REFUSED, asked.id(), now);
                case END -> {
                    // Open walks without a reason are cancelled within the minute.
                }
            }
            return DoorArrangementStore.find(tx, scope, id).orElseThrow();
        });
    }

    static Optional<DoorArrangementState> after(DoorArrangementState state, DoorDecision decision) {
        return switch (decision) {
            case GRANT -> state == DoorArrangementState.ASKED ? Optional.of(DoorArrangementState.GRANTED) : Optional.empty();
            case REFUSE -> state == DoorArrangementState.ASKED ? Optional.of(DoorArrangementState.REFUSED) : Optional.empty();
            case END -> state == DoorArrangementState.ASKED || state == DoorArrangementState.GRANTED ? Optional.of(DoorArrangementState.ENDED) : Optional.empty();
        };
    }

    private static void granted(Tx tx, DoorArrangement asked, OffsetDateTime now) {
        DoorRounds.tellHousehold(tx, asked.compoundId(), asked.householdId(), "door-granted/" + asked.id(), MessageTemplate.DOOR_GRANTED, asked.id(), now);
        DoorRounds.open(tx, asked.compoundId(), asked.householdId(), now);
    }

    /** What a household reads of itself. */
    OwnDoor home(Caller caller) {
        var household = caller.householdId();
        if (household == null) {
            throw Problem.of(ProblemType.NOT_FOUND);
        }
        var now = clock.now();
        var own = Scope.ofHousehold(caller.compoundId(), household);
        return new OwnDoor(DoorRounds.isBroughtTo(database, caller.compoundId(), household, now),
                DoorArrangementStore.last(database, caller.compoundId(), household), DoorStore.tasks(database, own, now.minusDays(7), 20));
    }

    private void enter(Tx tx, Caller caller, DoorArrangement asked, DoorDecision decision, OffsetDateTime now) {
        enter(tx, caller, asked.compoundId(), AuditAction.DOOR_ARRANGED, "household", asked.householdId(), Map.of("decision", decision.name()), now);
    }

    private void enter(Tx tx, Caller caller, UUID compound, AuditAction action, String kind, UUID subject, Map<String, String> details, OffsetDateTime now) {
        audit.append(tx, List.of(AuditEntry.of(compound, now, AuditEntry.Actor.of(caller, compound, STAFF), action, kind, subject, details)));
    }

    private DoorRules rules(UUID compound) {
        return DoorRules.of(policies.of(compound));
    }

    static @Nullable UUID after(Page.Request page) {
        return page.after() == null ? null : Identifiers.parse(page.after()).orElseThrow(() -> Problem.badField("?cursor", FieldFault.WRONG_FORMAT, "cursor"));
    }
}
