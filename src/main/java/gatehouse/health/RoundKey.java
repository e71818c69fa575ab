package gatehouse.health;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.UUID;

/** Which report: resident, business date and round. Its text is the report's id in the API. */
record RoundKey(UUID residentId, LocalDate date, Round round) implements Comparable<RoundKey> {
    private static final int DATE_LENGTH = 8;

    /** {@code 20261122-1-} and the resident's id. */
    String id() {
        return DateTimeFormatter.BASIC_ISO_DATE.format(date) + '-' + round.number() + '-' + residentId;
    }

    static Optional<RoundKey> parse(String id) {
        try {
            if (id.length() != DATE_LENGTH + 3 + 36 || id.charAt(DATE_LENGTH) != '-' || id.charAt(DATE_LENGTH + 2) != '-') {
                return Optional.empty();
            }
            return Optional.of(new RoundKey(UUID.fromString(id.substring(DATE_LENGTH + 3)),
                    LocalDate.parse(id.substring(0, DATE_LENGTH), DateTimeFormatter.BASIC_ISO_DATE),
                    Round.numbered(id.charAt(DATE_LENGTH + 1) - '0')));
        } catch (DateTimeParseException | IllegalArgumentException foreign) {
            return Optional.empty();
        }
    }

    @Override
    public int compareTo(RoundKey other) {
        int byResident = residentId.compareTo(other.residentId);
        int byDate = byResident != 0 ? byResident : date.compareTo(other.date);
        return byDate != 0 ? byDate : round.compareTo(other.round);
    }
}
