package gatehouse.wechat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.kernel.Ids;
import gatehouse.notify.Channel.Delivery;
import gatehouse.notify.MessageTemplate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FieldPolicyTest {
    @ParameterizedTest
    @CsvSource({"thing1, 20", "phrase2, 5", "name3, 10", "character_string4, 32"})
    void text_asLongAsItsFieldTakes_fits_andOneMoreDoesNot(String field, int most) {
        var letter = field.startsWith("character_string") ? "A" : "字";
        assertTrue(FieldPolicy.fits(field, letter.repeat(most)));
        assertFalse(FieldPolicy.fits(field, letter.repeat(most + 1)));
        assertEquals(Optional.of(most), FieldPolicy.most(field));
    }

    @Test
    void length_isCountedInCodePoints_notInHalvesOfThem() {
        assertTrue(FieldPolicy.fits("thing1", "𠮷".repeat(20)));
        assertFalse(FieldPolicy.fits("thing1", "𠮷".repeat(21)));
    }

    @Test
    void lineBreaks_blanks_wrongLetters_andUnknownFields_fitNowhere() {
        for (var field : List.of("thing1", "phrase1", "name1", "character_string1")) {
            assertFalse(FieldPolicy.fits(field, "a\nb"), field);
            assertFalse(FieldPolicy.fits(field, " "), field);
        }
        assertFalse(FieldPolicy.fits("phrase1", "abc"));
        assertFalse(FieldPolicy.fits("character_string1", "字"));
        for (var field : List.of("thing", "thing0", "letter1", "date1", "Thing1")) {
            assertTrue(FieldPolicy.most(field).isEmpty(), field);
            assertFalse(FieldPolicy.fits(field, "a"), field);
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyMessage_fitsIntoItsTemplate_whateverItsArguments(MessageTemplate template) {
        var fields = new SubscribeTemplate("wx1", SubscribeKind.of(template), "id", "thing1", "thing2");
        for (var arguments : List.of(List.of("1", "2", "3"), List.of("很长".repeat(50), "很长".repeat(50), "很长".repeat(50)))) {
            var words = fields.words(new Delivery(Ids.next(), template, arguments, arguments, Optional.empty(),
                    OffsetDateTime.parse("2026-11-22T09:00:00+08:00"), List.of()));
            assertEquals(2, words.size());
        }
    }
}
