package gatehouse.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProblemTest {
    private static final Pattern PLACE = Pattern.compile("\\{(\\d+)}");
    private static final Pattern HAN = Pattern.compile("\\p{IsHan}");

    @ParameterizedTest
    @EnumSource
    void everyType_speaksBothLanguages_andFillsTheSamePlaces(ProblemType type) {
        assertTrue(HAN.matcher(type.title(Language.CHINESE)).find());
        assertFalse(HAN.matcher(type.title(Language.ENGLISH)).find());
        assertEquals(places(type.detail(Language.CHINESE)), places(type.detail(Language.ENGLISH)));
        assertTrue(type.status() >= 400 && type.status() < 600);
    }

    @ParameterizedTest
    @EnumSource
    void everyFieldFault_speaksBothLanguages_andFillsTheSamePlaces(FieldFault fault) {
        assertTrue(HAN.matcher(fault.text(Language.CHINESE)).find());
        assertFalse(HAN.matcher(fault.text(Language.ENGLISH)).find());
        assertEquals(places(fault.text(Language.CHINESE)), places(fault.text(Language.ENGLISH)));
    }

    @Test
    void slugs_areUniqueAndFitIntoAUri() {
        var seen = new HashSet<String>();
        for (var type : ProblemType.values()) {
            assertTrue(seen.add(type.slug()));
            assertTrue(type.slug().matches("[a-z0-9]+(-[a-z0-9]+)*"), type.slug());
        }
    }

    @Test
    void badField_namesTheFieldAndWhatWouldBeRight() {
        var problem = Problem.badField("/temperature", FieldFault.OUT_OF_RANGE, 34.0, 43.0);
        var error = problem.errors().getFirst();
        assertEquals(400, problem.type().status());
        assertEquals("/temperature", error.pointer());
        assertEquals("must be between 34.0 and 43.0", error.detail(Language.ENGLISH));
        assertEquals("应在 34.0 到 43.0 之间", error.detail(Language.CHINESE));
    }

    @Test
    void detail_withQuotesBracesAndLargeNumbers_isShownAsGiven() {
        assertEquals("must match ^[a-z]{2}'s$", FieldFault.WRONG_PATTERN.text(Language.ENGLISH, "^[a-z]{2}'s$"));
        assertEquals("must be at most 1000000", FieldFault.TOO_BIG.text(Language.ENGLISH, 1_000_000));
        assertEquals("it's {0}", Language.ENGLISH.fill("it's {0}", "{0}"));
    }

    @Test
    void detail_withAWordedArgument_speaksTheReadersLanguage() {
        ProblemType.Worded round = language -> language.choose("上午", "morning");
        assertEquals("morning begins at 09:00", Language.ENGLISH.fill("{0} begins at {1}", round, "09:00"));
        assertEquals("上午从 09:00 开始", Language.CHINESE.fill("{0}从 {1} 开始", round, "09:00"));
    }

    @Test
    void with_addsAMember_andLeavesTheFirstProblemAsItWas() {
        var plain = Problem.of(ProblemType.OVERLOADED);
        var timed = plain.with("retryAfter", 1);
        assertEquals(Map.of(), plain.extensions());
        assertEquals(Map.of("retryAfter", 1), timed.extensions());
        assertThrows(UnsupportedOperationException.class, () -> timed.extensions().put("more", 1));
    }

    @Test
    void badInput_keepsItsOwnListOfErrors() {
        var errors = new ArrayList<>(List.of(new Problem.FieldError("/a", FieldFault.REQUIRED, List.of())));
        var problem = Problem.badInput(errors);
        errors.clear();
        assertEquals(1, problem.errors().size());
    }

    private static TreeSet<String> places(String text) {
        var found = new TreeSet<String>();
        PLACE.matcher(text).results().forEach(place -> found.add(place.group(1)));
        return found;
    }
}
