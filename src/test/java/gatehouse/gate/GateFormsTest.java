package gatehouse.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.forms.Column;
import java.util.Arrays;
import java.util.HashSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class GateFormsTest {
    @Test
    void everyCode_hasItsWord() {
        assertEquals(Arrays.stream(Direction.values()).map(Enum::name).collect(Collectors.toSet()), GateForms.DIRECTION.keySet());
        assertTrue(GateForms.WHO.keySet().containsAll(Arrays.stream(EmergencyService.values()).map(Enum::name).toList()));
    }

    @Test
    void headings_standOnce() {
        var headings = GateForms.ALL.getFirst().columns().stream().map(Column::heading).toList();
        assertEquals(new HashSet<>(headings).size(), headings.size());
    }
}
