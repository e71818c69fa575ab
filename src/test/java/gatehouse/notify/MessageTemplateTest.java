package gatehouse.notify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.kernel.Ids;
import gatehouse.kernel.Language;
import gatehouse.kernel.ProblemType.Worded;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MessageTemplateTest {
    private static final Pattern PLACE = Pattern.compile("\\{(\\d+)}");
    private static final Pattern HAN = Pattern.compile("\\p{IsHan}");
    private static final Pattern ILLNESS = Pattern.compile(
            "发热|发烧|体温|高烧|症状|咳|乏力|腹泻|阳性|阴性|核酸|隔离|观察|确诊|疑似|密接|疫|病|医|健康异常"
                    + "|fever|temperature|symptom|cough|positive|negative|test|quarantine|isolat|observation|case|ill|sick|covid|health",
            Pattern.CASE_INSENSITIVE);

    @ParameterizedTest
    @EnumSource
    void everyMessage_speaksBothLanguages_andFillsTheSamePlaces(MessageTemplate template) {
        assertTrue(HAN.matcher(template.title(Language.CHINESE)).find());
        assertFalse(HAN.matcher(template.title(Language.ENGLISH)).find());
        assertEquals(places(template.text(Language.CHINESE, List.of())), places(template.text(Language.ENGLISH, List.of())));
    }

    @ParameterizedTest
    @EnumSource
    void noMessage_namesAnIllness_becauseItMayShowOnALockScreen(MessageTemplate template) {
        for (var language : Language.values()) {
            for (var words : List.of(template.title(language), template.text(language, List.of()))) {
                assertFalse(ILLNESS.matcher(words).find(), words);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyMessage_fitsOnALockScreen_andNamesNoIllnessThere(MessageTemplate template) {
        assertTrue(template.title(Language.CHINESE).codePointCount(0, template.title(Language.CHINESE).length()) <= MessageTemplate.MOST_ON_A_LOCK_SCREEN);
        for (var arguments : List.of(List.<String>of(), List.of("王", "1", "2"), List.of("很长".repeat(50), "很长".repeat(50), "很长".repeat(50)))) {
            var shown = template.onALockScreen(Language.CHINESE, arguments);
            assertTrue(shown.codePointCount(0, shown.length()) <= MessageTemplate.MOST_ON_A_LOCK_SCREEN, shown);
            assertFalse(ILLNESS.matcher(shown).find(), shown);
        }
    }

    @Test
    void anArgumentWithWordsOfItsOwn_speaksTheReadersLanguage() {
        Worded morning = language -> language.choose("上午", "morning");
        var message = Message.of(Ids.next(), "k", MessageTemplate.ROUND_MISSING, new Recipient.Household(Ids.next()), morning, "16:00");
        assertEquals("上午的填报 16:00 截止，请尽快完成。", message.template().text(Language.CHINESE, message.argumentsChinese()));
        assertEquals("The morning report is due by 16:00. Please complete it now.",
                message.template().text(Language.ENGLISH, message.argumentsEnglish()));
    }

    @Test
    void anArgument_isOneShortLine() {
        var message = Message.of(Ids.next(), "k", MessageTemplate.CALL_LIST, new Recipient.Household(Ids.next()),
                "a\u001fb\nc" + "x".repeat(200));
        var argument = message.argumentsEnglish().getFirst();
        assertTrue(argument.startsWith("a b cx"));
        assertEquals(100, argument.length());
    }

    @Test
    void aDedupeKey_isNeitherBlankNorEndless() {
        var recipient = new Recipient.Household(Ids.next());
        assertThrows(IllegalArgumentException.class, () -> Message.of(Ids.next(), " ", MessageTemplate.CALL_LIST, recipient));
        assertThrows(IllegalArgumentException.class, () -> Message.of(Ids.next(), "k".repeat(201), MessageTemplate.CALL_LIST, recipient));
    }

    private static TreeSet<String> places(String text) {
        var found = new TreeSet<String>();
        PLACE.matcher(text).results().forEach(place -> found.add(place.group(1)));
        return found;
    }
}
