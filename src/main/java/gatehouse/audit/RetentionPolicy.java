package gatehouse.audit;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which words go when, and what a certificate says of it: pure functions. */
final class RetentionPolicy {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    private RetentionPolicy() {
    }

    /**
     * What was blanked: so many details of entries from before one day and so many reasons of disclosures from before another. A
     * certificate that cannot be read certifies nothing.
     */
    record Certificate(long entries, LocalDate entriesBefore, long reasons, LocalDate reasonsBefore) {
        static final Certificate OF_NOTHING = new Certificate(0, LocalDate.EPOCH, 0, LocalDate.EPOCH);

        static Certificate of(Map<String, String> details) {
            try {
                return new Certificate(Long.parseLong(details.getOrDefault("entries", "")), LocalDate.parse(details.getOrDefault("entriesBefore", "")),
                        Long.parseLong(details.getOrDefault("reasons", "")), LocalDate.parse(details.getOrDefault("reasonsBefore", "")));
            } catch (NumberFormatException | DateTimeParseException unreadable) {
                return OF_NOTHING;
            }
        }

        Map<String, String> details() {
            return Map.of("entries", Long.toString(entries), "entriesBefore", entriesBefore.toString(),
                    "reasons", Long.toString(reasons), "reasonsBefore", reasonsBefore.toString());
        }
    }

    /** The first day whose words are still kept. */
    static LocalDate keptFrom(LocalDate today, int days) {
        return today.minusDays(days);
    }

    static OffsetDateTime midnight(LocalDate day) {
        return day.atStartOfDay(ZONE).toOffsetDateTime();
    }

    /** Whether what is blanked by a certificate is what it says. */
    static boolean fits(Certificate certificate, long entries, @Nullable OffsetDateTime lastEntryAt, long reasons,
                        @Nullable OffsetDateTime lastReasonAt) {
        return certificate.entries == entries && certificate.reasons == reasons
                && (lastEntryAt == null || lastEntryAt.isBefore(midnight(certificate.entriesBefore)))
                && (lastReasonAt == null || lastReasonAt.isBefore(midnight(certificate.reasonsBefore)));
    }
}
