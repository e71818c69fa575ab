package gatehouse.gate;

import gatehouse.gate.VisitPolicy.Check;
import gatehouse.gate.VisitPolicy.InviteFacts;
import gatehouse.gate.VisitPolicy.Invited;
import gatehouse.gate.VisitStore.Entry;
import gatehouse.gate.VisitStore.Filter;
import gatehouse.gate.VisitStore.Sealed;
import gatehouse.health.VisitStanding;
import gatehouse.http.Caller;
import gatehouse.http.Identifiers;
import gatehouse.kernel.Answer;
import gatehouse.kernel.BusinessClock;
import gatehouse.kernel.Database;
import gatehouse.kernel.FieldFault;
import gatehouse.kernel.Ids;
import gatehouse.kernel.KeyRing;
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
import gatehouse.registry.IdNumber;
import gatehouse.registry.PersonalData;
import gatehouse.registry.PhoneNumber;
import gatehouse.registry.Policies;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The verbs of visits. */
final class VisitActions {
    private static final String TABLE = "visit";

    private final Database database;
    private final BusinessClock clock;
    private final KeyRing keys;
    private final PersonalData personalData;
    private final Policies policies;

    VisitActions(Database database, BusinessClock clock, KeyRing keys, PersonalData personalData, Policies policies) {
        this.database = database;
        this.clock = clock;
        this.keys = keys;
        this.personalData = personalData;
        this.policies = policies;
    }

    /** Whom a resident invites. */
    record Wish(String visitorName, String phone, @Nullable String idNumber, @Nullable String plate, @Nullable String regionCode,
                OffsetDateTime expectedAt, String purpose) {
    }

    /** A visit as it stands now; the code only for its household, while it is of use. */
    record View(Visit visit, VisitState state, OffsetDateTime validFrom, OffsetDateTime validUntil, boolean overstayed, @Nullable VisitCode code) {
    }

    /** What the guard is told; {@code reason} OK where the visitor comes in. */
    record Decided(VisitReason reason, View view) {
    }

    /** What the guard sends when somebody stands before them; {@code regionCode} where they heard another than was said. */
    record Arrival(UUID visitId, UUID gateId, @Nullable String regionCode, Check check) {
    }

    /**
     * Fails with a bad field, {@code VISITORS_NOT_ADMITTED}, {@code REGION_LISTED} or {@code VISITS_USED_UP}.
     */
    Answer invite(Caller caller, Once<View> once, Wish wish) {
        if (caller.householdId() == null) {
            throw Problem.of(ProblemType.NOT_PERMITTED);
        }
        var now = clock.now();
        var compound = caller.compoundId();
        var household = caller.householdId();
        var id = Ids.next();
        var phone = PhoneNumber.parse(wish.phone).toOptional().orElseThrow(() -> Problem.badField("/phone", FieldFault.NOT_A_PHONE));
        var idNumber = idNumber(wish, now.toLocalDate());
        demandRegion(wish.regionCode);
        var name = text("/visitorName", wish.visitorName);
        var purpose = text("/purpose", wish.purpose);
        var expectedAt = wish.expectedAt.atZoneSameInstant(BusinessClock.ZONE).toOffsetDateTime();
        var rules = VisitRules.of(policies.of(compound));
        var code = VisitCode.of(keys, keys.currentId(), id).orElseThrow();
        var sealed = new Sealed(code.hash(keys), personalData.seal(phone, TABLE, id), idNumber == null ? null : personalData.seal(idNumber, TABLE, id));
        return database.transact(once, tx -> {
            var building = VisitStore.lockHousehold(tx, Scope.ofHousehold(compound, household), household)
                    .orElseThrow(() -> Problem.of(ProblemType.NOT_FOUND));
            var standing = VisitStanding.of(tx, compound, household, wish.regionCode, expectedAt.toLocalDate());
            var facts = new InviteFacts(expectedAt, VisitStore.countOf(tx, compound, household, expectedAt.toLocalDate()),
                    standing.atHome() || VisitStore.isSealed(tx, compound, household),
                    standing.regionListed(), standing.regionTooWide());
            demandAccepted(VisitPolicy.invite(facts, rules, now));
            var visit = new Visit(compound, id, household, building, "", keys.currentId(), name, phone.masked(),
                    idNumber == null ? null : idNumber.masked(), plate(wish.plate), wish.regionCode, purpose, expectedAt, VisitState.EXPECTED, now,
                    null, null);
            VisitStore.insert(tx, visit, sealed);
            VisitStore.append(tx, visit, entry(caller, VisitEvent.INVITE, null, null, null, now));
            return view(VisitStore.lock(tx, Scope.ofHousehold(compound, household), id).orElseThrow(), rules, now, true);
        });
    }

    private static void demandAccepted(Invited invited) {
        switch (invited) {
            case Invited.Accepted() -> { }
            case Invited.InPast() -> throw Problem.badField("/expectedAt", FieldFault.IN_PAST);
            case Invited.TooFarAhead(var last) -> throw Problem.badField("/expectedAt", FieldFault.TOO_BIG, last.toLocalDate());
            case Invited.NotAdmitted() -> throw Problem.of(ProblemType.VISITORS_NOT_ADMITTED);
            case Invited.RegionListed() -> throw Problem.of(ProblemType.REGION_LISTED);
            case Invited.RegionTooWide() -> throw Problem.badField("/regionCode", FieldFault.REGION_TOO_WIDE);
            case Invited.UsedUp(int aDay) -> throw Problem.of(ProblemType.VISITS_USED_UP, aDay);
        }
    }

    private static @Nullable IdNumber idNumber(Wish wish, LocalDate today) {
        return wish.idNumber == null ? null : IdNumber.parse(wish.idNumber, today).toOptional()
                .orElseThrow(() -> Problem.badField("/idNumber", FieldFault.NOT_AN_ID_NUMBER));
    }

    private static void demandRegion(@Nullable String code) {
        if (code != null && !VisitStanding.isRegionCode(code)) {
            throw Problem.badField("/regionCode", FieldFault.NOT_A_REGION);
        }
    }

    private static String text(String pointer, String written) {
        if (written.isBlank()) {
            throw Problem.badField(pointer, FieldFault.REQUIRED);
        }
        return written.strip();
    }

    static @Nullable String plate(@Nullable String written) {
        return written == null || written.isBlank() ? null : written.strip().toUpperCase(Locale.ROOT);
    }

    /** The visits of one's household, or for guards and the office of the compound. */
    Page<View> list(Caller caller, Scope scope, Filter filter, Page.Request page) {
        var now = clock.now();
        var before = page.after() == null ? null : Identifiers.parse(page.after())
                .orElseThrow(() -> Problem.badField("?cursor", FieldFault.WRONG_FORMAT, "cursor"));
        var expiredBefore = now.minus(VisitRules.of(policies.of(caller.compoundId())).window());
        return Page.cut(VisitStore.visits(database, scope, filter, expiredBefore, page, before), page, visit -> visit.id().toString())
                .map(visit -> view(visit, rules(visit), now, visit.householdId().equals(caller.householdId())));
    }

    /** The visit of a code that somebody shows; {@code NOT_FOUND} for whatever is none of this compound. */
    View ofCode(Scope scope, String written) {
        var code = VisitCode.read(written).orElseThrow(() -> Problem.of(ProblemType.NOT_FOUND));
        var visit = VisitStore.ofCode(database, scope, code.hash(keys)).orElseThrow(() -> Problem.of(ProblemType.NOT_FOUND));
        return view(visit, rules(visit), clock.now(), false);
    }

    /** Lets a visitor in or turns them back; both are on record. */
    Answer enter(Caller caller, Scope scope, Once<Decided> once, Arrival arrival) {
        var now = clock.now();
        return database.transact(once, tx -> {
            OnDuty.demand(caller, arrival.gateId);
            demandRegion(arrival.regionCode);
            var found = lock(tx, scope, arrival.visitId);
            var visit = arrival.regionCode == null ? found : from(found, arrival.regionCode);
            var rules = rules(visit);
            var health = VisitStanding.of(tx, visit.compoundId(), visit.householdId(), visit.regionCode(), now.toLocalDate());
            if (health.regionTooWide() && arrival.regionCode != null) {
                throw Problem.badField("/regionCode", FieldFault.REGION_TOO_WIDE);
            }
            boolean closed = health.atHome() || VisitStore.isSealed(tx, visit.compoundId(), visit.householdId());
            var reason = VisitPolicy.enter(visit, arrival.check, new VisitPolicy.Standing(closed, health.regionListed()), rules, now);
            boolean in = reason == VisitReason.OK;
            VisitStore.correctRegion(tx, visit);
            VisitStore.append(tx, visit, entry(caller, in ? VisitEvent.ENTER : VisitEvent.TURN_BACK, reason, arrival.gateId, arrival.check, now));
            if (in) {
                VisitStore.enter(tx, visit, arrival.gateId, now);
            } else if (reason == VisitReason.FEVER) {
                Outbox.put(tx, now, Message.of(visit.compoundId(), "visitor-turned-back/" + visit.id(), MessageTemplate.VISITOR_TURNED_BACK,
                        new Recipient.HoldersOfCompound(Role.OFFICE)).about(visit.id()));
            }
            return new Decided(reason, view(lock(tx, scope, visit.id()), rules, now, false));
        });
    }

    /** Signs a visitor out; {@code NOT_ALLOWED_NOW} where they are not inside. */
    Answer leave(Caller caller, Scope scope, Once<View> once, UUID visitId, UUID gateId) {
        var now = clock.now();
        return database.transact(once, tx -> {
            OnDuty.demand(caller, gateId);
            var visit = lock(tx, scope, visitId);
            if (visit.state() != VisitState.INSIDE) {
                throw Problem.of(ProblemType.NOT_ALLOWED_NOW);
            }
            VisitStore.leave(tx, visit, gateId, now);
            VisitStore.append(tx, visit, entry(caller, VisitEvent.LEAVE, null, gateId, null, now));
            return view(lock(tx, scope, visitId), rules(visit), now, false);
        });
    }

    /** Takes an invitation back; {@code NOT_ALLOWED_NOW} where the visitor has come or the time has passed. */
    Answer cancel(Caller caller, Scope scope, Once<View> once, UUID visitId, @Nullable String note) {
        var now = clock.now();
        return database.transact(once, tx -> {
            var visit = lock(tx, scope, visitId);
            if (VisitPolicy.stateAt(visit, rules(visit), now) != VisitState.EXPECTED) {
                throw Problem.of(ProblemType.NOT_ALLOWED_NOW);
            }
            VisitStore.cancel(tx, visit);
            VisitStore.append(tx, visit, new Entry(Ids.next(), VisitEvent.CANCEL, note, null, null, now, caller.compoundId(), caller.accountId()));
            return view(lock(tx, scope, visitId), rules(visit), now, true);
        });
    }

    private static Visit lock(Tx tx, Scope scope, UUID id) {
        return VisitStore.lock(tx, scope, id).orElseThrow(() -> Problem.of(ProblemType.NOT_FOUND));
    }

    private static Visit from(Visit visit, String regionCode) {
        return new Visit(visit.compoundId(), visit.id(), visit.householdId(), visit.buildingId(), visit.household(), visit.codeKey(),
                visit.visitorName(), visit.phoneMasked(), visit.idNumberMasked(), visit.plate(), regionCode, visit.purpose(), visit.expectedAt(),
                visit.state(), visit.invitedAt(), visit.enteredAt(), visit.leftAt());
    }

    private static Entry entry(Caller caller, VisitEvent event, @Nullable VisitReason reason, @Nullable UUID gateId, @Nullable Check check,
                               OffsetDateTime at) {
        return new Entry(Ids.next(), event, reason == null ? null : reason.slug(), gateId, check, at, caller.compoundId(), caller.accountId());
    }

    private VisitRules rules(Visit visit) {
        return VisitRules.of(policies.of(visit.compoundId()));
    }

    private View view(Visit visit, VisitRules rules, OffsetDateTime now, boolean toHousehold) {
        var state = VisitPolicy.stateAt(visit, rules, now);
        var code = toHousehold && state == VisitState.EXPECTED ? VisitCode.of(keys, visit.codeKey(), visit.id()).orElse(null) : null;
        return new View(visit, state, VisitPolicy.validFrom(visit.expectedAt(), rules), VisitPolicy.validUntil(visit.expectedAt(), rules),
                VisitPolicy.hasOverstayed(visit, rules, now), code);
    }
}
