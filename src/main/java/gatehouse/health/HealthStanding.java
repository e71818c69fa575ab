package gatehouse.health;

import gatehouse.kernel.Statements;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How a resident stands today, as far as going out is concerned; the one thing that other features may ask of health. It names no
 * temperature, symptom or region.
 *
 * @param reported      the rounds of the day that are reported
 * @param alertOpen     an alert about them is not closed
 * @param observedUntil the day on which their home observation may end at the earliest; null where there is none
 * @param returned      they declared a journey within the days that a declaration looks back
 */
public record HealthStanding(Set<Round> reported, boolean alertOpen, @Nullable LocalDate observedUntil, boolean returned) {
    private static final HealthStanding NOTHING_KNOWN = new HealthStanding(Set.of(), false, null, false);

    /** A resident of a compound; {@code returnedSince}: from when a declared journey counts. */
    public record Person(UUID compoundId, UUID residentId, LocalDate returnedSince) {
    }

    public HealthStanding {
        reported = Set.copyOf(reported);
    }

    /** Of these residents on {@code date}, within the asker's transaction, by one statement. */
    public static Map<UUID, HealthStanding> of(Statements where, List<Person> people, LocalDate date) {
        return people.isEmpty() ? Map.of() : HealthStandingStore.standings(where, people, date);
    }

    /** Of somebody of whom health knows nothing: nobody has reported for them. */
    public static HealthStanding nothingKnown() {
        return NOTHING_KNOWN;
    }
}
