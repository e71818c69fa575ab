package gatehouse.outing;

import gatehouse.health.HealthStanding;
import gatehouse.health.Round;
import gatehouse.kernel.Statements;
import gatehouse.kernel.Tx;
import gatehouse.outing.OutingFacts.Outing;
import gatehouse.outing.OutingFacts.Slot;
import gatehouse.outing.OutingStore.Claim;
import gatehouse.outing.OutingStore.HomeOuting;
import gatehouse.outing.OutingStore.Subject;
import gatehouse.outing.SlotPolicy.SlotTime;
import gatehouse.outing.SlotStore.AskedSlot;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What a list of questions about outings is judged by, read together in a handful of statements; and what the answers given so far
 * change in it, so that a later question of the list sees what an earlier one took.
 */
final class OutingGround {
    /** As far as any quota reaches, so that a request can be judged again by a longer one. */
    private static final int QUOTA_DAYS = 14;

    private final Map<UUID, Subject> subjects = new HashMap<>();
    private final Map<UUID, List<HomeOuting>> supplies = new HashMap<>();
    private final Map<UUID, HealthStanding> standings = new HashMap<>();
    private final Map<UUID, OffsetDateTime> documents = new HashMap<>();
    private final Map<SlotKey, AskedSlot> slots = new HashMap<>();
    /** Thousands ask for the same slot. */
    private final Map<SlotKey, Optional<SlotTime>> slotTimes = new HashMap<>();
    private final Map<SlotKey, Integer> takenHere = new HashMap<>();
    private final Map<HomeSlot, Waiting> offers = new HashMap<>();
    private final Function<UUID, OutingRules> rulesOf;
    private final OffsetDateTime now;

    /** A slot as far as one household is concerned. */
    private record HomeSlot(UUID householdId, SlotKey slot) {
    }

    private OutingGround(Function<UUID, OutingRules> rulesOf, OffsetDateTime now) {
        var known = new HashMap<UUID, OutingRules>();
        this.rulesOf = compound -> known.computeIfAbsent(compound, rulesOf);
        this.now = now;
    }

    /**
     * May this person go out then, for this?
     *
     * @param id that of the pass that it is about or may become; the household's other outings are those besides it
     */
    record Question(UUID id, UUID compoundId, UUID residentId, PassKind kind, LocalDate outingDate, @Nullable SlotKey slot,
                    @Nullable String document) {
        static Question about(OutingPass pass) {
            return new Question(pass.id(), pass.compoundId(), pass.residentId(), pass.kind(), pass.outingDate(), pass.slot(), pass.document());
        }
    }

    /** For looking: nobody is kept waiting. */
    static OutingGround read(Statements where, List<Question> questions, Function<UUID, OutingRules> rulesOf, OffsetDateTime now) {
        var ground = new OutingGround(rulesOf, now);
        ground.readSubjects(where, questions);
        ground.readRest(where, questions);
        return ground;
    }

    /**
     * For deciding: of one household, only one transaction at a time reads what there is and adds to it. Whatever was committed for it
     * before, an answer to the same idempotency key as well, can be read after this.
     */
    static OutingGround hold(Tx tx, List<Question> questions, Function<UUID, OutingRules> rulesOf, OffsetDateTime now) {
        var ground = new OutingGround(rulesOf, now);
        ground.readSubjects(tx, questions);
        if (!ground.subjects.isEmpty()) {
            OutingStore.lockHouseholds(tx, List.copyOf(ground.subjects.values()));
        }
        ground.readRest(tx, questions);
        return ground;
    }

    private void readSubjects(Statements where, List<Question> questions) {
        if (!questions.isEmpty()) {
            OutingStore.subjects(where, questions.stream().map(Question::compoundId).toList(), questions.stream().map(Question::residentId).toList())
                    .forEach(subject -> subjects.put(subject.residentId(), subject));
        }
    }

    private void readRest(Statements where, List<Question> questions) {
        var today = now.toLocalDate();
        var counting = questions.stream().filter(question -> question.kind == PassKind.SUPPLIES && subject(question).isPresent()).toList();
        if (!counting.isEmpty()) {
            var first = counting.stream().map(Question::outingDate).min(LocalDate::compareTo).orElse(today);
            var last = counting.stream().map(Question::outingDate).max(LocalDate::compareTo).orElse(today);
            OutingStore.supplies(where, counting.stream().flatMap(each -> subject(each).stream()).toList(),
                            first.minusDays(QUOTA_DAYS), last.plusDays(QUOTA_DAYS), now)
                    .forEach(outing -> supplies.computeIfAbsent(outing.householdId(), id -> new ArrayList<>()).add(outing));
        }
        standings.putAll(HealthStanding.of(where, questions.stream().map(each -> new HealthStanding.Person(each.compoundId, each.residentId,
                today.minusDays(rulesOf.apply(each.compoundId).returneeDays()))).toList(), today));
        readDocuments(where, questions.stream().filter(each -> each.kind.hasDocument() && each.document != null).toList());
        var asking = questions.stream().filter(each -> each.slot != null).toList();
        SlotStore.asked(where, asking.stream().map(Question::compoundId).toList(), asking.stream().map(Question::slot).toList(),
                asking.stream().map(Question::outingDate).toList()).forEach(slot -> slots.put(slot.slot(), slot));
        var known = asking.stream().filter(each -> subject(each).isPresent()).toList();
        WaitStore.offers(where, known.stream().map(Question::compoundId).toList(), known.stream().map(each -> home(each, each.slot).householdId).toList(),
                        known.stream().map(Question::slot).toList(), now)
                .forEach(offer -> offers.put(new HomeSlot(offer.householdId(), offer.slot()), offer));
    }

    private void readDocuments(Statements where, List<Question> shown) {
        OutingStore.documentsSeen(where, shown.stream().map(Question::compoundId).toList(), shown.stream().map(Question::residentId).toList(),
                        shown.stream().map(Question::kind).toList(), shown.stream().map(Question::document).toList())
                .forEach(seen -> documents.put(shown.get(seen.place()).id, seen.at()));
    }

    /** As of when it was read. */
    OffsetDateTime now() {
        return now;
    }

    private HomeSlot home(Question question, SlotKey slot) {
        return new HomeSlot(subject(question).orElseThrow().householdId(), slot);
    }

    /** The place that is kept for the household in the slot that it asks for. */
    Optional<Waiting> offer(Question question) {
        return question.slot == null ? Optional.empty() : Optional.ofNullable(offers.get(home(question, question.slot)));
    }

    /** Whom the question is about; empty where nobody of that name lives there. */
    Optional<Subject> subject(Question question) {
        return Optional.ofNullable(subjects.get(question.residentId)).filter(subject -> subject.compoundId().equals(question.compoundId));
    }

    OutingRules rules(Question question) {
        return rulesOf.apply(question.compoundId);
    }

    HealthStanding standing(Question question) {
        return standings.getOrDefault(question.residentId, HealthStanding.nothingKnown());
    }

    /** The name of the gate that was asked for. */
    @Nullable String gate(Question question) {
        return question.slot == null || slots.get(question.slot) == null ? null : slots.get(question.slot).gate();
    }

    /** The times of the slot that was asked for; empty where its gate or the policy has none then. */
    Optional<SlotTime> slotTime(Question question) {
        var slot = question.slot == null ? null : slots.get(question.slot);
        return slot == null || !slot.compoundId().equals(question.compoundId) ? Optional.empty()
                : slotTimes.computeIfAbsent(question.slot, asked -> SlotPolicy.startingAt(asked.startsAt(), rules(question), now));
    }

    /** The facts of a question whose subject there is, with {@code slot} as it stands. */
    OutingFacts facts(Question question, @Nullable Slot slot) {
        var subject = subject(question).orElseThrow();
        var standing = standing(question);
        var others = supplies.getOrDefault(subject.householdId(), List.of()).stream().filter(outing -> !outing.passId().equals(question.id))
                .map(outing -> new Outing(outing.date(), outing.residentId())).toList();
        return new OutingFacts(question.kind, question.residentId, question.outingDate, slot, subject.bornOn(),
                standing.reported().contains(Round.MORNING), standing.reported().contains(Round.AFTERNOON), standing.alertOpen(),
                standing.observedUntil(), subject.placeSealed(), subject.buyer(), others, documents.get(question.id));
    }

    /** The slot of a question as it stands now. */
    Slot slot(Question question, SlotTime time) {
        var asked = slots.get(question.slot);
        return new Slot(time.startsAt(), time.endsAt(), asked.ownCapacity(), asked.taken() + takenHere.getOrDefault(question.slot, 0),
                offer(question).isPresent());
    }

    /** The facts of a pass that there is: its place is its own, whatever the policy says of its slot by now. */
    Optional<OutingFacts> facts(OutingPass pass) {
        var question = Question.about(pass);
        var window = pass.window();
        return subject(question).map(subject -> facts(question, pass.slot() == null ? null
                : new Slot(pass.slot().startsAt(), window.leaveBy(), null, 0, true)));
    }

    /** The days of its household's quota that a question takes which became a pass; empty where its kind takes none. */
    Optional<Claim> claim(Question question) {
        if (question.kind != PassKind.SUPPLIES) {
            return Optional.empty();
        }
        var household = subject(question).orElseThrow().householdId();
        return Optional.of(new Claim(question.compoundId, household, question.id, question.outingDate, rules(question).suppliesEveryDays(),
                freePlace(household, question.outingDate)));
    }

    /** The lowest, so that two who read the same choose the same. */
    private int freePlace(UUID household, LocalDate date) {
        var places = supplies.getOrDefault(household, List.of()).stream().filter(outing -> outing.date().equals(date)).map(HomeOuting::place).toList();
        return IntStream.rangeClosed(1, places.size() + 1).filter(place -> !places.contains(place)).findFirst().orElseThrow();
    }

    /** What a question that became a pass takes from those after it. */
    void take(Question question) {
        if (question.slot != null && offers.remove(home(question, question.slot)) == null) {
            takenHere.merge(question.slot, 1, Integer::sum);
        }
        claim(question).ifPresent(claim -> supplies.computeIfAbsent(claim.householdId(), id -> new ArrayList<>())
                .add(new HomeOuting(claim.householdId(), question.id, question.residentId, question.outingDate, claim.place())));
    }
}
