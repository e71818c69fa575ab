package gatehouse.health;

import gatehouse.http.Identifiers;
import gatehouse.kernel.FieldFault;
import gatehouse.kernel.Problem;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A row's place in a list that goes by time and, within the same moment, by id. */
record TimePlace(OffsetDateTime at, UUID id) {

    /** The place that {@link #text} wrote; null for the beginning. Fails with the cursor named where it is none of ours. */
    static @Nullable TimePlace of(@Nullable String cursor) {
        if (cursor == null) {
            return null;
        }
        var parts = cursor.split("\\|", 2);
        var id = parts.length == 2 ? Identifiers.parse(parts[1]) : Optional.<UUID>empty();
        try {
            return new TimePlace(OffsetDateTime.parse(parts[0]), id.orElseThrow(TimePlace::foreignCursor));
        } catch (DateTimeParseException foreign) {
            throw foreignCursor();
        }
    }

    String text() {
        return at.toInstant() + "|" + id;
    }

    private static Problem foreignCursor() {
        return Problem.badField("?cursor", FieldFault.WRONG_FORMAT, "cursor");
    }
}
