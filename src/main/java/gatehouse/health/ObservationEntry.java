package gatehouse.health;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What happened during an observation, who entered it and when. Only ever appended.
 *
 * @param version of the observation, as the event made it
 * @param test    what a test showed, else null
 * @param days    of the whole observation, where it started or was prolonged
 * @param of      the version of the test that is withdrawn, else null
 */
record ObservationEntry(UUID compoundId, UUID observationId, int version, ObservationEvent event, @Nullable String note, @Nullable Test test,
                        @Nullable Integer days, @Nullable Integer of, OffsetDateTime at, By by) {

    /** Who entered it; {@code homeCompoundId} is where that account lives. */
    record By(UUID homeCompoundId, UUID accountId) {
    }

    record Test(LocalDate takenOn, TestResult result) {
    }
}
