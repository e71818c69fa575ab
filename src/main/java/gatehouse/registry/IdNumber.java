package gatehouse.registry;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A Chinese resident ID number (GB 11643): 6 digits region, 8 digits birth date, 3 digits sequence (odd: male), and a check
 * character by ISO 7064 MOD 11-2. Shown only masked; {@link #reveal()} is for encryption, hashing and logged disclosures.
 */
public final class IdNumber {

    public enum Sex { FEMALE, MALE }

    private static final Pattern SHAPE = Pattern.compile("[0-9]{17}[0-9X]");
    /** How Excel writes a number of 16 digits and more: the last digits are gone. */
    private static final Pattern ROUNDED = Pattern.compile("[0-9](\\.[0-9]+)?E\\+?1[4-7]");
    private static final int[] WEIGHTS = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    private static final String CHECK_CHARACTERS = "10X98765432";
    private static final int LENGTH = 18;
    private static final int EARLIEST_BIRTH_YEAR = 1900;

    private final String number;

    private IdNumber(String number) {
        this.number = number;
    }

    /** @param today a birth date after it is a fault */
    public static Parsed<IdNumber> parse(String written, LocalDate today) {
        String number = CellText.tight(written).replace("-", "").toUpperCase(Locale.ROOT);
        if (ROUNDED.matcher(number).matches()) {
            return Parsed.bad(RosterFault.ID_ROUNDED);
        }
        int length = number.codePointCount(0, number.length());
        if (length != LENGTH) {
            return Parsed.bad(RosterFault.ID_LENGTH, Integer.toString(length));
        }
        if (!SHAPE.matcher(number).matches()) {
            return Parsed.bad(RosterFault.ID_CHARACTERS);
        }
        if (!hasBirthDateUntil(number, today)) {
            return Parsed.bad(RosterFault.ID_BIRTH_DATE);
        }
        if (number.charAt(LENGTH - 1) != checkCharacter(number)) {
            return Parsed.bad(RosterFault.ID_CHECK_DIGIT);
        }
        return Parsed.good(new IdNumber(number));
    }

    private static boolean hasBirthDateUntil(String number, LocalDate today) {
        try {
            LocalDate bornOn = birthDate(number);
            return bornOn.getYear() >= EARLIEST_BIRTH_YEAR && !bornOn.isAfter(today);
        } catch (DateTimeException noSuchDay) {
            return false;
        }
    }

    private static LocalDate birthDate(String number) {
        return LocalDate.of(
                Integer.parseInt(number, 6, 10, 10), Integer.parseInt(number, 10, 12, 10), Integer.parseInt(number, 12, 14, 10));
    }

    /** The 18th character that belongs to the first 17 digits. */
    public static char checkCharacter(String digits) {
        int sum = 0;
        for (int i = 0; i < WEIGHTS.length; i++) {
            sum += (digits.charAt(i) - '0') * WEIGHTS[i];
        }
        return CHECK_CHARACTERS.charAt(sum % 11);
    }

    public LocalDate bornOn() {
        return birthDate(number);
    }

    public Sex sex() {
        return (number.charAt(16) - '0') % 2 == 0 ? Sex.FEMALE : Sex.MALE;
    }

    /** The first four and the last four: {@code 3702***********123X}. */
    public String masked() {
        return number.substring(0, 4) + "***********" + number.substring(LENGTH - 4);
    }

    /** The whole number. */
    public String reveal() {
        return number;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof IdNumber that && number.equals(that.number);
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
