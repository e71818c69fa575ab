package gatehouse.outing;

import gatehouse.http.Caller;
import gatehouse.http.Json;
import gatehouse.kernel.Answer;
import gatehouse.kernel.Batcher;
import gatehouse.kernel.Batcher.Outcome;
import gatehouse.kernel.BusinessClock;
import gatehouse.kernel.Database;
import gatehouse.kernel.FieldFault;
import gatehouse.kernel.IdempotencyKey;
import gatehouse.kernel.IdempotencyKeys;
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
import gatehouse.kernel.Role;
import gatehouse.outing.OutingGround.Question;
import gatehouse.outing.OutingPolicy.Verdict;
import gatehouse.outing.OutingStore.By;
import gatehouse.outing.OutingStore.Claim;
import gatehouse.outing.OutingStore.Entry;
import gatehouse.outing.OutingStore.Judged;
import gatehouse.outing.OutingStore.NamedPass;
import gatehouse.outing.OutingStore.Subject;
import gatehouse.outing.SlotPolicy.SlotTime;
import gatehouse.outing.SlotStore.Booking;
import gatehouse.registry.Policies;
import io.vertx.core.Future;
import java.security.SecureRandom;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Requests for passes. They come all at once when a day's slots open, so they go as lists: one transaction locks the households that
 * it counts, reads what everybody must be judged by, judges them in their order, takes all places of a slot by one conditional
 * statement, and stores passes, history and the requests themselves. Where somebody else took places in between, the list is judged again.
 */
final class OutingIntake {
    private static final int COLLISIONS = 20;
    /** The office is told that something waits once in so many minutes, not for each. */
    private static final int TELL_OFFICE_EVERY_MINUTES = 10;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Database database;
    private final BusinessClock clock;
    private final Function<UUID, OutingRules> rulesOf;
    private final Batcher<Request, Answer> requests;

    OutingIntake(Database database, BusinessClock clock, Executor virtualThreads, Policies policies) {
        this.database = database;
        this.clock = clock;
        this.rulesOf = compound -> OutingRules.of(policies.of(compound));
        this.requests = new Batcher<>(Batcher.Limits.DEFAULT, virtualThreads, this::requestTogether);
    }

    /** What somebody asks; an absent resident is the caller. */
    record Wish(@Nullable UUID residentId, PassKind kind, @Nullable SlotKey slot, @Nullable String purpose, @Nullable String document,
                @Nullable String vehiclePlate) {
    }

    /** A member of the list: the id is the one that its pass would have. */
    private record Request(UUID id, Caller caller, Scope scope, UUID compoundId, UUID residentId, Wish wish, OffsetDateTime at,
                           Once<NamedPass> once) {
        boolean mayAskFor(Subject subject) {
            return subject.residentId().equals(caller.residentId())
                    || scope.sees(subject.compoundId(), subject.buildingId(), subject.householdId());
        }

        Question question() {
            return new Question(id, compoundId, residentId, wish.kind, outingDate(), wish.slot, wish.document);
        }

        LocalDate outingDate() {
            return wish.slot == null ? at.toLocalDate() : wish.slot.date();
        }
    }

    /** Somebody took places between our reading and our writing; the list is judged again on what there is now. */
    private static final class Collision extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Collision() {
            super("somebody else was faster", null, false, false);
        }
    }

    /** Asks for a pass; answers after its commit. Fails with the problem of the rule that refuses it. */
    Future<Answer> request(Caller caller, Scope scope, Wish wish, Once<NamedPass> once) {
        var residentId = wish.residentId == null ? caller.residentId() : wish.residentId;
        if (residentId == null) {
            return Future.failedFuture(Problem.badField("/residentId", FieldFault.REQUIRED));
        }
        if (wish.kind == PassKind.VEHICLE && wish.vehiclePlate == null) {
            return Future.failedFuture(Problem.badField("/vehiclePlate", FieldFault.REQUIRED));
        }
        var at = clock.now();
        if (residentId.equals(caller.residentId())) {
            return requests.submit(new Request(Ids.next(), caller, scope, caller.compoundId(), residentId, wish, at, once));
        }
        return compoundOf(scope, residentId).compose(compound -> compound
                .map(found -> requests.submit(new Request(Ids.next(), caller, scope, found, residentId, wish, at, once)))
                .orElseGet(() -> Future.failedFuture(Problem.of(ProblemType.NOT_FOUND))));
    }

    /** Only who serves several compounds must ask where somebody lives; the list finds out whether they do. */
    private Future<Optional<UUID>> compoundOf(Scope scope, UUID residentId) {
        return scope.compounds().length > 1 ? OutingStore.compoundOf(database, scope, residentId)
                : Future.succeededFuture(Arrays.stream(scope.compounds()).findFirst());
    }

    private List<Outcome<Answer>> requestTogether(List<Request> list) {
        for (int attempt = 1; ; attempt++) {
            boolean inTurn = attempt > 1;
            try {
                return database.transact(tx -> {
                    if (inTurn) {
                        var booking = list.stream().filter(each -> each.wish.slot != null).toList();
                        SlotStore.takeTurns(tx, booking.stream().map(Request::compoundId).toList(), booking.stream().map(each -> each.wish.slot).toList());
                    }
                    return inWaves(tx, list);
                });
            } catch (Collision collision) {
                if (attempt == COLLISIONS) {
                    throw Problem.of(ProblemType.OVERLOADED).with("retryAfter", 1);
                }
            }
        }
    }

    /** Members that bear the same key follow each other; all others go together. */
    private List<Outcome<Answer>> inWaves(Tx tx, List<Request> list) {
        var outcomes = new ArrayList<Outcome<Answer>>(Collections.nCopies(list.size(), null));
        List<Integer> rest = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            rest.add(i);
        }
        while (!rest.isEmpty()) {
            var keys = new HashSet<UUID>();
            var parted = rest.stream().collect(Collectors.partitioningBy(
                    place -> list.get(place).once.key().map(key -> keys.add(key.key())).orElse(true)));
            var wave = parted.get(true);
            var done = oneWave(tx, wave.stream().map(list::get).toList());
            for (int i = 0; i < wave.size(); i++) {
                outcomes.set(wave.get(i), done.get(i));
            }
            rest = parted.get(false);
        }
        return outcomes;
    }

    private List<Outcome<Answer>> oneWave(Tx tx, List<Request> wave) {
        var ground = OutingGround.hold(tx, wave.stream().map(Request::question).toList(), rulesOf, clock.now());
        // Only now: before the households were held, another instance may have been answering the same key.
        var answered = IdempotencyKeys.answered(tx, wave.stream().flatMap(each -> each.once.key().stream()).toList());
        var fresh = wave.stream().filter(each -> each.once.key().map(key -> !answered.containsKey(key)).orElse(true)).toList();
        var work = new Work();
        fresh.forEach(each -> work.outcomes.put(each.id, judge(each, ground, work)));
        store(tx, work, ground.now());
        keepKeys(tx, fresh, work.outcomes);
        return wave.stream().map(each -> {
            var earlier = each.once.key().map(answered::get).orElse(null);
            return earlier == null ? work.outcomes.get(each.id) : outcomeOf(earlier);
        }).toList();
    }

    private static Outcome<Answer> outcomeOf(Object earlier) {
        return earlier instanceof Answer answer ? new Outcome.Done<>(answer) : new Outcome.Refused<>((Problem) earlier);
    }

    /** What a wave writes, and what every member is answered. */
    private static final class Work {
        final List<OutingPass> passes = new ArrayList<>();
        final List<Entry> entries = new ArrayList<>();
        final List<Judged> judged = new ArrayList<>();
        /** Places that were kept for whom they are given to now. */
        final List<Waiting> offers = new ArrayList<>();
        final List<Message> messages = new ArrayList<>();
        final Map<SlotKey, Booking> bookings = new LinkedHashMap<>();
        final List<Claim> claims = new ArrayList<>();
        final Map<UUID, Outcome<Answer>> outcomes = new LinkedHashMap<>();
    }

    private Outcome<Answer> judge(Request request, OutingGround ground, Work work) {
        var question = request.question();
        var subject = ground.subject(question).filter(request::mayAskFor);
        if (subject.isEmpty()) {
            return new Outcome.Refused<>(Problem.of(ProblemType.NOT_FOUND));
        }
        var time = ground.slotTime(question);
        if (request.wish.slot != null && time.isEmpty()) {
            return new Outcome.Refused<>(Problem.of(ProblemType.NOT_FOUND));
        }
        var facts = ground.facts(question, time.map(found -> ground.slot(question, found)).orElse(null));
        var verdict = OutingPolicy.judge(facts, ground.rules(question), request.at);
        work.judged.add(new Judged(request.compoundId, request.id, request.residentId, request.wish.kind, request.at, outcome(verdict),
                Json.writeText(facts)));
        return switch (verdict) {
            case Verdict.Approved(var window) -> grant(request, ground, work, window, DecidedBy.RULE);
            case Verdict.Pending(var window) -> grant(request, ground, work, window, DecidedBy.STAFF);
            case Verdict.Refused refused -> new Outcome.Refused<>(PassProblems.of(refused));
        };
    }

    private static String outcome(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Approved approved -> DecidedBy.RULE.name();
            case Verdict.Pending pending -> DecidedBy.STAFF.name();
            case Verdict.Refused refused -> refused.rule().slug();
        };
    }

    private static Outcome<Answer> grant(Request request, OutingGround ground, Work work, PassWindow window, DecidedBy decidedBy) {
        var question = request.question();
        var subject = ground.subject(question).orElseThrow();
        var wish = request.wish;
        boolean byRule = decidedBy == DecidedBy.RULE;
        var pass = new OutingPass(subject.compoundId(), request.id, subject.householdId(), subject.buildingId(), subject.residentId(), wish.kind,
                byRule ? PassState.APPROVED : PassState.PENDING, wish.slot, request.outingDate(), window, wish.purpose, wish.document,
                wish.vehiclePlate, ground.standing(question).returned() ? PassColour.GREEN : PassColour.PINK, request.at, decidedBy,
                byRule ? request.at : null, null, RANDOM.nextLong(), 1, 1);
        ground.slotTime(question).ifPresent(time -> ground.offer(question).ifPresentOrElse(work.offers::add, () -> book(work, question, time, ground)));
        ground.claim(question).ifPresent(work.claims::add);
        ground.take(question);
        work.passes.add(pass);
        work.entries.add(new Entry(pass.compoundId(), pass.id(), 1, PassEvent.REQUEST, null, pass.state(), null, request.at,
                new By(request.caller.compoundId(), request.caller.accountId())));
        if (!byRule) {
            work.messages.add(tellOffice(pass));
        }
        return new Outcome.Done<>(request.once.render(new NamedPass(pass, subject.name(), subject.household(), ground.gate(question), subject.bornOn())));
    }

    private static void book(Work work, Question question, SlotTime time, OutingGround ground) {
        var slot = question.slot();
        int capacity = ground.slot(question, time).capacity(ground.rules(question));
        work.bookings.merge(slot, new Booking(question.compoundId(), slot, time.endsAt(), slot.date(), capacity, 1),
                (one, more) -> new Booking(one.compoundId(), slot, one.endsAt(), one.date(), capacity, one.places() + more.places()));
    }

    private static Message tellOffice(OutingPass pass) {
        var minutes = pass.requestedAt().toEpochSecond() / 60 / TELL_OFFICE_EVERY_MINUTES;
        return Message.of(pass.compoundId(), "passes-waiting/" + minutes, MessageTemplate.PASSES_WAITING,
                new Recipient.HoldersOfCompound(Role.OFFICE)).about(pass.compoundId());
    }

    private void store(Tx tx, Work work, OffsetDateTime now) {
        if (WaitStore.take(tx, work.offers, clock.now()) < work.offers.size()
                || SlotStore.book(tx, List.copyOf(work.bookings.values())) < work.bookings.size()) {
            throw new Collision();
        }
        OutingStore.insertPasses(tx, work.passes);
        if (!OutingStore.claim(tx, work.claims, now)) {
            throw new Collision();
        }
        work.passes.forEach(pass -> tx.changes(pass.compoundId()));
        OutingStore.append(tx, work.entries);
        OutingStore.keepRequests(tx, work.judged);
        Outbox.put(tx, clock.now(), work.messages.stream().distinct().toList());
    }

    private static void keepKeys(Tx tx, List<Request> fresh, Map<UUID, Outcome<Answer>> outcomes) {
        var keys = new ArrayList<IdempotencyKey>();
        var kept = new ArrayList<Answer>();
        for (var request : fresh) {
            if (request.once.key().isPresent() && outcomes.get(request.id) instanceof Outcome.Done<Answer>(var answer)) {
                keys.add(request.once.key().get());
                kept.add(answer);
            }
        }
        if (!IdempotencyKeys.keepAll(tx, keys, kept)) {
            throw new Collision();
        }
    }
}
