package gatehouse.forms;

import gatehouse.registry.PolicyValues;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.UUID;

/**
 * What is wanted of one compound.
 *
 * @param whole     the whole compound; else only these buildings
 * @param asOf      the state that is told: now, or the end of that date
 */
public record Asked(UUID compoundId, boolean whole, UUID[] buildings, LocalDate date, OffsetDateTime asOf, PolicyValues policy) {
}
