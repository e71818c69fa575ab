package gatehouse.health;

import gatehouse.audit.AuditAction;
import gatehouse.audit.AuditLog;
import gatehouse.health.HealthStore.Sight;
import gatehouse.health.ObservationEntry.By;
import gatehouse.health.ObservationEntry.Test;
import gatehouse.health.ObservationStore.Person;
import gatehouse.health.TravelPolicy.Fault;
import gatehouse.health.TravelPolicy.Need;
import gatehouse.health.TravelPolicy.Rules;
import gatehouse.health.TravelPolicy.Served;
import gatehouse.health.TravelStore.Declaration;
import gatehouse.health.TravelStore.Named;
import gatehouse.health.TravelStore.Tested;
import gatehouse.http.Caller;
import gatehouse.kernel.Answer;
import gatehouse.kernel.BusinessClock;
import gatehouse.kernel.Database;
import gatehouse.kernel.FieldFault;
import gatehouse.kernel.Ids;
import gatehouse.kernel.Once;
import gatehouse.kernel.Page;
import gatehouse.kernel.Problem;
import gatehouse.kernel.Problem.FieldError;
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
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The verbs of travel declarations. */
final class TravelActions {
    private final Database database;
    private final BusinessClock clock;
    private final AuditLog audit;
    private final Function<UUID, Rules> rulesOf;

    TravelActions(Database database, BusinessClock clock, Policies policies, AuditLog audit) {
        this.database = database;
        this.clock = clock;
        this.audit = audit;
        this.rulesOf = compound -> {
            var values = policies.of(compound);
            return new Rules(values.amount(PolicyName.TRAVEL_LOOKBACK), values.amount(PolicyName.OBSERVATION_RISK_REGION),
                    values.amount(PolicyName.OBSERVATION_OTHER_PROVINCE),
                    RegionPolicy.province(String.valueOf(values.amount(PolicyName.HOME_PROVINCE))), values.amount(PolicyName.RETURNEE_TEST_WITHIN));
        };
    }

    /** What somebody declares; an absent resident is the caller. {@code test}: the one that they show. */
    record Wish(@Nullable UUID residentId, List<TravelStay> stays, boolean contactWithCase, @Nullable Test test) {
    }

    /**
     * A declaration as somebody reads it.
     *
     * @param tests of the person, oldest first, not older than those asked for
     * @param names whether the reader may know who declared it
     */
    record View(Named named, List<Test> tests, TravelProof proof, boolean names) {
    }

    /**
     * Takes a declaration and, in the same commit, opens or prolongs the observations that follow: the person's and those of everybody
     * who shares the home. Fails with the field named where a stay cannot have been.
     */
    Answer declare(Caller caller, Scope scope, Wish wish, Once<View> once) {
        var residentId = wish.residentId == null ? caller.residentId() : wish.residentId;
        if (residentId == null) {
            throw Problem.badField("/residentId", FieldFault.REQUIRED);
        }
        var now = clock.now();
        return database.transact(once, tx -> {
            var home = home(tx, scope, residentId);
            var person = home.of(residentId);
            var rules = rulesOf.apply(person.compoundId());
            var listed = RiskRegionStore.current(tx, home.everywhere(), person.compoundId());
            var faults = new ArrayList<>(TravelPolicy.faults(wish.stays, person.bornOn(), listed, rules, now.toLocalDate()).stream()
                    .map(TravelActions::error).toList());
            if (wish.test != null && wish.test.takenOn().isAfter(now.toLocalDate())) {
                faults.add(new FieldError("/test/takenOn", FieldFault.IN_FUTURE, List.of()));
            }
            if (!faults.isEmpty()) {
                throw Problem.badInput(faults);
            }
            var before = home.latest.get(residentId);
            var need = TravelPolicy.need(wish.stays, wish.contactWithCase, isPositive(wish.test), listed, rules,
                    before == null ? null : new Served(before.startsOn(), before.days()));
            var observation = need.map(found -> observe(tx, home, residentId, found, caller, now)).orElse(home.openOf(residentId));
            var proofFrom = TravelPolicy.proofFrom(wish.stays, listed, rules, now.toLocalDate()).orElse(null);
            var declaration = new Declaration(person.compoundId(), Ids.next(), residentId, wish.stays, wish.contactWithCase, now, observation, proofFrom);
            TravelStore.add(tx, declaration, caller);
            if (wish.test != null) {
                TravelStore.addTest(tx, declaration, wish.test, new By(caller.compoundId(), caller.accountId()), now);
            }
            if (isPositive(wish.test) && observation != null) {
                Outbox.put(tx, now, toldOfPositive(declaration, observation, now));
            }
            return read(tx, caller, scope, declaration.id());
        });
    }

    /**
     * Adds a test to a declaration, by the person's household or staff; a positive one opens or prolongs observations as a journey does. Fails with
     * {@code NOT_FOUND} where the person has moved out: nobody could be kept at home, and nobody would be told.
     */
    Answer addTest(Caller caller, Scope scope, UUID declarationId, Test test, Once<View> once) {
        var now = clock.now();
        if (test.takenOn().isAfter(now.toLocalDate())) {
            throw Problem.badField("/takenOn", FieldFault.IN_FUTURE);
        }
        return database.transact(once, tx -> {
            var declaration = TravelStore.find(tx, scope, declarationId).orElseThrow(() -> Problem.of(ProblemType.NOT_FOUND)).declaration();
            var home = home(tx, scope, declaration.residentId());
            var person = home.of(declaration.residentId());
            TravelStore.addTest(tx, declaration, test, new By(caller.compoundId(), caller.accountId()), now);
            if (isPositive(test)) {
                var need = TravelPolicy.need(List.of(), false, true, List.of(), rulesOf.apply(person.compoundId()), null).orElseThrow();
                var observation = observe(tx, home, declaration.residentId(), need, caller, now);
                TravelStore.link(tx, declaration, observation);
                Outbox.put(tx, now, toldOfPositive(declaration, observation, now));
            }
            return read(tx, caller, scope, declarationId);
        });
    }

    private static boolean isPositive(@Nullable Test test) {
        return test != null && test.result() == TestResult.POSITIVE;
    }

    private static List<Message> toldOfPositive(Declaration declaration, UUID observation, OffsetDateTime now) {
        return Stream.of(Role.OFFICE, Role.HEALTH_CENTRE).map(role -> Message.of(declaration.compoundId(),
                "travel-result/%s/%s/%s".formatted(declaration.id(), now.toInstant(), role), MessageTemplate.OBSERVATION_URGENT,
                new Recipient.HoldersOfCompound(role)).about(observation)).toList();
    }

    /** Newest first: of one person, of those whose test is missing, or of everybody in the scope. */
    Page<View> list(Caller caller, Scope scope, @Nullable UUID residentId, boolean lackingProof, Page.Request page) {
        var sight = Sight.of(caller);
        if (residentId != null && !TravelStore.isResident(database, sight, residentId)) {
            throw Problem.of(ProblemType.NOT_FOUND);
        }
        var rows = TravelStore.list(database, sight, residentId, lackingProof, page, TimePlace.of(page.after()));
        var shown = Page.cut(rows, page, each -> new TimePlace(each.declaration().declaredAt(), each.declaration().id()).text());
        return new Page<>(views(database, caller, scope, shown.items()), shown.next());
    }

    private static View read(Tx tx, Caller caller, Scope scope, UUID id) {
        return views(tx, caller, scope, TravelStore.find(tx, scope, id).stream().toList()).getFirst();
    }

    private static List<View> views(Statements where, Caller caller, Scope scope, List<Named> rows) {
        var tests = TravelStore.tests(where, scope, rows.stream().map(each -> each.declaration().residentId()).toList()).stream()
                .collect(Collectors.groupingBy(Tested::residentId, Collectors.mapping(Tested::test, Collectors.toList())));
        return rows.stream().map(row -> {
            var from = row.declaration().proofFrom();
            var own = tests.getOrDefault(row.declaration().residentId(), List.of());
            var roles = ObservationActions.rolesOver(caller, row.declaration().compoundId(), row.buildingId(), row.householdId());
            return new View(row, own.stream().filter(test -> from == null || !test.takenOn().isBefore(from)).toList(), TravelPolicy.proof(from, own),
                    roles.stream().anyMatch(role -> role != Role.RESIDENT));
        }).toList();
    }

    /** Those who share a home, locked, with the newest observation of each, also one that began before somebody moved in. */
    private record Home(List<Person> people, Map<UUID, Observation> latest) {
        Person of(UUID residentId) {
            return people.stream().filter(each -> each.residentId().equals(residentId)).findFirst()
                    .orElseThrow(() -> Problem.of(ProblemType.NOT_FOUND));
        }

        Scope everywhere() {
            return Scope.ofCompounds(people.stream().map(Person::compoundId).collect(Collectors.toSet()));
        }

        @Nullable UUID openOf(UUID residentId) {
            var newest = latest.get(residentId);
            return newest != null && newest.state() == ObservationState.OPEN ? newest.id() : null;
        }
    }

    private static Home home(Tx tx, Scope scope, UUID residentId) {
        var alone = new Home(ObservationStore.lockPeople(tx, scope, Set.of(residentId), true), Map.of());
        return new Home(alone.people, ObservationStore.latest(tx, alone.everywhere(), alone.people.stream().map(Person::residentId).toList()).stream()
                .collect(Collectors.toMap(Observation::residentId, Function.identity())));
    }

    /** Opens the observations of a home, or prolongs those that are open and would end before; answers the declaring person's. */
    private UUID observe(Tx tx, Home home, UUID residentId, Need need, Caller caller, OffsetDateTime now) {
        var by = new By(caller.compoundId(), caller.accountId());
        var today = now.toLocalDate();
        var opening = new ArrayList<Observation>();
        var prolonged = new ArrayList<Observation>();
        for (var person : home.people) {
            var cause = person.residentId().equals(residentId) ? need.cause() : ObservationCause.HOUSEHOLD;
            var before = home.latest.get(person.residentId());
            if (before == null || before.state() != ObservationState.OPEN) {
                opening.add(ObservationActions.opened(person, cause, null, today, need.days(), now));
            } else if (before.endsOn().isBefore(today.plusDays(need.days()))) {
                prolonged.add(ObservationActions.prolong(tx, before, cause, today.plusDays(need.days()), by, now));
            }
        }
        ObservationActions.open(tx, opening, by, now);
        audit.append(tx, HealthTrail.observed(AuditAction.OBSERVATION_STARTED, opening, caller, now));
        audit.append(tx, HealthTrail.observed(AuditAction.OBSERVATION_PROLONGED, prolonged, caller, now));
        return opening.stream().filter(each -> each.residentId().equals(residentId)).map(Observation::id).findFirst()
                .orElseGet(() -> home.latest.get(residentId).id());
    }

    private static FieldError error(Fault fault) {
        var stay = "/stays/" + fault.index();
        return switch (fault) {
            case Fault.NoRegion none -> new FieldError(stay + "/regionCode", FieldFault.NOT_A_REGION, List.of());
            case Fault.TooWide wide -> new FieldError(stay + "/regionCode", FieldFault.REGION_TOO_WIDE, List.of());
            case Fault.ArrivalInFuture future -> new FieldError(stay + "/arrivedOn", FieldFault.IN_FUTURE, List.of());
            case Fault.LeavingInFuture future -> new FieldError(stay + "/leftOn", FieldFault.IN_FUTURE, List.of());
            case Fault.LeftBeforeArrived(int at, LocalDate arrived) -> new FieldError(stay + "/leftOn", FieldFault.BEFORE_ARRIVAL, List.of(arrived));
            case Fault.BeforeBirth(int at, LocalDate born) -> new FieldError(stay + "/arrivedOn", FieldFault.BEFORE_BIRTH, List.of(born));
            case Fault.TooLongAgo(int at, LocalDate earliest) -> new FieldError(stay + "/leftOn", FieldFault.TOO_LONG_AGO, List.of(earliest));
            case Fault.Overlap overlap -> new FieldError(stay + "/arrivedOn", FieldFault.OVERLAPPING, List.of());
        };
    }
}
