package gatehouse.health;

import static org.junit.jupiter.api.Assertions.assertEquals;

import gatehouse.health.TravelPolicy.Fault;
import gatehouse.health.TravelPolicy.Need;
import gatehouse.health.TravelPolicy.Rules;
import gatehouse.health.TravelPolicy.Served;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TravelPolicyTest {
    private static final LocalDate TODAY = LocalDate.parse("2026-11-22");
    private static final Rules RULES = new Rules(14, 14, 7, "37", 7);
    private static final RiskRegion CHAOYANG = new RiskRegion("110105", "朝阳区", RiskLevel.HIGH, day("2026-11-10"), day("2026-11-15"));

    private static LocalDate day(String text) {
        return LocalDate.parse(text);
    }

    private static TravelStay stay(String region, String arrived, String left) {
        return new TravelStay(region, "某地", day(arrived), day(left), "G102", false);
    }

    private static TravelStay outsideListed(TravelStay stay) {
        return new TravelStay(stay.regionCode(), stay.regionName(), stay.arrivedOn(), stay.leftOn(), stay.transport(), true);
    }

    private static List<Fault> faults(TravelStay... stays) {
        return TravelPolicy.faults(List.of(stays), day("1990-05-01"), List.of(CHAOYANG), RULES, TODAY);
    }

    private static Optional<Need> need(boolean contact, @Nullable Served earlier, TravelStay... stays) {
        return TravelPolicy.need(List.of(stays), contact, false, List.of(CHAOYANG), RULES, earlier);
    }

    @Test
    void staysThatFollowEachOther_arePossible_inAnyOrder() {
        assertEquals(List.of(), faults(stay("370202", "2026-11-15", "2026-11-22"), stay("320102", "2026-11-12", "2026-11-15"),
                stay("310101", "2026-11-12", "2026-11-12"), stay("320102", "2026-01-01", "2026-11-08")));
        assertEquals(List.of(), faults());
    }

    @Test
    void staysThatCannotHaveBeen_areNamed() {
        var good = stay("370202", "2026-11-20", "2026-11-21");
        assertEquals(List.of(new Fault.NoRegion(1)), faults(good, stay("990101", "2026-11-10", "2026-11-11")));
        assertEquals(List.of(new Fault.ArrivalInFuture(0)), faults(stay("310101", "2026-11-23", "2026-11-24")));
        assertEquals(List.of(new Fault.LeavingInFuture(1)), faults(good, stay("310101", "2026-11-22", "2026-11-23")));
        assertEquals(List.of(new Fault.LeftBeforeArrived(0, day("2026-11-12"))), faults(stay("310101", "2026-11-12", "2026-11-11")));
        assertEquals(List.of(new Fault.BeforeBirth(0, day("1990-05-01"))), faults(stay("310101", "1990-04-30", "2026-11-21")));
        assertEquals(List.of(new Fault.TooLongAgo(0, day("2026-11-08"))), faults(stay("310101", "2026-11-01", "2026-11-07")));
        assertEquals(List.of(new Fault.Overlap(0)), faults(stay("310101", "2026-11-12", "2026-11-16"), stay("320102", "2026-11-10", "2026-11-13")));
        assertEquals(List.of(new Fault.Overlap(2)), faults(stay("310101", "2026-11-09", "2026-11-20"), stay("320102", "2026-11-08", "2026-11-09"),
                stay("320102", "2026-11-12", "2026-11-13")), "within a longer one");
    }

    @Test
    void placeThatHoldsAListedRegion_mustBeNamedMoreClosely_onItsDaysOnly() {
        assertEquals(List.of(new Fault.TooWide(0)), faults(stay("110000", "2026-11-12", "2026-11-13")));
        assertEquals(List.of(), faults(stay("110000", "2026-11-16", "2026-11-17")));
        assertEquals(List.of(), faults(stay("110101", "2026-11-12", "2026-11-13")));
    }

    @Test
    void whoSaysTheyWereOutsideTheListedParts_isBelieved_butNotInAListedRegionItself() {
        assertEquals(List.of(), faults(outsideListed(stay("110000", "2026-11-12", "2026-11-13"))));
        assertEquals(Optional.of(new Need(ObservationCause.OTHER_PROVINCE, 7)), need(false, null, outsideListed(stay("110000", "2026-11-12", "2026-11-13"))));
        assertEquals(Optional.of(new Need(ObservationCause.RISK_REGION, 14)), need(false, null, outsideListed(stay("110105", "2026-11-12", "2026-11-13"))));
    }

    @Test
    void riskRegionWithinItsDates_asksForFourteenDays_otherProvinceForSeven_homeForNone() {
        assertEquals(Optional.of(new Need(ObservationCause.RISK_REGION, 14)), need(false, null, stay("110105", "2026-11-08", "2026-11-10")));
        assertEquals(Optional.of(new Need(ObservationCause.OTHER_PROVINCE, 7)), need(false, null, stay("110105", "2026-11-16", "2026-11-18")));
        assertEquals(Optional.of(new Need(ObservationCause.OTHER_PROVINCE, 7)), need(false, null, stay("320102", "2026-11-08", "2026-11-10")));
        assertEquals(Optional.empty(), need(false, null, stay("370602", "2026-11-08", "2026-11-10")));
        assertEquals(Optional.empty(), need(false, null));
        assertEquals(Optional.of(new Need(ObservationCause.CASE_CONTACT, 14)), need(true, null));
    }

    @Test
    void longestNeed_counts() {
        var both = new TravelStay[] {stay("320102", "2026-11-16", "2026-11-18"), stay("110105", "2026-11-12", "2026-11-13")};
        assertEquals(Optional.of(new Need(ObservationCause.RISK_REGION, 14)), need(false, null, both));
        assertEquals(Optional.of(new Need(ObservationCause.RISK_REGION, 14)), need(true, null, both), "what is certain goes first");
        var lenient = new Rules(14, 14, 0, "37", 7);
        assertEquals(Optional.empty(), TravelPolicy.need(List.of(both[0]), false, false, List.of(), lenient, null));
    }

    @Test
    void stayThatWasServed_asksForNothingMore() {
        var stay = stay("320102", "2026-11-10", "2026-11-12");
        assertEquals(Optional.empty(), need(false, new Served(day("2026-11-12"), 7), stay));
        assertEquals(Optional.of(new Need(ObservationCause.OTHER_PROVINCE, 7)), need(false, new Served(day("2026-11-11"), 7), stay), "gone out again");
        assertEquals(Optional.of(new Need(ObservationCause.RISK_REGION, 14)),
                need(false, new Served(day("2026-11-14"), 7), stay("110105", "2026-11-12", "2026-11-13")), "listed only later: seven days were too few");
    }

    @Test
    void positiveTest_asksForFourteenDays_whereverSomebodyWas() {
        assertEquals(Optional.of(new Need(ObservationCause.POSITIVE_TEST, 14)), TravelPolicy.need(List.of(), false, true, List.of(), RULES, null));
        assertEquals(Optional.of(new Need(ObservationCause.POSITIVE_TEST, 14)),
                TravelPolicy.need(List.of(stay("320102", "2026-11-10", "2026-11-12")), false, true, List.of(), RULES, new Served(TODAY, 14)),
                "also during an observation");
    }

    @Test
    void negativeTest_isAskedOfWhoReturnsFromAnotherProvinceOrAListedRegion() {
        var listedAtHome = new RiskRegion("370202", "市南区", RiskLevel.HIGH, day("2026-11-10"), null);
        var sevenDaysAgo = Optional.of(day("2026-11-15"));
        assertEquals(sevenDaysAgo, TravelPolicy.proofFrom(List.of(stay("320102", "2026-11-10", "2026-11-12")), List.of(), RULES, TODAY));
        assertEquals(sevenDaysAgo, TravelPolicy.proofFrom(List.of(stay("370202", "2026-11-10", "2026-11-12")), List.of(listedAtHome), RULES, TODAY));
        assertEquals(Optional.empty(), TravelPolicy.proofFrom(List.of(stay("370203", "2026-11-10", "2026-11-12")), List.of(listedAtHome), RULES, TODAY));
        assertEquals(Optional.empty(), TravelPolicy.proofFrom(List.of(), List.of(listedAtHome), RULES, TODAY));
        assertEquals(Optional.of(day("2026-11-20")), TravelPolicy.proofFrom(List.of(stay("320102", "2026-11-10", "2026-11-12")), List.of(),
                new Rules(14, 14, 7, "37", 2), TODAY), "by the policy of the compound");
    }

    @Test
    void proof_isANegativeTestOfThatDayOrLater() {
        var from = day("2026-11-15");
        var negative = new ObservationEntry.Test(from, TestResult.NEGATIVE);
        var tooOld = new ObservationEntry.Test(from.minusDays(1), TestResult.NEGATIVE);
        var positive = new ObservationEntry.Test(from.plusDays(1), TestResult.POSITIVE);
        assertEquals(TravelProof.SHOWN, TravelPolicy.proof(from, List.of(positive, negative)));
        assertEquals(TravelProof.MISSING, TravelPolicy.proof(from, List.of(tooOld, positive)));
        assertEquals(TravelProof.MISSING, TravelPolicy.proof(from, List.of()));
        assertEquals(TravelProof.NOT_ASKED, TravelPolicy.proof(null, List.of()));
    }
}
