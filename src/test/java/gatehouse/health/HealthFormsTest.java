package gatehouse.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.forms.Column;
import gatehouse.forms.Form;
import gatehouse.kernel.Role;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class HealthFormsTest {
    private static void speaks(Class<? extends Enum<?>> codes, Map<String, String> words) {
        assertEquals(Arrays.stream(codes.getEnumConstants()).map(Enum::name).collect(Collectors.toCollection(TreeSet::new)), new TreeSet<>(words.keySet()));
    }

    @Test
    void everyCode_hasItsWord() {
        speaks(Symptom.class, HealthForms.SYMPTOM);
        speaks(AlertState.class, HealthForms.ALERT_STATE);
        speaks(ObservationCause.class, HealthForms.CAUSE);
        speaks(ObservationState.class, HealthForms.OBSERVATION_STATE);
        speaks(TestResult.class, HealthForms.RESULT);
    }

    @Test
    void headings_areTheirColumnsNames_eachOnce() {
        for (var form : HealthForms.ALL) {
            var headings = form.columns().stream().map(Column::heading).toList();
            assertEquals(new HashSet<>(headings).size(), headings.size(), form.name());
            assertEquals(List.of("社区", "小区"), headings.subList(0, 2), form.name());
        }
    }

    @Test
    void names_goToNobodyBeyondWhoSeesThePeopleAnyway() {
        for (var form : HealthForms.ALL) {
            boolean names = form.columns().stream().anyMatch(column -> Set.of("name", "household", "phone").contains(column.field()));
            assertEquals(names ? Form.Content.NAMES : Form.Content.NUMBERS, form.content(), form.name());
            assertTrue(!names || Set.of(Role.OFFICE, Role.GRID_WORKER, Role.HEALTH_CENTRE).containsAll(form.readers()), form.name());
        }
    }
}
