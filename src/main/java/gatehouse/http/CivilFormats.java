package gatehouse.http;

import com.networknt.schema.ExecutionContext;
import com.networknt.schema.Format;
import com.networknt.schema.format.DateFormat;
import com.networknt.schema.format.DateTimeFormat;
import java.util.List;

/**
 * Dates and times of the years 1902 to 2199 only. Nobody means another; and before 1901 in Shanghai the zone's offset had seconds, which RFC 3339 cannot write.
 */
final class CivilFormats {
    private static final int FIRST_YEAR = 1902;
    private static final int LAST_YEAR = 2199;

    private CivilFormats() {
    }

    static List<Format> all() {
        return List.of(new CivilDate(), new CivilDateTime());
    }

    private static final class CivilDate extends DateFormat {
        @Override
        public boolean matches(ExecutionContext context, String value) {
            return super.matches(context, value) && isCivil(value);
        }
    }

    private static final class CivilDateTime extends DateTimeFormat {
        @Override
        public boolean matches(ExecutionContext context, String value) {
            return super.matches(context, value) && isCivil(value);
        }
    }

    /** Of a valid date or time. */
    private static boolean isCivil(String valid) {
        int year = Integer.parseInt(valid.substring(0, 4));
        return year >= FIRST_YEAR && year <= LAST_YEAR;
    }
}
