package gatehouse.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class IdsTest {
    @Test
    void next_isARandomEnoughVersion7Id() {
        var id = Ids.next();
        assertEquals(7, id.version());
        assertEquals(2, id.variant());
    }

    @Test
    void next_carriesItsMillisecondFirst_soThatIdsSortByTime() {
        long before = System.currentTimeMillis();
        long made = Ids.next().getMostSignificantBits() >>> 16;
        assertTrue(made >= before && made <= System.currentTimeMillis(), () -> made + " is not the present millisecond");
    }

    @Test
    void next_manyTimesInOneMillisecond_neverRepeatsAndVariesInEveryRandomBit() {
        var seen = new HashSet<UUID>();
        long highOnes = 0;
        long lowOnes = 0;
        long highZeros = 0;
        long lowZeros = 0;
        for (int i = 0; i < 20_000; i++) {
            var id = Ids.next();
            assertTrue(seen.add(id));
            highOnes |= id.getMostSignificantBits() & 0x0FFFL;
            highZeros |= ~id.getMostSignificantBits() & 0x0FFFL;
            lowOnes |= id.getLeastSignificantBits() & 0x3FFFFFFFFFFFFFFFL;
            lowZeros |= ~id.getLeastSignificantBits() & 0x3FFFFFFFFFFFFFFFL;
        }
        assertEquals(0x0FFFL, highOnes & highZeros);
        assertEquals(0x3FFFFFFFFFFFFFFFL, lowOnes & lowZeros);
    }
}
