package gatehouse.health;

import gatehouse.health.ObservationEntry.Test;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The rules of travel declarations, as pure functions of what was declared, the risk list and today. */
final class TravelPolicy {
    private TravelPolicy() {
    }

    /**
     * The policy values of a compound that they follow.
     *
     * @param lookbackDays      travel is declared for the last so many days
     * @param riskDays          of observation after a risk region or contact with a case
     * @param otherProvinceDays of observation after another province, 0 for none
     * @param province          the first two digits of the own one's code
     * @param proofDays         a negative test that returning residents show is at most so many days old
     */
    record Rules(int lookbackDays, int riskDays, int otherProvinceDays, String province, int proofDays) {
    }

    /** What is wrong with stay number {@code index}. */
    sealed interface Fault {
        int index();

        record NoRegion(int index) implements Fault {
        }

        /** A listed region lies within it, on these days: which part of it was it, or was it none of those listed? */
        record TooWide(int index) implements Fault {
        }

        record ArrivalInFuture(int index) implements Fault {
        }

        record LeavingInFuture(int index) implements Fault {
        }

        record LeftBeforeArrived(int index, LocalDate arrivedOn) implements Fault {
        }

        record BeforeBirth(int index, LocalDate bornOn) implements Fault {
        }

        record TooLongAgo(int index, LocalDate earliest) implements Fault {
        }

        /** It began before the stay before it was over; the day of travelling may belong to both. */
        record Overlap(int index) implements Fault {
        }
    }

    /** For how long somebody stays at home, and why. */
    record Need(ObservationCause cause, int days) {
    }

    /** Every stay that cannot have been, in the order they were declared. */
    static List<Fault> faults(List<TravelStay> stays, @Nullable LocalDate bornOn, List<RiskRegion> listed, Rules rules, LocalDate today) {
        var faults = new ArrayList<Fault>();
        for (int i = 0; i < stays.size(); i++) {
            fault(i, stays.get(i), bornOn, listed, rules, today).ifPresent(faults::add);
        }
        faults.addAll(overlaps(stays));
        faults.sort(Comparator.comparingInt(Fault::index));
        return faults;
    }

    private static Optional<Fault> fault(int index, TravelStay stay, @Nullable LocalDate bornOn, List<RiskRegion> listed, Rules rules,
                                         LocalDate today) {
        var earliest = today.minusDays(rules.lookbackDays);
        if (!RegionPolicy.isRegionCode(stay.regionCode())) {
            return Optional.of(new Fault.NoRegion(index));
        }
        if (stay.arrivedOn().isAfter(today)) {
            return Optional.of(new Fault.ArrivalInFuture(index));
        }
        if (stay.leftOn().isAfter(today)) {
            return Optional.of(new Fault.LeavingInFuture(index));
        }
        if (stay.leftOn().isBefore(stay.arrivedOn())) {
            return Optional.of(new Fault.LeftBeforeArrived(index, stay.arrivedOn()));
        }
        if (bornOn != null && stay.arrivedOn().isBefore(bornOn)) {
            return Optional.of(new Fault.BeforeBirth(index, bornOn));
        }
        if (stay.leftOn().isBefore(earliest)) {
            return Optional.of(new Fault.TooLongAgo(index, earliest));
        }
        boolean holdsListed = listed.stream().anyMatch(region -> !RegionPolicy.holds(region.code(), stay.regionCode())
                && RegionPolicy.holds(stay.regionCode(), region.code()) && RegionPolicy.wasListed(region, stay.arrivedOn(), stay.leftOn()));
        return holdsListed && !stay.outsideListed() && !isListed(stay, listed) ? Optional.of(new Fault.TooWide(index)) : Optional.empty();
    }

    private static List<Fault> overlaps(List<TravelStay> stays) {
        var inOrder = IntStream.range(0, stays.size()).boxed().filter(i -> !stays.get(i).leftOn().isBefore(stays.get(i).arrivedOn()))
                .sorted(Comparator.comparing((Integer i) -> stays.get(i).arrivedOn()).thenComparing(i -> stays.get(i).leftOn())).toList();
        var faults = new ArrayList<Fault>();
        var until = LocalDate.MIN;
        for (int index : inOrder) {
            var stay = stays.get(index);
            if (stay.arrivedOn().isBefore(until)) {
                faults.add(new Fault.Overlap(index));
            }
            until = stay.leftOn().isAfter(until) ? stay.leftOn() : until;
        }
        return faults;
    }

    /**
     * What follows from a declaration: the longest that one of its stays, contact with a case or a positive test asks for. A stay that
     * was over when an observation of at least that length began asks for nothing more.
     *
     * @param positive a test that the person took was positive
     * @param earlier  the latest observation of the person, if there was one
     */
    static Optional<Need> need(List<TravelStay> stays, boolean contactWithCase, boolean positive, List<RiskRegion> listed, Rules rules,
                               @Nullable Served earlier) {
        var needs = new ArrayList<Need>();
        for (var stay : stays) {
            if (isListed(stay, listed)) {
                addUnlessServed(needs, new Need(ObservationCause.RISK_REGION, rules.riskDays), stay, earlier);
            } else if (!RegionPolicy.province(stay.regionCode()).equals(rules.province)) {
                addUnlessServed(needs, new Need(ObservationCause.OTHER_PROVINCE, rules.otherProvinceDays), stay, earlier);
            }
        }
        if (contactWithCase) {
            needs.add(new Need(ObservationCause.CASE_CONTACT, rules.riskDays));
        }
        if (positive) {
            needs.add(new Need(ObservationCause.POSITIVE_TEST, rules.riskDays));
        }
        return needs.stream().filter(need -> need.days > 0).max(Comparator.comparingInt(Need::days)
                .thenComparing(Need::cause, Comparator.reverseOrder()));
    }

    /** An observation that was begun: when, and for how many days. */
    record Served(LocalDate startsOn, int days) {
    }

    private static void addUnlessServed(List<Need> needs, Need need, TravelStay stay, @Nullable Served earlier) {
        boolean served = earlier != null && !stay.leftOn().isAfter(earlier.startsOn) && earlier.days >= need.days;
        if (!served) {
            needs.add(need);
        }
    }

    /**
     * From which day on a negative test is good enough for who returns from a listed region or another province; empty where somebody
     * did not return from there, so that none is asked for.
     */
    static Optional<LocalDate> proofFrom(List<TravelStay> stays, List<RiskRegion> listed, Rules rules, LocalDate today) {
        boolean returns = stays.stream().anyMatch(stay -> isListed(stay, listed)
                || !RegionPolicy.province(stay.regionCode()).equals(rules.province));
        return returns ? Optional.of(today.minusDays(rules.proofDays)) : Optional.empty();
    }

    /** Whether the test that is asked for is there. */
    static TravelProof proof(@Nullable LocalDate from, List<Test> tests) {
        if (from == null) {
            return TravelProof.NOT_ASKED;
        }
        return tests.stream().anyMatch(test -> test.result() == TestResult.NEGATIVE && !test.takenOn().isBefore(from))
                ? TravelProof.SHOWN : TravelProof.MISSING;
    }

    private static boolean isListed(TravelStay stay, List<RiskRegion> listed) {
        return listed.stream().anyMatch(region -> RegionPolicy.holds(region.code(), stay.regionCode())
                && RegionPolicy.wasListed(region, stay.arrivedOn(), stay.leftOn()));
    }
}
