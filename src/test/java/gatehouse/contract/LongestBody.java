package gatehouse.contract;

import com.fasterxml.jackson.databind.JsonNode;
import gatehouse.http.Contract;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/** How many bytes the longest JSON takes that a schema allows, written in Chinese and without spaces. */
final class LongestBody {
    /** A member of a batch is open in the document; its description says what it is. */
    private static final Pattern CHECKED_BY_ITSELF = Pattern.compile("A (\\w+); each is checked by itself.*", Pattern.DOTALL);
    private static final Pattern OPAQUE = Pattern.compile(".*Ids?|code|.*Code");
    private static final int BYTES_OF_A_CHINESE_CHARACTER = 3;
    private static final int DATE_AND_TIME = 37;
    private static final int ID = 38;
    private static final int NUMBER = 20;
    /** The longest name that the contract's maps have. */
    private static final int NAME = 100;

    private LongestBody() {
    }

    static long bytes(Contract contract, JsonNode node) {
        return bytes(contract, "", node);
    }

    private static long bytes(Contract contract, String name, JsonNode node) {
        var schema = contract.resolve(node);
        if (schema.has("enum")) {
            return 2 + StreamSupport.stream(schema.path("enum").spliterator(), false).mapToLong(each -> each.asText().length()).max().orElseThrow();
        }
        var types = schema.path("type");
        return switch (types.isArray() ? types.get(0).asText() : types.asText()) {
            case "object" -> object(contract, schema);
            case "array" -> 2 + schema.path("maxItems").asLong() * (1 + bytes(contract, name, schema.path("items")));
            case "string" -> text(name, schema);
            case "boolean" -> "false".length();
            case "integer", "number" -> NUMBER;
            default -> throw new AssertionError("a body of what type? " + schema);
        };
    }

    private static long object(Contract contract, JsonNode schema) {
        var byItself = CHECKED_BY_ITSELF.matcher(schema.path("description").asText());
        if (byItself.matches()) {
            return bytes(contract, contract.document().at("/components/schemas/" + byItself.group(1)));
        }
        long members = schema.path("properties").properties().stream()
                .mapToLong(member -> member.getKey().length() + 4 + bytes(contract, member.getKey(), member.getValue())).sum();
        var more = schema.path("additionalProperties");
        return 2 + members + (more.isObject() ? schema.path("maxProperties").asLong() * (NAME + 4 + bytes(contract, more)) : 0);
    }

    /** What has a pattern, an id and a code that was scanned are no Chinese. */
    private static long text(String name, JsonNode schema) {
        return switch (schema.path("format").asText()) {
            case "date", "date-time", "time" -> DATE_AND_TIME;
            case "uuid" -> ID;
            default -> 2 + schema.path("maxLength").asLong() * (schema.has("pattern") || OPAQUE.matcher(name).matches() ? 1 : BYTES_OF_A_CHINESE_CHARACTER);
        };
    }
}
