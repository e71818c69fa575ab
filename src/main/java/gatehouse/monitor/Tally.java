package gatehouse.monitor;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** Collects figures by name; those of a building count for its grid and its compound as well. */
public final class Tally {
    private final Map<UUID, Map<String, Figure>> byBuilding = new HashMap<>();
    private final Map<UUID, Map<String, Figure>> byCompound = new HashMap<>();

    Tally() {
    }

    public void building(UUID building, String name, Figure figure) {
        add(byBuilding, building, name, figure);
    }

    /** What belongs to no building, or is told of no smaller place than the compound. */
    public void compound(UUID compound, String name, Figure figure) {
        add(byCompound, compound, name, figure);
    }

    private static void add(Map<UUID, Map<String, Figure>> places, UUID place, String name, Figure figure) {
        places.computeIfAbsent(place, nothing -> new TreeMap<>()).merge(name, figure, Figure::plus);
    }

    Map<String, Figure> ofBuildings(Iterable<UUID> buildings) {
        var sum = new TreeMap<String, Figure>();
        buildings.forEach(building -> addAll(sum, byBuilding.getOrDefault(building, Map.of())));
        return sum;
    }

    Map<String, Figure> ofCompound(UUID compound, Iterable<UUID> buildings) {
        var sum = ofBuildings(buildings);
        addAll(sum, byCompound.getOrDefault(compound, Map.of()));
        return sum;
    }

    private static void addAll(Map<String, Figure> sum, Map<String, Figure> more) {
        more.forEach((name, figure) -> sum.merge(name, figure, Figure::plus));
    }
}
