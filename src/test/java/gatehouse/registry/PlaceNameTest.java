package gatehouse.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlaceNameTest {

    @ParameterizedTest
    @CsvSource({"东门,东门", "'  东　门 ','东 门'", "Ａ区１号门,A区1号门", "'东\n门','东 门'", "东\u200B门,东门", "𠀀门,𠀀门"})
    void parse_howeverItIsTyped_isOneSpelling(String written, String name) {
        assertEquals(Optional.of(name), PlaceName.parse(written).map(PlaceName::text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\u3000\u200B", "东\u0007门", "\uD800"})
    void parse_nothingToShow_isNoName(String written) {
        assertEquals(Optional.empty(), PlaceName.parse(written));
    }

    @Test
    void parse_fiftyCharacters_isTheMost() {
        assertEquals(50, PlaceName.parse("门".repeat(50)).orElseThrow().text().length());
        assertEquals(Optional.empty(), PlaceName.parse("门".repeat(51)));
    }
}
