package gatehouse.gate;

import gatehouse.http.Request;
import gatehouse.kernel.FieldFault;
import gatehouse.kernel.Problem;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/**
 * What a device says of when something happened, by its own clock.
 *
 * @param at     null where it happens now
 * @param sentAt its clock when it sent this; null where it does not say
 */
record ToldTime(@Nullable OffsetDateTime at, @Nullable OffsetDateTime sentAt) {
    private static final String SENT_AT = "Gatehouse-Sent-At";
    static final ToldTime NOTHING = new ToldTime(null, null);

    static ToldTime of(Request request, @Nullable OffsetDateTime at) {
        return new ToldTime(at, request.header(SENT_AT).map(ToldTime::parsed).orElse(null));
    }

    /** RFC 3339 knows leap seconds, clocks do not. */
    private static OffsetDateTime parsed(String written) {
        try {
            return OffsetDateTime.parse(written);
        } catch (DateTimeParseException strange) {
            throw Problem.badField(SENT_AT, FieldFault.WRONG_FORMAT, FieldFault.Kind.DATE_TIME);
        }
    }
}
