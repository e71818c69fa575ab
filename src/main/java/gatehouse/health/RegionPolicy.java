package gatehouse.health;

import java.time.LocalDate;
import java.util.Set;

/** Which regions are which, by GB/T 2260, and when a place was on the risk list: pure functions. */
final class RegionPolicy {
    private static final Set<String> PROVINCES = Set.of("11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34", "35", "36", "37",
            "41", "42", "43", "44", "45", "46", "50", "51", "52", "53", "54", "61", "62", "63", "64", "65", "71", "81", "82");

    private RegionPolicy() {
    }

    /** Six digits that begin with a province. */
    static boolean isRegionCode(String code) {
        return code.matches("[0-9]{6}") && PROVINCES.contains(province(code));
    }

    static String province(String code) {
        return code.substring(0, 2);
    }

    /** Whether {@code inner} is {@code outer} or lies in it. */
    static boolean holds(String outer, String inner) {
        return inner.startsWith(significant(outer));
    }

    private static String significant(String code) {
        return code.endsWith("0000") ? code.substring(0, 2) : code.endsWith("00") ? code.substring(0, 4) : code;
    }

    /** Whether the region was listed on one of these days. */
    static boolean wasListed(RiskRegion region, LocalDate first, LocalDate last) {
        var to = region.to();
        return !last.isBefore(region.from()) && (to == null || !first.isAfter(to));
    }
}
