package gatehouse.health;

import gatehouse.kernel.Statements;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What health says about somebody from there visiting that household; nothing of who or why.
 *
 * @param atHome        somebody of the household stays at home under observation
 * @param regionListed  the visitor's region is on the risk list that day
 * @param regionTooWide only a part of the named region is listed, so that a closer one must be named
 */
public record VisitStanding(boolean atHome, boolean regionListed, boolean regionTooWide) {

    /** @param regionCode by GB/T 2260; null where it is not known */
    public static VisitStanding of(Statements where, UUID compoundId, UUID householdId, @Nullable String regionCode, LocalDate day) {
        var region = ofRegion(where, compoundId, regionCode, day);
        return new VisitStanding(ObservationStore.isAnybodyAtHome(where, compoundId, householdId), region.regionListed, region.regionTooWide);
    }

    /** The same of somebody who visits no household. */
    public static VisitStanding ofRegion(Statements where, UUID compoundId, @Nullable String regionCode, LocalDate day) {
        if (regionCode == null) {
            return new VisitStanding(false, false, false);
        }
        var listed = RiskRegionStore.listed(where, compoundId).stream().filter(region -> RegionPolicy.wasListed(region, day, day)).toList();
        return new VisitStanding(false, listed.stream().anyMatch(region -> RegionPolicy.holds(region.code(), regionCode)),
                listed.stream().anyMatch(region -> RegionPolicy.holds(regionCode, region.code())));
    }

    /** Whether it is the code of a region at all. */
    public static boolean isRegionCode(String code) {
        return RegionPolicy.isRegionCode(code);
    }
}
