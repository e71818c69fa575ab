package gatehouse.delivery;

import gatehouse.delivery.BookingStore.Booked;
import gatehouse.delivery.BookingStore.Question;
import gatehouse.delivery.BookingStore.Seats;
import gatehouse.http.Caller;
import gatehouse.kernel.Batcher;
import gatehouse.kernel.Batcher.Outcome;
import gatehouse.kernel.BusinessClock;
import gatehouse.kernel.Database;
import gatehouse.kernel.FieldFault;
import gatehouse.kernel.Problem;
import gatehouse.kernel.ProblemType;
import gatehouse.kernel.Tx;
import gatehouse.registry.Policies;
import io.vertx.core.Future;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Executor;

/** Bookings of slots: whatever is asked for meanwhile is one list and one transaction, so that a thousand who want the same quarter of an hour do not queue. */
final class BookingIntake {
    private final Database database;
    private final BusinessClock clock;
    private final Policies policies;
    private final Batcher<Question, Parcel> batcher;

    BookingIntake(Database database, BusinessClock clock, Executor virtualThreads, Policies policies) {
        this.database = database;
        this.clock = clock;
        this.policies = policies;
        this.batcher = new Batcher<>(Batcher.Limits.DEFAULT, virtualThreads, this::answer);
    }

    /**
     * Books a slot for everything that waits for the caller's household at the parcel's gate, instead of the one that was booked. Fails with
     * {@code SLOT_FULL} (the one that was booked stays), {@code SLOT_PAST}, or a bad slot of another gate.
     */
    Future<Parcel> book(Caller caller, UUID parcelId, PickupSlot slot) {
        if (caller.householdId() == null) {
            return Future.failedFuture(Problem.of(ProblemType.NOT_FOUND));
        }
        return batcher.submit(new Question(caller.compoundId(), caller.householdId(), parcelId, slot,
                By.account(caller.compoundId(), caller.accountId())));
    }

    /** A question that can be judged by the places alone. */
    private record Wanted(Question question, Pickup pickup, Parcel.Slot time, int capacity) {
    }

    private List<Outcome<Parcel>> answer(List<Question> questions) {
        var now = clock.now();
        return database.transact(tx -> {
            var pickups = BookingStore.lockPickups(tx, questions);
            var parcels = BookingStore.asked(tx, questions);
            var refused = new Problem[questions.size()];
            var wanted = new ArrayList<Optional<Wanted>>();
            for (int i = 0; i < questions.size(); i++) {
                try {
                    wanted.add(Optional.of(wanted(questions.get(i), parcels, pickups, now)));
                } catch (Problem problem) {
                    refused[i] = problem;
                    wanted.add(Optional.empty());
                }
            }
            seat(tx, wanted, refused, now);
            var after = BookingStore.asked(tx, questions);
            var outcomes = new ArrayList<Outcome<Parcel>>();
            for (int i = 0; i < questions.size(); i++) {
                outcomes.add(refused[i] == null ? new Outcome.Done<>(after.get(questions.get(i).parcelId())) : new Outcome.Refused<>(refused[i]));
            }
            return outcomes;
        });
    }

    private Wanted wanted(Question question, Map<UUID, Parcel> parcels, Map<UUID, Pickup> pickups, OffsetDateTime now) {
        var parcel = parcels.get(question.parcelId());
        if (parcel == null || !question.householdId().equals(parcel.householdId())) {
            throw Problem.of(ProblemType.NOT_FOUND);
        }
        var pickup = parcel.pickupId() == null ? null : pickups.get(parcel.pickupId());
        if (!parcel.state().isWaiting() || pickup == null) {
            throw Problem.of(ProblemType.NOT_ALLOWED_NOW);
        }
        var rules = DeliveryRules.of(policies.of(parcel.compoundId()));
        var time = PickupPolicy.startingAt(question.slot().startsAt(), rules, now).filter(found -> question.slot().gateId().equals(parcel.gateId()))
                .orElseThrow(() -> Problem.badField("/slotId", FieldFault.NO_SUCH_SLOT));
        if (PickupPolicy.isOver(time, now)) {
            throw Problem.of(ProblemType.SLOT_PAST);
        }
        return new Wanted(question, pickup, time, rules.slotCapacity());
    }

    /** Gives places in the order of the list, of slots that are held until the transaction ends; their own constraint stands behind it. */
    private static void seat(Tx tx, List<Optional<Wanted>> wanted, Problem[] refused, OffsetDateTime now) {
        var seats = new TreeMap<PickupSlot, Seats>();
        wanted.stream().flatMap(Optional::stream).forEach(each -> {
            var compound = each.pickup.compoundId();
            seats.put(each.question.slot(), new Seats(compound, each.question.slot(), each.time.endsAt(), each.capacity, 0));
            PickupActions.givenBack(each.pickup, now).ifPresent(old -> seats.putIfAbsent(old,
                    new Seats(compound, old, each.pickup.slot().endsAt(), each.capacity, 0)));
        });
        if (seats.isEmpty()) {
            return;
        }
        BookingStore.lockSeats(tx, List.copyOf(seats.values())).forEach(taken -> seats.merge(taken.slot(), taken, (mine, held) -> mine.with(held.taken())));
        var held = new LinkedHashMap<UUID, Parcel.Slot>();
        var booked = new LinkedHashMap<UUID, Booked>();
        for (int i = 0; i < wanted.size(); i++) {
            if (wanted.get(i).isEmpty()) {
                continue;
            }
            var each = wanted.get(i).get();
            var before = held.containsKey(each.pickup.id()) ? Optional.of(new PickupSlot(each.pickup.gateId(), held.get(each.pickup.id()).startsAt()))
                    : PickupActions.givenBack(each.pickup, now);
            var slot = each.question.slot();
            if (before.filter(slot::equals).isPresent()) {
                continue;
            }
            var place = seats.get(slot);
            if (place.taken() >= place.capacity()) {
                refused[i] = Problem.of(ProblemType.SLOT_FULL);
                continue;
            }
            seats.put(slot, place.with(place.taken() + 1));
            before.ifPresent(old -> seats.computeIfPresent(old, (key, left) -> left.with(left.taken() - 1)));
            held.put(each.pickup.id(), each.time);
            booked.put(each.pickup.id(), new Booked(each.pickup, each.time, each.question.by()));
        }
        if (!booked.isEmpty()) {
            BookingStore.keepSeats(tx, List.copyOf(seats.values()));
            BookingStore.book(tx, List.copyOf(booked.values()), now);
            booked.values().stream().map(each -> each.pickup().compoundId()).distinct().forEach(tx::changes);
        }
    }
}
