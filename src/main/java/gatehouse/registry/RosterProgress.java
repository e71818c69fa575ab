package gatehouse.registry;

import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;

/** How far an import is. Its lines take effect all at once, when it is done. */
record RosterProgress(UUID compoundId, UUID id, State state, boolean dryRun, int linesTotal, int linesRead,
                      OffsetDateTime startedAt, Optional<OffsetDateTime> finishedAt, Optional<RosterReport> report) {

    enum State { RUNNING, DONE, FAILED }

    static RosterProgress beginning(UUID compoundId, UUID id, boolean dryRun, int linesTotal, OffsetDateTime now) {
        return new RosterProgress(compoundId, id, State.RUNNING, dryRun, linesTotal, 0, now, Optional.empty(), Optional.empty());
    }
}
