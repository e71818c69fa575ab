package gatehouse.demonstration;

import gatehouse.demonstration.Neighbourhood.Resident;
import gatehouse.health.Measurement;
import gatehouse.health.ReportStatus;
import gatehouse.health.ReportedAs;
import gatehouse.health.Round;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What was reported in the days before the demonstration starts. */
record History(List<Report> reports, List<Replaced> replaced, List<Alert> alerts) {

    /** One version of a report. */
    record Report(Resident resident, LocalDate date, Round round, int version, Measurement measurement, ReportStatus status, UUID reportedBy,
                  ReportedAs reportedAs, OffsetDateTime receivedAt, Optional<UUID> alertId) {
    }

    record Replaced(Report report, OffsetDateTime replacedAt) {
    }

    record Alert(Resident resident, UUID id, OffsetDateTime openedAt, Optional<OffsetDateTime> closedAt) {
    }
}
