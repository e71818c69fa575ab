package gatehouse.registry;

import static gatehouse.registry.RosterSamples.TODAY;
import static gatehouse.registry.RosterSamples.id;
import static gatehouse.registry.RosterSamples.idNumber;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdNumberTest {

    /** The example printed in GB 11643. */
    private static final String OF_THE_STANDARD = "11010519491231002X";

    @ParameterizedTest
    @ValueSource(strings = {"11010519491231002X", "11010519491231002x", " 110105 19491231 002X ", "１１０１０５１９４９１２３１００２Ｘ",
            "110105-19491231-002X", "\u202D11010519491231002X\u202C"})
    void parse_ofTheStandardsExample_howeverWritten_isTheSameNumber(String written) {
        IdNumber number = id(written);
        assertEquals(OF_THE_STANDARD, number.reveal());
        assertEquals(LocalDate.of(1949, 12, 31), number.bornOn());
        assertEquals(IdNumber.Sex.FEMALE, number.sex());
    }

    @Test
    void toString_showsFourAndFour() {
        assertEquals("1101***********002X", id(OF_THE_STANDARD).masked());
        assertEquals("1101***********002X", id(OF_THE_STANDARD).toString());
        assertEquals("1101***********002X".length(), "3702***********123X".length());
    }

    @ParameterizedTest
    @CsvSource({
        "110105194912310021,ID_CHECK_DIGIT",
        "11010519491231002,ID_LENGTH",
        "110105491231002,ID_LENGTH",
        "11010519491231002XX,ID_LENGTH",
        "X1010519491231002X,ID_CHARACTERS",
        "1101051949123100二X,ID_CHARACTERS",
        "110105194913310020,ID_BIRTH_DATE",
        "110105194902300020,ID_BIRTH_DATE",
        "110105190002290020,ID_BIRTH_DATE",
        "110105189912310020,ID_BIRTH_DATE",
        "1.10105194912E+17,ID_ROUNDED",
        "'',ID_LENGTH"})
    void parse_ofAWrongNumber_namesTheFault(String written, RosterFault fault) {
        assertEquals(fault, faultOf(written));
    }

    @Test
    void parse_ofABirthToday_isTaken_andTomorrowIsNot() {
        assertEquals(TODAY, id(idNumber("370202", TODAY, 1)).bornOn());
        assertEquals(RosterFault.ID_BIRTH_DATE, faultOf(idNumber("370202", TODAY.plusDays(1), 1)));
    }

    @Test
    void parse_ofALeapDay_isTaken_andOfNoLeapDayIsNot() {
        assertEquals(LocalDate.of(2000, 2, 29), id(idNumber("370202", LocalDate.of(2000, 2, 29), 12)).bornOn());
        assertEquals(RosterFault.ID_BIRTH_DATE, faultOf("370202200102290010"));
    }

    @Test
    void parse_withOneDigitChanged_orTwoNeighboursSwapped_isAlwaysAFault() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        int changed = 0;
        for (int i = 0; i < 20_000; i++) {
            String number = idNumber(random);
            assertTrue(IdNumber.parse(number, TODAY).toOptional().isPresent(), number);
            String mutated = random.nextBoolean() ? oneDigitChanged(number, random) : neighboursSwapped(number, random);
            if (!mutated.equals(number)) {
                changed++;
                assertFalse(IdNumber.parse(mutated, TODAY).toOptional().isPresent(), number + " -> " + mutated);
            }
        }
        assertTrue(changed > 15_000);
    }

    private static String oneDigitChanged(String number, Random random) {
        int at = random.nextInt(17);
        int digit = (number.charAt(at) - '0' + 1 + random.nextInt(9)) % 10;
        return number.substring(0, at) + digit + number.substring(at + 1);
    }

    private static String neighboursSwapped(String number, Random random) {
        int at = random.nextInt(16);
        return number.substring(0, at) + number.charAt(at + 1) + number.charAt(at) + number.substring(at + 2);
    }

    private static RosterFault faultOf(String written) {
        return switch (IdNumber.parse(written, TODAY)) {
            case Parsed.Good<IdNumber> good -> throw new AssertionError("taken: " + good);
            case Parsed.Bad<IdNumber> bad -> bad.fault();
        };
    }
}
