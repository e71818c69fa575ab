package gatehouse.registry;

import java.util.regex.Pattern;

/** A mobile number of mainland China, eleven digits. Shown masked; {@link #reveal()} is for storing and sending. */
public final class PhoneNumber {

    private static final Pattern SHAPE = Pattern.compile("1[3-9][0-9]{9}");
    private static final Pattern COUNTRY = Pattern.compile("^(\\+86|0086|86(?=1[3-9][0-9]{9}$))");

    private final String number;

    private PhoneNumber(String number) {
        this.number = number;
    }

    /** Tolerates spaces, hyphens, full-width digits and a leading +86. */
    public static Parsed<PhoneNumber> parse(String written) {
        String number = COUNTRY.matcher(CellText.tight(written).replaceAll("[-‐–—()]", "")).replaceFirst("");
        return SHAPE.matcher(number).matches() ? Parsed.good(new PhoneNumber(number)) : Parsed.bad(RosterFault.PHONE);
    }

    /** {@code 139****0001}. */
    public String masked() {
        return number.substring(0, 3) + "****" + tail();
    }

    /** The last four digits, as couriers write them. */
    public String tail() {
        return number.substring(7);
    }

    /** The whole number. */
    public String reveal() {
        return number;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PhoneNumber that && number.equals(that.number);
    }

    @Override
    public int hashCode() {
        return number.hashCode();
    }

    @Override
    public String toString() {
        return masked();
    }
}
