package gatehouse.gate;

import gatehouse.gate.VisitPolicy.Check;
import gatehouse.gate.VisitPolicy.InviteFacts;
import gatehouse.gate.VisitPolicy.Invited;
import gatehouse.gate.VisitPolicy.Passage;
import gatehouse.gate.VisitStore.Entry;
import gatehouse.gate.VisitStore.Filter;
import gatehouse.gate.VisitStore.Sealed;
import gatehouse.gate.VisitStore.Told;
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
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The verbs of visits. */
final class VisitActions {
    static final String TABLE = "visit";

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

    /** A visit as it stands now; the code only for its household, while it is of use; its tag for gates. */
    record View(Visit visit, VisitState state, OffsetDateTime validFrom, OffsetDateTime validUntil, boolean overstayed, @Nullable VisitCode code,
                @Nullable String codeTag) {
    }

    /** What the guard is told. */
    record Decided(Passage passage, View view) {
    }

    /**
     * How a device tells of it.
     *
     * @param nonce    made by the device; null where it made none
     * @param at       by the device; null where it happens now
     * @param admitted what a gate without network has decided; null where it asks
     */
    record Telling(@Nullable UUID nonce, ToldTime at, @Nullable Boolean admitted) {
        boolean passedAlready() {
            return Boolean.TRUE.equals(admitted);
        }

        boolean turnedBack() {
            return Boolean.FALSE.equals(admitted);
        }
    }

    /** What the guard sends when somebody stands before them; {@code regionCode} where they heard another than was said. */
    record Arrival(UUID visitId, UUID gateId, @Nullable String regionCode, Check check, Telling told, boolean uninvited) {
    }

    /** Somebody whom a gate without network let in; {@code household}: the label of who led them in, {@code code}: what they showed. */
    record WalkIn(UUID nonce, UUID gateId, String household, String visitorName, String phone, @Nullable String code, @Nullable String plate,
                  @Nullable String regionCode, @Nullable String purpose, ToldTime enteredAt, Check check) {
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
            VisitStore.append(tx, visit, new Entry(Ids.next(), VisitEvent.INVITE, null, null, null, DeviceTime.of(ToldTime.NOTHING, now), null, null,
                    caller.compoundId(), caller.accountId()));
            return view(VisitStore.lock(tx, Scope.ofHousehold(compound, household), id).orElseThrow(), rules, now, true);
        });
    }

    /** The code of a visit, for an answer that is given again; nothing where the key has left the ring. */
    Optional<VisitCode> code(String codeKey, UUID visitId) {
        return VisitCode.of(keys, codeKey, visitId);
    }

    static void demandAccepted(Invited invited) {
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

    static void demandRegion(@Nullable String code) {
        if (code != null && !VisitStanding.isRegionCode(code)) {
            throw Problem.badField("/regionCode", FieldFault.NOT_A_REGION);
        }
    }

    static String text(String pointer, String written) {
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
                .map(visit -> view(visit, rules(visit), now, visit.householdId() != null && visit.householdId().equals(caller.householdId())));
    }

    /** The visit of a code that somebody shows; {@code NOT_FOUND} for whatever is none of this compound. */
    View ofCode(Scope scope, String written) {
        var code = VisitCode.read(written).orElseThrow(() -> Problem.of(ProblemType.NOT_FOUND));
        var visit = VisitStore.ofCode(database, scope, code.hash(keys)).orElseThrow(() -> Problem.of(ProblemType.NOT_FOUND));
        return view(visit, rules(visit), clock.now(), false);
    }

    /** Lets a visitor in or turns them back; both are on record. The same nonce again is answered with what was decided first. */
    Answer enter(Caller caller, Scope scope, Once<Decided> once, Arrival arrival) {
        var now = clock.now();
        return database.transact(once, tx -> {
            OnDuty.demand(caller, arrival.gateId);
            demandRegion(arrival.regionCode);
            var found = lock(tx, scope, arrival.visitId);
            var told = told(tx, found, arrival.told);
            return told == null ? come(tx, caller, found, arrival, now) : decided(tx, scope, told, now);
        });
    }

    private Decided come(Tx tx, Caller caller, Visit found, Arrival arrival, OffsetDateTime now) {
        var time = DeviceTime.of(arrival.told.at, now);
        var visit = arrival.regionCode == null ? found : from(found, arrival.regionCode);
        var rules = rules(visit);
        var health = standing(tx, visit, time.at().toLocalDate());
        if (health.regionTooWide() && !health.regionListed() && arrival.regionCode != null && !arrival.told.passedAlready()) {
            throw Problem.badField("/regionCode", FieldFault.REGION_TOO_WIDE);
        }
        boolean closed = health.atHome() || visit.householdId() != null && VisitStore.isSealed(tx, visit.compoundId(), visit.householdId());
        var reason = VisitPolicy.enter(visit, arrival.check, new VisitPolicy.Standing(closed, health.regionListed()), rules, time.at());
        if (reason == VisitReason.OK && arrival.uninvited) {
            reason = VisitReason.NOT_INVITED;
        }
        var later = VisitStore.leavingAfter(tx, visit, time.at());
        var passage = arrival.told.turnedBack() ? VisitPolicy.turnedBack(reason)
                : VisitPolicy.come(visit, reason, arrival.told.passedAlready(), later.isPresent());
        VisitStore.correctRegion(tx, visit);
        VisitStore.append(tx, visit, entry(caller, passage.moved() ? VisitEvent.ENTER : VisitEvent.TURN_BACK, passage, arrival.gateId, arrival.check,
                time, arrival.told.nonce));
        switch (passage.effect()) {
            case NONE -> { }
            case ENTERS, LEAVES -> VisitStore.enter(tx, visit, arrival.gateId, time.at());
            case ENTERED_AND_LEFT -> {
                VisitStore.enter(tx, visit, arrival.gateId, time.at());
                VisitStore.leave(tx, visit, later.orElseThrow().gateId(), later.orElseThrow().at());
            }
        }
        if (reason == VisitReason.FEVER) {
            Outbox.put(tx, now, Message.of(visit.compoundId(), "visitor-turned-back/" + visit.id(), MessageTemplate.VISITOR_TURNED_BACK,
                    new Recipient.HoldersOfCompound(Role.OFFICE)).about(visit.id()));
        }
        tellOffice(tx, visit, passage, arrival.gateId, time);
        return new Decided(passage, view(lock(tx, Scope.ofCompounds(List.of(visit.compoundId())), visit.id()), rules, now, false));
    }

    /**
     * Signs a visitor out; {@code NOT_ALLOWED_NOW} where they are not inside, unless they are through already: then it is kept, with a
     * conflict.
     */
    Answer leave(Caller caller, Scope scope, Once<Decided> once, UUID visitId, UUID gateId, Telling telling) {
        var now = clock.now();
        return database.transact(once, tx -> {
            OnDuty.demand(caller, gateId);
            var visit = lock(tx, scope, visitId);
            var told = told(tx, visit, telling);
            if (told != null) {
                return decided(tx, scope, told, now);
            }
            var passage = VisitPolicy.go(visit, telling.passedAlready());
            if (!passage.moved()) {
                throw Problem.of(ProblemType.NOT_ALLOWED_NOW);
            }
            var time = DeviceTime.of(telling.at, now);
            if (passage.effect() == VisitPolicy.Effect.LEAVES) {
                boolean early = visit.enteredAt() != null && time.at().isBefore(visit.enteredAt());
                VisitStore.leave(tx, visit, gateId, early ? visit.enteredAt() : time.at());
            }
            VisitStore.append(tx, visit, entry(caller, VisitEvent.LEAVE, passage, gateId, null, time, telling.nonce));
            tellOffice(tx, visit, passage, gateId, time);
            return new Decided(passage, view(lock(tx, scope, visitId), rules(visit), now, false));
        });
    }

    /**
     * Somebody who came while the gate had no network and could not look up their invitation: the visit of the code that they showed, or
     * where there is none a visit of the household that led them in, with a conflict.
     */
    Answer walkIn(Caller caller, Scope scope, Once<Decided> once, WalkIn wish) {
        var now = clock.now();
        var compound = caller.compoundId();
        return database.transact(once, tx -> {
            OnDuty.demand(caller, wish.gateId);
            demandRegion(wish.regionCode);
            var phone = PhoneNumber.parse(wish.phone).toOptional().orElseThrow(() -> Problem.badField("/phone", FieldFault.NOT_A_PHONE));
            var name = text("/visitorName", wish.visitorName);
            var telling = new Telling(wish.nonce, wish.enteredAt, true);
            var household = VisitStore.householdOf(tx, compound, wish.household.strip())
                    .orElseThrow(() -> Problem.badField("/household", FieldFault.UNKNOWN_HOUSEHOLD));
            var building = VisitStore.lockHousehold(tx, scope, household).orElseThrow(() -> Problem.of(ProblemType.NOT_FOUND));
            var told = VisitStore.told(tx, compound, wish.nonce).orElse(null);
            if (told != null) {
                return decided(tx, scope, told, now);
            }
            var invited = wish.code == null ? Optional.<Visit>empty()
                    : VisitCode.read(wish.code).flatMap(code -> VisitStore.ofCode(tx, scope, code.hash(keys)));
            if (invited.isPresent()) {
                return come(tx, caller, lock(tx, scope, invited.get().id()), arrival(wish, invited.get().id(), telling, false), now);
            }
            var id = Ids.next();
            var code = VisitCode.of(keys, keys.currentId(), id).orElseThrow();
            var at = DeviceTime.of(wish.enteredAt, now).at();
            var visit = new Visit(compound, id, household, building, "", keys.currentId(), name, phone.masked(), null, plate(wish.plate), wish.regionCode,
                    wish.purpose == null ? "" : wish.purpose.strip(), at, VisitState.EXPECTED, now, null, null);
            VisitStore.insert(tx, visit, new Sealed(code.hash(keys), personalData.seal(phone, TABLE, id), null));
            return come(tx, caller, lock(tx, scope, id), arrival(wish, id, telling, true), now);
        });
    }

    private static Arrival arrival(WalkIn wish, UUID visitId, Telling telling, boolean uninvited) {
        return new Arrival(visitId, wish.gateId, wish.regionCode, wish.check, telling, uninvited);
    }

    private static @Nullable Told told(Tx tx, Visit visit, Telling telling) {
        if (telling.nonce == null) {
            return null;
        }
        var told = VisitStore.told(tx, visit.compoundId(), telling.nonce).orElse(null);
        if (told != null && !told.visitId().equals(visit.id())) {
            throw Problem.of(ProblemType.NOT_ALLOWED_NOW);
        }
        return told;
    }

    private Decided decided(Tx tx, Scope scope, Told told, OffsetDateTime now) {
        var visit = lock(tx, scope, told.visitId());
        return new Decided(new Passage(told.reason(), told.moved(), Optional.ofNullable(told.conflict()), VisitPolicy.Effect.NONE),
                view(visit, rules(visit), now, false));
    }

    /** The office hears of the first of a gate in an hour; the others stand beside it. */
    private static void tellOffice(Tx tx, Visit visit, Passage passage, UUID gateId, DeviceTime time) {
        if (passage.conflict().isPresent()) {
            var hour = time.at().toLocalDate() + "T" + time.at().getHour();
            Outbox.put(tx, time.receivedAt(), Message.of(visit.compoundId(), "gate-conflict/%s/%s".formatted(gateId, hour), MessageTemplate.GATE_CONFLICT,
                    new Recipient.HoldersOfCompound(Role.OFFICE)));
        }
        tx.changes(visit.compoundId());
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
            VisitStore.append(tx, visit, new Entry(Ids.next(), VisitEvent.CANCEL, note, null, null, DeviceTime.of(ToldTime.NOTHING, now), null, null,
                    caller.compoundId(), caller.accountId()));
            return view(lock(tx, scope, visitId), rules(visit), now, true);
        });
    }

    private static VisitStanding standing(Tx tx, Visit visit, LocalDate day) {
        return visit.householdId() == null ? VisitStanding.ofRegion(tx, visit.compoundId(), visit.regionCode(), day)
                : VisitStanding.of(tx, visit.compoundId(), visit.householdId(), visit.regionCode(), day);
    }

    private static Visit lock(Tx tx, Scope scope, UUID id) {
        return VisitStore.lock(tx, scope, id).orElseThrow(() -> Problem.of(ProblemType.NOT_FOUND));
    }

    private static Visit from(Visit visit, String regionCode) {
        return new Visit(visit.compoundId(), visit.id(), visit.householdId(), visit.buildingId(), visit.household(), visit.codeKey(),
                visit.visitorName(), visit.phoneMasked(), visit.idNumberMasked(), visit.plate(), regionCode, visit.purpose(), visit.expectedAt(),
                visit.state(), visit.invitedAt(), visit.enteredAt(), visit.leftAt());
    }

    private static Entry entry(Caller caller, VisitEvent event, Passage passage, UUID gateId, @Nullable Check check, DeviceTime time,
                               @Nullable UUID nonce) {
        return new Entry(Ids.next(), event, passage.reason().slug(), gateId, check, time, nonce, passage.conflict().orElse(null), caller.compoundId(),
                caller.accountId());
    }

    private VisitRules rules(Visit visit) {
        return VisitRules.of(policies.of(visit.compoundId()));
    }

    private View view(Visit visit, VisitRules rules, OffsetDateTime now, boolean toHousehold) {
        var state = VisitPolicy.stateAt(visit, rules, now);
        var code = state == VisitState.EXPECTED ? VisitCode.of(keys, visit.codeKey(), visit.id()) : Optional.<VisitCode>empty();
        return new View(visit, state, VisitPolicy.validFrom(visit.expectedAt(), rules), VisitPolicy.validUntil(visit.expectedAt(), rules),
                VisitPolicy.hasOverstayed(visit, rules, now), toHousehold ? code.orElse(null) : null, code.map(VisitCode::tag).orElse(null));
    }
}
