package gatehouse.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LanguageTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            en                          | ENGLISH
            en-GB,en;q=0.9              | ENGLISH
            zh-CN,zh;q=0.9,en;q=0.8     | CHINESE
            en;q=0.8,zh-CN              | CHINESE
            en;q=0.4,zh;q=0.5           | CHINESE
            fr,de;q=0.9,en;q=0.1        | ENGLISH
            fr                          | CHINESE
            *                           | CHINESE
            en;q=0                      | CHINESE
            en;q=0,zh                   | CHINESE
            ;;;q=                       | CHINESE
            EN-us                       | ENGLISH
            """)
    void accepting_aHeader_choosesTheLanguageOfHighestQuality(String header, Language expected) {
        assertEquals(expected, Language.accepting(header));
    }

    @Test
    void accepting_noHeader_isChinese() {
        assertEquals(Language.CHINESE, Language.accepting(null));
        assertEquals(Language.CHINESE, Language.accepting(" "));
    }
}
