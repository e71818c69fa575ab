package gatehouse.health;

import gatehouse.audit.AuditAction;
import gatehouse.audit.AuditLog;
import gatehouse.health.ObservationEntry.By;
import gatehouse.health.ObservationEntry.Test;
import gatehouse.health.ObservationPolicy.Course;
import gatehouse.health.ObservationPolicy.Done;
import gatehouse.health.ObservationPolicy.Release;
import gatehouse.health.ObservationPolicy.Rules;
import gatehouse.health.ObservationStore.NamedEntry;
import gatehouse.health.ObservationStore.Person;
import gatehouse.health.TravelStore.Declaration;
import gatehouse.health.TravelStore.Tested;
import gatehouse.health.TravelStore.ToldTest;
import gatehouse.http.Caller;
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
import gatehouse.kernel.Statements;
import gatehouse.kernel.TimePlace;
import gatehouse.kernel.Tx;
import gatehouse.notify.Message;
import gatehouse.notify.MessageTemplate;
import gatehouse.notify.Outbox;
import gatehouse.notify.Recipient;
import gatehouse.registry.Policies;
import gatehouse.registry.PolicyName;
import gatehouse.registry.PolicyValues;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The verbs of home observation. */
public final class ObservationActions {
    /** How many days ago an observation that is entered now may have begun. */
    private static final int BEGUN_DAYS_AGO = 60;

    private final Database database;
    private final BusinessClock clock;
    private final AuditLog audit;
    private final Function<UUID, Rules> rulesOf;

    public ObservationActions(Database database, BusinessClock clock, Policies policies, AuditLog audit) {
        this.database = database;
        this.clock = clock;
        this.audit = audit;
        this.rulesOf = compound -> rules(policies.of(compound));
    }

    static Rules rules(PolicyValues values) {
        return new Rules(values.amount(PolicyName.OBSERVATION_TEST_EVERY), values.amount(PolicyName.OBSERVATION_FOLLOW_UPS_A_DAY), values.amount(PolicyName.TRAVEL_LOOKBACK),
                values.time(PolicyName.MORNING_ROUND_AT), values.time(PolicyName.AFTERNOON_ROUND_AT));
    }

    /** Those of the residents who are under observation. For the outing feature: within its transaction, as of that moment. */
    public static Set<UUID> underObservation(Statements database, UUID compoundId, Collection<UUID> residents) {
        return residents.isEmpty() ? Set.of() : ObservationStore.observed(database, compoundId, residents);
    }

    /**
     * An observation as somebody sees it now.
     *
     * @param notes    also what staff wrote down
     * @param possible what they may enter now
     */
    record View(Observation observation, List<NamedEntry> entries, Course course, Rules rules, Done done, boolean notes,
                List<ObservationEvent> possible, OffsetDateTime now) {
        LocalDate today() {
            return now.toLocalDate();
        }

        int day() {
            return ObservationPolicy.day(course, today());
        }

        boolean isOpen() {
            return observation.state() == ObservationState.OPEN;
        }

        Optional<LocalDate> testDueOn() {
            return isOpen() ? ObservationPolicy.testDueOn(course, rules) : Optional.empty();
        }

        List<ObservationDuty> due() {
            return isOpen() ? ObservationPolicy.due(course, rules, done, now.toLocalDateTime()) : List.of();
        }

        List<Round> roundsDue() {
            return isOpen() ? ObservationPolicy.roundsDue(rules, done.reported(), now.toLocalTime()) : List.of();
        }
    }

    /** What staff want to begin; {@code wholeHomes}: for everybody who shares these people's homes as well. */
    record Start(Set<UUID> residents, boolean wholeHomes, String reason, LocalDate startsOn, int days) {
    }

    Page<View> list(Caller caller, Scope scope, @Nullable ObservationState state, Page.Request page) {
        var observations = Page.cut(ObservationStore.list(database, scope, state, page, TimePlace.of(page.after())), page,
                each -> new TimePlace(each.openedAt(), each.id()).text());
        return new Page<>(views(database, caller, observations.items()), observations.next());
    }

    View get(Caller caller, Scope scope, UUID id) {
        var found = ObservationStore.find(database, scope, id).orElseThrow(() -> Problem.of(ProblemType.NOT_FOUND));
        return views(database, caller, List.of(found)).getFirst();
    }

    /** Begins an observation for each; for all of them or, where one is under observation already, for none. */
    Answer start(Caller caller, Scope scope, Start wish, Once<List<View>> once) {
        var now = clock.now();
        var today = now.toLocalDate();
        if (wish.startsOn.isAfter(today)) {
            throw Problem.badField("/startsOn", FieldFault.IN_FUTURE);
        }
        if (wish.startsOn.isBefore(today.minusDays(BEGUN_DAYS_AGO))) {
            throw Problem.badField("/startsOn", FieldFault.TOO_SMALL, today.minusDays(BEGUN_DAYS_AGO));
        }
        if (wish.reason.isBlank()) {
            throw Problem.badField("/reason", FieldFault.REQUIRED);
        }
        return database.transact(once, tx -> {
            var people = ObservationStore.lockPeople(tx, scope, wish.residents, wish.wholeHomes);
            if (!people.stream().map(Person::residentId).collect(Collectors.toSet()).containsAll(wish.residents)) {
                throw Problem.of(ProblemType.NOT_FOUND);
            }
            var named = new HashSet<>(wish.residents);
            var already = underObservation(tx, people);
            var opening = people.stream().filter(person -> named.contains(person.residentId()) || !already.contains(person.residentId()))
                    .map(person -> opened(person, named.contains(person.residentId()) ? ObservationCause.STAFF : ObservationCause.HOUSEHOLD,
                            wish.reason.strip(), wish.startsOn, wish.days, now)).toList();
            open(tx, opening, new By(caller.compoundId(), caller.accountId()), now);
            audit.append(tx, HealthTrail.observed(AuditAction.OBSERVATION_STARTED, opening, caller, now));
            return views(tx, caller, opening);
        });
    }

    private static Set<UUID> underObservation(Tx tx, List<Person> people) {
        return people.stream().collect(Collectors.groupingBy(Person::compoundId, Collectors.mapping(Person::residentId, Collectors.toList())))
                .entrySet().stream().flatMap(each -> underObservation(tx, each.getKey(), each.getValue()).stream()).collect(Collectors.toSet());
    }

    /** The observation of this person, beginning now. */
    static Observation opened(Person person, ObservationCause cause, @Nullable String reason, LocalDate startsOn, int days, OffsetDateTime now) {
        return new Observation(person.compoundId(), person.compound(), Ids.next(), person.residentId(), person.name(), person.householdId(),
                person.household(), person.buildingId(), person.building(), person.phoneMasked(), cause, reason, ObservationState.OPEN,
                startsOn, days, now, null, 1);
    }

    /** Stores observations that begin, and tells their homes; fails where one of these people is under observation already. */
    static void open(Tx tx, List<Observation> opening, By by, OffsetDateTime now) {
        if (opening.isEmpty()) {
            return;
        }
        if (ObservationStore.open(tx, opening) < opening.size()) {
            throw Problem.of(ProblemType.ALREADY_OBSERVED);
        }
        opening.forEach(each -> tx.changes(each.compoundId()));
        ObservationStore.append(tx, opening.stream().map(each -> new ObservationEntry(each.compoundId(), each.id(), 1, ObservationEvent.START, null,
                null, each.days(), null, now, by)).toList());
        Outbox.put(tx, now, opening.stream().map(each -> Message.of(each.compoundId(), "observation-started/%s/%s".formatted(each.householdId(),
                now.toInstant()), MessageTemplate.OBSERVATION_STARTED, new Recipient.Household(each.householdId()))).distinct().toList());
    }

    /** What somebody enters: a follow-up, a test, that test number {@code of} was entered wrongly, the release or the transfer. */
    record Wish(UUID observationId, ObservationEvent event, @Nullable String note, @Nullable Test test, @Nullable Integer of) {
    }

    /** Enters it, once per key. Fails with {@code NOT_FOUND} outside the scope, {@code NOT_ALLOWED_NOW} where the observation is over. */
    Answer enter(Caller caller, Scope scope, Wish wish, Once<View> once) {
        var now = clock.now();
        return database.transact(once, tx -> {
            var before = ObservationStore.lock(tx, scope, wish.observationId).orElseThrow(() -> Problem.of(ProblemType.NOT_FOUND));
            var entries = ObservationStore.entries(tx, List.of(before));
            var withdrawn = wish.of == null ? null : test(entries, wish.of);
            if (before.state() != ObservationState.OPEN) {
                throw Problem.of(ProblemType.NOT_ALLOWED_NOW);
            }
            var rules = rulesOf.apply(before.compoundId());
            var course = Facts.of(tx, List.of(before), now.toLocalDate()).course(before, entries, rules);
            var after = after(before, course, rules, wish, now);
            if (!ObservationStore.move(tx, before, after)) {
                throw Problem.of(ProblemType.NOT_ALLOWED_NOW);
            }
            tx.changes(after.compoundId());
            ObservationStore.append(tx, List.of(new ObservationEntry(after.compoundId(), after.id(), after.version(), wish.event, words(wish),
                    wish.test, null, wish.of, now, new By(caller.compoundId(), caller.accountId()))));
            if (isPositive(wish.test)) {
                Outbox.put(tx, now, toldOfResult(after, MessageTemplate.OBSERVATION_URGENT));
            } else if (isPositive(withdrawn)) {
                Outbox.put(tx, now, toldOfResult(after, MessageTemplate.OBSERVATION_CORRECTED));
            }
            HealthTrail.entered(wish.event, after, caller, now).ifPresent(entry -> audit.append(tx, entry));
            return views(tx, caller, List.of(after)).getFirst();
        });
    }

    /** The test of that number; one that was withdrawn before cannot be again. */
    private static Test test(List<NamedEntry> entries, int number) {
        var entry = entries.stream().map(NamedEntry::entry).filter(each -> each.version() == number).findFirst();
        var test = entry.map(ObservationEntry::test).orElseThrow(() -> Problem.of(ProblemType.NOT_FOUND));
        if (withdrawn(entries).contains(number)) {
            throw Problem.of(ProblemType.NOT_ALLOWED_NOW);
        }
        return test;
    }

    private static @Nullable String words(Wish wish) {
        return wish.note == null || wish.note.isBlank() ? null : wish.note.strip();
    }

    private static boolean isPositive(@Nullable Test test) {
        return test != null && test.result() == TestResult.POSITIVE;
    }

    private static Observation after(Observation before, Course course, Rules rules, Wish wish, OffsetDateTime now) {
        return switch (wish.event) {
            case FOLLOW_UP -> ended(before, ObservationState.OPEN, null);
            case WITHDRAW_TEST -> {
                if (words(wish) == null) {
                    throw Problem.badField("/note", FieldFault.REQUIRED);
                }
                yield ended(before, ObservationState.OPEN, null);
            }
            case TEST -> {
                demandPlausible(wish.test, ObservationPolicy.testsFrom(before.startsOn(), rules), now.toLocalDate());
                yield ended(before, ObservationState.OPEN, null);
            }
            case RELEASE -> switch (ObservationPolicy.release(course, now.toLocalDate())) {
                case Release.Now() -> ended(before, ObservationState.RELEASED, now);
                case Release.TooEarly(var on) -> throw Problem.of(ProblemType.OBSERVATION_NOT_OVER, on)
                        .with("possibleFrom", on.atStartOfDay(BusinessClock.ZONE).toOffsetDateTime());
                case Release.NotTested(var from) -> throw Problem.of(ProblemType.OBSERVATION_NOT_TESTED, from);
                case Release.Positive() -> throw Problem.of(ProblemType.OBSERVATION_TEST_POSITIVE);
            };
            case TRANSFER -> {
                if (!course.hasPositive()) {
                    throw Problem.of(ProblemType.NOT_ALLOWED_NOW);
                }
                yield ended(before, ObservationState.TRANSFERRED, now);
            }
            case START, PROLONG -> throw new IllegalArgumentException("nobody enters " + wish.event);
        };
    }

    private static void demandPlausible(@Nullable Test test, LocalDate earliest, LocalDate today) {
        if (test == null) {
            throw new IllegalArgumentException("a test has a day and a result");
        }
        if (test.takenOn().isAfter(today)) {
            throw Problem.badField("/takenOn", FieldFault.IN_FUTURE);
        }
        if (test.takenOn().isBefore(earliest)) {
            throw Problem.badField("/takenOn", FieldFault.TOO_SMALL, earliest);
        }
    }

    private static Observation ended(Observation before, ObservationState state, @Nullable OffsetDateTime endedAt) {
        return changed(before, before.cause(), before.days(), state, endedAt);
    }

    private static Observation changed(Observation before, ObservationCause cause, int days, ObservationState state, @Nullable OffsetDateTime endedAt) {
        return new Observation(before.compoundId(), before.compound(), before.id(), before.residentId(), before.residentName(), before.householdId(),
                before.household(), before.buildingId(), before.building(), before.phoneMasked(), cause, before.reason(), state,
                before.startsOn(), days, before.openedAt(), endedAt, before.version() + 1);
    }

    /** Lets an open observation last until {@code endsOn}, for this cause. */
    static Observation prolong(Tx tx, Observation before, ObservationCause cause, LocalDate endsOn, By by, OffsetDateTime now) {
        int days = (int) (endsOn.toEpochDay() - before.startsOn().toEpochDay());
        var after = changed(before, cause, days, ObservationState.OPEN, null);
        if (!ObservationStore.move(tx, before, after)) {
            throw Problem.of(ProblemType.NOT_ALLOWED_NOW);
        }
        ObservationStore.append(tx, List.of(new ObservationEntry(after.compoundId(), after.id(), after.version(), ObservationEvent.PROLONG, null, null,
                days, null, now, by)));
        return after;
    }

    private static List<Message> toldOfResult(Observation observation, MessageTemplate template) {
        return Stream.of(Role.OFFICE, Role.HEALTH_CENTRE).map(role -> Message.of(observation.compoundId(),
                "observation-result/%s/%d/%s".formatted(observation.id(), observation.version(), role), template, new Recipient.HoldersOfCompound(role)).about(observation.id())).toList();
    }

    private List<View> views(Statements where, Caller caller, List<Observation> observations) {
        if (observations.isEmpty()) {
            return List.of();
        }
        var now = clock.now();
        var entries = ObservationStore.entries(where, observations).stream().collect(Collectors.groupingBy(each -> each.entry().observationId()));
        var facts = Facts.of(where, observations, now.toLocalDate());
        return observations.stream().map(each -> {
            var own = entries.getOrDefault(each.id(), List.of());
            var rules = rulesOf.apply(each.compoundId());
            var course = facts.course(each, own, rules);
            var roles = rolesOver(caller, each.compoundId(), each.buildingId(), each.householdId());
            boolean notes = roles.stream().anyMatch(role -> role != Role.RESIDENT);
            return new View(each, own, course, rules, facts.done(each, own, now.toLocalDate()), notes,
                    ObservationPolicy.possible(roles, each.state(), course, now.toLocalDate()), now);
        }).toList();
    }

    /** What these people reported today, and the tests that are asked for and on record. */
    record Facts(Map<UUID, Set<Round>> reported, Map<UUID, Declaration> declared, Map<UUID, List<Test>> tests, Map<UUID, List<ToldTest>> told) {
        static Facts of(Statements where, List<Observation> observations, LocalDate today) {
            var everywhere = Scope.ofCompounds(observations.stream().map(Observation::compoundId).collect(Collectors.toSet()));
            var residents = observations.stream().map(Observation::residentId).toList();
            return new Facts(ObservationStore.reported(where, everywhere, residents, today),
                    TravelStore.newest(where, everywhere, residents).stream().map(TravelStore.Named::declaration)
                            .collect(Collectors.toMap(Declaration::residentId, Function.identity())),
                    TravelStore.tests(where, everywhere, residents).stream()
                            .collect(Collectors.groupingBy(Tested::residentId, Collectors.mapping(Tested::test, Collectors.toList()))),
                    TravelStore.toldTests(where, everywhere, residents).stream().collect(Collectors.groupingBy(ToldTest::residentId)));
        }

        /** Without the tests that were withdrawn, and of those told only what was told since it began: an illness before is over. */
        Course course(Observation observation, List<NamedEntry> entries, Rules rules) {
            var withdrawn = withdrawn(entries);
            var entered = entries.stream().map(NamedEntry::entry).filter(entry -> !withdrawn.contains(entry.version()))
                    .flatMap(entry -> Stream.ofNullable(entry.test())).toList();
            var earliest = ObservationPolicy.testsFrom(observation.startsOn(), rules);
            var since = told.getOrDefault(observation.residentId(), List.of()).stream().filter(each -> !each.at().isBefore(observation.openedAt()))
                    .map(ToldTest::test).filter(test -> !test.takenOn().isBefore(earliest)).toList();
            return new Course(observation.startsOn(), observation.days(), entered, since);
        }

        Done done(Observation observation, List<NamedEntry> entries, LocalDate today) {
            int followUps = (int) entries.stream().map(NamedEntry::entry).filter(entry -> entry.event() == ObservationEvent.FOLLOW_UP
                    && entry.at().atZoneSameInstant(BusinessClock.ZONE).toLocalDate().equals(today)).count();
            var resident = observation.residentId();
            var declaration = declared.get(resident);
            return new Done(reported.getOrDefault(resident, Set.of()), followUps,
                    TravelPolicy.proof(declaration == null ? null : declaration.proofFrom(), tests.getOrDefault(resident, List.of())));
        }
    }

    /** The numbers of the tests that were entered wrongly. */
    static Set<Integer> withdrawn(List<NamedEntry> entries) {
        return entries.stream().flatMap(each -> Stream.ofNullable(each.entry().of())).collect(Collectors.toSet());
    }

    /** What somebody is to the household. */
    static Set<Role> rolesOver(Caller caller, UUID compoundId, UUID buildingId, UUID householdId) {
        var roles = EnumSet.noneOf(Role.class);
        caller.grants().stream().filter(grant -> grant.scope().sees(compoundId, buildingId, householdId)).forEach(grant -> roles.add(grant.role()));
        return roles;
    }
}
