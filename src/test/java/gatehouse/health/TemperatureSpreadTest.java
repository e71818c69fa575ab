package gatehouse.health;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TemperatureSpreadTest {
    @Test
    void figures_areThoseOfTheSortedList() {
        var random = new Random(3);
        for (int round = 0; round < 200; round++) {
            var tenths = new ArrayList<Integer>();
            for (int i = random.nextInt(1, 12); i > 0; i--) {
                tenths.add(random.nextInt(360, 380));
            }
            var spread = TemperatureSpread.of(tenths.stream().map(each -> Map.entry(each, 1)).toList());
            Collections.sort(tenths);
            assertEquals(tenths.get((tenths.size() - 1) / 2), spread.medianTenths().getAsInt(), tenths::toString);
            assertEquals(tenths.getLast(), spread.highestTenths().getAsInt());
            assertEquals(tenths.size(), spread.residents());
            assertEquals(tenths.stream().filter(each -> each > 373).count(), spread.above(373));
        }
    }

    @Test
    void ofNobody_isNoTemperature() {
        var spread = TemperatureSpread.of(List.of());
        assertEquals(OptionalInt.empty(), spread.medianTenths());
        assertEquals(OptionalInt.empty(), spread.highestTenths());
        assertEquals(0, spread.above(373));
    }
}
