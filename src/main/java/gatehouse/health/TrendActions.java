package gatehouse.health;

import gatehouse.health.TrendStore.Day;
import gatehouse.health.TrendStore.Expected;
import gatehouse.health.TrendStore.Quarter;
import gatehouse.health.TrendStore.Temperature;
import gatehouse.kernel.BusinessClock;
import gatehouse.kernel.Database;
import gatehouse.kernel.FieldFault;
import gatehouse.kernel.Problem;
import gatehouse.kernel.Scope;
import gatehouse.registry.Policies;
import gatehouse.registry.PolicyName;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** How reporting went over a day, and temperatures over days. */
public final class TrendActions {
    /** How many days a question may span, and how many back the nightly count looks. */
    private static final int LONGEST_DAYS = 62;
    private static final int USUAL_DAYS = 14;
    private static final int OLDEST_DAYS = 3_650;

    private final Database database;
    private final BusinessClock clock;
    private final Policies policies;

    public TrendActions(Database database, BusinessClock clock, Policies policies) {
        this.database = database;
        this.clock = clock;
        this.policies = policies;
    }

    /** Who should report, and how many had by the end of each quarter of an hour in which somebody did. */
    record Completion(Expected compound, List<Quarter> soFar) {
    }

    List<Completion> completion(Scope scope, LocalDate date) {
        var quarters = TrendStore.quarters(database, scope, date).stream().collect(Collectors.groupingBy(Quarter::compoundId));
        return TrendStore.expected(database, scope, date).stream()
                .map(compound -> new Completion(compound, summed(quarters.getOrDefault(compound.compoundId(), List.of())))).toList();
    }

    private static List<Quarter> summed(List<Quarter> quarters) {
        var sums = new ArrayList<Quarter>(quarters.size());
        int morning = 0;
        int afternoon = 0;
        for (var each : quarters) {
            morning += each.morning();
            afternoon += each.afternoon();
            sums.add(new Quarter(each.compoundId(), each.quarter(), morning, afternoon));
        }
        return sums;
    }

    record Warmth(LocalDate date, TemperatureSpread spread, int fevers) {
    }

    record Temperatures(Expected compound, int feverAboveTenths, List<Warmth> days) {
    }

    /** From and to that day; the last fortnight where nothing is said. */
    record Days(LocalDate from, LocalDate to) {
    }

    /** @throws Problem where the days are in the future, too long ago, too many, or in the wrong order */
    Days days(Optional<LocalDate> from, Optional<LocalDate> to) {
        var today = clock.today();
        var last = to.orElse(today);
        if (last.isAfter(today)) {
            throw Problem.badField("?to", FieldFault.IN_FUTURE);
        }
        if (last.isBefore(today.minusDays(OLDEST_DAYS))) {
            throw Problem.badField("?to", FieldFault.TOO_SMALL, today.minusDays(OLDEST_DAYS));
        }
        var first = from.orElse(last.minusDays(USUAL_DAYS - 1));
        if (first.isAfter(last) || ChronoUnit.DAYS.between(first, last) >= LONGEST_DAYS) {
            throw Problem.badField("?from", FieldFault.OUT_OF_RANGE, last.minusDays(LONGEST_DAYS - 1), last);
        }
        return new Days(first, last);
    }

    List<Temperatures> temperatures(Scope scope, Days days) {
        var found = TrendStore.temperatures(database, scope, days.from, days.to).stream()
                .collect(Collectors.groupingBy(Temperature::compoundId, Collectors.groupingBy(Temperature::date)));
        return TrendStore.expected(database, scope, days.to).stream().map(compound -> {
            int above = feverAbove(compound.compoundId());
            var byDate = found.getOrDefault(compound.compoundId(), Map.of());
            return new Temperatures(compound, above, days.from.datesUntil(days.to.plusDays(1))
                    .map(date -> warmth(date, byDate.getOrDefault(date, List.of()), above)).toList());
        }).toList();
    }

    private static Warmth warmth(LocalDate date, List<Temperature> counts, int feverAbove) {
        var spread = TemperatureSpread.of(counts.stream().map(each -> Map.entry(each.tenths(), each.residents())).toList());
        return new Warmth(date, spread, spread.above(feverAbove));
    }

    private int feverAbove(UUID compound) {
        return policies.of(compound).amount(PolicyName.FEVER_ABOVE);
    }

    /** Counts the days that are over and were not counted, or were reported for afterwards; answers how many. */
    int countDays() {
        var today = clock.today();
        int counted = 0;
        for (var day : TrendStore.uncounted(database, today.minusDays(LONGEST_DAYS), today.minusDays(1))) {
            var now = clock.now();
            counted += database.transact(tx -> TrendStore.count(tx, day, now)) ? 1 : 0;
        }
        return counted;
    }

    /** The days among these reports that are over already. */
    static List<Day> late(List<HealthReport> reports) {
        return reports.stream().filter(report -> report.key().date().isBefore(report.receivedAt().toLocalDate()))
                .map(report -> new Day(report.compoundId(), report.key().date())).distinct().toList();
    }
}
