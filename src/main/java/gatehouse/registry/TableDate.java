package gatehouse.registry;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A day as people write it in tables. */
public record TableDate(LocalDate day) {
    private static final Pattern WRITTEN = Pattern.compile("([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?([T ][0-9:.]+)?");
    private static final Pattern PACKED = Pattern.compile("([0-9]{4})([0-9]{2})([0-9]{2})");

    /** {@code 2010-05-01}, {@code 2010/5/1}, {@code 2010.5.1}, {@code 2010年5月1日}, {@code 20100501}; empty where it is none of these. */
    public static Optional<TableDate> parse(String written) {
        Matcher packed = PACKED.matcher(written);
        Matcher date = packed.matches() ? packed : WRITTEN.matcher(written.replaceAll(" ?([-/.年月日]) ?", "$1"));
        if (!date.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new TableDate(LocalDate.of(
                    Integer.parseInt(date.group(1)), Integer.parseInt(date.group(2)), Integer.parseInt(date.group(3)))));
        } catch (DateTimeException noSuchDay) {
            return Optional.empty();
        }
    }
}
