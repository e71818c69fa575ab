package gatehouse.health;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was measured and felt: tenths of °C (365 is 36.5), symptoms in the order of their enum, a note. */
public record Measurement(int temperatureTenths, List<Symptom> symptoms, @Nullable String note) {
    public Measurement {
        symptoms = symptoms.stream().distinct().sorted().toList();
        note = note == null || note.isBlank() ? null : note.strip();
    }
}
