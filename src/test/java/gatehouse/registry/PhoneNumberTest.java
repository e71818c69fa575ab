package gatehouse.registry;

import static gatehouse.registry.RosterSamples.phone;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PhoneNumberTest {

    @ParameterizedTest
    @ValueSource(strings = {"13900000001", "139 0000 0001", "139-0000-0001", "+86 139 0000 0001", "+8613900000001", "8613900000001",
            "008613900000001", "(+86)13900000001", "１３９０００００００１", "\u202D13900000001\u202C", " 139\u00A00000\u00A00001 "})
    void parse_howeverWritten_isTheSameNumber(String written) {
        assertEquals("13900000001", phone(written).reveal());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1390000000", "139000000011", "12900000001", "23900000001", "0532-88888888", "+1 3900000001", "1390000000a",
            "1.39E+10", "13900000001/13900000002"})
    void parse_ofWhatIsNoMobileNumber_isAFault(String written) {
        assertTrue(PhoneNumber.parse(written) instanceof Parsed.Bad<PhoneNumber>(RosterFault fault, var args) && fault == RosterFault.PHONE);
    }

    @Test
    void toString_hidesTheMiddle() {
        assertEquals("139****0001", phone("13900000001").masked());
        assertEquals("139****0001", phone("13900000001").toString());
        assertEquals("0001", phone("13900000001").tail());
    }
}
