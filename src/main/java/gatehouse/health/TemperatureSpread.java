package gatehouse.health;

import java.util.Map;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;

/** How many residents had which temperature, in tenths of °C; each counted once, by the highest of the day. */
record TemperatureSpread(SortedMap<Integer, Integer> residentsByTenths) {

    /** Of several spreads together. */
    static TemperatureSpread of(Iterable<Map.Entry<Integer, Integer>> counts) {
        var sum = new TreeMap<Integer, Integer>();
        counts.forEach(count -> sum.merge(count.getKey(), count.getValue(), Integer::sum));
        return new TemperatureSpread(sum);
    }

    int residents() {
        return residentsByTenths.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** The temperature that at most half of them are below and at most half above; of two in the middle the lower. */
    OptionalInt medianTenths() {
        int half = (residents() + 1) / 2;
        int counted = 0;
        for (var each : residentsByTenths.entrySet()) {
            counted += each.getValue();
            if (counted >= half) {
                return OptionalInt.of(each.getKey());
            }
        }
        return OptionalInt.empty();
    }

    OptionalInt highestTenths() {
        return residentsByTenths.isEmpty() ? OptionalInt.empty() : OptionalInt.of(residentsByTenths.lastKey());
    }

    int above(int tenths) {
        return residentsByTenths.tailMap(tenths + 1).values().stream().mapToInt(Integer::intValue).sum();
    }
}
