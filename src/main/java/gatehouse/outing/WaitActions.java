package gatehouse.outing;

import gatehouse.http.Caller;
import gatehouse.kernel.Answer;
import gatehouse.kernel.BusinessClock;
import gatehouse.kernel.Database;
import gatehouse.kernel.FieldFault;
import gatehouse.kernel.Ids;
import gatehouse.kernel.Once;
import gatehouse.kernel.Problem;
import gatehouse.kernel.ProblemType;
import gatehouse.kernel.Scope;
import gatehouse.kernel.Tx;
import gatehouse.notify.Message;
import gatehouse.notify.MessageTemplate;
import gatehouse.notify.Outbox;
import gatehouse.notify.Recipient;
import gatehouse.outing.OutingStore.Subject;
import gatehouse.outing.SlotStore.AskedSlot;
import gatehouse.outing.SlotStore.Booking;
import gatehouse.outing.WaitStore.Line;
import gatehouse.outing.WaitStore.NamedWaiting;
import gatehouse.outing.WaitStore.Withdrawn;
import gatehouse.registry.Policies;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The lines for full slots. A place that becomes free goes to the first of the line for some minutes: it stays taken, so that nobody
 * else gets it; whoever it is offered to takes it by asking for a pass.
 */
final class WaitActions {
    private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("H:mm");
    private static final int AT_ONCE = 500;
    private static final int SHOWN = 200;

    private final Database database;
    private final BusinessClock clock;
    private final Function<UUID, OutingRules> rulesOf;

    WaitActions(Database database, BusinessClock clock, Policies policies) {
        this.database = database;
        this.clock = clock;
        this.rulesOf = compound -> OutingRules.of(policies.of(compound));
    }

    /** Joins the line, once per key; where a place is free it is offered at once. A household stands once in a line. */
    Answer join(Caller caller, Scope scope, SlotKey slot, @Nullable UUID residentId, Once<NamedWaiting> once) {
        var who = residentId == null ? caller.residentId() : residentId;
        if (who == null) {
            throw Problem.badField("/residentId", FieldFault.REQUIRED);
        }
        var now = clock.now();
        return database.transact(once, tx -> {
            var subject = subject(tx, caller, scope, who);
            var asked = SlotStore.asked(tx, List.of(subject.compoundId()), List.of(slot), List.of(slot.date())).stream().findFirst()
                    .orElseThrow(() -> Problem.of(ProblemType.NOT_FOUND));
            var rules = rulesOf.apply(subject.compoundId());
            var time = SlotPolicy.startingAt(slot.startsAt(), rules, now).orElseThrow(() -> Problem.of(ProblemType.NOT_FOUND));
            if (!time.endsAt().isAfter(now)) {
                throw Problem.of(ProblemType.SLOT_PAST);
            }
            var waiting = new Waiting(subject.compoundId(), Ids.next(), slot, time.endsAt(), subject.residentId(), subject.householdId(),
                    subject.buildingId(), WaitState.WAITING, now, null);
            if (!WaitStore.join(tx, waiting, caller.compoundId(), caller.accountId())) {
                throw Problem.of(ProblemType.NOT_ALLOWED_NOW);
            }
            offerFree(tx, line(asked, waiting), now);
            return WaitStore.read(tx, Scope.ofHousehold(subject.compoundId(), subject.householdId()), waiting.id()).orElseThrow();
        });
    }

    private static Line line(AskedSlot asked, Waiting waiting) {
        return new Line(waiting.compoundId(), waiting.slot(), waiting.slotEndsAt(), asked.ownCapacity(), asked.taken());
    }

    private static Subject subject(Tx tx, Caller caller, Scope scope, UUID residentId) {
        for (var compound : scope.compounds()) {
            var found = OutingStore.subjects(tx, List.of(compound), List.of(residentId)).stream()
                    .filter(subject -> residentId.equals(caller.residentId()) || scope.sees(subject.compoundId(), subject.buildingId(), subject.householdId()))
                    .findFirst();
            if (found.isPresent()) {
                return found.get();
            }
        }
        throw Problem.of(ProblemType.NOT_FOUND);
    }

    List<NamedWaiting> open(Scope scope) {
        return WaitStore.open(database, scope, clock.now(), SHOWN);
    }

    OffsetDateTime now() {
        return clock.now();
    }

    /** Leaves a line; an offered place goes to the next. */
    void leave(Scope scope, UUID id) {
        var now = clock.now();
        database.transact(tx -> {
            var waiting = WaitStore.lock(tx, scope, id).orElseThrow(() -> Problem.of(ProblemType.NOT_FOUND)).waiting();
            switch (waiting.state()) {
                case WAITING -> WaitStore.end(tx, waiting, WaitState.LEFT, now);
                case OFFERED -> {
                    WaitStore.end(tx, waiting, WaitState.LEFT, now);
                    giveOn(tx, waiting.compoundId(), waiting.slot(), waiting.slotEndsAt(), now);
                }
                case TAKEN, LAPSED, LEFT -> throw Problem.of(ProblemType.NOT_ALLOWED_NOW);
            }
            return waiting;
        });
    }

    /** Whoever moves away waits for no slot any more. */
    void leaveAll(Tx tx, UUID compound, List<UUID> residents, OffsetDateTime now) {
        for (var waiting : WaitStore.waitingOf(tx, compound, residents)) {
            WaitStore.end(tx, waiting, WaitState.LEFT, now);
            if (waiting.state() == WaitState.OFFERED) {
                giveOn(tx, compound, waiting.slot(), waiting.slotEndsAt(), now);
            }
        }
    }

    /** The place of a pass that will not be used. */
    void giveBack(Tx tx, OutingPass pass, OffsetDateTime now) {
        if (pass.slot() != null && pass.window().leaveBy().isAfter(now)) {
            giveOn(tx, pass.compoundId(), pass.slot(), pass.window().leaveBy(), now);
        }
    }

    /**
     * A place of a slot is given back: it is kept for the first of the line, or free for everybody; where the slot has fewer places by now
     * than are taken, it is gone.
     */
    void giveOn(Tx tx, UUID compound, SlotKey slot, OffsetDateTime slotEndsAt, OffsetDateTime now) {
        boolean gone = SlotStore.isOverfull(tx, compound, slot, rulesOf.apply(compound).slotCapacity());
        if (gone || !slotEndsAt.isAfter(now) || !offered(tx, compound, slot, slotEndsAt, now)) {
            SlotStore.free(tx, compound, slot);
        }
    }

    private boolean offered(Tx tx, UUID compound, SlotKey slot, OffsetDateTime slotEndsAt, OffsetDateTime now) {
        var until = now.plus(rulesOf.apply(compound).waitingOffer());
        var last = until.isBefore(slotEndsAt) ? until : slotEndsAt;
        var next = WaitStore.offerNext(tx, compound, slot, last);
        next.ifPresent(waiting -> Outbox.put(tx, now, Message.of(compound, "place-offered/" + waiting.id(), MessageTemplate.PLACE_OFFERED,
                new Recipient.Household(waiting.householdId()), HOUR.format(last)).about(waiting.id())));
        return next.isPresent();
    }

    /** Takes one free place of a line's slot, where there is one, for the first of the line. */
    private boolean offerFree(Tx tx, Line line, OffsetDateTime now) {
        int capacity = line.ownCapacity() == null ? rulesOf.apply(line.compoundId()).slotCapacity() : line.ownCapacity();
        int taken = line.taken() == null ? 0 : line.taken();
        if (taken >= capacity || SlotStore.book(tx, List.of(new Booking(line.compoundId(), line.slot(), line.endsAt(), line.slot().date(), capacity, 1))) == 0) {
            return false;
        }
        if (!offered(tx, line.compoundId(), line.slot(), line.endsAt(), now)) {
            SlotStore.free(tx, line.compoundId(), line.slot());
            return false;
        }
        return true;
    }

    /** Takes back what was offered of slots that were closed, and tells each household once; it keeps its place in the line. */
    void withdrawOffers(OffsetDateTime now) {
        database.transact(tx -> {
            var withdrawn = WaitStore.withdrawOffers(tx, now);
            withdrawn.stream().map(Withdrawn::waiting).sorted(Comparator.comparing(Waiting::compoundId)
                            .thenComparing(waiting -> waiting.slot().gateId()).thenComparing(waiting -> waiting.slot().startsAt()))
                    .forEach(waiting -> SlotStore.free(tx, waiting.compoundId(), waiting.slot()));
            Outbox.put(tx, now, withdrawn.stream().map(WaitActions::told).distinct().toList());
            return withdrawn.size();
        });
    }

    private static Message told(Withdrawn withdrawn) {
        var waiting = withdrawn.waiting();
        return Message.of(waiting.compoundId(), "offer-withdrawn/%s/%s/%s/%d".formatted(waiting.slot().gateId(), withdrawn.date(),
                waiting.householdId(), withdrawn.closedAt().toInstant().toEpochMilli()), MessageTemplate.OFFER_WITHDRAWN,
                new Recipient.Household(waiting.householdId()), withdrawn.date(), withdrawn.gate());
    }

    /** Gives on what was offered and not taken in time, offers what became free otherwise, ends lines of the past; answers how many. */
    int keepLines() {
        var now = clock.now();
        int lapsed = database.transact(tx -> {
            var ranOut = WaitStore.ranOut(tx, now, AT_ONCE);
            for (var waiting : ranOut) {
                WaitStore.end(tx, waiting, WaitState.LAPSED, now);
                giveOn(tx, waiting.compoundId(), waiting.slot(), waiting.slotEndsAt(), now);
            }
            return ranOut.size() + WaitStore.endLines(tx, now);
        });
        int offered = 0;
        for (var line : WaitStore.lines(database, now, AT_ONCE)) {
            offered += database.transact(tx -> offerFree(tx, line, now)) ? 1 : 0;
        }
        return lapsed + offered;
    }
}
