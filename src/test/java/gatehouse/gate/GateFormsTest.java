package gatehouse.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.forms.Column;
import java.util.Arrays;
import java.util.HashSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class GateFormsTest {
    @Test
    void everyCode_hasItsWord() {
        assertEquals(Arrays.stream(Direction.values()).map(Enum::name).collect(Collectors.toSet()), GateForms.DIRECTION.keySet());
        assertTrue(GateForms.WHO.keySet().containsAll(Arrays.stream(EmergencyService.values()).map(Enum::name).toList()));
        assertTrue(GateForms.KIND.keySet().containsAll(GateForms.WHO.keySet().stream().filter(who -> !who.equals("RESIDENT")).toList()));
        var reasons = Stream.concat(Arrays.stream(GateReason.values()).filter(reason -> reason != GateReason.OK).map(GateReason::slug),
                Arrays.stream(VisitReason.values()).filter(reason -> reason != VisitReason.OK).map(VisitReason::slug));
        assertEquals(reasons.collect(Collectors.toSet()), GateForms.CONFLICT.keySet());
    }

    @Test
    void headings_standOnce() {
        for (var form : GateForms.ALL) {
            var headings = form.columns().stream().map(Column::heading).toList();
            assertEquals(new HashSet<>(headings).size(), headings.size(), form.name());
        }
    }
}
