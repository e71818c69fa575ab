package gatehouse.health;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/** How an imported risk list joins the present one: a pure function. */
final class RiskListPolicy {
    private RiskListPolicy() {
    }

    /** One listing of a region: what is said again about it replaces what was said. */
    private record Listing(String code, LocalDate from) {
        static Listing of(RiskRegion region) {
            return new Listing(region.code(), region.from());
        }
    }

    /**
     * @param list     as it is afterwards
     * @param repeated places in the import of what an earlier one had said of the same listing; these are left out
     */
    record Merged(List<RiskRegion> list, int created, int updated, int unchanged, List<Integer> repeated) {
    }

    /** Adds what is new, replaces what is said anew of the same region and first day, and takes nothing off. */
    static Merged merge(List<RiskRegion> present, List<RiskRegion> imported) {
        var list = new LinkedHashMap<Listing, List<RiskRegion>>();
        present.forEach(region -> list.computeIfAbsent(Listing.of(region), nothing -> new ArrayList<>()).add(region));
        var said = new LinkedHashMap<Listing, RiskRegion>();
        var repeated = new ArrayList<Integer>();
        int created = 0;
        int updated = 0;
        for (int i = 0; i < imported.size(); i++) {
            var region = imported.get(i);
            var listing = Listing.of(region);
            if (said.putIfAbsent(listing, region) != null) {
                repeated.add(i);
                continue;
            }
            var before = list.put(listing, List.of(region));
            created += before == null ? 1 : 0;
            updated += before != null && !before.equals(List.of(region)) ? 1 : 0;
        }
        return new Merged(list.values().stream().flatMap(List::stream).toList(), created, updated, said.size() - created - updated, repeated);
    }
}
