package gatehouse.jobs;

import gatehouse.kernel.Tx;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;

/** One run of a job, claimed by this instance. {@code attempt} counts from 1. */
public record JobRun(Optional<UUID> compoundId, DailySchedule.Due due, UUID owner, int attempt) {
    /** The hour that the run is for; it may have passed a while ago. */
    public OffsetDateTime dueAt() {
        return due.at();
    }

    /** The compound of a job that is done for each. */
    public UUID compound() {
        return compoundId.orElseThrow(() -> new IllegalStateException(due.job() + " is done once for all compounds"));
    }

    /**
     * Marks the run finished within the transaction of its effect, so that both happen or neither. For bodies whose effect must not
     * come twice; the others are marked when they return.
     *
     * @throws IllegalStateException where another instance took the run over meanwhile; the effect must then roll back
     */
    public void finish(Tx tx) {
        if (!JobStore.finish(tx, this)) {
            throw new IllegalStateException("the run of %s was taken over".formatted(due.job()));
        }
    }
}
