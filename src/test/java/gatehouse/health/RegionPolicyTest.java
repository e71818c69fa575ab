package gatehouse.health;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegionPolicyTest {
    @ParameterizedTest
    @CsvSource({"370202, true", "110000, true", "820000, true", "990000, false", "37020, false", "3702021, false", "37020a, false", "'', false"})
    void regionCode_isSixDigitsOfAProvince(String code, boolean itIs) {
        assertEquals(itIs, RegionPolicy.isRegionCode(code));
    }

    @ParameterizedTest
    @CsvSource({"370202, 370202, true", "370200, 370202, true", "370000, 370202, true", "370202, 370200, false", "370202, 370203, false",
        "370200, 370302, false", "370000, 110101, false"})
    void region_holdsItselfAndWhatLiesInIt(String outer, String inner, boolean holds) {
        assertEquals(holds, RegionPolicy.holds(outer, inner));
    }

    @ParameterizedTest
    @CsvSource({"2026-11-01, 2026-11-09, false", "2026-11-01, 2026-11-10, true", "2026-11-12, 2026-11-13, true", "2026-11-15, 2026-11-20, true",
        "2026-11-16, 2026-11-20, false", "2026-11-01, 2026-11-30, true"})
    void placeOnTheList_countsWithinItsListedDates(LocalDate first, LocalDate last, boolean listed) {
        var region = new RiskRegion("370202", "市南区", RiskLevel.HIGH, LocalDate.parse("2026-11-10"), LocalDate.parse("2026-11-15"));
        assertEquals(listed, RegionPolicy.wasListed(region, first, last));
    }

    @ParameterizedTest
    @CsvSource({"2026-11-09, false", "2026-11-10, true", "2027-01-01, true"})
    void placeWithoutALastDay_countsUntilFurtherNotice(LocalDate day, boolean listed) {
        var region = new RiskRegion("370202", "市南区", RiskLevel.HIGH, LocalDate.parse("2026-11-10"), null);
        assertEquals(listed, RegionPolicy.wasListed(region, day, day));
    }

    /** 333 prefectures, and the districts and counties that lie directly below a province. */
    @Test
    void placesToChooseFrom_areRegions_eachOnce() throws IOException {
        var script = Files.readString(Path.of("src/main/resources/portal/shared/regions.js"));
        var codes = new ArrayList<String>();
        for (var province : Pattern.compile("(?m)^  ([0-9]{2}): ((?:'[^']*'\\s*\\+?\\s*)+)").matcher(script).results().toList()) {
            Pattern.compile("([0-9]+)([^0-9'+\\s]+)").matcher(province.group(2)).results()
                    .forEach(place -> codes.add((province.group(1) + place.group(1) + "00").substring(0, 6)));
        }
        assertEquals(333, codes.stream().filter(code -> code.endsWith("00")).count());
        assertEquals(117, codes.stream().filter(code -> !code.endsWith("00")).count());
        assertEquals(codes.size(), Set.copyOf(codes).size());
        assertEquals(List.of(), codes.stream().filter(code -> !RegionPolicy.isRegionCode(code) || code.endsWith("0000")).toList());
    }

    /** By the columns of the code, reckoned apart from how the policy does it: province, prefecture, county. */
    @Test
    void everyRegion_holdsExactlyWhatSharesItsLevels() {
        var codes = new ArrayList<String>();
        for (var province : List.of("11", "37", "38", "65")) {
            for (int prefecture : new int[] {0, 1, 2, 10, 20, 99}) {
                for (int county : new int[] {0, 1, 2, 10, 20, 82}) {
                    codes.add("%s%02d%02d".formatted(province, prefecture, county));
                }
            }
        }
        for (var outer : codes) {
            for (var inner : codes) {
                boolean sameProvince = outer.charAt(0) == inner.charAt(0) && outer.charAt(1) == inner.charAt(1);
                boolean samePrefecture = Integer.parseInt(outer) / 100 == Integer.parseInt(inner) / 100;
                int level = Integer.parseInt(outer) % 10_000 == 0 ? 2 : Integer.parseInt(outer) % 100 == 0 ? 4 : 6;
                boolean expected = level == 2 ? sameProvince : level == 4 ? samePrefecture : outer.equals(inner);
                assertEquals(expected, RegionPolicy.holds(outer, inner), outer + " holds " + inner);
            }
        }
    }
}
