package gatehouse.http;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import gatehouse.kernel.Language;
import gatehouse.kernel.Problem;
import gatehouse.kernel.ProblemType;
import io.vertx.core.MultiMap;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said of each kind of bad input, in both languages, and where. */
class InputCheckTest {
    private static final Contract CONTRACT = Contract.of(List.of(TestDoor.CONTRACT));

    record Thing(String name, String code, String on, String at, UUID key, String kind, JsonNode size, JsonNode count, List<String> tags, JsonNode inner,
                 JsonNode free) {
    }

    private static void read(String json) {
        CONTRACT.read("Thing", Json.read(json.getBytes(StandardCharsets.UTF_8)), Thing.class);
    }

    private static Problem refused(String json) {
        return assertThrows(Problem.class, () -> read(json), json);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{}                                   | /name      | is required                       | 必填",
        "{'name':'ab','other':1}              | /other     | is not a known field              | 没有这一项",
        "{'name':7}                           | /name      | must be text                      | 应为文字",
        "{'name':null}                        | /name      | must be text                      | 应为文字",
        "{'name':'ab','count':'x'}            | /count     | must be a whole number, true or false | 应为整数、true 或 false",
        "{'name':'ab','count':1.5}            | /count     | must be a whole number, true or false | 应为整数、true 或 false",
        "{'name':'a'}                         | /name      | must have at least 2 characters   | 至少 2 个字符",
        "{'name':'abcdef'}                    | /name      | must have at most 5 characters    | 最多 5 个字符",
        "{'name':'ab','code':'abc'}           | /code      | must match ^[A-Z]{3}$             | 格式不正确，应符合 ^[A-Z]{3}$",
        "{'name':'ab','on':'2026-02-30'}      | /on        | must be a valid date such as 2026-11-22 | 格式不正确，应为 日期，如 2026-11-22",
        "{'name':'ab','on':'0001-01-01'}      | /on        | must be a valid date such as 2026-11-22 | 格式不正确，应为 日期，如 2026-11-22",
        "{'name':'ab','on':'1901-12-31'}      | /on        | must be a valid date such as 2026-11-22 | 格式不正确，应为 日期，如 2026-11-22",
        "{'name':'ab','on':'2200-01-01'}      | /on        | must be a valid date such as 2026-11-22 | 格式不正确，应为 日期，如 2026-11-22",
        "{'name':'ab','at':'0001-01-01T00:00:00Z'} | /at   | must be a valid time such as 2026-11-22T09:00:00+08:00 | 格式不正确，应为 时间，如 2026-11-22T09:00:00+08:00",
        "{'name':'ab','at':'noon'}            | /at        | must be a valid time such as 2026-11-22T09:00:00+08:00 | 格式不正确，应为 时间，如 2026-11-22T09:00:00+08:00",
        "{'name':'ab','key':'1-2-3-4-5'}      | /key       | must be a valid UUID              | 格式不正确，应为 UUID",
        "{'name':'ab','kind':'OVAL'}          | /kind      | must be one of ROUND, SQUARE      | 应为其中之一：ROUND, SQUARE",
        "{'name':'ab','size':33.9}            | /size      | must be at least 34.0             | 不能小于 34.0",
        "{'name':'ab','size':43.1}            | /size      | must be at most 43.0              | 不能大于 43.0",
        "{'name':'ab','size':36.55}           | /size      | must be a multiple of 0.1         | 应为 0.1 的整数倍",
        "{'name':'ab','size':'36.5'}          | /size      | must be a number                  | 应为数字",
        "{'name':'ab','tags':[]}              | /tags      | must have at least 1 items        | 至少 1 项",
        "{'name':'ab','tags':['a','b','c','d']}| /tags     | must have at most 3 items         | 最多 3 项",
        "{'name':'ab','tags':['a','a']}       | /tags      | must not repeat an item           | 不能重复",
        "{'name':'ab','tags':['a',2]}         | /tags/1    | must be text                      | 应为文字",
        "{'name':'ab','inner':{}}             | /inner/a~1b| is required                       | 必填",
        "{'name':'ab','inner':{'a/b':1,'m~n':'x'}}| /inner/m~0n | must be a whole number       | 应为整数",
        "{'name':'ab','inner':{'a/b':1,'q/r':2}}| /inner/q~1r | is not a known field           | 没有这一项",
        "{'name':'ab','free':{'a':1,'b':2,'c':3}}| /free   | is not allowed by the contract    | 不符合要求",
    })
    void badField_isNamedWithWhatWouldBeRight(String json, String pointer, String english, String chinese) {
        var errors = refused(json.replace('\'', '"')).errors();
        assertEquals(1, errors.size(), errors::toString);
        assertEquals(pointer, errors.getFirst().pointer());
        assertEquals(english, errors.getFirst().detail(Language.ENGLISH));
        assertEquals(chinese, errors.getFirst().detail(Language.CHINESE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'name':'ab','size':37}", "{'name':'ab','size':36.5}", "{'name':'ab','size':36.60}", "{'name':'ab','size':3.65e1}",
        "{'name':'😷门','count':true}", "{'name':'ab','free':{'a':null}}", "{'name':'ab','on':'2028-02-29','at':'2026-11-22T09:03:12+08:00'}"})
    void goodInput_passes(String json) {
        assertDoesNotThrow(() -> read(json.replace('\'', '"')));
    }

    @Test
    void everyTenthOfADegree_isAMultiple() {
        for (int tenths = 340; tenths <= 430; tenths++) {
            var json = "{\"name\":\"ab\",\"size\":" + tenths / 10 + "." + tenths % 10 + "}";
            assertDoesNotThrow(() -> read(json), json);
        }
    }

    @Test
    void severalFaults_areAllNamed() {
        var pointers = refused("{\"code\":\"x\",\"size\":1,\"zzz\":1}").errors().stream().map(Problem.FieldError::pointer).sorted().toList();
        assertEquals(List.of("/code", "/name", "/size", "/zzz"), pointers.stream().distinct().toList());
    }

    @Test
    void characterNul_isRefusedWhereItStands() {
        assertEquals("/name", refused("{\"name\":\"a\\u0000\"}").errors().getFirst().pointer());
        assertEquals("/free/a", refused("{\"name\":\"ab\",\"free\":{\"a\":\"\\u0000\"}}").errors().getFirst().pointer());
    }

    @Test
    void memberNameThatCannotBeStored_isRefusedAtItsObject() {
        assertEquals("/free", refused("{\"name\":\"ab\",\"free\":{\"a\\u0000\":1}}").errors().getFirst().pointer());
        var problem = refused("{\"name\":\"ab\",\"\\ud800\":1}");
        assertEquals("", problem.errors().getFirst().pointer());
        assertDoesNotThrow(() -> ProblemHandler.reply(problem, Language.CHINESE, "id"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\ud83d", "\\ude37", "\\ude37\\ud83d", "\\ud83dx"})
    void halfACharacter_isRefused(String half) {
        assertEquals("/name", refused("{\"name\":\"ab" + half + "\"}").errors().getFirst().pointer());
        assertDoesNotThrow(() -> read("{\"name\":\"ab\\ud83d\\ude37\"}"));
    }

    @Test
    void numberBeyondADouble_isRefused() {
        assertEquals("/size", refused("{\"name\":\"ab\",\"size\":1e999}").errors().getFirst().pointer());
        assertEquals("/free/a", refused("{\"name\":\"ab\",\"free\":{\"a\":-1e999}}").errors().getFirst().pointer());
        assertEquals("/size", refused("{\"name\":\"ab\",\"size\":" + "9".repeat(400) + "}").errors().getFirst().pointer());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "{", "{\"name\":}", "[1,]", "{'name':'ab'}", "{\"name\":\"ab\"} x", "{\"name\":\"ab\",\"name\":\"cd\"}", "NaN",
        "{\"size\":01}", "{\"size\":.5}", "\"\\x\"", "{\"name\":\"a\tb\"}", "// no\n{}"})
    void textThatIsNoJson_isMalformed(String json) {
        assertEquals(ProblemType.MALFORMED_BODY, refused(json).type());
    }

    @Test
    void bytesThatAreNoUtf8_areMalformed() {
        var problem = assertThrows(Problem.class, () -> Json.read(new byte[] {'"', (byte) 0xc3, (byte) 0x28, '"'}));
        assertEquals(ProblemType.MALFORMED_BODY, problem.type());
    }

    @Test
    void deepNestingAndLongNumbers_areMalformed() {
        assertEquals(ProblemType.MALFORMED_BODY, refused("[".repeat(30_000) + "]".repeat(30_000)).type());
        assertEquals(ProblemType.MALFORMED_BODY, refused("{\"name\":\"ab\",\"free\":{\"a\":" + "9".repeat(2_000) + "}}").type());
    }

    @Test
    void nestingThatTheReaderTakes_isChecked() {
        var depth = 900;
        assertDoesNotThrow(() -> read("{\"name\":\"ab\",\"free\":{\"a\":" + "[".repeat(depth) + "]".repeat(depth) + "}}"));
    }

    @Test
    void manyFaults_areCutAtFifty() {
        var many = new StringBuilder("{\"name\":\"ab\"");
        var nul = new StringBuilder("{\"name\":\"ab\"");
        for (int i = 0; i < 3_000; i++) {
            many.append(",\"x").append(i).append("\":1");
            nul.append(",\"x").append(i).append("\":\"\\u0000\"");
        }
        assertEquals(50, refused(many + "}").errors().size());
        assertEquals(50, refused(nul + "}").errors().size());
    }

    private static Problem refusedParameters(String operationId, Map<String, String> path, MultiMap query, MultiMap headers) {
        return assertThrows(Problem.class, () -> InputCheck.parameters(CONTRACT.operations().get(operationId), path, query, headers));
    }

    private static MultiMap map(String... pairs) {
        var map = MultiMap.caseInsensitiveMultiMap();
        for (int i = 0; i < pairs.length; i += 2) {
            map.add(pairs[i], pairs[i + 1]);
        }
        return map;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "limit | 0     | ?limit | must be at least 1", "limit | 201  | ?limit | must be at most 200", "limit | 1.5 | ?limit | must be a whole number",
        "limit | x     | ?limit | must be a whole number", "limit | 9999999999999999999 | ?limit | must be a whole number",
        "flag  | yes   | ?flag  | must be true or false", "q | abcdef | ?q | must have at most 5 characters", "on | 22.11.2026 | ?on | must be a valid date such as 2026-11-22",
        "other | 1     | ?other | is not a known field", "Limit | 5 | ?Limit | is not a known field"})
    void badQuery_isNamed(String name, String value, String pointer, String detail) {
        var errors = refusedParameters("listThings", Map.of(), map(name, value), map()).errors();
        assertEquals(1, errors.size());
        assertEquals(pointer, errors.getFirst().pointer());
        assertEquals(detail, errors.getFirst().detail(Language.ENGLISH));
    }

    @Test
    void queryWithNul_isNamed() {
        assertEquals("?q", refusedParameters("listThings", Map.of(), map("q", "a\u0000"), map()).errors().getFirst().pointer());
    }

    @Test
    void queryParameterGivenTwice_isNamed() {
        var error = refusedParameters("listThings", Map.of(), map("limit", "5", "limit", "6"), map()).errors().getFirst();
        assertEquals("?limit", error.pointer());
        assertEquals("must not repeat an item", error.detail(Language.ENGLISH));
    }

    @Test
    void badHeader_isNamed() {
        var error = refusedParameters("listThings", Map.of(), map(), map("x-key", "no")).errors().getFirst();
        assertEquals("X-Key", error.pointer());
        assertEquals("must be a valid UUID", error.detail(Language.ENGLISH));
    }

    @Test
    void idThatCanBeNone_isJustNotFound() {
        for (var id : List.of("x".repeat(21), "\u0000", "\ud800")) {
            assertEquals(ProblemType.NOT_FOUND, refusedParameters("getThing", Map.of("id", id), map(), map()).type());
        }
    }

    @Test
    void goodParameters_pass() {
        assertDoesNotThrow(() -> InputCheck.parameters(CONTRACT.operations().get("listThings"), Map.of(),
                map("limit", "200", "flag", "true", "q", "门", "on", "2026-11-22"), map("X-Key", UUID.randomUUID().toString(), "X-Other", "1")));
    }

    @Test
    void everyFaultText_hasItsPlacesFilled() {
        for (var fault : gatehouse.kernel.FieldFault.values()) {
            for (var language : Language.values()) {
                var text = fault.text(language, "A", "B");
                assertTrue(!text.isBlank() && !text.contains("{"), text);
            }
        }
    }
}
