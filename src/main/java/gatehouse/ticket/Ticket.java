package gatehouse.ticket;

import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A ticket as it is stored. */
record Ticket(UUID compoundId, UUID id, String number, TicketCategory category, ServiceLevel level, Urgency urgency, Place place, String description,
              @Nullable OffsetDateTime contactAt, Reporter reporter, boolean officeOnly, TicketState state, @Nullable Assignee assignee, Clocks clocks,
              Course course, Consent consent, Opinion opinion, @Nullable UUID mergedInto, int followers) {

    /**
     * @param building   its number
     * @param controlled the building, or at home the unit, is at a stricter level than normal
     */
    record Place(PlaceArea area, String text, @Nullable UUID buildingId, @Nullable String building, boolean controlled) {
    }

    /**
     * Who reported it, for those who may know.
     *
     * @param householdId also of an anonymous complaint
     */
    record Reporter(UUID compoundId, UUID accountId, @Nullable UUID householdId, @Nullable UUID residentId, boolean anonymous, @Nullable String household,
                    @Nullable String name, @Nullable String phoneMasked) {
    }

    record Assignee(UUID compoundId, UUID accountId, String name) {
    }

    /** @param resumeAt when the clock ends the pause by itself */
    record Clocks(OffsetDateTime startedAt, @Nullable OffsetDateTime agreedUntil, @Nullable OffsetDateTime onSiteDueAt, OffsetDateTime doneDueAt,
                  @Nullable OffsetDateTime pausedAt, @Nullable OffsetDateTime resumeAt, int policyVersion, int calendarVersion) {
    }

    record Course(OffsetDateTime submittedAt, @Nullable OffsetDateTime onSiteAt, @Nullable OffsetDateTime doneAt, @Nullable OffsetDateTime confirmedAt,
                  @Nullable OffsetDateTime closedAt, @Nullable OffsetDateTime breachedAt, @Nullable Breach breach, int escalatedTo,
                  @Nullable OffsetDateTime escalatesAt) {
    }

    record Opinion(@Nullable Integer rating, @Nullable String words, @Nullable OffsetDateTime followedUpAt, @Nullable Integer followUpRating) {
    }
}
