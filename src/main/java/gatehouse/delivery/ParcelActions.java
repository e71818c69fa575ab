package gatehouse.delivery;

import gatehouse.audit.AuditAction;
import gatehouse.audit.AuditEntry;
import gatehouse.audit.AuditLog;
import gatehouse.delivery.ParcelAddress.Meaning;
import gatehouse.delivery.ParcelStore.Entry;
import gatehouse.delivery.ParcelStore.Filter;
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
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The verbs of parcels: register, look, say what happened to one. */
final class ParcelActions {
    private static final List<Role> STAFF = List.of(Role.OFFICE, Role.GUARD);

    private final Database database;
    private final BusinessClock clock;
    private final Policies policies;
    private final Shelf shelf;
    private final AuditLog audit;
    private final Bringing bringing;

    ParcelActions(Database database, BusinessClock clock, Policies policies, Shelf shelf, AuditLog audit, Bringing bringing) {
        this.database = database;
        this.clock = clock;
        this.policies = policies;
        this.shelf = shelf;
        this.audit = audit;
        this.bringing = bringing;
    }

    /** What is written on a parcel; {@code shelf} null: the place that is suggested. */
    record Waybill(ParcelAddress address, String carrier, String trackingTail, @Nullable String shelf, boolean perishable, boolean disinfected) {
    }

    /** What staff say happened to a parcel; {@code address} and {@code shelf} only where the act needs them. */
    record Said(ParcelAct act, @Nullable String note, @Nullable ParcelAddress address, @Nullable String shelf) {
    }

    /** A parcel as it is now, and what staff may say of it. */
    record View(Parcel parcel, ParcelState state, OffsetDateTime dueBackAt, boolean returnDue, List<ParcelAct> possible) {
    }

    record Detail(View view, List<Entry> entries, List<UUID> photos) {
    }

    /**
     * By a guard of that gate. Fails with a bad field where the address is of nobody, with {@code ADDRESS_AMBIGUOUS} and the choices where it may be
     * of several.
     */
    Answer register(Caller caller, Once<View> once, UUID gate, Waybill waybill) {
        var now = clock.now();
        var compound = caller.compoundId();
        return database.transact(once, tx -> {
            var home = switch (Addresses.meaning(tx, compound, waybill.address)) {
                case Meaning.Found(var found) -> found;
                case Meaning.Wrong(var pointer) -> throw Problem.badField(pointer, FieldFault.NOBODY_THERE);
                case Meaning.Ambiguous(var choices) -> throw Problem.of(ProblemType.ADDRESS_AMBIGUOUS).with("choices", choices);
            };
            var put = arrive(tx, parcel(tx, compound, gate, waybill, home, null, now), home, By.account(caller.compoundId(), caller.accountId()), now);
            return view(seen(tx, compound, put.id()), now);
        });
    }

    /** Puts a new parcel on the shelf; whose it is, where that is known, they are told. */
    Parcel arrive(Tx tx, Parcel parcel, @Nullable Home home, By by, OffsetDateTime now) {
        var put = shelf.put(tx, parcel, home, by, now);
        if (home != null) {
            tellHousehold(tx, put, home, now);
        }
        return put;
    }

    /** A parcel that is not on the shelf yet. */
    static Parcel parcel(Tx tx, UUID compound, UUID gate, Waybill waybill, @Nullable Home home, @Nullable String written, OffsetDateTime now) {
        return new Parcel(compound, Ids.next(), gate, "", null, null, null, null, null, written, ParcelState.AT_GATE, waybill.carrier.strip(),
                waybill.trackingTail.strip(), waybill.shelf != null ? waybill.shelf.strip() : home == null ? null : suggested(tx, gate, home),
                waybill.perishable, waybill.disinfected, now, null, null, null, false, 1);
    }

    /** Beside what waits for the same building already, else on the shelf that has its number. */
    private static String suggested(Tx tx, UUID gate, Home home) {
        return ParcelStore.lastShelf(tx, home.compoundId(), gate, home.buildingId()).orElse(home.building());
    }

    /** At once, and urgently where it does not keep; a household that things are brought to reads that, and not to come. */
    private void tellHousehold(Tx tx, Parcel parcel, Home home, OffsetDateTime now) {
        if (bringing.takeAlong(tx, parcel, home, now)) {
            return;
        }
        var template = parcel.perishable() ? MessageTemplate.PARCEL_PERISHABLE : MessageTemplate.PARCEL_ARRIVED;
        if (home.reachable()) {
            Outbox.put(tx, now, Message.of(parcel.compoundId(), "parcel-arrived/" + parcel.id(), template,
                    new Recipient.Household(home.householdId())).about(parcel.id()));
        }
    }

    private static Parcel seen(Tx tx, UUID compound, UUID id) {
        return ParcelStore.find(tx, Scope.ofCompounds(List.of(compound)), id).orElseThrow();
    }

    /** Those of one's household, of a guard's own gates, or of the office's compounds; newest first. */
    Page<View> list(Caller caller, Scope scope, Filter filter, boolean returnDue, Page.Request page) {
        var now = clock.now();
        var before = page.after() == null ? null : Identifiers.parse(page.after())
                .orElseThrow(() -> Problem.badField("?cursor", FieldFault.WRONG_FORMAT, "cursor"));
        var due = returnDue ? now.minus(rules(caller.compoundId()).returnAfter()) : null;
        var asked = new Filter(filter.state(), filter.gates(), filter.waiting(), filter.toSort(), due, filter.household(), filter.tracking());
        return Page.cut(ParcelStore.parcels(database, scope, asked, now, page, before), page, parcel -> parcel.id().toString())
                .map(parcel -> view(parcel, now));
    }

    /** What lies at the caller's gates and wants somebody, or at one of them; nothing for a gate that is not theirs. */
    ParcelFigureStore.Overview overview(Caller caller, Scope scope, UUID @Nullable [] gates) {
        var now = clock.now();
        return ParcelFigureStore.overview(database, scope, gates, now.minus(rules(caller.compoundId()).returnAfter()), now);
    }

    Detail read(Caller caller, Scope scope, UUID id) {
        var parcel = ParcelStore.find(database, scope, id).filter(found -> mayTouch(caller, found)).orElseThrow(() -> Problem.of(ProblemType.NOT_FOUND));
        return new Detail(view(parcel, clock.now()), ParcelStore.entries(database, parcel),
                ParcelPhotoStore.of(database, parcel.compoundId(), parcel.id()));
    }

    /** What staff say happened to a parcel; fails with NOT_ALLOWED_NOW where it cannot have. */
    Answer happen(Caller caller, Scope scope, Once<View> once, UUID id, Said said) {
        var now = clock.now();
        return database.transact(once, tx -> {
            var parcel = shelf.hold(tx, scope, id);
            if (!mayTouch(caller, parcel)) {
                throw Problem.of(ProblemType.NOT_FOUND);
            }
            var after = apply(tx, parcel, said, By.account(caller.compoundId(), caller.accountId()), now);
            if (caller.is(Role.OFFICE)) {
                audit.append(tx, List.of(AuditEntry.of(parcel.compoundId(), now, AuditEntry.Actor.of(caller, parcel.compoundId(), STAFF),
                        AuditAction.PARCEL_SETTLED, "parcel", id, Map.of("event", said.act.name(), "to", after.state().name()))));
            }
            return view(seen(tx, parcel.compoundId(), id), now);
        });
    }

    private Parcel apply(Tx tx, Parcel parcel, Said said, By by, OffsetDateTime now) {
        var event = said.act.event();
        return switch (said.act) {
            case SORT -> {
                var home = addressed(tx, parcel, said.address);
                var sorted = shelf.sort(tx, parcel, home, by, now);
                tellHousehold(tx, sorted, home, now);
                yield sorted;
            }
            case MOVE -> shelf.happen(tx, parcel, event, required("/shelf", said.shelf), by, said.note, now);
            case FIND -> shelf.find(tx, parcel, Optional.ofNullable(parcel.householdId())
                    .flatMap(household -> AddressStore.known(tx, parcel.compoundId(), household)), by, said.note, now);
            case HAND_OVER -> shelf.happen(tx, parcel, event, by, required("/note", said.note), now);
            case LOSE, DAMAGE -> {
                var after = shelf.happen(tx, parcel, event, by, required("/note", said.note), now);
                tellOfTrouble(tx, after, now);
                yield after;
            }
            case RETURN -> shelf.happen(tx, parcel, event, by, said.note, now);
        };
    }

    private static Home addressed(Tx tx, Parcel parcel, @Nullable ParcelAddress address) {
        if (address == null) {
            throw Problem.badField("/room", FieldFault.REQUIRED);
        }
        return switch (Addresses.meaning(tx, parcel.compoundId(), address)) {
            case Meaning.Found(var found) -> found;
            case Meaning.Wrong(var pointer) -> throw Problem.badField(pointer, FieldFault.NOBODY_THERE);
            case Meaning.Ambiguous(var choices) -> throw Problem.of(ProblemType.ADDRESS_AMBIGUOUS).with("choices", choices);
        };
    }

    private static void tellOfTrouble(Tx tx, Parcel parcel, OffsetDateTime now) {
        var household = parcel.householdId();
        if (household != null && AddressStore.known(tx, parcel.compoundId(), household).filter(Home::reachable).isPresent()) {
            Outbox.put(tx, now, Message.of(parcel.compoundId(), "parcel-trouble/" + parcel.id() + "/" + parcel.version(), MessageTemplate.PARCEL_TROUBLE,
                    new Recipient.Household(household)).about(parcel.id()));
        }
    }

    private static String required(String pointer, @Nullable String text) {
        if (text == null || text.isBlank()) {
            throw Problem.badField(pointer, FieldFault.REQUIRED);
        }
        return text.strip();
    }

    /** A guard who is nothing else touches what lies at their own gates. */
    private static boolean mayTouch(Caller caller, Parcel parcel) {
        return !isOnlyGuard(caller) || Duty.gatesOf(caller).contains(parcel.gateId());
    }

    static boolean isOnlyGuard(Caller caller) {
        return caller.is(Role.GUARD) && !caller.is(Role.OFFICE) && !caller.is(Role.RESIDENT);
    }

    private DeliveryRules rules(UUID compound) {
        return DeliveryRules.of(policies.of(compound));
    }

    View view(Parcel parcel) {
        return view(parcel, clock.now());
    }

    View view(Parcel parcel, OffsetDateTime now) {
        var rules = rules(parcel.compoundId());
        return new View(parcel, ParcelPolicy.stateAt(parcel, now), ParcelPolicy.dueBackAt(parcel, rules), ParcelPolicy.isReturnDue(parcel, rules, now),
                ParcelPolicy.possible(parcel));
    }
}
