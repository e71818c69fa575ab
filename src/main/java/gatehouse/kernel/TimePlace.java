package gatehouse.kernel;

import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A row's place in a list that goes by time and, within the same moment, by id; a cursor holds it as text. */
public record TimePlace(OffsetDateTime at, UUID id) {
    /** The years of the contract's times; what lies far beyond them PostgreSQL cannot hold. */
    private static final int FIRST_YEAR = 1902;
    private static final int LAST_YEAR = 2199;

    /** The place that {@link #text} wrote; null for the beginning. Fails with the cursor named where it is none of ours. */
    public static @Nullable TimePlace of(@Nullable String cursor) {
        if (cursor == null) {
            return null;
        }
        var parts = cursor.split("\\|", -1);
        if (parts.length != 2) {
            throw foreignCursor();
        }
        return new TimePlace(time(parts[0]), id(parts[1]));
    }

    public String text() {
        return at.toInstant() + "|" + id;
    }

    /** A time as a cursor holds it. */
    public static OffsetDateTime time(String text) {
        try {
            var time = OffsetDateTime.parse(text);
            if (time.getYear() < FIRST_YEAR || time.getYear() > LAST_YEAR) {
                throw foreignCursor();
            }
            return time;
        } catch (DateTimeParseException foreign) {
            throw foreignCursor();
        }
    }

    /** An id as a cursor holds it: the whole canonical text. */
    public static UUID id(String text) {
        try {
            var id = UUID.fromString(text);
            if (!id.toString().equals(text)) {
                throw foreignCursor();
            }
            return id;
        } catch (IllegalArgumentException foreign) {
            throw foreignCursor();
        }
    }

    /** What is said of a cursor that this program never gave out. */
    public static Problem foreignCursor() {
        return Problem.badField("?cursor", FieldFault.WRONG_FORMAT, "cursor");
    }
}
