package gatehouse.health;

import gatehouse.health.ObservationEntry.By;
import gatehouse.health.ObservationStore.Person;
import gatehouse.health.TravelPolicy.Fault;
import gatehouse.health.TravelPolicy.Need;
import gatehouse.health.TravelPolicy.Rules;
import gatehouse.health.TravelPolicy.Served;
import gatehouse.health.TravelStore.Declaration;
import gatehouse.http.Caller;
import gatehouse.kernel.Answer;
import gatehouse.kernel.BusinessClock;
import gatehouse.kernel.Database;
import gatehouse.kernel.FieldFault;
import gatehouse.kernel.Ids;
import gatehouse.kernel.Once;
import gatehouse.kernel.Problem;
import gatehouse.kernel.Problem.FieldError;
import gatehouse.kernel.ProblemType;
import gatehouse.kernel.Scope;
import gatehouse.kernel.Tx;
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
import org.jspecify.annotations.Nullable;

/** The verbs of travel declarations. */
final class TravelActions {
    private final Database database;
    private final BusinessClock clock;
    private final Function<UUID, Rules> rulesOf;

    TravelActions(Database database, BusinessClock clock, Policies policies) {
        this.database = database;
        this.clock = clock;
        this.rulesOf = compound -> {
            var values = policies.of(compound);
            return new Rules(values.amount(PolicyName.TRAVEL_LOOKBACK), values.amount(PolicyName.OBSERVATION_RISK_REGION),
                    values.amount(PolicyName.OBSERVATION_OTHER_PROVINCE),
                    RegionPolicy.province(String.valueOf(values.amount(PolicyName.HOME_PROVINCE))));
        };
    }

    /** What somebody declares; an absent resident is the caller. */
    record Wish(@Nullable UUID residentId, List<TravelStay> stays, boolean contactWithCase) {
    }

    /**
     * Takes a declaration and, in the same commit, opens or prolongs the observations that follow: the person's and those of everybody
     * who shares the home. Fails with the field named where a stay cannot have been.
     */
    Answer declare(Caller caller, Scope scope, Wish wish, Once<Declaration> once) {
        var residentId = wish.residentId == null ? caller.residentId() : wish.residentId;
        if (residentId == null) {
            throw Problem.badField("/residentId", FieldFault.REQUIRED);
        }
        var now = clock.now();
        return database.transact(once, tx -> {
            var home = ObservationStore.lockPeople(tx, scope, Set.of(residentId), true);
            var person = home.stream().filter(each -> each.residentId().equals(residentId)).findFirst()
                    .orElseThrow(() -> Problem.of(ProblemType.NOT_FOUND));
            var rules = rulesOf.apply(person.compoundId());
            var everywhere = Scope.ofCompounds(Set.of(person.compoundId()));
            var listed = RiskRegionStore.current(tx, everywhere, person.compoundId());
            var faults = TravelPolicy.faults(wish.stays, person.bornOn(), listed, rules, now.toLocalDate());
            if (!faults.isEmpty()) {
                throw Problem.badInput(faults.stream().map(TravelActions::error).toList());
            }
            // also what began before somebody moved in
            var latest = ObservationStore.latest(tx, everywhere, home.stream().map(Person::residentId).toList()).stream()
                    .collect(Collectors.toMap(Observation::residentId, Function.identity()));
            var before = latest.get(residentId);
            var need = TravelPolicy.need(wish.stays, wish.contactWithCase, listed, rules,
                    before == null ? null : new Served(before.startsOn(), before.days()));
            var observation = need.map(found -> observe(tx, home, residentId, found, latest, caller, now))
                    .orElse(before != null && before.state() == ObservationState.OPEN ? before.id() : null);
            var declaration = new Declaration(person.compoundId(), Ids.next(), residentId, wish.stays, wish.contactWithCase, now, observation);
            TravelStore.add(tx, declaration, caller);
            return declaration;
        });
    }

    /** Opens the observations of a home, or prolongs those that are open and would end before; answers the declaring person's. */
    private static UUID observe(Tx tx, List<Person> home, UUID residentId, Need need, Map<UUID, Observation> latest, Caller caller,
                                OffsetDateTime now) {
        var by = new By(caller.compoundId(), caller.accountId());
        var today = now.toLocalDate();
        var opening = new ArrayList<Observation>();
        for (var person : home) {
            var cause = person.residentId().equals(residentId) ? need.cause() : ObservationCause.HOUSEHOLD;
            var before = latest.get(person.residentId());
            if (before == null || before.state() != ObservationState.OPEN) {
                opening.add(ObservationActions.opened(person, cause, null, today, need.days(), now));
            } else if (before.endsOn().isBefore(today.plusDays(need.days()))) {
                ObservationActions.prolong(tx, before, cause, today.plusDays(need.days()), by, now);
            }
        }
        ObservationActions.open(tx, opening, by, now);
        return opening.stream().filter(each -> each.residentId().equals(residentId)).map(Observation::id).findFirst()
                .orElseGet(() -> latest.get(residentId).id());
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
